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

# Fewer active weeks in a year are no rhythm to speak of.
FEW = 5
# From here on the longest streak is worth a word.
LONG = 8
# What the member did; short, for a telephone.
ROWS = {
    "messages_sent": N_("Messages"),
    "invitations_sent": N_("Requests"),
    "posts": N_("Posts"),
    "comments": N_("Comments"),
    "reactions": N_("Reactions"),
}
_GAPS = (
    N_("From one direct contact to the next"),
    N_(
        "The days between two days on which you sent a message, gave a recommendation or noted a meeting or call, for the last 52 "
        "weeks. Vacations from members.toml are left out. The time since the last contact is not counted, because it has not ended."
    ),
)


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    if not view.known("active_weeks") or view.numbers["active_weeks"]["value"] < FEW:
        return None
    [kept] = view.tables["report_rhythm"]
    rows = [
        {"label": say.translate(label), "values": view.values(name, YEAR)}
        for name, label in ROWS.items()
        if any(value is not None for value in view.values(name, YEAR))
    ]
    if not rows:
        return None
    return {
        "key": "rhythm",
        "heading": _rhythm_heading(say, view.numbers),
        "sentence": _rhythm(say, view.numbers, kept),
        "estimated": False,
        "charts": [
            view.chart(
                "heat",
                N_("A year of weeks"),
                N_("What you did yourself: one field a week, the stronger the more; the reported week is the last."),
                N_("acts"),
                weeks=view.labels(YEAR),
                rows=rows,
            ),
        ],
        "tables": [],
        "definitions": view.definition_list("active_weeks", "streak_weeks", "care_weeks")
        + view.explained(*([_GAPS] if kept["half_within"] is not None else [])),
    }


def _rhythm_heading(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Head the section on rhythm: from active_weeks. A streak stands at the top of the page already."""
    active = numbers["active_weeks"]["value"]
    if active == YEAR:
        return say.translate("Active in each of the last 52 weeks")
    if say.quiet:
        return say.translate("Your year in weeks")
    return say.translate("Active in {n} of the last 52 weeks").format(n=say.number(active))


def _rhythm(say: Sentences, numbers: Mapping[str, Row], kept: Row) -> str:
    """Say in how many weeks people were written to and how soon again: from care_weeks and report_rhythm."""
    parts = [say.translate("Each field is a week, the stronger the more.")]
    if say.quiet:
        return parts[0]
    streak, before = kept["streak"], kept["longest_before"]
    if streak is not None and before is not None and streak >= LONG and streak > before:
        parts.append(say.translate("You have never been active for so many weeks in a row."))
    care = numbers["care_weeks"]["value"]
    if care == 1:
        parts.append(say.translate("In one of the last 52 weeks you were in direct contact with somebody."))
    elif care:
        parts.append(
            say.translate("In {n} of the last 52 weeks you were in direct contact with somebody.").format(
                n=say.number(care)
            )
        )
    parts.extend(_gaps(say, kept))
    return " ".join(parts)


def _gaps(say: Sentences, kept: Row) -> list[str]:
    """Say how soon one direct contact follows the other: from `half_within` and `most_within` of report_rhythm."""
    half, most = kept["half_within"], kept["most_within"]
    if half is None:
        return []
    if most == 1:
        return [say.translate("The next direct contact came the day after nine times in ten.")]
    if half == most:
        return [say.translate("The next direct contact mostly came within {n} days.").format(n=say.number(most))]
    if half == 1:
        text = say.translate(
            "The next direct contact came the day after half of the time, within {most} days nine times in ten."
        )
        return [text.format(most=say.number(most))]
    text = say.translate(
        "The next direct contact came within {half} days half of the time, within {most} days nine times in ten."
    )
    return [text.format(half=say.number(half), most=say.number(most))]
