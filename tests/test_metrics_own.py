"""What members keep by hand, in the numbers: the log, people known offline, copied views, applications and marks, row by row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import report
from pipelines.sentences import Sentences
from tests import scenario
from tests.scenario import MODELS, Member, Stories, link, weekly

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

AS_OF = "2026-11-20"
W45, W46, W47 = "2026-W45", "2026-W46", "2026-W47"
told = Stories()


@told
def only_a_log(ada: Member) -> None:
    ada.own(AS_OF).entry("2026-11-03", "meeting", "Anna Arndt").entry("2026-11-10", "greeting", "Bela Brandt")


@told
def log_beside_linkedin(ada: Member) -> None:
    ada.linkedin(AS_OF).message("2026-10-26 08:00", "Anna Arndt", "out").message(
        "2026-11-16 08:00", "Anna Arndt", "out"
    )
    ada.own(AS_OF).entry("2026-11-04", "call", "Cem Cakir").entry("2026-11-12", "advice_asked", "Cem Cakir")


@told
def empty_log(ada: Member) -> None:
    ada.linkedin("2026-11-06").message("2026-10-26 08:00", "Anna Arndt", "out")
    ada.own(AS_OF).empty("own_activity", "own_people", "own_visitors")


@told
def log_in_two_copies(ada: Member) -> None:
    older = (
        ada.own("2026-11-10").entry("2026-11-03", "meeting", "Anna Arndt").entry("2026-11-03", "meeting", "Anna Arndt")
    )
    older.entry("2026-11-04", "call", "Bela Brandt")
    ada.own(AS_OF).entry("2026-11-03", "meeting", "Anna  Arndt").entry("2026-11-12", "call", "Bela Brandt")


@told
def log_inside_an_export(ada: Member) -> None:
    ada.linkedin(AS_OF).connection("Anna Arndt", "2026-11-02").entry("2026-11-19", "meeting", "Anna Arndt")
    ada.own("2026-11-01").group("11", "Data in Kiel")


@told
def log_newer_than_the_export(ada: Member) -> None:
    _log_newer_than_the_export(ada)


@told
def log_newer_than_the_export_and_its_week_asked_for(ada: Member) -> None:
    _log_newer_than_the_export(ada.asked(week=W46))


def _log_newer_than_the_export(ada: Member) -> None:
    export = ada.linkedin("2026-11-13").connection("Anna Arndt", "2026-11-02").connection("Bela Brandt", "2026-11-10")
    export.message("2026-11-10 08:00", "Anna Arndt", "out")
    ada.own("2026-11-17").entry("2026-11-16", "meeting", "Anna Arndt")


@told
def lists_without_days(ada: Member) -> None:
    ada.linkedin("2026-11-13").message("2026-11-03 08:00", "Anna Arndt", "in").connection("Anna Arndt", "2026-11-02")
    ada.own("2026-11-30").group("11", "Data in Kiel").person("Jörg Groß", "1987-05-01").mark(
        "Jörg Groß", "done", "2026-11-30"
    )


@told
def views_of_three_screens(ada: Member) -> None:
    ada.linkedin(AS_OF).message("2026-10-26 08:00", "Anna Arndt", "out")
    own = (
        ada.own(AS_OF)
        .views("2026-11-02", 12, 3, platform="linkedin")
        .views("2026-11-09", 20, None, platform="linkedin")
    )
    own.views("2026-11-09", 18, 2, platform="linkedin").views("2026-11-09", 5, None, platform="xing").views(
        "2026-11-09", 2
    )


@told
def people_on_every_list(ada: Member) -> None:
    linkedin = ada.linkedin(AS_OF).message("2026-11-03 08:00", "Hanna Hirsch", "in")
    for name in ("Anna Arndt", "Bela Brandt", "Cem Cakir"):
        linkedin.connection(name, "2026-11-02", email_key=f"key of {name}")
    linkedin.connection("Dora Decker", "2026-11-02").connection(
        "Dora Decker", "2026-11-02", url=link("Dora Decker") + "-2"
    )
    xing = ada.xing(AS_OF).contact("Emil Engel", "2026-11-02 08:00").contact("Dora Decker", "2026-11-02 08:00")
    xing.contact("Anna Arndt", "2026-11-02 08:00")
    own = ada.own(AS_OF).person("Anna Arndt", "2015-01-01").person("B. Brandt", profile=link("Bela Brandt"))
    own.person("C. Cakir", email_key="key of Cem Cakir").person("Emil Engel").person("Fatma Falk", "2026-11-09")
    own.person("Dora Decker", profile=link("Dora Decker")).person("Gero Graf").person("Gero Graf").person(
        scenario.OWNER
    )


@told
def applications_of_two_sources(ada: Member) -> None:
    linkedin = ada.linkedin(AS_OF).connection("Anna Arndt", "2026-11-02", company="Kranwerk AG")
    linkedin.application("2026-10-05 08:00", "Nordlicht GmbH").application("2026-10-09 08:00", "Hafen SE")
    linkedin.application("2026-10-12 08:00", "Hafen SE", "Analystin").application("2026-10-31 23:30", "Kranwerk AG")
    ada.linkedin("2026-11-13").application("2026-10-05 08:00", "Nordlicht GmbH")
    own = ada.own(AS_OF).applied(
        "Nordlicht", "2026-10-06", through="Jörg", has_interview=True, interview_on=date(2026, 11, 12)
    )
    own.applied("Kranwerk", "2026-11-02", has_interview=True, interview_on=date(2026, 12, 1))
    own.applied("Kupfer KG", None, has_contact=True, contact_on=date(2026, 11, 3)).applied(
        "Werft", "2026-11-03", status="rejected"
    )
    own.applied("Lotsen e.V.", "2026-09-01", status="accepted").applied("Fähre", "2024-01-01")


@pytest.fixture(scope="module")
def database() -> DuckDBPyConnection:
    return told.scenario().database(models=MODELS)


def rows(database: DuckDBPyConnection, story: Callable[[Member], None], query: str) -> list[tuple[Any, ...]]:
    """Return what a query selects of one story; `mine` in it stands for the story's rows."""
    return database.execute(query.replace("mine", f"member = '{story.__name__}'")).fetchall()


