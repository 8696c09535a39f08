"""Each SQL file of staging, core, metrics and report as an asset: Parquet in, Parquet out, coach by coach."""

import dagster as dg

from pipelines.models import Model
from pipelines.orchestration.metadata import Columns, Lineage, model_metadata
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.resources import Installation


def model_asset(model: Model, columns: Columns, lineage: Lineage) -> dg.AssetsDefinition:
    """Return the asset of one model, its key the name of its file, its group the folder."""

    @dg.asset(
        name=model.name,
        group_name=model.layer,
        deps=[dg.AssetKey(name) for name in model.depends_on],
        kinds={"duckdb", "sql"} | {platform for platform in ("linkedin", "xing") if platform in model.name},
        description=model.description,
        metadata=model_metadata(model, columns, lineage),
        partitions_def=COACHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def table(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
        rows = 0
        for coach in context.partition_keys:
            with installation.coach_at_own_risk(context.log, coach, model.name, [model.name]):
                rows += installation.compute(coach, model)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": rows,
                "dagster/column_lineage": model_metadata(model, columns, lineage)["dagster/column_lineage"],
                "dagster/column_schema": model_metadata(model, columns, lineage)["dagster/column_schema"],
            }
        )

    return table
