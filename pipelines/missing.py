"""What a full report lacks and how to get it, in words: the same for the page and for `kontaktpuls inspect`.

Belongs here: one sentence for each way to a source. Which sources are missing is told by sql/core/source_states.sql alone.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipelines.readers.source import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    Row = Mapping[str, Any]

WAYS = {
    "larger": N_(
        "Only LinkedIn’s larger data archive holds this: on LinkedIn under Settings, Data privacy, Get a copy of your data, choose the"
        " larger data archive; it comes within 24 hours."
    ),
    "linkedin": N_(
        "Every data archive of LinkedIn holds this: on LinkedIn under Settings, Data privacy, Get a copy of your data, choose the larger"
        " one, or tick Connections, Messages and Invitations for one that comes within minutes."
    ),
    "xing": N_(
        "The data disclosure of XING holds this: ask for it at https://www.xing.com/settings/privacy/data/disclosure and give the archive"
        " as downloaded."
    ),
    "template": N_("No export holds this: “kontaktpuls template” writes empty lists, a line each is enough."),
}
BROKEN = N_("It is there and could not be read; download the export again and give it as downloaded.")
PLATFORMS = {"linkedin": "LinkedIn", "xing": "XING", "own": None}
NAMES = {
    "linkedin_shares": N_("posts"),
    "linkedin_comments": N_("comments"),
    "linkedin_reactions": N_("reactions"),
    "linkedin_votes": N_("votes"),
    "linkedin_reposts": N_("reposts"),
    "linkedin_connections": N_("contacts"),
    "linkedin_messages": N_("messages"),
    "linkedin_invitations": N_("requests"),
    "xing_contacts": N_("contacts"),
    "xing_messages": N_("messages"),
    "own_visitors": N_("profile views"),
    "own_activity": N_("meetings and calls"),
    "own_people": N_("people outside of the platforms"),
    "own_applications": N_("applications"),
}


def how(row: Row) -> str:
    """Return the message id of how to get a source: from `way` and `state` of source_states."""
    return BROKEN if row["state"] == "broken" else WAYS[row["way"]]


def told(rows: Iterable[Row], gettext: Callable[[str], str], day: Callable[[date], str]) -> list[dict[str, str]]:
    """Return a label and a sentence for each way to what is missing: from rows of report_missing, in their order."""
    entries = []
    for (platform, text, as_of), group in groupby(rows, lambda row: (row["platform"], how(row), row["as_of"])):
        names = ", ".join(gettext(NAMES[row["source"]]) for row in group)
        label = f"{PLATFORMS[platform]}: {names}" if PLATFORMS[platform] else names[:1].upper() + names[1:]
        sentence = gettext(text)
        if as_of is not None:
            sentence = f"{gettext('Known up to {day} only.').format(day=day(as_of))} {sentence}"
        entries.append({"label": label, "how": sentence})
    return entries
