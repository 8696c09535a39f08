"""Baseline and goals: what counts on either side of a start and in which weeks, against a slow count and at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines import plans, steps
from pipelines.archive import Limits
from pipelines.demo import AS_OF, SIZES, make_member, write_exports
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from tests import reference, reference_goals, scenario
from tests.reference import monday
from tests.scenario import OWNER, Scenario, Stories, ancestors, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

TABLES = ("report_start", "report_baseline", "report_goals", "report_outcomes", "report_sessions", "report_headline")
MODELS = ancestors(scenario.MODELS, *TABLES)
REPORTED = date(2026, 11, 9)
stories = Stories()


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database(models=MODELS)


def rows(told: DuckDBPyConnection, table: str, member: str) -> list[dict[str, Any]]:
    return rows_of(told, f"select * from {table} where member = $1", [member])


def number(told: DuckDBPyConnection, member: str, metric: str) -> dict[str, Any]:
    [row] = [row for row in rows(told, "report_baseline", member) if row["metric"] == metric]
    return row


def sides(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("platforms", "before_mean", "before_weeks", "since_mean", "since_weeks"))


def stand(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("weeks", "weeks_met", "this_week", "is_reached"))


# Against the reference


@pytest.mark.parametrize("seed", [1, 7])
def test_the_invented_member_has_the_sides_and_goals_of_a_slow_count(seed: int, tmp_path: Path):
    start, vacations = date(2026, 7, 8), ((date(2026, 8, 3), date(2026, 8, 16)), (date(2026, 5, 14), date(2026, 5, 17)))
    goals = tuple(
        plans.Goal(metric, amount, date(2026, 7, 6), date(2026, 12, 31))
        for metric, amount in zip(plans.GOAL_METRICS, (5, 2, 1, 4, 9, 3, 1, 2, 5, 1, 1, 1, 2), strict=True)
    )
    member = make_member(seed, SIZES["small"])
    connection = steps.connect()
    create_raw_tables(connection)
    asked = Member("ada", week="2026-W46", start=start, vacations=vacations, goals=goals)
    ingest(connection, asked, write_exports(member, tmp_path), limits=Limits(), key=bytes(32))
    for model in MODELS:
        steps.build(connection, model)
    _, numbers = reference.weekly(member)
    since = reference.newest_facts(member).invitations_since
    whole = {
        (name, platform, week): value
        for (name, platform, week), value in numbers.items()
        if value is not None
        and platform != "all"
        and week + timedelta(days=6) < AS_OF
        and (not name.startswith("invitations") or week > since)
    }
    off = reference_goals.weeks_off(vacations)
    found = {row["metric"]: row for row in rows(connection, "report_baseline", "ada")}
    compared = [name for name in reference.ADDED if name in found]
    assert len(compared) == 18
    for name in compared:
        assert sides(found[name]) == reference_goals.baseline(whole, name, start, REPORTED, off), name
    reached = rows(connection, "report_goals", "ada")
    assert len(reached) == len(goals)
    by_metric = {goal.metric: goal for goal in goals}
    for row in reached:
        goal = by_metric[row["metric"]]
        span = (goal.first_day, goal.last_day)
        assert stand(row) == reference_goals.goal(whole, goal.metric, goal.amount, span, REPORTED, off), goal
    assert {row["weeks_met"] > 0 for row in reached} == {True, False}


MONDAY = date(2025, 12, 29)
offsets = st.integers(0, 280)


@dataclass(frozen=True)
class Life:
    """Days, counted from MONDAY, on which somebody wrote on a platform or posted, and what members.toml says of them."""

    as_of: dict[str, int]
    written: dict[str, list[int]]
    posted: list[int]
    start: int
    vacations: list[tuple[int, int]]
    goal: tuple[str, int, int, int]

    @staticmethod
    def day(offset: int) -> date:
        return MONDAY + timedelta(days=offset)


lives = st.builds(
    Life,
    as_of=st.fixed_dictionaries({"linkedin": st.integers(120, 300)}, optional={"xing": st.integers(60, 300)}),
    written=st.fixed_dictionaries({"linkedin": st.lists(offsets, max_size=60), "xing": st.lists(offsets, max_size=20)}),
    posted=st.lists(offsets, max_size=40),
    start=st.integers(80, 290),
    vacations=st.lists(st.tuples(offsets, st.integers(0, 20)), max_size=3),
    goal=st.tuples(st.sampled_from(("messages_sent", "posts")), st.integers(1, 3), offsets, st.integers(13, 150)),
)


def tell(told: Scenario, key: str, life: Life) -> None:
    member = told.member(key).started(str(life.day(life.start)))
    for first, length in life.vacations:
        member.vacation(str(life.day(first)), str(life.day(first + length)))
    metric, amount, first, length = life.goal
    member.goal(metric, amount, str(life.day(first)), str(life.day(first + length)))
    linkedin = member.linkedin(str(life.day(life.as_of["linkedin"]))).empty("linkedin_messages", "linkedin_shares")
    for offset in sorted(life.written["linkedin"]):
        if offset <= life.as_of["linkedin"]:
            linkedin.message(f"{life.day(offset)} 12:00", "Anna Arndt", "out")
    for place, offset in enumerate(life.posted):
        if offset <= life.as_of["linkedin"]:
            linkedin.share(f"{life.day(offset)} 12:00", f"https://www.linkedin.com/feed/update/{place}")
    if "xing" in life.as_of:
        xing = member.xing(str(life.day(life.as_of["xing"]))).empty("xing_messages")
        for offset in life.written["xing"]:
            if offset <= life.as_of["xing"]:
                day = f"{life.day(offset)} 12:00"
                xing.talk(day, "Gruß", "Bela Brandt", (day, OWNER))


def whole_weeks(life: Life) -> dict[tuple[str, str, date], int]:
    """Count the numbers of each week that an export covers from Monday to Sunday."""
    acts = {("messages_sent", platform): life.written[platform] for platform in life.as_of}
    acts["posts", "linkedin"] = life.posted
    days = {key: [life.day(offset) for offset in done if offset <= life.as_of[key[1]]] for key, done in acts.items()}
    events = [day for done in days.values() for day in done]
    whole = {}
    for (metric, platform), done in days.items():
        week = monday(min(events)) if events else date.max
        while week < date.max and week + timedelta(days=6) < life.day(life.as_of[platform]):
            whole[metric, platform, week] = sum(monday(day) == week for day in done)
            week += timedelta(days=7)
    return whole


# Each example is a database: to make a failing one smaller would take minutes, and each life stands for itself anyway.
@settings(max_examples=settings().max_examples // 5, phases=(Phase.generate,))
@given(st.lists(lives, min_size=12, max_size=12))
def test_sides_and_goals_are_those_of_a_slow_count(many: list[Life]):
    told = Scenario()
    for number_, life in enumerate(many):
        tell(told, f"m{number_:02}", life)
    database = told.database(models=MODELS)
    for number_, life in enumerate(many):
        key = f"m{number_:02}"
        reported = monday(max(life.day(day) for day in life.as_of.values())) - timedelta(days=7)
        whole, start = whole_weeks(life), life.day(life.start)
        off = reference_goals.weeks_off((life.day(first), life.day(first + length)) for first, length in life.vacations)
        found = {row["metric"]: sides(row) for row in rows(database, "report_baseline", key)}
        if not whole or monday(start) - timedelta(days=7) > reported:
            assert whole == {} or found == {}
            continue
        for metric in ("messages_sent", "posts"):
            assert found[metric] == reference_goals.baseline(whole, metric, start, reported, off), (metric, life)
        metric, amount, first, length = life.goal
        span = (life.day(first), life.day(first + length))
        [row] = rows(database, "report_goals", key)
        assert stand(row) == reference_goals.goal(whole, metric, amount, span, reported, off), life


# At the edges


def wrote(export: scenario.Export, *days: str) -> None:
    for day in days:
        export.message(f"{day} 12:00", "Anna Arndt", "out")


@stories
def begun_in_the_reported_week(member: scenario.Member) -> None:
    member.started("2026-11-11").session("2026-11-11", "Zwei Menschen anschreiben").session("2026-11-25")
    wrote(member.linkedin("2026-11-20"), "2026-01-05", "2026-11-02", "2026-11-10")


def test_the_first_report_has_the_twelve_weeks_before_and_no_other_side(told: DuckDBPyConnection):
    [start] = rows(told, "report_start", "begun_in_the_reported_week")
    assert (start["before_first_name"], start["before_last_name"]) == ("2026-W34", "2026-W45")
    assert start["weeks_passed"] == 0
    row = number(told, "begun_in_the_reported_week", "messages_sent")
    assert sides(row) == (["linkedin"], 1 / 12, 12, None, 0)


def test_only_sessions_up_to_the_newest_export_are_told(told: DuckDBPyConnection):
    found = rows(told, "report_sessions", "begun_in_the_reported_week")
    assert [(row["held_on"], row["agreed"]) for row in found] == [(date(2026, 11, 11), ["Zwei Menschen anschreiben"])]


@stories
def not_begun(member: scenario.Member) -> None:
    member.started("2026-11-23").goal("messages_sent", 2, "2026-11-23", "2026-12-31")
    wrote(member.linkedin("2026-11-20"), "2026-01-05")


def test_before_the_start_there_are_no_sides_and_a_goal_has_not_begun(told: DuckDBPyConnection):
    assert rows(told, "report_start", "not_begun") == rows(told, "report_baseline", "not_begun") == []
    [row] = rows(told, "report_goals", "not_begun")
    assert (row["is_begun"], stand(row)) == (False, (0, 0, None, None))


@stories
def short_history(member: scenario.Member) -> None:
    member.started("2026-11-02")
    export = member.linkedin("2026-11-20")
    wrote(export, "2026-08-17")
    export.invitation("2026-08-12 12:00", "Bela Brandt", "out")
    export.add("linkedin_connections", first_name="Cem", last_name="Cakir", connected_on=date(2026, 1, 5))


@stories
def one_week_short(member: scenario.Member) -> None:
    member.started("2026-11-02")
    wrote(member.linkedin("2026-11-20"), "2026-08-17")


def test_all_twelve_weeks_must_be_known(told: DuckDBPyConnection):
    # The first event lies in the second of the twelve weeks; nothing tells that the first one was empty.
    row = number(told, "one_week_short", "messages_sent")
    assert (row["status"], row["reason"], row["before_mean"], row["since_mean"]) == ("absent", "earlier", None, None)
    assert number(told, "short_history", "messages_sent")["before_mean"] == 1 / 12


def test_a_file_that_begins_in_the_middle_of_a_week_does_not_cover_it(told: DuckDBPyConnection):
    # Invitations go back to a Wednesday of the first of the twelve weeks.
    row = number(told, "short_history", "invitations_sent")
    assert (row["status"], row["reason"]) == ("absent", "earlier")


@stories
def old_xing(member: scenario.Member) -> None:
    member.started("2026-08-03").goal("messages_sent", 1, "2026-08-03", "2026-11-30")
    wrote(member.linkedin("2026-11-20"), "2025-01-06", "2026-11-10")
    day = "2026-08-25 12:00"
    member.xing("2026-09-07").talk(day, "Gruß", "Bela Brandt", (day, OWNER), (day, OWNER))


def test_a_platform_that_ends_earlier_is_on_neither_side(told: DuckDBPyConnection):
    assert sides(number(told, "old_xing", "messages_sent")) == (["linkedin"], 0.0, 12, 1 / 15, 15)
    [row] = rows(told, "report_goals", "old_xing")
    assert stand(row) == (15, 1, 1, True)


@stories
def all_away(member: scenario.Member) -> None:
    member.started("2026-11-02").vacation("2026-08-10", "2026-11-01")
    wrote(member.linkedin("2026-11-20"), "2026-01-05")


@stories
def ended_before_the_start(member: scenario.Member) -> None:
    member.started("2026-11-02").asked(week="2026-W46")
    wrote(member.linkedin("2026-10-07"), "2026-01-05")
    member.own("2026-11-20").entry("2026-11-19", "call")


def test_an_absent_side_says_why(told: DuckDBPyConnection):
    assert number(told, "all_away", "messages_sent")["reason"] == "vacation"
    row = number(told, "ended_before_the_start", "messages_sent")
    assert (row["reason"], row["until"]) == ("later", date(2026, 10, 7))
    assert number(told, "ended_before_the_start", "posts")["reason"] == "missing"
    assert number(told, "ended_before_the_start", "profile_views")["reason"] == "never"


@stories
def on_vacation(member: scenario.Member) -> None:
    member.vacation("2026-11-02", "2026-11-15")
    member.goal("messages_sent", 2, "2026-10-28", "2026-11-21")
    wrote(member.linkedin("2026-11-20"), "2026-01-05", "2026-10-28", "2026-11-03", "2026-11-03", "2026-11-10")


def test_a_week_of_vacation_counts_only_where_the_goal_was_reached(told: DuckDBPyConnection):
    # The first week of the goal is the one of 2 November: two messages. In the reported one there is one, on vacation.
    [row] = rows(told, "report_goals", "on_vacation")
    assert stand(row) == (1, 1, 1, None)


@stories
def reached_for_the_first_time(member: scenario.Member) -> None:
    member.goal("messages_sent", 2, "2026-10-05", "2026-12-31").goal("posts", 1, "2026-11-02", "2026-12-31")
    export = member.linkedin("2026-11-20").share("2026-11-03 12:00").share("2026-11-10 12:00")
    wrote(export, "2026-01-05", "2026-10-06", "2026-11-10", "2026-11-11")


def test_only_the_first_week_in_which_a_goal_is_reached_opens_the_page(told: DuckDBPyConnection):
    [row] = rows(told, "report_headline", "reached_for_the_first_time")
    assert (row["kind"], row["metric"], row["value"]) == ("goal", "messages_sent", 2)
    assert [row["kind"] for row in rows(told, "report_headline", "old_xing")] == ["goal"]
    assert [row["kind"] for row in rows(told, "report_headline", "on_vacation")] == ["correspondents"]


@stories
def with_applications(member: scenario.Member) -> None:
    member.started("2026-08-03")
    wrote(member.linkedin("2026-11-20"), "2026-01-05")
    member.linkedin("2026-11-20").application("2026-09-01 12:00", "Kontor AG")
    own = member.own("2026-11-20")
    own.applied("Nordlicht", "2026-07-01", has_interview=True, interview_on=date(2026, 8, 12), through="Jörg Groß")
    own.applied("Kranwerk", "2026-08-03", has_interview=True, has_offer=True, through="jörg gross ")
    own.applied("Werft", "2026-11-15", through="Eva Blum").applied("Lichthof", "2026-11-16", has_interview=True)
    own.applied("Altbau", "2026-07-01", has_interview=True, interview_on=date(2026, 7, 9), through="Kim Alt")


def test_outcomes_count_on_their_own_day_and_name_who_helped(told: DuckDBPyConnection):
    [row] = rows(told, "report_outcomes", "with_applications")
    assert (row["applications"], row["interviews"], row["offers"]) == (2, 2, 1)
    assert row["helpers"] == [
        {"name": "Eva Blum", "applications": 1, "interviews": 0, "offers": 0},
        {"name": "jörg gross ", "applications": 1, "interviews": 2, "offers": 1},
    ]
    assert rows(told, "report_outcomes", "old_xing") == []


def test_goals_are_exactly_what_members_do_themselves(told: DuckDBPyConnection):
    found = rows_of(told, "select metric from metric_names where progress = 'act'")
    assert {row["metric"] for row in found} == set(plans.GOAL_METRICS)
