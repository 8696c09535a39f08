"""The values a story is made of, each with the label that no export carries.

Belongs here: people, contacts, invitations, conversations, acts, and what follows from them without a decision (who waits for an
answer, who fell silent). Nothing here draws a random number or writes a file. All moments are naive UTC in whole seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pipelines.demo.rhythm import exported_at

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["acquaintance", "recruiter", "hr", "sales", "spam", "fake recruiter"]
MessageKind = Literal["chat", "inmail", "note", "sponsored", "draft"]
ActKind = Literal["post", "comment", "reaction", "vote", "repost"]
Channel = Literal["inmail", "invitation", "xing"]


@dataclass(frozen=True)
class Size:
    """How much of everything: rows in the newest export, exactly; what is not listed follows from these.

    `sentences` is the longest a comment or a post gets.
    """

    connections: int
    messages: int
    reactions: int
    comments: int
    posts: int
    votes: int
    reposts: int
    older_recruiting: int
    sentences: int


@dataclass(frozen=True)
class Job:
    """Where somebody works from `since` on, as they write it themselves."""

    company: str
    title: str
    since: date


@dataclass(frozen=True, eq=False)
class Person:
    """One human, known by identity; `first` and `last` as LinkedIn shows them, decorations included.

    `plain_name` is the name without these; `role` says what they are to the member, which no export does. `deleted` accounts are
    shown as "LinkedIn Member" without a profile. `jobs` is in order of time and never empty.
    """

    number: int
    first: str
    last: str
    plain_name: str
    slug: str
    role: Role
    jobs: tuple[Job, ...]
    language: Literal["de", "en"] = "de"
    email: str = ""
    deleted: bool = False

    @cached_property
    def name(self) -> str:
        """Return the name as messages show it."""
        return "LinkedIn Member" if self.deleted else f"{self.first} {self.last}"

    @cached_property
    def url(self) -> str:
        """Return the profile address as the export writes it; '' for a deleted account."""
        return "" if self.deleted else "https://www.linkedin.com/in/" + quote(self.slug)

    def job_on(self, day: date) -> Job:
        """Return the job that the profile showed on `day`; the first one for every earlier day."""
        return next((job for job in reversed(self.jobs) if job.since <= day), self.jobs[0])


@dataclass(frozen=True)
class Contact:
    """A LinkedIn connection. `hidden` ones are exported as a date without a name, `lost_on` is the day one of them ended it."""

    person: Person
    connected_at: datetime
    hidden: bool = False
    lost_on: date | None = None

    @property
    def connected_on(self) -> date:
        """Return the UTC day, which is what the export says."""
        return self.connected_at.date()

    def on(self, day: date) -> bool:
        """Tell whether an export of `day` lists this contact."""
        return self.connected_at <= exported_at(day) and (self.lost_on is None or day < self.lost_on)


@dataclass(frozen=True)
class XingContact:
    """A XING contact, known there by a name alone; the same `person` as a LinkedIn contact is the same human."""

    person: Person
    name: str
    confirmed_at: datetime | None


@dataclass(frozen=True)
class XingNote:
    """What the member wrote down about a XING contact."""

    name: str
    created_at: datetime
    text: str


@dataclass(frozen=True)
class Invitation:
    """A request to connect, in whole minutes; `accepted_at` is the moment the contact began, None while it is open."""

    person: Person
    sent_at: datetime
    outgoing: bool
    note: str = ""
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `sender` is None where `mine`, and for sponsored mail, which nobody sent.

    `asks` is whether a question is asked, `offers` whether help is offered, `asks_advice` whether advice is wanted.
    """

    sent_at: datetime
    mine: bool
    sender: Person | None
    text: str
    kind: MessageKind = "chat"
    asks: bool = False
    offers: bool = False
    asks_advice: bool = False


@dataclass(eq=False)
class Conversation:
    """A thread with everybody in it but the member, messages oldest first. `folder` as LinkedIn names it."""

    number: int
    others: tuple[Person, ...]
    title: str = ""
    subject: str = ""
    folder: str = "INBOX"
    messages: list[Message] = field(default_factory=list)

    @property
    def direct(self) -> list[Message]:
        """Return what counts as writing to each other: no drafts, no sponsored mail, no invitation notes."""
        return [message for message in self.messages if message.kind in ("chat", "inmail")]


@dataclass(frozen=True, slots=True)
class Act:
    """Something public the member did. `post` is the number of the post it is about, whose upper bits are that post's time.

    `comment` is set where a reaction is about a comment, `detail` is the reaction's type or the option voted for.
    """

    kind: ActKind
    done_at: datetime
    post: int
    group: str | None = None
    text: str = ""
    detail: str = ""
    comment: int | None = None


