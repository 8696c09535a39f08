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


def company(rng: random.Random) -> str:
    """Return a company as somebody writes it in a profile; rarely an odd one, or none."""
    if rng.random() < 0.06:
        return rng.choice(names.UNUSUAL_COMPANIES)
    words = f"{rng.choice(names.COMPANY_HEADS)} {rng.choice(names.COMPANY_TAILS)}"
    return f"{words} {rng.choice(names.LEGAL_FORMS)}".rstrip()


def target_company(rng: random.Random) -> str:
    """Return one of the companies she wants to work for, in one of the ways people write it."""
    full = rng.choice(names.TARGET_COMPANIES)
    bare = " ".join(full.split()[:2])
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
        first: str = "",
        surname: str = "",
        job: Job | None = None,
        english: bool | None = None,
        deleted: bool = False,
    ) -> Person:
        """Return a new person; `first`, `surname` and the last `job` are made up where they are not given."""
        rng = self._rng
        self._count += 1
        first = first or rng.choice(names.FIRST_NAMES)
        surname = surname or self._surname()
        plain, last = f"{first} {surname}", surname
        if rng.random() < 0.02:
            last += rng.choice(names.DECORATIONS)
        shown = f"Dr. {first}" if rng.random() < 0.02 else first
        tail = f"{rng.randrange(0x1000, 0xFFFF):x}{self._count:x}"
        slug = f"{plain.lower()}-{tail}".replace(" ", "-") if rng.random() < 0.12 else _slug(plain, tail)
        jobs = (*self._career(role), job) if job else self._career(role)
        if english is None:
            english = rng.random() < 0.2
        email = f"{_slug(plain, tail)}@example.org" if rng.random() < 0.03 else ""
        return Person(self._count, shown, last, plain, slug, role, jobs, "en" if english else "de", email, deleted)

    def _surname(self) -> str:
        rng = self._rng
        if rng.random() < 0.1:
            return rng.choice(names.SURNAMES_FROM_ELSEWHERE)
        name = rng.choice(names.SURNAME_HEADS) + rng.choice(names.SURNAME_TAILS)
        if rng.random() < 0.03:
            name += "-" + rng.choice(names.SURNAME_HEADS) + rng.choice(names.SURNAME_TAILS)
        return name

    def _career(self, role: Role) -> tuple[Job, ...]:
        """Return one to three jobs of which the last began before the member's search."""
        rng = self._rng
        titles = {
            "recruiter": names.RECRUITER_TITLES,
            "hr": names.HR_TITLES,
            "sales": names.SALES_TITLES,
        }.get(role, names.TITLES)
        days = sorted(rng.randrange(100, 5500) for _ in range(rng.choice((1, 1, 1, 2, 2, 3))))
        return tuple(Job(company(rng), rng.choice(titles), AS_OF - timedelta(days=200 + ago)) for ago in reversed(days))

    def new_job(self, person_titles: tuple[str, ...], since: date, *, target: bool) -> Job:
        """Return a job for somebody who changes to it on `since`, at one of the companies she wants where `target`."""
        rng = self._rng
        return Job(target_company(rng) if target else company(rng), rng.choice(person_titles), since)


def _slug(name: str, tail: str) -> str:
    plain = name.lower().translate(_ASCII).encode("ascii", "ignore").decode()
    return f"{plain}-{tail}"
