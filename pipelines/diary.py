"""What a member tells the program from the command line: an entry of the own log, an answer to a suggestion.

Belongs here: whom and which day it is about, and one sentence on what was noted. Sentences are understood in `phrases.py`, lines are
written in `handwritten.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines import handwritten, phrases
from pipelines import language as words
from pipelines.files import locked
from pipelines.problem import Problem
from pipelines.readers import own
from pipelines.settings import prepare_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.members import Member
    from pipelines.settings import Settings

KINDS = {kind.replace("_", "-"): kind for kind in own.KINDS}
MARKS = {"done": "done", "later": "later", "never": "never", "kein-recruiter": "no_recruiter"}
_LOCK = "inbox.lock"
_SHOWN = 8


def N_(message: str) -> str:  # noqa: N802
    """Mark a message that is translated where it is shown."""
    return message


# Without a name and with one; what has a direction under it.
_ENTRIES = {
    "meeting": (N_("a meeting"), N_("a meeting with {name}")),
    "call": (N_("a call"), N_("a call with {name}")),
    "greeting": (N_("a greeting"), N_("a greeting for {name}")),
    "introduction given": (N_("an introduction that you made"), N_("an introduction that you made: {name}")),
    "introduction received": (N_("an introduction that you got"), N_("an introduction that you got from {name}")),
    "referral given": (N_("a recommendation that you gave"), N_("a recommendation that you gave for {name}")),
    "referral received": (N_("a recommendation that you got"), N_("a recommendation that you got from {name}")),
    "advice_asked": (N_("advice that you got"), N_("advice that you got from {name}")),
    "advice_given": (N_("advice that you gave"), N_("advice that you gave to {name}")),
    "recruiter_contact": (N_("a recruiter who got in touch"), N_("a recruiter who got in touch: {name}")),
}
_MARKED = {
    "done": N_("“{name}” is done: no suggestion for twelve weeks."),
    "later": N_("“{name}” can wait: no suggestion for four weeks."),
    "never": N_("“{name}” will not be suggested any more."),
    "no_recruiter": N_("“{name}” is no recruiter and will not be taken for one any more."),
}


@dataclass(frozen=True)
class Told:
    """What the command line says beside the sentence; None where it says nothing. `day` is text as typed."""

    day: str | None = None
    kind: str | None = None
    name: str | None = None
    direction: str | None = None
    platform: str | None = None
    again: bool = False


def member_of(settings: Settings, key: str) -> Member:
    """Return a member of members.toml; raises Problem naming those there are."""
    if key in settings.members:
        return settings.members[key]
    if not settings.members:
        raise Problem("members.toml in {home} names no member yet; see members.example.toml.", home=settings.home)
    raise Problem(
        "members.toml names no member “{key}”; there are: {keys}.", key=key, keys=", ".join(sorted(settings.members))
    )


def log(
    settings: Settings, member: Member, sentence: str, told: Told, language: str, now: datetime | None = None
) -> str:
    """Add what `sentence` means to the member's log and return one sentence on it, in `language`.

    `now` is aware; default: this moment. Raises Problem where the sentence is not understood or the day is none.
    """
    _ = words.translations(language).gettext
    today = (now or datetime.now(ZoneInfo(member.time_zone))).astimezone(ZoneInfo(member.time_zone)).date()
    day = _day(told.day, today) if told.day else today - timedelta(days=phrases.days_ago(sentence, today))
    if day > today:
        raise Problem("{day} is still to come; note it when it has taken place.", day=day.isoformat())
    entries = _entries(sentence, told)
    rows = [
        {
            "date": day.isoformat(),
            "kind": entry.kind,
            "name": entry.name or "",
            "direction": entry.direction or "",
            "platform": entry.platform or "",
            "note": sentence,
        }
        for entry in entries
    ]
    path = settings.inbox / member.key / "activity.csv"
    prepare_home(settings.home)
    with locked(settings.home / _LOCK):
        added = handwritten.add(path, rows, language=member.language, again=told.again)
    said = ", ".join(_entry_text(entry, _) for entry in entries)
    values = {"day": words.date_long(day, language), "what": said}
    if not added:
        return _("Noted already for {day}: {what}. With --again it is noted once more.").format(**values)
    noted = _("Noted for {day}: {what}.").format(**values)
    return noted if entries[0].name else noted + " " + _("Nobody is named; --with adds a name.")


def mark(settings: Settings, member: Member, name: str, answer: str, language: str, *, unchecked: bool = False) -> str:
    """Add an answer to a suggestion to the member's marks and return one sentence on it, in `language`.

    `name` is a person's name or profile link. Where the lake knows the member's people it must mean exactly one of them, unless
    `unchecked`; raises Problem that lists whom it could mean.
    """
    _ = words.translations(language).gettext
    known = None if unchecked else find_people(settings, member, name)
    person = Person(name, name if "/in/" in name else None, None) if known is None else _only(known, name)
    row = {
        "name": "" if person.name == person.profile else person.name,
        "profile": person.profile or "",
        "mark": answer,
        "date": datetime.now(ZoneInfo(member.time_zone)).date().isoformat(),
    }
    prepare_home(settings.home)
    with locked(settings.home / _LOCK):
        added = handwritten.add(settings.inbox / member.key / "marks.csv", [row], language=member.language)
    said = _(_MARKED[answer]).format(name=person.name)
    if not added:
        return said + " " + _("That was marked today already.")
    if known is None and not unchecked:
        said += " " + _("There are no tables of a run yet, so the name was taken as it is.")
    return said


@dataclass(frozen=True)
class Person:
    """Somebody whom the member's tables know, as the newest export writes it."""

    name: str
    profile: str | None
    company: str | None
    is_exact: bool = True

    @property
    def label(self) -> str:
        """Name and what tells namesakes apart."""
        return f"{self.name} ({', '.join(part for part in (self.company, self.profile) if part) or '–'})"


