"""The reports of one coach's members, from the tables in the lake to files.

Belongs here: who of them gets a report, who gets none and why, and what is counted of the reports for plots over weeks. Nothing of
Dagster is loaded, so that it can be done in a process of its own; the asset around it is in `orchestration/reports.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipelines import lake, steps
from pipelines.faults import fault
from pipelines.models import load_models
from pipelines.outcomes import Outcome, write_outcomes
from pipelines.problem import N_
from pipelines.report import REPORT_TABLES, Report, make_reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from pipelines.members import Member
    from pipelines.models import Model
    from pipelines.settings import Settings

TABLES = (*REPORT_TABLES, *sorted(steps.LEDGER))
_PLATFORM = "all"
# How many of their weeks members were active adds up to nothing that means anything.
_NO_SUM = "weeks"


@dataclass
class Numbers:
    """Counts and sums over a coach's reports; nothing about a person but the pages of who allows it.

    `folders` of the reports are relative to that of all, `sums` are those of each number, `pages` are HTML by member.
    """

    weeks: list[str] = field(default_factory=list)
    folders: list[PurePath] = field(default_factory=list)
    bytes: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def add(self, report: Report, *, preview: bool) -> None:
        """Count one report; `preview` tells whether its page may be shown."""
        if preview:
            self.pages[report.member] = report.html.decode()
        self.weeks.append(report.week)
        self.folders.append(PurePath(report.member, report.week))
        self.bytes += len(report.html)
        for metric in report.metrics:
            if metric["platform"] == _PLATFORM and metric["value"] is not None and metric["unit"] != _NO_SUM:
                name = f"{metric['name']} (estimated)" if metric["status"] == "inferred" else metric["name"]
                self.sums[name] = self.sums.get(name, 0) + metric["value"]


def draw_reports(settings: Settings, coach: str, stopped: Mapping[str, Sequence[str]], run: str) -> Numbers:
    """Write page, JSON and mail of each of a coach's members, and note in the lake what became of everybody.

    `stopped` are members who break rules, with their names; `run` is that of Dagster. Raises lake.NotMade for a missing table.
    """
    numbers = Numbers()
    with lake.database(_connection(), f"reports of {coach}") as cursor:
        for table in TABLES:
            lake.read(cursor, settings.lake, table, coach)
        members = settings.of_coach(coach)
        outcomes = {key: _rule_broken(key, run, rules) for key, rules in stopped.items()}
        sound = [member for member in members if member.key not in stopped]
        for member, made in each_report(cursor, _models(), sound, settings):
            if isinstance(made, Report):
                made.write(settings.reports / member.key / made.week)
                outcomes[member.key] = Outcome(member.key, run, made.week)
                numbers.add(made, preview=member.preview)
            else:
                sentence = N_("The report could not be made, a fault of the program: {fault}.").format(
                    fault=fault(made)
                )
                outcomes[member.key] = Outcome(member.key, run, None, sentence, sentence)
        for member in members:
            if member.key not in outcomes:
                outcomes[member.key] = _without_week(cursor, member, run)
        write_outcomes(cursor, settings.lake, coach, outcomes.values())
    return numbers


def each_report(
    cursor: DuckDBPyConnection, models: Sequence[Model], members: Sequence[Member], settings: Settings
) -> Iterator[tuple[Member, Report | Exception]]:
    """Yield the report of each member who has a week to report, or what went wrong with it; after that the next one is made."""
    weeks = {key for (key,) in cursor.execute("select member from report_members").fetchall()}
    left = [member for member in members if member.key in weeks]
    while left:
        # A list of its own: `left` gets shorter while the reports are made of it.
        reports = make_reports(cursor, models, tuple(left), settings.sender, settings.unsubscribe)
        while left:
            try:
                made: Report | Exception = next(reports)
            except Exception as error:  # noqa: BLE001 (one member's page costs nobody else theirs)
                made = error
            member = left.pop(0)
            if not isinstance(made, Exception) and made.member != member.key:
                raise RuntimeError("a report is about to be given to somebody else")
            yield member, made
            if isinstance(made, Exception):
                break


def _rule_broken(member: str, run: str, rules: Sequence[str]) -> Outcome:
    text = N_("The numbers break a rule of the program ({rules}); no report was made. Please tell us which.")
    sentence = text.format(rules=", ".join(rules))
    return Outcome(member, run, None, sentence, sentence)


def _without_week(cursor: DuckDBPyConnection, member: Member, run: str) -> Outcome:
    """Say why a member has no week to report: what is wrong with the exports, or that there are none."""
    statement = "select path, error, held_back from raw_exports where member = $1 order by path"
    exports = cursor.execute(statement, [member.key]).fetchall()
    sentences = [error or held_back for _, error, held_back in exports if error or held_back]
    logged = [
        error or f"{PurePath(path).name} is held back: it seems to be somebody else's."
        for path, error, held_back in exports
        if error or held_back
    ]
    if not exports:
        sentences = logged = [N_("There is no export in inbox/{member}.").format(member=member.key)]
    elif not sentences:
        sentences = logged = [N_("The exports hold no dated entry, so there is no week to report.")]
    return Outcome(member.key, run, None, " ".join(sentences), " ".join(logged))


@cache
def _connection() -> DuckDBPyConnection:
    """Return this process's own database; opening one costs as much as drawing a page."""
    return steps.connect()


@cache
def _models() -> Sequence[Model]:
    return load_models()
