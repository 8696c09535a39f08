"""What counts as unusual: constant habits seldom make a headline, a real jump does, and none opens two weeks in a row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pipelines import steps
from tests.scenario import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HISTORY, REPORTED = 60, 60
FIRST = date(2024, 1, 1)
METRICS = ("contacts_new", "visible_activity", "conversations_started")
UNUSUAL = {"rise", "fall", "rise_four_weeks", "fall_four_weeks"}
Series = dict[str, list[int]]


def poisson(chance: random.Random, mean: float) -> int:
    """Return one draw, by Knuth's product of uniforms; means of simulated weeks are small."""
    limit, count, product = 2.718281828459045**-mean, 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def uneven(chance: random.Random, mean: float) -> int:
    """Return a draw whose mean itself varies by a quarter from week to week, as habits of real people do."""
    return poisson(chance, max(0.05, mean * chance.gauss(1, 0.25)))


def findings(members: Sequence[Series], weeks: range) -> dict[tuple[int, int], tuple[str, str | None]]:
    """Return kind and metric of the headline for each member and each reported week, in one computation.

    Every pair of member and week is a member of its own whose exports end after that week.
    """
    connection = steps.connect()
    columns = ", ".join(f"{name} bigint" for name in METRICS)
    connection.execute(
        f"create temp table weekly_metrics (member varchar, platform varchar, week date, {columns},"
        " contacts_total bigint, streak_weeks bigint, messages_sent bigint, messages_received bigint, invitations_sent bigint,"
        " invitations_received bigint, recommendations_given bigint, recommendations_received bigint,"
        " endorsements_given bigint, endorsements_received bigint)"
    )
    connection.execute("create temp table own_entries (member varchar, week date, day date, kind varchar)")
    connection.execute("create temp table touches (member varchar, week date, kind varchar, other varchar)")
    connection.execute(
        "create temp table streaks as select member, platform, week, streak_weeks as streak from weekly_metrics limit 0"
    )
    connection.execute(
        "create temp table report_goals (member varchar, position integer, metric varchar, this_week bigint,"
        " weeks_met bigint, is_reached boolean)"
    )
    connection.execute("create temp table report_people (member varchar, person varchar, reason varchar)")
    connection.execute("create temp table report_members (member varchar, week date, as_of date)")
    connection.execute("create temp table availability (member varchar, platform varchar, source varchar, until date)")
    connection.execute("create temp table series (line integer, place integer, a bigint, b bigint, c bigint)")
    rows = [
        f"({line}, {place}, {', '.join(str(series[name][place]) for name in METRICS)})"
        for line, series in enumerate(members)
        for place in range(len(series["contacts_new"]))
    ]
    connection.execute(f"insert into series values {', '.join(rows)}")
    connection.execute(
        "insert into weekly_metrics select line || '/' || reported, 'all', $1::date + 7 * place, a, b, c, 7, 1, 0, 0,"
        " 0, 0, 0, 0, 0, 0"
        " from series, range($2, $3) as weeks (reported) where place <= reported",
        [FIRST, weeks.start, weeks.stop],
    )
    connection.execute(
        "insert into report_members select distinct member, $1::date + 7 * split_part(member, '/', 2)::integer as monday,"
        " monday + 9 from weekly_metrics",
        [FIRST],
    )
    for source in ("contacts", "posts", "messages"):
        connection.execute(
            f"insert into availability select member, 'linkedin', '{source}', week + 9 from report_members"
        )
    [model] = [model for model in MODELS if model.name == "report_headline"]
    steps.build(connection, model)
    found = connection.execute("select member, kind, metric from report_headline").fetchall()
    return {(int(m.split("/")[0]), int(m.split("/")[1])): (kind, metric) for m, kind, metric in found}


def life(chance: random.Random, draw: Callable[[random.Random, float], int], means: Sequence[float]) -> Series:
    return {
        name: [draw(chance, mean) for _ in range(HISTORY + REPORTED)] for name, mean in zip(METRICS, means, strict=True)
    }


HABITS = {
    "a quiet member": (poisson, (0.4, 1.5, 0.3)),
    "a steady member": (poisson, (3, 9, 2)),
    "a busy member": (poisson, (14, 40, 12)),
    "a member with uneven weeks": (uneven, (3, 12, 2)),
    "a busy member with uneven weeks": (uneven, (15, 60, 14)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HABITS)
def test_constant_habits_make_an_unusual_headline_in_at_most_one_week_of_twenty(name: str) -> None:
    draw, means = HABITS[name]
    chance = random.Random(name)
    members = [life(chance, draw, means) for _ in range(6)]
    found = findings(members, range(HISTORY, HISTORY + REPORTED))
    kinds = Counter(kind for kind, _ in found.values())
    assert len(found) == 6 * REPORTED
    assert sum(kinds[kind] for kind in UNUSUAL) <= 0.05 * len(found), kinds


def test_a_jump_that_nobody_would_miss_is_the_headline_once() -> None:
    steady = {name: [4] * (HISTORY + 4) for name in METRICS}
    steady["contacts_new"] = [4] * HISTORY + [30, 30, 30, 30]
    found = findings([steady], range(HISTORY, HISTORY + 4))
    assert found[0, HISTORY] == ("rise", "contacts_new")
    assert all(found[0, week][0] not in UNUSUAL for week in range(HISTORY + 1, HISTORY + 4))


def test_small_numbers_are_judged_as_sums_of_four_weeks() -> None:
    slow = {name: [0] * (HISTORY + 6) for name in METRICS}
    slow["contacts_new"] = [0, 1] * (HISTORY // 2) + [4, 4, 4, 4, 4, 4]
    found = findings([slow], range(HISTORY, HISTORY + 6))
    assert ("rise_four_weeks", "contacts_new") in found.values()


@pytest.mark.parametrize("seed", range(3))
def test_no_finding_opens_two_weeks_in_a_row(seed: int) -> None:
    chance = random.Random(seed)
    means = (3, 9, 2)
    member = life(chance, uneven, means)
    for name in METRICS:  # habits that change twice, so that there is something to find
        member[name][70:85] = [value * 4 for value in member[name][70:85]]
        member[name][100:] = [value // 3 for value in member[name][100:]]
    found = findings([member], range(HISTORY, HISTORY + REPORTED))
    for week in range(HISTORY + 1, HISTORY + REPORTED):
        now, before = found[0, week], found[0, week - 1]
        assert now != before, (week, now)


def test_too_short_a_history_makes_nothing_unusual() -> None:
    young = {name: [1] * 11 + [50] for name in METRICS}
    assert findings([young], range(11, 12))[0, 11][0] not in UNUSUAL


def test_the_weeks_of_a_series_are_the_ones_that_are_reported() -> None:
    assert FIRST.isocalendar()[2] == 1
    assert (FIRST + timedelta(days=7)).isocalendar()[2] == 1
