"""The last two assets: each member's report as files, and the mails that carry them.

A member who breaks a rule of sql/checks gets no report, all others do; who got none and why is the table `weekly_report` of the lake.
`weekly_mail` comes last and carries the one blocking check, so that a run fails only after everything else was done.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import dagster as dg
from duckdb import DuckDBPyConnection

from pipelines import delivery, lake, steps
from pipelines.models import Model
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.resources import Installation
from pipelines.outbox import Outbox
from pipelines.problem import Problem
from pipelines.report import REPORT_TABLES, broken, make_reports
from pipelines.settings import Member, Settings

OUTCOMES = "weekly_report"
EVERY_MEMBER = dg.AssetCheckSpec(
    "every_member_has_a_report",
    asset="weekly_mail",
    blocking=True,
    description="Every member of members.toml whose coach was part of the run got the report; names who did not, and why.",
)


def report_asset(models: Sequence[Model]) -> dg.AssetsDefinition:
    """Return the asset that writes page, JSON and mail of every member of a coach."""
    checks = [model for model in models if model.layer == "checks"]
    tables = sorted({*REPORT_TABLES, *steps.LEDGER, *(table for check in checks for table in check.depends_on)})

    @dg.asset(
        name=OUTCOMES,
        group_name="report",
        deps=[dg.AssetKey(name) for name in tables],
        kinds={"jinja"},
        description="reports/<member>/<week>/: the page, its numbers and the mail of each member whose numbers break no rule.",
        partitions_def=COACHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def weekly_report(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
        settings = installation.settings
        made: list[dict[str, Any]] = []
        for coach in context.partition_keys:
            with (
                installation.coach_at_own_risk(context.log, coach, OUTCOMES, [OUTCOMES]),
                installation.cursor() as cursor,
            ):
                for table in tables:
                    lake.read(cursor, settings.lake, table, coach)
                for check in checks:
                    steps.build(cursor, check)
                made += _write_reports(cursor, models, settings, coach)
        return dg.MaterializeResult(metadata=_numbers(made, settings))

    return weekly_report


def _write_reports(
    cursor: DuckDBPyConnection, models: Sequence[Model], settings: Settings, coach: str
) -> list[dict[str, Any]]:
    members = settings.of_coach(coach)
    stopped = broken(cursor, models)
    outcomes: dict[str, tuple[str | None, str | None]] = {
        key: (None, f"the numbers break a rule of the program: {', '.join(checks)}") for key, checks in stopped.items()
    }
    documents = []
    sound = [member for member in members if member.key not in stopped]
    for report in make_reports(cursor, models, sound, settings.sender, settings.unsubscribe):
        folder = settings.reports / report.member / report.week
        report.write(folder)
        outcomes[report.member] = (report.week, None)
        documents.append({"folder": folder, "bytes": len(report.html), **json.loads(report.json)})
    for member in members:
        if member.key not in outcomes:
            outcomes[member.key] = (None, _why_none(cursor, member))
    cursor.execute(f"create temp table {OUTCOMES} (member varchar, week varchar, problem varchar)")
    for key, (week, problem) in sorted(outcomes.items()):
        cursor.execute(f"insert into {OUTCOMES} values ($1, $2, $3)", [key, week, problem])
    lake.write(cursor, settings.lake, OUTCOMES, coach, ("member",))
    return documents


def _why_none(cursor: DuckDBPyConnection, member: Member) -> str:
    """Return the sentences on a member's exports, or that there are none."""
    statement = """
        select coalesce(error, held_back) as sentence
        from raw_exports
        where member = $1 and coalesce(error, held_back) is not null
        order by path
    """
    sentences = [sentence for (sentence,) in cursor.execute(statement, [member.key]).fetchall()]
    if sentences:
        return " ".join(sentences)
    [(exports,)] = cursor.execute("select count(export) from raw_exports where member = $1", [member.key]).fetchall()
    return "the exports hold no dated entry" if exports else "there is no export in the inbox"


