"""The numbers of the SQL against a slow and obvious reference, week by week, on members whose story is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from tests.reference import ADDED, Numbers, weekly
from tests.scenario import MODELS, ancestors

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMES = (*ADDED, "contacts_total", "contacts_lost", "active_weeks", "streak_weeks", "care_weeks")
PLATFORMS = ("linkedin", "xing", "all")
REPORTED = date(2026, 11, 9)


SEEDS = (1, 2, 7, 23)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> DuckDBPyConnection:
    """Invented members, each named by the seed."""
    made = steps.connect()
    create_raw_tables(made)
    for seed in SEEDS:
        exports = write_exports(make_member(seed, SIZES["small"]), tmp_path_factory.mktemp("exports"))
        ingest(made, Member(str(seed), week="2026-W46"), exports, limits=Limits(), key=bytes(32))
    for model in ancestors(MODELS, "weekly_metrics", "report_metrics"):
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
