"""What a table's asset shows in the UI: its columns with their comments, where each comes from, its SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

from pipelines import ingest, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from pipelines.models import Model
    from pipelines.orchestration.lineage import Lineage

Columns = list[tuple[str, str]]


def columns_of_everything(models: Sequence[Model], connection: DuckDBPyConnection) -> dict[str, Columns]:
    """Return names and types of the columns of every raw table and model, by building all of them over no rows."""
    ingest.create_raw_tables(connection)
    for model in models:
        steps.build(connection, model)
    found: dict[str, Columns] = {}
    statement = """
        select table_name, column_name, data_type
        from duckdb_columns()
        where database_name = 'temp'
        order by table_name, column_index
    """
    for table, column, kind in connection.execute(statement).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def schema_of(columns: Sequence[tuple[str, str]], comments: Mapping[str, str]) -> dg.TableSchema:
    """Return the columns as Dagster shows them."""
    return dg.TableSchema([dg.TableColumn(name, kind, description=comments.get(name)) for name, kind in columns])


def sql_of(model: Model) -> dg.MarkdownMetadataValue:
    """Return a file's SQL as a block of Markdown."""
    return dg.MetadataValue.md(f"```sql\n{model.sql}\n```")


def table_metadata(model: Model, columns: Columns) -> dict[str, Any]:
    """Return what a model's asset shows even before it ever ran."""
    return {"dagster/column_schema": schema_of(columns, model.columns), "sql": sql_of(model)}


def lineage_metadata(lineage: Lineage) -> dict[str, Any]:
    """Return what each column is made of, as Dagster shows it."""
    return {
        "dagster/column_lineage": dg.TableColumnLineage(
            {
                column: [dg.TableColumnDep(asset_key=dg.AssetKey(table), column_name=name) for table, name in sources]
                for column, sources in lineage.items()
                if sources
            }
        )
    }
