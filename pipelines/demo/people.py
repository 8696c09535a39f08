"""Invents people: a name, a profile address, a career.

Belongs here: one human at a time. How the member came to know them is network.py's.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.demo import names
from pipelines.demo.rhythm import AS_OF
from pipelines.demo.truth import Job, Person, Role

if TYPE_CHECKING:
    import random

_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "'": "", " ": "-", ".": ""})
_TITLES = {"recruiter": names.RECRUITER_TITLES, "hr": names.HR_TITLES, "sales": names.SALES_TITLES}


def _without_form(name: str) -> str:
    return " ".join(name.split()[:2])


_TARGETS = {_without_form(name) for name in names.TARGET_COMPANIES}


def company(rng: random.Random) -> str:
    """Return a company as somebody writes it in a profile; rarely an odd one, or none."""
    if rng.random() < 0.06:
        return rng.choice(names.UNUSUAL_COMPANIES)
    words = f"{rng.choice(names.COMPANY_HEADS)} {rng.choice(names.COMPANY_TAILS)}"
    if words in _TARGETS:  # only who is meant to work there does
        return company(rng)
    return f"{words} {rng.choice(names.LEGAL_FORMS)}".rstrip()


def target_company(rng: random.Random, number: int) -> str:
    """Return one of the companies she wants to work for, each in its turn, in one of the ways people write it."""
    full = names.TARGET_COMPANIES[number % len(names.TARGET_COMPANIES)]
    bare = _without_form(full)
    return rng.choice((full, full, bare, full.lower(), bare.upper()))


class Crowd:
    """Invents people one after the other, each with an address of their own."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._count = 0

    def person(
        self,
        role: Role = "acquaintance",
        *,
        namesake_of: Person | None = None,
        employer: str | None = None,
        since: date | None = None,
        english: bool | None = None,
        deleted: bool = False,
    ) -> Person:
        """Return a new person; with `since` their newest job began then, at `employer` if one is given."""
        rng = self._rng
        self._count += 1
        if namesake_of:
            plain, woman = namesake_of.plain_name, namesake_of.plain_name.split(" ", 1)[0] in names.WOMEN
        else:
            woman = rng.random() < 0.5
            plain = f"{rng.choice(names.WOMEN if woman else names.MEN)} {self._surname()}"
        first, last = plain.split(" ", 1)
        tail = f"{rng.randrange(0x1000, 0xFFFF):x}{self._count:x}"
        slug = f"{plain.lower().replace(' ', '-')}-{tail}" if self._count % 8 == 3 else _slug(plain, tail)
        jobs = self._career(role, woman=woman)
        if since:
            jobs = (*jobs, Job(employer or company(rng), self._title(role, woman=woman), since))
        return Person(
            number=self._count,
            first=f"Dr. {first}" if rng.random() < 0.02 else first,
            last=last + rng.choice(names.DECORATIONS) if rng.random() < 0.02 else last,
            plain_name=plain,
            slug=slug,
            role=role,
            jobs=jobs,
            language="en" if (rng.random() < 0.2 if english is None else english) else "de",
            email=f"{_slug(plain, tail)}@example.org" if rng.random() < 0.03 else "",
            deleted=deleted,
        )

    def _surname(self) -> str:
        rng = self._rng
        if rng.random() < 0.1:
            return rng.choice(names.SURNAMES_FROM_ELSEWHERE)
        name = rng.choice(names.SURNAME_HEADS) + rng.choice(names.SURNAME_TAILS)
        if rng.random() < 0.03:
            name += "-" + rng.choice(names.SURNAME_HEADS) + rng.choice(names.SURNAME_TAILS)
        return name

    def _title(self, role: Role, *, woman: bool) -> str:
        """Return a title; where the pool holds two forms, the one that fits."""
        forms = self._rng.choice(_TITLES.get(role, names.TITLES)).split("|")
        return forms[-1] if woman else forms[0]

    def _career(self, role: Role, *, woman: bool) -> tuple[Job, ...]:
        """Return one to three jobs, the last of which began before the member's search."""
        rng = self._rng
        ago = sorted((rng.randrange(300, 5700) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))), reverse=True)
        return tuple(Job(company(rng), self._title(role, woman=woman), AS_OF - timedelta(days=days)) for days in ago)


def _slug(name: str, tail: str) -> str:
    plain = name.lower().translate(_ASCII).encode("ascii", "ignore").decode()
    return f"{plain}-{tail}"
