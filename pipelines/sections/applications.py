"""The section on applications: which way they went and what became of them, as the member's own list says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

PATHS = {
    "through": N_("Somebody helped"),
    "known": N_("You know somebody there"),
    "none": N_("Without a contact"),
}


def section(view: View) -> Row | None:
    """Return the section, or None where the member keeps no list of applications."""
    say = view.say
    rows = view.tables["report_application_stages"]
    if not rows:
        return None
    return {
        "key": "applications",
        "heading": _heading(say, rows),
        "sentence": _sentence(say, rows),
        "estimated": False,
        "charts": [],
        "tables": [
            view.table(
                N_("Applications of the last 52 weeks"),
                (N_("Way"), N_("Sent"), N_("Interviews"), N_("Offers"), N_("Open")),
                [
                    [say.translate(PATHS[row["path"]])]
                    + [row[name] for name in ("applications", "interviews", "offers", "still_open")]
                    for row in rows
                ],
            )
        ],
        "definitions": view.explained(
            (
                N_("Applications"),
                N_(
                    "Your own list together with LinkedIn’s; one that both name for the same company and month counts once. Somebody "
                    "helped where your list says through whom; otherwise your contacts’ present employers are compared."
                ),
            )
        ),
    }


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(row[name] for row in rows)


def _heading(say: Sentences, rows: Sequence[Row]) -> str:
    """Head the section: from `applications`, `interviews`, `offers` of report_application_stages."""
    if offers := _sum(rows, "offers"):
        return (
            say.translate("One offer in a year of applications")
            if offers == 1
            else say.translate("{n} offers in a year of applications").format(n=upper(say.number(offers)))
        )
    if interviews := _sum(rows, "interviews"):
        return (
            say.translate("One interview in a year of applications")
            if interviews == 1
            else say.translate("{n} interviews in a year of applications").format(n=upper(say.number(interviews)))
        )
    return say.translate("Your applications and their ways")


def _sentence(say: Sentences, rows: Sequence[Row]) -> str:
    """Say how many were sent and how many of them somebody helped with: from `applications`, `path`."""
    sent, recent = _sum(rows, "applications"), _sum(rows, "applications_recent")
    parts = [
        say.translate("One application in 52 weeks.")
        if sent == 1
        else say.translate("{n} applications in 52 weeks.").format(n=upper(say.number(sent)))
    ]
    if 0 < recent < sent:
        parts.append(
            say.translate("One of them falls into the last twelve weeks.")
            if recent == 1
            else say.translate("{n} of them fall into the last twelve weeks.").format(n=upper(say.number(recent)))
        )
    helped = next((row["applications"] for row in rows if row["path"] == "through"), 0)
    if helped and sent > 1:
        parts.append(
            say.translate("Somebody helped with one.")
            if helped == 1
            else say.translate("Somebody helped with {n}.").format(n=say.number(helped))
        )
    return " ".join(parts)
