"""The section on recruiting: who wrote first, who got an answer, who waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    recruiting = next(iter(view.tables["report_recruiting"]), None)
    if recruiting is None or not view.known("recruiter_contacts"):
        return None
    bars = [
        {"label": say.translate(N_("wrote first")), "value": recruiting["wrote_first"], "accent": False},
        {"label": say.translate(N_("answered by you")), "value": recruiting["answered"], "accent": False},
        {"label": say.translate(N_("still open")), "value": recruiting["open"], "accent": True},
    ]
    return {
        "key": "recruiting",
        "heading": _recruiting_heading(say, recruiting),
        "sentence": _recruiting(say, recruiting),
        "estimated": True,
        "charts": [
            view.chart(
                "sequence",
                N_("Recruiting contacts of the last 26 weeks"),
                N_("How many wrote first, how many you answered, how many are open."),
                N_("people"),
                bars=bars,
            )
        ]
        if recruiting["wrote_first"]
        else [],
        "tables": [],
        "definitions": view.definition_list("recruiter_contacts", "recruiter_replies", "recruiter_views"),
    }


def _recruiting_heading(say: Sentences, row: Row) -> str:
    """Head the section on recruiting: from `wrote_first` and `open` of report_recruiting."""
    wrote, still_open = row["wrote_first"], row["open"]
    if wrote == 0:
        return say.translate("Recruiting: requests, no messages")
    first = (
        say.translate("one recruiting message in half a year")
        if wrote == 1
        else say.translate("{n} recruiting messages in half a year").format(n=say.number(wrote))
    )
    if not still_open:
        return say.both(first, say.translate("none open"))
    return say.both(first, say.translate("{n} still open").format(n=say.number(still_open)))


def _recruiting(say: Sentences, row: Row) -> str:
    """Say what the estimate rests on and how fast the member answers: from `invited`, `median_days`."""
    parts = [
        say.translate("Estimated from messages, requests and titles; who only looks at your profile is in no export.")
    ]
    if row["invited"]:
        parts.append(
            say.translate("One more sent a request without a message.")
            if row["invited"] == 1
            else say.translate("{n} more sent a request without a message.").format(n=upper(say.number(row["invited"])))
        )
    if row["median_days"] is not None:
        days = round(row["median_days"])
        parts.append(
            say.translate("You mostly answered on the same day.")
            if days == 0
            else say.translate("You mostly answered within one day.")
            if days == 1
            else say.translate("You mostly answered within {n} days.").format(n=say.number(days))
        )
    return " ".join(parts)
