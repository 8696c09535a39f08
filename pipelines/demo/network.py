"""How the member came to know people: LinkedIn contacts, the invitations behind them, XING contacts.

Belongs here: who is connected since when, who is lost, hidden, a namesake, on both platforms. What was written is not.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.demo import phrases
from pipelines.demo.people import target_company
from pipelines.demo.rhythm import (
    BEGIN,
    END,
    HOLIDAY,
    REPORTED,
    SEARCH,
    moment,
    moment_between,
    monday_of,
    some_time_before,
    soon_after,
    spread,
    whole_minute,
)
from pipelines.demo.truth import Contact, Invitation, XingContact, XingNote

if TYPE_CHECKING:
    import random

    from pipelines.demo.people import Crowd
    from pipelines.demo.truth import Person

INVITATIONS_FROM = date(2025, 9, 1)  # LinkedIn forgets older invitations; the story need not know them
NOTES_FROM = date(2026, 3, 2)  # every note lies in the window that the newest export still covers
# Days that sit at a week's end or in a week 53, where a week is easily counted wrong.
_ODD_DAYS = (
    date(2020, 12, 27),
    date(2020, 12, 31),
    date(2021, 1, 3),
    date(2021, 1, 4),
    date(2026, 3, 29),
    date(2026, 10, 25),
)


def contacts(rng: random.Random, crowd: Crowd, wanted: int) -> list[Contact]:
    """Return `wanted` contacts of today and some that were lost on the way, in order of time."""
    found = [Contact(crowd.person(), datetime(d.year, d.month, d.day, 18, 30)) for d in _ODD_DAYS]  # noqa: DTZ001
    found += _namesakes(rng, crowd, 2 + wanted // 500)
    for monday, count in spread(rng, wanted - len(found), search=2.0, reported=3, after=2):
        found += [Contact(_somebody(rng, crowd, len(found)), moment(rng, monday)) for _ in range(count)]
    hidden = set(rng.sample(range(10, len(found)), max(3, wanted // 70)))
    found = [Contact(c.person, c.connected_at, hidden=i in hidden) for i, c in enumerate(found)]
    found += _lost(rng, crowd, max(5, wanted // 60))
    return sorted(found, key=lambda contact: contact.connected_at)


def _somebody(rng: random.Random, crowd: Crowd, number: int) -> Person:
    """Return the person behind a contact; every few are a case of their own, so that each size has all of them."""
    if number % 19 == 4:  # changes jobs while the member is looking for one
        since = date(2026, 7, 20) + timedelta(days=rng.randrange(110))
        return crowd.person(employer=target_company(rng, number // 19) if number % 2 == 0 else None, since=since)
    if number % 17 == 8:  # works where she would like to
        since = date(2026, 6, 1) - timedelta(days=rng.randrange(60, 250))
        return crowd.person(employer=target_company(rng, number // 17), since=since)
    return crowd.person("recruiter" if number % 25 == 6 else "hr" if number % 31 == 7 else "acquaintance")


def _namesakes(rng: random.Random, crowd: Crowd, pairs: int) -> list[Contact]:
    found = []
    for _ in range(pairs):
        one = crowd.person()
        found += [
            Contact(one, moment_between(rng, date(2018, 1, 1), date(2020, 12, 1))),
            Contact(crowd.person(namesake_of=one), moment_between(rng, date(2022, 1, 3), date(2024, 12, 2))),
        ]
    return found


def _lost(rng: random.Random, crowd: Crowd, count: int) -> list[Contact]:
    """Return contacts of earlier years that later exports lack, most of them lost during the search."""
    lost = []
    for number in range(count):
        begun = moment_between(rng, BEGIN, date(2025, 6, 2))
        day = date(2026, 7, 20) + timedelta(days=rng.randrange(115))
        if number % 3 == 2:
            day = begun.date() + timedelta(days=rng.randrange(200, 390))
        lost.append(Contact(crowd.person(), begun, lost_on=day))
    return lost


def invitations(rng: random.Random, crowd: Crowd, known: list[Contact]) -> list[Invitation]:
    """Return the invitations behind contacts since `INVITATIONS_FROM`, and those that nobody answered, in order of time."""
    found = []
    for number, contact in enumerate(known):
        if contact.connected_on < INVITATIONS_FROM or contact.hidden:
            continue
        # A recruiter's own invitation is a scene of its own; those met here were invited by her.
        outgoing = contact.person.role == "recruiter" or number % 3 != 0
        sent = some_time_before(rng, contact.connected_at, 50)
        if outgoing and monday_of(sent) in HOLIDAY:
            sent -= timedelta(weeks=len(HOLIDAY))
        with_note = number % 5 != 1 and contact.connected_on >= SEARCH if outgoing else number % 4 == 3
        note = phrases.note(rng, contact.person, outgoing=outgoing) if with_note and sent.date() >= NOTES_FROM else ""
        found.append(Invitation(contact.person, whole_minute(sent), outgoing, note, contact.connected_at))
    for monday, count in spread(rng, max(20, len(found) // 2), search=1.0, reported=2, after=1, begin=date(2026, 1, 5)):
        for _ in range(count):
            somebody = crowd.person("recruiter" if rng.random() < 0.15 else "acquaintance")
            note = phrases.note(rng, somebody, outgoing=True) if monday >= SEARCH and rng.random() < 0.6 else ""
            found.append(Invitation(somebody, whole_minute(moment(rng, monday)), outgoing=True, note=note))
    return sorted(found, key=lambda invitation: invitation.sent_at)


def xing(
    rng: random.Random, crowd: Crowd, known: list[Contact], member: str
) -> tuple[list[XingContact], list[XingNote]]:
    """Return XING contacts, a quarter of the LinkedIn ones among them, and the notes the member keeps about some."""
    named = [c for c in known if not c.hidden and "," not in c.person.plain_name]
    both = rng.sample(named, len(known) // 4)
    people = [c.person for c in both]
    times = Counter(c.person.plain_name for c in named)
    people += [c.person for c in named if times[c.person.plain_name] > 1 and c not in both][:2]
    people += [crowd.person() for _ in range(len(known) // 5)]
    people.append(crowd.person(namesake_of=people[0]))  # a name known twice here and once on LinkedIn
    found = []
    for number, person in enumerate(people):
        confirmed = moment_between(rng, BEGIN, date(2022, 12, 5))
        if number % 9 == 3 and number < 100:  # hardly anybody is found there today
            confirmed = moment_between(rng, SEARCH, REPORTED)
        shown = f"Dr. {person.plain_name}" if person.first.startswith("Dr.") else person.plain_name
        found.append(XingContact(person, shown, None if number % 11 == 5 else confirmed))
    found.sort(key=lambda contact: (contact.confirmed_at or END, contact.person.number))
    notes = [
        XingNote(c.name, soon_after(rng, c.confirmed_at, 200), rng.choice(phrases.XING_NOTES))
        for c in found[::13]
        if c.confirmed_at and c.confirmed_at < END - timedelta(days=60)
    ]
    notes.append(
        XingNote(
            member,
            moment_between(rng, date(2019, 1, 7), date(2020, 1, 6)),
            "Eigenes Profil:\nZertifikat nachtragen",
        )
    )
    return found, sorted(notes, key=lambda note: note.created_at)
