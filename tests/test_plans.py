"""Start, sessions and goals of members.toml: what is accepted, the one sentence for each mistake, and how they reach the tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines import settings, steps
from pipelines.archive import Limits
from pipelines.ingest import create_raw_tables, ingest
from pipelines.plans import GOAL_METRICS, Goal, Session
from pipelines.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

FIVE = '{ metric = "messages_sent", amount = 5, from = "2026-08-03", to = "2026-11-29" }'


def ada(folder: Path, line: str) -> settings.Member:
    path = folder / "members.toml"
    path.write_text(f"[members.ada]\n{line}\n", encoding="utf-8")
    return settings.read_members(path)["ada"]


def test_start_and_sessions_are_days_with_or_without_quotes(tmp_path: Path):
    written = (
        'start = 2026-08-03\nsessions = ["2026-10-12", { on = 2026-08-31, agreed = "Anrufen" }, { on = "2026-09-14" }]'
    )
    member = ada(tmp_path, written)
    assert member.start == date(2026, 8, 3)
    assert member.sessions == (
        Session(date(2026, 8, 31), ("Anrufen",)),
        Session(date(2026, 9, 14)),
        Session(date(2026, 10, 12)),
    )


def test_goals_of_one_number_may_follow_each_other(tmp_path: Path):
    later = FIVE.replace("= 5", "= 8").replace("2026-08-03", "2026-11-30").replace("2026-11-29", "2026-12-31")
    assert ada(tmp_path, f"goals = [{later}, {FIVE}]").goals == (
        Goal("messages_sent", 5, date(2026, 8, 3), date(2026, 11, 29)),
        Goal("messages_sent", 8, date(2026, 11, 30), date(2026, 12, 31)),
    )


def test_nothing_said_is_nothing_planned(tmp_path: Path):
    member = ada(tmp_path, "")
    assert (member.start, member.sessions, member.goals) == (None, (), ())


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('start = "3. August"', "“3. August” in [members.ada] is no day"),
        ("start = []", "“[]” in [members.ada] is no day"),
        ('sessions = "2026-08-31"', "“sessions” in [members.ada] must be a list of days"),
        ("sessions = [7]", "“7” in [members.ada] is no day"),
        ('sessions = [{ agreed = ["x"] }]', "“sessions” in [members.ada] must be a list of days"),
        ('sessions = [{ on = "2026-08-31", with = "Nora" }]', "“sessions” in [members.ada] must be a list of days"),
        ('sessions = [{ on = "2026-08-31", agreed = [1] }]', "“sessions” in [members.ada] must be a list of days"),
        ('sessions = ["2026-08-31", { on = "2026-08-31" }]', "two sessions in [members.ada] are on 2026-08-31."),
        (f"goals = {FIVE}", "“goals” in [members.ada] must be a list of tables"),
        ('goals = ["messages_sent"]', "“goals” in [members.ada] must be a list of tables"),
        ('goals = [{ metric = "messages_sent", amount = 5 }]', "“goals” in [members.ada] must be a list of tables"),
        (f"goals = [{FIVE.replace('messages_sent', 'contacts_new')}]", "“contacts_new” in goals of [members.ada] cannot be a goal"),
        (f"goals = [{FIVE.replace('messages_sent', 'contacts_new')}]", ", ".join(GOAL_METRICS)),
        (f"goals = [{FIVE.replace('= 5', '= 0')}]", "“amount” of messages_sent in goals of [members.ada] must be a whole number"),
        (f"goals = [{FIVE.replace('= 5', '= 2.5')}]", "must be a whole number from 1 to 1000."),
        (f"goals = [{FIVE.replace('= 5', '= true')}]", "must be a whole number from 1 to 1000."),
        (f"goals = [{FIVE.replace('2026-11-29', '2026-08-08')}]", "must hold a whole week, from Monday to Sunday"),
        (f"goals = [{FIVE.replace('2026-11-29', '2026-07-01')}]", "must hold a whole week, from Monday to Sunday"),
        (f"goals = [{FIVE.replace('2026-08-03', '9999-12-31')}]", "must hold a whole week, from Monday to Sunday"),
        (f"goals = [{FIVE}, {FIVE.replace('2026-08-03', '2026-11-01')}]", "two goals for messages_sent in [members.ada] share the day 2026-11-01."),
    ],
)  # fmt: skip
def test_each_mistake_is_named_in_one_sentence(tmp_path: Path, written: str, sentence: str):
    with pytest.raises(Problem) as refused:
        ada(tmp_path, written)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("members.toml: ")


def test_a_week_from_monday_to_sunday_is_enough_for_a_goal(tmp_path: Path):
    [goal] = ada(tmp_path, f"goals = [{FIVE.replace('2026-11-29', '2026-08-09')}]").goals
    assert (goal.first_day, goal.last_day) == (date(2026, 8, 3), date(2026, 8, 9))


def test_plans_become_rows_of_their_member(tmp_path: Path):
    connection = steps.connect()
    create_raw_tables(connection)
    written = f'start = "2026-08-03"\nsessions = ["2026-08-31", {{ on = "2026-10-12", agreed = ["a", "b"] }}]\ngoals = [{FIVE}]'
    for member in (ada(tmp_path, written), settings.Member("bela")):
        ingest(connection, member, [], limits=Limits(), key=b"key")
    assert connection.execute("select member, started_on from raw_members order by all").fetchall() == [
        ("ada", date(2026, 8, 3)),
        ("bela", None),
    ]
    assert connection.execute("from raw_member_sessions order by held_on").fetchall() == [
        ("ada", date(2026, 8, 31), []),
        ("ada", date(2026, 10, 12), ["a", "b"]),
    ]
    assert connection.execute("from raw_member_goals").fetchall() == [
        ("ada", "messages_sent", 5, date(2026, 8, 3), date(2026, 11, 29))
    ]
