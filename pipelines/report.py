"""From the tables of sql/report to what people get: page, JSON and mail of each member.

Belongs here: which tables a report reads, the shape of report.json, which members get none, and putting the files in place.
No number is computed and no sentence written here; the page's content is put together in `page.py`, drawn by `render.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines.display import rows_for_display, written_out
from pipelines.files import replace_file
from pipelines.lake import identifier
from pipelines.members import SELF, slug
from pipelines.page import make_page
from pipelines.sections import goals
from pipelines.sections.readers import readers
from pipelines.sections.suggestions import person_sentence, step_sentence
from pipelines.sections.view import YEAR, only_platform
from pipelines.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.members import Member
    from pipelines.models import Model

    Row = dict[str, Any]

REPORT_TABLES = (
    "report_members",
    "report_sources",
    "report_missing",
    "report_metrics",
    "report_weeks",
    "report_matches",
    "report_ambiguous_names",
    "report_ledger",
    "report_groups",
    "report_visible_times",
    "report_composition",
    "report_recruiting",
    "report_recruiting_activity",
    "report_reach",
    "report_ties",
    "report_woken",
    "report_rhythm",
    "report_first_steps",
    "report_initiative",
    "report_requests",
    "report_exchange_weeks",
    "report_exchange",
    "report_giving",
    "report_since",
    "report_history",
    "report_revisions",
    "report_headline",
    "report_warm_paths",
    "report_target_gaps",
    "report_new_fields",
    "report_applications",
    "report_personal",
    "report_personal_weeks",
    "report_application_stages",
    "report_people",
    "report_steps",
    "report_open_approaches",
    "report_start",
    "report_baseline",
    "report_goals",
    "report_sessions",
    "report_outcomes",
)
# Shown by sections of the page, and in report.json under "details" as they are.
DETAIL_TABLES = tuple(
    name
    for name in REPORT_TABLES
    if name not in ("report_members", "report_sources", "report_metrics", "report_weeks", "report_matches")
    and name not in ("report_people", "report_steps")
    and name not in ("report_start", "report_baseline", "report_goals", "report_sessions", "report_outcomes")
)
FILES = ("report.html", "report.json", "mail.eml")
PDF_FILE = "report.pdf"
# Weeks are thousands of rows, and no chart goes back further than a year.
_SHOWN_WEEKS = f"""
    select weeks.*
    from report_weeks as weeks
    inner join report_members as members on weeks.member = members.member
    where weeks.platform = 'all' and weeks.week > members.week - {7 * YEAR}
    order by weeks.member, weeks.week
