"""Recruiting again, in plain Python over plain lists: slow, obvious, written from what each number promises to count.

Belongs here: who came first, in which week, with which certainty, and what became of it. What a title or a subject means is told, not
judged, here; and nothing is known of SQL, files or formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from tests.reference import monday


@dataclass(frozen=True)
class Word:
    """A message in a conversation of two; `who` is None where the account is closed."""

    at: datetime
    mine: bool
    who: str | None
    talk: str
    subject: str | None
    is_spam: bool = False


@dataclass(frozen=True)
class Request:
    """A request to connect."""

    at: datetime
    mine: bool
    who: str
    has_note: bool = False


@dataclass(frozen=True)
class Entry:
    """A recruiter in the own log, and the platform that the entry names."""

    day: date
    name: str | None
    platform: str | None


@dataclass(frozen=True)
class Noted:
    """Any other entry of the own log; a meeting is mutual."""

    day: date
    kind: str
    name: str
    direction: str


@dataclass(frozen=True)
class Thanks:
    """A recommendation or an endorsement."""

    kind: str
    at: datetime
    who: str
    is_given: bool


@dataclass
class Story:
    """All that the exports tell together. People are known by a key, which in the own log is their name."""

    zone: str
    has_xing: bool
    reported: date = date.min
    messages_until: date = date.min
    contacts_until: date = date.min
    xing_until: date = date.min
    log_until: date = date.min
    words: list[Word] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    xing_words: list[Word] = field(default_factory=list)
    xing_contacts: set[str] = field(default_factory=set)
    connected: dict[str, date] = field(default_factory=dict)
    # Whether the title names recruiting, and human resources.
    roles: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    # Where contacts work, each company in one spelling.
    works_at: dict[str, str] = field(default_factory=dict)
    job_subjects: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    cleared: set[str] = field(default_factory=set)
    noted: list[Noted] = field(default_factory=list)
    thanks: list[Thanks] = field(default_factory=list)
    # By kind, and whether given.
    thanks_until: dict[tuple[str, bool], date] = field(default_factory=dict)

    def day(self, moment: datetime) -> date:
        """Return the day on the member's clock of a naive UTC moment."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).date()


@dataclass
class Approach:
    """Somebody who came first and looks like recruiting; `came_on` is the day of the first message or request."""

    platform: str
    who: str
    grade: str
    came_on: date
    wrote_on: date | None = None
    answered_on: date | None = None
    is_logged: bool = False


def approaches(story: Story) -> list[Approach]:
    """Return everybody who looks like recruiting, each once."""
    found = _inferred(story)
    names = [approach.who for approach in found]
    logged: dict[tuple[str, str], date] = {}
    for number, entry in enumerate(story.entries):
        if entry.name in story.cleared:
            continue
        platform = "xing" if entry.platform == "xing" and story.has_xing else "own"
        if platform == "own" and entry.name and names.count(entry.name) == 1:
            found[names.index(entry.name)].grade = "certain"
            continue
        key = (platform, entry.name or f"entry {number}")
        logged[key] = min(entry.day, logged.get(key, entry.day))
    return found + [Approach(where, who, "certain", day, is_logged=True) for (where, who), day in logged.items()]


def _inferred(story: Story) -> list[Approach]:
    begun: dict[str, list[list[Word]]] = {}
    for talk in {word.talk for word in story.words}:
        # Of messages in the same second the other side's come first.
        words = sorted((w for w in story.words if w.talk == talk), key=lambda w: (w.at, w.mine))
        if not words[0].mine and not any(word.is_spam for word in words):
            # Nothing tells one closed account from another but the conversation.
            begun.setdefault(words[0].who or f"conversation {talk}", []).append(words)
    people = {*begun, *(request.who for request in story.requests if not request.mine)}
    found = []
    for who in sorted(people - story.cleared):
        talks = sorted(begun.get(who, []), key=lambda words: words[0].at)
        came = [words[0].at for words in talks] + [r.at for r in story.requests if r.who == who and not r.mine]
        first = min(came)
        if any(at < first for at in _own_words_to(story, who)):
            continue
        grade = _grade(story, who, talks)
        if grade is None:
            continue
        answers = [word.at for words in talks for word in words if word.mine]
        found.append(
            Approach(
                "linkedin",
                who,
                grade,
                story.day(first),
                story.day(talks[0][0].at) if talks else None,
                story.day(min(answers)) if answers else None,
            )
        )
    return found


def _own_words_to(story: Story, who: str) -> list[datetime]:
    """Return when the member wrote to or invited somebody, on XING too where both platforms know the person."""
    known_on_both = who in story.connected and who in story.xing_contacts
    elsewhere = story.xing_words if known_on_both else []
    own = [word.at for word in [*story.words, *elsewhere] if word.mine and word.who == who]
    return own + [request.at for request in story.requests if request.mine and request.who == who]


