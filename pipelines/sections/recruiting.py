"""The section on recruiting: who wrote first, who got an answer, who waits, and whether they come when the member is active.

Everything here is estimated and says so. Nobody is told to answer: what looks like recruiting is to be checked first.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        {
            "label": say.translate(N_("no answer within four weeks")),
            "value": recruiting["unanswered"],
            "accent": False,
        },
    ]
    is_open = bool(view.tables["report_open_approaches"])
    return {
        "key": "recruiting",
        "usual": ["recruiter_contacts"] if view.is_usual("recruiter_contacts") and not is_open else [],
        "heading": _recruiting_heading(say, recruiting),
        "sentence": _recruiting(say, recruiting, view.tables["report_open_approaches"]),
        "estimated": True,
        "charts": [
            view.chart(
                "sequence",
                N_("Recruiting messages of the last 26 weeks"),
                N_(
                    "How many wrote first, how many you answered within four weeks, how many are younger and open, how many had no answer by then."
                ),
                N_("people"),
                bars=bars,
            )
        ]
        if recruiting["wrote_first"] and not say.quiet
        else [],
        "tables": [],
        "definitions": [
            *view.definition_list("recruiter_contacts", "recruiter_replies", "recruiter_views"),
            *(_activity(say, row) for row in view.tables["report_recruiting_activity"]),
        ],
    }


def _recruiting_heading(say: Sentences, row: Row) -> str:
    """Head the section on recruiting: from `wrote_first`, `invited` and `open` of report_recruiting."""
    wrote, still_open = row["wrote_first"], row["open"]
    if wrote == 0:
        return (
            say.translate("Recruiting: requests, no messages")
            if row["invited"]
            else say.translate("Recruiting: what you noted yourself")
        )
    first = (
        say.translate("one recruiting message in 26 weeks")
        if wrote == 1
        else say.translate("{n} recruiting messages in 26 weeks").format(n=words.number(wrote, say.language))
    )
    if say.quiet:
        return upper(first)
    if not still_open:
        return say.both(first, say.translate("none open"))
    if still_open == 1:
        return say.both(first, say.translate("one still open"))
    return say.both(first, say.translate("{n} still open").format(n=words.number(still_open, say.language)))


def _recruiting(say: Sentences, row: Row, approaches: Sequence[Row]) -> str:
    """Say what is open, what the estimate rests on, how much and how fast the member answers.

    From report_open_approaches and `invited`, `logged`, `ripe`, `ripe_answered`, `median_days` of report_recruiting.
    """
    parts = []
    if approaches and not say.quiet:
        text = (
            say.translate("Still open from the last four weeks: {who}.")
            if len(approaches) <= 3
            else say.translate("Still open from the last four weeks: {who} and others.")
        )
        parts.append(text.format(who=senders(say, approaches)))
    parts.append(
        say.translate("Judged by messages, requests and titles; who only looks at your profile is in no export.")
    )
    if row["invited"]:
        parts.append(
            say.translate("One more sent a request without a message.")
            if row["invited"] == 1
            else say.translate("{n} more sent a request without a message.").format(n=upper(say.number(row["invited"])))
        )
    if row["logged"]:
        parts.append(
            say.translate("One more stands in your own notes.")
            if row["logged"] == 1
            else say.translate("{n} more stand in your own notes.").format(n=upper(say.number(row["logged"])))
        )
    if row["ripe"] >= 10 and row["ripe_answered"] and not say.quiet:
        parts.append(
            say.translate(
                "Of {n} messages that are at least four weeks old, you answered {answered} within four weeks ({share})."
            ).format(
                n=say.number(row["ripe"]),
                answered=say.number(row["ripe_answered"]),
                share=words.percent(row["ripe_answered"] / row["ripe"], say.language),
            )
        )
    if row["median_days"] is not None:
        # Rounded up: half of them did not come sooner.
        days = ceil(row["median_days"])
        parts.append(
            say.translate("Half of your answers came on the same day.")
            if days == 0
            else say.translate("Half of your answers came within one day.")
            if days == 1
            else say.translate("Half of your answers came within {n} days.").format(n=say.number(days))
        )
    return " ".join(parts)


def senders(say: Sentences, approaches: Sequence[Row]) -> str:
    """Name the newest senders with their days, at most three: from `name` and `day` of report_open_approaches."""
    named = say.translate("{name} ({day})")
    said = [named.format(name=row["name"], day=words.day_short(row["day"], say.language)) for row in approaches[:3]]
    return say.listed(said) if len(said) == len(approaches) else ", ".join(said)


def _activity(say: Sentences, row: Row) -> Row:
    """Answer whether recruiting comes when the member is active, or say why not: from report_recruiting_activity."""
    return {"label": say.translate("Do recruiters come when you are active?"), "text": _activity_text(say, row)}


def _activity_text(say: Sentences, row: Row) -> str:
    reason = row["reason"]
    if reason == "no_activity":
        return say.translate("That takes your posts, comments and reactions, which are in no export given.")
    if reason == "few_weeks":
        return say.translate("That takes at least 52 weeks of messages and activity; there are {n}.").format(
            n=say.number(row["weeks"])
        )
    if reason == "few_contacts":
        return say.translate(
            "That takes at least 20 recruiting contacts, else chance decides; in {weeks} weeks there were {n}."
        ).format(weeks=words.number(row["weeks"], say.language), n=say.number(row["contacts"]))
    if reason == "one_rhythm":
        return say.translate("Hardly any week stands out by its activity, so there is nothing to compare.")
    numbers = {
        name: words.number(round(row[name], 2), say.language, 2)
        for name in ("after_busy", "after_quiet", "difference", "chance_low", "chance_high")
    }
    counted = say.translate(
        "In the four weeks after a week with more visible acts than usual, {after_busy} recruiting contacts came on average, "
        "after the other weeks {after_quiet}. Where blocks of eight weeks are put in another order, the difference mostly "
        "lies between {chance_low} and {chance_high}; yours is {difference}."
    ).format(**numbers)
    if row["difference"] > row["chance_high"]:
        said = say.translate("So more came than chance explains; what caused it, the numbers do not say.")
    elif row["difference"] < row["chance_low"]:
        said = say.translate("So fewer came than chance explains; what caused it, the numbers do not say.")
    else:
        said = say.translate("So the numbers show no connection.")
    return f"{counted} {said}"
