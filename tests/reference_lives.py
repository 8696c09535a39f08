"""Every weekly number of an invented life again, in plain Python over plain lists: slow, obvious, from what each number promises.

Belongs here: the counting, over what `lives.py` invents. It knows nothing of SQL, files or formats. A number is None in weeks that no
export covers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from tests.lives import ACTIVITY, Contact, Given, Life, Message
from tests.reference import monday
from tests.scenario import OWNER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")
COUNTED = {"share": "posts", "comment": "comments", "reaction": "reactions", "vote": "votes", "repost": "reposts"}
SUMMED = [
    "contacts_new",
    "contacts_lost",
    "invitations_sent",
    "invitations_received",
    "invitations_accepted",
    "messages_sent",
    "messages_received",
    "conversations_started",
    "conversations_answered",
    "posts",
    "comments",
    "reactions",
    "reposts",
    "votes",
    "visible_activity",
    "group_activity",
    "groups_active",
    "profile_views",
    "recruiter_views",
    "recommendations_given",
    "recommendations_received",
    "endorsements_given",
    "endorsements_received",
]
RHYTHM = ("active_weeks", "streak_weeks", "care_weeks")
NAMES = (*SUMMED, "contacts_total", "persons_total", *RHYTHM)
Numbers = dict[tuple[str, str, date], int | None]


def once(exports: Iterable[list[T]], equal: Callable[[T], Hashable]) -> list[T]:
    """Return the records of several exports: of equal ones the largest number in any one export, the latest spelling of each."""
    most: defaultdict[Hashable, list[T]] = defaultdict(list)
    for records in exports:
        here: defaultdict[Hashable, list[T]] = defaultdict(list)
        for record in records:
            here[equal(record)].append(record)
        for key, found in here.items():
            both = sorted(most[key] + found, key=repr)
            most[key] = both[-max(len(most[key]), len(found)) :]
    return [record for records in most.values() for record in records]


def minute(moment: datetime) -> datetime:
    """A spreadsheet that saves a file again drops the seconds."""
    return moment.replace(second=0)


@dataclass
class Platform:
    """What all exports of one platform tell together."""

    life: Life
    exports: list[Given]

    @property
    def as_ofs(self) -> list[date]:
        return sorted({given.as_of for given in self.exports if given.contacts})

    def covers(self, week: date, has: Callable[[Given], bool]) -> bool:
        return any(week <= given.as_of for given in self.exports if has(given))

    def messages(self) -> list[Message]:
        """Return all messages, without those of threads that advertising opened and the notes of invitations."""
        notes = {(i.mine, i.note, i.name) for given in self.exports for i in given.invitations or () if i.note}
        held = [
            [m for m in given.messages or () if not m.is_ad and (m.mine, m.key, m.name) not in notes]
            for given in self.exports
        ]
        if sum(given.messages is not None for given in self.exports) < 2:
            return [m for messages in held for m in messages]
        return once(held, lambda m: (m.conversation, minute(m.sent_at), m.mine))


def count(life: Life) -> tuple[list[date], Numbers]:
    """Return the weeks of the report and every number of each, by name, platform and Monday."""
    names = sorted({given.platform for given in life.exports})
    platforms = {name: Platform(life, [g for g in life.exports if g.platform == name]) for name in names}
    facts = {name: _facts(platform) for name, platform in platforms.items()}
    weeks = _weeks(life, facts)
    numbers: Numbers = {}
    for name, platform in platforms.items():
        for week in weeks:
            for number in SUMMED:
                numbers[number, name, week] = None
            _flows(
                platform,
                facts[name],
                week,
                lambda number, value, n=name, w=week: numbers.update({(number, n, w): value}),
            )
        _stocks(platform, weeks, name, numbers)
    for week in weeks:
        for number in SUMMED:
            known = [v for name in names if (v := numbers[number, name, week]) is not None]
            numbers[number, "all", week] = sum(known) if known else None
        totals = [v for name in names if (v := numbers["carried", name, week]) is not None]
        numbers["contacts_total", "all", week] = sum(totals) if totals else None
    _persons(platforms, weeks, numbers)
    _rhythm(platforms, facts, weeks, numbers)
    return weeks, {key: value for key, value in numbers.items() if key[0] != "carried"}


Facts = dict[str, list[date]]


def _facts(platform: Platform) -> Facts:
    """Return the days on which each thing happened."""
    day = platform.life.day
    facts: defaultdict[str, list[date]] = defaultdict(list)
    talks: defaultdict[str, list[Message]] = defaultdict(list)
    for message in platform.messages():
        facts["messages_sent" if message.mine else "messages_received"].append(day(message.sent_at))
        talks[message.conversation].append(message)
    for messages in talks.values():
        in_order = sorted(messages, key=lambda m: (m.sent_at, m.mine))
        if in_order[0].mine:
            facts["conversations_started"].append(day(in_order[0].sent_at))
        elif answers := [m for m in in_order if m.mine]:
            facts["conversations_answered"].append(day(answers[0].sent_at))
    for invitation in once([g.invitations or [] for g in platform.exports], lambda i: (i.sent_at, i.mine, i.name)):
        facts["invitations_sent" if invitation.mine else "invitations_received"].append(day(invitation.sent_at))
        since = _since(platform, invitation.name)
        if invitation.mine and since and since >= invitation.sent_at.date():
            facts["invitations_accepted"].append(day(invitation.sent_at))
    acts = []
    for kind in ACTIVITY:
        held = [given.acts.get(kind, []) for given in platform.exports]
        several = sum(bool(given.acts) for given in platform.exports) > 1
        if kind == "share":
            newest = {a.link: a for a in sorted((a for acts in held for a in acts), key=lambda a: a.acted_at)}
            found = list(newest.values())
        elif several:
            found = once(held, lambda a: (minute(a.acted_at), a.link))
        else:
            found = [a for acts in held for a in acts]
        acts += found
        facts[COUNTED[kind]] = [day(a.acted_at) for a in found]
    facts["visible_activity"] = [day(a.acted_at) for a in acts]
    facts["group_activity"] = [day(a.acted_at) for a in acts if a.group]
    facts["groups_active"] = [week for week, _ in {(monday(day(a.acted_at)), a.group) for a in acts if a.group}]
    for kind in ("recommendation", "endorsement"):
        for given in (True, False):
            held = [[r for r in g.recognitions.get((kind, given), []) if r.recognised_at] for g in platform.exports]
            for r in once(held, lambda r: (minute(r.recognised_at), r.name)):
                facts[f"{kind}s_{'given' if given else 'received'}"].append(day(r.recognised_at))
    for entry in once([g.entries or [] for g in platform.exports], lambda e: (e.day, e.kind, e.name)):
        facts["entries"].append(entry.day)
        if entry.kind in ("meeting", "call"):
            facts["meetings"].append(entry.day)
    for contact, since in _dates(platform).items():
        if contact[0] is not None and since:
            facts["connected"].append(since)
    facts["connected"] += [c.since for g in platform.exports for c in g.contacts or () if not c.name and c.since]
    facts["viewed"] = [line.day for given in platform.exports for line in given.views or ()]
    return facts


def _weeks(life: Life, facts: dict[str, Facts]) -> list[date]:
    """Return the weeks from the first dated event to the newest export."""
    days = [day for told in facts.values() for known in told.values() for day in known]
    ends = [g.as_of for g in life.exports if g.platform != "own" or g.entries or g.views]
    if not days or not ends:
        return []
    weeks = [monday(min(days))]
    while weeks[-1] < monday(max(ends)):
        weeks.append(weeks[-1] + timedelta(days=7))
    return weeks


def _flows(platform: Platform, facts: Facts, week: date, put: Callable[[str, int], None]) -> None:
    """Give every number that counts what happened within a covered week."""

    def happened(name: str) -> int:
        return sum(monday(day) == week for day in facts.get(name, ()))

    if platform.covers(week, lambda g: g.messages is not None):
        for name in ("messages_sent", "messages_received", "conversations_started", "conversations_answered"):
            put(name, happened(name))
    invited = [
        monday(min(platform.life.day(i.sent_at) for i in g.invitations)) <= week <= g.as_of
        for g in platform.exports
        if g.invitations
    ]
    if any(invited):
        put("invitations_sent", happened("invitations_sent"))
        put("invitations_received", happened("invitations_received"))
        if platform.covers(week, lambda g: g.contacts is not None):
            put("invitations_accepted", happened("invitations_accepted"))
    known = [
        kind for kind in ACTIVITY if platform.covers(week, lambda g, kind=kind: bool(g.acts) and g.unreadable != kind)
    ]
    for kind in known:
        put(COUNTED[kind], happened(COUNTED[kind]))
    if known:
        put("visible_activity", sum(happened(COUNTED[kind]) for kind in known))
        put("group_activity", happened("group_activity"))
        put("groups_active", happened("groups_active"))
    for kind in ("recommendation", "endorsement"):
        for given in (True, False):
            if platform.covers(week, lambda g, key=(kind, given): key in g.recognitions):
                name = f"{kind}s_{'given' if given else 'received'}"
                put(name, happened(name))
    lines = [line for g in platform.exports for line in g.views or () if monday(line.day) == week]
    for name, values in (
        ("profile_views", [line.views for line in lines if line.views is not None]),
        ("recruiter_views", [line.by_recruiters for line in lines if line.by_recruiters is not None]),
    ):
        if values:
            put(name, max(values))


def _identity(platform: Platform, contact: Contact) -> tuple[Any, ...]:
    """Return who a row is about: a link where any export shows it for that name and day, else name and day."""
    if contact.name is None:
        return (None, contact.since)
    if contact.url:
        return (contact.url,)
    links = {
        other.url
        for given in platform.exports
        for other in given.contacts or ()
        if other.url and other.name == contact.name and other.since == contact.since
    }
    return (links.pop(),) if links else (contact.name, contact.since)


def _rows(platform: Platform) -> list[tuple[date, Counter[tuple[Any, ...]]]]:
    """Return what each day's exports hold: contacts, and how often each; the member is none of them."""
    days = []
    for as_of in platform.as_ofs:
        rows: Counter[tuple[Any, ...]] = Counter()
        for given in platform.exports:
            if given.as_of == as_of:
                rows |= Counter(_identity(platform, c) for c in given.contacts or () if c.name != OWNER)
        if rows:
            days.append((as_of, rows))
    return days


