"""The asset `weekly_report`: each member's page, numbers and mail as files.

A member who breaks a rule of sql/checks, or whose report cannot be made, gets none, all others do; who got none and why is noted in
`outcomes.py`'s table. The check that fails the run for it comes last, in `mail.py`.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

import dagster as dg
from duckdb import DuckDBPyConnection

from pipelines import steps
from pipelines.members import Member
from pipelines.models import Model
from pipelines.orchestration.outcomes import TABLE, Outcome, write_outcomes
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.preview import preview as page_preview
from pipelines.orchestration.resources import Installation, fault
from pipelines.problem import N_
from pipelines.report import REPORT_TABLES, Report, broken_rules, make_reports
from pipelines.settings import Settings

_PLATFORM = "all"
# How many of their weeks members were active adds up to nothing that means anything.
_NO_SUM = "weeks"


def report_asset(models: Sequence[Model]) -> dg.AssetsDefinition:
    """Return the asset that writes page, JSON and mail of every member of a coach."""
    checks = [model for model in models if model.layer == "checks"]
    tables = {*REPORT_TABLES, *steps.LEDGER}

    @dg.asset(
        name=TABLE,
        group_name="report",
        deps=sorted({*tables, *(table for check in checks for table in check.depends_on)}),
        kinds={"jinja"},
        description="`reports/<member>/<week>/`: the page, its numbers and the mail of each member whose numbers break no rule.",
        partitions_def=COACHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def weekly_report(
        context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
    ) -> dg.MaterializeResult:
        def draw(coach: str) -> dict[str, Any]:
            with (
                installation.at_own_risk(context.log, coach, TABLE, [TABLE]),
                installation.cursor() as cursor,
            ):
                installation.show(cursor, tables, coach)
                settings = installation.settings
                members = settings.of_coach(coach)
                stopped = broken_rules(models, lambda check: installation.offenders(check, coach))
                outcomes = {key: _rule_broken(key, context.run.run_id, rules) for key, rules in stopped.items()}
                shown = _Numbers()
                sound = [member for member in members if member.key not in stopped]
                for member, made in each_report(cursor, models, sound, settings):
                    if isinstance(made, Report):
                        made.write(settings.reports / member.key / made.week)
                        outcomes[member.key] = Outcome(member.key, context.run.run_id, made.week)
                        shown.add(made, preview=member.preview)
                    else:
                        sentence = N_("The report could not be made, a fault of the program: {fault}.").format(
                            fault=fault(made)
                        )
                        outcomes[member.key] = Outcome(member.key, context.run.run_id, None, sentence, sentence)
                for member in members:
                    if member.key not in outcomes:
                        outcomes[member.key] = _without_week(cursor, member, context.run.run_id)
                write_outcomes(cursor, settings.lake, coach, outcomes.values())
                return shown.metadata(settings)
            return {}

        for coach, metadata in installation.at_once(context.partition_keys, draw).items():
            if metadata:
                context.add_asset_metadata(metadata, partition_key=coach)
        return dg.MaterializeResult()

    return weekly_report


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


class _Numbers:
    """Counts and sums over a coach's members, for plots over weeks; nothing about a person but the pages of who allows it."""

    def __init__(self) -> None:
        self._weeks: list[str] = []
        self._folders: list[PurePath] = []
        self._bytes = 0
        self._sums: dict[str, float] = {}
        self._previews: dict[str, dg.MarkdownMetadataValue] = {}

    def add(self, report: Report, *, preview: bool) -> None:
        if preview:
            self._previews[f"page of {report.member}"] = page_preview(report.html.decode())
        self._weeks.append(report.week)
        self._folders.append(PurePath(report.member, report.week))
        self._bytes += len(report.html)
        for metric in report.metrics:
            if metric["platform"] == _PLATFORM and metric["value"] is not None and metric["unit"] != _NO_SUM:
                name = f"{metric['name']} (estimated)" if metric["status"] == "inferred" else metric["name"]
                self._sums[name] = self._sums.get(name, 0) + metric["value"]

    def metadata(self, settings: Settings) -> dict[str, Any]:
        path = settings.reports / self._folders[0] if len(self._folders) == 1 else settings.reports
        found: dict[str, Any] = {
            "reports": len(self._weeks),
            "bytes": self._bytes,
            "path": dg.MetadataValue.path(path),
        }
        if self._weeks:
            found["week"] = max(self._weeks)
        sums = {name: dg.MetadataValue.float(float(value)) for name, value in self._sums.items()}
        return found | self._previews | sums
