"""The files of one layer below sql/ as assets: Parquet in, Parquet out, a file for each coach.

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
        chosen = [model for model in models if dg.AssetKey(model.name) in context.selected_asset_keys]
        buckets = installation.buckets(context.partition_keys)
        made: dict[str, dict[str, int]] = {}
        for counts in installation.at_once(
            buckets, lambda coaches: installation.compute(context.log, chosen, coaches)
        ).values():
            made |= counts
        for model in chosen:
            rows = {coach: counts[model.name] for coach, counts in made.items() if model.name in counts}
            yield dg.MaterializeResult(
                asset_key=dg.AssetKey(model.name), metadata=row_metadata(rows) | lineage_metadata(lineage[model.name])
            )

    return tables
