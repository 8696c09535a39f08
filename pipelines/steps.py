"""The way from exports to numbers, in order, and the loop over it.

Belongs here: making the database of one bucket of members, reading their exports into it, running every model. The command
calls this loop over tables in memory; `orchestration/` wraps the same steps as assets over Parquet. What a step computes is in
`ingest.py` and below `sql/`; what is made of it in `report.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import lake
from pipelines.models import Model, functions, load_models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duckdb import DuckDBPyConnection


def connect() -> DuckDBPyConnection:
    """Open an empty database that every model can run in."""
    return lake.connect(functions())


def build(connection: DuckDBPyConnection, model: Model) -> None:
    """Compute one model into a temporary table of its name from the tables that are visible under theirs."""
    connection.execute(f"create or replace temp table {lake.identifier(model.name)} as {model.sql}")


def compute(
    connection: DuckDBPyConnection,
    models: Sequence[Model] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Model]:
    """Run every model over the raw tables in `connection` and return the models in the order of their runs."""
    models = load_models(connection) if models is None else models
    for model in models:
        if progress:
            progress(model.name)
        build(connection, model)
    return list(models)