def numbers(database: DuckDBPyConnection, story: Callable[[Member], None], platform: str, name: str) -> dict[str, Any]:
    return weekly(database, story.__name__, platform, name)


def metric(database: DuckDBPyConnection, story: Callable[[Member], None], name: str, platform: str = "all") -> tuple:
    query = (
        f"select value, status, reason from report_metrics where mine and metric = '{name}' and platform = '{platform}'"
    )
    return rows(database, story, query)[0]


def test_no_rule_is_broken(database: DuckDBPyConnection) -> None:
    assert report.broken(database, MODELS) == {}


def test_a_log_alone_is_a_report(database: DuckDBPyConnection) -> None:
    assert numbers(database, only_a_log, "own", "active_weeks") == {W45: 1, W46: 2, W47: 2}
    assert numbers(database, only_a_log, "all", "streak_weeks") == {W45: 1, W46: 2, W47: 0}
    assert numbers(database, only_a_log, "own", "care_weeks") == {W45: 1, W46: 1, W47: 1}
    assert metric(database, only_a_log, "care_weeks", "own") == (1, "measured", None)
    assert metric(database, only_a_log, "messages_sent", "own") == (None, "absent", "never")
    assert metric(database, only_a_log, "contacts_total") == (None, "absent", "missing")


def test_entries_make_weeks_active_that_no_export_knows_of(database: DuckDBPyConnection) -> None:
    assert numbers(database, log_beside_linkedin, "linkedin", "streak_weeks") == {"2026-W44": 1, W45: 0, W46: 0, W47: 1}
    assert numbers(database, log_beside_linkedin, "own", "streak_weeks") == {"2026-W44": 0, W45: 1, W46: 2, W47: 0}
    assert numbers(database, log_beside_linkedin, "all", "streak_weeks") == {"2026-W44": 1, W45: 2, W46: 3, W47: 4}
    assert numbers(database, log_beside_linkedin, "all", "active_weeks") == {"2026-W44": 1, W45: 2, W46: 3, W47: 4}


def test_a_call_is_care_and_advice_alone_is_none(database: DuckDBPyConnection) -> None:
    assert numbers(database, log_beside_linkedin, "own", "care_weeks") == {"2026-W44": 0, W45: 1, W46: 1, W47: 1}
    assert numbers(database, log_beside_linkedin, "all", "care_weeks") == {"2026-W44": 1, W45: 2, W46: 2, W47: 3}


