"""The section on rhythm: a year of weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import YEAR
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    if not view.known("active_weeks"):
        return None
    rows = [
        {"label": say.label(name), "values": view.values(name, YEAR)}
        for name in ("messages_sent", "invitations_sent", "posts", "comments", "reactions")
        if any(value is not None for value in view.values(name, YEAR))
    ]
    if not rows:
        return None
    return {
        "key": "rhythm",
        "heading": _rhythm_heading(say, view.numbers),
        "sentence": _rhythm(say, view.numbers),
        "estimated": False,
        "charts": [
            view.chart(
                "heat",
                N_("A year of weeks"),
                N_("One field a week, the stronger the more; the reported week is the last."),
                N_("acts"),
                weeks=view.labels(YEAR),
                rows=rows,
            )
        ],
        "tables": [],
        "definitions": view.definition_list("active_weeks", "streak_weeks", "care_weeks"),
    }


def _rhythm_heading(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Head the section on rhythm: from streak_weeks and active_weeks."""
    streak, active = numbers["streak_weeks"]["value"], numbers["active_weeks"]["value"]
    if streak is not None and streak >= 3:
        return say.translate("Active every week for {n} weeks").format(n=say.number(streak))
    if active == 1:
        return say.translate("Active in one week of the last 52")
    return say.translate("Active in {n} of the last 52 weeks").format(n=say.number(active))


def _rhythm(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Say in how many weeks people were written to: from care_weeks."""
    said = say.translate("Each field is a week, the stronger the more.")
    if numbers["care_weeks"]["value"] is None:
        return said
    care = numbers["care_weeks"]["value"]
    if care == 1:
        return said + " " + say.translate("In one of the last 52 weeks you were in direct contact with somebody.")
    return (
        said
        + " "
        + say.translate("In {n} of the last 52 weeks you were in direct contact with somebody.").format(
            n=say.number(care)
        )
    )
