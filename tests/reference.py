"""Every weekly number again, in plain Python over plain lists: slow, obvious, written from what each number promises to count.

Belongs here: the counting. It knows the invented member's story and the days of her exports, and nothing of SQL, files or formats.
A number is None in weeks that no export covers.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines.demo.linkedin import INVITATION_WINDOW
from pipelines.demo.rhythm import AS_OF, EARLIER, exported_at

if TYPE_CHECKING:
    from pipelines.demo import DemoMember
    from pipelines.demo.truth import Conversation, Message

BERLIN = ZoneInfo("Europe/Berlin")
ACTS = {"post": "posts", "comment": "comments", "reaction": "reactions", "vote": "votes", "repost": "reposts"}
ADDED = (
    "contacts_new",
    "invitations_sent",
    "invitations_received",
    "invitations_accepted",
    "messages_sent",
    "messages_received",
    "conversations_started",
    "conversations_answered",
    *ACTS.values(),
    "visible_activity",
    "group_activity",
    "groups_active",
    "recommendations_given",
    "recommendations_received",
    "endorsements_given",
    "endorsements_received",
)
Numbers = dict[tuple[str, str, date], int | None]


_TITLES = {"professor", "professorin", "prof", "dr", "mba", "phd", "msc", "bsc"}
_ABBREVIATIONS = {"prof", "dr", "med", "phil", "rer", "nat", "pol", "jur", "oec"}
_ABBREVIATIONS |= {"habil", "dipl", "ing", "kfm", "mag", "univ"}


def folded(name: str) -> str:
    """Return a name as names are compared: the part before the first comma, without titles, marks, punctuation and case."""
    text = unicodedata.normalize("NFC", name.partition(",")[0]).casefold()
    kept = []
    for word in text.replace("-", " ").split():
        parts = word.removesuffix(".").split(".")
        if word in _TITLES or (word.endswith(".") and set(parts) <= _ABBREVIATIONS | _TITLES):
            continue
        spelled = "".join({"ä": "ae", "ö": "oe", "ü": "ue"}.get(char, char) for char in word)
        kept.append("".join(char for char in unicodedata.normalize("NFKD", spelled) if char.isalnum()))
    return " ".join(filter(None, kept))


def day_of(moment: datetime) -> date:
    """Return the day in Berlin of a naive UTC moment."""
    return moment.replace(tzinfo=UTC).astimezone(BERLIN).date()


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass
class Told:
    """What all exports together tell: dated facts by platform, and whoever the facts are about."""

    linkedin: dict[str, list[date]]
    xing: dict[str, list[date]]
    invitations_since: date


def newest_facts(member: DemoMember) -> Told:
    """Count what the newest archive and XING's bundle hold, each fact under the day on which it counts."""
    cut = exported_at(AS_OF)
    linkedin: dict[str, list[date]] = {name: [] for name in ADDED}
    linkedin["contacts_new"] = [
        c.connected_on for c in member.contacts if c.on(AS_OF) or (c.on(EARLIER) and not c.on(AS_OF))
    ]
    listed = [
        i
        for i in member.invitations
        if cut - INVITATION_WINDOW <= i.sent_at <= cut
        and (i.outgoing or (i.accepted_at is not None and i.accepted_at <= cut))
    ]
    connected = {c.person: c.connected_on for c in member.contacts if not c.hidden and (c.on(AS_OF) or c.on(EARLIER))}
    for invitation in listed:
        day = day_of(invitation.sent_at)
        linkedin["invitations_sent" if invitation.outgoing else "invitations_received"].append(day)
        began = connected.get(invitation.person)
        if invitation.outgoing and began is not None and began >= invitation.sent_at.date():
            linkedin["invitations_accepted"].append(day)
    talk_facts(linkedin, [(talk, [m for m in talk.direct if m.sent_at <= cut]) for talk in member.conversations])
    groups = set()
    for act in member.acts:
        if act.done_at > cut:
            continue
        day = day_of(act.done_at)
        linkedin[ACTS[act.kind]].append(day)
        linkedin["visible_activity"].append(day)
        if act.group:
            linkedin["group_activity"].append(day)
            groups.add((monday(day), act.group))
    linkedin["groups_active"] = [week for week, _ in groups]
    for endorsement in member.endorsements:
        if endorsement.done_at <= cut:
            linkedin["endorsements_given" if endorsement.given else "endorsements_received"].append(
                day_of(endorsement.done_at)
            )
    for recommendation in member.recommendations:
        if recommendation.done_at <= cut:
            linkedin["recommendations_given" if recommendation.given else "recommendations_received"].append(
                day_of(recommendation.done_at)
            )
    xing: dict[str, list[date]] = {name: [] for name in ADDED}
    xing["contacts_new"] = [
        day_of(c.confirmed_at)
        for c in member.xing_contacts
        if c.confirmed_at is not None and folded(c.name) != folded(member.name)
    ]
    talk_facts(xing, [(talk, talk.messages) for talk in member.xing_conversations])
    return Told(linkedin, xing, monday(min(day_of(i.sent_at) for i in listed)))