"""


@dataclass(frozen=True)
class Report:
    """One member's report of one ISO week (`2026-W46`), as the bytes of its three files, and the `metrics` of its JSON."""

    member: str
    week: str
    html: bytes
    json: bytes
    mail: bytes
    metrics: Sequence[Row] = ()

    def write(self, folder: Path, pdf: bytes | None = None) -> None:
        """Put the files into `folder`.

        `pdf` becomes report.pdf; without it the one of an earlier report goes, for it would say something else than the page.
        """
        files = dict(zip(FILES, (self.html, self.json, self.mail), strict=True))
        if pdf is not None:
            files[PDF_FILE] = pdf
        write_files(folder, files)
        if pdf is None:
            (folder / PDF_FILE).unlink(missing_ok=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder, made when missing; raises Problem where that cannot be."""
    for name, content in files.items():
        replace_file(folder / name, content)


def broken(connection: DuckDBPyConnection, models: Sequence[Model]) -> dict[str, list[str]]:
    """Return, for each member who breaks a rule, the checks of severity error that found them, sorted.

    The tables of the checks must be visible in `connection`. Such a member gets no report.
    """

    def offenders(model: Model) -> list[str]:
        found = connection.execute(f"select distinct member from {identifier(model.name)} order by member")
        return [member for (member,) in found.fetchall()]

    return broken_rules(models, offenders)


def broken_rules(models: Sequence[Model], offenders: Callable[[Model], Iterable[str]]) -> dict[str, list[str]]:
    """Return the same from the members whom `offenders` tells for a check."""
    found: dict[str, list[str]] = {}
    for model in sorted(models, key=lambda model: model.name):
        if model.layer == "checks" and model.severity == "error":
            for member in offenders(model):
                found.setdefault(member, []).append(model.name)
    return found


def make_reports(
    connection: DuckDBPyConnection,
    models: Sequence[Model],
    members: Sequence[Member],
    sender: str | None,
    unsubscribe: str | None = None,
) -> Iterator[Report]:
    """Make the report of each of `members` who has a row in report_members, in their order.

    `connection` shows the tables named in REPORT_TABLES; `models` give the definitions of the numbers; `sender` is the address
    that the mail comes from, None for a placeholder; `unsubscribe` is the https address that takes one-click requests.
    """
    statements = {name: f"from {identifier(name)}" for name in REPORT_TABLES} | {"report_weeks": _SHOWN_WEEKS}
    tables, texts = {}, {}
    for name, statement in statements.items():
        tables[name], texts[name] = _by_member(connection, statement)
    weeks = _weeks_as_json(connection)
    definitions = {
        column: text for model in models if model.layer == "metrics" for column, text in model.columns.items()
    }
    for member in members:
        if member.key in tables["report_members"]:
            yield _make_report(
                {name: rows.get(member.key, []) for name, rows in tables.items()},
                texts,
                weeks.get(member.key, b"[]"),
                definitions,
                member,
                sender,
                unsubscribe,
            )


def _by_member(connection: DuckDBPyConnection, statement: str) -> tuple[dict[str, list[Row]], list[str]]:
    """Return the rows that a statement finds of each member, and the columns that hold text, also within lists and structures."""
    result = connection.execute(statement)
    columns = result.description or []
    names = [column[0] for column in columns]
    rows: dict[str, list[Row]] = {}
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        rows.setdefault(row["member"], []).append(row)
    return rows, [column[0] for column in columns if "VARCHAR" in str(column[1])]


def _weeks_as_json(connection: DuckDBPyConnection) -> dict[str, bytes]:
    """Return the rows of report_weeks of each member as report.json has them.

    These are whole numbers and codes alone, but tens of thousands a member: DuckDB writes them in a sixth of the time that Python takes.
    """
    columns = [column[0] for column in connection.execute("from report_weeks limit 0").description or []]
    numbers = [
        f"""coalesce(', "{name}": ' || {identifier(name)}, ', "{name}": null')"""
        for name in columns
        if name not in ("member", "week", "week_name", "platform")
    ]
    named = """'{"week": "', week_name, '", "platform": "', platform, '"'"""
    row = f"concat({', '.join([named, *numbers])}, '}}')"
    # Sorting the numbers takes less than sorting the texts made of them.
    ordered = "(from report_weeks order by member, week, platform)"
    statement = f"select member, encode('[' || string_agg({row}, ', ') || ']') from {ordered} group by member"
    return dict(connection.execute(statement).fetchall())


def _make_report(
    tables: Mapping[str, list[Row]],
    texts: Mapping[str, list[str]],
    weeks: bytes,
    definitions: Mapping[str, str],
    member: Member,
    sender: str | None,
    unsubscribe: str | None,
) -> Report:
    from pipelines.mail import build_mail
    from pipelines.render import render_page

    [head] = tables["report_members"]
    # Whom members.toml does not know is called after the name on the page.
    key = slug(head["name"] or SELF) if member.key == SELF and not member.is_listed else member.key
    sentences = Sentences(member.language, quiet=member.quiet)
    shown = {name: rows_for_display(rows, texts[name]) for name, rows in tables.items()}
    document = _document(tables, shown, weeks, definitions, sentences, member, key)
    page = make_page(shown, definitions, sentences, salutation=member.salutation, is_listed=member.is_listed)
    page["readers"] = readers(sentences, member, head["week"])
    zone = ZoneInfo(head["time_zone"])
    monday_after = datetime.combine(head["week"] + timedelta(days=7), time(6), zone)
    return Report(
        member=key,
        week=head["week_name"],
        html=render_page(page).encode(),
        json=_to_json(document),
        mail=build_mail(
            page,
            sender=sender,
            recipient=next((one.address for one in member.recipients if one.own), None),
            date=monday_after,
            unsubscribe=unsubscribe,
        ),
        metrics=document["metrics"],
    )


def _to_json(document: Mapping[str, Any]) -> bytes:
    """Return the document as JSON; what it holds as bytes is JSON already."""
    parts = [
        f'"{name}": '.encode() + (value if isinstance(value, bytes) else _written(value))
        for name, value in document.items()
    ]
    return b"{" + b", ".join(parts) + b"}\n"


def _written(value: Any) -> bytes:
    return written_out(json.dumps(value, ensure_ascii=False, default=str)).encode()


def _document(
    tables: Mapping[str, list[Row]],
    shown: Mapping[str, list[Row]],
    weeks: bytes,
    definitions: Mapping[str, str],
    sentences: Sentences,
    member: Member,
    key: str,
) -> dict[str, Any]:
    """Return report.json: names as the exports write them, and as they can be shown within sentences."""
    [head] = tables["report_members"]
    [matches] = tables["report_matches"]
    return {
        "version": 1,
        "member": key,
        "name": head["name"],
        "week": head["week_name"],
        "language": sentences.language,
        "time_zone": head["time_zone"],
        "sources": [
            {name: row[name] for name in ("source", "platform", "as_of", "rows")} for row in tables["report_sources"]
        ],
        "metrics": [
            {
                "name": row["metric"],
                "platform": row["platform"],
                "week": head["week_name"],
                "value": row["value"],
                "unit": row["unit"],
                "status": row["status"],
                "open": row["is_open"],
                "is_whole": row["is_whole"],
                "only": only_platform(tables["report_metrics"], row["metric"]) if row["platform"] == "all" else None,
                "same_week_last_year_of_survivors": row["year_of_survivors"],
                "reason": sentences.reason(row),
                **{
                    name: row[name]
                    for name in ("previous_week", "mean_4_weeks", "mean_12_weeks", "same_week_last_year")
                },
                "definition": sentences.translate(definitions[row["metric"]]),
                "usual_low": row["usual_low"],
                "usual_high": row["usual_high"],
                "direction": row["direction"],
                "four_weeks": row["four_weeks"],
                "four_weeks_before": row["four_weeks_before"],
            }
            for row in tables["report_metrics"]
        ],
        "people": [
            {
                "name": row["name"],
                "platforms": row["platforms"],
                "profile": row["profile"],
                "reason": row["reason"],
                "sentence": person_sentence(sentences, named),
                "last_touch": row["last_touch"],
            }
            for row, named in zip(tables["report_people"], shown["report_people"], strict=True)
        ],
        "steps": [
            {
                "kind": row["kind"],
                "sentence": step_sentence(sentences, row, shown["report_open_approaches"])[0],
                "metric": row["metric"],
                "value": row["value"],
            }
            for row in shown["report_steps"]
        ],
        "matches": {"matched": matches["matched"], "ambiguous": matches["ambiguous"]},
        "weeks": weeks,
        **goals.documents(tables, sentences),
        "vacations": [list(days) for days in member.vacations],
        "details": {
            name.removeprefix("report_"): [
                {column: value for column, value in row.items() if column != "member"} for row in tables[name]
            ]
            for name in DETAIL_TABLES
        },
    }
