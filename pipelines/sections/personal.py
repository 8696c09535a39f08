"""The section that opens the report: meetings, calls, advice and introductions from the member's own log.

The most important network is in no export. Where the log is empty nothing is counted and nobody is blamed: one question is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

SERIES = {
    "meetings": N_("Meetings"),
    "calls": N_("Calls"),
    "advice": N_("Advice"),
    "introductions": N_("Introductions and recommendations"),
    "greetings": N_("Greetings"),
}


def section(view: View) -> Row | None:
    """Return the section; with an empty log a question and how to answer it."""
    say = view.say
    rows = view.tables["report_personal"]
    if not rows:
        return {
            "key": "personal",
            "heading": say.translate("Personal: whom did you meet this week?"),
            "sentence": _invitation(view),
            "estimated": False,
            "charts": [],
            "tables": [],
            "definitions": [],
        }
    weeks = view.tables["report_personal_weeks"]
    return {
        "key": "personal",
        "heading": _heading(say, rows),
        "sentence": _sentence(say, rows),
        "estimated": False,
        "charts": [
            view.chart(
                "stacked",
                N_("Meetings, calls and more per week"),
                N_("Entries of your own log for the last 26 weeks, the reported one last."),
                N_("entries"),
                weeks=view.labels(CHART_WEEKS),
                series=[
                    {"label": say.translate(label), "values": view.aligned(weeks, name, CHART_WEEKS)}
                    for name, label in SERIES.items()
                    if any(row[name] for row in weeks)
                ],
            )
        ],
        "tables": [],
        "definitions": view.explained(
            (
                N_("Your own log"),
                N_(
                    "What you note yourself in activity.csv or with “kontaktpuls log”, each line once. Every entry makes a week "
                    "active; meetings and calls count as direct contact."
                ),
            )
        ),
    }


def _heading(say: Sentences, rows: Sequence[Row]) -> str:
    """Head the section with what was noted, never with what was not: from the columns of report_personal."""
    if told := say.noted(rows, "entries_in_week", 2):
        return say.translate("Personal: {what}").format(what=told)
    return say.translate("Personal: what no platform sees")


def _sentence(say: Sentences, rows: Sequence[Row]) -> str:
    """Say what the log holds of twelve weeks, of the half year where these are empty: from report_personal."""
    recent = say.noted(rows, "entries_recent")
    if not recent:
        half_year = say.noted(rows, "entries")
        return say.translate("In the last half year: {what}. Whom did you meet since?").format(what=half_year)
    said = say.translate("In the last twelve weeks: {what}.").format(what=recent)
    people = max(row["people_recent"] for row in rows)
    if people >= 2:
        said += " " + say.translate("At least {n} people are named.").format(n=say.number(people))
    return upper(said)


def _invitation(view: View) -> str:
    """Say how to begin a log, in one line that can be copied where the command knows the member."""
    say = view.say
    first = say.translate(
        "Friends, neighbours, clubs, former colleagues: the most important network is in no export. One line is enough:"
    )
    if not view.is_listed:
        return f"{first} {say.translate('in activity.csv, which “kontaktpuls template” makes.')}"
    [head] = view.tables["report_members"]
    # Straight quotes, which a shell reads; typographic ones it takes for letters.
    line = say.translate('kontaktpuls log {member} "Coffee with Jörg, got advice"').format(member=head["member"])
    return f"{first} {line}"
