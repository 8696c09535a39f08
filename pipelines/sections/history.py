"""The section on history: what each new export changed, and which earlier figure it corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# For each kind of change: one of it and several of it, in the middle of a sentence.
CHANGES = {
    "contacts_added": (N_("one new contact"), N_("{n} new contacts")),
    "contacts_lost": (N_("one contact no longer there"), N_("{n} contacts no longer there")),
    "companies_changed": (N_("one contact at a new company"), N_("{n} contacts at a new company")),
    "titles_changed": (N_("one contact with a new title"), N_("{n} contacts with a new title")),
    "renamed": (N_("one contact under a new name"), N_("{n} contacts under a new name")),
}


def section(view: View) -> Row | None:
    """Return the section, or None where no new export changed anything."""
    say = view.say
    changes = [sentence for row in view.tables["report_history"] if (sentence := _changes(say, row))]
    revisions = view.tables["report_revisions"]
    if not changes and not revisions:
        return None
    if revisions:
        changes.append(say.translate("The newest export corrects figures of earlier weeks."))
    return {
        "key": "history",
        "heading": say.translate("What changed between your exports"),
        "sentence": " ".join(changes),
        "estimated": False,
        "charts": [],
        "tables": [
            view.table(
                N_("Corrected figures of earlier weeks"),
                (N_("Week"), N_("Figure"), N_("Told before"), N_("Now")),
                [_revision(say, row) for row in revisions],
                texts=(0, 1),
            )
        ]
        if revisions
        else [],
        "definitions": [],
    }


def _changes(say: Sentences, row: Row) -> str | None:
    """Say what one export changed: from its counts in report_history. A change lies between `seen_before` and `as_of`."""
    parts = []
    for name, (one, many) in CHANGES.items():
        if row[name]:
            parts.append(say.translate(one) if row[name] == 1 else say.translate(many).format(n=say.number(row[name])))
    if not parts:
        return None
    return say.translate("{platform}, export of {day}, compared with that of {before}: {what}.").format(
        platform=say.platform(row["platform"]),
        day=say.day(row["as_of"]),
        before=say.day(row["seen_before"]),
        what=say.listed(parts),
    )


def _revision(say: Sentences, row: Row) -> list[str | int]:
    """Show which figure of an earlier week changed: from `metric`, `platform`, `week_number`, `before`, `now` of report_revisions."""
    template = (
        say.translate("{label}, estimated ({platform})")
        if row["metric"] == "recruiter_contacts"
        else say.translate("{label} ({platform})")
    )
    return [
        upper(words.week_label(row["week_number"], say.language)),
        template.format(label=say.label(row["metric"]), platform=say.platform(row["platform"])),
        row["before"],
        row["now"],
    ]
