"""The three steps: which rule speaks when, in which order, and the number that each rests on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.models import load_models
from pipelines.sections.suggestions import step_sentence
from pipelines.sentences import Sentences
from pipelines.steps import connect
from tests.scenario import GROUP_LINK, NAMES, Export, Scenario, ancestors, link

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS = ancestors(load_models(connect()), "report_steps", "report_open_approaches")
TODAY = date(2026, 11, 20)


def at(days: int, hour: int = 9) -> str:
    return f"{TODAY - timedelta(days=days)} {hour:02}:00"


def steps_of(tell: Callable[[Export], Any], week: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of report_steps, each with its sentence and reason, for a member whose export `tell` fills."""
    told = Scenario()
    tell(told.member("ada", week=week).linkedin(TODAY.isoformat()))
    database = told.database(models=MODELS)
    tables = {}
    for name in ("report_steps", "report_open_approaches"):
        result = database.execute(f"from {name}")
        columns = [column[0] for column in result.description or []]
        tables[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    for row in tables["report_steps"]:
        row["sentence"], row["reason"] = step_sentence(Sentences("en"), row, tables["report_open_approaches"])
    return tables["report_steps"]


def asked(export: Export, name: str, days: int) -> None:
    export.connection(name, "2015-02-03")
    export.message(at(days + 1), name, "out")
    export.message(at(days), name, "in", asks=True)


def test_those_who_wait_come_first_and_as_many_are_counted_as_the_list_names():
    def tell(export: Export) -> None:
        # Another reason takes nobody's place who waits.
        export.connection("Gero Graf", "2015-02-03").recommendation(at(20), "Gero Graf", "received")
        for number, name in enumerate(("Anna Arndt", "Bela Brandt", "Cem Cakir")):
            asked(export, name, 3 + number)

    told = Scenario()
    tell(told.member("ada").linkedin(TODAY.isoformat()))
    statement = "select name from report_people where reason = 'waiting' order by position"
    waiting = told.database(models=MODELS).execute(statement).fetchall()
    assert waiting == [("Anna Arndt",), ("Bela Brandt",), ("Cem Cakir",)]

    [step] = [row for row in steps_of(tell) if row["kind"] == "answer_waiting"]
    assert (step["position"], step["people"], step["name"]) == (1, 3, "Anna Arndt")
    assert step["reason"] == "Three messages with a question or an offer have no answer yet."


def test_nobody_is_told_to_answer_an_inferred_recruiter():
    def tell(export: Export) -> None:
        export.message(at(8), "Anna Arndt", "in", subject="Data Analyst (m/w/d)", asks=True)
        export.message(at(2), "Bela Brandt", "in", subject="Hiring: Data Analyst", asks=True)

    [step] = steps_of(tell)
    assert step["kind"] == "check_recruiting"
    assert step["sentence"] == "Look at the messages from Bela Brandt (18 November), Anna Arndt (12 November)."
    assert "estimated" in step["reason"]


def test_open_recruiting_is_younger_than_28_days_and_without_an_answer():
    def tell(export: Export) -> None:
        export.message(at(28), "Anna Arndt", "in", subject="Data Analyst (m/w/d)")
        export.message(at(8), "Bela Brandt", "in", subject="Data Analyst (m/w/d)")
        export.message(at(7), "Bela Brandt", "out")
        export.message(at(8), "Cem Cakir", "in", subject="Kurze Frage")
        export.message(at(8), "LinkedIn Member", "in", "2-x", sender_url=None, subject="Data Analyst (m/w/d)")

    assert [row for row in steps_of(tell) if row["kind"] == "check_recruiting"] == []


def test_recruiting_that_the_member_marked_is_not_asked_about_again():
    def tell(mark: str, marked_on: str = "2026-11-18") -> Callable[[Export], None]:
        def tell_export(export: Export) -> None:
            export.message(at(8), "Anna Arndt", "in", subject="Data Analyst (m/w/d)")
            export.connection("Bela Brandt", "2026-11-01", position="Recruiterin")
            export.message(at(8), "Bela Brandt", "in")
            for name in ("Anna Arndt", "Bela Brandt"):
                export.mark(None, mark, marked_on, profile=link(name))

        return tell_export

    for mark in ("done", "later", "never", "no_recruiter"):
        assert steps_of(tell(mark)) == [], mark
    [step] = steps_of(tell("later", "2026-10-01"))  # four weeks are over
    assert (step["kind"], step["people"]) == ("check_recruiting", 2)


def test_the_value_is_the_number_of_the_reported_week():
    def tell(export: Export) -> None:
        asked(export, "Anna Arndt", 3)
        # Two conversations that others began, answered in the reported week.
        for name in ("Bela Brandt", "Cem Cakir"):
            export.message(at(10), name, "in")
            export.message(at(9), name, "out")

    [step] = [row for row in steps_of(tell) if row["kind"] == "answer_waiting"]
    assert (step["metric"], step["value"], step["people"]) == ("conversations_answered", 2, 1)


def test_of_six_who_wait_five_are_named_and_counted():
    def tell(export: Export) -> None:
        for number, name in enumerate(NAMES[:6]):
            asked(export, name, 3 + number)

    [step] = [row for row in steps_of(tell) if row["kind"] == "answer_waiting"]
    assert step["people"] == 5


@pytest.mark.parametrize(("kind", "reason"), [
    ("advice_asked", "They gave you advice on 2 November, as you noted."),
    ("introduction", "They introduced you to somebody on 2 November, as you noted."),
])  # fmt: skip
def test_logged_help_is_thanked_for_with_its_day(kind: str, reason: str):
    def tell(export: Export) -> None:
        # One of these many has the turn of this week.
        for number in range(20):
            export.connection(f"Person {number}", "2015-02-03")
            export.entry("2026-11-02", kind, f"Person {number}", "received")
        export.connection("Nobody Helped", "2015-02-03").entry("2026-11-02", "advice_given", "Nobody Helped", "given")

    [step] = [row for row in steps_of(tell) if row["kind"] == "thank"]
    assert (step["metric"], step["reason"]) == ("care_weeks", reason)


def test_a_group_is_suggested_only_after_a_week_without_it():
    group = GROUP_LINK.format(group=11, post=1)
    kinds = [row["kind"] for row in steps_of(lambda export: export.comment(at(30), group).comment(at(40), group))]
    assert kinds == ["comment_in_group"]
    [step] = steps_of(lambda export: export.comment(at(30), group).comment(at(40), group))
    assert step["reason"] == "In the last half year two acts of yours were in groups, in the reported week none."
    assert steps_of(lambda export: export.comment(at(9), group)) == []
    assert steps_of(lambda export: export.comment(at(300), group)) == []


def test_one_step_at_most_is_about_somebody_new_or_out_of_touch():
    def tell(export: Export) -> None:
        export.add("linkedin_job_preferences", dream_companies="Nordlicht AG")
        # Some of these many have their turn, whatever the week.
        for number in range(40):
            export.connection(f"Anna Arndt{number}", "2015-02-03", company="Nordlicht")
            export.connection(f"Bela Brandt{number}", "2015-02-03")
            export.message(at(1500), f"Bela Brandt{number}", "out")
            export.message(at(1499), f"Bela Brandt{number}", "in")
        for week in range(2, 15):
            export.message(at(7 * week), f"Cem Cakir{week}", "out")

    kinds = [row["kind"] for row in steps_of(tell)]
    assert kinds == ["write_to_target"]


def test_a_conversation_is_suggested_where_it_is_usual_and_none_was_begun():
    def tell(export: Export, gap: int = 2) -> None:
        for week in range(gap, 16):
            export.message(at(7 * week), f"Cem Cakir{week}", "out")

    [step] = steps_of(tell)
    assert (step["kind"], step["metric"], step["value"]) == ("begin_conversation", "conversations_started", 0)
    assert steps_of(lambda export: tell(export, 1)) == []
    assert steps_of(lambda export: export.message(at(30), "Anna Arndt", "out")) == []


def test_no_conversation_is_suggested_before_the_week_is_over():
    def tell(export: Export) -> None:
        for week in range(1, 16):
            export.message(at(7 * week), f"Cem Cakir{week}", "out")

    assert steps_of(tell, week="2026-W47") == []


def test_a_note_is_suggested_where_most_of_many_requests_had_none():
    def tell(export: Export, noted: int, sent: int = 10) -> None:
        for number in range(sent):
            export.invitation(at(20), f"Anna Arndt{number}", "out", note_key="n" if number < noted else None)

    [step] = steps_of(lambda export: tell(export, 4))
    assert (step["kind"], step["people"]) == ("add_note", 6)
    assert steps_of(lambda export: tell(export, 5)) == []
    assert steps_of(lambda export: tell(export, 0, 9)) == []


def test_there_are_three_at_most_in_the_order_of_the_rules():
    def tell(export: Export) -> None:
        asked(export, "Anna Arndt", 3)
        export.message(at(8), "Bela Brandt", "in", subject="Data Analyst (m/w/d)")
        for number in range(40):
            name = f"Cem Cakir{number}"
            export.connection(name, "2015-02-03").endorsement(at(20), name, "received")
        export.comment(at(30), GROUP_LINK.format(group=11, post=1))
        for number in range(10):
            export.invitation(at(20), f"Dora Decker{number}", "out")

    rows = steps_of(tell)
    assert [row["kind"] for row in rows] == ["answer_waiting", "check_recruiting", "thank"]
    assert [row["position"] for row in rows] == [1, 2, 3]
