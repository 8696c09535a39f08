"""The section on initiative: who takes the first step, and what becomes of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# Below this a share says nothing, and a section would show how little there is.
ENOUGH = 10
_STEPS = (
    N_("First steps"),
    N_(
        "Requests to connect and conversations that one side began, the spam folder aside. LinkedIn hardly lists requests that "
        "you ignored, so there may have been more of them."
    ),
)
_ACCEPTED = (
    N_("Accepted requests"),
    N_(
        "Requests of the 26 weeks before the last four, each judged 28 days after it was sent, as far as the export names "
        "profile addresses and reaches back. Younger ones are still open. The median: half of the accepted ones were "
        "accepted within so many days."
    ),
)


def section(view: View) -> Row | None:
    """Return the section, or None where too few first steps are known."""
    say = view.say
    periods = {row["period"]: row for row in view.tables["report_initiative"]}
    last = periods.get("last")
    if last is None or last["steps_made"] is None or last["steps_made"] + last["steps_got"] < ENOUGH:
        return None
    requests = {row["note"]: row for row in view.tables["report_requests"]}
    weeks = view.tables["report_first_steps"]
    return {
        "key": "initiative",
        "slow": True,
        "heading": _heading(say, last),
        "sentence": " ".join([*_first_steps(say, last), *_acceptance(say, requests)]),
        "estimated": False,
        "charts": [
            view.chart(
                "mirror",
                N_("First steps per week"),
                N_(
                    "Requests and conversations begun by you above the line, by others below it, for the last 26 weeks."
                ),
                N_("first steps"),
                weeks=view.labels(CHART_WEEKS),
                above={
                    "label": say.translate(N_("by you")),
                    "values": view.aligned(weeks, "steps_made", CHART_WEEKS),
                },
                below={
                    "label": say.translate(N_("by others")),
                    "values": view.aligned(weeks, "steps_got", CHART_WEEKS),
                },
            )
        ],
        "tables": _outcomes(view, requests),
        "definitions": view.explained(_STEPS, *([_ACCEPTED] if _judged(requests.get("all")) else [])),
    }


def _heading(say: Sentences, last: Row) -> str:
    """Head the section: from `steps_made` and `steps_got`. One side takes more steps where it takes half as many again."""
    made, got = last["steps_made"], last["steps_got"]
    if made - got >= 3 and 2 * made >= 3 * got:
        return say.translate("The first step mostly comes from you")
    if got - made >= 3 and 2 * got >= 3 * made:
        return say.translate("Others come to you more often than you go to them")
    return say.translate("First steps come from both sides")


def _first_steps(say: Sentences, last: Row) -> list[str]:
    """Say who began what in twelve weeks: from report_initiative."""
    parts = []
    if last["requests_made"] is not None:
        text = say.translate("Requests in the last twelve weeks: {made} sent, {got} received.")
        parts.append(text.format(made=_figure(say, last["requests_made"]), got=_figure(say, last["requests_got"])))
        if last["requests_made"] >= ENOUGH:
            share = words.percent(last["requests_noted"] / last["requests_made"], say.language)
            parts.append(say.translate("With a note: {share} of those you sent.").format(share=share))
    if last["conversations_begun"] is not None:
        text = say.translate("Conversations: {made} begun by you, {got} by others.")
        parts.append(
            text.format(made=_figure(say, last["conversations_begun"]), got=_figure(say, last["conversations_got"]))
        )
    return parts


def _figure(say: Sentences, value: int) -> str:
    """Return a number that is set beside another one, which is easier with figures than with words."""
    return words.number(value, say.language)


def _judged(row: Row | None) -> bool:
    # Several, because none of many would say more about the export than about the requests.
    return row is not None and row["sent"] >= ENOUGH and row["accepted"] >= 2


def _comparable(requests: Mapping[str, Row]) -> bool:
    return all(kind in requests and requests[kind]["sent"] >= ENOUGH for kind in ("with", "without"))


def _acceptance(say: Sentences, requests: Mapping[str, Row]) -> list[str]:
    """Say how many requests were accepted, with and without a note where there are enough of both: from report_requests."""
    if not _judged(requests.get("all")):
        return []
    shares = {
        kind: words.percent(row["accepted"] / row["sent"], say.language)
        for kind, row in requests.items()
        if row["sent"] >= ENOUGH
    }
    if _comparable(requests):
        text = say.translate("With a note {noted} of your requests were accepted, without one {plain}.")
        return [text.format(noted=shares["with"], plain=shares["without"])]
    text = say.translate("Of {sent} requests that had four weeks’ time, {accepted} were accepted ({share}).")
    row = requests["all"]
    return [text.format(sent=_figure(say, row["sent"]), accepted=_figure(say, row["accepted"]), share=shares["all"])]


def _outcomes(view: View, requests: Mapping[str, Row]) -> list[Row]:
    """Show what became of requests; with and without a note only where both have enough of them to be compared."""
    say = view.say
    if not _judged(requests.get("all")):
        return []
    kinds = [("with", N_("With a note")), ("without", N_("Without a note"))] if _comparable(requests) else []
    rows = []
    for kind, label in [*kinds, ("all", N_("All requests"))]:
        row = requests[kind]
        share = words.percent(row["accepted"] / row["sent"], say.language)
        rows.append([say.translate(label), row["sent"], row["accepted"], share, row["half_within"], row["open"]])
    columns = (N_("Requests"), N_("Judged"), N_("Accepted"), N_("Share"), N_("Median days to accept"), N_("Still open"))
    return [view.table(N_("What became of your requests"), columns, rows, folded=True)]
