"""Invented members whom recruiters and others approach and who give and take, as plain lists: what `reference_recruiting.py` and
`reference_balance.py` count.

Belongs here: the invention, around the edges that decide: 28 days after a message, 26 weeks before the reported one, the same second
on both sides, midnight, days on which clocks are changed, turns of the year, several exports of different age. Nothing here counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.lives import HOURS, ZONES
from tests.reference import monday
from tests.reference_recruiting import Entry, Noted, Request, Story, Thanks, Word
from tests.scenario import NAMES, OWNER

if TYPE_CHECKING:
    import random

    from tests.scenario import Export, Scenario

JOB, GREETING = "Data Analyst (m/w/d) in Köln", "Kurze Frage"
# What each title says: recruiting, or human resources in general.
TITLES: dict[str | None, tuple[bool, bool]] = {
    "Senior Recruiter": (True, False),
    "HR Business Partner": (False, True),
    "Ärztin": (False, False),
    None: (False, False),
}
# Turns of a year in week 1 and 53, the weeks after clocks were changed, a Monday and a Sunday.
AS_OF = ("2021-01-12", "2026-01-05", "2026-04-05", "2026-11-09", "2026-11-20")
BACK = (0, 1, 2, 4, 11, 12, 26, 27, 28, 29, 30, 33, 54, 55, 56, 57, 120, 181, 182, 183, 188, 189, 190, 217)
THANKS = {
    (kind, is_given): f"{kind}s_{'given' if is_given else 'received'}"
    for kind in ("recommendation", "endorsement")
    for is_given in (True, False)
}
# Spellings of companies; who works for themselves works in none.
COMPANIES = {
    "Nordlicht GmbH": "nordlicht", "NORDLICHT": "nordlicht", "Möwe AG": "moewe", "Moewe": "moewe", "Selbstständig": None, None: None,
}  # fmt: skip
CLOSED = "LinkedIn Member"


@dataclass
class Life:
    """What was told, beside the story that it amounts to."""

    story: Story
    exports: list[Given]
    week: date


@dataclass
class Given:
    """One export: its day, and which files it holds."""

    platform: str
    as_of: date
    files: set[str] = field(default_factory=set)
    titles: dict[str, str | None] = field(default_factory=dict)
    companies: dict[str, str | None] = field(default_factory=dict)


def life(rng: random.Random) -> Life:
    """Return a member whom others approach."""
    end = date.fromisoformat(rng.choice(AS_OF))
    exports = [_linkedin(rng, end)]
    if rng.random() < 0.4:
        exports.insert(0, _linkedin(rng, end - timedelta(days=rng.choice((1, 28, 60)))))
    if has_xing := rng.random() < 0.4:
        exports.append(Given("xing", end - timedelta(days=rng.choice((0, 5, 40)))))
    if rng.random() < 0.5:
        exports.append(Given("own", end - timedelta(days=rng.choice((0, 1, 20)))))
    story = Story(rng.choice(ZONES), has_xing=has_xing)

    def moment() -> datetime:
        return datetime.fromisoformat(f"{end - timedelta(days=rng.choice(BACK))} {rng.choice(HOURS)}")

    def until(files: str) -> date:
        return max((given.as_of for given in exports if files in given.files), default=date.min)

    story.messages_until, story.contacts_until = until("messages"), until("connections")
    contacts = rng.sample(NAMES, rng.randint(0, len(NAMES)))
    if until("connections") > date.min:
        newest = [given for given in exports if "connections" in given.files][-1]
        for name in contacts:
            since = moment().date()
            if since <= newest.as_of:
                story.connected[name] = since
                story.roles[name] = TITLES[newest.titles[name]]
                if company := COMPANIES[newest.companies[name]]:
                    story.works_at[name] = company
    story.job_subjects = {JOB}
    for number in range(rng.choice((0, 1, 8, 20))):
        name, subject = rng.choice(NAMES), rng.choice((JOB, JOB, GREETING, None, None))
        who = None if rng.random() < 0.1 else name
        is_spam = rng.random() < 0.1
        # One moment each, so that it is told which of two conversations of one person was the first.
        taken = {word.at for word in story.words if word.who == who}
        for at in sorted({moment() for _ in range(rng.choice((1, 1, 2, 3)))} - taken):
            sides = (True, False) if rng.random() < 0.15 else (rng.random() < 0.4,)
            for mine in sides:
                word = Word(at, mine, who, f"2-{number}", subject, is_spam=is_spam)
                if story.day(at) <= story.messages_until:
                    story.words.append(word)
    # Enough answers for a median.
    for number in range(rng.choice((0, 0, 0, 6, 12))):
        asked_at = moment()
        answered_at = asked_at + timedelta(
            days=rng.choice((0, 1, 3, 27, 28, 29)), seconds=rng.choice((0, 3600, 40_000))
        )
        for at, mine in ((asked_at, False), (answered_at, True)):
            if story.day(at) <= story.messages_until:
                story.words.append(Word(at, mine, f"Ina Imhof{number}", f"2-answered{number}", JOB))
    for _ in range(rng.choice((0, 0, 2, 6))):
        request = Request(moment().replace(second=0), rng.random() < 0.4, rng.choice(NAMES), rng.random() < 0.5)
        if story.day(request.at) <= until("invitations"):
            story.requests.append(request)
    # Enough accepted requests for a median.
    for number in range(rng.choice((0, 0, 12, 24)) if until("connections") > date.min else 0):
        request = Request(moment().replace(second=0), mine=True, who=f"Jan Jost{number}", has_note=rng.random() < 0.2)
        since = request.at.date() + timedelta(days=rng.choice((0, 1, 2, 2, 5, 27, 28, 29)))
        if story.day(request.at) <= until("invitations") and since <= newest.as_of:
            story.requests.append(request)
            story.connected[request.who] = since
            story.works_at[request.who] = f"firma {number % 11}"
    for given in exports:
        if given.platform == "xing":
            story.xing_until = given.as_of
            _on_xing(rng, story, given.as_of, moment)
        if given.platform == "own":
            for _ in range(rng.choice((0, 1, 3))):
                entry = Entry(moment().date(), rng.choice((*NAMES[:5], None)), rng.choice((None, "linkedin", "xing")))
                if entry.day <= given.as_of:
                    story.entries.append(entry)
            story.cleared = set(rng.sample(NAMES, rng.choice((0, 0, 1, 2))))
            for _ in range(rng.choice((0, 2, 4))):
                kind, direction = rng.choice(
                    (("meeting", "mutual"), ("introduction", "given"), ("referral", "received"))
                )
                noted = Noted(moment().date(), kind, rng.choice(NAMES), direction)
                if noted.day <= given.as_of:
                    story.noted.append(noted)
            story.log_until = given.as_of if story.entries or story.noted else date.min
    for (kind, is_given), file in THANKS.items():
        story.thanks_until[kind, is_given] = until(file)
        for at in sorted({moment() for _ in range(rng.choice((0, 1, 3)))}):
            if story.day(at) <= until(file):
                story.thanks.append(Thanks(kind, at, rng.choice(NAMES), is_given))
    newest_day = max(given.as_of for given in exports if given.platform != "own")
    story.reported = monday(newest_day) - timedelta(weeks=1 + rng.choice((0, 0, 1, 4)))
    return Life(story, exports, story.reported)


def _linkedin(rng: random.Random, as_of: date) -> Given:
    files = {name for name in ("connections", "messages", "invitations", *THANKS.values()) if rng.random() < 0.9}
    return Given(
        "linkedin",
        as_of,
        files,
        {name: rng.choice(list(TITLES)) for name in NAMES},
        {name: rng.choice(list(COMPANIES)) for name in NAMES},
    )


def _on_xing(rng: random.Random, story: Story, as_of: date, moment: Any) -> None:
    story.xing_contacts = set(rng.sample(NAMES, rng.choice((3, 8, 8))))
    for _ in range(rng.choice((0, 4, 12))):
        word = Word(moment(), rng.random() < 0.5, rng.choice(NAMES), "", None)
        if story.day(word.at) <= as_of:
            story.xing_words.append(word)


def tell(told: Scenario, key: str, lived: Life) -> None:
    """Tell a life to a scenario: each export holds what happened up to its day."""
    story = lived.story
    year, week, _ = lived.week.isocalendar()
    member = told.member(key, time_zone=story.zone, week=f"{year}-W{week:02}")
    for given in lived.exports:
        export = getattr(member, given.platform)(given.as_of.isoformat())
        {"linkedin": _tell_linkedin, "xing": _tell_xing, "own": _tell_own}[given.platform](export, story, given)


def _tell_linkedin(export: Export, story: Story, given: Given) -> None:
    for name in sorted(given.files):
        export.empty(f"linkedin_{name}")
    if "connections" in given.files:
        for name, since in story.connected.items():
            if since <= given.as_of:
                export.connection(
                    name,
                    str(since),
                    position=given.titles.get(name),
                    company=given.companies.get(name, story.works_at.get(name)),
                )
    if "messages" in given.files:
        for word in story.words:
            if story.day(word.at) > given.as_of:
                continue
            cells: dict[str, Any] = {"subject": word.subject, "folder": "SPAM" if word.is_spam else "INBOX"}
            if word.who is None:
                cells |= {"recipients": CLOSED, "recipient_urls": None} if word.mine else {"sender": CLOSED, "sender_url": None}  # fmt: skip
            export.message(str(word.at), word.who or CLOSED, "out" if word.mine else "in", word.talk, **cells)
    if "invitations" in given.files:
        for request in story.requests:
            if story.day(request.at) <= given.as_of:
                note = "note" if request.has_note else None
                export.invitation(str(request.at), request.who, "out" if request.mine else "in", note_key=note)
    for thanks in story.thanks:
        if THANKS[thanks.kind, thanks.is_given] in given.files and story.day(thanks.at) <= given.as_of:
            direction = "given" if thanks.is_given else "received"
            getattr(export, thanks.kind)(str(thanks.at), thanks.who, direction)


def _tell_xing(export: Export, story: Story, given: Given) -> None:
    export.empty("xing_contacts", "xing_messages")
    for name in sorted(story.xing_contacts):
        export.contact(name, "2019-03-04 12:00:00")
    for name in sorted({word.who or "" for word in story.xing_words}):
        written = [(str(w.at), OWNER if w.mine else name) for w in story.xing_words if w.who == name]
        export.talk("2019-12-01 08:00:00", name, name, *written)


def _tell_own(export: Export, story: Story, given: Given) -> None:
    for entry in story.entries:
        export.entry(entry.day.isoformat(), "recruiter_contact", entry.name, platform=entry.platform)
    for noted in story.noted:
        export.entry(noted.day.isoformat(), noted.kind, noted.name, noted.direction)
    for name in sorted(story.cleared):
        export.mark(name, "no_recruiter", given.as_of.isoformat())
