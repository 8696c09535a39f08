"""What opens the page: only what is there, never the same finding two weeks in a row, and quiet only where a quiet week is known."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.scenario import NAMES, Member, Scenario
from tests.told_pages import Told, told_pages

if TYPE_CHECKING:
    from collections.abc import Callable

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


@pytest.mark.parametrize("name", LIVES)
def test_no_finding_opens_two_weeks_in_a_row(name: str) -> None:
    told = Scenario()
    for monday in WEEKS:
        year, number, _ = monday.isocalendar()
        LIVES[name](told.member(f"w{number:02}", week=f"{year}-W{number:02}"), random.Random(name))
    rows = told.database().execute("select member, concat_ws(' ', kind, metric) from report_headline").fetchall()
    findings = dict(rows)
    in_order = [findings[f"w{monday.isocalendar().week:02}"] for monday in WEEKS]
    assert all(first != second for first, second in pairwise(in_order)), ", ".join(in_order)


def page_of(tell: Callable[[Member], None], language: str = "de", **fields: object) -> Told:
    told = Scenario()
    tell(told.member("ada", week="2026-W46"))
    return told_pages(told, language, **fields)["ada"]


def sent(*ways: str) -> Callable[[Member], None]:
    """A member whose week holds only these messages, in a week whose turn it is to tell of messages, and one contact of old."""

    def tell(member: Member) -> None:
        member.asked(week="2026-W47")
        export = member.linkedin(AS_OF)
        export.connection("Anna Arndt", "2019-03-04")
        for number, way in enumerate(ways):
            export.message(f"2026-11-18 10:0{number}", "Anna Arndt", way)

    return tell


@pytest.mark.parametrize(
    ("ways", "headline"),
    [
        (("in",), "Eine Nachricht erhalten"),
        (("out",), "Eine Nachricht geschrieben"),
        (("in", "in", "out"), "Eine Nachricht geschrieben, zwei erhalten"),
    ],
)
def test_a_headline_about_messages_tells_only_of_those_there_are(ways: tuple[str, ...], headline: str) -> None:
    assert page_of(sent(*ways)).headline == headline


def test_where_there_is_no_more_to_say_there_is_no_lead() -> None:
    page = page_of(lambda member: nothing(member, random.Random(1)))
    assert 'class="lead"' not in page.html
    assert "Das sagen Ihre Exporte" not in page.mail


def unfinished(member: Member) -> None:
    export = member.linkedin("2026-11-10")
    for ago in range(1, 40):
        export.connection(f"Person {ago}", str(MONDAY - timedelta(weeks=ago)))
    member.own("2026-11-17").entry("2026-11-16", "call", "Anna Arndt")


def one_platform_is_old(member: Member) -> None:
    member.linkedin("2026-11-20").connection("Anna Arndt", "2019-03-04")
    member.xing("2026-06-15").contact("Bela Brandt", "2019-03-04 10:00")


def own_lists_alone(member: Member) -> None:
    member.own("2026-11-20").views("2026-11-09", 7, 1)


@pytest.mark.parametrize("tell", [unfinished, one_platform_is_old, own_lists_alone])
@pytest.mark.parametrize("quiet", [False, True])
def test_a_week_that_is_not_known_whole_is_not_called_quiet(tell: Callable[[Member], None], quiet: bool) -> None:
    page = page_of(tell, quiet=quiet)
    assert page.headline in ("Was über diese Woche bekannt ist", "Diese Woche, soweit sie bekannt ist")
    assert "üblichen Woche" not in page.text


def test_a_week_with_nothing_in_it_is_quiet_where_all_of_it_is_known() -> None:
    def quiet(member: Member) -> None:
        member.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-03").message(
            "2026-10-13 10:00", "Anna Arndt", "in"
        )

    assert page_of(quiet).headline == "Eine ruhige Woche"


def noted(member: Member) -> None:
    member.linkedin("2026-11-20").connection("Anna Arndt", "2019-03-04")
    log = member.own("2026-11-20")
    log.entry("2026-11-11", "meeting", "Jörg Beispiel").entry("2026-11-12", "call", "Anna Arndt")
    log.entry("2026-11-16", "call", "Anna Arndt").entry("2026-11-17", "call", "Bela Brandt")


def test_what_the_member_noted_is_the_finding_of_a_week_without_other_news() -> None:
    page = page_of(noted)
    assert page.headline == "Von Ihnen notiert: ein Treffen und ein Telefonat"
    assert page_of(noted, "en").headline == "Noted by you: one meeting, one call"
    assert "Seit Sonntag, bis zum 20. November: zwei Telefonate." in page.text


def test_what_the_member_noted_is_told_below_another_finding() -> None:
    def rising(member: Member) -> None:
        export = member.linkedin("2026-11-20")
        for ago in range(30):
            for number in range(1 if ago else 30):
                export.connection(f"Person {ago} Nr{number}", str(MONDAY - timedelta(weeks=ago)))
        member.own("2026-11-20").entry("2026-11-11", "meeting", "Jörg Beispiel")

    page = page_of(rising)
    assert page.headline == "So viele neue Kontakte wie in keiner anderen Woche des letzten halben Jahres: 30"
    assert "Von Ihnen notiert: ein Treffen." in page.text


def small_rise(member: Member) -> None:
    export = member.linkedin("2026-11-20")
    for ago in range(40):
        for number in range(4 if ago == 0 else ago % 4 == 0):
            export.connection(f"Person {ago} Nr{number}", str(MONDAY - timedelta(weeks=ago)))


def test_a_sum_of_four_weeks_is_compared_with_such_sums() -> None:
    """Four in four weeks are not more than seven in the half year before, but more than one in any four weeks of it."""
    assert page_of(small_rise).headline == (
        "Vier neue Kontakte in vier Wochen, mehr als in je vier Wochen des halben Jahres davor"
    )
    assert page_of(small_rise, "en").headline == (
        "Four new contacts in four weeks, more than in any four weeks of the half year before"
    )


def active(weeks: set[int]) -> Callable[[Member], None]:
    def tell(member: Member) -> None:
        export = member.linkedin("2026-11-20")
        for ago in weeks:
            export.message(f"{MONDAY - timedelta(weeks=ago)} 10:00", "Anna Arndt", "out")

    return tell


@pytest.mark.parametrize(
    ("weeks", "is_said"),
    [
        (set(range(10)) | set(range(11, 21)), False),  # the same length once before
        (set(range(10)), False),  # the data begin with it
        (set(range(10)) | {30}, True),
        (set(range(10)) | set(range(11, 20)), True),
        (set(range(10)) | set(range(11, 25)), False),
    ],
)
def test_a_streak_is_the_longest_only_where_a_shorter_one_came_before(weeks: set[int], is_said: bool) -> None:
    page = page_of(active(weeks))
    assert ("So viele Wochen am Stück waren Sie noch nie aktiv." in page.text) == is_said
