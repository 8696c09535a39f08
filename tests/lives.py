"""Invented members as plain lists: what each of their exports holds, for counting it again in plain Python.

Belongs here: the invention, of whatever has gone wrong before: nothing at all, one row, moments at midnight, days on which clocks
are changed, week 53, turns of the year, rows without dates, rows twice, platforms of different age, several exports of one
platform in any order, copies that a spreadsheet saved again. Nothing here counts; `reference_lives.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from tests.scenario import GROUP_LINK, NAMES, OWNER, OWNER_LINK, POST_LINK, link

if TYPE_CHECKING:
    import random

    from tests.scenario import Export, Scenario

ZONES = ("Europe/Berlin", "Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo", "UTC")
# Turn of a year in week 53, in week 1 and within a week; the days on which Berlin changes its clocks; days beside each other.
DAYS = [
    "2020-12-27",
    "2020-12-31",
    "2021-01-01",
    "2021-01-03",
    "2021-01-04",
    "2024-12-29",
    "2024-12-30",
    "2025-01-01",
    "2025-12-28",
    "2025-12-29",
    "2026-01-01",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "2026-06-14",
    "2026-06-15",
    "2026-06-16",
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
]
AS_OF = ["2021-01-03", "2026-01-01", "2026-03-29", "2026-06-15", "2026-06-16", "2026-10-25", "2026-10-26", "2027-01-03"]
# In UTC, each minute with one second only: a copy without seconds stays recognisable.
HOURS = [
    "00:00:00",
    "00:59:59",
    "01:00:00",
    "12:30:15",
    "14:59:59",
    "15:00:00",
    "21:59:59",
    "22:00:00",
    "22:59:59",
    "23:00:00",
    "23:59:59",
]
ACTIVITY = ("share", "comment", "reaction", "vote", "repost")
T = TypeVar("T")
LOGGED = ("meeting", "call", "greeting", "referral", "advice_asked", "introduction")


@dataclass(frozen=True)
class Contact:
    """A connection as one export writes it: hidden ones have neither name nor link."""

    name: str | None
    url: str | None
    since: date | None


@dataclass(frozen=True)
class Message:
    """A message in a conversation of two; `key` is the same for a note and the message that repeats it."""

    sent_at: datetime
    name: str
    mine: bool
    conversation: str
    is_ad: bool = False
    key: str | None = None


@dataclass(frozen=True)
class Invitation:
    sent_at: datetime
    name: str
    mine: bool
    note: str | None = None


@dataclass(frozen=True)
class Act:
    kind: str
    acted_at: datetime
    link: str
    group: str | None


@dataclass(frozen=True)
class Recognition:
    kind: str
    recognised_at: datetime | None
    name: str
    given: bool


@dataclass(frozen=True)
class Entry:
    """A line of the own log."""

    day: date
    kind: str
    name: str | None


@dataclass(frozen=True)
class Views:
    """A line of copied profile views."""

    day: date
    views: int | None
    by_recruiters: int | None


@dataclass
class Given:
    """One export: what it holds, each list None where the file is missing."""

    platform: str
    as_of: date
    contacts: list[Contact] | None = None
    messages: list[Message] | None = None
    invitations: list[Invitation] | None = None
    acts: dict[str, list[Act]] = field(default_factory=dict)
    recognitions: dict[tuple[str, bool], list[Recognition]] = field(default_factory=dict)
    entries: list[Entry] | None = None
    views: list[Views] | None = None
    unreadable: str | None = None


@dataclass
class Life:
    zone: str
    exports: list[Given]

    def day(self, moment: datetime) -> date:
        """Return the day on the member's clock of a naive UTC moment."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).date()


def life(rng: random.Random) -> Life:
    """Return a member whose exports hold parts of one story, each up to its day."""
    told = Life(rng.choice(ZONES), [])
    span = rng.choice((DAYS[:5], DAYS[5:14], DAYS[8:], DAYS[8:], DAYS))
    days = rng.sample(span, rng.randint(1, len(span)))
    story = _Story(rng, told, days)
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        told.exports.append(story.linkedin(date.fromisoformat(rng.choice(AS_OF))))
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        told.exports.append(story.xing(date.fromisoformat(rng.choice(AS_OF))))
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        told.exports.append(story.by_hand(date.fromisoformat(rng.choice(AS_OF))))
    rng.shuffle(told.exports)
    return told