def test_an_empty_log_claims_nothing_and_moves_no_week(database: DuckDBPyConnection) -> None:
    assert rows(database, empty_log, "select week_name, as_of from report_members where mine") == [
        ("2026-W44", date(2026, 11, 6))
    ]
    assert numbers(database, empty_log, "all", "active_weeks") == {"2026-W44": 1, W45: 1}
    assert set(numbers(database, empty_log, "own", "active_weeks").values()) == {None}
    assert metric(database, empty_log, "profile_views") == (None, "absent", "never")
    assert rows(database, empty_log, "select * from report_personal where mine") == []


def test_a_newer_log_moves_no_week_beyond_what_the_exports_cover_whole(database: DuckDBPyConnection) -> None:
    assert rows(database, log_newer_than_the_export, "select week_name, as_of from report_members where mine") == [
        (W45, date(2026, 11, 17))
    ]


def test_what_is_not_whole_is_compared_with_nothing(database: DuckDBPyConnection) -> None:
    found = rows(
        database,
        log_newer_than_the_export_and_its_week_asked_for,
        "select metric, value, is_whole from report_metrics where mine and platform = 'all'"
        " and metric in ('contacts_new', 'messages_sent', 'active_weeks', 'posts') order by position",
    )
    assert found == [
        ("contacts_new", 1, False),
        ("messages_sent", 1, False),
        ("posts", None, False),
        ("active_weeks", 1, False),
    ]
    say = Sentences("en")
    row = {"value": 1, "previous_week": 9}
    for is_whole, change in ((True, "eight fewer than in the week before"), (False, None)):
        assert say.change(row | {"is_whole": is_whole}) == change


def test_lists_of_people_groups_and_marks_move_no_week(database: DuckDBPyConnection) -> None:
    assert rows(database, lists_without_days, "select week_name, as_of from report_members where mine") == [
        (W45, date(2026, 11, 13))
    ]
    assert rows(database, lists_without_days, "select min(week), max(week) from weeks where mine") == [
        (date(2026, 11, 2), date(2026, 11, 9))
    ]


def test_copies_of_a_log_count_once(database: DuckDBPyConnection) -> None:
    found = rows(database, log_in_two_copies, "select day, kind, other, copy from own_entries where mine order by all")
    assert found == [
        (date(2026, 11, 3), "meeting", "anna arndt", 1),
        (date(2026, 11, 3), "meeting", "anna arndt", 2),
        (date(2026, 11, 4), "call", "bela brandt", 1),
        (date(2026, 11, 12), "call", "bela brandt", 1),
    ]
    personal = rows(
        database,
        log_in_two_copies,
        "select kind, entries_in_week, entries_recent, people_recent from report_personal where mine",
    )
    assert personal == [("call", 1, 2, 1), ("meeting", 0, 2, 1)]
    weeks = rows(database, log_in_two_copies, "select week_name, meetings, calls from report_personal_weeks where mine")
    assert weeks == [(W45, 2, 1), (W46, 0, 1)]


def test_a_log_may_lie_in_the_folder_of_another_export(database: DuckDBPyConnection) -> None:
    assert numbers(database, log_inside_an_export, "own", "care_weeks") == {W45: 0, W46: 0, W47: 1}


def test_views_are_measured_in_weeks_that_have_a_line(database: DuckDBPyConnection) -> None:
    first = {"2026-W44": None}
    assert numbers(database, views_of_three_screens, "linkedin", "profile_views") == first | {
        W45: 12,
        W46: 20,
        W47: None,
    }
    assert numbers(database, views_of_three_screens, "own", "profile_views") == first | {W45: None, W46: 7, W47: None}
    assert numbers(database, views_of_three_screens, "all", "profile_views") == first | {W45: 12, W46: 27, W47: None}
    assert numbers(database, views_of_three_screens, "all", "recruiter_views") == first | {W45: 3, W46: 2, W47: None}
    assert metric(database, views_of_three_screens, "profile_views") == (27, "measured", None)
    assert metric(database, views_of_three_screens, "recruiter_views", "own") == (None, "absent", "not_noted")


def test_copied_views_say_nothing_about_acts(database: DuckDBPyConnection) -> None:
    assert set(numbers(database, views_of_three_screens, "own", "active_weeks").values()) == {None}


