"""A member's calendar beside the exports: vacations, the start of the search, sessions with a coach, goals, as members.toml says them.

Belongs here: reading and checking these keys. What was reached is the business of sql/report; everything else of members.toml is
members.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from pipelines.problem import Problem

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What members do themselves, week by week; the names of these numbers in report.json.
GOAL_METRICS = (
    "messages_sent",
    "conversations_started",
    "conversations_answered",
    "invitations_sent",
    "visible_activity",
    "group_activity",
    "posts",
    "comments",
    "reactions",
    "reposts",
    "votes",
    "recommendations_given",
    "endorsements_given",
)


@dataclass(frozen=True)
class Session:
    """One meeting with a coach: its day and what was agreed, a text each."""

    on: date
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """At least `amount` of one of GOAL_METRICS in each whole week, Monday to Sunday, from `first_day` to `last_day`."""

    metric: str
    amount: int
    first_day: date
    last_day: date


def read_vacations(value: Any, where: str) -> tuple[tuple[date, date], ...]:
    """Read first and last days; `where` names the member in sentences. Raises Problem for whatever is wrong."""
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise Problem(
            'members.toml: “vacations” in {where} must be a list of first and last days such as [["2026-08-03", "2026-08-16"]].',
            where=where,
        )
    vacations = tuple((read_day(first, where), read_day(last, where)) for first, last in value)
    for first, last in vacations:
        if last < first:
            raise Problem(
                "members.toml: a vacation in {where} ends on {last}, before it begins on {first}.",
                where=where,
                last=last.isoformat(),
                first=first.isoformat(),
            )
    return vacations


def read_start(value: Any, where: str) -> date | None:
    """Read the day on which the search or the coaching began, None where nothing is said. Raises Problem for no day."""
    return None if value is None else read_day(value, where)


def read_sessions(value: Any, where: str) -> tuple[Session, ...]:
    """Read the sessions, each a day or a table with `on` and `agreed`, in the order of their days. Raises Problem."""
    if not isinstance(value, list):
        raise _no_sessions(where)
    sessions = sorted((_session(entry, where) for entry in value), key=lambda session: session.on)
    for first, second in pairwise(sessions):
        if first.on == second.on:
            raise Problem("members.toml: two sessions in {where} are on {day}.", where=where, day=first.on.isoformat())
    return tuple(sessions)


def _session(entry: Any, where: str) -> Session:
    if not isinstance(entry, dict):
        return Session(read_day(entry, where))
    agreed = entry.get("agreed", [])
    agreed = [agreed] if isinstance(agreed, str) else agreed
    if entry.keys() - {"on", "agreed"} or "on" not in entry or not isinstance(agreed, list):
        raise _no_sessions(where)
    if not all(isinstance(text, str) for text in agreed):
        raise _no_sessions(where)
    return Session(read_day(entry["on"], where), tuple(agreed))


def _no_sessions(where: str) -> Problem:
    return Problem(
        "members.toml: “sessions” in {where} must be a list of days, or of tables such as {example}.",
        where=where,
        example='{ on = "2026-10-12", agreed = ["…"] }',
    )


def read_goals(value: Any, where: str) -> tuple[Goal, ...]:
    """Read the goals, by number and first day. Raises Problem for other numbers than GOAL_METRICS and for goals that overlap."""
    if not isinstance(value, list):
        raise _no_goals(where)
    goals = sorted((_goal(entry, where) for entry in value), key=lambda goal: (goal.metric, goal.first_day))
    for first, second in pairwise(goals):
        if first.metric == second.metric and second.first_day <= first.last_day:
            raise Problem(
                "members.toml: two goals for {metric} in {where} share the day {day}.",
                metric=first.metric,
                where=where,
                day=second.first_day.isoformat(),
            )
    return tuple(goals)


def _goal(entry: Any, where: str) -> Goal:
    if not isinstance(entry, dict) or entry.keys() != {"metric", "amount", "from", "to"}:
        raise _no_goals(where)
    metric, amount = entry["metric"], entry["amount"]
    if metric not in GOAL_METRICS:
        raise Problem(
            "members.toml: “{metric}” in goals of {where} cannot be a goal; what a member can do is one of {metrics}.",
            metric=metric,
            where=where,
            metrics=", ".join(GOAL_METRICS),
        )
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 < amount <= 1000:
        raise Problem(
            "members.toml: “amount” of {metric} in goals of {where} must be a whole number from 1 to 1000.",
            metric=metric,
            where=where,
        )
    goal = Goal(metric, amount, read_day(entry["from"], where), read_day(entry["to"], where))
    days_to_monday = -goal.first_day.weekday() % 7
    if (goal.last_day - goal.first_day).days < days_to_monday + 6:
        raise Problem(
            "members.toml: the goal for {metric} in {where} must hold a whole week, from Monday to Sunday, between “from” and “to”.",
            metric=metric,
            where=where,
        )
    return goal


def _no_goals(where: str) -> Problem:
    return Problem(
        "members.toml: “goals” in {where} must be a list of tables such as {example}.",
        where=where,
        example='{ metric = "messages_sent", amount = 5, from = "2026-08-03", to = "2026-11-29" }',
    )


def read_day(value: Any, where: str) -> date:
    """Read a day, in quotes or without; `where` names the table in sentences. Raises Problem for no day."""
    if isinstance(value, date) and not isinstance(value, datetime):  # TOML writes days without quotes as well
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Problem("members.toml: “{day}” in {where} is no day; write it like 2026-08-03.", day=str(value), where=where)