class _Story:
    def __init__(self, rng: random.Random, told: Life, days: list[str]) -> None:
        self.rng, self.told, self.days = rng, told, days
        self.conversations = {key: (rng.choice(NAMES[:3]), rng.random() < 0.1) for key in "abcd"}
        sizes = (0, 1, 4, 9)
        people = [(name, link(name)) for name in NAMES] + [(NAMES[0], link(NAMES[0]) + "-2"), (OWNER, OWNER_LINK)]
        self.contacts = [
            (name, url, self._maybe(self._day()), self._maybe(self._day()), self._maybe(self._day(), 0.2))
            for name, url in rng.sample(people, min(len(people), rng.choice(sizes)))
        ]
        # Files without links cannot tell namesakes of one day apart.
        begun = {name: since for name, url, since, _, _ in self.contacts if not url.endswith("-2")}
        self.contacts = [c for c in self.contacts if not c[1].endswith("-2") or c[2] != begun.get(c[0])]
        self.messages = [self._message() for _ in range(rng.choice(sizes))]
        self.invitations = [
            Invitation(m.replace(second=0), rng.choice(NAMES[:4]), rng.random() < 0.7, rng.choice((None, "note")))
            for m in self._moments(rng.choice(sizes))
        ]
        self.acts = [self._act(moment) for moment in self._moments(rng.choice(sizes))]
        self.recognitions = [
            Recognition(
                rng.choice(("recommendation", "endorsement")),
                self._maybe(moment, 0.8),
                rng.choice(NAMES[:3]),
                rng.random() < 0.5,
            )
            for moment in self._moments(rng.choice(sizes))
        ]
        self.entries = [
            Entry(self._day(), rng.choice(LOGGED), rng.choice((*NAMES[:2], None))) for _ in range(rng.choice(sizes))
        ]

    def linkedin(self, as_of: date) -> Given:
        rng, saved_again = self.rng, self.rng.random() < 0.2
        given = Given("linkedin", as_of)
        if rng.random() < 0.9:
            given.contacts = self._contacts(as_of, links=rng.random() < 0.8)
        if rng.random() < 0.8:
            given.messages = self._again(self._until(self.messages, "sent_at", as_of), "sent_at", saved_again)
        if rng.random() < 0.6:
            given.invitations = self._until(self.invitations, "sent_at", as_of)
        if rng.random() < 0.7:
            there = [kind for kind in ACTIVITY if rng.random() < 0.8]
            held = self._again(self._until(self.acts, "acted_at", as_of), "acted_at", saved_again)
            given.acts = {kind: [act for act in held if act.kind == kind] for kind in there}
            given.unreadable = next((kind for kind in ACTIVITY if kind not in there and rng.random() < 0.2), None)
        for kind in ("recommendation", "endorsement"):
            for is_given in (True, False):
                if rng.random() < 0.6:
                    dated = [r for r in self.recognitions if (r.kind, r.given) == (kind, is_given)]
                    held = self._until(dated, "recognised_at", as_of)
                    given.recognitions[kind, is_given] = self._again(held, "recognised_at", saved_again)
        return given

    def xing(self, as_of: date) -> Given:
        given = Given("xing", as_of)
        if self.rng.random() < 0.9:
            given.contacts = [c for c in self._contacts(as_of, links=False) if c.name]
        if self.rng.random() < 0.8:
            given.messages = [m for m in self._until(self.messages, "sent_at", as_of) if not m.is_ad]
        return given

    def by_hand(self, as_of: date) -> Given:
        given = Given("own", as_of)
        if self.rng.random() < 0.8:
            given.entries = self._until(self.entries, "day", as_of)
        if self.rng.random() < 0.5:
            counts = (None, 0, 3, 7)
            lines = [Views(self._day(), self.rng.choice(counts), self.rng.choice(counts)) for _ in range(3)]
            given.views = [line for line in lines if line.day <= as_of and line != Views(line.day, None, None)]
        return given

    def _contacts(self, as_of: date, *, links: bool) -> list[Contact]:
        held = []
        for name, url, since, left, closed in self._part(self.contacts):
            if (since and since > as_of) or (left and left <= as_of):
                continue
            if closed and closed <= as_of and since:
                held.append(Contact(None, None, since))
            # Files without links always have dates.
            elif links or since:
                held.append(Contact(name, url if links else None, since))
        return held

    def _message(self) -> Message:
        conversation = self.rng.choice("abcd")
        name, is_ad = self.conversations[conversation]
        [moment] = self._moments(1)
        key = self.rng.choice((None, None, None, "note"))
        return Message(moment, name, self.rng.random() < 0.5, conversation, is_ad=is_ad, key=key)

    def _act(self, moment: datetime) -> Act:
        group = self.rng.choice((None, None, "11", "12"))
        post = str(7_000 + self.rng.randrange(3))
        address = GROUP_LINK.format(group=group, post=post) if group else POST_LINK.format(post=post)
        return Act(self.rng.choice(ACTIVITY), moment, address, group)

    def _day(self) -> date:
        return date.fromisoformat(self.rng.choice(self.days)) + timedelta(days=self.rng.choice((0, 0, 1)))

    def _moments(self, count: int) -> list[datetime]:
        return [datetime.fromisoformat(f"{self._day()} {self.rng.choice(HOURS)}") for _ in range(count)]

    def _maybe(self, value: T, chance: float = 0.6) -> T | None:
        return value if self.rng.random() < chance else None

    def _part(self, records: list[T]) -> list[T]:
        copies = (0, 1, 1, 1, 1, 1, 1, 2)
        return [record for record in records for _ in range(self.rng.choice(copies))]

    def _until(self, records: list[T], name: str, as_of: date) -> list[T]:
        def day(record: T) -> date:
            when = getattr(record, name)
            return self.told.day(when) if isinstance(when, datetime) else when or as_of

        return [record for record in self._part(records) if day(record) <= as_of]

    def _again(self, records: list[T], name: str, saved_again: bool) -> list[T]:
        """Return records as a spreadsheet writes them that shows no seconds; none twice, since nothing would tell their order."""
        if not saved_again:
            return records
        whole = [replace(r, **{name: when.replace(second=0)}) if (when := getattr(r, name)) else r for r in records]
        return list(dict.fromkeys(whole))


