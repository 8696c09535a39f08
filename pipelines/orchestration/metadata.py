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
# What these names mean in every table that has them.
_COMMON = {
    "member": "key of the member, as in members.toml",
    "export": "SHA-256 of the export",
    "file": "path inside the export",
    "row": "number of the record in the file, from 1",
    "platform": "linkedin, xing or own; all where platforms are counted together",
    "source": "kind of file, named like its raw table",
    "week": "Monday of the ISO week in the member's time zone",
    "as_of": "day that the newest export describes",
    "person": "one number a person, whatever platforms know them",
    "contact": "key of a contact on its platform",
    "name": "as the export writes it",
    "folded_name": "name without titles, case, accents and emoji, by which platforms are compared",
    "profile": "address of the profile, as the newest export writes it",
    "address": "address of a profile without protocol, host and case",
    "company": "as the export writes it",
    "title": "as the export writes it",
    "email_key": "keyed hash of an e-mail address; the address itself is stored nowhere",
}


def columns_of_everything(models: Sequence[Model], connection: DuckDBPyConnection) -> dict[str, Columns]:
    """Return names and types of the columns of every raw table and model, by building all of them over no rows."""
    ingest.create_raw_tables(connection)
    for model in models:
        steps.build(connection, model)
    found: dict[str, Columns] = {}
    statement = """
        select table_name, column_name, data_type
        from duckdb_columns()
        where not internal
        order by table_name, column_index
    """
    for table, column, kind in connection.execute(statement).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def comments_of_everything(models: Sequence[Model], lineages: Mapping[str, Lineage]) -> dict[str, dict[str, str]]:
    """Return the comments of the columns of each model.

    A column without a comment of its own has what its name means everywhere, else that of the column of the same name that it is made of.
    """
    found: dict[str, dict[str, str]] = {}
    for model in models:
        found[model.name] = comments = dict(model.columns)
        for column, sources in lineages[model.name].items():
            inherited = (found.get(table, {}).get(name) for table, name in sources if name == column)
            if comment := comments.get(column) or _COMMON.get(column) or next(filter(None, inherited), None):
                comments[column] = comment
    return found


def schema_of(columns: Sequence[tuple[str, str]], comments: Mapping[str, str]) -> dg.TableSchema:
    """Return the columns as Dagster shows them."""
    return dg.TableSchema(
        [dg.TableColumn(name, kind, description=comments.get(name, _COMMON.get(name))) for name, kind in columns]
    )


def sql_of(model: Model) -> dg.MarkdownMetadataValue:
    """Return a file's SQL as a block of Markdown."""
    return dg.MetadataValue.md(f"```sql\n{model.sql}\n```")


def table_metadata(model: Model, columns: Columns, comments: Mapping[str, str], lineage: Lineage) -> dict[str, Any]:
    """Return what a model's asset shows even before it ever ran."""
    return {
        "dagster/column_schema": schema_of(columns, comments),
        "columns made of": _origins(columns, lineage),
        "sql": sql_of(model),
    }


def _origins(columns: Columns, lineage: Lineage) -> dg.MarkdownMetadataValue:
    """Return the lineage as a table of links, because the open-source UI keeps `dagster/column_lineage` but draws it nowhere."""
    lines = ["| column | made of |", "| --- | --- |"]
    for column, _ in columns:
        sources = [f"[{table}](/assets/{table}).{name}" for table, name in lineage[column]]
        lines.append(f"| {column} | {', '.join(sources) or 'no other column'} |")
    return dg.MetadataValue.md("\n".join(lines))


def row_metadata(rows: Mapping[str, int]) -> dict[str, Any]:
    """Return how many rows a table has after a run, from those of each coach; with several coaches also of each.

    One metadata for all partitions of the run: with one for each, Dagster looks all partitions up again for every table and coach.
    """
    found: dict[str, Any] = {"dagster/row_count": sum(rows.values())}
    return found | ({"rows by coach": dg.MetadataValue.json(dict(rows))} if len(rows) > 1 else {})


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
