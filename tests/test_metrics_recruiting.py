"""Who counts as a recruiting contact: by whom, how and when somebody wrote or invited first."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.archive import Limits, exports_below
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from pipelines.readers import own_list
from pipelines.steps import build, connect
from tests import scenario
from tests.scenario import Export, Scenario, ancestors, weekly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from duckdb import DuckDBPyConnection

MODELS = ancestors(scenario.MODELS, "recruiter_approaches")
AS_OF = "2026-11-20"
JOB = "Data Analyst (m/w/d) in Köln"


def graded(tell: Callable[[Export], Any]) -> dict[str, str]:
    """Return the grade of everybody who approached a member whose export `tell` fills."""
    told = Scenario()
    export = told.member("ada").linkedin(AS_OF)
    tell(export)
    return dict(
        told.database(models=MODELS).execute("select coalesce(name, other), grade from recruiter_approaches").fetchall()
    )


def test_an_inmail_with_a_job_in_its_subject_is_likely():
    assert graded(lambda e: e.message("2026-11-03 08:00", "Anna Arndt", "in", subject=JOB)) == {"Anna Arndt": "likely"}


def test_an_inmail_about_something_else_is_only_possible():
    told = graded(lambda e: e.message("2026-11-03 08:00", "Anna Arndt", "in", subject="Kurze Frage"))
    assert told == {"Anna Arndt": "possible"}


def test_a_message_without_subject_by_somebody_without_title_is_none():
    assert graded(lambda e: e.message("2026-11-03 08:00", "Anna Arndt", "in")) == {}


def test_a_recruiting_title_counts_for_messages_and_for_invitations():
    def tell(export: Export) -> None:
        export.connection("Anna Arndt", "2026-11-02", position="Recruiterin")
        export.connection("Bela Brandt", "2026-11-04", position="Personalberater")
        export.message("2026-11-05 08:00", "Anna Arndt", "in")
        export.invitation("2026-11-03 08:00", "Bela Brandt", "in")

    assert graded(tell) == {"Anna Arndt": "likely", "Bela Brandt": "likely"}


def test_human_resources_count_only_with_an_inmail_or_a_job_in_the_subject():
    def tell(export: Export) -> None:
        for name, connected_on in (
            ("Anna Arndt", "2026-11-10"),
            ("Bela Brandt", "2026-01-05"),
            ("Cem Cakir", "2026-01-05"),
        ):
            export.connection(name, connected_on, position="HR Business Partner")
        export.message("2026-11-03 08:00", "Anna Arndt", "in", subject="Guten Tag")
        export.message("2026-11-03 08:00", "Bela Brandt", "in", subject=JOB)
        export.message("2026-11-03 08:00", "Cem Cakir", "in")
        export.invitation("2026-11-03 08:00", "Dora Decker", "in")
        export.connection("Dora Decker", "2026-11-04", position="HR Managerin")

    assert graded(tell) == {"Anna Arndt": "likely", "Bela Brandt": "likely"}


def test_a_contact_who_passes_on_a_job_is_only_possible():
    def tell(export: Export) -> None:
        export.connection("Anna Arndt", "2025-01-07", position="Projektleiterin")
        export.message("2026-11-03 08:00", "Anna Arndt", "in", subject=JOB)

    assert graded(tell) == {"Anna Arndt": "possible"}


def test_whoever_the_member_wrote_to_or_invited_before_does_not_count():
    def tell(export: Export) -> None:
        for name in ("Anna Arndt", "Bela Brandt", "Cem Cakir"):
            export.connection(name, "2026-01-05", position="Senior Recruiter")
        export.message("2026-02-01 08:00", "Anna Arndt", "out")
        export.message("2026-02-02 08:00", "Anna Arndt", "in")
        export.message("2026-11-03 08:00", "Anna Arndt", "in", "2-other", subject=JOB)
        export.invitation("2026-01-04 08:00", "Bela Brandt", "out")
        export.message("2026-11-03 08:00", "Bela Brandt", "in")
        export.message("2026-11-03 08:00", "Cem Cakir", "in")
        export.message("2026-11-04 08:00", "Cem Cakir", "out")

    assert graded(tell) == {"Cem Cakir": "likely"}


def test_a_namesake_of_a_recruiter_is_somebody_else():
    def tell(export: Export) -> None:
        export.connection("Anna Arndt", "2026-01-05", position="Recruiterin")
        export.connection("Anna Arndt", "2026-01-06", position="Ärztin", url="https://www.linkedin.com/in/anna-2")
        export.message("2026-11-03 08:00", "Anna Arndt", "in", sender_url="https://www.linkedin.com/in/anna-2")

    assert graded(tell) == {}


def test_everybody_counts_once():
    def tell(export: Export) -> None:
        export.message("2026-09-03 08:00", "Anna Arndt", "in", "2-a", subject=JOB)
        export.message("2026-10-03 08:00", "Anna Arndt", "in", "2-b", subject="Noch einmal: " + JOB)
        export.invitation("2026-11-03 08:00", "Anna Arndt", "in")

    assert graded(tell) == {"Anna Arndt": "likely"}


def test_closed_accounts_are_different_people():
    def tell(export: Export) -> None:
        closed = {"sender": "LinkedIn Member", "sender_url": None, "subject": JOB}
        export.message("2026-09-03 08:00", "Anna Arndt", "in", "2-a", **closed)
        export.message("2026-10-03 08:00", "Bela Brandt", "in", "2-b", **closed)
        export.message("2026-01-03 08:00", "Cem Cakir", "out", "2-c", recipients="LinkedIn Member", recipient_urls=None)

    assert graded(tell) == {"conversation 2-a": "likely", "conversation 2-b": "likely"}


def test_what_lies_in_the_folder_for_spam_does_not_count():
    assert graded(lambda e: e.message("2026-11-03 08:00", "Anna Arndt", "in", subject=JOB, folder="SPAM")) == {}


def test_the_first_words_decide_not_a_later_subject():
    def tell(export: Export) -> None:
        export.message("2026-09-03 08:00", "Anna Arndt", "in", "2-a")
        export.message("2026-10-03 08:00", "Anna Arndt", "in", "2-b", subject=JOB)

    assert graded(tell) == {}


def test_on_xing_nobody_counts_because_its_export_holds_names_only():
    told = Scenario()
    told.member("ada").xing(AS_OF).talk("2026-11-03 08:00", JOB, "Anna Arndt", ("2026-11-03 08:00", "Anna Arndt"))
    database = told.database()
    assert database.execute("from recruiter_approaches").fetchall() == []
    statement = "select status, reason from report_metrics where metric = 'recruiter_contacts' and platform = 'xing'"
    assert database.execute(statement).fetchall() == [("absent", "names_only")]


@pytest.fixture(scope="module")
def invented(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[DuckDBPyConnection, dict[str, tuple[set[str], set[str]]]]:
    """Return invented members' approaches, and for each member who really recruited and everybody who wrote or invited first."""
    connection = connect()
    create_raw_tables(connection)
    truth = {}
    folder: Path = tmp_path_factory.mktemp("invented")
    for size, seeds in (("small", range(1, 6)), ("typical", range(1, 3))):
        for seed in seeds:
            key = f"{size}{seed}"
            member = make_member(seed, SIZES[size])
            exports = [
                e for path in write_exports(member, folder / key) for e in exports_below(path, own_list=own_list)
            ]
            ingest(connection, Member(key=key), exports, limits=Limits(), key=b"k" * 32)
            approaches = [a for a in member.approaches if a.channel != "xing"]
            truth[key] = (
                {a.person.slug for a in approaches if a.genuine},
                {a.person.slug for a in approaches if not a.genuine},
            )
    for model in scenario.MODELS:
        build(connection, model)
        if model.name == "recruiter_approaches":
            break
    return connection, truth