def tell(told: Scenario, key: str, lived: Life) -> None:
    """Tell a life to a scenario."""
    member = told.member(key, time_zone=lived.zone)
    for given in lived.exports:
        export = getattr(member, given.platform)(given.as_of.isoformat())
        {"linkedin": _linkedin, "xing": _xing, "own": _by_hand}[given.platform](export, given)


def _linkedin(export: Export, given: Given) -> None:
    _file(export, "linkedin_connections", given.contacts)
    for contact in given.contacts or ():
        export.connection(contact.name, _text(contact.since), url=contact.url)
    _file(export, "linkedin_messages", given.messages)
    for m in given.messages or ():
        fields: dict[str, Any] = {"conversation_title": "Sponsored Conversation"} if m.is_ad else {}
        export.message(str(m.sent_at), m.name, "out" if m.mine else "in", m.conversation, text_key=m.key, **fields)
    for i in given.invitations or ():
        export.invitation(str(i.sent_at), i.name, "out" if i.mine else "in", note_key=i.note)
    sources = {"share": "shares", "comment": "comments", "reaction": "reactions", "vote": "votes", "repost": "reposts"}
    for kind, acts in given.acts.items():
        _file(export, f"linkedin_{sources[kind]}", acts)
        for act in acts:
            getattr(export, kind)(str(act.acted_at), act.link)
    if given.unreadable:
        export.failed(f"linkedin_{sources[given.unreadable]}")
    for (kind, is_given), held in given.recognitions.items():
        direction = "given" if is_given else "received"
        _file(export, f"linkedin_{kind}s_{direction}", held)
        for r in held:
            getattr(export, kind)(_text(r.recognised_at), r.name, direction)


def _xing(export: Export, given: Given) -> None:
    _file(export, "xing_contacts", given.contacts)
    for contact in given.contacts or ():
        export.contact(contact.name, f"{contact.since} 12:00:00" if contact.since else None)
    _file(export, "xing_messages", given.messages)
    for conversation in sorted({m.conversation for m in given.messages or ()}):
        messages = [m for m in given.messages or () if m.conversation == conversation]
        written = [(str(m.sent_at), OWNER if m.mine else m.name) for m in messages]
        export.talk("2020-12-01 08:00:00", conversation, messages[0].name, *written)


def _by_hand(export: Export, given: Given) -> None:
    _file(export, "own_activity", given.entries)
    for entry in given.entries or ():
        export.entry(entry.day.isoformat(), entry.kind, entry.name)
    _file(export, "own_visitors", given.views)
    for line in given.views or ():
        export.views(line.day.isoformat(), line.views, line.by_recruiters)


def _file(export: Export, source: str, rows: list[Any] | None) -> None:
    if rows is not None and not rows:
        export.empty(source)


def _text(when: date | None) -> str | None:
    return str(when) if when else None
