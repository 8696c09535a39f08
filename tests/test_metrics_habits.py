"""How the member keeps up and who takes the first step: gaps, streaks and vacations, requests and conversations.

Each story is one member of the same database; its function's name is the member's key. The reported week is that of Monday,
9 November 2026, where no story says otherwise.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import scenario
from tests.scenario import NAMES, OWNER, Scenario, Stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

    from tests.scenario import Export, Member

    Story = Callable[[Member], None]

stories = Stories()
AS_OF = "2026-11-20"
SUNDAY = date(2026, 11, 15)
TABLES = ("report_rhythm", "report_first_steps", "report_initiative", "report_requests")


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def rows(told: DuckDBPyConnection, table: str, story: Story) -> list[dict[str, Any]]:
    return scenario.rows_of(told, f"select * from {table} where member = $1", [story.__name__])


def rhythm(told: DuckDBPyConnection, story: Story) -> dict[str, Any]:
    [row] = rows(told, "report_rhythm", story)
    return row


def period(told: DuckDBPyConnection, story: Story, name: str = "last") -> dict[str, Any]:
    return {row["period"]: row for row in rows(told, "report_initiative", story)}[name]


def touched(export: Export, *days: date, name: str = "Anna Arndt") -> None:
    for day in days:
        export.message(f"{day} 12:00", name, "out")


def spaced(*gaps: int, until: date = SUNDAY) -> list[date]:
    """Return days with those gaps between them, the last one `until`."""
    days = [until]
    for gap in reversed(gaps):
        days.insert(0, days[0] - timedelta(days=gap))
    return days


# Gaps between days with a direct touch


@stories
def eleven_gaps(member: Member) -> None:
    touched(member.linkedin(AS_OF), *spaced(1, 3, 1, 20, 1, 3, 1, 3, 1, 3, 1))


def test_half_and_nine_tenths_of_the_gaps_end_within_days(told: DuckDBPyConnection):
    # Sorted: six of 1, four of 3, one of 20. The sixth is the middle, the tenth is the first at nine tenths or more.
    row = rhythm(told, eleven_gaps)
    assert (row["gaps"], row["half_within"], row["most_within"]) == (11, 1, 3)


@stories
def nine_gaps(member: Member) -> None:
    touched(member.linkedin(AS_OF), *spaced(*[2] * 9))


def test_below_ten_gaps_nothing_is_told(told: DuckDBPyConnection):
    row = rhythm(told, nine_gaps)
    assert (row["gaps"], row["half_within"], row["most_within"]) == (0, None, None)


@stories
def many_messages_a_day(member: Member) -> None:
    export = member.linkedin(AS_OF)
    for day in spaced(*[2] * 10):
        for hour in ("08:00", "09:00", "21:00"):
            export.message(f"{day} {hour}", "Anna Arndt", "out")
            export.message(f"{day} {hour}:30", "Bela Brandt", "in")


def test_a_day_counts_once_and_what_others_write_is_no_touch_of_the_member(told: DuckDBPyConnection):
    row = rhythm(told, many_messages_a_day)
    assert (row["gaps"], row["half_within"], row["most_within"]) == (10, 2, 2)


@stories
def vacation_in_a_gap(member: Member) -> None:
    member.vacation("2026-10-05", "2026-10-18").vacation("2026-10-10", "2026-10-20")
    # From Friday, 2 October to Wednesday, 21 October: 19 days, 16 of them days off.
    export = member.linkedin(AS_OF)
    touched(export, *spaced(*[2] * 10, until=date(2026, 10, 2)), date(2026, 10, 21))


def test_days_of_vacation_are_left_out_of_a_gap_once(told: DuckDBPyConnection):
    statement = "select gap_days from care_gaps where member = 'vacation_in_a_gap' and platform = 'all' and day = $1"
    assert told.execute(statement, [date(2026, 10, 21)]).fetchall() == [(3,)]
    assert rhythm(told, vacation_in_a_gap)["most_within"] == 2


@stories
def written_on_vacation(member: Member) -> None:
    member.vacation("2026-10-05", "2026-10-18")
    touched(member.linkedin(AS_OF), date(2026, 10, 2), date(2026, 10, 10), date(2026, 10, 21))


def test_a_touch_on_a_day_off_is_a_touch(told: DuckDBPyConnection):
    # From the 2nd to the 10th 8 days, the 5th to the 9th off; from there to the 21st 11 days, the 11th to the 18th off.
    statement = "select gap_days from care_gaps where member = 'written_on_vacation' and platform = 'all' order by day"
    assert told.execute(statement).fetchall() == [(3,), (3,)]


@stories
def gap_that_ends_after_the_week(member: Member) -> None:
    touched(member.linkedin(AS_OF), *spaced(*[1] * 10), SUNDAY + timedelta(days=3))


def test_a_gap_counts_where_it_ends_and_the_open_one_not_at_all(told: DuckDBPyConnection):
    assert rhythm(told, gap_that_ends_after_the_week)["gaps"] == 10


@stories
def gap_at_the_edge_of_the_year(member: Member) -> None:
    oldest = SUNDAY - timedelta(days=363)
    touched(member.linkedin(AS_OF), *spaced(5, 5, *[1] * 10, until=oldest + timedelta(days=10)))


def test_gaps_of_the_52_weeks_are_those_that_end_in_them(told: DuckDBPyConnection):
    assert rhythm(told, gap_at_the_edge_of_the_year)["gaps"] == 11


@stories
def old_xing_beside_fresh_linkedin(member: Member) -> None:
    touched(member.linkedin(AS_OF), *spaced(*[1] * 10))
    member.xing("2026-06-15").talk("2026-05-04 10:00", "Termin", "Cem Cakir", ("2026-05-04 10:00", OWNER))


@stories
def xing_without_touches(member: Member) -> None:
    touched(member.linkedin(AS_OF), *spaced(*[1] * 10))
    member.xing("2026-06-15").talk("2026-05-04 10:00", "Termin", "Cem Cakir", ("2026-05-04 10:00", "Cem Cakir"))


def test_an_export_that_ends_early_keeps_gaps_from_being_told_where_it_holds_touches(told: DuckDBPyConnection):
    assert rhythm(told, old_xing_beside_fresh_linkedin)["half_within"] is None
    assert rhythm(told, xing_without_touches)["half_within"] == 1


# Streaks


def posts(export: Export, *mondays: str) -> None:
    for monday in mondays:
        export.share(f"{monday} 10:00")


@stories
def streak_without_vacation(member: Member) -> None:
    posts(member.linkedin(AS_OF), "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-11-02", "2026-11-09")


def test_without_vacations_the_streak_is_the_active_weeks_in_a_row(told: DuckDBPyConnection):
    row = rhythm(told, streak_without_vacation)
    assert (row["streak"], row["longest_streak"], row["vacation_weeks"]) == (2, 4, 0)
    assert scenario.metric(told, "streak_without_vacation", "streak_weeks")["value"] == 2


@stories
def streak_over_a_vacation(member: Member) -> None:
    member.vacation("2026-10-19", "2026-11-01")
    posts(member.linkedin(AS_OF), "2026-10-05", "2026-10-12", "2026-11-02", "2026-11-09")


def test_weeks_of_vacation_without_an_act_are_not_counted_and_end_nothing(told: DuckDBPyConnection):
    row = rhythm(told, streak_over_a_vacation)
    assert (row["streak"], row["longest_streak"], row["vacation_weeks"]) == (4, 4, 2)
    assert scenario.metric(told, "streak_over_a_vacation", "streak_weeks")["value"] == 2


@stories
def post_on_vacation(member: Member) -> None:
    member.vacation("2026-10-19", "2026-11-01")
    posts(member.linkedin(AS_OF), "2026-10-12", "2026-10-19", "2026-11-02", "2026-11-09")


def test_an_act_on_vacation_counts_its_week(told: DuckDBPyConnection):
    row = rhythm(told, post_on_vacation)
    assert (row["streak"], row["vacation_weeks"]) == (4, 1)


@stories
def three_days_off(member: Member) -> None:
    member.vacation("2026-10-26", "2026-10-28")
    posts(member.linkedin(AS_OF), "2026-10-19", "2026-11-02", "2026-11-09")


@stories
def four_days_off(member: Member) -> None:
    member.vacation("2026-10-26", "2026-10-29")
    posts(member.linkedin(AS_OF), "2026-10-19", "2026-11-02", "2026-11-09")


def test_a_week_is_one_of_vacation_when_most_of_its_days_are(told: DuckDBPyConnection):
    assert rhythm(told, three_days_off)["streak"] == 2
    assert rhythm(told, four_days_off)["streak"] == 3


@stories
def on_vacation_now(member: Member) -> None:
    member.vacation("2026-11-09", "2026-11-22")
    posts(member.linkedin(AS_OF), "2026-10-26", "2026-11-02")


def test_a_streak_lasts_while_the_member_is_away(told: DuckDBPyConnection):
    assert rhythm(told, on_vacation_now)["streak"] == 2


def eight_weeks(until: date) -> list[str]:
    """The Mondays of eight active weeks up to one, with the two weeks from 19 October left out."""
    weeks = [until - timedelta(days=7 * back) for back in range(10)]
    return [str(week) for week in weeks if week not in (date(2026, 10, 19), date(2026, 10, 26))]


@stories
def eight_weeks_around_a_vacation(member: Member) -> None:
    member.vacation("2026-10-19", "2026-11-01")
    posts(member.linkedin(AS_OF), *eight_weeks(date(2026, 11, 9)))


@stories
def on_vacation_after_eight_weeks(member: Member) -> None:
    member.vacation("2026-10-19", "2026-11-01").vacation("2026-11-09", "2026-11-15")
    posts(member.linkedin(AS_OF), *eight_weeks(date(2026, 11, 2)))


def test_the_headline_tells_the_streak_of_the_section_on_rhythm_and_once(told: DuckDBPyConnection):
    statement = "select kind, value from report_headline where member = $1"
    assert rhythm(told, eight_weeks_around_a_vacation)["streak"] == 8
    assert told.execute(statement, ["eight_weeks_around_a_vacation"]).fetchall() == [("streak", 8)]
    assert rhythm(told, on_vacation_after_eight_weeks)["streak"] == 8
    assert told.execute(statement, ["on_vacation_after_eight_weeks"]).fetchall() == [("quiet", None)]


@stories
def vacation_before_the_first_week(member: Member) -> None:
    member.vacation("1999-01-01", "9999-12-31")
    posts(member.linkedin(AS_OF), "2026-11-02")


def test_vacations_reach_as_far_as_the_weeks_of_the_member(told: DuckDBPyConnection):
    statement = "select min(day), max(day) from vacation_days where member = 'vacation_before_the_first_week'"
    assert told.execute(statement).fetchall() == [(date(2026, 11, 2), date(2026, 11, 22))]


RHYTHM = scenario.ancestors(scenario.MODELS, "report_rhythm", "care_gaps", "streaks")
offsets = st.integers(0, 60)
vacations = st.lists(st.tuples(offsets, st.integers(0, 15)), max_size=4)


# What happened in the weeks of one member: days with a touch, and vacations by first day and length.
weeks = st.tuples(st.lists(offsets, min_size=1, max_size=25), vacations)
Weeks = tuple[list[int], list[tuple[int, int]]]


# Some members share a database: it is the making of the tables that takes long.
@settings(max_examples=settings().max_examples // 5)
@given(st.lists(weeks, min_size=12, max_size=12))
def test_gaps_and_streaks_are_those_of_a_slow_count(many: list[Weeks]):
    first = date(2026, 9, 7)
    told = Scenario()
    expected = {}
    for number, (touches, away) in enumerate(many):
        member = told.member(f"m{number:02}")
        off = set()
        for begin, length in away:
            begins, ends = first + timedelta(days=begin), first + timedelta(days=begin + length)
            member.vacation(begins.isoformat(), ends.isoformat())
            off |= {begins + timedelta(days=n) for n in range(length + 1)}
        days = sorted({first + timedelta(days=n) for n in touches})
        touched(member.linkedin(AS_OF), *days)
        expected[member.key] = (slow_gaps(days, off), slow_streaks(days, off))
    database = told.database(models=RHYTHM)
    for key, (gaps, streaks) in expected.items():
        statement = "select day, gap_days from care_gaps where platform = 'all' and member = $1 order by day"
        assert database.execute(statement, [key]).fetchall() == gaps
        statement = "select streak, longest_streak from report_rhythm where member = $1"
        assert database.execute(statement, [key]).fetchall() == [streaks]


def slow_gaps(days: list[date], off: set[date]) -> list[tuple[date, int]]:
    gaps = []
    for before, day in itertools.pairwise(days):
        between = {before + timedelta(days=n) for n in range(1, (day - before).days)}
        gaps.append((day, 1 + len(between - off)))
    return gaps


def slow_streaks(days: list[date], off: set[date]) -> tuple[int, int]:
    """Return the streak that lasts and the longest one."""
    streak, longest, week = 0, 0, days[0] - timedelta(days=days[0].weekday())
    active = {day - timedelta(days=day.weekday()) for day in days}
    while week <= date(2026, 11, 9):
        if week in active:
            streak += 1
        elif sum(week + timedelta(days=n) in off for n in range(7)) < 4:
            streak = 0
        longest = max(longest, streak)
        week += timedelta(days=7)
    return streak, longest


# First steps


@stories
def first_steps(member: Member) -> None:
    export = member.linkedin(AS_OF)
    export.invitation("2026-03-02 12:00", "Gero Graf", "out")  # the file reaches back to here
    export.invitation("2026-11-10 12:00", "Anna Arndt", "out", note_key="note")
    export.invitation("2026-08-25 12:00", "Bela Brandt", "out")
    export.invitation("2026-08-23 21:59", "Cem Cakir", "out")  # still the Sunday of the week before
    export.invitation("2026-11-15 22:59", "Dora Decker", "in")
    export.invitation("2026-11-15 23:00", "Emil Engel", "in")  # the Monday after in Berlin
    export.message("2026-11-11 08:00", "Anna Arndt", "out")
    export.message("2026-11-12 08:00", "Anna Arndt", "in")
    export.message("2026-10-01 08:00", "Fatma Falk", "in")
    export.message("2026-10-02 08:00", "Fatma Falk", "out")
    export.message("2026-10-03 08:00", "Gero Graf", "in", folder="SPAM")
    export.message("2026-06-03 08:00", "Hanna Hirsch", "in")


def test_first_steps_of_twelve_weeks_stand_beside_the_twelve_before(told: DuckDBPyConnection):
    last, before = period(told, first_steps), period(told, first_steps, "before")
    assert (last["requests_made"], last["requests_noted"], last["requests_got"]) == (2, 1, 1)
    assert (last["conversations_begun"], last["conversations_got"]) == (1, 1)
    assert (last["steps_made"], last["steps_got"]) == (3, 2)
    assert (before["requests_made"], before["steps_made"], before["steps_got"]) == (1, 1, 1)


@stories
def young_invitations(member: Member) -> None:
    export = member.linkedin(AS_OF)
    export.invitation("2026-10-12 12:00", "Anna Arndt", "out")
    export.message("2026-04-01 08:00", "Bela Brandt", "out")
    export.message("2026-11-11 08:00", "Cem Cakir", "out")


def test_weeks_before_the_oldest_request_are_unknown_and_make_the_sum_unknown(told: DuckDBPyConnection):
    last = period(told, young_invitations)
    assert (last["requests_made"], last["steps_made"]) == (None, None)
    assert last["conversations_begun"] == 1
    weeks = {row["week_name"]: row["steps_made"] for row in rows(told, "report_first_steps", young_invitations)}
    assert (weeks["2026-W41"], weeks["2026-W42"], weeks["2026-W46"]) == (None, 1, 1)


@stories
def messages_alone(member: Member) -> None:
    member.linkedin(AS_OF).message("2026-04-01 08:00", "Bela Brandt", "out").message(
        "2026-11-11 08:00", "Cem Cakir", "in"
    )


def test_what_was_never_given_is_no_part_of_the_sum(told: DuckDBPyConnection):
    last = period(told, messages_alone)
    assert (last["requests_made"], last["steps_made"], last["steps_got"]) == (None, 0, 1)


@stories
def xing_of_summer(member: Member) -> None:
    export = member.linkedin(AS_OF)
    export.message("2026-03-02 08:00", "Anna Arndt", "out").message("2026-11-11 08:00", "Bela Brandt", "out")
    xing = member.xing("2026-07-15")
    xing.talk("2026-07-01 10:00", "Termin", "Cem Cakir", ("2026-07-01 10:00", OWNER))


def test_a_platform_that_does_not_cover_the_week_is_left_out_of_all_weeks(told: DuckDBPyConnection):
    weeks = {row["week_name"]: row["steps_made"] for row in rows(told, "report_first_steps", xing_of_summer)}
    assert weeks["2026-W27"] == 0
    assert sum(weeks.values()) == 1


# What became of requests


def requests(told: DuckDBPyConnection, story: Story) -> dict[str, tuple[int, ...]]:
    return {
        row["note"]: (row["sent"], row["accepted"], row["open"], row["half_within"])
        for row in rows(told, "report_requests", story)
    }


@stories
def outcomes(member: Member) -> None:
    export = member.linkedin(AS_OF)
    # The last day that had its 28 days by Sunday, 15 November is 18 October.
    export.invitation("2026-10-18 12:00", NAMES[0], "out", note_key="note").connection(NAMES[0], "2026-10-20")
    export.invitation("2026-10-19 12:00", NAMES[1], "out").connection(NAMES[1], "2026-10-20")
    export.invitation("2026-10-19 12:00", NAMES[2], "out")
    export.invitation("2026-09-01 12:00", NAMES[3], "out").connection(NAMES[3], "2026-09-29")  # on the 28th day
    export.invitation("2026-09-01 12:00", NAMES[4], "out").connection(NAMES[4], "2026-09-30")  # a day late
    export.invitation("2026-09-01 12:00", NAMES[5], "out").connection(NAMES[5], "2026-08-30")  # known before
    export.invitation("2026-09-01 12:00", NAMES[6], "out", invitee_url="https://www.linkedin.com/in")
    export.invitation("2026-09-01 12:00", NAMES[7], "in")
    export.invitation("2026-04-19 12:00", "Ida Igel", "out")  # the day before the 26 weeks


def test_requests_are_judged_after_28_days_and_open_until_then(told: DuckDBPyConnection):
    assert requests(told, outcomes) == {
        "all": (4, 2, 1, None),
        "with": (1, 1, 0, None),
        "without": (3, 1, 1, None),
    }


@stories
def ten_accepted(member: Member) -> None:
    export = member.linkedin(AS_OF)
    for number, days in enumerate((0, 0, 1, 1, 3, 4, 9, 9, 9, 27)):
        name = f"Person {chr(97 + number)}"
        day = date(2026, 9, 1)
        export.invitation(f"{day} 12:00", name, "out").connection(name, (day + timedelta(days=days)).isoformat())


def test_half_of_the_accepted_requests_took_that_many_days_at_most(told: DuckDBPyConnection):
    assert requests(told, ten_accepted)["all"] == (10, 10, 0, 3)


@stories
def contacts_of_september(member: Member) -> None:
    member.linkedin("2026-09-20").connection("Bela Brandt", "2026-09-02")
    member.linkedin(AS_OF).invitation("2026-09-01 12:00", "Bela Brandt", "out").invitation(
        "2026-09-01 12:00", "Cem Cakir", "out"
    )


def test_nothing_is_judged_beyond_the_export_of_contacts(told: DuckDBPyConnection):
    assert requests(told, contacts_of_september)["all"] == (0, 0, 1, None)


def test_members_without_requests_have_no_row(told: DuckDBPyConnection):
    assert rows(told, "report_requests", messages_alone) == []
