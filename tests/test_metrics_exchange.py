"""Giving and taking, bands of ties, woken ties and the reach of a network.

Each story is one member of the same database; its function's name is the member's key. The reported week is that of Monday,
9 November 2026, and ends on Sunday the 15th, where no story says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import scenario
from tests.scenario import NAMES, OWNER, Scenario, Stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from duckdb import DuckDBPyConnection

    from tests.scenario import Export, Member

    Story = Callable[[Member], None]

stories = Stories()
AS_OF = "2026-11-20"
SUNDAY = date(2026, 11, 15)
WEEKS = [date(2026, 11, 9) - timedelta(days=7 * n) for n in range(26)]
BANDS = ("often", "occasionally", "rarely", "dormant")


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def rows(told: DuckDBPyConnection, table: str, story: Story) -> list[dict[str, Any]]:
    return scenario.rows_of(told, f"select * from {table} where member = $1", [story.__name__])


def one(told: DuckDBPyConnection, table: str, story: Story) -> dict[str, Any]:
    [row] = rows(told, table, story)
    return row


def kinds(told: DuckDBPyConnection, story: Story) -> dict[str, tuple[int | None, int | None]]:
    return {row["kind"]: (row["given"], row["received"]) for row in rows(told, "report_giving", story)}


def wrote(export: Export, name: str, *, out: Iterable[date] = (), back: Iterable[date] = ()) -> None:
    for direction, days in (("out", out), ("in", back)):
        for day in days:
            export.message(f"{day} 12:00", name, direction)


# Giving and taking


@stories
def even_exchange(member: Member) -> None:
    export = member.linkedin(AS_OF)
    wrote(export, "Anna Arndt", out=WEEKS[:10], back=WEEKS[5:13])
    for minute in range(30):  # a thought cut into thirty messages
        export.message(f"2026-11-10 12:{minute:02}", "Anna Arndt", "out")
    wrote(export, "Bela Brandt", out=WEEKS[:9])  # never answered
    wrote(export, "Cem Cakir", back=WEEKS[:7])  # never answered by the member
    wrote(export, "Dora Decker", out=[WEEKS[25] - timedelta(days=1)], back=WEEKS[2:3])
    export.recommendation("2026-11-03 12:00", "Emil Engel", "given")
    export.recommendation("2026-05-01 12:00", "Emil Engel", "received")
    export.endorsement("2026-11-03 12:00", "Emil Engel", "received")
    export.comment("2026-11-03 12:00").reaction("2026-11-03 12:00").reaction("2026-11-04 12:00")


def test_a_day_of_writing_counts_once_for_each_person_and_only_between_people_who_both_write(told: DuckDBPyConnection):
    # Anna: ten Mondays and the Tuesday of the reported week; of Dora's two only the answer lies in the 26 weeks.
    assert kinds(told, even_exchange)["turns"] == (11, 9)


def test_recognition_counts_where_both_directions_were_exported(told: DuckDBPyConnection):
    found = kinds(told, even_exchange)
    assert found["recommendations"] == (1, 0)
    assert "endorsements" not in found  # the export holds none given


def test_public_acts_are_given_without_a_counterpart(told: DuckDBPyConnection):
    found = kinds(told, even_exchange)
    assert (found["comments"], found["reactions"], found["posts"]) == ((1, None), (2, None), (0, None))


def test_the_balance_rests_on_channels_with_two_directions(told: DuckDBPyConnection):
    row = one(told, "report_exchange", even_exchange)
    assert (row["weeks"], row["given"], row["received"]) == (26, 12, 9)
    assert row["people"] == 1  # Anna: the only one with whom both wrote in these weeks
    assert row["exchange_weeks"] == 13
    assert not row["is_one_sided"]


@stories
def with_a_log(member: Member) -> None:
    export = member.linkedin(AS_OF)
    wrote(export, "Anna Arndt", out=WEEKS[:3], back=WEEKS[:2])
    log = member.own(AS_OF)
    log.entry("2026-11-10", "meeting", "Anna Arndt").entry("2026-11-11", "advice_given", "Bela Brandt")
    log.entry("2026-11-11", "advice_asked", "Cem Cakir").entry("2026-11-12", "introduction", "Cem Cakir", "received")
    log.entry("2026-11-12", "recruiter_contact", "Dora Decker").entry("2026-01-05", "advice_given", "Bela Brandt")


def test_the_own_log_is_a_channel_and_what_is_mutual_counts_on_both_sides(told: DuckDBPyConnection):
    assert kinds(told, with_a_log)["log"] == (2, 3)
    row = one(told, "report_exchange", with_a_log)
    assert (row["given"], row["received"]) == (3 + 2, 2 + 3)
    assert "log" not in kinds(told, even_exchange)


@stories
def first_weeks(member: Member) -> None:
    wrote(member.linkedin(AS_OF), "Anna Arndt", out=WEEKS[:4], back=WEEKS[:4])


def test_a_short_history_says_how_short_it_is(told: DuckDBPyConnection):
    assert one(told, "report_exchange", first_weeks)["weeks"] == 4


@stories
def no_messages(member: Member) -> None:
    member.linkedin(AS_OF).connection("Anna Arndt", "2026-11-02").share("2026-01-05 12:00")


def test_without_messages_there_is_no_balance(told: DuckDBPyConnection):
    assert rows(told, "report_exchange", no_messages) == []
    assert kinds(told, no_messages) == {"posts": (0, None), "comments": (0, None), "reactions": (0, None), "reposts": (0, None)}  # fmt: skip


@stories
def asked_for_advice(member: Member) -> None:
    export = member.linkedin(AS_OF)
    wrote(export, "Anna Arndt", out=WEEKS, back=WEEKS)
    export.message("2026-11-11 12:00", "Anna Arndt", "out", asks_advice=True)
    export.message("2026-11-11 13:00", "Anna Arndt", "out", asks_advice=True)
    export.message("2026-08-24 12:00", "Bela Brandt", "out", asks_advice=True)
    export.message("2026-08-23 12:00", "Bela Brandt", "out", asks_advice=True)  # before the twelve weeks
    export.message("2026-11-11 14:00", "Anna Arndt", "in", asks_advice=True)


def test_own_messages_of_twelve_weeks_ask_for_advice(told: DuckDBPyConnection):
    row = one(told, "report_exchange", asked_for_advice)
    assert (row["advice_messages"], row["advice_people"]) == (3, 2)


# The guard against self-exploitation


def generous(export: Export, people: int, each: int, back: int, *, since: date = date(2026, 1, 5)) -> None:
    """Let the member write to `people` people on `each` days of the 26 weeks, who write back on `back` days."""
    for number in range(people):
        name = f"Person {chr(97 + number)}"
        wrote(export, name, out=[since, *WEEKS[:26:26 // each][:each]], back=[since, *WEEKS[1:26:26 // max(back, 1)][:back]])  # fmt: skip


@stories
def one_sided(member: Member) -> None:
    generous(member.linkedin(AS_OF), people=10, each=6, back=2)


@stories
def nine_people(member: Member) -> None:
    generous(member.linkedin(AS_OF), people=9, each=13, back=2)


@stories
def too_few_days(member: Member) -> None:
    generous(member.linkedin(AS_OF), people=10, each=5, back=1)


@stories
def more_than_half_came_back(member: Member) -> None:
    generous(member.linkedin(AS_OF), people=10, each=6, back=4)


@stories
def met_in_these_weeks(member: Member) -> None:
    generous(member.linkedin(AS_OF), people=12, each=6, back=1, since=WEEKS[24])


@stories
def one_sided_of_late(member: Member) -> None:
    export = member.linkedin(AS_OF)
    for number in range(10):
        name = f"Person {chr(97 + number)}"
        old = [date(2026, 1, 5)]
        wrote(export, name, out=old + WEEKS[:13], back=old + WEEKS[13:])


@stories
def recognised(member: Member) -> None:
    export = member.linkedin(AS_OF)
    generous(export, people=10, each=6, back=2)
    export.endorsement("2025-11-03 12:00", "Emil Engel", "given")
    export.endorsement("2026-11-03 12:00", "Emil Engel", "received")


def test_giving_is_one_sided_only_with_many_people_of_long_standing_in_both_halves(told: DuckDBPyConnection):
    row = one(told, "report_exchange", one_sided)
    assert (row["is_one_sided"], row["old_people"], row["old_given"], row["old_received"]) == (True, 10, 60, 20)
    for story in (
        nine_people,
        too_few_days,
        more_than_half_came_back,
        met_in_these_weeks,
        one_sided_of_late,
        recognised,
    ):
        assert not one(told, "report_exchange", story)["is_one_sided"], story.__name__


# Bands of ties


def bands(told: DuckDBPyConnection, story: Story) -> dict[str, int]:
    return {row["band"]: row["people"] for row in rows(told, "report_ties", story)}


@stories
def one_tie_a_limit(member: Member) -> None:
    export = member.linkedin(AS_OF)
    year = [SUNDAY - timedelta(days=n) for n in range(364)]
    long_ago = [date(2015, 1, 5)]
    wrote(export, "Often enough", out=year[:103], back=[year[103]])
    wrote(export, "Just below", out=year[:103], back=[year[102], *long_ago])
    wrote(export, "Twice", out=[year[0]], back=[year[363]])
    wrote(export, "No answer this year", out=year[:50], back=[year[363] - timedelta(days=1)])
    wrote(export, "Once", out=[year[0], year[363] - timedelta(days=1)], back=long_ago)
    wrote(export, "Nearly dormant", out=[date(2023, 11, 16)], back=long_ago)
    wrote(export, "Just dormant", out=[date(2023, 11, 15)], back=long_ago)
    wrote(export, "Only mine", out=year[:200])
    wrote(export, "Only theirs", back=year[:200])
    wrote(export, "After Sunday", out=[date(2026, 11, 16)], back=[date(2026, 11, 17)])
    export.connection("Never Written", "2026-10-01").connection("Undated Never", None).connection("Only mine", "2026-10-01")  # fmt: skip
    export.connection("Came After", "2026-11-16").connection("Often enough", "2026-10-01").hidden("2026-10-01")


def test_each_tie_falls_into_the_band_of_its_limits(told: DuckDBPyConnection):
    assert bands(told, one_tie_a_limit) == {"often": 1, "occasionally": 2, "rarely": 3, "dormant": 1, "never": 3}


def test_shares_are_told_from_ten_ties_on_and_never_has_none(told: DuckDBPyConnection):
    assert {row["share"] for row in rows(told, "report_ties", one_tie_a_limit)} == {None}
    shares = {row["band"]: row["share"] for row in rows(told, "report_ties", one_sided)}
    assert shares == {"often": 0, "occasionally": 1, "rarely": 0, "dormant": 0, "never": None}


def test_without_messages_nothing_is_said_of_ties(told: DuckDBPyConnection):
    assert bands(told, no_messages) == {}


@stories
def tie_on_old_xing(member: Member) -> None:
    member.linkedin(AS_OF).message("2026-11-10 12:00", "Anna Arndt", "out")
    xing = member.xing("2024-06-20")
    for day in ("2024-06-03", "2024-06-10"):
        xing.talk(f"{day} 10:00", day, "Cem Cakir", (f"{day} 10:00", OWNER), (f"{day} 11:00", "Cem Cakir"))


def test_a_platform_whose_export_ends_early_is_read_as_of_its_own_day(told: DuckDBPyConnection):
    assert bands(told, tie_on_old_xing)["occasionally"] == 1


TIES = scenario.ancestors(scenario.MODELS, "report_ties", "report_woken", "woken_ties")
days_ago = st.one_of(st.integers(-5, 800), st.sampled_from([-1, 0, 363, 364, 1095, 1096, 1097]), st.integers(800, 2500))
talks = st.lists(st.tuples(days_ago, st.booleans()), max_size=8)


# Some members share a database: it is the making of the tables that takes long.
@settings(max_examples=settings().max_examples // 5)
@given(st.lists(st.lists(talks, min_size=1, max_size=8), min_size=12, max_size=12))
def test_every_tie_falls_in_exactly_one_band(many: list[list[list[tuple[int, bool]]]]):
    told = Scenario()
    expected: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, people in enumerate(many):
        member = told.member(f"m{number:02}")
        export = member.linkedin(AS_OF).message("2010-01-04 12:00", "First Ever", "out")
        for name, talk in zip(NAMES, people, strict=False):
            export.connection(name, "2020-01-06")
            days = [(SUNDAY - timedelta(days=ago), mine) for ago, mine in talk]
            for day, mine in days:
                export.message(f"{day} 12:00", name, "out" if mine else "in")
            expected[member.key][_band([(day, mine) for day, mine in days if day <= SUNDAY])] += 1
    database = told.database(models=TIES)
    for key, bands_ in expected.items():
        rows_ = database.execute("select band, people from report_ties where member = $1", [key]).fetchall()
        assert sorted(rows_) == sorted((band, bands_[band]) for band in (*BANDS, "never"))
        assert sum(people for _, people in rows_) == bands_.total()


def _band(days: list[tuple[date, bool]]) -> str:
    if {mine for _, mine in days} != {True, False}:
        return "never"
    last = max(day for day, _ in days)
    if (last.year + 3, last.month, last.day) <= (SUNDAY.year, SUNDAY.month, SUNDAY.day):
        return "dormant"
    recent = [(day, mine) for day, mine in days if (SUNDAY - day).days < 364]
    in_year = len({day for day, _ in recent}) if len({mine for _, mine in recent}) == 2 else 0
    return "often" if in_year >= 104 else "occasionally" if in_year >= 2 else "rarely"


# Woken ties


@stories
def woken(member: Member) -> None:
    export = member.linkedin(AS_OF)
    both = {"out": [date(2020, 3, 2)], "back": [date(2020, 3, 3)]}
    for name, out, back in (
        ("Anna Arndt", ["2026-10-05"], ["2026-11-02"]),  # answered on the 28th day
        ("Bela Brandt", ["2026-10-05"], ["2026-11-03"]),  # a day late
        ("Cem Cakir", ["2026-11-02"], []),  # still open
        ("Dora Decker", [], ["2026-10-05"]),  # came back by herself
        ("Emil Engel", ["2026-07-01"], ["2026-07-01"]),  # the quarter before, both at noon: not begun by the member
        ("Fatma Falk", ["2025-12-31"], []),  # a quarter too early
        ("Gero Graf", ["2023-03-02"], []),  # a day less than three years, then more than three
        ("Hanna Hirsch", ["2026-11-16"], []),  # after the week
    ):
        wrote(export, name, out=both["out"], back=both["back"])
        wrote(export, name, out=map(date.fromisoformat, out), back=map(date.fromisoformat, back))
    wrote(export, "Ida Igel", out=[date(2020, 3, 2), date(2026, 10, 5)])  # she never wrote


def test_a_tie_is_woken_after_three_years_and_answered_within_28_days(told: DuckDBPyConnection):
    found = [
        (row["quarter"], row["woken"], row["answered"], row["open"], row["came_back"])
        for row in rows(told, "report_woken", woken)
    ]
    assert found == [(date(2026, 7, 1), 0, 0, 0, 1), (date(2026, 10, 1), 3, 1, 1, 1)]


def test_a_silence_of_three_years_to_the_day_wakes_and_one_day_less_does_not(told: DuckDBPyConnection):
    statement = "select person, silent_since, day from woken_ties where member = 'woken' and person like '%gero%'"
    assert told.execute(statement).fetchall() == []


@stories
def woken_to_the_day(member: Member) -> None:
    wrote(member.linkedin(AS_OF), "Gero Graf", out=[date(2020, 3, 2), date(2023, 3, 3)], back=[date(2020, 3, 3)])


def test_three_years_to_the_day_are_enough(told: DuckDBPyConnection):
    statement = "select silent_since, day, is_woken_by_member from woken_ties where member = 'woken_to_the_day'"
    assert told.execute(statement).fetchall() == [(date(2020, 3, 3), date(2023, 3, 3), True)]


# Reach


def employed(export: Export, *companies: str | None) -> None:
    for number, company in enumerate(companies):
        export.connection(f"Person {number}", "2026-10-05", company=company)


@stories
def spellings(member: Member) -> None:
    export = member.linkedin(AS_OF)
    employed(
        export, "Nordlicht GmbH", "Nordlicht GmbH", "NORDLICHT", "nordlicht gmbh & co. kg", "Südbrücke SE", "Suedbruecke",
        "selbstständig", "Selbständig", "Self-employed", "Freelance", "Freiberuflerin", "-", "arbeitssuchend", None,
    )  # fmt: skip


def test_a_company_is_one_whatever_its_spelling_and_working_for_oneself_is_none(told: DuckDBPyConnection):
    row = one(told, "report_reach", spellings)
    assert (row["contacts"], row["companies"], row["largest_five"], row["share"]) == (6, 2, 6, None)
    companies = [
        (row["value"], row["contacts"])
        for row in rows(told, "report_composition", spellings)
        if row["dimension"] == "company"
    ]
    assert companies == [("Nordlicht GmbH", 4), ("Suedbruecke", 2)]


@stories
def ten_companies(member: Member) -> None:
    employed(member.linkedin(AS_OF), *["Kranwerk AG"] * 8, *["Nordlicht"] * 4, *[f"Haus {n}" for n in range(8)])


@stories
def nine_companies(member: Member) -> None:
    employed(member.linkedin(AS_OF), *["Kranwerk AG"] * 12, *[f"Haus {n}" for n in range(8)])


def test_the_share_of_the_five_largest_is_told_from_ten_companies_and_twenty_contacts_on(told: DuckDBPyConnection):
    row = one(told, "report_reach", ten_companies)
    assert (row["contacts"], row["companies"], row["largest_five"], row["share"]) == (20, 10, 15, 0.75)
    assert one(told, "report_reach", nine_companies)["share"] is None


@stories
def colleagues_who_left(member: Member) -> None:
    employed(member.linkedin("2026-08-03"), "Nordlicht", "Kranwerk")
    employed(member.linkedin(AS_OF).connection("Later One", "2026-11-16", company="Haus 1"), "Nordlicht")


def test_reach_is_that_of_today_s_contacts_known_by_the_week(told: DuckDBPyConnection):
    assert one(told, "report_reach", colleagues_who_left)["companies"] == 1
