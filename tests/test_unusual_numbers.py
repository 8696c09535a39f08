"""When a number is called unusual: beyond its usual range by three, small ones as sums of four weeks, and the same everywhere."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.scenario import Member, Scenario
from tests.told_pages import Told, told_pages

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = "2026-11-20"
MONDAY = date(2026, 11, 9)
# New contacts of the reported week and the weeks before it, as far as they differ from the habit; what is to be said of them.
STORIES: dict[str, tuple[dict[int, int], Callable[[int], int], str | None]] = {
    "within": ({0: 3}, lambda ago: 1 + ago % 4, None),
    "two_beyond": ({0: 5}, lambda _: 3, None),
    "many": ({0: 15}, lambda _: 5, "mehr als üblich (5)"),
    "few_of_many": ({0: 9, 1: 5}, lambda _: 14, "weniger als üblich (14)"),
    "small_rise": ({0: 4}, lambda ago: 0 if ago % 4 else 1, "mehr als üblich: in vier Wochen 4, in den vier davor 1"),
    "small_jump": ({0: 5, 4: 6}, lambda _: 2, None),
    "small_fall": ({0: 1, 1: 0, 2: 0, 3: 0}, lambda _: 2, "weniger als üblich: in vier Wochen 1, in den vier davor 8"),
    "rise_that_is_over": ({0: 0, 1: 6, 2: 6, 3: 6}, lambda _: 1, None),
}


def day(weeks_ago: int, weekday: int = 0) -> str:
    return str(MONDAY - timedelta(weeks=weeks_ago) + timedelta(days=weekday % 7))


def with_contacts(member: Member, changed: dict[int, int], usual: Callable[[int], int]) -> None:
    export = member.linkedin(AS_OF)
    for ago in range(40):
        for number in range(changed.get(ago, usual(ago))):
            export.connection(f"Person {ago} Nr{number}", day(ago, number))


@pytest.fixture(scope="module")
def pages() -> dict[str, Told]:
    told = Scenario()
    for name, (changed, usual, _) in STORIES.items():
        with_contacts(told.member(name), changed, usual)
    return told_pages(told)


@pytest.mark.parametrize("name", STORIES)
def test_a_week_is_called_unusual_by_the_same_words_on_page_and_mail(pages: dict[str, Told], name: str) -> None:
    page, said = pages[name], STORIES[name][2]
    found = re.search(r"Neue Kontakte \d+ (.*?)Sichtbare Aktivität", page.text)
    assert found is not None
    if said is None:
        assert not re.search("[↑↓]|als üblich", found[1])
        assert page.number("contacts_new")["direction"] is None
        assert "als üblich" not in page.mail
    else:
        assert f"{'↑' if said.startswith('mehr') else '↓'} {said}" in found[1]
        assert said in page.mail


@pytest.mark.parametrize("name", STORIES)
def test_the_arrow_stands_with_what_is_usual_and_never_before_the_change(pages: dict[str, Told], name: str) -> None:
    assert not re.search(r"[↑↓] [^↑↓(:]*Vorwoche", pages[name].text)


def test_what_is_judged_over_four_weeks_says_so_in_its_heading(pages: dict[str, Told]) -> None:
    assert "Ihr Netzwerk ist in vier Wochen schneller gewachsen als üblich" in pages["small_rise"].headings
    assert "Ihr Netzwerk ist in vier Wochen langsamer gewachsen als üblich" in pages["small_fall"].headings
    assert "Ihr Netzwerk ist schneller gewachsen als üblich" in pages["many"].headings
    assert "Wie üblich" in pages["within"].headings


def habits(export_until: str, reported: int) -> Scenario:
    """Five contacts, six messages and five comments a week, and in the reported week only so many contacts and comments."""
    told = Scenario()
    member = told.member("ada", week="2026-W46")
    export = member.linkedin(export_until)
    for ago in range(40):
        for number in range(5 if ago else reported):
            export.connection(f"Person {ago} Nr{number}", day(ago, number))
            export.comment(f"{day(ago, number)} 12:00")
        for number in range(6 if ago else 0):
            export.message(f"{day(ago, number)} 10:00", f"Person {ago} Nr{number}", "out")
    if export_until < "2026-11-16":
        member.own("2026-11-17").entry("2026-11-16", "call", "Anna Arndt")
    return told


@pytest.mark.parametrize(
    ("export_until", "reported"), [(AS_OF, 4), (AS_OF, 6), (AS_OF, 0), ("2026-11-10", 0), ("2026-11-10", 1)]
)
def test_nothing_outside_the_usual_range_unfinished_or_empty_is_as_usual(export_until: str, reported: int) -> None:
    page = told_pages(habits(export_until, reported))["ada"]
    assert not [heading for heading in page.headings if "wie üblich" in heading.casefold()]
    neutral = {"Wie Ihr Netzwerk wächst", "Wie sichtbar Sie sind"} <= set(page.headings)
    assert neutral == (reported > 0 or export_until != AS_OF)


def test_a_whole_week_within_the_usual_range_is_as_usual() -> None:
    page = told_pages(habits(AS_OF, 5))["ada"]
    assert "Wie üblich" in page.headings
    assert "Neue Kontakte 5" in page.text
    assert "Sichtbare Aktivität 5" in page.text


def test_a_member_of_whom_nothing_is_usual_is_not_told_that_nothing_is_as_usual() -> None:
    told = Scenario()
    told.member("ada").linkedin(AS_OF).connection("Anna Arndt", "2020-01-01")
    page = told_pages(told)["ada"]
    assert "Wie Ihr Netzwerk wächst" in page.headings
    assert "üblich" not in " ".join(page.headings)