def _dates(platform: Platform) -> dict[tuple[Any, ...], date | None]:
    found: dict[tuple[Any, ...], date | None] = {}
    for given in platform.exports:
        for contact in given.contacts or ():
            if contact.name != OWNER:
                found[_identity(platform, contact)] = contact.since
    return found


def _since(platform: Platform, name: str) -> date | None:
    """Return when the person of that name, who has the link that goes with it, became a contact, as any export says."""
    if name == OWNER or not any(
        c.name == name and c.url and not c.url.endswith("-2") for g in platform.exports for c in g.contacts or ()
    ):
        return None
    return next(
        (
            c.since
            for g in platform.exports
            for c in g.contacts or ()
            if c.name == name and c.url and not c.url.endswith("-2")
        ),
        None,
    )


def _stocks(platform: Platform, weeks: list[date], name: str, numbers: Numbers) -> None:
    """Give new contacts, contacts at the end of each week, and how many an earlier export still had.

    A row of a closed account may be anybody of its day of connecting. So days of connecting are compared: as many are known as
    different people were named or rows stood in one export, and as many are missing as an export has fewer rows than that.
    """
    dates = _dates(platform)
    snapshots = _rows(platform)
    known: Counter[date | None] = Counter()
    named: Counter[tuple[Any, ...]] = Counter()
    most: Counter[date | None] = Counter()
    missing_then: Counter[date | None] = Counter()
    missing_at: list[tuple[date, int, int]] = []
    for as_of, rows in snapshots:
        named |= Counter({who: times for who, times in rows.items() if who[0] is not None})
        by_day: Counter[date | None] = Counter()
        for who, times in rows.items():
            by_day[dates[who]] += times
        most |= by_day
        people: Counter[date | None] = Counter()
        for who, times in named.items():
            people[dates[who]] += times
        known = people | most
        missing = Counter({day: known[day] - by_day[day] for day in known})
        lost = sum(max(0, missing[day] - missing_then[day]) for day in known)
        missing_then = missing
        missing_at.append((as_of, sum(missing.values()), lost))
    is_there = any(given.contacts is not None for given in platform.exports)
    total = known[None]
    for week in weeks:
        new = sum(times for day, times in known.items() if day and monday(day) == week)
        total += new
        left = [missing for as_of, missing, _ in missing_at if monday(as_of) <= week]
        now = total - (left[-1] if left else 0)
        numbers["carried", name, week] = now if is_there else None
        numbers["contacts_total", name, week] = None
        if platform.covers(week, lambda g: g.contacts is not None):
            numbers["contacts_total", name, week] = now
            numbers["contacts_new", name, week] = new
            if len(missing_at) > 1 and week >= monday(missing_at[0][0]):
                numbers["contacts_lost", name, week] = sum(
                    lost for as_of, _, lost in missing_at if monday(as_of) == week
                )


