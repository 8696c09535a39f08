"""The asset `weekly_report`: each member's page, numbers and mail as files.

A member who breaks a rule of sql/checks, or whose report cannot be made, gets none, all others do; who got none and why is noted in
`outcomes.py`'s table. The check that fails the run for it comes last, in `mail.py`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg

from pipelines.drawing import TABLES, Numbers, draw_reports
from pipelines.models import Model
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.preview import preview as page_preview
from pipelines.orchestration.resources import Installation
from pipelines.outcomes import TABLE
from pipelines.report import broken_rules
from pipelines.settings import Settings


def report_asset(models: Sequence[Model]) -> dg.AssetsDefinition:
    """Return the asset that writes page, JSON and mail of every member of a coach."""
    checks = [model for model in models if model.layer == "checks"]

    @dg.asset(
        name=TABLE,
        group_name="report",
        deps=sorted({*TABLES, *(table for check in checks for table in check.depends_on)}),
        kinds={"jinja"},
        description="`reports/<member>/<week>/`: the page, its numbers and the mail of each member whose numbers break no rule.",
        partitions_def=COACHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def weekly_report(
        context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
    ) -> dg.MaterializeResult:
        def draw(coach: str, call: Callable[..., Numbers]) -> dict[str, Any]:
            with installation.at_own_risk(context.log, coach, TABLE, [TABLE]):
                stopped = broken_rules(models, lambda check: installation.offenders(check, coach))
                return _metadata(settings, call(draw_reports, settings, coach, stopped, context.run.run_id))
            return {}

        settings = installation.settings
        for coach, metadata in installation.draw(context.partition_keys, draw).items():
            if metadata:
                context.add_asset_metadata(metadata, partition_key=coach)
        return dg.MaterializeResult()

    return weekly_report


def _metadata(settings: Settings, numbers: Numbers) -> dict[str, Any]:
    path = settings.reports / numbers.folders[0] if len(numbers.folders) == 1 else settings.reports
    found: dict[str, Any] = {
        "reports": len(numbers.weeks),
        "bytes": numbers.bytes,
        "path": dg.MetadataValue.path(path),
    }
    if numbers.weeks:
        found["week"] = max(numbers.weeks)
    pages = {f"page of {member}": page_preview(html) for member, html in numbers.pages.items()}
    sums = {name: dg.MetadataValue.float(float(value)) for name, value in numbers.sums.items()}
    return found | pages | sums
