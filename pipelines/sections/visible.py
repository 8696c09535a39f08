"""The section on visible activity: what the member did in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

WEEKDAYS = (
    N_("on Mondays"),
    N_("on Tuesdays"),
    N_("on Wednesdays"),
    N_("on Thursdays"),
    N_("on Fridays"),
    N_("on Saturdays"),
    N_("on Sundays"),
)


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    if not view.known("visible_activity") or not any(view.values("visible_activity", CHART_WEEKS)):
        return None
    return {
        "key": "visible",
        "usual": ["visible_activity"] if view.is_usual("visible_activity") else [],
        "heading": _visible_heading(say, view.numbers["visible_activity"]),
        "sentence": _visible(say, view.numbers),
        "estimated": False,
        "charts": [
            view.chart(
                "stacked",
                N_("Visible activity per week"),
                N_("Posts, comments, reactions, reposts and votes for the last 26 weeks."),
                N_("acts"),
                weeks=view.labels(CHART_WEEKS),
                series=[
                    {"label": say.label(name), "values": view.values(name, CHART_WEEKS)}
                    for name in ("reactions", "comments", "posts", "reposts", "votes")
                    if any(view.values(name, CHART_WEEKS))
                ],
            )
        ],
        "tables": [],
        "definitions": [
            *view.definition_list("visible_activity", "posts", "comments", "reactions", "reposts", "votes"),
            *(times for row in view.tables["report_visible_times"] if (times := _times(say, row))),
        ],
    }


def _visible_heading(say: Sentences, row: Row) -> str:
    """Head the section on visible activity: from `direction`, `four_weeks` and the usual range of visible_activity."""
    direction, in_four = row["direction"], row["four_weeks"] is not None
    if direction == "up":
        return (
            say.translate("You were more visible than usual in four weeks")
            if in_four
            else say.translate("You were more visible than usual")
        )
    if direction == "down":
        return (
            say.translate("You were less visible than usual in four weeks")
            if in_four
            else say.translate("You were less visible than usual")
        )
    return say.translate("As visible as usual") if say.is_as_usual(row) else say.translate("How visible you are")


def _visible(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Say what was done: from visible_activity and group_activity. What others did is in no export."""
    value, groups = numbers["visible_activity"]["value"], numbers["group_activity"]["value"]
    exported = say.translate("LinkedIn exports what you did, not what others did on your posts.")
    if say.quiet and not value:
        return exported
    said = upper(say.count("visible_activity", value))
    if value and groups:
        second = say.count("group_activity", groups, value)
        said = say.translate("{first}, {second}").format(first=said, second=second)
    return said + ". " + exported


def _times(say: Sentences, row: Row) -> Row | None:
    """Say when the member is mostly there, and that this is all it says: from report_visible_times."""
    weekday, hour = row["weekday"], row["from_hour"]
    if weekday is None and hour is None:
        return None
    if hour is None:
        template = say.translate("In the last half year you were visible most often {weekday}.")
    elif weekday is None:
        template = say.translate("In the last half year you were visible most often between {begin} and {end} o’clock.")
    else:
        template = say.translate(
            "In the last half year you were visible most often {weekday}, and between {begin} and {end} o’clock."
        )
    when = template.format(
        weekday=say.translate(WEEKDAYS[weekday - 1]) if weekday else "", begin=hour, end=(hour or 0) + 3
    )
    return {
        "label": say.translate("When you are visible"),
        "text": when
        + " "
        + say.translate("That is when you are there, not when most people see it; no export tells that."),
    }
