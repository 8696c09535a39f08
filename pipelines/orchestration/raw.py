"""The raw tables as one asset step: one pass over the exports of every inbox of a coach."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from duckdb import DuckDBPyConnection

from pipelines import ingest, lake
from pipelines.archive import Limits, exports_in_inbox
from pipelines.models import Model
from pipelines.orchestration.metadata import schema_of
from pipelines.orchestration.partitions import COACHES, WEEK_TAG
from pipelines.orchestration.resources import Installation
from pipelines.settings import Settings, secret_key

_LEDGER = ("raw_members", "raw_exports", "raw_files", "raw_refusals")


def raw_asset(models: list[Model], columns: dict[str, list[tuple[str, str]]]) -> dg.AssetsDefinition:
    """Return the multi-asset of all raw tables; `columns` names the columns and types of each."""
    readers = {name: sorted(m.name for m in models if name in m.depends_on) for name in columns}
    specs = [
        dg.AssetSpec(
            name,
            group_name="raw",
            kinds={_platform(name), "duckdb"} - {""},
            description=f"Read from the exports in the inbox, one row a record. Used by: {', '.join(readers[name]) or 'none'}.",
            metadata={"dagster/column_schema": schema_of(fields, {})},
        )
        for name, fields in columns.items()
    ]

    @dg.multi_asset(
        specs=specs, name="raw_tables", partitions_def=COACHES, backfill_policy=dg.BackfillPolicy.single_run()
    )
    def raw_tables(context: dg.AssetExecutionContext, installation: Installation) -> Iterator[dg.MaterializeResult]:
        rows = dict.fromkeys(columns, 0)
        shown: list[dg.TableRecord] = []
        for coach in context.partition_keys:
            with (
                installation.coach_at_own_risk(context.log, coach, "raw_tables", list(columns)),
                installation.cursor() as cursor,
            ):
                read_coach(cursor, installation.settings, coach, context.run.tags.get(WEEK_TAG))
                for name in columns:
                    rows[name] += lake.write(cursor, installation.settings.lake, name, coach, order_of(name))
                shown += _exports(cursor)
        for name in columns:
            metadata: dict[str, Any] = {"dagster/row_count": rows[name]}
            if shown:
                metadata["exports"] = dg.MetadataValue.table(
                    [record for record in shown if _concerns(record, name)] or shown[:0], schema=_EXPORTS
                )
            yield dg.MaterializeResult(asset_key=name, metadata=metadata)

    return raw_tables


def read_coach(connection: DuckDBPyConnection, settings: Settings, coach: str, week: str | None) -> None:
    """Read every export of every member of a coach into raw tables of `connection`."""
    ingest.create_raw_tables(connection)
    key = secret_key(settings.home)
    for member in settings.of_coach(coach):
        exports = exports_in_inbox(settings.inbox / member.key)
        ingest.ingest(connection, member.asked(week=week, language=None), exports, limits=Limits(), key=key)


def order_of(name: str) -> tuple[str, ...]:
    """Return the columns that a raw table is ordered by on disk."""
    return {
        "raw_members": ("member",),
        "raw_member_vacations": ("member", "first_day", "last_day"),
        "raw_member_targets": ("member", "kind", "name"),
        "raw_exports": ("member", "path"),
        "raw_files": ("member", "export", "file"),
        "raw_refusals": ("member", "export", "file", "line"),
    }.get(name, ("member", "export", "file", "row"))


_EXPORTS = dg.TableSchema(
    [
        dg.TableColumn("member", "string"),
        dg.TableColumn("source", "string"),
        dg.TableColumn("file", "string"),
        dg.TableColumn("as_of", "string"),
        dg.TableColumn("rows_read", "int"),
        dg.TableColumn("rows_refused", "int"),
    ]
)


def _exports(connection: DuckDBPyConnection) -> list[dg.TableRecord]:
    statement = """
        select
            exports.member, coalesce(files.source, '') as source, coalesce(files.file, exports.path) as file,
            coalesce(exports.as_of::varchar, '') as as_of, coalesce(files.rows_read, 0), coalesce(files.rows_refused, 0)
        from raw_exports as exports
        left join raw_files as files
            on exports.member = files.member and exports.export = files.export and files.status in ('read', 'empty', 'failed')
        order by all
    """
    return [
        dg.TableRecord(dict(zip(("member", "source", "file", "as_of", "rows_read", "rows_refused"), row, strict=True)))
        for row in connection.execute(statement).fetchall()
    ]


def _concerns(record: dg.TableRecord, name: str) -> bool:
    return name in _LEDGER or record.data["source"] == name.removeprefix("raw_")


def _platform(name: str) -> str:
    return next((platform for platform in ("linkedin", "xing") if platform in name), "")