def test_invented_recruiters_are_found_and_nobody_else(invented):
    connection, truth = invented
    right = found = genuine = 0
    for key, (recruiters, impostors) in truth.items():
        statement = "select address from recruiter_approaches where member = $1 and grade = 'likely'"
        likely = {address for (address,) in connection.execute(statement, [key]).fetchall()}
        assert impostors
        right += len(likely & recruiters)
        found += len(likely)
        genuine += len(recruiters)
    assert right / found >= 0.95
    assert right / genuine >= 0.9


def test_the_own_log_makes_certain_what_was_likely_and_adds_whom_no_export_shows():
    told = Scenario()
    member = told.member("ada")
    export = member.linkedin(AS_OF)
    export.message("2026-11-03 08:00", "Anna Arndt", "in", subject=JOB)
    export.message("2026-11-03 08:00", "Bela Brandt", "in", subject=JOB)
    notes = member.own(AS_OF)
    notes.entry("2026-11-05", "recruiter_contact", "Anna Arndt")
    notes.entry("2026-11-06", "recruiter_contact", "Cem Cakir", platform="xing")
    database = told.database()
    statement = "select name, platform, grade, day from recruiter_approaches order by name"
    assert database.execute(statement).fetchall() == [
        ("Anna Arndt", "linkedin", "certain", date(2026, 11, 3)),
        ("Bela Brandt", "linkedin", "likely", date(2026, 11, 3)),
        ("Cem Cakir", "own", "certain", date(2026, 11, 6)),
    ]


