"""Who looks like recruiting, what became of it and of own requests, giving and taking, against a slow and obvious reference on members that nobody thought of."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import scenario
from tests.recruiting_lives import life, tell
from tests.reference_balance import balance, reach
from tests.reference_recruiting import approaches, funnel, requests, weekly
from tests.scenario import Scenario, ancestors, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from tests.recruiting_lives import Life

MODELS = ancestors(
    scenario.MODELS, "report_recruiting", "report_requests", "report_exchange", "report_reach", "weekly_metrics"
)


def told_lives(first: int) -> tuple[dict[str, Life], DuckDBPyConnection]:
    """Return some dozens of members in one database: it is the making of the tables that takes long."""
    told = Scenario()
    lives = {str(seed): life(random.Random(seed)) for seed in range(first, first + 60)}
    for key, lived in lives.items():
        tell(told, key, lived)
    return lives, told.database(models=MODELS)


@settings(max_examples=max(2, settings().max_examples // 10))
@given(st.integers(0, 2**32))
def test_recruiting_requests_and_exchange_are_what_the_reference_counts(first: int):
    lives, database = told_lives(first)
    grades: dict[str, list[tuple[str, str, str, object]]] = {key: [] for key in lives}
    for member, platform, grade, name, day in database.execute(
        "select member, platform, grade, coalesce(name, if(approached_at is null, 'entry', other)), day from recruiter_approaches"
    ).fetchall():
        grades[member].append((platform, grade, name, day))
    numbers: dict[str, dict] = {key: {} for key in lives}
    for member, platform, week, *values in database.execute(
        "select member, platform, week, recruiter_contacts, recruiter_replies from weekly_metrics"
    ).fetchall():
        numbers[member][platform, week] = tuple(values)
    reported = {row.pop("member"): row for row in rows_of(database, "from report_recruiting")}
    outcomes: dict[str, dict] = {key: {} for key in lives}
    for member, note, *counts in database.execute(
        "select member, note, sent, accepted, open, half_within from report_requests"
    ).fetchall():
        outcomes[member][note] = tuple(counts)
    exchange = {row.pop("member"): row for row in rows_of(database, "from report_exchange")}
    reached = {row.pop("member"): row for row in rows_of(database, "from report_reach")}
    for key, lived in lives.items():
        story = lived.story
        expected = [
            (a.platform, a.grade, "entry" if a.who.startswith("entry") else a.who, a.came_on) for a in approaches(story)
        ]
        assert sorted(grades[key], key=repr) == sorted(expected, key=repr), (key, lived)
        weeks = sorted({week for _, week in numbers[key]})
        there = {platform for platform, _ in numbers[key]}
        by_week = {at: values for at, values in weekly(story, weeks).items() if at[0] in there}
        wrong = {at: (numbers[key][at], values) for at, values in by_week.items() if numbers[key][at] != values}
        assert not wrong, (key, lived)
        assert len(by_week) == len(numbers[key])
        if weeks:
            assert reported.get(key) == funnel(story), (key, lived)
            assert outcomes[key] == requests(story), (key, lived)
            assert reached.get(key) == reach(story), (key, lived)
            even = balance(story, weeks)
            found = exchange.get(key)
            assert (found and {name: found[name] for name in even or found}) == even, (key, lived)