def test_people_known_offline_are_persons_and_no_contacts(database: DuckDBPyConnection) -> None:
    mine = "select platform, contact, person from people where mine order by all"
    found = {(platform, contact): person for platform, contact, person in rows(database, people_on_every_list, mine)}
    assert {contact: person for (platform, contact), person in found.items() if platform == "own"} == {
        "anna arndt": "linkedin anna-arndt",
        "bela-brandt": "linkedin bela-brandt",
        "c cakir": "linkedin cem-cakir",
        "emil engel": "xing emil engel 2026-11-02",
        "fatma falk": "own fatma falk",
        # The list knows the link, so it tells which of two namesakes it means; XING joins it by the name that both know once.
        "dora-decker": "linkedin dora-decker",
        "gero graf": "own gero graf",
        "gero graf #2": "own gero graf #2",
    }
    assert found["xing", "anna arndt 2026-11-02"] == "linkedin anna-arndt"
    assert found["xing", "dora decker 2026-11-02"] == "linkedin dora-decker"
    assert numbers(database, people_on_every_list, "all", "persons_total") == {W45: 8, W46: 9, W47: 9}
    assert numbers(database, people_on_every_list, "own", "persons_total") == {W45: 7, W46: 8, W47: 8}
    assert numbers(database, people_on_every_list, "all", "contacts_total") == {W45: 8, W46: 8, W47: 8}
    assert numbers(database, people_on_every_list, "all", "contacts_new") == {W45: 8, W46: 0, W47: 0}
    assert set(numbers(database, people_on_every_list, "own", "contacts_total").values()) == {None}


def test_an_application_in_both_lists_counts_once(database: DuckDBPyConnection) -> None:
    found = rows(
        database,
        applications_of_two_sources,
        "select company_key, month, copy, stage, is_listed, title from applications where mine order by all",
    )
    assert found == [
        ("faehre", date(2024, 1, 1), 1, "application", True, None),
        ("hafen", date(2026, 10, 1), 1, "application", False, "Ingenieurin"),
        ("hafen", date(2026, 10, 1), 2, "application", False, "Analystin"),
        # Half past eleven in the evening of October in UTC is November in Berlin.
        ("kranwerk", date(2026, 11, 1), 1, "interview", True, "Ingenieurin"),
        ("kupfer", date(2026, 11, 1), 1, "contact", True, None),
        ("lotsen", date(2026, 9, 1), 1, "offer", True, None),
        ("nordlicht", date(2026, 10, 1), 1, "interview", True, "Ingenieurin"),
        ("werft", date(2026, 11, 1), 1, "application", True, None),
    ]


def test_ways_of_applications_and_what_became_of_them(database: DuckDBPyConnection) -> None:
    found = rows(
        database,
        applications_of_two_sources,
        "select path, applications, interviews, offers, still_open from report_application_stages where mine",
    )
    assert found == [("through", 1, 1, 0, 1), ("known", 1, 0, 0, 1), ("none", 4, 0, 1, 0)]


LISTED_ON = date(2026, 11, 20)


def after(*marks: tuple[str, str, int], met: int | None = None, profile: str | None = None) -> Callable[[Member], None]:
    """Tell a member for whom Anna waits, and these marks: a name, the mark, days before the export."""

    def tell(ada: Member) -> None:
        export = ada.linkedin(AS_OF).connection("Anna Arndt", "2020-03-02").connection("Bela Brandt", "2020-03-02")
        export.message("2026-11-02 08:00", "Anna Arndt", "out")
        export.message("2026-11-17 08:00", "Anna Arndt", "in", asks=True)
        own = ada.own("2026-11-30")
        for name, mark, days in marks:
            own.mark(name, mark, (LISTED_ON - timedelta(days=days)).isoformat(), profile=profile)
        if met is not None:
            ada.own(AS_OF).entry((LISTED_ON - timedelta(days=met)).isoformat(), "meeting", "Anna Arndt")

    return tell


def suggested(*tellers: Callable[[Member], None]) -> list[bool]:
    """Return of each member told whether Anna is suggested."""
    story = scenario.Scenario()
    keys = [f"m{number}" for number in range(len(tellers))]
    for key, tell in zip(keys, tellers, strict=True):
        tell(story.member(key))
    database = story.database(models=scenario.ancestors(MODELS, "report_people"))
    found = database.execute("select member from report_people where name = 'Anna Arndt'").fetchall()
    return [(key,) in found for key in keys]


