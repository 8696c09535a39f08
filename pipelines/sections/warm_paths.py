"""The section on warm paths: who could tell about the places and the work that the member looks for, and who else is there.

Only what the newest exports say: contacts, not contacts of contacts; present employers, not former ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# The page shows the strongest paths; report.json has all of them.
SHOWN = 5
EVIDENCE = {
    "own": N_("{company}, on your list"),
    "dream": N_("{company}, on your list"),
    "applied": N_("{company}, where you applied"),
    "saved": N_("{company}, where you saved a job"),
    "followed": N_("{company}, which you follow"),
}
FIELDS = {
    "unconnected": N_("Written with, but not connected"),
    "xing_only": N_("On XING, not among your LinkedIn contacts by that name"),
}


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    paths, fields = view.tables["report_warm_paths"], view.tables["report_new_fields"]
    gaps = view.tables["report_target_gaps"]
    applications = next(iter(view.tables["report_applications"]), None)
    sentences = [
        sentence
        for sentence in (
            None if say.quiet else _applications(say, applications),
            None if say.quiet else _gaps(say, gaps),
            _nothing_wished(say, paths, gaps),
        )
        if sentence
    ]
    if not paths and not fields and not gaps and applications is None:
        return None
    tables = []
    if paths:
        tables.append(
            view.table(
                N_("Who could tell you about it, the strongest path first"),
                (N_("Person"), N_("Could tell you about"), N_("Last message")),
                [[row["name"], _about(say, row), _last(say, row)] for row in paths[:SHOWN]],
                texts=(0, 1),
            )
        )
    if fields:
        tables.append(
            view.table(
                N_("Who else is there"),
                (N_("Who"), N_("People"), N_("For example")),
                [[say.translate(FIELDS[row["kind"]]), row["people"], ", ".join(row["names"])] for row in fields],
                texts=(0, 2),
                folded=True,
            )
        )
    return {
        "key": "paths",
        "heading": _heading(say, paths),
        "sentence": " ".join(sentences)
        or (
            say.translate("Employers and titles are as your contacts give them.")
            if paths
            else say.translate("People you know, beyond your lists of contacts.")
        ),
        "estimated": False,
        "charts": [],
        "tables": tables,
        "definitions": [
            {
                "label": say.translate("Ways in"),
                "text": say.translate(
                    "Companies from your settings, job preferences, applications, saved jobs and followed companies of the last year, "
                    "compared with the employers of your contacts without legal form; roles with their titles, in whole words. "
                    "Contacts of your contacts and former employers are in no export."
                ),
            }
        ],
    }


def _heading(say: Sentences, paths: Sequence[Row]) -> str:
    """Head the section: from `companies` of report_warm_paths and whether it has rows."""
    companies = paths[0]["companies"] if paths else 0
    if companies == 1:
        return say.translate("You know somebody at one company on your lists")
    if companies:
        return say.translate("You know somebody at {n} companies on your lists").format(n=say.number(companies))
    if paths:
        return say.translate("You know people who do what you look for")
    return say.translate("People and places beyond your contacts")


def _about(say: Sentences, row: Row) -> str:
    """Say what somebody could tell about: from `target`, `evidence`, `role`, `title`, `company` of report_warm_paths."""
    if row["target"]:
        place = say.translate(EVIDENCE[row["evidence"]]).format(company=row["company"])
        return say.translate("{first}; {second}").format(first=place, second=row["title"]) if row["role"] else place
    if row["company"]:
        return say.translate("{title}, {company}").format(title=row["title"], company=row["company"])
    return row["title"]


def _last(say: Sentences, row: Row) -> str:
    if row["last_touch"] is None:
        return say.translate("none yet")
    return words.month_long(row["last_touch"], say.language)


def _gaps(say: Sentences, gaps: Sequence[Row]) -> str | None:
    """Name companies on the list without a contact, in one line: from `company`, `companies` of report_target_gaps."""
    if not gaps:
        return None
    names, more = [row["company"] for row in gaps], gaps[0]["companies"] - len(gaps)
    if more:
        return say.translate("No contact yet at {companies} and {n} more.").format(
            companies=", ".join(names), n=say.number(more)
        )
    return say.translate("No contact yet at {companies}.").format(companies=say.listed(names))


def _applications(say: Sentences, row: Row | None) -> str | None:
    """Say to how many applications a contact belongs: from report_applications."""
    if row is None:
        return None
    applications, known = row["applications"], row["with_contact"]
    if applications == 1:
        return (
            say.translate("Your one application on LinkedIn in half a year went to a company where a contact works.")
            if known
            else say.translate(
                "Your one application on LinkedIn in half a year went to a company where, by your exports, no contact works."
            )
        )
    if known == applications:
        text = say.translate("All {n} applications on LinkedIn in half a year went to companies where a contact works.")
        return text.format(n=say.number(applications))
    template = (
        say.translate("Of {n} applications on LinkedIn in half a year, none went to a company where a contact works.")
        if known == 0
        else say.translate(
            "Of {n} applications on LinkedIn in half a year, one went to a company where a contact works."
        )
        if known == 1
        else say.translate(
            "Of {n} applications on LinkedIn in half a year, {known} went to companies where a contact works."
        )
    )
    sent, there = say.numbers(applications, known)
    return template.format(n=sent, known=there)


def _nothing_wished(say: Sentences, paths: Sequence[Row], gaps: Sequence[Row]) -> str | None:
    """Say how to name a wish, where neither a place nor a kind of work is known."""
    if paths or gaps:
        return None
    return say.translate(
        "Companies and roles that you look for can stand in members.toml as “targets”, or in LinkedIn’s job preferences."
    )