def _persons(platforms: dict[str, Platform], weeks: list[date], numbers: Numbers) -> None:
    """Give the named people at the end of each week; a name joins two platforms where each knows it exactly once today."""
    stays: list[tuple[str, Hashable, date, date]] = []
    known = {name: _named(platform) for name, platform in platforms.items() if name != "own"}
    for name, contacts in known.items():
        for who, contact in contacts.items():
            person: Hashable = (name, who)
            if name == "xing" and (twin := _only(known.get("linkedin", {}), contact.name)) is not None:
                person = ("linkedin", twin) if _only(contacts, contact.name) == who else person
            stays.append((name, person, contact.since, contact.until))
    held = [name for name, platform in platforms.items() if any(g.contacts is not None for g in platform.exports)]
    for scope, members in [(name, [name]) for name in platforms] + [("all", list(platforms))]:
        spans: dict[Hashable, tuple[date, date]] = {}
        for name, person, since, until in stays:
            if name in members:
                before = spans.get(person, (since, until))
                spans[person] = (min(since, before[0]), max(until, before[1]))
        for week in weeks:
            is_told = bool(held) if scope == "all" else platforms[scope].covers(week, lambda g: g.contacts is not None)
            there = sum(since <= week < until for since, until in spans.values())
            numbers["persons_total", scope, week] = there if is_told else None


