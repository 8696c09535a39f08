"""Everyday conversations: who writes with whom over the years, and how it goes back and forth.

Belongs here: ordinary talk up to a number of messages, and notes that turn up as messages. Scenes with a meaning for the search
(recruiting, questions left open) are in scenes.py.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from pipelines.demo import phrases
from pipelines.demo.rhythm import AS_OF, END, REPORTED, SEARCH, midnight, moment, soon_after, spread
from pipelines.demo.truth import Contact, Conversation, Invitation, Message, Person

if TYPE_CHECKING:
    import random

# An everyday talk that ends this late ends without a question: those who wait for an answer are a scene.
_SETTLED = END - timedelta(days=36)
_LAST_CALL = datetime(2026, 11, 19, 22)  # noqa: DTZ001


def say(rng: random.Random, at: datetime, sender: Person | None, language: str, **how: object) -> Message:
    """Return an ordinary message by `sender`, or by the member for None; `how` is handed to phrases.talk."""
    text = phrases.talk(rng, language, **how)  # ty: ignore[invalid-argument-type]
    return Message(at, sender is None, sender, text.text, "chat", text.asks, text.offers, text.asks_advice)


class Threads:
    """All LinkedIn conversations; one thread for each person, as on LinkedIn, and numbers for the others."""

    def __init__(self) -> None:
        self.all: list[Conversation] = []
        self._with: dict[Person, Conversation] = {}

    def open(self, *others: Person, title: str = "", subject: str = "", folder: str = "INBOX") -> Conversation:
        """Return a new conversation."""
        self.all.append(Conversation(len(self.all) + 1, others, title, subject, folder))
        return self.all[-1]

    def thread(self, person: Person) -> Conversation:
        """Return the one conversation with `person`."""
        if person not in self._with:
            self._with[person] = self.open(person)
        return self._with[person]

    def messages(self) -> int:
        """Return how many messages there are."""
        return sum(len(conversation.messages) for conversation in self.all)


@dataclass(frozen=True)
class _Friend:
    person: Person
    since: date
    until: date
    weight: float


def notes(threads: Threads, invitations: list[Invitation]) -> None:
    """Let every note of an accepted invitation turn up as the first message, at the moment it was accepted."""
    for invitation in invitations:
        if invitation.note and invitation.accepted_at:
            sender = None if invitation.outgoing else invitation.person
            note = Message(invitation.accepted_at, invitation.outgoing, sender, invitation.note, "note")
            threads.thread(invitation.person).messages.append(note)


def _circle(rng: random.Random, contacts: list[Contact], reserved: set[Person]) -> list[_Friend]:
    """Return who writes with the member from when to when; most for a while, few for long, some again during the search."""
    circle = []
    for number, contact in enumerate(contacts):
        person, begun = contact.person, contact.connected_on
        if person in reserved or contact.hidden or person.role == "recruiter":
            continue
        recent = begun >= SEARCH - timedelta(days=60)
        if rng.random() > (0.7 if recent else 0.45) and number % 6:
            continue
        until = begun + timedelta(days=20 + int(rng.expovariate(1 / 420)))
        circle.append(_Friend(person, begun, until, rng.paretovariate(1.3) * (6 if recent else 1)))
        if until < SEARCH and rng.random() < 0.12:
            circle.append(_Friend(person, SEARCH + timedelta(weeks=rng.randrange(16)), AS_OF, rng.random() * 3))
    return sorted(circle, key=lambda friend: friend.since)


def everyday(rng: random.Random, threads: Threads, contacts: list[Contact], reserved: set[Person], total: int) -> None:
    """Add exactly `total` ordinary messages, with nobody in `reserved`."""
    circle = _circle(rng, contacts, reserved)
    begins = [friend.since for friend in circle]
    active: list[_Friend] = []
    seen = left = 0
    weeks = spread(rng, total, search=9.0, reported=8, after=4)
    for monday, quota in weeks:
        left += quota
        until = bisect_left(begins, monday)
        active = [friend for friend in active if friend.until >= monday] + circle[seen:until]
        seen = until
        if not active:
            continue
        weights = list(accumulate(friend.weight for friend in active))
        while left > 0:
            friend = rng.choices(active, cum_weights=weights)[0]
            left -= _exchange(rng, threads.thread(friend.person), friend.person, monday, left)
    if left > 0:  # nobody to write to in the last week: the rest belongs to the friend of longest standing
        friend = max(circle, key=lambda f: (f.until, f.person.number))
        while left > 0:
            left -= _exchange(rng, threads.thread(friend.person), friend.person, REPORTED, left)
    for friend in circle:
        _settle(rng, threads.thread(friend.person), friend.person)


def _settle(rng: random.Random, talk: Conversation, person: Person) -> None:
    """Put the talk in order of time; where it ended lately and by the other person, let them ask and offer nothing."""
    talk.messages.sort(key=lambda message: message.sent_at)
    last = talk.messages[-1] if talk.messages else None
    if last and last.kind == "chat" and not last.mine and last.sent_at > _SETTLED:
        talk.messages[-1] = say(rng, last.sent_at, person, person.language, closing=True)


def _exchange(rng: random.Random, talk: Conversation, person: Person, monday: date, most: int) -> int:
    """Add one back and forth that begins in that week; return how many messages it took, at least one, at most `most`."""
    at = moment(rng, monday)
    mine = rng.random() < (0.58 if monday >= SEARCH else 0.48)
    wanted = min(most, rng.choice((1, 2, 2, 3, 3, 4, 5, 7)))
    if wanted == 1 and mine and talk.messages and talk.messages[-1].mine:
        mine = False  # to be left without an answer twice is a scene
    moments = [at]
    while len(moments) < wanted:
        at = soon_after(rng, at, rng.choice((0.3, 2, 9, 26)))
        if at > _LAST_CALL:
            break
        moments.append(at)
    for at in moments:
        talk.messages.append(say(rng, at, None if mine else person, person.language))
        mine = not mine if rng.random() < 0.85 else mine
    return len(moments)


def week_turns(rng: random.Random, talk: Conversation, person: Person) -> None:
    """Add messages in the last second of a Berlin week and the first of the next: both clock changes, and a week 53."""
    for monday in (date(2020, 12, 28), date(2021, 1, 4), date(2026, 3, 30), date(2026, 10, 26)):
        talk.messages.append(say(rng, midnight(monday) - timedelta(seconds=1), person, "de", closing=True))
        talk.messages.append(say(rng, midnight(monday), None, "de", closing=True))
