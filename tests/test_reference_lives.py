"""Every weekly number of the SQL against a slow and obvious reference, on members that nobody thought of."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests import scenario
from tests.lives import life, tell
from tests.reference_lives import NAMES, count
from tests.scenario import Scenario, ancestors

if TYPE_CHECKING:
    from datetime import date

MODELS = ancestors(scenario.MODELS, "weekly_metrics")
Numbers = dict[tuple[str, str, str, "date"], int | None]


# Some dozens of members share a database: it is the making of the tables that takes long.
@settings(max_examples=max(2, settings().max_examples // 10))
@given(st.integers(0, 2**32))
def test_every_week_of_every_life_has_the_numbers_of_the_reference(first: int):
    seeds = range(first, first + 50)
    told = Scenario()
    expected: Numbers = {}
    for seed in seeds:
        lived = life(random.Random(seed))
        tell(told, str(seed), lived)
        _, numbers = count(lived)
        expected |= {(name, str(seed), platform, week): n for (name, platform, week), n in numbers.items()}
    rows = told.database(models=MODELS).execute(
        f"select member, platform, week, {', '.join(NAMES)} from weekly_metrics"
    )
    found: Numbers = {
        (name, member, platform, week): value
        for member, platform, week, *values in rows.fetchall()
        for name, value in zip(NAMES, values, strict=True)
    }
    wrong = {key: (found.get(key, "no row"), n) for key, n in expected.items() if found.get(key, "no row") != n}
    for name, member, platform, week in sorted(wrong, key=repr)[:5]:
        note(
            f"{name} of {platform} in the week of {week}: {wrong[name, member, platform, week]}, {life(random.Random(int(member)))}"
        )
    assert found.keys() == expected.keys()
    assert not wrong
