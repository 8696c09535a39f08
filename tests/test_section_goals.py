"""What page and report.json say of baseline and goals, on which columns it rests, and what they never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.demo import SIZES, make_member, write_exports
from pipelines.members import Member
from pipelines.plans import Goal, Session
from pipelines.sections import goals
from pipelines.sentences import Sentences
from tests.bucket import Bucket
from tests.test_sections_exchange import Watched

SAY, QUIET = Sentences("en"), Sentences("en", quiet=True)
GOAL = {
    "metric": "messages_sent", "amount": 5, "first_day": date(2026, 8, 3), "last_day": date(2026, 11, 29), "is_begun": True,
    "is_over": False, "weeks": 15, "weeks_met": 10, "this_week": 6, "is_reached": True,
}  # fmt: skip
START = {"started_on": date(2026, 8, 3), "weeks_passed": 15}
ADA = Member(
    "ada",
    "Ada Beispiel-Köhler",
    language="en",
    week="2026-W46",
    start=date(2026, 8, 3),
    sessions=(Session(date(2026, 8, 31)), Session(date(2026, 10, 12), ("Write to two colleagues.", "Call Jörg"))),
    goals=(Goal("messages_sent", 1, date(2026, 8, 3), date(2026, 11, 29)),),
)


WITHOUT = replace(ADA, key="without", start=None, sessions=(), goals=())
FIRST = replace(ADA, key="first", start=date(2026, 11, 16), goals=())
HELPED = replace(ADA, key="helped")
APPLICATIONS = (
    "Firma;Bewerbung;Gespräch;Angebot;Über wen\nNordlicht;10.08.2026;01.09.2026;;Jörg Groß\nWerft AG;12.10.2026;;;\n"
)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    """The same exports of members with other plans, and one who has a list of applications."""
    made, inbox = Bucket(), tmp_path_factory.mktemp("inbox")
    exports = write_exports(make_member(1, SIZES["small"], name=ADA.name), inbox)
    for member in (ADA, WITHOUT, FIRST):
        made.read(member, exports)
    own = tmp_path_factory.mktemp("own") / "applications.csv"
    own.write_text(APPLICATIONS, encoding="utf-8")
    made.read(HELPED, [*exports, own])
    return made


def report(bucket: Bucket, member: Member) -> tuple[dict[str, Any], str]:
    document = bucket.document(member)
    return document, document["page"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Messages sent: six this week, the goal of five is reached. Reached in 10 of 15 weeks."),
        ({"weeks_met": 15}, "Messages sent: six this week, the goal of five is reached. Reached in each of 15 weeks."),
        ({"weeks": 1, "weeks_met": 1}, "Messages sent: six this week, the goal of five is reached."),
        ({"this_week": 3, "is_reached": False}, "Messages sent: three this week, the goal is five. Reached in 10 of 15 weeks."),
        ({"this_week": 3, "is_reached": False, "weeks_met": 0}, "Messages sent: three this week, the goal is five."),
        ({"this_week": 3, "is_reached": None, "weeks_met": 0}, "Messages sent: three this week, the goal is five."),
        ({"this_week": None, "is_reached": None}, "Messages sent: the goal is at least five a week. Reached in 10 of 15 weeks."),
        ({"this_week": None, "is_reached": None, "weeks": 1, "weeks_met": 1}, "Messages sent: the goal is at least five a week. Reached in one week."),
        ({"this_week": None, "is_reached": None, "is_over": True}, "Messages sent: the goal was at least five a week. Reached in 10 of 15 weeks."),
        ({"this_week": None, "is_reached": None, "weeks": 0, "weeks_met": 0, "is_begun": False}, "Messages sent: from 3 August 2026 on at least five a week."),
    ],
)  # fmt: skip
def test_a_goal_is_told_by_its_numbers(changes: dict[str, Any], sentence: str):
    row = Watched(GOAL | changes)
    assert goals.goal_sentence(SAY, row) == sentence
    allowed = {"metric", "amount", "first_day", "is_begun", "is_over", "weeks", "weeks_met", "this_week", "is_reached"}
    assert row.read <= allowed


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_goal_that_was_not_reached_is_never_a_reproach(language: str):
    said = goals.goal_sentence(Sentences(language), GOAL | {"this_week": 0, "is_reached": False, "weeks_met": 0})
    for word in ("leider", "nur", "verfehlt", "nicht", "missed", "only", "not ", "failed", "15"):
        assert word not in said


def test_a_quiet_page_names_a_goal_without_counting_weeks():
    assert goals.goal_sentence(QUIET, GOAL) == "Messages sent: six this week, the goal of five is reached."
    undone = GOAL | {"this_week": 0, "is_reached": False}
    assert goals.goal_sentence(QUIET, undone) == "Messages sent: the goal is at least five a week."


@pytest.mark.parametrize(
    ("start", "reached", "heading"),
    [
        (START, [True], "The goal of this week is reached"),
        (START, [True, False], "One goal of this week is reached"),
        (START, [True, True, None], "Two goals of this week are reached"),
        (START, [False], "15 weeks since the start"),
        (START | {"weeks_passed": 1}, [], "One week since the start"),
        (START | {"weeks_passed": 0}, [], "Where you start from: the twelve weeks before"),
        (None, [False], "Your goal"),
        (None, [None, False], "Your goals"),
        (None, [], "What you agreed on, and what came of it"),
    ],
)
def test_the_heading_is_what_was_reached_or_where_the_member_stands(start: Any, reached: list[Any], heading: str):
    rows = [Watched(GOAL | {"is_reached": one}) for one in reached]
    assert goals._heading(SAY, start, rows) == heading
    assert all(row.read <= {"is_reached"} for row in rows)


def test_few_weeks_are_said_to_be_few():
    assert "few weeks" in goals._sides(SAY, START | {"weeks_passed": 3}, [])[-1]
    assert "few weeks" not in goals._sides(SAY, START | {"weeks_passed": 4}, [])[-1]


def test_messages_are_told_where_they_did_not_become_fewer():
    row = {"metric": "messages_sent", "before_mean": 2.5, "before_weeks": 12, "since_mean": 3.25, "since_weeks": 15}
    told = "In 15 weeks since 3 August 2026 you wrote 3.2 messages a week on average, in 12 weeks before it 2.5."
    assert goals._sides(SAY, START, [row]) == [told]
    for less in ({"since_mean": 2.4}, {"since_weeks": 3}):
        assert goals._sides(SAY, START, [row | less]) == [
            "The table sets the weeks since 3 August 2026 beside the twelve before."
        ]


def test_the_report_holds_sessions_baseline_goals_and_outcomes(bucket: Bucket):
    document, page = report(bucket, ADA)
    assert document["sessions"] == [
        {"on": "2026-08-31", "agreed": []},
        {"on": "2026-10-12", "agreed": ["Write to two colleagues.", "Call Jörg"]},
    ]
    baseline = document["baseline"]
    assert [baseline[name] for name in ("from", "to", "start")] == ["2026-W20", "2026-W31", "2026-08-03"]
    numbers = {number["name"]: number for number in baseline["numbers"]}
    assert list(numbers["contacts_new"])[:7] == ["name", "unit", "status", "reason", "baseline", "since", "weeks_since"]
    assert numbers["messages_sent"]["baseline"] > 0
    assert numbers["messages_sent"]["weeks_since"] == 15
    assert numbers["contacts_new"]["label"] == "New contacts that still exist today"
    assert (numbers["profile_views"]["status"], numbers["profile_views"]["baseline"]) == ("absent", None)
    assert numbers["profile_views"]["reason"] == "No export holds who looked at a profile."
    [goal] = document["goals"]
    assert list(goal) == [
        "metric", "label", "amount", "per", "from", "to", "weeks", "weeks_met", "this_week", "reached", "sentence",
    ]  # fmt: skip
    assert goal["sentence"] in page
    assert document["outcomes"] is None
    assert "Agreed on 12 October 2026: Write to two colleagues; Call Jörg." in page
    assert page.index('id="s1"') < page.index("Agreed on 12 October") < page.index('id="s3"')
    assert "New contacts that still exist today" in page
    assert "15 weeks since<" in page


def test_without_a_start_and_goals_nothing_is_said(bucket: Bucket):
    document, page = report(bucket, WITHOUT)
    assert (document["sessions"], document["baseline"], document["goals"]) == ([], None, [])
    assert "the start" not in page


def test_the_first_report_is_about_the_twelve_weeks_before(bucket: Bucket):
    document, page = report(bucket, FIRST)
    assert "Where you start from: the twelve weeks before" in page
    assert {number["since"] for number in document["baseline"]["numbers"]} == {None}
    assert "Twelve weeks before" not in page


def test_a_quiet_page_sets_no_weeks_beside_each_other(bucket: Bucket):
    _, page = report(bucket, replace(ADA, quiet=True))
    assert "Before and since the start" not in page
    assert "Agreed on 12 October 2026" in page


def test_outcomes_name_those_who_helped(bucket: Bucket):
    document, page = report(bucket, HELPED)
    assert document["outcomes"] == {
        "applications": 2,
        "interviews": 1,
        "offers": 0,
        "helpers": [{"name": "Jörg Groß", "applications": 1, "interviews": 1, "offers": 0}],
    }
    assert "Since the start: two applications and one interview. With help from Jörg Groß." in page
