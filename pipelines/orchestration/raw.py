"""The raw tables as one step: one pass over the exports in the inbox of every member, of several coaches at once where they are small."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import dagster as dg
import duckdb
from duckdb import DuckDBPyConnection

from pipelines import ingest, lake
from pipelines.archive import Limits, exports_in_inbox
from pipelines.faults import fault
from pipelines.members import Member
from pipelines.models import Model
from pipelines.orchestration import kept
from pipelines.orchestration.metadata import Columns, row_metadata, schema_of
from pipelines.orchestration.partitions import COACHES, WEEK_TAG
from pipelines.orchestration.resources import Installation
from pipelines.orchestration.shared import exports_in_several_inboxes
from pipelines.owner import Owners
from pipelines.problem import Problem
from pipelines.readers import own_list
from pipelines.readers.batch import Batch
from pipelines.settings import secret_key

_STEP = "raw_tables"
_SHOWN = 100


def raw_asset(models: Sequence[Model], columns: Mapping[str, Columns]) -> dg.AssetsDefinition:
    """Return the multi-asset of all raw tables; `columns` names the columns and types of each."""
    specs = [
        dg.AssetSpec(
            name,
            group_name="raw",
            kinds={"duckdb", *(platform for platform in ("linkedin", "xing") if platform in name)},
            description=_description(name, [model.name for model in models if name in model.depends_on]),
            metadata={"dagster/column_schema": schema_of(fields, {})},
        )
        for name, fields in columns.items()
    ]
    made = [*columns, kept.TABLE]

    @dg.multi_asset(specs=specs, name=_STEP, partitions_def=COACHES, backfill_policy=dg.BackfillPolicy.single_run())
    def raw_tables(
        context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
    ) -> Iterator[dg.MaterializeResult]:
        week = context.run.tags.get(WEEK_TAG)
        # Whatever the coaches of the run, an export may lie in the inbox of another one's member.
        elsewhere = exports_in_several_inboxes(installation.settings)

        def read(coaches: Sequence[str]) -> dict[str, _Raw]:
            def work() -> dict[str, _Raw]:
                return _raw(installation, coaches, columns, week, elsewhere)

            def alone(coach: str) -> dict[str, _Raw]:
                with installation.at_own_risk(context.log, coach, _STEP, made):
                    return _raw(installation, [coach], columns, week, elsewhere)
                return {}

            return installation.together(context.log, _STEP, coaches, work, alone)

        found: dict[str, _Raw] = {}
        for of_bucket in installation.at_once(installation.inboxes(context.partition_keys), read).values():
            found |= of_bucket
        for name, fields in columns.items():
            source = name.removeprefix("raw_") if _is_source(fields) else ""
            for coach, raw in found.items():
                if records := raw.exports.get(source):
                    shown = {"exports": dg.MetadataValue.table(records[:_SHOWN], schema=_EXPORTS)}
                    context.add_asset_metadata(shown, name, coach)
            rows = {coach: raw.rows[name] for coach, raw in found.items()}
            yield dg.MaterializeResult(asset_key=name, metadata=row_metadata(rows))

    return raw_tables


@dataclass
class _Raw:
    """A coach's raw tables: the rows of each, and for each source what every export brought."""

    rows: dict[str, int] = field(default_factory=dict)
    exports: dict[str, list[dg.TableRecord]] = field(default_factory=dict)


