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


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    if not view.known("visible_activity") or not any(view.values("visible_activity", CHART_WEEKS)):
        return None
    return {
        "key": "visible",
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
        "definitions": view.definition_list("visible_activity", "posts", "comments", "reactions", "reposts", "votes"),
    }


def _visible_heading(say: Sentences, row: Row) -> str:
    """Head the section on visible activity: from `value` and the usual range of visible_activity."""
    direction = say.direction(row)
    if direction == "up":
        return say.translate("You were more visible than usual")
    if direction == "down":
        return say.translate("You were less visible than usual")
    if row["usual_low"] is None:
        return say.translate("How visible you are")
    return say.translate("As visible as usual")


def _visible(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Say what was done: from visible_activity and group_activity. What others did is in no export."""
    value, groups = numbers["visible_activity"]["value"], numbers["group_activity"]["value"]
    said = upper(say.count("visible_activity", value))
    if value and groups:
        said = say.translate("{first}, {second}").format(first=said, second=say.count("group_activity", groups))
    return said + ". " + say.translate("LinkedIn exports what you did, not what others did on your posts.")
