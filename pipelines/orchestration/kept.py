"""Exports that an earlier run read: their rows are taken from the lake instead of being parsed again.

Belongs here: telling whether an export would be read today as it was then, and which rows are its own. Whatever is not certain is read
anew: the inbox is the only store of history, the lake only spares the work.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

import pipelines
from pipelines import lake
from pipelines.archive import Limits, open_export
from pipelines.models import functions
from pipelines.problem import Problem
from pipelines.readers import never_open

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.members import Member

TABLE = "kept_exports"
# Everything that decides what becomes of a record.
_READING = ("ingest.py", "owner.py", "archive.py", "untrusted.py", "readers")

# Member and SHA-256 of an export -> how it was read.
Kept = dict[tuple[str, str], str]


def kept_exports(cursor: DuckDBPyConnection, folder: Path, coach: str) -> Kept:
    """Return the exports whose rows the lake holds for a coach, and how each was read."""
    try:
        rows = cursor.execute(f"from {lake.rows(folder, TABLE, coach)}").fetchall()
    except duckdb.Error:
        return {}
    return {(member, export): how for member, export, how in rows}


def sort_exports(
    member: Member,
    paths: Sequence[Path],
    kept: Mapping[tuple[str, str], str],
    key: bytes,
    elsewhere: Mapping[str, Sequence[str]],
) -> tuple[Kept, list[str], list[Path]]:
    """Return how each of a member's exports is read today, which of them are kept, and the paths that must be read.

    Of equal exports all paths count as unread, or none does: reading knows which of them to take.
    """
    how: Kept = {}
    known: list[str] = []
    unread: list[Path] = []
    for path in paths:
        found = _how(member, path, key, elsewhere)
        if found is None:
            unread.append(path)
            continue
        export, way = found
        first = how.setdefault((member.key, export), way)
        if kept.get((member.key, export)) != first:
            unread.append(path)
        elif export not in known:
            known.append(export)
    return how, known, unread


def copy_rows(
    cursor: DuckDBPyConnection, folder: Path, coach: str, tables: Sequence[str], member: str, exports: Sequence[str]
) -> None:
    """Append the rows of kept exports to the raw tables in `cursor`; raises what DuckDB raises for a damaged lake."""
    for table in tables:
        cursor.execute(
            f"insert into {lake.identifier(table)} from {lake.rows(folder, table, coach)}"
            " where member = $1 and list_contains($2::varchar[], export)",
            [member, list(exports)],
        )


def keep(cursor: DuckDBPyConnection, folder: Path, coach: str, how: Kept) -> None:
    """Note which exports the raw tables, now in the lake, hold: those that were opened and are the member's own."""
    cursor.execute(f"create or replace table {TABLE} (member varchar, export varchar, how varchar)")
    sound = cursor.execute(
        "select member, export from raw_exports where error is null and held_back is null and export is not null"
    ).fetchall()
    for member, export in sound:
        if way := how.get((member, export)):
            cursor.execute(f"insert into {TABLE} values ($1, $2, $3)", [member, export, way])
    lake.write(cursor, folder, TABLE, coach, ("member", "export"))


def _how(member: Member, path: Path, key: bytes, elsewhere: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """Return an export's SHA-256 and a digest of everything else that decides what is read from it, None where it does not open."""
    try:
        with open_export(path, Limits(), never_open=never_open) as export:
            decides = [
                _program(), key.hex(), str(path), str(export.dated), member.time_zone, member.name, member.owner,
                member.owner_confirmed, member.is_listed, elsewhere.get(export.sha256),
            ]  # fmt: skip
            return export.sha256, hashlib.sha256(json.dumps(decides).encode()).hexdigest()
    except Problem:
        return None


@cache
def _program() -> str:
    """Return a digest of the code that reads, so that another version of the program reads everything again."""
    digest = hashlib.sha256(duckdb.__version__.encode() + functions().encode())
    for name in _READING:
        found = files(pipelines) / name
        for file in sorted(found.iterdir(), key=lambda item: item.name) if found.is_dir() else [found]:
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