@pytest.mark.parametrize(
    ("mark", "rests"), [("done", 84), ("later", 28), ("never", 10_000)], ids=["done", "later", "never"]
)
def test_a_mark_rests_its_time_and_no_longer(mark: str, rests: int) -> None:
    while_it_rests = [("Anna Arndt", mark, 0), ("Anna Arndt", mark, -3), ("anna  ARNDT", mark, rests - 1)]
    others = [after(), after(("Bela Brandt", mark, 0)), after(("Anna Arndt", mark, rests))]
    assert suggested(*map(after, while_it_rests), *others) == [False, False, False, True, True, mark != "never"]


def test_never_outlasts_what_is_marked_later() -> None:
    assert suggested(
        after(("Anna Arndt", "never", 400), ("Anna Arndt", "later", 300)),
        after(("Anna Arndt", "done", 400), ("Anna Arndt", "later", 300)),
    ) == [False, True]


def test_a_link_means_one_person_and_a_name_all_of_that_name() -> None:
    assert suggested(
        after(("somebody", "never", 0), profile=link("Anna Arndt")),
        after(("Anna Arndt", "never", 0), profile=link("Anna Arndt") + "-2"),
    ) == [False, True]


def test_whoever_was_met_these_days_is_not_suggested() -> None:
    assert suggested(after(met=0), after(met=14), after(met=15)) == [False, False, True]


def test_no_recruiter_is_no_reason_to_hide_somebody() -> None:
    assert suggested(after(("Anna Arndt", "no_recruiter", 0))) == [True]


DAYS = [date(2026, 8, 31) + timedelta(days=n) for n in range(80)]


LOG = st.tuples(
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(("meeting", "call", "greeting", "referral")))),
    st.lists(st.sampled_from(DAYS), min_size=1),
    st.sampled_from(DAYS[-30:]),
)
# Entries of a log, days of messages, and the day of the log.
Log = tuple[list[tuple[date, str]], list[date], date]


# Some members share a database: it is the making of the tables that takes long.
@settings(max_examples=settings().max_examples // 5)
@given(st.lists(LOG, min_size=8, max_size=8))
def test_any_log_counts_as_if_week_by_week(many: list[Log]) -> None:
    story = scenario.Scenario()
    for number, (entries, sent, as_of) in enumerate(many):
        member = story.member(f"m{number}")
        linkedin = member.linkedin("2026-11-30")
        for day in sent:
            linkedin.message(f"{day} 12:00", "Anna Arndt", "out")
        log = member.own(as_of.isoformat())
        for day, kind in entries:
            if day <= as_of:
                log.entry(day.isoformat(), kind)
    database = story.database(models=scenario.ancestors(MODELS, "weekly_metrics"))
    for number, life in enumerate(many):
        expected, own_active = week_by_week(*life)
        for name, values in expected.items():
            assert list(weekly(database, f"m{number}", "all", name).values()) == values
        assert list(weekly(database, f"m{number}", "own", "active_weeks").values()) == own_active


def week_by_week(
    entries: list[tuple[date, str]], sent: list[date], as_of: date
) -> tuple[dict[str, list[int]], list[int | None]]:
    """Return the numbers of all platforms together, and the active weeks of the log alone."""

    def monday(day: date) -> date:
        return day - timedelta(days=day.weekday())

    noted = [(day, kind) for day, kind in entries if day <= as_of]
    written = {monday(day) for day in sent}
    active = written | {monday(day) for day, _ in noted}
    care = written | {monday(day) for day, kind in noted if kind in ("meeting", "call")}
    own_weeks = {monday(day) for day, _ in noted}
    week, streak = min(active), 0
    expected: dict[str, list[int]] = {"active_weeks": [], "care_weeks": [], "streak_weeks": []}
    own_active: list[int | None] = []
    while week <= date(2026, 11, 30):
        year = {week - timedelta(days=7 * n) for n in range(52)}
        streak = streak + 1 if week in active else 0
        expected["active_weeks"].append(len(active & year))
        expected["care_weeks"].append(len(care & year))
        expected["streak_weeks"].append(streak)
        own_active.append(len(own_weeks & year) if noted and week <= as_of else None)
        week += timedelta(days=7)
    return expected, own_active