def _grade(story: Story, who: str, talks: list[list[Word]]) -> str | None:
    is_recruiter, is_hr = story.roles.get(who, (False, False))
    subject = talks[0][0].subject if talks else None
    since = story.connected.get(who)
    # Days of connecting are days in UTC.
    was_contact = bool(talks) and since is not None and since <= talks[0][0].at.date()
    offers_job = subject in story.job_subjects
    is_inmail = subject is not None and not was_contact
    if is_recruiter or (is_hr and (is_inmail or offers_job)) or (offers_job and not was_contact):
        return "likely"
    return "possible" if offers_job or is_inmail else None


def weekly(story: Story, weeks: list[date]) -> dict[tuple[str, date], tuple[int | None, int | None]]:
    """Return recruiting contacts and replies of each platform and week."""
    counted = [approach for approach in approaches(story) if approach.grade != "possible"]
    platforms = ["linkedin", "own"] + ["xing"] * story.has_xing
    numbers: dict[tuple[str, date], tuple[int | None, int | None]] = {}
    for week in weeks:
        for platform in platforms:
            mine = [approach for approach in counted if approach.platform == platform]
            contacts = sum(monday(approach.came_on) == week for approach in mine)
            replies = sum(a.answered_on is not None and monday(a.answered_on) == week for a in mine)
            logged = [monday(approach.came_on) for approach in mine]
            numbers[platform, week] = (None, None)
            if platform == "linkedin" and week <= story.messages_until:
                numbers[platform, week] = (contacts, replies)
            if platform != "linkedin" and logged and min(logged) <= week <= story.log_until:
                numbers[platform, week] = (contacts, None)
        known = [numbers[platform, week] for platform in platforms]
        contacts_known = [contacts for contacts, _ in known if contacts is not None]
        replies_known = [replies for _, replies in known if replies is not None]
        numbers["all", week] = (
            sum(contacts_known) if contacts_known else None,
            sum(replies_known) if replies_known else None,
        )
    return numbers


def funnel(story: Story) -> dict[str, float | None] | None:
    """Return what became, by the reported Sunday, of those who came in the 26 weeks up to it; None where nobody came."""
    sunday = story.reported + timedelta(days=6)
    first = story.reported - timedelta(weeks=25)
    recent = [a for a in approaches(story) if a.grade != "possible" and first <= a.came_on <= sunday]
    if not recent:
        return None
    counts = dict.fromkeys(
        ("wrote_first", "answered", "open", "unanswered", "invited", "logged", "ripe", "ripe_answered"), 0
    )
    days = []
    for approach in recent:
        if approach.is_logged:
            counts["logged"] += 1
            continue
        if approach.wrote_on is None or approach.wrote_on > sunday:
            counts["invited"] += 1
            continue
        answered_on = approach.answered_on
        is_answered = answered_on is not None and answered_on <= min(sunday, approach.wrote_on + timedelta(days=28))
        is_ripe = approach.wrote_on + timedelta(days=28) <= min(sunday, story.messages_until)
        counts["wrote_first"] += 1
        counts["answered" if is_answered else "unanswered" if is_ripe else "open"] += 1
        counts["ripe"] += is_ripe
        counts["ripe_answered"] += is_ripe and is_answered
        if is_answered and answered_on is not None:
            days.append((answered_on - approach.wrote_on).days)
    return {**counts, "median_days": median(days) if len(days) >= 5 else None}


def requests(story: Story) -> dict[str, tuple[int, int, int, int | None]]:
    """Return what became of the member's requests of the 26 weeks before the last 28 days, and which of the 28 days are open."""
    sunday = story.reported + timedelta(days=6)
    found: dict[str, tuple[int, int, int, int | None]] = {}
    for note in ("all", "with", "without"):
        sent = accepted = waiting = 0
        took = []
        for request in story.requests:
            day = story.day(request.at)
            if not request.mine or not sunday - timedelta(days=28 + 182) < day <= sunday:
                continue
            if note not in ("all", "with" if request.has_note else "without"):
                continue
            since = story.connected.get(request.who)
            # Days of connecting are days in UTC.
            days = (since - request.at.date()).days if since else -1
            is_accepted = since is not None and 0 <= days <= 28 and since <= sunday
            if day + timedelta(days=28) <= min(sunday, story.contacts_until):
                sent += 1
                accepted += is_accepted
                took += [days] * is_accepted
            else:
                waiting += not is_accepted
            found[note] = (sent, accepted, waiting, sorted(took)[(len(took) - 1) // 2] if len(took) >= 10 else None)
    return found
