"""Messages that wait for an answer open the page without naming anybody, never two weeks in a row, and never a quiet one."""

from __future__ import annotations

from tests.scenario import Scenario
from tests.told_pages import Told, told_pages


def told(week: str, as_of: str, **fields: bool) -> Told:
    scenario = Scenario()
    member = scenario.member("ada").asked(week=week)
    export = member.linkedin(as_of)
    for name in ("Anna Arndt", "Bea Brandt"):
        export.connection(name, "2020-03-02")
        export.message("2026-11-10 09:00", name, "out").message("2026-11-12 09:00", name, "in", asks=True)
    return told_pages(scenario, **fields)["ada"]


def test_messages_that_wait_open_one_week_in_two() -> None:
    assert told("2026-W46", "2026-11-20").headline == "Zwei Nachrichten warten auf eine Antwort"
    assert "warten" not in told("2026-W47", "2026-11-25").headline
    assert "warten" not in told("2026-W46", "2026-11-20", quiet=True).headline


def test_an_older_week_is_not_about_who_waits_now() -> None:
    assert "warten" not in told("2026-W46", "2026-11-25").headline