def _raw(
    installation: Installation,
    coaches: Sequence[str],
    columns: Mapping[str, Columns],
    week: str | None,
    elsewhere: Mapping[str, Sequence[str]],
) -> dict[str, _Raw]:
    """Read the exports of all members of coaches and write each coach's raw tables. `elsewhere` are exports in several inboxes, with whose."""
    settings = installation.settings
    found = {coach: _Raw() for coach in coaches}
    members = {member.key: coach for coach in coaches for member in settings.of_coach(coach)}
    with installation.cursor() as cursor:
        how = _read(installation, cursor, coaches, list(columns), week, elsewhere)
        notes = _of_nobody(cursor)
        for coach, raw in found.items():
            own = [key for key, whose in members.items() if whose == coach] if len(coaches) > 1 else None
            # Until everything is written, nothing of it counts as kept.
            lake.delete(settings.lake, kept.TABLE, coach)
            for name, fields in columns.items():
                raw.rows[name] = lake.write(cursor, settings.lake, name, coach, _order(fields), own)
            kept.keep(cursor, settings.lake, coach, how[coach])
        for source, record in _exports(cursor):
            found[members[str(record.data["member"])]].exports.setdefault(source, []).append(record)
    installation.watcher.notes += notes
    return found


def _read(
    installation: Installation,
    cursor: DuckDBPyConnection,
    coaches: Sequence[str],
    tables: list[str],
    week: str | None,
    elsewhere: Mapping[str, Sequence[str]],
) -> dict[str, kept.Kept]:
    """Fill the raw tables of `cursor` for all members of coaches and return how each export was read, for each coach."""
    settings = installation.settings
    ingest.create_raw_tables(cursor)
    of_exports = [table for table in tables if "export" in _names(cursor, table)]
    key = secret_key(settings.home)
    batch = Batch(cursor, key)
    begun: dict[str, Sequence[ingest.Begun]] = {}
    # Nothing but a sentence is left of them, once the batch has read what they gave to it.
    failed: dict[str, str] = {}
    all_how: dict[str, kept.Kept] = {}
    everybody: list[Member] = []
    for coach in coaches:
        known_before = kept.kept_exports(cursor, settings.lake, coach)
        all_how[coach] = {}
        for member in settings.of_coach(coach):
            asked = member.asked(week=week, language=None)
            everybody.append(asked)
            with _noting_failure(failed, member):
                paths = exports_in_inbox(settings.inbox / member.key, own_list=own_list)
                how, known, unread = kept.sort_exports(asked, paths, known_before, key, elsewhere)
                try:
                    if known:
                        kept.copy_rows(cursor, settings.lake, coach, of_exports, member.key, known)
                except duckdb.Error:
                    _forget(cursor, tables, member)
                    unread = paths
                begun[member.key] = _begin(installation, batch, asked, unread)
                all_how[coach] |= how
    batch.finish()
    owners = Owners(cursor)
    for member in everybody:
        if member.key not in failed:
            with _noting_failure(failed, member):
                ingest.conclude(owners, member, begun[member.key], elsewhere=elsewhere)
        if member.key in failed:
            _only_a_sentence(cursor, tables, member, settings.inbox / member.key, failed[member.key])
    return {
        coach: {(member, export): how for (member, export), how in of_coach.items() if member not in failed}
        for coach, of_coach in all_how.items()
    }


@contextmanager
def _noting_failure(failed: dict[str, str], member: Member) -> Generator[None]:
    """Note why nothing can be read of a member: one member's exports cost nobody else their report."""
    try:
        yield
    except Problem as problem:
        failed[member.key] = str(problem)
    except Exception as error:  # noqa: BLE001 (see above)
        failed[member.key] = f"The exports could not be read, a fault of the program: {fault(error)}."


def _of_nobody(cursor: DuckDBPyConnection) -> list[Problem]:
    """Return a sentence for each export that is used although nothing in it tells whose it is."""
    statement = """
        select exports.member, exports.path
        from raw_exports as exports
        inner join raw_files as files on exports.member = files.member and exports.export = files.export
        where exports.platform in ('linkedin', 'xing')
            and coalesce(exports.error, exports.held_back, exports.owner, exports.owner_address) is null
        group by all
        having sum(files.rows_kept) > 0
        order by all
    """
    return [
        Problem(
            "{member}: nothing in {export} tells whose export it is; it was used all the same.",
            member=member,
            export=PurePath(path).name,
        )
        for member, path in cursor.execute(statement).fetchall()
    ]


