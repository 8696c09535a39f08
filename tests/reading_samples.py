"""Exports as small as a test needs them, and what became of them.

Belongs here: builders of bytes and of exports, and the ledger in a form that is easy to compare. Nothing here is a fixture.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines import steps
from pipelines.archive import Limits
from pipelines.ingest import begin, conclude, create_raw_tables
from pipelines.members import Member
from pipelines.owner import Owners
from pipelines.readers.batch import Batch

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
DAY = (2026, 11, 20, 9, 0, 0)
EXPORT = "Complete_LinkedInDataExport_11-20-2026.zip"
LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7160000000000000000"
REACTIONS = "Date,Type,Link"


def table(header: list[str], rows: list[list[str]], end: str = "\n") -> bytes:
    """Return CSV as Python's own writer makes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerows([header, *rows])
    return out.getvalue().encode()


def at(text: str) -> datetime:
    """Return the naive moment, UTC in every raw table, that an ISO text names."""
    return datetime.fromisoformat(text)


def lines(*texts: str, end: str = "\n") -> bytes:
    return "".join(text + end for text in texts).encode()


def write_export(folder: Path, files: dict[str, bytes], name: str = EXPORT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, body in files.items():
            archive.writestr(zipfile.ZipInfo(inner, DAY), body, zipfile.ZIP_DEFLATED)
    return path


@dataclass(frozen=True)
class Ledger:
    """One file's row of raw_files and its refusals as (line, reason)."""

    source: str | None
    status: str
    encoding: str | None
    columns_unknown: list[str]
    columns_missing: list[str]
    read: int
    kept: int
    refused: int
    message: str | None
    refusals: list[tuple[int, str]]

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.read, self.kept, self.refused


class Raw:
    """The raw tables after some exports of one member were read."""

    def __init__(self, *paths: Path, member: Member | None = None, **options: Any) -> None:
        self.connection = steps.connect()
        create_raw_tables(self.connection)
        member = member or Member(key="ada")
        batch = Batch(self.connection, KEY)
        begun = begin(batch, member, list(paths), limits=Limits())
        batch.finish()
        conclude(Owners(self.connection), member, begun, **options)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values) or None).fetchall()

    def column(self, query: str) -> list[Any]:
        return [row[0] for row in self.rows(query)]

    def file(self, name: str) -> Ledger:
        [row] = self.rows(
            "select source, status, encoding, columns_unknown, columns_missing, rows_read, rows_kept, rows_refused, message"
            " from raw_files where file = $1",
            name,
        )
        refusals = self.rows("select line, reason from raw_refusals where file = $1 order by line", name)
        return Ledger(*row, refusals=[(line, reason) for line, reason in refusals])


def read_file(folder: Path, name: str, body: bytes, **options: Any) -> tuple[Raw, Ledger]:
    """Read an export of one file; its rows and its ledger."""
    raw = Raw(write_export(folder, {name: body}), **options)
    return raw, raw.file(name)
