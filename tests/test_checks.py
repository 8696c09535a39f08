"""Every rule of sql/checks is silent over sound tables, and tells whose rows break it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import report, steps
from pipelines.readers import SOURCES
from tests.scenario import GROUP_LINK, MODELS, OWNER, OWNER_LINK, Scenario, insert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from tests.scenario import Member

CHECKS = {model.name: model for model in MODELS if model.layer == "checks"}


def everything(member: Member) -> None:
    """Tell a member with every kind of record twice, from two exports of LinkedIn and one of XING."""
    for as_of in ("2026-11-13", "2026-11-20"):
        export = member.linkedin(as_of)
        export.connection(OWNER, "2026-10-01", url=OWNER_LINK)
        export.connection("Anna Arndt", "2026-11-02").connection("Bela Brandt", None).hidden("2026-11-03")
        export.invitation("2026-11-01 10:00", "Anna Arndt", "out").invitation("2026-11-02 10:00", "Cem Cakir", "in")
        export.message("2026-11-03 08:00", "Anna Arndt", "out").message("2026-11-03 09:00", "Anna Arndt", "in")
        export.share("2026-11-04 08:00").comment("2026-11-04 09:00", GROUP_LINK.format(group=11, post=7001))
        export.reaction("2026-11-05 08:00").vote("2026-11-05 09:00").repost("2026-11-05 10:00")
        export.endorsement("2026-11-06 08:00", "Anna Arndt", "given").endorsement(None, "Anna Arndt", "received")
        export.recommendation("2026-11-06 08:00", "Anna Arndt", "received")
    xing = member.xing("2026-11-16").contact("Anna Arndt", "2026-11-02 10:00").contact(OWNER, "2026-11-02 10:00")
    xing.talk("2026-11-04 08:00", "Hallo", "Dora Decker", ("2026-11-04 08:00", OWNER))


@pytest.fixture(scope="module")
def sound() -> DuckDBPyConnection:
    told = Scenario()
    for key in ("ada", "bela"):
        everything(told.member(key))
    return told.database(models=MODELS)


@pytest.fixture
def tables(sound: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """Show the sound tables for one test, which may break them."""
    sound.execute("begin")
    yield sound
    sound.execute("rollback")


def found(connection: DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    steps.build(connection, CHECKS[name])
    return connection.execute(f"select member, what from {name}").fetchall()


@pytest.mark.parametrize("name", CHECKS)
def test_a_rule_is_silent_over_sound_tables(sound: DuckDBPyConnection, name: str):
    assert sound.execute(f"from {name}").fetchall() == []


# For each rule: statements that break it for ada alone, and what it then says.
ADA = "where member = 'ada'"
BROKEN: dict[str, list[tuple[str, str]]] = {
    "contacts_end_as_the_newest_export": [
        (f"update contact_growth set contacts_total = contacts_total - 1 {ADA} and platform = 'linkedin'", "linkedin: 2 instead of 3"),
        (f"update contact_growth set contacts_total = null {ADA} and platform = 'xing'", "xing: nothing instead of 1"),
        (f"delete from contact_growth {ADA} and platform = 'xing'", "xing: nothing instead of 1"),
        (f"insert into contact_snapshots select * replace ('x' as contact) from contact_snapshots {ADA} and platform = 'xing'", "xing: 1 instead of 2"),
    ],
    "every_week_has_every_platform": [
        (f"delete from weekly_metrics {ADA} and platform = 'xing' and week > date '2026-11-05'", "2026-11-09"),
        (f"insert into weekly_metrics select * from weekly_metrics {ADA} and week = date '2026-11-09'", "2026-11-09"),
        (f"delete from weekly_metrics {ADA}", "2026-10-26"),
        (f"delete from platform_weeks {ADA} and week = date '2026-11-16'", "2026-11-16"),
    ],
    "exports_belong_to_their_member": [
        (f"update raw_exports set held_back = 'It is somebody else''s.', export = 'abc' {ADA} and platform = 'xing'", "abc")
    ],
    "keys_are_unique": [
        (f"insert into {table} select * from {table} {ADA} limit 1", table)
        for table in (
            *("contact_days", "contact_roles", "contact_snapshots", "contacts", "conversations", "people"),
            *("platform_weeks", "stg_exports", "stg_members", "stg_sources", "weekly_metrics", "weeks"),
        )
    ]
    + [
        ("insert into stg_groups (member, group_id) values ('ada', '11'), ('ada', '11')", "stg_groups"),
        (
            "insert into recruiter_approaches (member, platform, other) values ('ada', 'linkedin', 'x'), ('ada', 'linkedin', 'x')",
            "recruiter_approaches",
        ),
    ],
    "logged_recruiters_are_counted": [
        (
            "insert into recruiter_approaches (member, platform, other) values ('ada', 'xing', 'cem cakir')",
            "xing",
        ),
        (
            f"""insert into recruiter_approaches (member, platform, other) values ('ada', 'own', 'cem cakir');
            update weekly_metrics set recruiter_contacts = 2, platform = 'own' {ADA} and platform = 'xing' and week = date '2026-11-02'""",
            "own",
        ),
    ],
    "no_touch_is_lost_on_the_way": [
        (f"delete from touches {ADA} and kind = 'message' and platform = 'xing'", "messages"),
        (f"insert into touches select * from touches {ADA} and kind = 'invitation' limit 1", "invitations"),
        (f"update weekly_metrics set visible_activity = null {ADA}", "visible activity"),
        (f"update weekly_metrics set endorsements_given = 0 {ADA}", "recommendations and endorsements"),
        (f"delete from weekly_metrics {ADA}", "messages, visible activity, invitations, recommendations and endorsements"),
    ],
    "nothing_is_later_than_its_export": [
        (f"update touches set day = date '2026-11-21' {ADA} and kind = 'vote'", "linkedin vote"),
        (f"update touches set day = date '2026-11-17' {ADA} and platform = 'xing'", "xing message"),
        (f"update contacts set connected_on = date '2026-11-21' {ADA} and platform = 'linkedin'", "linkedin contact"),
    ],
    "read_is_kept_plus_refused": [
        (f"update raw_files set rows_read = rows_read + 1 {ADA} and file = 'linkedin_votes.csv'", "linkedin_votes.csv"),
        (f"update raw_files set rows_kept = null {ADA} and file = 'linkedin_votes.csv'", "linkedin_votes.csv"),
    ],
    "sources_are_fresh": [
        (f"update report_sources set as_of = date '2026-10-22' {ADA} and platform = 'xing'", "xing_contacts 2026-10-22"),
    ],
    "the_member_is_no_contact": [
        (f"update contacts set address = 'ada-beispiel' {ADA} and folded_name = 'anna arndt' and platform = 'linkedin'", "linkedin"),
        (f"update contacts set folded_name = 'ada beispiel' {ADA} and platform = 'xing'", "xing"),
    ],
    "the_reported_week_is_the_one_asked_for": [
        (f"update report_members set week_name = '2026-W45' {ADA}; update raw_members set week = '2026-W46' {ADA}", "2026-W45"),
        (f"update report_members set week = date '2026-11-10' {ADA}", "2026-W46"),
        (f"update report_members set week = date '2026-11-02', week_name = '2026-W45' {ADA}", "2026-W45"),
        (f"update report_members set week = date '2026-11-16', week_name = '2026-W47' {ADA}", "2026-W47"),
    ],
    "visible_activity_is_its_parts": [
        (f"update weekly_metrics set votes = 7 {ADA} and platform = 'linkedin' and week = date '2026-11-02'", "linkedin 2026-11-02"),
        (f"update weekly_metrics set group_activity = 99 {ADA} and platform = 'all' and week = date '2026-11-02'", "all 2026-11-02"),
        (f"update weekly_metrics set groups_active = 2 {ADA} and platform = 'all' and week = date '2026-11-02'", "all 2026-11-02"),
        (f"update weekly_metrics set visible_activity = null {ADA} and platform = 'all' and week = date '2026-11-02'", "all 2026-11-02"),
    ],
    "weeks_have_no_gap": [
        (f"delete from weeks {ADA} and week = date '2026-11-02'", "3 weeks instead of 4"),
        (f"insert into weeks select * from weeks {ADA} and week = date '2026-11-02'", "5 weeks instead of 4"),
        (f"update weeks set week = week + 1 {ADA}", "a week that begins on no Monday"),
    ],
    "tables_hold_what_was_kept": [
        (f"delete from raw_linkedin_votes {ADA}", "linkedin_votes: 2 kept, 0 stored"),
        (f"delete from raw_files {ADA} and source = 'xing_contacts'", "xing_contacts: 0 kept, 2 stored"),
        (f"delete from stg_exports {ADA} and platform = 'xing'", "xing_contacts: 0 kept, 2 stored"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "statement", "what"),
    [(name, statement, what) for name, cases in BROKEN.items() for statement, what in cases],
)
def test_a_rule_tells_whose_rows_break_it_and_how(tables: DuckDBPyConnection, name: str, statement: str, what: str):
    tables.execute(statement)
    rows = found(tables, name)
    assert ("ada", what) in rows
    assert {member for member, _ in rows} == {"ada"}


def test_every_rule_can_be_broken():
    assert set(BROKEN) == set(CHECKS)


@pytest.mark.parametrize("source", [source.name for source in SOURCES])
def test_no_source_can_lose_a_record_unseen(tables: DuckDBPyConnection, source: str):
    keys = {"member": "ada", "export": "ada-linkedin-2026-11-20-2", "file": "extra.csv", "row": 1}
    insert(tables, f"raw_{source}", [keys])
    rows = found(tables, "tables_hold_what_was_kept")
    assert [member for member, what in rows if what.startswith(f"{source}:")] == ["ada"]


@pytest.mark.parametrize(("day", "rows"), [("2026-10-23", 0), ("2026-10-22", 1)])
def test_a_source_is_stale_after_four_weeks(tables: DuckDBPyConnection, day: str, rows: int):
    tables.execute(f"update report_sources set as_of = date '{day}' {ADA} and source = 'xing_contacts'")
    assert len(found(tables, "sources_are_fresh")) == rows


def test_a_week_that_was_asked_for_need_not_be_over(tables: DuckDBPyConnection):
    tables.execute(f"update raw_members set week = '2026-W47' {ADA}")
    tables.execute(f"update report_members set week = date '2026-11-16', week_name = '2026-W47' {ADA}")
    assert found(tables, "the_reported_week_is_the_one_asked_for") == []


def test_facts_about_a_members_data_stop_no_report_and_mistakes_of_the_program_do(tables: DuckDBPyConnection):
    warnings = {name for name, model in CHECKS.items() if model.severity == "warn"}
    assert warnings == {"exports_belong_to_their_member", "sources_are_fresh"}
    broken: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(CHECKS):
        tables.execute(f"delete from {name}")
        tables.execute(f"insert into {name} values ('{'ada' if name in warnings else 'bela'}', 'x'), ('cem', 'x')")
        if name not in warnings:
            broken["bela"].append(name)
    assert report.broken(tables, MODELS) == {"bela": broken["bela"], "cem": broken["bela"]}


def test_a_member_with_a_broken_rule_is_the_only_one_without_a_report(tables: DuckDBPyConnection):
    tables.execute("insert into weeks_have_no_gap values ('ada', 'x')")
    assert set(report.broken(tables, MODELS)) == {"ada"}