def test_on_xing_the_number_is_there_from_the_first_logged_recruiter_on():
    told = Scenario()
    member = told.member("ada")
    member.xing(AS_OF).contact("Bela Brandt", "2026-09-01 08:00")
    member.own(AS_OF).entry("2026-11-04", "recruiter_contact", "Cem Cakir", platform="xing")
    database = told.database()
    assert weekly(database, "ada", "xing", "recruiter_contacts") == {
        week: {"2026-W45": 1, "2026-W46": 0, "2026-W47": 0}.get(week) for week in _weeks(database)
    }
    statement = (
        "select platform, value, status from report_metrics where metric = 'recruiter_contacts' order by platform"
    )
    assert database.execute(statement).fetchall() == [
        ("all", 0, "inferred"),
        ("own", None, "absent"),
        ("xing", 0, "inferred"),
    ]


@pytest.mark.parametrize("platform", ["xing", "linkedin", None])
def test_a_logged_recruiter_counts_whatever_exports_are_there(platform: str | None):
    told = Scenario()
    # The export of LinkedIn ends before the entry, and there is none of XING.
    member = told.member("ada", week="2026-W46")
    member.linkedin("2026-11-01").message("2026-10-20 08:00", "Anna Arndt", "out")
    member.own(AS_OF).entry("2026-11-10", "recruiter_contact", "Cem Cakir", platform=platform)
    database = told.database()
    statement = "select platform, value from report_metrics where metric = 'recruiter_contacts' order by platform"
    assert database.execute(statement).fetchall() == [("all", 1), ("linkedin", None), ("own", 1)]


def test_two_nameless_recruiters_of_one_day_are_two_wherever_they_wrote():
    told = Scenario()
    notes = told.member("ada", week="2026-W46").own(AS_OF)
    for platform in ("xing", "linkedin", "linkedin", None):
        notes.entry("2026-11-10", "recruiter_contact", platform=platform)
    statement = "select value from report_metrics where metric = 'recruiter_contacts' and platform = 'all'"
    assert told.database().execute(statement).fetchall() == [(4,)]


def _weeks(database: DuckDBPyConnection) -> list[str]:
    return [name for (name,) in database.execute("select name from weeks order by week").fetchall()]


def test_whoever_is_marked_as_no_recruiter_is_none_and_may_be_named_again():
    told = Scenario()
    member = told.member("ada")
    export = member.linkedin(AS_OF)
    export.connection("Anna Arndt", "2026-01-05", position="Recruiterin")
    export.message("2026-11-03 08:00", "Anna Arndt", "in", asks=True)
    export.message("2026-11-03 08:00", "Bela Brandt", "in", subject=JOB)
    own = member.own(AS_OF)
    for name in ("Anna Arndt", "Bela Brandt"):
        own.mark(name, "no_recruiter", "2026-11-10")
    database = told.database()
    assert database.execute("from recruiter_approaches").fetchall() == []
    assert database.execute("select name, reason from report_people").fetchall() == [("Anna Arndt", "waiting")]