def talk_facts(facts: dict[str, list[date]], talks: list[tuple[Conversation, list[Message]]]) -> None:
    """Add the messages of `talks`, without those of threads that advertising opened, and who began and answered."""
    for talk, messages in talks:
        if not messages or any(message.kind == "sponsored" for message in talk.messages):
            continue
        for message in messages:
            facts["messages_sent" if message.mine else "messages_received"].append(day_of(message.sent_at))
        in_order = sorted(messages, key=lambda message: (message.sent_at, message.mine))
        if in_order[0].mine:
            facts["conversations_started"].append(day_of(in_order[0].sent_at))
        elif answers := [message for message in in_order if message.mine]:
            facts["conversations_answered"].append(day_of(answers[0].sent_at))


def weekly(member: DemoMember) -> tuple[list[date], Numbers]:
    """Return the weeks of the member's report and every number of each, by name, platform and Monday."""
    told = newest_facts(member)
    days = [day for facts in (told.linkedin, told.xing) for name in ADDED for day in facts[name]]
    weeks = [monday(min(days))]
    while weeks[-1] < monday(AS_OF):
        weeks.append(weeks[-1] + timedelta(days=7))
    numbers: Numbers = {}
    for name in ADDED:
        linkedin = Counter(monday(day) for day in told.linkedin[name])
        xing = Counter(monday(day) for day in told.xing[name])
        on_xing = name in ("contacts_new", "messages_sent", "messages_received") or name.startswith("conversations")
        for week in weeks:
            covered = not name.startswith("invitations") or week >= told.invitations_since
            numbers[name, "linkedin", week] = linkedin[week] if covered else None
            numbers[name, "xing", week] = xing[week] if on_xing else None
            numbers[name, "all", week] = together(numbers, name, week)
    stocks(member, weeks, numbers)
    rhythm(told, weeks, numbers)
    return weeks, numbers


def together(numbers: Numbers, name: str, week: date) -> int | None:
    known = [n for n in (numbers[name, "linkedin", week], numbers[name, "xing", week]) if n is not None]
    return sum(known) if known else None


def stocks(member: DemoMember, weeks: list[date], numbers: Numbers) -> None:
    """Fill in how many contacts there are at the end of each week, and how many an earlier export still had."""
    gone = sum(c.on(EARLIER) and not c.on(AS_OF) for c in member.contacts)
    others = [c for c in member.xing_contacts if folded(c.name) != folded(member.name)]
    undated = sum(c.confirmed_at is None for c in others)
    new_on_linkedin = new_on_xing = 0
    for week in weeks:
        new_on_linkedin += numbers["contacts_new", "linkedin", week] or 0
        new_on_xing += numbers["contacts_new", "xing", week] or 0
        left = gone if week >= monday(AS_OF) else 0
        numbers["contacts_total", "linkedin", week] = new_on_linkedin - left
        numbers["contacts_total", "xing", week] = new_on_xing + undated
        numbers["contacts_total", "all", week] = together(numbers, "contacts_total", week)
        lost = left if week >= monday(EARLIER) else None
        numbers["contacts_lost", "linkedin", week] = lost
        numbers["contacts_lost", "xing", week] = None
        numbers["contacts_lost", "all", week] = lost


def rhythm(told: Told, weeks: list[date], numbers: Numbers) -> None:
    """Fill in active weeks, weeks in a row and weeks with a direct touch, for each platform and for all."""
    own = ("messages_sent", "invitations_sent", *ACTS.values())
    direct = ("messages_sent", "recommendations_given")
    for platform, sides in (("linkedin", [told.linkedin]), ("xing", [told.xing]), ("all", [told.linkedin, told.xing])):
        active = {monday(day) for facts in sides for name in own for day in facts[name]}
        care = {monday(day) for facts in sides for name in direct for day in facts[name]}
        for i, week in enumerate(weeks):
            year = weeks[max(0, i - 51) : i + 1]
            streak = 0
            while streak <= i and weeks[i - streak] in active:
                streak += 1
            numbers["active_weeks", platform, week] = sum(w in active for w in year)
            numbers["streak_weeks", platform, week] = streak
            numbers["care_weeks", platform, week] = sum(w in care for w in year)
