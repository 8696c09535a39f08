"""What opens the page: only what is there, never the same finding two weeks in a row, and quiet only where a quiet week is known."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest

from tests.scenario import MODELS, NAMES, Member, Scenario, Stories, ancestors
from tests.told_pages import Told, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

AS_OF = "2027-02-12"
# Across the turn of a year of 53 weeks: 2026-W48 to 2027-W05.
WEEKS = [date(2026, 11, 23) + timedelta(weeks=number) for number in range(11)]
MONDAY = date(2026, 11, 9)


def contacts(member: Member, chance: random.Random) -> None:
    export = member.linkedin(AS_OF)
    export.connection("Anna Arndt", "2019-03-04")
    for monday in WEEKS:
        export.connection(f"Person vom {monday}", str(monday + timedelta(days=chance.randrange(7))))


def received(member: Member, _: random.Random) -> None:
    export = member.linkedin(AS_OF)
    for monday in WEEKS:
        export.message(f"{monday} 10:00", "Anna Arndt", "in")


def comments(member: Member, _: random.Random) -> None:
    export = member.linkedin(AS_OF)
    for monday in WEEKS:
        export.comment(f"{monday} 10:00")


def entries(member: Member, _: random.Random) -> None:
    log = member.own(AS_OF)
    for monday in WEEKS:
        log.entry(str(monday), "meeting", "Anna Arndt")


def nothing(member: Member, _: random.Random) -> None:
    member.linkedin(AS_OF).connection("Anna Arndt", "2019-03-04")


def nothing_known(member: Member, _: random.Random) -> None:
    member.linkedin("2026-06-12").connection("Anna Arndt", "2019-03-04")
    member.own(AS_OF).views("2019-03-04", 1, 0)


def invitations(member: Member, _: random.Random) -> None:
    export = member.linkedin(AS_OF)
    export.connection("Anna Arndt", "2019-03-04")
    for monday in WEEKS:
        export.invitation(f"{monday} 10:00", "Bela Brandt", "out")


def anything(member: Member, chance: random.Random) -> None:
    export, log = member.linkedin(AS_OF), member.own(AS_OF)
    export.connection("Anna Arndt", "2019-03-04")
    for monday in WEEKS:
        if chance.random() < 0.5:
            export.connection(f"Person vom {monday}", str(monday))
        if chance.random() < 0.5:
            export.message(f"{monday} 10:00", chance.choice(NAMES), chance.choice(("in", "out")))
        if chance.random() < 0.4:
            export.comment(f"{monday} 10:00")
        if chance.random() < 0.4:
            log.entry(str(monday), chance.choice(("meeting", "call")), "Anna Arndt")


LIVES: dict[str, Callable[[Member, random.Random], None]] = {
    "contacts": contacts,
    "received": received,
    "comments": comments,
    "entries": entries,
    "nothing": nothing,
    "nothing_known": nothing_known,
    "invitations": invitations,
    **{f"anything{number}": anything for number in range(6)},
}


@pytest.fixture(scope="module")
def findings() -> dict[tuple[str, date], str]:
    """What opens the page of each life in each week."""
    told = Scenario()
    keys = {}
    for name, monday in product(LIVES, WEEKS):
        year, number, _ = monday.isocalendar()
        member = told.member(f"{name} {monday}", week=f"{year}-W{number:02}")
        LIVES[name](member, random.Random(name))
        keys[member.key] = (name, monday)
    database = told.database(models=ancestors(MODELS, "report_headline"))
    rows = database.execute("select member, concat_ws(' ', kind, metric) from report_headline").fetchall()
    return {keys[member]: finding for member, finding in rows}


@pytest.mark.parametrize("name", LIVES)
def test_no_finding_opens_two_weeks_in_a_row(findings: dict[tuple[str, date], str], name: str) -> None:
    in_order = [findings[name, monday] for monday in WEEKS]
    assert all(first != second for first, second in pairwise(in_order)), ", ".join(in_order)


stories = Stories()


@pytest.fixture(scope="module")
def database() -> DuckDBPyConnection:
    return stories.scenario(week="2026-W46").database()


def page_of(database: DuckDBPyConnection, tell: Callable[[Member], None], language: str = "de", **fields: Any) -> Told:
    [page] = pages_of(database, [tell.__name__], language, **fields).values()
    return page


def sent(member: Member, *ways: str) -> None:
    """Tell a week that holds only these messages, in a week whose turn it is to tell of messages, and one contact of old."""
    member.asked(week="2026-W47")
    export = member.linkedin(AS_OF)
    export.connection("Anna Arndt", "2019-03-04")
    for number, way in enumerate(ways):
        export.message(f"2026-11-18 10:0{number}", "Anna Arndt", way)


@stories
def one_came(member: Member) -> None:
    sent(member, "in")


@stories
def one_went(member: Member) -> None:
    sent(member, "out")


@stories
def two_came_and_one_went(member: Member) -> None:
    sent(member, "in", "in", "out")


@pytest.mark.parametrize(
    ("tell", "headline"),
    [
        (one_came, "Eine Nachricht erhalten"),
        (one_went, "Eine Nachricht geschrieben"),
        (two_came_and_one_went, "Eine Nachricht geschrieben, zwei erhalten"),
    ],
)
def test_a_headline_about_messages_tells_only_of_those_there_are(
    database: DuckDBPyConnection, tell: Callable[[Member], None], headline: str
) -> None:
    assert page_of(database, tell).headline == headline


@stories
def hardly_anything(member: Member) -> None:
    nothing(member, random.Random(1))


def test_where_there_is_no_more_to_say_there_is_no_lead(database: DuckDBPyConnection) -> None:
    page = page_of(database, hardly_anything)
    assert 'class="lead"' not in page.html
    assert "Das sagen Ihre Exporte" not in page.mail


@stories
def unfinished(member: Member) -> None:
    export = member.linkedin("2026-11-10")
    for ago in range(1, 40):
        export.connection(f"Person {ago}", str(MONDAY - timedelta(weeks=ago)))
    member.own("2026-11-17").entry("2026-11-16", "call", "Anna Arndt")


@stories
def one_platform_is_old(member: Member) -> None:
    member.linkedin("2026-11-20").connection("Anna Arndt", "2019-03-04")
    member.xing("2026-06-15").contact("Bela Brandt", "2019-03-04 10:00")


@stories
def own_lists_alone(member: Member) -> None:
    member.own("2026-11-20").views("2026-11-09", 7, 1)


@pytest.mark.parametrize("tell", [unfinished, one_platform_is_old, own_lists_alone])
@pytest.mark.parametrize("quiet", [False, True])
def test_a_week_that_is_not_known_whole_is_not_called_quiet(
    database: DuckDBPyConnection, tell: Callable[[Member], None], quiet: bool
) -> None:
    page = page_of(database, tell, quiet=quiet)
    assert page.headline in ("Was über diese Woche bekannt ist", "Diese Woche, soweit sie bekannt ist")
    assert "üblichen Woche" not in page.text


@stories
def nothing_this_week(member: Member) -> None:
    export = member.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-03")
    export.message("2026-10-13 10:00", "Anna Arndt", "in")


def test_a_week_with_nothing_in_it_is_quiet_where_all_of_it_is_known(database: DuckDBPyConnection) -> None:
    assert page_of(database, nothing_this_week).headline == "Eine ruhige Woche"


@stories
def noted(member: Member) -> None:
    member.linkedin("2026-11-20").connection("Anna Arndt", "2019-03-04")
    log = member.own("2026-11-20")
    log.entry("2026-11-11", "meeting", "Jörg Beispiel").entry("2026-11-12", "call", "Anna Arndt")
    log.entry("2026-11-16", "call", "Anna Arndt").entry("2026-11-17", "call", "Bela Brandt")


def test_what_the_member_noted_is_the_finding_of_a_week_without_other_news(database: DuckDBPyConnection) -> None:
    page = page_of(database, noted)
    assert page.headline == "Von Ihnen notiert: ein Treffen und ein Telefonat"
    assert page_of(database, noted, "en").headline == "Noted by you: one meeting and one call"
    assert "Seit Sonntag, bis zum 20. November: zwei Telefonate." in page.text


@stories
def rising(member: Member) -> None:
    export = member.linkedin("2026-11-20")
    for ago in range(30):
        for number in range(1 if ago else 30):
            export.connection(f"Person {ago} Nr{number}", str(MONDAY - timedelta(weeks=ago)))
    member.own("2026-11-20").entry("2026-11-11", "meeting", "Jörg Beispiel")


def test_what_the_member_noted_is_told_below_another_finding(database: DuckDBPyConnection) -> None:
    page = page_of(database, rising)
    assert page.headline == "So viele neue Kontakte wie in keiner anderen Woche des letzten halben Jahres: 30"
    assert "Von Ihnen notiert: ein Treffen." in page.text


@stories
def small_rise(member: Member) -> None:
    export = member.linkedin("2026-11-20")
    for ago in range(40):
        for number in range(4 if ago == 0 else ago % 4 == 0):
            export.connection(f"Person {ago} Nr{number}", str(MONDAY - timedelta(weeks=ago)))


def test_a_sum_of_four_weeks_is_compared_with_such_sums(database: DuckDBPyConnection) -> None:
    """Four in four weeks are not more than seven in the half year before, but more than one in any four weeks of it."""
    assert page_of(database, small_rise).headline == (
        "Vier neue Kontakte in vier Wochen, mehr als in je vier Wochen des halben Jahres davor"
    )
    assert page_of(database, small_rise, "en").headline == (
        "Four new contacts in four weeks, more than in any four weeks of the half year before"
    )


def active(weeks: set[int]) -> Callable[[Member], None]:
    def tell(member: Member) -> None:
        export = member.linkedin("2026-11-20")
        for ago in weeks:
            export.message(f"{MONDAY - timedelta(weeks=ago)} 10:00", "Anna Arndt", "out")

    tell.__name__ = f"active in {sorted(weeks)}"
    return stories(tell)


@pytest.mark.parametrize(
    ("tell", "is_said"),
    [
        (active(set(range(10)) | set(range(11, 21))), False),  # the same length once before
        (active(set(range(10))), False),  # the data begin with it
        (active(set(range(10)) | {30}), True),
        (active(set(range(10)) | set(range(11, 20))), True),
        (active(set(range(10)) | set(range(11, 25))), False),
    ],
)
def test_a_streak_is_the_longest_only_where_a_shorter_one_came_before(
    database: DuckDBPyConnection, tell: Callable[[Member], None], is_said: bool
) -> None:
    page = page_of(database, tell)
    assert ("So viele Wochen am Stück waren Sie noch nie aktiv." in page.text) == is_said
