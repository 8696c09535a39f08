"""The three steps: which rule speaks when, in which order, and the number that each rests on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.sections.suggestions import step_sentence
from pipelines.sentences import Sentences
from tests import scenario
from tests.scenario import GROUP_LINK, NAMES, Export, Scenario, ancestors, link, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

MODELS = ancestors(scenario.MODELS, "report_steps", "report_open_approaches")
TODAY = date(2026, 11, 20)


def at(days: int, hour: int = 9) -> str:
    return f"{TODAY - timedelta(days=days)} {hour:02}:00"


class Exports(dict[str, "Callable[[Export], Any]"]):
    """Functions that each fill the export of one member, by key: together one database, computed once."""

    def __call__(self, tell: Callable[[Export], Any]) -> Callable[[Export], Any]:
        """Register a member named after the function; a decorator."""
        self[tell.__name__] = tell
        return tell

    def scenario(self) -> Scenario:
        """Return all members told."""
        told = Scenario()
        for key, tell in self.items():
            tell(told.member(key, week=ASKED_WEEK.get(key)).linkedin(TODAY.isoformat()))
        return told


exports = Exports()
ASKED_WEEK = {"week_of_today": "2026-W47"}


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return exports.scenario().database(models=MODELS)


def steps_of(told: DuckDBPyConnection, key: str, *kinds: str) -> list[dict[str, Any]]:
    """Return the rows of report_steps of a member, or those of some kinds, each with its sentence and reason."""
    tables = {
        name: rows_of(told, f"select * from {name} where member = $1 order by position", [key])
        for name in ("report_steps", "report_open_approaches")
    }
    for row in tables["report_steps"]:
        row["sentence"], row["reason"] = step_sentence(Sentences("en"), row, tables["report_open_approaches"])
    return [row for row in tables["report_steps"] if not kinds or row["kind"] in kinds]


def asked(export: Export, name: str, days: int) -> None:
    export.connection(name, "2015-02-03")
    export.message(at(days + 1), name, "out")
    export.message(at(days), name, "in", asks=True)


@exports
def three_wait(export: Export) -> None:
    # Another reason takes nobody's place who waits.
    export.connection("Gero Graf", "2015-02-03").recommendation(at(20), "Gero Graf", "received")
    for number, name in enumerate(("Anna Arndt", "Bela Brandt", "Cem Cakir")):
        asked(export, name, 3 + number)


def test_those_who_wait_come_first_and_as_many_are_counted_as_the_list_names(told: DuckDBPyConnection):
    statement = "select name from report_people where member = 'three_wait' and reason = 'waiting' order by position"
    waiting = told.execute(statement).fetchall()
    assert waiting == [("Anna Arndt",), ("Bela Brandt",), ("Cem Cakir",)]

    [step] = steps_of(told, "three_wait", "answer_waiting")
    assert (step["position"], step["people"], step["name"]) == (1, 3, "Anna Arndt")
    assert step["reason"] == "Three messages with a question or an offer have no answer yet."


@exports
def asked_by_recruiters(export: Export) -> None:
    export.message(at(8), "Anna Arndt", "in", subject="Data Analyst (m/w/d)", asks=True)
    export.message(at(2), "Bela Brandt", "in", subject="Hiring: Data Analyst", asks=True)


def test_nobody_is_told_to_answer_an_inferred_recruiter(told: DuckDBPyConnection):
    [step] = steps_of(told, "asked_by_recruiters")
    assert step["kind"] == "check_recruiting"
    assert step["sentence"] == "Look at the messages from Bela Brandt (18 November) and Anna Arndt (12 November)."
    assert "estimated" in step["reason"]


@exports
def nothing_open(export: Export) -> None:
    export.message(at(28), "Anna Arndt", "in", subject="Data Analyst (m/w/d)")
    export.message(at(8), "Bela Brandt", "in", subject="Data Analyst (m/w/d)")
    export.message(at(7), "Bela Brandt", "out")
    export.message(at(8), "Cem Cakir", "in", subject="Kurze Frage")
    export.message(at(8), "LinkedIn Member", "in", "2-x", sender_url=None, subject="Data Analyst (m/w/d)")


def test_open_recruiting_is_younger_than_28_days_and_without_an_answer(told: DuckDBPyConnection):
    assert steps_of(told, "nothing_open", "check_recruiting") == []


def recruiters_marked(mark: str, marked_on: str, export: Export) -> None:
    export.message(at(8), "Anna Arndt", "in", subject="Data Analyst (m/w/d)")
    export.connection("Bela Brandt", "2026-11-01", position="Recruiterin")
    export.message(at(8), "Bela Brandt", "in")
    for name in ("Anna Arndt", "Bela Brandt"):
        export.mark(None, mark, marked_on, profile=link(name))


for mark in ("done", "later", "never", "no_recruiter"):
    exports[f"marked {mark}"] = partial(recruiters_marked, mark, "2026-11-18")
exports["marked long ago"] = partial(recruiters_marked, "later", "2026-10-01")  # four weeks are over


def test_recruiting_that_the_member_marked_is_not_asked_about_again(told: DuckDBPyConnection):
    for mark in ("done", "later", "never", "no_recruiter"):
        assert steps_of(told, f"marked {mark}") == [], mark
    [step] = steps_of(told, "marked long ago")
    assert (step["kind"], step["people"]) == ("check_recruiting", 2)


@exports
def answered_two(export: Export) -> None:
    asked(export, "Anna Arndt", 3)
    # Two conversations that others began, answered in the reported week.
    for name in ("Bela Brandt", "Cem Cakir"):
        export.message(at(10), name, "in")
        export.message(at(9), name, "out")


def test_the_value_is_the_number_of_the_reported_week(told: DuckDBPyConnection):
    [step] = steps_of(told, "answered_two", "answer_waiting")
    assert (step["metric"], step["value"], step["people"]) == ("conversations_answered", 2, 1)


@exports
def six_wait(export: Export) -> None:
    for number, name in enumerate(NAMES[:6]):
        asked(export, name, 3 + number)


def test_of_six_who_wait_five_are_named_and_counted(told: DuckDBPyConnection):
    [step] = steps_of(told, "six_wait", "answer_waiting")
    assert step["people"] == 5


def helped(kind: str, export: Export) -> None:
    # One of these many has the turn of this week.
    for number in range(20):
        export.connection(f"Person {number}", "2015-02-03")
        export.entry("2026-11-02", kind, f"Person {number}", "received")
    export.connection("Nobody Helped", "2015-02-03").entry("2026-11-02", "advice_given", "Nobody Helped", "given")


HELP = {
    "advice_asked": "Person 1 gave you advice on 2 November, as you noted.",
    "introduction": "Person 1 introduced you to somebody on 2 November, as you noted.",
}
for kind in HELP:
    exports[f"helped by {kind}"] = partial(helped, kind)


@pytest.mark.parametrize(("kind", "reason"), HELP.items())
def test_logged_help_is_thanked_for_with_its_day(told: DuckDBPyConnection, kind: str, reason: str):
    [step] = steps_of(told, f"helped by {kind}", "thank")
    assert (step["metric"], step["reason"]) == ("care_weeks", reason)


GROUP = GROUP_LINK.format(group=11, post=1)
exports["in a group"] = lambda export: export.comment(at(30), GROUP).comment(at(40), GROUP)
exports["in a group this week"] = lambda export: export.comment(at(9), GROUP)
exports["in a group long ago"] = lambda export: export.comment(at(300), GROUP)


def test_a_group_is_suggested_only_after_a_week_without_it(told: DuckDBPyConnection):
    [step] = steps_of(told, "in a group")
    assert step["kind"] == "comment_in_group"
    assert step["reason"] == "In the last half year two acts of yours were in groups, in the reported week none."
    assert steps_of(told, "in a group this week") == []
    assert steps_of(told, "in a group long ago") == []


@exports
def many_to_write_to(export: Export) -> None:
    export.add("linkedin_job_preferences", dream_companies="Nordlicht AG")
    # Some of these many have their turn, whatever the week.
    for number in range(40):
        export.connection(f"Anna Arndt{number}", "2015-02-03", company="Nordlicht")
        export.connection(f"Bela Brandt{number}", "2015-02-03")
        export.message(at(1500), f"Bela Brandt{number}", "out")
        export.message(at(1499), f"Bela Brandt{number}", "in")
    for week in range(2, 15):
        export.message(at(7 * week), f"Cem Cakir{week}", "out")


def test_one_step_at_most_is_about_somebody_new_or_out_of_touch(told: DuckDBPyConnection):
    kinds = [row["kind"] for row in steps_of(told, "many_to_write_to")]
    assert kinds == ["write_to_target"]


def begins_each_week(gap: int, export: Export) -> None:
    for week in range(gap, 16):
        export.message(at(7 * week), f"Cem Cakir{week}", "out")


exports["begins each week"] = partial(begins_each_week, 2)
exports["began this week too"] = partial(begins_each_week, 1)
exports["began once"] = lambda export: export.message(at(30), "Anna Arndt", "out")


def test_a_conversation_is_suggested_where_it_is_usual_and_none_was_begun(told: DuckDBPyConnection):
    [step] = steps_of(told, "begins each week")
    assert (step["kind"], step["metric"], step["value"]) == ("begin_conversation", "conversations_started", 0)
    assert steps_of(told, "began this week too") == []
    assert steps_of(told, "began once") == []


@exports
def week_of_today(export: Export) -> None:
    for week in range(1, 16):
        export.message(at(7 * week), f"Cem Cakir{week}", "out")


def test_no_conversation_is_suggested_before_the_week_is_over(told: DuckDBPyConnection):
    assert steps_of(told, "week_of_today") == []


def requests(noted: int, sent: int, export: Export) -> None:
    for number in range(sent):
        export.invitation(at(20), f"Anna Arndt{number}", "out", note_key="n" if number < noted else None)


for noted, sent in ((4, 10), (5, 10), (0, 9)):
    exports[f"{noted} of {sent} noted"] = partial(requests, noted, sent)


def test_a_note_is_suggested_where_most_of_many_requests_had_none(told: DuckDBPyConnection):
    [step] = steps_of(told, "4 of 10 noted")
    assert (step["kind"], step["people"]) == ("add_note", 6)
    assert steps_of(told, "5 of 10 noted") == []
    assert steps_of(told, "0 of 9 noted") == []


@exports
def every_rule(export: Export) -> None:
    asked(export, "Anna Arndt", 3)
    export.message(at(8), "Bela Brandt", "in", subject="Data Analyst (m/w/d)")
    for number in range(40):
        name = f"Cem Cakir{number}"
        export.connection(name, "2015-02-03").endorsement(at(20), name, "received")
    export.comment(at(30), GROUP_LINK.format(group=11, post=1))
    for number in range(10):
        export.invitation(at(20), f"Dora Decker{number}", "out")


def test_there_are_three_at_most_in_the_order_of_the_rules(told: DuckDBPyConnection):
    rows = steps_of(told, "every_rule")
    assert [row["kind"] for row in rows] == ["answer_waiting", "check_recruiting", "thank"]
    assert [row["position"] for row in rows] == [1, 2, 3]