def _numbers(made: list[dict[str, Any]], settings: Settings) -> dict[str, Any]:
    """Return counts and sums over members, for plots over weeks; no row about a person."""
    metadata: dict[str, Any] = {
        "reports": len(made),
        "bytes": sum(document["bytes"] for document in made),
        "path": dg.MetadataValue.path(made[0]["folder"] if len(made) == 1 else settings.reports),
    }
    if made:
        metadata["week"] = max(document["week"] for document in made)
    sums: dict[str, float] = {}
    for document in made:
        for metric in document["metrics"]:
            if metric["platform"] == "all" and metric["value"] is not None:
                sums[metric["name"]] = sums.get(metric["name"], 0) + metric["value"]
    return metadata | {name: dg.MetadataValue.float(float(value)) for name, value in sums.items()}


@dg.asset(
    group_name="delivery",
    deps=[dg.AssetKey(OUTCOMES)],
    kinds={"email"},
    description="Each new report goes to the member's recipients, through the outbox: never the same week twice.",
    partitions_def=COACHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    check_specs=[EVERY_MEMBER],
)
def weekly_mail(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
    """Put new reports into the outbox, send what waits there, and tell who got none."""
    settings = installation.settings
    now = datetime.now().astimezone()
    outbox = Outbox(settings.outbox)
    without: dict[str, str] = {}
    queued = withheld = 0
    for coach in context.partition_keys:
        with installation.cursor() as cursor:
            outcomes = _outcomes(cursor, settings, coach)
        for member in settings.of_coach(coach):
            week, problem = outcomes.get(member.key, (None, installation.failures.get(coach, "a step before failed")))
            if week is None:
                without[member.key] = problem or "no report was made"
                continue
            for recipient in member.recipients:  # one by one: what is wrong with one of them costs no other their mail
                try:
                    folder = settings.reports / member.key / week
                    queued += len(delivery.queue_report(folder, outbox, [recipient], now))
                except Problem as refusal:
                    withheld += 1
                    context.log.warning(f"{member.key}: {refusal}")
    metadata: dict[str, Any] = {"messages": queued, "withheld": withheld, **_deliver(context, settings, outbox, now)}
    return dg.MaterializeResult(
        metadata=metadata,
        check_results=[
            dg.AssetCheckResult(
                passed=not without,
                check_name=EVERY_MEMBER.name,
                metadata={
                    "members_without_report": len(without),
                    **dict(sorted(without.items())),
                },
            )
        ],
    )


def outcomes_of(settings: Settings) -> dict[str, tuple[str | None, str | None]]:
    """Return for each member of the last runs the week of the report, or why there is none."""
    connection = lake.connect("")
    try:
        return {
            key: found for coach in settings.coaches() for key, found in _outcomes(connection, settings, coach).items()
        }
    finally:
        connection.close()


def _outcomes(
    connection: DuckDBPyConnection, settings: Settings, coach: str
) -> dict[str, tuple[str | None, str | None]]:
    try:
        lake.read(connection, settings.lake, OUTCOMES, coach)
    except FileNotFoundError:
        return {}
    rows = connection.execute(f"select member, week, problem from {OUTCOMES}").fetchall()
    return {member: (week, problem) for member, week, problem in rows}


def _deliver(context: dg.AssetExecutionContext, settings: Settings, outbox: Outbox, now: datetime) -> dict[str, Any]:
    if settings.smtp is None:
        return {"waiting": sum(entry.state == "waiting" for entry in outbox.entries())}
    from pipelines.smtp import SmtpTransport

    try:
        outcomes = outbox.deliver(SmtpTransport(settings.smtp), now)
    except Problem as problem:
        context.log.warning(f"mail: {problem}")
        return {"mail_stopped": str(problem)}
    states: dict[str, Any] = {}
    for state in ("sent", "waiting", "refused", "unknown"):
        states[state] = sum(outcome.state == state for outcome in outcomes)
    return states
