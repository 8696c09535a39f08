"""Warm paths, companies without one, people in no list, applications, groups and habits of time: what each counts and leaves out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests import scenario
from tests.scenario import GROUP_LINK, OWNER, Export, Member, Scenario, ancestors

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = (
    "report_warm_paths", "report_target_gaps", "report_new_fields", "report_applications", "report_groups", "report_visible_times",
    "target_companies",
)  # fmt: skip
MODELS = ancestors(scenario.MODELS, *TABLES)
TODAY = date(2026, 11, 20)
Row = dict[str, Any]


def at(days: int, hour: int = 9) -> str:
    return f"{TODAY - timedelta(days=days)} {hour:02}:00"


def tables(tell: Callable[[Member, Export], Any]) -> dict[str, list[Row]]:
    """Return the rows of TABLES for a member whose LinkedIn export `tell` fills."""
    told = Scenario()
    member = told.member("ada")
    tell(member, member.linkedin(TODAY.isoformat()))
    database = told.database(models=MODELS)
    found = {}
    for name in TABLES:
        result = database.execute(f"from {name}")
        columns = [column[0] for column in result.description or []]
        found[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return found


def test_companies_agree_by_whole_names_without_legal_form_and_roles_by_whole_words():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht AG").target("company", "Meta").target("role", "Senior Data Analyst (m/w/d)")
        for name, company, title in (
            ("Anna Arndt", "NORDLICHT Deutschland GmbH", "Gärtnerin"),
            ("Bela Brandt", "Metabase Labs", "Gärtner"),
            ("Cem Cakir", "Kranwerk AG", "Leitender Data-Analyst"),
            ("Dora Decker", "Kranwerk AG", "Data Analystin, Preise"),
            ("Emil Engel", "Kranwerk AG", "Data Analystics Lead"),
            ("Fatma Falk", "Kranwerk AG", "Metadata Analyst"),
        ):
            export.connection(name, "2020-02-03", company=company, position=title)

    found = tables(tell)
    paths = {row["name"]: (row["target"], row["role"]) for row in found["report_warm_paths"]}
    role = "Senior Data Analyst (m/w/d)"
    assert paths == {"Anna Arndt": ("Nordlicht AG", None), "Cem Cakir": (None, role), "Dora Decker": (None, role)}
    assert [(row["company"], row["companies"]) for row in found["report_target_gaps"]] == [("Meta", 1)]


def test_a_company_has_one_spelling_the_usual_one_and_on_a_tie_no_shouted_one():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht").target("company", "Kranwerk")
        for number, company in enumerate(("kranwerk ag", "kranwerk ag", "Kranwerk AG", "NORDLICHT SE", "Nordlicht SE")):
            export.connection(f"Person {number}", "2020-02-03", company=company)

    found = tables(tell)
    assert {row["company"] for row in found["report_warm_paths"]} == {"kranwerk ag", "Nordlicht SE"}


def test_the_strongest_path_comes_first_and_one_company_does_not_fill_the_list():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht")
        member.target("company", "Lichthof")
        for name in ("Anna Arndt", "Bela Brandt", "Cem Cakir", "Dora Decker"):
            export.connection(name, "2020-02-03", company="Nordlicht SE")
        export.connection("Emil Engel", "2020-02-03", company="Lichthof")
        export.message(at(900), "Bela Brandt", "out").message(at(899), "Bela Brandt", "in")
        export.message(at(30), "Cem Cakir", "out")
        export.message(at(40), "Emil Engel", "out").message(at(39), "Emil Engel", "in")

    names = [row["name"] for row in tables(tell)["report_warm_paths"]]
    assert names == ["Emil Engel", "Bela Brandt", "Cem Cakir"]


def test_whoever_does_not_answer_is_no_path():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht")
        export.connection("Anna Arndt", "2020-02-03", company="Nordlicht")
        export.message(at(40), "Anna Arndt", "out").message(at(30), "Anna Arndt", "out")

    found = tables(tell)
    assert found["report_warm_paths"] == []
    assert found["report_target_gaps"] == []


def test_nobody_marked_or_set_aside_is_a_path_or_somebody_who_is_there():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht")
        for name in ("Anna Arndt", "Bela Brandt", "Cem Cakir", "Emil Engel"):
            title = "Recruiterin" if name == "Emil Engel" else "Gärtnerin"
            export.connection(name, "2020-02-03", company="Nordlicht", position=title)
        for name in ("Dora Decker", "Gero Graf"):
            export.message(at(400), name, "out").message(at(399), name, "in")
        xing = member.xing(TODAY.isoformat()).contact("Fatma Falk", "2015-02-03 08:00")
        xing.contact("Hanna Hirsch", "2015-02-03 08:00")
        own = member.own(TODAY.isoformat())
        for name in ("Anna Arndt", "Dora Decker", "Fatma Falk"):
            own.mark(name, "never", "2024-01-08")
        # A rest that has ended names nobody any less.
        own.mark("Bela Brandt", "done", "2026-08-03").mark("Cem Cakir", "done", "2026-11-02")

    found = tables(tell)
    assert [row["name"] for row in found["report_warm_paths"]] == ["Bela Brandt"]
    fields = {row["kind"]: (row["people"], row["names"]) for row in found["report_new_fields"]}
    assert fields == {"unconnected": (1, ["Gero Graf"]), "xing_only": (1, ["Hanna Hirsch"])}
    assert found["report_target_gaps"] == []


def test_wishes_come_from_lists_of_the_last_year_and_the_strongest_names_the_company():
    def tell(member: Member, export: Export) -> None:
        member.target("company", "Nordlicht")
        export.add("linkedin_job_preferences", dream_companies="NORDLICHT AG | Lichthof")
        export.application(at(10), "Kranwerk AG").application(at(366), "Altwerk")
        export.add("linkedin_saved_jobs", saved_at=TODAY - timedelta(days=9), company="Kranwerk")
        export.add("linkedin_company_follows", followed_at=TODAY - timedelta(days=9), company="Moosgrün")
        export.add("linkedin_company_follows", followed_at=TODAY - timedelta(days=9), company="Eigenwerk GmbH")
        export.add("linkedin_positions", company="Eigenwerk", title="Analystin")

    found = {row["company"]: row["evidence"] for row in tables(tell)["target_companies"]}
    assert found == {"Nordlicht": "own", "Lichthof": "dream", "Kranwerk AG": "applied", "Moosgrün": "followed"}


def test_people_in_no_list_wrote_both_ways_and_were_never_connected():
    def tell(member: Member, export: Export) -> None:
        export.connection("Anna Arndt", "2020-02-03")
        for name in ("Anna Arndt", "Bela Brandt"):
            export.message(at(40), name, "out").message(at(39), name, "in")
        export.message(at(40), "Cem Cakir", "out")
        export.message(at(40), "Dora Decker", "in", subject="Data Analyst (m/w/d)").message(
            at(39), "Dora Decker", "out"
        )
        xing = member.xing(TODAY.isoformat()).contact("Anna Arndt", "2015-02-03 08:00")
        xing.contact("Emil Engel", "2015-02-03 08:00").contact("Fatma Falk", None)
        xing.talk(at(50), "Hallo", "Fatma Falk", (at(50), OWNER), (at(49), "Fatma Falk"))

    found = {row["kind"]: (row["people"], row["names"]) for row in tables(tell)["report_new_fields"]}
    assert found == {"unconnected": (1, ["Bela Brandt"]), "xing_only": (2, ["Fatma Falk", "Emil Engel"])}


def test_without_a_list_of_contacts_nobody_is_missing_from_it():
    def tell(member: Member, export: Export) -> None:
        export.message(at(40), "Bela Brandt", "out").message(at(39), "Bela Brandt", "in")
        member.xing(TODAY.isoformat()).contact("Emil Engel", "2015-02-03 08:00")

    assert tables(tell)["report_new_fields"] == []


def test_applications_are_counted_with_and_without_a_contact():
    def tell(member: Member, export: Export) -> None:
        export.connection("Anna Arndt", "2020-02-03", company="Nordlicht")
        export.application(at(20), "Nordlicht AG").application(at(30), "Nordlichtspiele").application(at(40), None)
        export.application(at(300), "Nordlicht")

    [row] = tables(tell)["report_applications"]
    assert {name: row[name] for name in ("applications", "with_contact", "without_contact", "unnamed")} == {
        "applications": 3,
        "with_contact": 1,
        "without_contact": 1,
        "unnamed": 1,
    }


def test_groups_are_told_week_by_week_with_their_share_of_all_visible_acts():
    def tell(member: Member, export: Export) -> None:
        one, other = (GROUP_LINK.format(group=group, post=1) for group in (11, 12))
        export.comment(at(8), one).comment(at(9), one).comment(at(22), one).comment(at(8), other)
        for days in (8, 15, 22, 29):
            export.comment(at(days))
        export.comment(at(200), one)

    rows = tables(tell)["report_groups"]
    told = [(row["group_id"], row["acts"], row["acts_in_week"], row["share"], row["weekly"][-3:]) for row in rows]
    assert told == [("11", 3, 2, 3 / 8, [1, 0, 2]), ("12", 1, 1, 1 / 8, [0, 0, 1])]


def test_a_habit_of_time_needs_a_hundred_hours_that_are_not_spread_evenly():
    monday = date(2026, 5, 25)

    def tell(weekday: int, weeks: int) -> Callable[[Member, Export], None]:
        def fill(member: Member, export: Export) -> None:
            for week in range(weeks):
                for number in range(5):
                    day = monday + timedelta(weeks=week, days=weekday if weekday >= 0 else (week * 5 + number) % 7)
                    hour = 7 + number % 3 if weekday >= 0 else 4 + (week * 5 + number) * 3 % 18
                    export.comment(f"{day} {hour:02}:30")

        return fill

    habit = tables(tell(2, 25))["report_visible_times"]
    assert [(row["hours"], row["weekday"], row["from_hour"]) for row in habit] == [(75, None, None)]
    [row] = tables(tell(-1, 25))["report_visible_times"]
    assert (row["hours"], row["weekday"], row["from_hour"]) == (125, None, None)


def test_the_weekday_and_the_part_of_the_day_are_the_members_own_clock():
    def tell(member: Member, export: Export) -> None:
        member.asked(time_zone="Asia/Tokyo")
        for week in range(25):
            day = date(2026, 5, 25) + timedelta(weeks=week, days=2)
            for hour in (15, 16, 17, 18, 19):
                export.comment(f"{day} {hour:02}:30")

    [row] = tables(tell)["report_visible_times"]
    # Half past three in the afternoon in London is half past midnight on Thursday in Tokyo.
    assert (row["hours"], row["weekday"], row["from_hour"]) == (125, 4, None)
