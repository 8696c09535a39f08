"""Messages that wait for an answer open the page without naming anybody, never two weeks in a row, and never a quiet one."""

from __future__ import annotations

from tests.scenario import Scenario
from tests.told_pages import Told, told_pages


def told(week: str, **fields: bool) -> Told:
    scenario = Scenario()
    member = scenario.member("ada").asked(week=week)
    export = member.linkedin("2026-11-25")
    for name in ("Anna Arndt", "Bea Brandt"):
        export.connection(name, "2020-03-02")
        export.message("2026-11-10 09:00", name, "out").message("2026-11-12 09:00", name, "in", asks=True)
    return told_pages(scenario, **fields)["ada"]


def test_messages_that_wait_open_one_week_in_two() -> None:
    first, second = told("2026-W46").headline, told("2026-W47").headline
    assert [first, second].count("Zwei Nachrichten warten auf eine Antwort") == 1
    assert "warten" not in told("2026-W46", quiet=True).headline
