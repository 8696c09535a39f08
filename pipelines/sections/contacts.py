"""The section on contacts: how many came, went and are there, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sections.view import CHART_WEEKS
from pipelines.sentences import N_, SENIORITY, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# So many contacts at one company are worth a line.
FEW = 3
_COMPANIES = (
    N_("Companies"),
    N_(
        "As contacts write them in their profiles, each on one spelling: without legal form and country. Who writes "
        "“self-employed” or “looking for work” there is left out. XING’s export names no companies."
    ),
)
_SENIORITY = (
    N_("Seniority"),
    N_(
        "By whole words of the title. Managers of products, projects and accounts count as professionals, because the title "
        "says of nobody whom they lead; who looks for work, is retired or writes a slogan there is not told, like contacts "
        "without a title, as all of XING’s are."
    ),
)


def section(view: View) -> Row | None:
    """Return the section, or None where it has nothing to say."""
    say = view.say
    row = view.numbers["contacts_new"]
    if row["value"] is None:
        return None
    composition = view.tables["report_composition"]
    seniority = [entry for entry in composition if entry["dimension"] == "seniority"]
    companies = [entry for entry in composition if entry["dimension"] == "company" and entry["contacts"] >= FEW]
    tables = []
    if seniority:
        named = [(say.translate(SENIORITY[entry["value"]]), entry) for entry in seniority]
        tables.append(_table(view, N_("By seniority, as far as titles say"), N_("Level"), named))
    if companies:
        named = [(entry["value"], entry) for entry in companies]
        tables.append(_table(view, N_("Companies with most contacts"), N_("Company"), named))
    return {
        "key": "contacts",
        "usual": ["contacts_new"]
        if view.is_usual("contacts_new") and not view.numbers["contacts_lost"]["value"]
        else [],
        "heading": _growth_heading(say, row),
        "sentence": _growth(say, view.numbers, next(iter(view.tables["report_reach"]), None)),
        "estimated": False,
        "charts": [
            view.chart(
                "columns",
                N_("New contacts per week"),
                N_("Columns for the last 26 weeks, the reported one last; the band is the usual range."),
                N_("contacts"),
                weeks=view.labels(CHART_WEEKS),
                values=view.values("contacts_new", CHART_WEEKS),
                band=view.band("contacts_new"),
            )
        ],
        "tables": tables,
        "definitions": view.definition_list("contacts_new", "contacts_total", "contacts_lost", "persons_total")
        + view.explained(*([_SENIORITY] if seniority else []), *([_COMPANIES] if companies else []))
        + _ambiguous(say, view.tables["report_ambiguous_names"]),
    }


def _table(view: View, title: str, label: str, named: Sequence[tuple[str, Row]]) -> Row:
    """Show how many contacts there are of each kind, and how many of them are new where any is."""
    if not any(entry["contacts_new"] for _, entry in named):
        rows = [[name, entry["contacts"]] for name, entry in named]
        return view.table(title, (label, N_("In all")), rows, folded=True)
    rows = [[name, entry["contacts_new"], entry["contacts"]] for name, entry in named]
    return view.table(title, (label, N_("New in 12 weeks"), N_("In all")), rows, folded=True)


def _ambiguous(say: Sentences, rows: Sequence[Row]) -> list[Row]:
    """List the names that leave open who is one person on both platforms: from report_ambiguous_names."""
    if not rows:
        return []
    text = say.translate(
        "LinkedIn and XING both know these names, at least one of them more than once; who is the same person no export tells, "
        "so nobody was merged: {names}."
    )
    return [
        {
            "label": say.translate("Ambiguous names"),
            "text": text.format(names=", ".join(row["name"] for row in rows)),
        }
    ]


def _growth_heading(say: Sentences, row: Row) -> str:
    """Head the section on contacts: from `direction`, `four_weeks` and the usual range of contacts_new."""
    direction, in_four = row["direction"], row["four_weeks"] is not None
    if direction == "up":
        return (
            say.translate("Your network grew faster than usual in four weeks")
            if in_four
            else say.translate("Your network grew faster than usual")
        )
    if direction == "down":
        return (
            say.translate("Your network grew more slowly than usual in four weeks")
            if in_four
            else say.translate("Your network grew more slowly than usual")
        )
    return (
        say.translate("Your network grows as usual")
        if say.is_as_usual(row)
        else say.translate("How your network grows")
    )


def _growth(say: Sentences, numbers: Mapping[str, Row], reach: Row | None) -> str:
    """Say how many contacts came, went and are there, and in how many companies: from the week's numbers and report_reach."""
    new, total, lost = (numbers[name]["value"] for name in ("contacts_new", "contacts_total", "contacts_lost"))
    counted = words.number(total, say.language)
    if say.quiet and not new:
        parts = [say.translate("{total} contacts in all.").format(total=counted)]
    else:
        text = say.translate("{new} in the week, {total} in all.")
        parts = [upper(text.format(new=say.count("contacts_new", new), total=counted))]
    if lost:
        parts.append(
            say.translate("One contact is no longer there.")
            if lost == 1
            else say.translate("{n} contacts are no longer there.").format(n=upper(say.number(lost)))
        )
    if before := numbers["contacts_new"]["same_week_last_year"]:
        text = (
            say.translate("Same week a year ago, contacts still there today: {n}.")
            if numbers["contacts_new"]["year_of_survivors"]
            else say.translate("Same week a year ago: {n}.")
        )
        parts.append(text.format(n=words.number(before, say.language)))
    if reach and reach["share"] is not None and reach["companies"] > 5:
        parts.append(
            say.translate(
                "Your contacts work at {n} companies; {share} of those who name one are at the five largest."
            ).format(n=say.number(reach["companies"]), share=words.percent(reach["share"], say.language))
        )
    return " ".join(parts)
