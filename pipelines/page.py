"""The content of one page, from the tables of sql/report: what `render.py` draws.

Belongs here: the order of the page, which sections have something to say, which chart shows which columns. Numbers come from SQL,
words from `sentences.py`, form from `reports/`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines import missing
from pipelines.sections import (
    applications,
    contacts,
    giving,
    goals,
    groups,
    history,
    initiative,
    messages,
    personal,
    recruiting,
    rhythm,
    ties,
    views,
    visible,
    warm_paths,
)
from pipelines.sections.suggestions import (
    how_to_answer,
    how_to_deny,
    names_last_touch,
    person_sentence,
    step_sentence,
)
from pipelines.sections.view import View
from pipelines.sentences import FINDINGS, N_, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sentences import Sentences

    Row = dict[str, Any]
    Tables = Mapping[str, list[Row]]

KEY_NUMBERS = ("contacts_new", "visible_activity", "recruiter_contacts")
SECTIONS = (
    personal.section,
    goals.section,
    contacts.section,
    ties.section,
    rhythm.section,
    initiative.section,
    messages.section,
    giving.section,
    visible.section,
    groups.section,
    recruiting.section,
    views.section,
    warm_paths.section,
    applications.section,
    history.section,
)


# What a quiet page leaves out: who owes whom a message, and who takes the first step.
NOT_QUIET = (ties.section, initiative.section, messages.section, giving.section)


def make_page(
    tables: Tables,
    definitions: Mapping[str, str],
    sentences: Sentences,
    *,
    salutation: str | None = None,
    is_listed: bool = False,
) -> dict[str, Any]:
    """Return the page context: strings are finished sentences, numbers are numbers, None is absent.

    `salutation` is how the mail addresses the member, by default by name; `is_listed` tells whether members.toml has the member. A quiet page (`sentences.quiet`) names one step.
    """
    [head] = tables["report_members"]
    [ledger] = tables["report_ledger"]
    view = View(tables, definitions, sentences, is_listed=is_listed)
    headline_row = next(iter(tables["report_headline"]))
    [kept] = tables["report_rhythm"]
    headline = sentences.headline(headline_row, view.numbers, kept, tables["report_personal"])
    year, number, _ = head["week"].isocalendar()
    _ = sentences.translate
    return {
        "language": sentences.language,
        "member": head["member"],
        "member_name": head["name"] or "",
        "salutation": salutation or head["name"] or "",
        "week": {
            "name": head["week_name"],
            "number": number,
            "year": year,
            "monday": head["week"],
            "sunday": head["week"] + timedelta(days=6),
        },
        "subject": sentences.subject(headline, number, running=view.running_until is not None),
        "headline": headline,
        "lead": sentences.lead(headline_row, view.numbers, kept, tables["report_personal"]),
        "quiet": headline in map(_, FINDINGS.values()),
        "running": sentences.running(view.running_until),
        "data_state": _data_state(tables, sentences),
        "key_numbers": [view.key_number(name) for name in KEY_NUMBERS if view.says_something(name)],
        "steps": _steps(view),
        "how_to_answer": how_to_answer(view) if tables["report_people"] else None,
        "people": [
            {
                "name": row["name"],
                "platforms": [sentences.platform(platform) for platform in row["platforms"]],
                "profile": row["profile"],
                "sentence": person_sentence(sentences, row),
                "last_touch": None
                if row["last_touch"] is None or names_last_touch(row)
                else words.month_long(row["last_touch"], sentences.language),
            }
            for row in tables["report_people"]
        ],
        "since_sunday": sentences.since_sunday(next(iter(tables["report_since"]), None)),
        "sections": _sections(view),
        "ledger": {
            "read": ledger["rows_read"],
            "kept": ledger["rows_kept"],
            "refused": ledger["rows_refused"],
            "sentence": sentences.ledger(ledger, [row["platform"] for row in tables["report_sources"]]),
        },
        "checks": _("All checks of the numbers passed."),
        "sources": [
            {"label": sentences.source(row["source"]), "as_of": row["as_of"], "rows": row["rows"]}
            for row in tables["report_sources"]
            if row["source"] in SOURCES
        ],
        "missing": missing.told(tables["report_missing"], sentences.translate, sentences.day),
        "why": _("You get this mail every Monday because it was set up that way."),
        "stop": _("To stop it, answer with “stop”."),
    }


def _sections(view: View) -> list[Mapping[str, Any]]:
    """Return the sections that have something to say this week.

    Those whose numbers are all as usual become one, a line each; those that change over months and have no news another, folded.
    """
    made = [
        content for section in SECTIONS if not (view.say.quiet and section in NOT_QUIET) and (content := section(view))
    ]
    usual = [section for section in made if section.get("usual")]
    slow = [section for section in made if section.get("slow")]
    return [
        *(section for section in made if section not in usual and section not in slow),
        *([_as_usual(view, usual)] if usual else []),
        *([_slow(view, slow)] if slow else []),
    ]


def _slow(view: View, sections: Sequence[Mapping[str, Any]]) -> Row:
    return {
        "key": "slow",
        "heading": view.say.translate("What changes slowly"),
        "sentence": view.say.translate("Over months rather than from week to week."),
        "estimated": False,
        "charts": [],
        "tables": [],
        "definitions": [],
        "parts": sections,
    }


def _as_usual(view: View, sections: Sequence[Mapping[str, Any]]) -> Row:
    say, total = view.say, view.numbers["contacts_total"]["value"]
    sentence = say.translate("These numbers lie where they mostly lay in the last 26 weeks.")
    if total is not None:
        text = say.translate("Contacts in all: {n}.").format(n=words.number(total, say.language))
        sentence = f"{sentence} {text}"
    return {
        "key": "usual",
        "heading": say.translate("As usual"),
        "sentence": sentence,
        "estimated": False,
        "charts": [],
        "tables": [
            view.table(
                N_("Numbers within their usual range"),
                (N_("What"), N_("This week"), N_("Last 12 weeks"), N_("Usually")),
                [view.usual_line(metric) for section in sections for metric in section["usual"]],
            )
        ],
        "definitions": [definition for section in sections for definition in section["definitions"]],
    }


def _steps(view: View) -> list[Row]:
    """Return the steps, their reasons and how the page says to answer them; where no rule found one, the one that is never wrong."""
    say, rows = view.say, view.tables["report_steps"][: 1 if view.say.quiet else None]
    told = []
    for row in rows:
        sentence, reason = step_sentence(say, row, view.tables["report_open_approaches"])
        answer = how_to_deny(view) if row["kind"] == "check_recruiting" else None
        told.append({"sentence": sentence, "reason": reason, "answer": answer})
    return told or [
        {
            "sentence": say.translate("Write to somebody you have not heard from for a while."),
            "reason": say.translate("A greeting is enough."),
            "answer": None,
        }
    ]


def _data_state(tables: Tables, sentences: Sentences) -> list[Row]:
    [head] = tables["report_members"]
    newest: dict[str, Any] = {}
    for row in tables["report_sources"]:
        newest[row["platform"]] = max(row["as_of"], newest.get(row["platform"], row["as_of"]))
    states = []
    for platform in ("linkedin", "xing"):
        if platform in newest:
            age = sentences.age((head["as_of"] - newest[platform]).days)
            states.append(
                {
                    "platform": sentences.platform(platform),
                    "as_of": newest[platform],
                    "age": age,
                    "stale": age is not None,
                }
            )
    return states
