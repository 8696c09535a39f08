"""The section on groups: where, how often, which share of all visible activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    groups = view.tables["report_groups"]
    if not groups:
        return _invitation(view)
    unnamed = any(row["name"] is None for row in groups)
    week = view.says_something("group_activity")
    return {
        "key": "groups",
        "usual": ["group_activity"] if view.is_usual("group_activity") else [],
        "heading": _groups_heading(say, view.numbers),
        "sentence": _groups(say, groups, unnamed=unnamed),
        "estimated": False,
        "charts": [
            view.chart(
                "columns",
                N_("Activity in groups per week"),
                N_("Columns for the last 26 weeks, the reported one last; the band is the usual range."),
                N_("acts"),
                weeks=view.labels(CHART_WEEKS),
                values=view.values("group_activity", CHART_WEEKS),
                band=view.band("group_activity"),
            )
        ],
        "tables": [
            view.table(
                N_("Groups you were active in, last 26 weeks"),
                (N_("Group"), *([N_("This week")] if week else []), N_("In 26 weeks"), N_("Last 12 weeks")),
                [
                    [
                        row["name"] or say.translate(N_("Group {id}")).format(id=row["group_id"]),
                        *([row["acts_in_week"]] if week else []),
                        row["acts"],
                        {"spark": row["weekly"], "label": ", ".join(map(str, row["weekly"]))},
                    ]
                    for row in groups[:8]
                ],
            )
        ],
        "definitions": view.definition_list("group_activity", "groups_active"),
    }


def _invitation(view: View) -> Row | None:
    """Invite to try a group where half a year shows no act in one; nothing where no source could tell, or on a quiet page."""
    say = view.say
    if say.quiet or not view.known("group_activity"):
        return None
    return {
        "key": "groups",
        "heading": say.translate("Groups, if you like"),
        "sentence": say.translate(
            "In half a year your exports show no act in a group. One comment in a group of your field would show you to people "
            "beyond your contacts."
        ),
        "estimated": False,
        "charts": [],
        "tables": [],
        "definitions": view.definition_list("group_activity"),
    }


def _groups_heading(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Head the section on groups: from group_activity and groups_active."""
    acts, groups = numbers["group_activity"]["value"], numbers["groups_active"]["value"]
    if not acts:
        return say.translate("Your groups")
    if groups == 1:
        return say.translate("This week you were active in one group")
    return say.translate("This week you were active in {n} groups").format(n=say.number(groups))


def _groups(say: Sentences, groups: Sequence[Row], *, unnamed: bool) -> str:
    """Say how much of the visible activity lies in groups: from `share` and `acts` of report_groups."""
    acts, share = sum(row["acts"] for row in groups), sum(row["share"] for row in groups)
    said = say.translate("{n} acts in groups in half a year").format(n=upper(say.number(acts)))
    if acts == 1:
        said = say.translate("One act in a group in half a year")
    if acts >= 10:
        said = say.translate("{first}, {share} of all you did in public").format(
            first=said, share=words.percent(share, say.language)
        )
    said += "."
    if unnamed:
        said += " " + say.translate(
            "LinkedIn gives numbers only; a file groups.csv with group_id and name gives them names."
        )
    return said