def find_people(settings: Settings, member: Member, name: str) -> list[Person] | None:
    """Return whom of the member's people a name or link could mean: all of that name, else those whose name holds its words.

    None where the lake has no tables of the member's coach.
    """
    from pipelines import lake, steps

    connection = steps.connect()
    try:
        for table in ("ties", "recruiter_approaches"):
            lake.read(connection, settings.lake, table, member.coach)
        found = connection.execute(_FIND, {"member": member.key, "name": name}).fetchall()
    except lake.NotMade:
        return None
    finally:
        connection.close()
    people = [Person(*row) for row in found]
    exact = [person for person in people if person.is_exact]
    return exact or people


_FIND = """
    with people as (
        select name, profile, company
        from ties
        where member = $member and name is not null
        union all
        select name, profile, company
        from recruiter_approaches
        where member = $member and name is not null
    ),
    once as (
        select max(name) as name, max(profile) as profile, max(company) as company
        from people
        group by coalesce(profile_address(profile), fold_name(name))
    ),
    compared as (
        select
            *,
            coalesce(profile_address($name) = profile_address(profile), false)
            or coalesce(fold_name($name) = fold_name(name), false) as is_exact
        from once
    )
    select name, profile, company, is_exact
    from compared
    where
        is_exact
        or list_has_all(string_split(coalesce(fold_name(name), ''), ' '), string_split(coalesce(fold_name($name), '?'), ' '))
    order by is_exact desc, name, profile
"""


def _only(known: list[Person], name: str) -> Person:
    if len(known) == 1 and known[0].is_exact:
        return known[0]
    listed = "; ".join(person.label for person in known[:_SHOWN]) + ("; …" if len(known) > _SHOWN else "")
    if not known:
        raise Problem(
            "Nobody of that name is among your people: {name}. Check the spelling, or use --unchecked to note it as it is.",
            name=name,
        )
    if not known[0].is_exact:
        raise Problem(
            "Nobody is called exactly {name}. Do you mean {listed}? Give the whole name.", name=name, listed=listed
        )
    raise Problem(
        "{name} could be several people: {listed}. Give the profile link, or use --unchecked to mean all of them.",
        name=name,
        listed=listed,
    )


def _entries(sentence: str, told: Told) -> list[phrases.Entry]:
    if told.kind is None:
        entries = phrases.understand(sentence)
    else:
        entries = [phrases.Entry(told.kind, None, phrases.find_name(sentence) if sentence else None)]
    entries = [
        replace(
            entry,
            name=told.name or entry.name,
            direction=told.direction
            if entry.kind in ("introduction", "referral") and told.direction
            else entry.direction,
            platform=told.platform or entry.platform,
        )
        for entry in entries
    ]
    for entry in entries:
        if entry.kind in ("introduction", "referral") and entry.direction is None:
            raise Problem("Say with --direction whether it was given or received.")
    return entries


def _entry_text(entry: phrases.Entry, _: Callable[[str], str]) -> str:
    key = entry.kind if entry.kind in _ENTRIES else f"{entry.kind} {entry.direction}"
    without, named = _ENTRIES[key]
    return _(named).format(name=entry.name) if entry.name else _(without)


def _day(text: str, today: date) -> date:
    """Return the day that somebody typed: 2026-11-12, 12.11.2026, 12.11., or a word for one."""
    plain = text.strip().lower()
    if plain in ("heute", "today"):
        return today
    if ago := phrases.days_ago(plain, today):
        return today - timedelta(days=ago)
    parts = plain.rstrip(".").split(".")
    try:
        if len(parts) == 3:
            return date(int(parts[2]) + (2000 if len(parts[2]) == 2 else 0), int(parts[1]), int(parts[0]))
        if len(parts) == 2:
            return date(today.year, int(parts[1]), int(parts[0]))
        return date.fromisoformat(plain)
    except ValueError:
        raise Problem("“{day}” is no day; write one such as 2026-11-12 or 12.11.2026.", day=text) from None
