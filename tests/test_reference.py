"""The numbers of the SQL against a slow and obvious reference, week by week, on members whose story is known."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from tests.reference import ADDED, BERLIN, Numbers, monday, weekly
from tests.reference_demo import last_weeks, story_of
from tests.reference_judgements import does_recruiting_follow, headline, judged, visible_times
from tests.reference_recruiting import Story, funnel, requests
from tests.reference_recruiting import weekly as weekly_recruiting
from tests.scenario import MODELS, ancestors, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMES = (*ADDED, "contacts_total", "contacts_lost", "active_weeks", "streak_weeks", "care_weeks")
PLATFORMS = ("linkedin", "xing", "all")
REPORTED = date(2026, 11, 9)


RECRUITING = ("report_recruiting", "report_recruiting_activity", "report_visible_times")
SEEDS = (1, 2, 7, 23)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> DuckDBPyConnection:
    """Invented members, each named by the seed."""
    made = steps.connect()
    create_raw_tables(made)
    for seed in SEEDS:
        exports = write_exports(make_member(seed, SIZES["small"]), tmp_path_factory.mktemp("exports"))
        ingest(made, Member(str(seed), week="2026-W46"), exports, limits=Limits(), key=bytes(32))
    for model in ancestors(
        MODELS, "weekly_metrics", "report_metrics", "report_headline", "report_requests", *RECRUITING
    ):
        steps.build(made, model)
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_every_week_has_the_numbers_of_the_reference(seed: int, connection: DuckDBPyConnection) -> None:
    weeks, numbers = weekly(make_member(seed, SIZES["small"]))
    result = connection.execute(
        f"select week, platform, {', '.join(NAMES)} from weekly_metrics where member = $1", [str(seed)]
    )
    found: dict[tuple[str, str, date], Any] = {
        (name, platform, week): value
        for week, platform, *values in result.fetchall()
        for name, value in zip(NAMES, values, strict=True)
        if platform in PLATFORMS
    }
    assert {week for _, _, week in found} == set(weeks)
    assert {key: (found[key], expected) for key, expected in numbers.items() if found[key] != expected} == {}


@pytest.mark.parametrize("seed", [1, 7])
def test_comparisons_rest_on_the_weeks_before_the_reported_one(seed: int, connection: DuckDBPyConnection) -> None:
    _, numbers = weekly(make_member(seed, SIZES["small"]))
    statement = """
        select metric, platform, value, previous_week, mean_4_weeks, mean_12_weeks, same_week_last_year
        from report_metrics
        where member = $1
    """
    seen = 0
    for name, platform, *found in connection.execute(statement, [str(seed)]).fetchall():
        if name in NAMES and platform in PLATFORMS:
            assert found == compared(numbers, name, platform), (name, platform)
            seen += 1
    assert seen == len(NAMES) * len(PLATFORMS)


def compared(numbers: Numbers, name: str, platform: str) -> list[float | None]:
    """Return value, week before, means of four and of twelve weeks, and the same week of the year before."""

    def at(weeks_ago: int) -> int | None:
        week = REPORTED - timedelta(days=7 * weeks_ago)
        value = numbers.get((name, platform, week))
        if platform == "all" and knows(week) != knows(REPORTED):
            return None
        return value

    def knows(week: date) -> list[bool]:
        return [numbers.get((name, one, week)) is not None for one in ("linkedin", "xing")]

    def mean(count: int) -> float | None:
        values = [at(weeks_ago) for weeks_ago in range(1, count + 1)]
        return sum(v for v in values if v is not None) / count if None not in values else None

    return [numbers.get((name, platform, REPORTED)), at(1), mean(4), mean(12), at(52)]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_usual_and_what_opens_the_page_are_those_of_the_reference(
    seed: int, connection: DuckDBPyConnection
) -> None:
    _, numbers = weekly(make_member(seed, SIZES["small"]))
    statement = """
        select metric, platform, usual_low, usual_high, direction, four_weeks, four_weeks_before
        from report_metrics
        where member = $1
    """
    for name, platform, *found in connection.execute(statement, [str(seed)]).fetchall():
        if name in NAMES and platform in PLATFORMS:
            expected = judged(name, last_weeks(numbers, name, platform))
            assert found == list(vars(expected).values()), (name, platform)
    statement = "select kind, metric, value, usual_low, usual_high from report_headline where member = $1"
    [opening] = connection.execute(statement, [str(seed)]).fetchall()
    names = ("contacts_new", "visible_activity", "conversations_started")
    unusual = headline({name: last_weeks(numbers, name, "all") for name in names})
    assert opening == unusual if unusual else "_four_weeks" not in opening[0] and opening[0] not in ("rise", "fall")


@pytest.mark.parametrize("seed", SEEDS)
def test_recruiting_and_requests_are_those_of_the_reference(seed: int, connection: DuckDBPyConnection) -> None:
    story = told_story(seed, connection)
    statement = "select platform, week, recruiter_contacts, recruiter_replies from weekly_metrics where member = $1"
    found = {(platform, week): tuple(told) for platform, week, *told in connection.execute(statement, [str(seed)]).fetchall()}  # fmt: skip
    weeks = sorted({week for _, week in found})
    expected = weekly_recruiting(story, weeks)
    assert {at: (told, expected[at]) for at, told in found.items() if told != expected[at]} == {}
    columns = "wrote_first, answered, open, unanswered, invited, logged, ripe, ripe_answered, median_days"
    assert rows_of(
        connection, f"select {columns} from report_recruiting where member = $1", [str(seed)]
    ) == [funnel(story)]  # fmt: skip
    statement = "select note, sent, accepted, open, half_within from report_requests where member = $1"
    assert {note: tuple(told) for note, *told in connection.execute(statement, [str(seed)]).fetchall()} == requests(story)  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_when_she_is_there_and_what_follows_it_are_those_of_the_reference(
    seed: int, connection: DuckDBPyConnection
) -> None:
    member = make_member(seed, SIZES["small"])
    weeks, numbers = weekly(member)
    here = [act.done_at.replace(tzinfo=UTC).astimezone(BERLIN) for act in member.acts]
    recent = [at.replace(tzinfo=None) for at in here if REPORTED - timedelta(weeks=25) <= monday(at.date()) <= REPORTED]
    statement = "select hours, weekday, from_hour from report_visible_times where member = $1"
    assert connection.execute(statement, [str(seed)]).fetchall() == [visible_times(recent)]
    recruiting = weekly_recruiting(told_story(seed, connection), weeks)
    covered = [week for week in weeks if week <= REPORTED]
    expected = does_recruiting_follow(
        [numbers["visible_activity", "linkedin", week] or 0 for week in covered],
        [recruiting["linkedin", week][0] or 0 for week in covered],
    )
    [found] = rows_of(connection, "from report_recruiting_activity where member = $1", [str(seed)])
    assert {name: found[name] for name in expected} == expected


def told_story(seed: int, connection: DuckDBPyConnection) -> Story:
    """Return the story with what the base tables say of titles and subjects, which is proved elsewhere."""
    statement = """
        select contacts.address, bool_or(roles.is_recruiter), bool_or(roles.is_hr)
        from contacts inner join contact_roles as roles using (member, platform, contact)
        where member = $1 and contacts.address is not null
        group by contacts.address
    """
    roles = {who: (recruits, hr) for who, recruits, hr in connection.execute(statement, [str(seed)]).fetchall()}
    statement = "select subject from job_subjects where member = $1 and offers_job"
    subjects = {subject for (subject,) in connection.execute(statement, [str(seed)]).fetchall()}
    return story_of(make_member(seed, SIZES["small"]), roles, subjects)
