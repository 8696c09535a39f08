"""The Gesprächsvorlage: one printed page about one member, for the next conversation with the coach.

Belongs here: what was agreed and what moved since, how that stands against goals and Ausgangslage, three open questions, and what the
data cannot say, all from one report.json. Third parties are named only where that is allowed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.coach.signals import KEY_NUMBERS, change, running_until, signals
from pipelines.display import shorten

if TYPE_CHECKING:
    from pipelines.coach.received import Received, Session
    from pipelines.coach.words import About

    Row = dict[str, Any]

_CHART_WEEKS = 12
_NUMBERS = (
    "contacts_new",
    "messages_sent",
    "conversations_started",
    "visible_activity",
    "group_activity",
    "recruiter_contacts",
)
# One printed page holds so much, however long names and sentences are.
_ROWS = 6
_AGREED = 4
_AGREED_LENGTH = 90
_GOALS = 2
_QUESTIONS = 3
_PEOPLE = 3
_LIMITS = 3
_NAME_LENGTH = 40


def conversation(report: Received, about: About, covered: date, *, names: bool) -> Row:
    """Return the context of the sheet: strings are finished sentences, numbers are numbers, None is absent.

    `covered` is the day beyond which exports should reach, see overview.py; `names` allows third parties to be named.
    """
    seen = signals(report, covered)
    year, number, _ = report.monday.isocalendar()
    held = [one for one in report.sessions if one.on <= max([report.sunday, *(day for _, day in seen.newest)])]
    session = held[-1] if held else None
    attention = about.attention(seen)
    return {
        "language": about.language,
        "member": report.member,
        "name": about.name(report),
        "week": {"name": report.week, "number": number, "year": year, "monday": report.monday, "sunday": report.sunday},
        "headline": str(attention[0]["text"]).rstrip(".") if attention else about.numbers_headline(report),
        "running": about.say.running(seen.running_until),
        "data_state": [
            {"platform": about.say.platform(platform), "as_of": day, "stale": (platform, day) in seen.stale}
            for platform, day in seen.newest
        ],
        "session": session
        and {
            "on": session.on,
            # What two people agreed on is free text and may name a third.
            "agreed": [shorten(text, _AGREED_LENGTH) for text in session.agreed[:_AGREED]] if names else [],
        },
        "key_numbers": [_key_number(report, name, about) for name in KEY_NUMBERS],
        "progress": _progress(report, session, about),
        "goals": [about.goal_progress(goal) for goal in report.goals[:_GOALS]],
        "outcomes": about.outcomes(report),
        "questions": about.questions(report, seen, session, names=names)[:_QUESTIONS],
        "people": [
            {"name": shorten(one.name, _NAME_LENGTH), "reason": about.reason(one)} for one in report.people[:_PEOPLE]
        ]
        if names
        else [],
        "limits": about.limits(report, seen)[:_LIMITS],
        "names": names,
    }


def _key_number(report: Received, name: str, about: About) -> Row:
    metric = report.metrics.get(name)
    beyond = change(report, name)
    return {
        "name": name,
        "label": about.label(name),
        "value": metric.value if metric else None,
        "estimated": name == "recruiter_contacts",
        "direction": beyond.direction if beyond else None,
        "only": about.say.only(metric.only) if metric else None,
        "change": about.change(metric) if metric else None,
        "usual": about.usual(metric) if metric else None,
        "columns": [
            {"week": week, "label": str(int(week[-2:])), "value": values.get(name)}
            for week, values in report.weeks[-_CHART_WEEKS:]
        ],
    }


def _progress(report: Received, session: Session | None, about: About) -> Row:
    """Return what moved, as means a week: before the start, since the start, since the last conversation, and the reported week."""
    baseline = report.baseline
    weeks = whole_weeks_since(report, session.on) if session else 0
    running = running_until(report) is not None
    known = {one.name: one for one in baseline.numbers} if baseline else {}
    wanted = dict.fromkeys([goal.metric for goal in report.goals] + list(_NUMBERS))
    rows = [
        {
            "label": about.label(name),
            "estimated": name == "recruiter_contacts",
            "baseline": known[name].baseline if name in known else None,
            "since": known[name].since if name in known else None,
            "session": _mean(report.series(name, weeks + running)[:weeks]) if weeks else None,
            "value": report.metrics[name].value if name in report.metrics else None,
            "usual": about.usual_range(report.metrics[name]) if name in report.metrics else None,
        }
        for name in wanted
        if any(value is not None for value in report.series(name, _CHART_WEEKS))
    ]
    return {
        "rows": rows[:_ROWS],
        "first": int(baseline.first[-2:]) if baseline else None,
        "last": int(baseline.last[-2:]) if baseline else None,
        "start": baseline.start if baseline else None,
        "weeks": weeks,
        "sentence": about.since_session(session.on, weeks) if session else None,
    }


def whole_weeks_since(report: Received, day: date) -> int:
    """Return how many whole weeks up to the reported one began on or after a day; as many as the report tells of."""
    first = day + timedelta(days=-day.weekday() % 7)
    running = running_until(report) is not None
    return max(0, min((report.monday - first).days // 7 + 1, len(report.weeks)) - running)


def _mean(values: list[int | None]) -> float | None:
    """Return the mean, None where a week is not known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None
