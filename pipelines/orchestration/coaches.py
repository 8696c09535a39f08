"""The asset `coach_overview`: each coach's page with every member in one line, and a sheet for each conversation."""

from collections.abc import Callable
from typing import Any

import dagster as dg

from pipelines.coach.installation import write_sheets
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.resources import Installation
from pipelines.outcomes import TABLE, read_outcomes


@dg.asset(
    group_name="report",
    deps=[dg.AssetKey(TABLE)],
    kinds={"jinja"},
    description=(
        "`reports/_coaches/<coach>/<week>/`: the overview of a coach's members and a sheet for each conversation, made of their"
        " report.json files; in `mailed/` what the members' consent lets leave."
    ),
    partitions_def=COACHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def coach_overview(
    context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
) -> dg.MaterializeResult:
    """Write the sheets of every coach whose members have a report of this run."""

    def write(coach: str, call: Callable[..., Any]) -> dict[str, Any]:
        settings = installation.settings
        with installation.at_own_risk(context.log, coach, "coach_overview"), installation.cursor() as cursor:
            outcomes = read_outcomes(cursor, settings.lake, coach)
            weeks = {key: outcome.week for key, outcome in outcomes.items() if outcome.week is not None}
            folder, problems = call(write_sheets, settings, coach, weeks)
            installation.watcher.notes.extend(problems)
            if folder:
                return {"members": len(weeks), "week": folder.name, "path": dg.MetadataValue.path(folder)}
        return {}

    for coach, metadata in installation.draw(context.partition_keys, write).items():
        if metadata:
            context.add_asset_metadata(metadata, partition_key=coach)
    return dg.MaterializeResult()