def _begin(installation: Installation, batch: Batch, member: Member, paths: Sequence[Path]) -> Sequence[ingest.Begun]:
    progress = installation.watcher.progress
    return ingest.begin(
        batch,
        member,
        paths,
        limits=Limits(),
        progress=(lambda name: progress(f"{member.key}: {name}")) if progress else None,
    )


def _only_a_sentence(
    cursor: DuckDBPyConnection, tables: Sequence[str], member: Member, inbox: Path, sentence: str
) -> None:
    """Leave of a member nothing but the reason why there is nothing."""
    _forget(cursor, tables, member)
    cursor.execute(
        "insert into raw_exports (member, path, platform, error, reader) values ($1, $2, 'unknown', $3, $4)",
        [member.key, str(inbox), sentence, ingest.READER],
    )


def _forget(cursor: DuckDBPyConnection, tables: Sequence[str], member: Member) -> None:
    for table in tables:
        cursor.execute(f"delete from {lake.identifier(table)} where member = $1", [member.key])


def _names(cursor: DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in cursor.execute(f"describe {lake.identifier(table)}").fetchall()}


def _is_source(fields: Columns) -> bool:
    """Whether a raw table holds the records of a kind of file; the others are the ledger and what members.toml says."""
    return any(name == "row" for name, _ in fields)


def _order(fields: Columns) -> list[str]:
    """Return the columns that a raw table is ordered by on disk: those that tell its rows apart."""
    return ["member", "export", "file", "row"] if _is_source(fields) else [name for name, _ in fields]


def _description(name: str, readers: Sequence[str]) -> str:
    used = f" Read by {', '.join(sorted(readers))}." if readers else " No table reads it yet."
    what = {
        "raw_members": "Whom a run is asked for: one row a member of members.toml.",
        "raw_member_vacations": "Vacations as members.toml has them: one row each.",
        "raw_member_sessions": "Sessions with a coach and what was agreed, as members.toml has them: one row each.",
        "raw_member_goals": "Goals of members for each week, as members.toml has them: one row each.",
        "raw_member_targets": "Companies and roles that members would like, as members.toml has them: one row each.",
        "raw_exports": "What lies in the inboxes: one row an export, used or not.",
        "raw_files": "What is in the exports: one row a file, with what was read, kept and refused.",
        "raw_refusals": "Every record that was refused: its line and the reason, never its text.",
    }
    return what.get(name, "Records of one kind of file as the exports have them: one row each.") + used


_EXPORTS = dg.TableSchema(
    [
        dg.TableColumn("member", "string"),
        dg.TableColumn("export", "string", description="its file name"),
        dg.TableColumn("as_of", "string", description="the day it describes"),
        dg.TableColumn("rows_read", "int"),
        dg.TableColumn("rows_refused", "int"),
    ]
)


def _exports(cursor: DuckDBPyConnection) -> Iterator[tuple[str, dg.TableRecord]]:
    """Yield with its source, or with "" over all of them, what each export brought, the newest first."""
    statement = """
        select
            coalesce(files.source, '') as source, exports.member, exports.path, exports.as_of::varchar as as_of,
            coalesce(sum(files.rows_read), 0)::bigint as rows_read, coalesce(sum(files.rows_refused), 0)::bigint as rows_refused
        from raw_exports as exports
        left join raw_files as files on exports.member = files.member and exports.export = files.export
        group by grouping sets ((exports.member, exports.path, exports.as_of, files.source), (exports.member, exports.path, exports.as_of))
        having files.source is not null or grouping(files.source) = 1
        order by as_of desc, member, path
    """
    for source, member, path, as_of, rows_read, rows_refused in cursor.execute(statement).fetchall():
        record = {
            "member": member,
            "export": PurePath(path).name,
            "as_of": as_of or "",
            "rows_read": rows_read,
            "rows_refused": rows_refused,
        }
        yield source, dg.TableRecord(record)