@pytest.mark.parametrize(
    ("weeks", "contacts", "reason"), [(51, 30, "few_weeks"), (70, 19, "few_contacts"), (70, 20, None)]
)
def test_whether_recruiting_follows_activity_needs_a_year_and_twenty_contacts(weeks: int, contacts: int, reason: str):
    told = Scenario()
    export = told.member("ada").linkedin(AS_OF)
    first = date(2026, 11, 9) - timedelta(weeks=weeks - 1)
    export.comment(f"{first} 09:00")
    for number in range(weeks // 3):
        export.comment(f"{first + timedelta(weeks=3 * number + 1)} 09:00")
    for number in range(contacts):
        day = date(2026, 11, 9) - timedelta(weeks=2 * number % (weeks - 2))
        export.message(f"{day} 08:00", f"Anna Arndt{number}", "in", subject=JOB)
    told_reason = told.database().execute("select reason, weeks, contacts from report_recruiting_activity").fetchall()
    assert told_reason == [(reason, weeks, contacts)]


def test_recruiting_that_follows_activity_is_told_from_chance():
    told = Scenario()
    rng = random.Random(7)
    for key, follows in (("follows", True), ("chance", False)):
        export = told.member(key).linkedin(AS_OF)
        first = date(2026, 11, 9) - timedelta(weeks=150)
        busy = [rng.random() < 0.35 for _ in range(150)]
        for week, is_busy in enumerate(busy):
            day = first + timedelta(weeks=week)
            for hour in range(8 if is_busy else 1):
                export.comment(f"{day} {hour + 8:02}:00")
            recent = any(busy[max(0, week - 4) : week])
            if rng.random() < (0.6 if recent or not follows else 0.05) * (1 if follows else 0.5):
                export.message(f"{day} 08:30", f"Anna Arndt{week}", "in", subject=JOB)
    rows = (
        told.database()
        .execute("select member, difference, chance_low, chance_high from report_recruiting_activity")
        .fetchall()
    )
    found = {member: (difference, low, high) for member, difference, low, high in rows}
    assert found["follows"][0] > found["follows"][2] > 0 > found["follows"][1]
    assert found["chance"][1] <= found["chance"][0] <= found["chance"][2]


# What became of them


def test_an_answer_counts_within_28_days_and_a_message_is_open_until_then():
    told = Scenario()
    export = told.member("ada").linkedin(AS_OF)
    # Sunday is 15 November: 18 October had its 28 days, 19 October has them the day after.
    for name, written, answered in (
        ("Anna Arndt", "2026-09-01", "2026-09-29"),
        ("Bela Brandt", "2026-09-01", "2026-09-30"),
        ("Cem Cakir", "2026-10-18", None),
        ("Dora Decker", "2026-10-19", None),
        ("Emil Engel", "2026-10-19", "2026-11-15"),
        ("Fatma Falk", "2026-11-10", "2026-11-16"),
    ):
        export.message(f"{written} 08:00", name, "in", subject=JOB)
        if answered:
            export.message(f"{answered} 08:00", name, "out")
    names = ("wrote_first", "answered", "open", "unanswered", "ripe", "ripe_answered")
    database = told.database()
    [found] = database.execute(f"select {', '.join(names)} from report_recruiting").fetchall()
    assert dict(zip(names, found, strict=True)) == {
        "wrote_first": 6, "answered": 2, "open": 2, "unanswered": 2, "ripe": 3, "ripe_answered": 1,
    }  # fmt: skip
    # On the day of the export, 20 November, the message of 19 October is older than that and no longer to be looked at.
    assert database.execute("select name from report_open_approaches").fetchall() == []


def test_a_message_is_not_judged_before_the_export_has_seen_its_28_days():
    told = Scenario()
    told.member("ada", week="2026-W47").linkedin(AS_OF).message("2026-10-24 08:00", "Anna Arndt", "in", subject=JOB)
    database = told.database()
    assert database.execute("select open, ripe from report_recruiting").fetchall() == [(1, 0)]
    assert database.execute("select name from report_open_approaches").fetchall() == [("Anna Arndt",)]
