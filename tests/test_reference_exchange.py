"""Gaps, first steps, giving and taking, ties and reach against a slow and obvious count of the invented member's story."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.demo import AS_OF, SIZES, make_member, write_exports
from pipelines.demo.linkedin import INVITATION_WINDOW
from pipelines.demo.rhythm import EARLIER, exported_at
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from tests.reference import day_of, folded, monday
from tests.scenario import MODELS

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.demo import DemoMember
    from pipelines.demo.truth import Message

SUNDAY = date(2026, 11, 15)
SEEDS = (1, 7, 23)


@dataclass
class Life:
    """One invented member, and what the SQL made of her exports."""

    member: DemoMember
    database: DuckDBPyConnection

    def rows(self, statement: str) -> list[Any]:
        return self.database.execute(statement).fetchall()


@pytest.fixture(scope="module", params=SEEDS)
def life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Life:
    folder: Path = tmp_path_factory.mktemp("exports")
    member = make_member(request.param, SIZES["small"])
    return Life(member, computed(member, folder))


def computed(member: DemoMember, folder: Path) -> DuckDBPyConnection:
    connection = steps.connect()
    create_raw_tables(connection)
    ingest(connection, Member("ada", week="2026-W46"), write_exports(member, folder), limits=Limits(), key=bytes(32))
    for model in MODELS:
        if model.layer != "checks":
            steps.build(connection, model)
    return connection


def contacts_ever(member: DemoMember) -> list[Any]:
    return [c for c in member.contacts if not c.hidden and (c.on(AS_OF) or c.on(EARLIER))]


def talks_of_two(member: DemoMember) -> list[tuple[str, object, list[Message]]]:
    """Return platform, person and messages of every conversation of two; a person is one where a name shows it."""
    cut = exported_at(AS_OF)
    on_linkedin: defaultdict[str | None, list[object]] = defaultdict(list)
    for contact in contacts_ever(member):
        on_linkedin[folded(contact.person.name)].append(contact.person)
    on_xing = Counter(folded(contact.name) for contact in member.xing_contacts)
    found: list[tuple[str, object, list[Message]]] = []
    for talk in member.conversations:
        if len(talk.others) == 1 and not talk.others[0].deleted:
            found.append(("linkedin", talk.others[0], [m for m in talk.direct if m.sent_at <= cut]))
    for talk in member.xing_conversations:
        writers = {m.sender for m in talk.messages if not m.mine}
        people = set(talk.others) | writers
        if len(people) == 1:
            name = folded(people.pop().plain_name)
            same = on_linkedin[name] if on_xing[name] == 1 and len(on_linkedin[name]) == 1 else []
            found.append(("xing", same[0] if same else name, talk.messages))
    return [(platform, person, messages) for platform, person, messages in found if messages]


def exchange_days(member: DemoMember) -> dict[tuple[str, object, date], list[bool]]:
    """Return who wrote, the member or not, by platform, person and day."""
    days: defaultdict[tuple[str, object, date], list[bool]] = defaultdict(list)
    for platform, person, messages in talks_of_two(member):
        for message in messages:
            days[platform, person, day_of(message.sent_at)].append(message.mine)
    return days


def mutual(days: dict[tuple[str, object, date], list[bool]], until: date) -> set[object]:
    sides: defaultdict[object, set[bool]] = defaultdict(set)
    for (_, person, day), wrote in days.items():
        if day <= until:
            sides[person] |= set(wrote)
    return {person for person, both in sides.items() if both == {True, False}}


def test_gaps_are_those_between_days_of_own_messages_and_recommendations(life: Life):
    cut = exported_at(AS_OF)
    every = [*life.member.conversations, *life.member.xing_conversations]
    days = {
        day_of(message.sent_at)
        for talk in every
        if not any(m.kind == "sponsored" for m in talk.messages)
        for message in talk.direct
        if message.mine and message.sent_at <= cut
    }
    days |= {day_of(r.done_at) for r in life.member.recommendations if r.given and r.done_at <= cut}
    gaps = [(day, (day - before).days) for before, day in itertools.pairwise(sorted(days))]
    assert life.rows("select day, gap_days from care_gaps where platform = 'all' order by day") == gaps
    recent = sorted(gap for day, gap in gaps if SUNDAY - timedelta(days=364) < day <= SUNDAY)
    expected = (len(recent), recent[math.ceil(len(recent) / 2) - 1], recent[math.ceil(len(recent) * 9 / 10) - 1])
    assert life.rows("select gaps, half_within, most_within from report_rhythm") == [expected]


def test_turns_are_days_of_writing_between_people_who_both_write(life: Life):
    days = exchange_days(life.member)
    both = mutual(days, AS_OF)
    given, received = Counter[date](), Counter[date]()
    for (_, person, day), wrote in days.items():
        if person in both:
            given[monday(day)] += any(wrote)
            received[monday(day)] += not all(wrote)
    found = life.rows("select week, turns_given, turns_received from give_and_take where platform = 'all'")
    assert {week: (given[week], received[week]) for week, _, _ in found} == {week: (g, r) for week, g, r in found}
    assert sum(given.values()) == sum(g for _, g, _ in found) > 0


def test_the_balance_of_half_a_year_is_the_sum_of_its_channels(life: Life):
    days, begin = exchange_days(life.member), SUNDAY - timedelta(days=182)
    both = mutual(days, AS_OF)
    recent = {key: wrote for key, wrote in days.items() if begin < key[2] <= SUNDAY and key[1] in both}
    recognised = [(act.given, day_of(act.done_at)) for act in [*life.member.recommendations, *life.member.endorsements]]
    given, received = (
        sum(mine in wrote for wrote in recent.values())
        + sum(gave == mine and begin < day <= SUNDAY for gave, day in recognised)
        for mine in (True, False)
    )
    people = mutual({key: wrote for key, wrote in days.items() if begin < key[2] <= SUNDAY}, SUNDAY)
    assert life.rows("select weeks, given, received, people from report_exchange") == [(26, given, received, len(people))]  # fmt: skip


def test_bands_are_those_of_a_slow_count(life: Life):
    days = exchange_days(life.member)
    both = mutual(days, SUNDAY)
    expected = Counter[str]()
    for person in both:
        own = {day for _, other, day in days if other == person and day <= SUNDAY}
        last = max(own)
        recent = {day for day in own if (SUNDAY - day).days < 364}
        wrote = {mine for (_, other, day), both_ in days.items() if other == person and day in recent for mine in both_}
        in_year = len(recent) if wrote == {True, False} else 0
        if (last.year + 3, last.month, last.day) <= (SUNDAY.year, SUNDAY.month, SUNDAY.day):
            expected["dormant"] += 1
        else:
            expected["often" if in_year >= 104 else "occasionally" if in_year >= 2 else "rarely"] += 1
    found = dict(life.rows("select band, people from report_ties where band != 'never'"))
    assert found == {band: expected[band] for band in ("often", "occasionally", "rarely", "dormant")}
    assert sum(found.values()) == len(both) > 10


def test_requests_are_judged_after_28_days(life: Life):
    cut = exported_at(AS_OF)
    connected = {c.person: c.connected_on for c in contacts_ever(life.member)}
    begin, last = SUNDAY - timedelta(days=28 + 182), SUNDAY - timedelta(days=28)
    counts = {note: [0, 0, 0] for note in ("all", "with", "without")}
    for invitation in life.member.invitations:
        day = day_of(invitation.sent_at)
        in_file = cut - INVITATION_WINDOW <= invitation.sent_at <= cut
        if not (invitation.outgoing and in_file and begin < day <= SUNDAY and invitation.person.url):
            continue
        since = connected.get(invitation.person)
        took = (since - invitation.sent_at.date()).days if since else None
        accepted = took is not None and 0 <= took <= 28 and since is not None and since <= SUNDAY
        for note in ("all", "with" if invitation.note else "without"):
            counts[note][0] += day <= last
            counts[note][1] += day <= last and accepted
            counts[note][2] += day > last and not accepted
    found = {note: list(row) for note, *row in life.rows("select note, sent, accepted, open from report_requests")}
    assert found == counts


def test_conversations_begun_by_others_leave_the_spam_folder_out(life: Life):
    begun = Counter[tuple[date, bool]]()
    cut = exported_at(AS_OF)
    for talk in [*life.member.conversations, *life.member.xing_conversations]:
        messages = sorted((m.sent_at, m.mine) for m in talk.direct if m.sent_at <= cut)
        if messages and talk.folder != "SPAM" and not any(m.kind == "sponsored" for m in talk.messages):
            begun[monday(day_of(messages[0][0])), messages[0][1]] += 1
    found = life.rows("select week, conversations_begun, conversations_got from initiative where platform = 'all'")
    assert {week: (b, g) for week, b, g in found} == {week: (begun[week, True], begun[week, False]) for week, _, _ in found}  # fmt: skip


def test_no_company_is_counted_twice(life: Life):
    [(contacts, companies)] = life.rows("select contacts, companies from report_reach")
    known = [c for c in life.member.contacts if not c.hidden and c.on(AS_OF) and c.connected_on <= SUNDAY]
    shown = [c.person.job_on(AS_OF).company for c in known]
    employed = [company for company in shown if company and company != "Selbstständig"]
    assert contacts == len(employed)
    assert 0 < companies <= len({name.casefold() for name in employed})
