"""Weeks of the member's clock, which of them a source covers, and what a number is compared with.

Each story is one member of the same database; its function's name is the member's key.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests import scenario
from tests.scenario import Stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

    from tests.scenario import Member

    Story = Callable[[Member], None]

stories = Stories()
ACTIVITY = ("posts", "comments", "reactions", "votes", "reposts")


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def weekly(told: DuckDBPyConnection, story: Story, name: str, platform: str = "linkedin") -> dict[str, Any]:
    return scenario.weekly(told, story.__name__, platform, name)


def at(told: DuckDBPyConnection, story: Story, name: str, week: str, platform: str = "linkedin") -> Any:
    return weekly(told, story, name, platform)[week]


def metric(told: DuckDBPyConnection, story: Story, name: str, platform: str = "all") -> dict[str, Any]:
    return scenario.metric(told, story.__name__, name, platform)


def compared(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("previous_week", "mean_4_weeks", "mean_12_weeks", "same_week_last_year"))


def mondays(first: str, weeks: int) -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=7 * n) for n in range(weeks)]


# Midnight in Berlin


@stories
def clock_changes(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    for last_second in ("2026-03-22 22:59:59", "2026-03-29 21:59:59", "2026-10-18 21:59:59", "2026-10-25 22:59:59"):
        export.reaction(last_second)
    for first_second in (
        *("2026-03-22 23:00:00", "2026-03-29 22:00:00", "2026-10-18 22:00:00", "2026-10-25 23:00:00"),
        "2026-10-25 23:00:00",
    ):
        export.comment(first_second)


def test_a_week_ends_at_midnight_in_berlin_before_and_after_both_clock_changes(told: DuckDBPyConnection):
    def found(name: str) -> dict[str, int]:
        return {week: value for week, value in weekly(told, clock_changes, name).items() if value}

    assert found("reactions") == {"2026-W12": 1, "2026-W13": 1, "2026-W42": 1, "2026-W43": 1}
    assert found("comments") == {"2026-W13": 1, "2026-W14": 1, "2026-W43": 1, "2026-W44": 2}


@stories
def far_from_berlin(ada: Member) -> None:
    ada.asked(time_zone="America/Los_Angeles")
    ada.linkedin("2026-11-20").reaction("2026-11-16 07:59:59").comment("2026-11-16 08:00:00")


def test_a_week_is_that_of_the_members_own_clock(told: DuckDBPyConnection):
    assert weekly(told, far_from_berlin, "reactions") == {"2026-W46": 1, "2026-W47": 0}
    assert weekly(told, far_from_berlin, "comments") == {"2026-W46": 0, "2026-W47": 1}


@stories
def connected_on_sunday(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-15").connection("Bela Brandt", "2026-11-16")
    ada.xing("2026-11-20").contact("Cem Cakir", "2026-11-15 22:59:59").contact("Dora Decker", "2026-11-15 23:00:00")


def test_a_day_is_a_day_on_any_clock_and_a_moment_has_its_day_there(told: DuckDBPyConnection):
    assert weekly(told, connected_on_sunday, "contacts_new") == {"2026-W46": 1, "2026-W47": 1}
    assert weekly(told, connected_on_sunday, "contacts_new", "xing") == {"2026-W46": 1, "2026-W47": 1}


# Names of weeks


@stories
def year_turns(ada: Member) -> None:
    ada.asked(week="2027-W01")
    export = ada.linkedin("2027-01-20")
    for day in ("2025-12-28", "2025-12-29", "2026-12-27", "2026-12-28", "2027-01-03", "2027-01-04"):
        export.reaction(f"{day} 12:00")


def test_years_turn_with_the_week_that_holds_their_first_thursday(told: DuckDBPyConnection):
    found = weekly(told, year_turns, "reactions")
    assert {week: value for week, value in found.items() if value} == {
        "2025-W52": 1,
        "2026-W01": 1,
        "2026-W52": 1,
        "2026-W53": 2,
        "2027-W01": 1,
    }
    assert len(found) == 1 + 53 + 3


def test_the_first_week_of_a_year_is_compared_with_the_first_and_the_last(told: DuckDBPyConnection):
    row = metric(told, year_turns, "reactions")
    assert (row["value"], row["previous_week"], row["same_week_last_year"]) == (1, 2, 1)


@stories
def week_53(ada: Member) -> None:
    ada.asked(week="2026-W53")
    export = ada.linkedin("2027-01-20")
    for monday in mondays("2025-12-01", 57):
        export.reaction(f"{monday} 12:00")


def test_week_53_has_no_counterpart_in_a_year_of_52(told: DuckDBPyConnection):
    row = metric(told, week_53, "reactions")
    assert (row["value"], row["previous_week"], row["same_week_last_year"]) == (1, 1, None)


# Which weeks there are


@stories
def two_platforms(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-14").empty("linkedin_messages")
    ada.xing("2026-11-02").contact("Bela Brandt", "2026-11-01 10:00")


def test_weeks_run_from_the_first_event_anywhere_to_the_newest_export_for_each_platform(told: DuckDBPyConnection):
    weeks = ["2026-W42", "2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47"]
    for platform in ("linkedin", "xing", "all"):
        assert list(weekly(told, two_platforms, "contacts_new", platform)) == weeks


def test_a_week_is_covered_while_it_began_before_the_export_was_made(told: DuckDBPyConnection):
    assert list(weekly(told, two_platforms, "contacts_new", "xing").values()) == [0, 0, 1, 0, None, None]
    assert list(weekly(told, two_platforms, "contacts_new", "linkedin").values()) == [1, 0, 0, 0, 0, 0]


def test_together_means_the_platforms_that_cover_the_week(told: DuckDBPyConnection):
    assert list(weekly(told, two_platforms, "contacts_new", "all").values()) == [1, 0, 1, 0, 0, 0]


def test_stocks_carry_the_last_known_value_of_a_platform_on(told: DuckDBPyConnection):
    for name in ("contacts_total", "persons_total"):
        assert list(weekly(told, two_platforms, name, "xing").values()) == [0, 0, 1, 1, None, None]
        assert list(weekly(told, two_platforms, name, "all").values()) == [1, 1, 2, 2, 2, 2]


@stories
def only_a_list_of_groups(ada: Member) -> None:
    ada.own("2026-11-20").group("11", "Data in Kiel")


def test_without_a_dated_event_there_is_no_week_and_no_report(told: DuckDBPyConnection):
    assert weekly(told, only_a_list_of_groups, "posts", "own") == {}
    found = told.execute("select count(member) from report_members where member = 'only_a_list_of_groups'").fetchall()
    assert found == [(0,)]


@stories
def groups_and_contacts(ada: Member) -> None:
    ada.own("2026-11-20").group("11", "Data in Kiel")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02")


def test_every_number_has_a_row_for_all_and_for_each_platform_with_an_export(told: DuckDBPyConnection):
    rows = told.execute(
        "select platform, count(distinct metric), count(metric) from report_metrics"
        " where member = 'groups_and_contacts' group by platform order by platform"
    ).fetchall()
    assert rows == [("all", 30, 30), ("linkedin", 30, 30), ("own", 30, 30)]
    assert metric(told, groups_and_contacts, "contacts_new", "own")["status"] == "absent"
    assert metric(told, groups_and_contacts, "contacts_new", "own")["reason"] is not None


# The week of the report


@pytest.mark.parametrize(
    ("as_of", "week"),
    [("2026-11-14", "2026-W45"), ("2026-11-15", "2026-W45"), ("2026-11-16", "2026-W46"), ("2026-11-20", "2026-W46")],
)
def test_the_week_is_the_last_whose_sunday_lies_before_the_newest_export(as_of: str, week: str):
    told = scenario.Scenario()
    ada = told.member()
    ada.linkedin(as_of).connection("Anna Arndt", "2026-01-10")
    ada.xing("2026-02-01").contact("Anna Arndt", "2026-01-10 10:00")
    models = scenario.ancestors(scenario.MODELS, "report_members")
    assert told.database(models=models).execute("select week_name from report_members").fetchall() == [(week,)]


@stories
def asked_for_an_early_week(ada: Member) -> None:
    ada.asked(week="2020-W53")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").reaction("2026-11-03 10:00")


@stories
def asked_for_a_late_week(ada: Member) -> None:
    ada.asked(week="2027-W10")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").reaction("2026-11-03 10:00")


@stories
def joined_this_week(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-18").reaction("2026-11-19 10:00")


@pytest.mark.parametrize("story", [asked_for_an_early_week, joined_this_week])
def test_a_week_before_the_first_event_has_every_number_and_knows_none(told: DuckDBPyConnection, story: Story):
    rows = scenario.rows_of(told, "select * from report_metrics where member = $1", [story.__name__])
    assert len(rows) == 2 * 30
    assert {row["status"] for row in rows} == {"absent"}
    assert {row["value"] for row in rows} == {None}
    assert all(row["reason"] for row in rows)
    assert {row["previous_week"] for row in rows} == {None}
    weeks = told.execute("select count(week) from report_weeks where member = $1", [story.__name__]).fetchall()
    assert weeks == [(0,)]


def test_a_week_after_the_last_export_knows_the_stocks_of_all_platforms_together_alone(told: DuckDBPyConnection):
    rows = scenario.rows_of(told, "select * from report_metrics where member = 'asked_for_a_late_week'")
    known = {(row["metric"], row["platform"]): row["value"] for row in rows if row["value"] is not None}
    assert known == {("contacts_total", "all"): 1, ("persons_total", "all"): 1}
    assert len(rows) == 2 * 30
    assert metric(told, asked_for_a_late_week, "reactions")["reason"] == "later"
    weeks = told.execute(
        "select week_name, count(platform) from report_weeks where member = 'asked_for_a_late_week' group by all order by week_name"
    ).fetchall()
    assert weeks[0][0] == "2026-W45"
    assert weeks[-1][0] == "2027-W10"
    assert {platforms for _, platforms in weeks} == {2}
    assert len(weeks) == 9 + 10


# Weeks that are not over


@stories
def in_the_middle_of_a_week(ada: Member) -> None:
    ada.asked(week="2026-W47")
    export = ada.linkedin("2026-11-20")
    for monday in mondays("2025-11-10", 54):
        for hour in range(8, 8 + monday.isocalendar().week % 3):
            export.reaction(f"{monday} {hour:02}:00")


def test_an_unfinished_week_has_values_and_is_compared_with_whole_ones(told: DuckDBPyConnection):
    row = metric(told, in_the_middle_of_a_week, "reactions")
    assert (row["value"], row["status"]) == (2, "measured")
    past = [week % 3 for week in range(35, 47)]
    assert compared(row) == (1, sum(past[-4:]) / 4, sum(past) / 12, 2)


@stories
def asked_for_the_week_after(ada: Member) -> None:
    ada.asked(week="2026-W48")
    export = ada.linkedin("2026-11-20")
    for monday in mondays("2025-11-10", 54):
        export.reaction(f"{monday} 08:00")


@stories
def made_on_a_sunday(ada: Member) -> None:
    ada.asked(week="2026-W47")
    export = ada.linkedin("2026-11-15")
    for monday in mondays("2025-11-10", 53):
        export.reaction(f"{monday} 08:00")
    ada.xing("2026-11-30").contact("Anna Arndt", "2026-11-01 10:00")


def test_an_unfinished_week_is_never_the_week_before_nor_in_a_mean(told: DuckDBPyConnection):
    assert compared(metric(told, asked_for_the_week_after, "reactions", "linkedin")) == (None, None, None, 1)
    assert compared(metric(told, asked_for_the_week_after, "active_weeks", "linkedin")) == (None, None, None, 3)
    # Together, no platform covers the week, and one those before it.
    assert compared(metric(told, asked_for_the_week_after, "reactions")) == (None, None, None, None)


def test_a_week_whose_sunday_is_the_day_of_the_export_is_not_over(told: DuckDBPyConnection):
    assert compared(metric(told, made_on_a_sunday, "reactions"))[:3] == (None, None, None)
    assert compared(metric(told, made_on_a_sunday, "reactions", "linkedin"))[:3] == (None, None, None)


@stories
def short_history(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    for monday in mondays("2026-10-12", 5):
        export.reaction(f"{monday} 08:00")


def test_a_mean_needs_all_of_its_weeks(told: DuckDBPyConnection):
    assert compared(metric(told, short_history, "reactions")) == (1, 1.0, None, None)
    row = metric(told, short_history, "reactions")
    assert (row["usual_low"], row["usual_high"]) == (None, None)


@stories
def messages_older_than_contacts(ada: Member) -> None:
    ada.asked(week="2026-W46")
    messages = ada.linkedin("2026-11-04")
    contacts = ada.linkedin("2026-11-20")
    for monday in mondays("2026-09-07", 9):
        messages.message(f"{monday} 08:00", "Anna Arndt", "out")
    contacts.connection("Anna Arndt", "2026-09-01")


def test_what_a_member_did_is_compared_as_far_as_the_sources_of_acts_reach(told: DuckDBPyConnection):
    for name in ("active_weeks", "streak_weeks", "care_weeks"):
        assert at(told, messages_older_than_contacts, name, "2026-W45") == 9
        assert at(told, messages_older_than_contacts, name, "2026-W46") is None
        row = metric(told, messages_older_than_contacts, name, "linkedin")
        # Week 45 has values up to the day of the messages, contacts of a later day make it no whole one.
        assert (row["value"], row["previous_week"], row["reason"]) == (None, None, "later")
    assert metric(told, messages_older_than_contacts, "contacts_new")["previous_week"] == 0


# Other platforms in other weeks


@stories
def xing_is_older(ada: Member) -> None:
    ada.asked(week="2026-W46")
    linkedin, xing = ada.linkedin("2026-11-20"), ada.xing("2026-10-28")
    for monday in mondays("2025-11-03", 55):
        linkedin.connection(f"Anna A{monday:%y%m%d}", f"{monday}")
        if f"{monday}" < "2026-10-28":
            xing.contact(f"Bela B{monday:%y%m%d}", f"{monday} 08:00")


def test_numbers_of_other_platforms_are_not_compared(told: DuckDBPyConnection):
    row = metric(told, xing_is_older, "contacts_new")
    assert row["value"] == 1
    # W45 is LinkedIn's alone, W44 and before both platforms'.
    assert compared(row) == (1, None, None, None)
    assert compared(metric(told, xing_is_older, "contacts_new", "linkedin")) == (1, 1.0, 1.0, 1)


def test_stocks_are_compared_across_the_end_of_a_platform(told: DuckDBPyConnection):
    row = metric(told, xing_is_older, "contacts_total")
    linkedin, xing = 54, 52
    assert (row["value"], row["previous_week"]) == (linkedin + xing, linkedin + xing - 1)
    assert row["same_week_last_year"] is not None


# Sources


@stories
def small_archive(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").message("2026-11-03 08:00", "Anna Arndt", "in")


def test_a_small_archive_knows_nothing_of_activity(told: DuckDBPyConnection):
    names = (*ACTIVITY, "visible_activity", "group_activity", "groups_active")
    for name in names:
        assert set(weekly(told, small_archive, name).values()) == {None}
        row = metric(told, small_archive, name)
        assert (row["value"], row["status"], row["reason"]) == (None, "absent", "missing")
    for name in ("recommendations_given", "endorsements_received"):
        assert set(weekly(told, small_archive, name).values()) == {None}


@stories
def one_activity_file(ada: Member) -> None:
    ada.linkedin("2026-11-20").vote("2026-11-03 08:00")


@stories
def an_empty_activity_file(ada: Member) -> None:
    ada.linkedin("2026-11-20").empty("linkedin_reposts").connection("Anna Arndt", "2026-11-02")


def test_one_activity_file_tells_that_the_missing_ones_are_empty(told: DuckDBPyConnection):
    assert {name: at(told, one_activity_file, name, "2026-W45") for name in ACTIVITY} == {
        "posts": 0,
        "comments": 0,
        "reactions": 0,
        "votes": 1,
        "reposts": 0,
    }
    assert {name: at(told, an_empty_activity_file, name, "2026-W45") for name in ACTIVITY} == dict.fromkeys(ACTIVITY, 0)
    assert at(told, an_empty_activity_file, "visible_activity", "2026-W45") == 0


@stories
def a_damaged_activity_file(ada: Member) -> None:
    ada.linkedin("2026-11-20").vote("2026-11-03 08:00").failed("linkedin_comments")


@stories
def nothing_but_damaged_activity(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").failed("linkedin_comments")


def test_a_file_that_could_not_be_read_is_absent_and_the_sum_uses_the_others(told: DuckDBPyConnection):
    assert at(told, a_damaged_activity_file, "comments", "2026-W45") is None
    assert at(told, a_damaged_activity_file, "posts", "2026-W45") == 0
    assert at(told, a_damaged_activity_file, "visible_activity", "2026-W45") == 1
    assert at(told, nothing_but_damaged_activity, "comments", "2026-W45") is None
    assert at(told, nothing_but_damaged_activity, "visible_activity", "2026-W45") is None


@stories
def a_damaged_part(ada: Member) -> None:
    ada.linkedin("2026-11-20").comment("2026-11-03 08:00").failed("linkedin_comments")


def test_a_file_in_parts_counts_as_far_as_it_could_be_read(told: DuckDBPyConnection):
    assert at(told, a_damaged_part, "comments", "2026-W45") == 1
    assert at(told, a_damaged_part, "visible_activity", "2026-W45") == 1


@stories
def activity_in_an_older_export(ada: Member) -> None:
    ada.asked(week="2026-W46")
    ada.linkedin("2026-11-04").reaction("2026-11-03 08:00")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-05")


def test_a_source_ends_with_the_export_that_holds_it(told: DuckDBPyConnection):
    assert weekly(told, activity_in_an_older_export, "reactions") == {
        **dict.fromkeys(["2026-W41", "2026-W42", "2026-W43", "2026-W44"], 0),
        "2026-W45": 1,
        "2026-W46": None,
        "2026-W47": None,
    }
    row = metric(told, activity_in_an_older_export, "reactions")
    assert (row["reason"], row["until"]) == ("later", date(2026, 11, 4))


@stories
def invitations_reach_back_some_weeks(ada: Member) -> None:
    ada.asked(week="2026-W42")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-05").invitation(
        "2026-10-26 10:00", "Bela Brandt", "in"
    )


def test_invitations_are_known_from_their_oldest_row_on(told: DuckDBPyConnection):
    for name in ("invitations_sent", "invitations_received", "invitations_accepted"):
        values = weekly(told, invitations_reach_back_some_weeks, name)
        assert [week for week, value in values.items() if value is not None] == [f"2026-W{n}" for n in range(44, 48)]
        row = metric(told, invitations_reach_back_some_weeks, name)
        assert (row["status"], row["reason"]) == ("absent", "earlier")


@stories
def two_windows_of_invitations(ada: Member) -> None:
    ada.asked(week="2026-W40")
    ada.linkedin("2026-08-19").invitation("2026-08-10 10:00", "Anna Arndt", "out")
    ada.linkedin("2026-11-20").invitation("2026-10-26 10:00", "Bela Brandt", "in")


def test_two_exports_of_invitations_may_leave_weeks_unknown_between_them(told: DuckDBPyConnection):
    values = weekly(told, two_windows_of_invitations, "invitations_received")
    assert [week for week, value in values.items() if value is not None] == [
        *("2026-W33", "2026-W34"),
        *("2026-W44", "2026-W45", "2026-W46", "2026-W47"),
    ]
    assert metric(told, two_windows_of_invitations, "invitations_received")["reason"] == "earlier"


@stories
def empty_invitations(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").empty("linkedin_invitations")


def test_a_file_of_invitations_without_rows_covers_no_week(told: DuckDBPyConnection):
    assert set(weekly(told, empty_invitations, "invitations_sent").values()) == {None}


@stories
def xing_alone(ada: Member) -> None:
    ada.xing("2026-11-20").contact("Anna Arndt", "2026-11-02 10:00").talk(
        "2026-11-03 08:00", "Hallo", "Anna Arndt", ("2026-11-03 08:00", "Anna Arndt")
    )


def test_what_no_export_of_xing_holds_is_absent_with_that_reason(told: DuckDBPyConnection):
    reasons = {
        name: metric(told, xing_alone, name, "xing")["reason"]
        for name in (
            "contacts_new",
            "invitations_sent",
            "posts",
            "endorsements_given",
            "profile_views",
            "messages_sent",
        )
    }
    assert reasons == {
        "contacts_new": None,
        "invitations_sent": "never",
        "posts": "never",
        "endorsements_given": "never",
        "profile_views": "never",
        "messages_sent": None,
    }
    assert metric(told, xing_alone, "recruiter_contacts", "xing")["reason"] == "names_only"


@stories
def held_back_and_broken(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02")
    ada.linkedin("2026-11-27", held_back="It is somebody else's.").empty("linkedin_shares")
    ada.xing("2026-11-27", error="It is no ZIP archive.")


def test_exports_that_are_not_used_cover_nothing(told: DuckDBPyConnection):
    assert list(weekly(told, held_back_and_broken, "contacts_new")) == ["2026-W45", "2026-W46", "2026-W47"]
    assert set(weekly(told, held_back_and_broken, "posts").values()) == {None}
    assert weekly(told, held_back_and_broken, "contacts_new", "xing") == {}


# Rhythm


@stories
def pauses(ada: Member) -> None:
    ada.asked(week="2026-W46")
    export = ada.linkedin("2026-11-20").empty("linkedin_recommendations_given")
    kinds = [
        lambda day: export.message(f"{day} 08:00", "Anna Arndt", "out"),
        lambda day: export.invitation(f"{day} 08:00", "Bela Brandt", "out"),
        lambda day: export.share(f"{day} 08:00"),
        lambda day: export.comment(f"{day} 08:00"),
        lambda day: export.reaction(f"{day} 08:00"),
        lambda day: export.vote(f"{day} 08:00"),
        lambda day: export.repost(f"{day} 08:00"),
    ]
    for monday, act in zip(mondays("2026-08-03", 7), kinds, strict=True):
        act(monday)
    # Received, or no act of one's own network: weeks 39 and 40 are pauses.
    export.message("2026-09-21 08:00", "Cem Cakir", "in").invitation("2026-09-22 08:00", "Dora Decker", "in")
    export.endorsement("2026-09-23 08:00", "Cem Cakir", "given").endorsement(
        "2026-09-23 08:00", "Cem Cakir", "received"
    )
    export.recommendation("2026-10-01 08:00", "Cem Cakir", "given")
    for monday in mondays("2026-10-05", 6):
        export.message(f"{monday} 08:00", "Anna Arndt", "out")


def test_a_week_is_active_by_an_own_act_and_a_run_ends_with_a_pause(told: DuckDBPyConnection):
    streak = weekly(told, pauses, "streak_weeks")
    assert [streak[f"2026-W{n}"] for n in range(32, 48)] == [1, 2, 3, 4, 5, 6, 7, 0, 0, 1, 2, 3, 4, 5, 6, 0]
    active = weekly(told, pauses, "active_weeks")
    assert (active["2026-W38"], active["2026-W40"], active["2026-W46"]) == (7, 7, 13)


def test_care_is_a_message_or_a_recommendation_to_somebody(told: DuckDBPyConnection):
    care = weekly(told, pauses, "care_weeks")
    assert (care["2026-W32"], care["2026-W39"], care["2026-W40"], care["2026-W46"]) == (1, 1, 2, 8)


@stories
def active_for_more_than_a_year(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    for monday in mondays("2025-09-01", 63):
        export.reaction(f"{monday} 08:00")


def test_active_weeks_are_those_of_the_last_52_and_a_run_may_be_longer(told: DuckDBPyConnection):
    assert at(told, active_for_more_than_a_year, "active_weeks", "2026-W46") == 52
    assert at(told, active_for_more_than_a_year, "streak_weeks", "2026-W46") == 63
    assert at(told, active_for_more_than_a_year, "active_weeks", "2026-W34") == 51


@stories
def active_here_and_there(ada: Member) -> None:
    ada.linkedin("2026-11-20").message("2026-11-02 08:00", "Anna Arndt", "out")
    ada.xing("2026-11-20").talk("2026-11-10 08:00", "Hallo", "Bela Brandt", ("2026-11-10 08:00", "Ada Beispiel"))


def test_a_run_goes_on_whatever_the_platform(told: DuckDBPyConnection):
    assert at(told, active_here_and_there, "streak_weeks", "2026-W46", "all") == 2
    assert at(told, active_here_and_there, "streak_weeks", "2026-W46") == 0
    assert at(told, active_here_and_there, "care_weeks", "2026-W46", "all") == 2


# Activity


@stories
def groups(ada: Member) -> None:
    eleven, twelve = (scenario.GROUP_LINK.format(group=group, post=7001) for group in (11, 12))
    ada.linkedin("2026-11-20").comment("2026-11-10 08:00", eleven).reaction("2026-11-10 08:01", eleven).vote(
        "2026-11-11 08:00", "https://www.linkedin.com/feed/update/urn:li:groupPost:12-7002"
    ).share("2026-11-12 08:00", twelve).share("2026-11-12 08:00", twelve).share("2026-11-13 09:00", twelve).reaction(
        "2026-11-12 09:00"
    ).reaction("2026-11-12 09:00").reaction(
        "2026-11-12 10:00",
        eleven + "?commentUrn=urn%3Ali%3Acomment%3A%28groupPost%3A11-7001%2C42%29",
    )


def test_activity_in_a_group_is_what_its_link_places_there(told: DuckDBPyConnection):
    week = {name: at(told, groups, name, "2026-W46") for name in (*ACTIVITY, "visible_activity", "group_activity")}
    assert week == {
        "posts": 1,  # once per link
        "comments": 1,
        "reactions": 4,  # equal records of one export count each
        "votes": 1,
        "reposts": 0,
        "visible_activity": 7,
        "group_activity": 5,
    }
    assert at(told, groups, "groups_active", "2026-W46") == 2


@stories
def overlapping_activity(ada: Member) -> None:
    first, second, third = ada.linkedin("2026-11-06"), ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    for export, reactions in ((first, 1), (second, 3), (third, 2)):
        for _ in range(reactions):
            export.reaction("2026-11-03 08:00")
        export.share("2026-11-03 09:00", scenario.POST_LINK.format(post=1))
        export.comment("2026-11-03 10:00", text_length=12)
        export.vote("2026-11-03 11:00")
        export.repost("2026-11-03 12:00")
        export.endorsement("2026-11-03 13:00", "Anna Arndt", "given")
        export.recommendation("2026-11-03 14:00", "Anna Arndt", "received")
    third.reaction("2026-11-03 08:00", type="PRAISE")


def test_of_equal_records_in_several_exports_the_largest_number_counts(told: DuckDBPyConnection):
    week = {name: at(told, overlapping_activity, name, "2026-W45") for name in ACTIVITY}
    assert week == {"posts": 1, "comments": 1, "reactions": 4, "votes": 1, "reposts": 1}
    assert at(told, overlapping_activity, "endorsements_given", "2026-W45") == 1
    assert at(told, overlapping_activity, "recommendations_received", "2026-W45") == 1


@stories
def undated(ada: Member) -> None:
    ada.linkedin("2026-11-20").endorsement(None, "Anna Arndt", "received").endorsement(
        "2026-11-10 08:00", "Anna Arndt", "received"
    ).recommendation(None, "Bela Brandt", "given")


def test_what_has_no_date_is_in_no_week(told: DuckDBPyConnection):
    assert weekly(told, undated, "endorsements_received") == {"2026-W46": 1, "2026-W47": 0}
    assert weekly(told, undated, "recommendations_given") == {"2026-W46": 0, "2026-W47": 0}