@dataclass(frozen=True)
class Approach:
    """Somebody who wrote or invited first and is, or looks like, a recruiter; `genuine` is the truth of it."""

    person: Person
    channel: Channel
    first_at: datetime
    answered_at: datetime | None
    genuine: bool


@dataclass(frozen=True)
class Group:
    """A LinkedIn group; its number stands in links, its name only in Ad_Targeting, and nothing joins the two."""

    number: str
    name: str
    since: date


@dataclass(frozen=True)
class Endorsement:
    """A skill confirmed: by `person`, or for them."""

    person: Person
    skill: str
    given: bool
    done_at: datetime


@dataclass(frozen=True)
class Recommendation:
    """A recommendation written by `person`, or for them."""

    person: Person
    given: bool
    done_at: datetime
    text: str


@dataclass(frozen=True)
class JobAd:
    """A vacancy the member applied for, or kept for later."""

    company: str
    title: str
    done_at: datetime
    applied: bool


@dataclass(frozen=True)
class Follow:
    """A company, person or hashtag followed since `since`; `active` is False once unfollowed."""

    kind: Literal["company", "person", "hashtag"]
    name: str
    since: datetime
    active: bool = True


@dataclass
class DemoMember:
    """The whole story. Lists are in order of time unless a comment says otherwise."""

    seed: int
    size: Size
    first: str
    last: str
    slug: str
    positions: list[Job]
    contacts: list[Contact] = field(default_factory=list)  # those lost since are in it
    invitations: list[Invitation] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)  # by number
    acts: list[Act] = field(default_factory=list)
    approaches: list[Approach] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    job_ads: list[JobAd] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    dream_companies: list[str] = field(default_factory=list)
    xing_contacts: list[XingContact] = field(default_factory=list)
    xing_notes: list[XingNote] = field(default_factory=list)
    xing_conversations: list[Conversation] = field(
        default_factory=list
    )  # `others` may be empty: accounts that are gone

    @property
    def name(self) -> str:
        """Return the member's own name."""
        return f"{self.first} {self.last}"

    @property
    def url(self) -> str:
        """Return the member's own profile address."""
        return "https://www.linkedin.com/in/" + quote(self.slug)

    @property
    def recruiters(self) -> list[Person]:
        """Return the recruiters who really approached her, in the order of their first words."""
        return [approach.person for approach in self.approaches if approach.genuine]

    @property
    def on_both_platforms(self) -> list[tuple[Contact, XingContact]]:
        """Return the pairs of contacts that are one human."""
        xing = {contact.person: contact for contact in self.xing_contacts}
        return [(contact, xing[contact.person]) for contact in self.contacts if contact.person in xing]

    def messages(self) -> Iterator[tuple[Conversation, Message]]:
        """Yield every LinkedIn message with its conversation, thread by thread."""
        for conversation in self.conversations:
            for message in conversation.messages:
                yield conversation, message

    def _last_of_two(self) -> Iterator[tuple[Conversation, list[Message]]]:
        for conversation in self.conversations:
            if len(conversation.others) == 1 and (direct := conversation.direct):
                yield conversation, direct

    def waiting(self, day: date, days: int = 30) -> list[Person]:
        """Return whose last message, at most `days` old, asks or offers something and has no answer; mass mail waits for none."""
        oldest = datetime(day.year, day.month, day.day) - timedelta(days=days)  # noqa: DTZ001
        return [
            talk.others[0]
            for talk, direct in self._last_of_two()
            if not direct[-1].mine
            and direct[-1].sent_at >= oldest
            and (direct[-1].asks or direct[-1].offers)
            and talk.others[0].role not in ("sales", "spam", "fake recruiter")
        ]

    def silent(self) -> list[Person]:
        """Return who let the member's last two messages go unanswered."""
        return [talk.others[0] for talk, direct in self._last_of_two() if [m.mine for m in direct[-2:]] == [True, True]]

    def dormant(self, day: date, years: int = 3, messages: int = 6) -> list[Person]:
        """Return with whom she wrote at least `messages` times, both ways, the last one more than `years` years before `day`."""
        before = datetime(day.year - years, day.month, day.day)  # noqa: DTZ001
        return [
            talk.others[0]
            for talk, direct in self._last_of_two()
            if len(direct) >= messages and direct[-1].sent_at < before and len({m.mine for m in direct}) == 2
        ]

    def job_changes(self, after: date, until: date) -> list[tuple[Person, Job]]:
        """Return which named contacts show another job on `until` than on `after`, with the new one."""
        shown = [c.person for c in self.contacts if c.on(after) and c.on(until) and not c.hidden]
        return [(p, p.job_on(until)) for p in shown if p.job_on(after) != p.job_on(until)]
