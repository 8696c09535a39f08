"""The section on messages: written and received, and who begins conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# Below these in half a year there is nothing to show but how little there is.
FEW = 5


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    if not view.known("messages_sent") or _recent(view) < FEW:
        return None
    return {
        "key": "messages",
        "usual": ["messages_sent", "messages_received"]
        if view.is_usual("messages_sent") and view.is_usual("messages_received")
        else [],
        "heading": _messages_heading(say, view.numbers["messages_sent"]),
        "sentence": _messages(say, view.numbers),
        "estimated": False,
        "charts": [
            view.chart(
                "mirror",
                N_("Messages per week"),
                N_("Written above the line, received below it, for the last 26 weeks."),
                N_("messages"),
                weeks=view.labels(CHART_WEEKS),
                above={
                    "label": say.translate(N_("written")),
                    "values": view.values("messages_sent", CHART_WEEKS),
                },
                below={
                    "label": say.translate(N_("received")),
                    "values": view.values("messages_received", CHART_WEEKS),
                },
            )
        ],
        "tables": [],
        "definitions": view.definition_list(
            "messages_sent", "messages_received", "conversations_started", "conversations_answered"
        ),
    }


def _recent(view: View) -> int:
    names = ("messages_sent", "messages_received")
    return sum(value or 0 for name in names for value in view.values(name, CHART_WEEKS))


def _messages_heading(say: Sentences, row: Row) -> str:
    """Head the section on messages: from `direction`, `four_weeks` and the usual range of messages_sent."""
    direction, in_four = row["direction"], row["four_weeks"] is not None
    if direction == "up":
        return (
            say.translate("You wrote more messages than usual in four weeks")
            if in_four
            else say.translate("You wrote more messages than usual")
        )
    if direction == "down":
        return (
            say.translate("You wrote fewer messages than usual in four weeks")
            if in_four
            else say.translate("You wrote fewer messages than usual")
        )
    return (
        say.translate("You wrote as many messages as usual") if say.is_as_usual(row) else say.translate("Your messages")
    )


def _messages(say: Sentences, numbers: Mapping[str, Row]) -> str:
    """Say how many there were and who began: from messages_sent and _received, conversations_started and _answered."""
    counted = say.exchanged(numbers) or say.translate("In this week no messages went either way.")
    return " ".join([counted, *_begun(say, numbers)])


def _begun(say: Sentences, numbers: Mapping[str, Row]) -> list[str]:
    started, answered = (numbers[name]["value"] or 0 for name in ("conversations_started", "conversations_answered"))
    first, second = say.numbers(started, answered)
    if not started and not answered:
        return []
    if not answered:
        text = (
            say.translate("You began one conversation.")
            if started == 1
            else say.translate("You began {n} conversations.")
        )
    elif not started:
        text = (
            say.translate("You answered one conversation that others began.")
            if answered == 1
            else say.translate("You answered {m} conversations that others began.")
        )
    elif started == 1:
        text = (
            say.translate("You began one conversation and answered one.")
            if answered == 1
            else say.translate("You began one conversation and answered {m}.")
        )
    else:
        text = (
            say.translate("You began {n} conversations and answered one.")
            if answered == 1
            else say.translate("You began {n} conversations and answered {m}.")
        )
    return [text.format(n=first, m=second)]
