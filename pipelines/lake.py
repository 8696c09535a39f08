"""Where tables live: in DuckDB's memory for one command, as Parquet under a lake for an installation.

Belongs here: making a connection with the functions that the SQL relies on, reading and replacing one table of one coach, and the
views over the whole lake. What a table means is the SQL's business.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from pipelines.files import private_folder, replacing
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection


class NotMade(Exception):  # noqa: N818
    """A coach has no such table in the lake; `str()` is its name."""


def connect(functions: str) -> DuckDBPyConnection:
    """Open an in-memory database with one thread, UTC as its zone and the macros in `functions` (SQL text).

    One thread because more cores means more coaches at once, and because the order of rows then never varies.
    """
    connection = duckdb.connect(
        config={"threads": 1, "autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    connection.execute("set enable_progress_bar = false")
    # What several threads compute by turns would else be held by each of them: at a large member half as much again.
    connection.execute("set allocator_flush_threshold = '4MB'")
    connection.execute("set allocator_bulk_deallocation_flush_threshold = '4MB'")
    connection.execute(functions)
    return _in_utc(connection)


def cursor(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """Open another connection to the same database, for statements at the same time."""
    return _in_utc(connection.cursor())


def twin(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """Open another connection that finds tables where `connection` does, which nobody may use meanwhile."""
    [(path,)] = connection.execute("select current_setting('search_path')").fetchall()
    other = cursor(connection)
    if path:
        other.execute(f"set search_path = {literal(path)}")
    return other


@contextmanager
def database(connection: DuckDBPyConnection, name: str) -> Generator[DuckDBPyConnection]:
    """Open a cursor in an empty database of its own beside that of `connection`, whose macros it sees; both go at the end."""
    own = cursor(connection)
    own.execute(f"attach ':memory:' as {identifier(name)}")
    own.execute(f"set search_path = {literal(f'{identifier(name)}.main,memory.main')}")
    try:
        yield own
    finally:
        own.execute("set search_path = 'memory.main'")
        own.execute(f"detach {identifier(name)}")
        own.close()


def _in_utc(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    # A cursor has settings of its own.
    connection.execute("set timezone = 'UTC'")
    return connection


def identifier(name: str) -> str:
    """Return `name` quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return `text` as a quoted SQL string, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def exactly(path: Path | str) -> str:
    """Return a path as DuckDB's patterns write one that means only itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def table_path(lake: Path, table: str, coach: str) -> Path:
    """Return where one coach's rows of a table lie."""
    return lake / table / f"coach={coach}" / "data.parquet"


def write(
    connection: DuckDBPyConnection,
    lake: Path,
    table: str,
    coach: str,
    order: Sequence[str],
    members: Sequence[str] | None = None,
) -> int:
    """Write the table of that name in `connection` as the coach's Parquet file and return its number of rows.

    `members` are whose rows go into it, where the table holds those of several coaches.
    """
    path = table_path(lake, table, coach)
    private_folder(path.parent)
    chosen = "" if members is None else f" where list_contains([{', '.join(map(literal, members))}]::varchar[], member)"
    ordering = f" order by {', '.join(map(identifier, order))}" if order else ""
    with replacing(path) as beside:
        [(count,)] = connection.execute(
            f"copy (from {identifier(table)}{chosen}{ordering}) to {literal(str(beside))}"
            " (format parquet, compression zstd, use_tmp_file false)"
        ).fetchall()
    return count


def read(connection: DuckDBPyConnection, lake: Path, table: str, *coaches: str) -> None:
    """Make the coaches' rows of a table visible under its name; raises NotMade where one of them has none."""
    if not all(table_path(lake, table, coach).is_file() for coach in coaches):
        raise NotMade(table)
    connection.execute(f"create or replace view {identifier(table)} as from {rows(lake, table, *coaches)}")


def rows(lake: Path, table: str, *coaches: str) -> str:
    """Return the SQL that reads the coaches' rows of a table, to stand behind `from`."""
    files = ", ".join(literal(exactly(table_path(lake, table, coach))) for coach in coaches)
    return f"read_parquet([{files}], hive_partitioning = false)"


def delete(lake: Path, table: str, coach: str) -> None:
    """Remove the coach's rows of a table, so that nothing later can mix them with another run's."""
    with suppress(FileNotFoundError, NotADirectoryError):
        table_path(lake, table, coach).unlink()


def create_views(connection: DuckDBPyConnection, lake: Path) -> list[str]:
    """Make a view with a column `coach` over every table of the lake and return their names, sorted."""
    tables = (
        sorted(path.name for path in lake.iterdir() if any(path.glob("coach=*/data.parquet"))) if lake.is_dir() else []
    )
    for table in tables:
        files = literal(f"{exactly(lake / table)}/coach=*/data.parquet")
        source = (
            f"read_parquet({files}, hive_partitioning = true, hive_types = {{'coach': varchar}}, union_by_name = true)"
        )
        connection.execute(f"create or replace view {identifier(table)} as from {source}")
    return tables


def query(connection: DuckDBPyConnection, statement: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Run one statement and return its column names and rows; raises Problem with DuckDB's first line on a mistake."""
    try:
        if not connection.extract_statements(statement):
            raise Problem("The query is empty; write one, or leave it out to list the tables.")
        result = connection.execute(statement)
        names = [column[0] for column in result.description or []]
        return names, result.fetchall()
    except duckdb.Error as error:
        raise Problem("{error}", error=str(error).splitlines()[0]) from error