@dataclass
class Named:
    """A named contact from the week of connecting to the week of the first export that lacks them."""

    name: str
    since: date
    until: date
    is_current: bool


def _named(platform: Platform) -> dict[Hashable, Named]:
    """Return the named contacts: rows of one link are one person, rows of one name and day may be two."""
    names = {_identity(platform, c): c.name for g in platform.exports for c in g.contacts or ()}
    dates = _dates(platform)
    snapshots = _rows(platform)
    last: dict[tuple[Any, ...], date] = {}
    for as_of, rows in snapshots:
        for who, times in rows.items():
            if who[0] is not None:
                for copy in range(1 if len(who) == 1 else times):
                    last[(*who, copy)] = as_of
    found: dict[Hashable, Named] = {}
    for key, seen in last.items():
        who = key[:-1]
        since = dates[who]
        later = [as_of for as_of, _ in snapshots if as_of > seen]
        found[key] = Named(
            names[who] or "", monday(since) if since else date.min, monday(later[0]) if later else date.max, not later
        )
    return found


def _only(contacts: dict[Hashable, Named], name: str) -> Hashable | None:
    """Return the one contact of that name: the one of today, or where nobody bears it today the only one there was."""
    bearers = [who for who, contact in contacts.items() if contact.name == name]
    today = [who for who in bearers if contacts[who].is_current]
    found = today or bearers
    return found[0] if len(found) == 1 else None


def _rhythm(platforms: dict[str, Platform], facts: dict[str, Facts], weeks: list[date], numbers: Numbers) -> None:
    """Give active weeks, weeks in a row and weeks with a direct touch, for each platform and for all."""
    own = ("messages_sent", "invitations_sent", *COUNTED.values(), "entries")
    direct = ("messages_sent", "recommendations_given", "meetings")
    for scope, members in [(name, [name]) for name in platforms] + [("all", list(platforms))]:
        active = {monday(day) for name in members for fact in own for day in facts[name].get(fact, ())}
        care = {monday(day) for name in members for fact in direct for day in facts[name].get(fact, ())}
        for i, week in enumerate(weeks):
            year = weeks[max(0, i - 51) : i + 1]
            streak = 0
            while streak <= i and weeks[i - streak] in active:
                streak += 1
            acts = any(_knows_acts(platforms[name], numbers, name, week) for name in members)
            cares = any(_knows_care(platforms[name], numbers, name, week) for name in members)
            numbers["active_weeks", scope, week] = sum(w in active for w in year) if acts else None
            numbers["streak_weeks", scope, week] = streak if acts else None
            numbers["care_weeks", scope, week] = sum(w in care for w in year) if cares else None


def _knows_acts(platform: Platform, numbers: Numbers, name: str, week: date) -> bool:
    told = ("messages_sent", "invitations_sent", "visible_activity")
    return any(numbers[n, name, week] is not None for n in told) or platform.covers(week, lambda g: bool(g.entries))


def _knows_care(platform: Platform, numbers: Numbers, name: str, week: date) -> bool:
    told = ("messages_sent", "recommendations_given")
    return any(numbers[n, name, week] is not None for n in told) or platform.covers(week, lambda g: bool(g.entries))
