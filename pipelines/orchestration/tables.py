"""The files of one layer below sql/ as assets: Parquet in, Parquet out, coach by coach.

Each file is an asset that can be materialised alone; a layer is one step, because every step of its own would cost Dagster's storage
more than its SQL takes.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from pipelines.models import Model
from pipelines.orchestration.lineage import Lineage
from pipelines.orchestration.metadata import Columns, lineage_metadata, row_metadata, table_metadata
from pipelines.orchestration.partitions import COACHES
from pipelines.orchestration.resources import Installation

_PLATFORMS = ("linkedin", "xing")


def layer_asset(
    layer: str,
    models: Sequence[Model],
    columns: Mapping[str, Columns],
    comments: Mapping[str, Mapping[str, str]],
    lineage: Mapping[str, Lineage],
) -> dg.AssetsDefinition:
    """Return the assets of one layer, in the order of their runs; keys are the names of the files, the group is the folder."""
    specs = [
        dg.AssetSpec(
            model.name,
            deps=list(model.depends_on),
            group_name=layer,
            kinds={"duckdb", "sql", *(platform for platform in _PLATFORMS if platform in model.name)},
            description=model.description,
            metadata=table_metadata(model, columns[model.name], comments[model.name], lineage[model.name]),
        )
        for model in models
    ]

    @dg.multi_asset(
        specs=specs,
        name=layer,
        can_subset=True,
        partitions_def=COACHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def tables(
        context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
    ) -> Iterator[dg.MaterializeResult]:
        coaches = context.partition_keys
        chosen = context.selected_asset_keys
        for model in models:
            key = dg.AssetKey(model.name)
            if key not in chosen:
                continue
            rows: dict[str, int] = {}
            for coach in coaches:
                with installation.at_own_risk(context.log, coach, model.name, [model.name]):
                    rows[coach] = installation.compute(model, coach)
            yield dg.MaterializeResult(
                asset_key=key, metadata=row_metadata(rows) | lineage_metadata(lineage[model.name])
            )

    return tables
