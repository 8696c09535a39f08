"""The section on profile views: what the member copies from the platforms' screens, since no export holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# A line through fewer weeks shows how few they are.
FEW = 4


def section(view: View) -> Row | None:
    """Return the section, or None where no week of the last half year was noted."""
    say = view.say
    noted = [value for value in view.values("profile_views", CHART_WEEKS) if value is not None]
    if not noted:
        return None
    return {
        "key": "views",
        "usual": ["profile_views"] if view.is_usual("profile_views") else [],
        "heading": _heading(say, view.numbers),
        "sentence": say.translate("As you copied them from the platforms’ screens; no export holds them."),
        "estimated": False,
        "charts": [
            view.chart(
                "line",
                N_("Profile views per week"),
                N_("A line through the weeks that you noted, the reported one last; the band is the usual range."),
                N_("views"),
                weeks=view.labels(CHART_WEEKS),
                values=view.values("profile_views", CHART_WEEKS),
                band=view.band("profile_views"),
            )
        ]
        if len(noted) >= FEW
        else [],
        "tables": [],
        "definitions": view.definition_list("profile_views", "recruiter_views"),
    }


def _heading(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Head the section: from profile_views and recruiter_views of the week."""
    views, recruiting = numbers["profile_views"]["value"], numbers["recruiter_views"]["value"]
    if not views:
        return say.translate("Your profile views")
    if views == 1:
        return say.translate("One profile view this week")
    if recruiting:
        text = say.translate("{n} profile views this week, {recruiting}")
        return upper(text.format(n=say.number(views), recruiting=say.count("recruiter_views", recruiting)))
    return upper(say.translate("{n} profile views this week").format(n=say.number(views)))
