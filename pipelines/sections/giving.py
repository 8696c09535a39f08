"""The section on giving and taking: how often there is exchange, then how even it is, then what has no counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

WEEKS = 26
# Below these there is too little exchange to weigh.
ACTS = 20
PEOPLE = 3
# Two of five parts from either side: even enough.
EVEN = 0.4
KINDS = {
    "turns": N_("Days of writing, for each person"),
    "recommendations": N_("Recommendations"),
    "endorsements": N_("Endorsements"),
    "log": N_("Own log"),
    "comments": N_("Comments"),
    "reactions": N_("Reactions"),
    "posts": N_("Posts"),
    "reposts": N_("Reposts"),
}
PUBLIC = ("comments", "reactions", "posts", "reposts")
_BALANCE = (
    N_("Giving and taking"),
    N_(
        "Only what is known in both directions: messages in conversations of two between people who both write, recommendations, "
        "endorsements, your own log, in which a meeting or a call counts on both sides. For each person a day counts once, however "
        "many messages it took. Even means that each side gave at least two fifths."
    ),
)
_ADVICE = (
    N_("Asking for advice"),
    N_("Your messages in conversations of two that ask for advice, recognised by their wording in German and English."),
)


def section(view: View) -> Row | None:
    """Return the section, or None where too little exchange is known."""
    say = view.say
    row = next(iter(view.tables["report_exchange"]), None)
    if row is None or row["weeks"] < WEEKS or row["given"] + row["received"] < ACTS or row["people"] < PEOPLE:
        return None
    kinds = view.tables["report_giving"]
    shown = [kind for kind in kinds if kind["given"] or kind["received"]]
    weeks = view.tables["report_exchange_weeks"]
    return {
        "key": "balance",
        "slow": not row["is_one_sided"],
        "heading": _heading(say, row),
        "sentence": " ".join(_sentences(say, row, kinds)),
        "estimated": False,
        "charts": [
            view.chart(
                "mirror",
                N_("Given and received per week"),
                N_("Given above the line, received below it, for the last 26 weeks."),
                N_("acts"),
                weeks=view.labels(CHART_WEEKS),
                above={"label": say.translate(N_("given")), "values": view.aligned(weeks, "given", CHART_WEEKS)},
                below={"label": say.translate(N_("received")), "values": view.aligned(weeks, "received", CHART_WEEKS)},
            )
        ],
        "tables": [
            view.table(
                N_("By kind, in 26 weeks"),
                (N_("Kind"), N_("Given"), N_("Received")),
                [[say.translate(KINDS[kind["kind"]]), kind["given"], kind["received"]] for kind in shown],
                folded=True,
            )
        ]
        if len(shown) > 1
        else [],
        "definitions": view.explained(_BALANCE, *([_ADVICE] if row["advice_messages"] else [])),
    }


def _heading(say: Sentences, row: Row) -> str:
    """Head the section: from `is_one_sided`, `given` and `received` of report_exchange."""
    given, received = row["given"], row["received"]
    if row["is_one_sided"]:
        return say.translate("For half a year you have given clearly more than you received")
    if min(given, received) >= EVEN * (given + received):
        return say.translate("Giving and taking are even")
    if given > received:
        return say.translate("More came from you than from others")
    return say.translate("More came from others than from you")


def _sentences(say: Sentences, row: Row, kinds: Sequence[Row]) -> list[str]:
    """Say how often there was exchange, with how many, how even, and what has no counterpart: from report_exchange."""
    if row["exchange_weeks"] == WEEKS:
        text = say.translate(
            "In each of the last 26 weeks there was exchange, in both directions with {people} people."
        )
    else:
        text = say.translate(
            "In {weeks} of the last 26 weeks there was exchange, in both directions with {people} people."
        )
    parts = [text.format(weeks=say.number(row["exchange_weeks"]), people=say.number(row["people"]))]
    if row["is_one_sided"]:
        text = say.translate(
            "To {people} people you have known for longer you wrote on {given} days, counted for each person, and they to you on "
            "{received}. You may ask for something as well."
        )
        parts.append(
            text.format(
                people=say.number(row["old_people"]),
                given=say.number(row["old_given"]),
                received=say.number(row["old_received"]),
            )
        )
    advice = row["advice_messages"]
    if advice:
        parts.append(
            say.translate("In one message of the last twelve weeks you asked for advice, going by its wording.")
            if advice == 1
            else say.translate(
                "In {n} messages of the last twelve weeks you asked for advice, going by their wording."
            ).format(n=say.number(advice))
        )
    if any(kind["given"] for kind in kinds if kind["kind"] in PUBLIC):
        parts.append(
            say.translate(
                "Comments, reactions and posts cannot be weighed: LinkedIn exports your own, not those of others."
            )
        )
    return parts
