"""The section on ties: how many are alive, rare or dormant by messages, and which were woken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# Fewer ties make no picture.
ENOUGH = 10
BANDS = {
    "often": N_("often: twice a week or more"),
    "occasionally": N_("now and then: twice a year or more"),
    "rarely": N_("rarely: once a year or less"),
    "dormant": N_("dormant: for three years or more"),
    "never": N_("never so far, outside the shares"),
}
_TIES = (
    N_("How often you write to each other"),
    N_(
        "Everybody with whom messages went both ways in conversations of two, by the number of days with messages in the last 52 "
        "weeks, where both wrote in these, and the time since the last one; the limits are Granovetter’s (1973), three years of silence those of Levin, "
        "Walter and Murnighan (2011). Meetings, calls and e-mail are in no export, and neither is whom you both know: a tie that "
        "looks silent here may be your best one. “Rarely” holds those as well who wrote without an answer. A platform whose export is older is read as of its own day."
    ),
)
_WOKEN = (
    N_("Woken ties"),
    N_(
        "The first message after at least three years between two people who had both written before. Answered means within 28 "
        "days; younger ones are still open."
    ),
)


def section(view: View) -> Row | None:
    """Return the section, or None where too few ties are known."""
    say = view.say
    rows = view.tables["report_ties"]
    bands = {row["band"]: row for row in rows}
    ties = [row for row in rows if row["band"] != "never"]
    if sum(row["people"] for row in ties) < ENOUGH:
        return None
    woken = view.tables["report_woken"]
    [head] = view.tables["report_members"]
    news = _woken_sentence(say, woken, head["week"])
    return {
        "key": "ties",
        "slow": not news,
        "heading": ", ".join(
            [_heading(say, bands), *_as_far_as_known(say, view.tables["report_sources"], head["as_of"])]
        ),
        "sentence": " ".join([*_sentences(say, bands), *news]),
        "estimated": False,
        "charts": [
            view.chart(
                "sequence",
                N_("How often you write to each other"),
                N_("One bar for each band; people with whom messages went both ways."),
                N_("people"),
                bars=[
                    {
                        "label": say.translate(BANDS[row["band"]]),
                        "value": row["people"],
                        "accent": row["band"] == "dormant",
                    }
                    for row in ties
                ],
            )
        ],
        "tables": [_share_table(view, rows), *_woken_table(view, woken)],
        "definitions": view.explained(_TIES, *([_WOKEN] if woken else [])),
    }


def _heading(say: Sentences, bands: Mapping[str, Row]) -> str:
    """Head the section: from the people in touch at least twice in the year, and the dormant ones."""
    alive, dormant = bands["often"]["people"] + bands["occasionally"]["people"], bands["dormant"]["people"]
    if alive >= 2 and dormant >= ENOUGH:
        people, ties = say.numbers(alive, dormant)
        return say.translate("In touch with {n} people, {dormant} ties dormant").format(n=people, dormant=ties)
    if alive >= 2:
        return say.translate("In touch with {n} people").format(n=say.number(alive))
    return say.translate("Your ties, by messages")


def _as_far_as_known(say: Sentences, sources: Sequence[Row], today: date) -> list[str]:
    """Name the day up to which a platform's messages are known, where it is long ago: from report_sources."""
    return [
        say.translate("by XING up to {day}").format(day=say.day(row["as_of"]))
        if row["platform"] == "xing"
        else say.translate("by LinkedIn up to {day}").format(day=say.day(row["as_of"]))
        for row in sources
        if row["source"] in ("linkedin_messages", "xing_messages") and say.age((today - row["as_of"]).days)
    ]


def _sentences(say: Sentences, bands: Mapping[str, Row]) -> list[str]:
    """Say what the bands mean and what they cannot carry: from report_ties."""
    parts = [say.translate("Counted by messages alone; meetings, calls and whom you both know are in no export.")]
    if bands["dormant"]["people"] >= ENOUGH:
        parts.append(
            say.translate(
                "Ties that have been silent for three years or more have proved worth as much as current ones when people asked "
                "for advice."
            )
        )
    return parts


def _share_table(view: View, rows: Sequence[Row]) -> dict[str, Any]:
    """Show the share of each band, and beside them the contacts with whom messages never went both ways: from report_ties."""
    say = view.say
    return view.table(
        N_("Shares of those with whom messages went both ways"),
        (N_("How often"), N_("People"), N_("Share")),
        [
            [
                say.translate(BANDS[row["band"]]),
                row["people"],
                "–" if row["share"] is None else words.percent(row["share"], say.language),
            ]
            for row in rows
        ],
        folded=True,
    )


def _woken_sentence(say: Sentences, woken: Sequence[Row], monday: date) -> list[str]:
    """Say how many ties the member woke in the quarter of the reported week: from report_woken."""
    for row in woken:
        if row["quarter"] == _quarter(monday) and row["woken"]:
            return [
                say.translate("This quarter you woke one tie after at least three years.")
                if row["woken"] == 1
                else say.translate("This quarter you woke {n} ties after at least three years.").format(
                    n=say.number(row["woken"])
                )
            ]
    return []


def _woken_table(view: View, woken: Sequence[Row]) -> list[dict[str, Any]]:
    if not woken:
        return []
    label = view.say.translate(N_("quarter {n} of {year}"))
    return [
        view.table(
            N_("Ties woken after at least three years"),
            (N_("Quarter"), N_("By you"), N_("Answered"), N_("Still open"), N_("By others")),
            [
                [
                    upper(label.format(n=(row["quarter"].month + 2) // 3, year=row["quarter"].year)),
                    row["woken"],
                    row["answered"],
                    row["open"],
                    row["came_back"],
                ]
                for row in woken
            ],
            folded=True,
        )
    ]


def _quarter(monday: date) -> date:
    sunday = monday + timedelta(days=6)
    return sunday.replace(month=3 * ((sunday.month - 1) // 3) + 1, day=1)
