"""What an asset shows in the UI: its columns with their comments, where each column comes from, its SQL."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipelines import ingest, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.models import Model

Columns = list[tuple[str, str]]
Lineage = dict[str, list[tuple[str, str]]]


def schema_of(columns: Sequence[tuple[str, str]], comments: Mapping[str, str]) -> dg.TableSchema:
    """Return the columns as Dagster shows them."""
    return dg.TableSchema([dg.TableColumn(name, kind, description=comments.get(name)) for name, kind in columns])


def columns_of_everything(models: Sequence[Model], connection: DuckDBPyConnection) -> dict[str, Columns]:
    """Return the columns and types of every raw table and model, by building all of them over no rows."""
    ingest.create_raw_tables(connection)
    for model in models:
        steps.build(connection, model)
    found: dict[str, Columns] = {}
    statement = "select table_name, column_name, data_type from duckdb_columns() where database_name = 'temp' order by table_name, column_index"
    for table, column, kind in connection.execute(statement).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def lineage_of(models: Sequence[Model], columns: Mapping[str, Columns], cache: Path) -> dict[str, Lineage]:
    """Return for each model and column the columns it is made of, from a cache keyed by the SQL of all models.

    sqlglot takes seconds for all models: it is imported only when a model's SQL has changed.
    """
    text = json.dumps([[model.name, model.sql] for model in models]) + json.dumps(columns)
    path = cache / f"lineage-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {model.name: _lineage(model, columns) for model in models}
        _keep(path, json.dumps(found))
        return found


def _keep(path: Path, text: str) -> None:
    """Write the cache where that is allowed; without it the next start is slower, nothing else."""
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in path.parent.glob("lineage-*.json"):
            old.unlink(missing_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)


def _lineage(model: Model, columns: Mapping[str, Columns]) -> Lineage:
    from sqlglot import exp, parse_one
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    schema: dict[str, object] = {table: dict(columns[table]) for table in model.depends_on}
    statement = qualify(
        parse_one(model.sql, dialect="duckdb"),
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
        identify=False,
    )
    scope = build_scope(statement)
    found: Lineage = {}
    for column, _ in columns[model.name]:
        node = lineage(column, statement, schema, dialect="duckdb", scope=scope, trim_selects=False, copy=False)
        sources = {
            (leaf.expression.name, leaf.name.rpartition(".")[2].strip('"'))
            for leaf in node.walk()
            if isinstance(leaf.expression, exp.Table) and leaf.expression.name in schema
        }
        found[column] = sorted(sources)
    return found


def model_metadata(model: Model, columns: Columns, lineage: Lineage) -> dict[str, Any]:
    """Return what a model's asset shows before and after it ran."""
    return {
        "dagster/column_schema": schema_of(columns, model.columns),
        "dagster/column_lineage": dg.TableColumnLineage(
            {
                column: [dg.TableColumnDep(asset_key=dg.AssetKey(table), column_name=name) for table, name in sources]
                for column, sources in lineage.items()
                if sources
            }
        ),
        "sql": dg.MetadataValue.md(f"```sql\n{model.sql}\n```"),
    }
