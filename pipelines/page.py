"""The content of one page, from the tables of sql/report: what `render.py` draws.

Belongs here: the order of the page, which sections have something to say, which chart shows which columns. Numbers come from SQL,
words from `sentences.py`, form from `reports/`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipelines.sentences import N_, SENIORITY, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.sentences import Sentences

    Row = dict[str, Any]
    Tables = Mapping[str, list[Row]]

KEY_NUMBERS = ("contacts_new", "visible_activity", "recruiter_contacts")
_CHART_WEEKS = 26
_YEAR = 52


def make_page(tables: Tables, definitions: Mapping[str, str], sentences: Sentences) -> dict[str, Any]:
    """Return the page context: strings are finished sentences, numbers are numbers, None is absent."""
    [head] = tables["report_members"]
    [ledger] = tables["report_ledger"]
    view = _View(tables, definitions, sentences)
    headline_row = next(iter(tables["report_headline"]))
    headline = sentences.headline(headline_row, view.numbers)
    year, number, _ = head["week"].isocalendar()
    _ = sentences.translate
    return {
        "language": sentences.language,
        "member": head["member"],
        "member_name": head["name"] or "",
        "week": {
            "name": head["week_name"],
            "number": number,
            "year": year,
            "monday": head["week"],
            "sunday": head["week"] + timedelta(days=6),
        },
        "subject": sentences.subject(headline, number),
        "headline": headline,
        "lead": sentences.lead(view.numbers),
        "quiet": headline_row["kind"] == "quiet",
        "data_state": _data_state(tables, sentences),
        "key_numbers": [view.key_number(name) for name in KEY_NUMBERS],
        "steps": [],
        "people": [],
        "since_sunday": sentences.since_sunday(next(iter(tables["report_since"]), None)),
        "sections": [section for section in view.sections() if section],
        "ledger": {
            "read": ledger["rows_read"],
            "kept": ledger["rows_kept"],
            "refused": ledger["rows_refused"],
            "sentence": sentences.ledger(ledger),
        },
        "checks": _("All checks of the numbers passed."),
        "sources": [
            {"label": sentences.source(row["source"]), "as_of": row["as_of"], "rows": row["rows"]}
            for row in tables["report_sources"]
            if row["source"] in SOURCES
        ],
        "missing": sentences.missing({row["source"] for row in tables["report_sources"]}),
        "why": _("You get this mail every Monday because it was set up that way."),
        "stop": _("To stop it, answer with “stop”."),
    }


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


class _View:
    """The tables of one member, looked up by week and number for charts and sections."""

    def __init__(self, tables: Tables, definitions: Mapping[str, str], sentences: Sentences) -> None:
        self.tables = tables
        self.definitions = definitions
        self.say = sentences
        self.numbers = {row["metric"]: row for row in tables["report_metrics"] if row["platform"] == "all"}
        self.weeks = [row for row in tables["report_weeks"] if row["platform"] == "all"]
        [head] = tables["report_members"]
        self.unfinished = head["as_of"] <= head["week"] + timedelta(days=6)

    def known(self, metric: str) -> bool:
        return self.numbers[metric]["value"] is not None

    def labels(self, count: int) -> list[Row]:
        return [{"name": row["week_name"], "label": str(int(row["week_name"][-2:]))} for row in self.weeks[-count:]]

    def values(self, metric: str, count: int) -> list[int | None]:
        return [row[metric] for row in self.weeks[-count:]]

    def key_number(self, name: str) -> Row:
        row = self.numbers[name]
        detail = None
        if name == "visible_activity" and row["value"] and self.known("group_activity"):
            detail = self.say.count("group_activity", self.numbers["group_activity"]["value"])
        return {
            "name": name,
            "label": self.say.label(name),
            "value": row["value"],
            "estimated": name == "recruiter_contacts",
            "detail": detail,
            "direction": self.say.direction(row),
            "change": self.say.change(row),
            "usual": self.say.usual(row),
            "reason": self.say.reason(row),
            "columns": [
                {**label, "week": label["name"], "value": value}
                for label, value in zip(self.labels(12), self.values(name, 12), strict=True)
            ],
        }

    def definition_list(self, *metrics: str) -> list[Row]:
        return [
            {"label": self.say.label(name), "text": self.say.definition(self.definitions[name])} for name in metrics
        ]

    def chart(self, kind: str, title: str, description: str, unit: str, **more: Any) -> Row:
        return {
            "kind": kind,
            "title": self.say.translate(title),
            "description": self.say.translate(description),
            "unit": self.say.translate(unit),
            "unfinished": self.unfinished,
            **more,
        }

    def band(self, metric: str) -> Row | None:
        row = self.numbers[metric]
        if row["usual_low"] is None:
            return None
        return {"low": row["usual_low"], "high": row["usual_high"]}

    def sections(self) -> list[Row | None]:
        return [
            self.contacts_section(),
            self.rhythm_section(),
            self.messages_section(),
            self.visible_section(),
            self.groups_section(),
            self.recruiting_section(),
        ]

    def contacts_section(self) -> Row | None:
        row = self.numbers["contacts_new"]
        if row["value"] is None:
            return None
        composition = self.tables["report_composition"]
        seniority = [entry for entry in composition if entry["dimension"] == "seniority"]
        companies = [entry for entry in composition if entry["dimension"] == "company"]
        tables = []
        if seniority:
            tables.append(
                self.table(
                    N_("By seniority, as far as titles say"),
                    (N_("Level"), N_("New in 12 weeks"), N_("In all")),
                    [[self.say.translate(SENIORITY[e["value"]]), e["contacts_new"], e["contacts"]] for e in seniority],
                )
            )
        if companies:
            tables.append(
                self.table(
                    N_("Companies with most contacts"),
                    (N_("Company"), N_("New in 12 weeks"), N_("In all")),
                    [[e["value"], e["contacts_new"], e["contacts"]] for e in companies],
                )
            )
        return {
            "key": "contacts",
            "heading": self.say.growth_heading(row),
            "sentence": self.say.growth(self.numbers, next(iter(self.tables["report_acceptance"]), None)),
            "estimated": False,
            "charts": [
                self.chart(
                    "columns",
                    N_("New contacts per week"),
                    N_("Columns for the last 26 weeks, the reported one last; the band is the usual range."),
                    N_("contacts"),
                    weeks=self.labels(_CHART_WEEKS),
                    values=self.values("contacts_new", _CHART_WEEKS),
                    band=self.band("contacts_new"),
                )
            ],
            "tables": tables,
            "definitions": self.definition_list(
                "contacts_new",
                "contacts_total",
                "contacts_lost",
                "invitations_sent",
                "invitations_accepted",
                "persons_total",
            ),
        }

    def rhythm_section(self) -> Row | None:
        if not self.known("active_weeks"):
            return None
        rows = [
            {"label": self.say.label(name), "values": self.values(name, _YEAR)}
            for name in ("messages_sent", "invitations_sent", "posts", "comments", "reactions")
            if any(value is not None for value in self.values(name, _YEAR))
        ]
        if not rows:
            return None
        return {
            "key": "rhythm",
            "heading": self.say.rhythm_heading(self.numbers),
            "sentence": self.say.rhythm(self.numbers),
            "estimated": False,
            "charts": [
                self.chart(
                    "heat",
                    N_("A year of weeks"),
                    N_("One field a week, the darker the more; the reported week is the last."),
                    N_("acts"),
                    weeks=self.labels(_YEAR),
                    rows=rows,
                )
            ],
            "tables": [],
            "definitions": self.definition_list("active_weeks", "streak_weeks", "care_weeks"),
        }

    def messages_section(self) -> Row | None:
        if not self.known("messages_sent"):
            return None
        return {
            "key": "messages",
            "heading": self.say.messages_heading(self.numbers),
            "sentence": self.say.messages(self.numbers),
            "estimated": False,
            "charts": [
                self.chart(
                    "mirror",
                    N_("Messages per week"),
                    N_("Written above the line, received below it, for the last 26 weeks."),
                    N_("messages"),
                    weeks=self.labels(_CHART_WEEKS),
                    above={
                        "label": self.say.translate(N_("written")),
                        "values": self.values("messages_sent", _CHART_WEEKS),
                    },
                    below={
                        "label": self.say.translate(N_("received")),
                        "values": self.values("messages_received", _CHART_WEEKS),
                    },
                )
            ],
            "tables": [],
            "definitions": self.definition_list(
                "messages_sent", "messages_received", "conversations_started", "conversations_answered"
            ),
        }

    def visible_section(self) -> Row | None:
        if not self.known("visible_activity") or not any(self.values("visible_activity", _CHART_WEEKS)):
            return None
        return {
            "key": "visible",
            "heading": self.say.visible_heading(self.numbers["visible_activity"]),
            "sentence": self.say.visible(self.numbers),
            "estimated": False,
            "charts": [
                self.chart(
                    "stacked",
                    N_("Visible activity per week"),
                    N_("Posts, comments, reactions, reposts and votes for the last 26 weeks."),
                    N_("acts"),
                    weeks=self.labels(_CHART_WEEKS),
                    series=[
                        {"label": self.say.label(name), "values": self.values(name, _CHART_WEEKS)}
                        for name in ("posts", "comments", "reactions", "reposts", "votes")
                        if any(self.values(name, _CHART_WEEKS))
                    ],
                )
            ],
            "tables": [],
            "definitions": self.definition_list(
                "visible_activity", "posts", "comments", "reactions", "reposts", "votes"
            ),
        }

    def groups_section(self) -> Row | None:
        groups = self.tables["report_groups"]
        if not groups:
            return None
        unnamed = any(row["name"] is None for row in groups)
        return {
            "key": "groups",
            "heading": self.say.groups_heading(self.numbers),
            "sentence": self.say.groups(groups, unnamed=unnamed),
            "estimated": False,
            "charts": [],
            "tables": [
                self.table(
                    N_("Groups you were active in, last 26 weeks"),
                    (N_("Group"), N_("This week"), N_("In 26 weeks"), N_("Last 12 weeks")),
                    [
                        [
                            row["name"] or self.say.translate(N_("Group {id}")).format(id=row["group_id"]),
                            row["acts_in_week"],
                            row["acts"],
                            {"spark": row["weekly"], "label": ", ".join(map(str, row["weekly"]))},
                        ]
                        for row in groups[:8]
                    ],
                )
            ],
            "definitions": self.definition_list("group_activity", "groups_active"),
        }

    def recruiting_section(self) -> Row | None:
        recruiting = next(iter(self.tables["report_recruiting"]), None)
        if recruiting is None or not self.known("recruiter_contacts"):
            return None
        bars = [
            {"label": self.say.translate(N_("wrote first")), "value": recruiting["wrote_first"], "accent": False},
            {"label": self.say.translate(N_("answered by you")), "value": recruiting["answered"], "accent": False},
            {"label": self.say.translate(N_("still open")), "value": recruiting["open"], "accent": True},
        ]
        return {
            "key": "recruiting",
            "heading": self.say.recruiting_heading(recruiting),
            "sentence": self.say.recruiting(recruiting),
            "estimated": True,
            "charts": [
                self.chart(
                    "sequence",
                    N_("Recruiting contacts of the last 26 weeks"),
                    N_("How many wrote first, how many you answered, how many are open."),
                    N_("people"),
                    bars=bars,
                )
            ]
            if recruiting["wrote_first"]
            else [],
            "tables": [],
            "definitions": self.definition_list("recruiter_contacts", "recruiter_replies", "recruiter_views"),
        }

    def table(self, title: str, columns: tuple[str, ...], rows: list[list[Any]]) -> Row:
        return {
            "title": self.say.translate(title),
            "columns": [
                {"label": self.say.translate(label), "align": "left" if i == 0 else "right"}
                for i, label in enumerate(columns)
            ],
            "rows": rows,
        }
