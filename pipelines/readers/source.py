"""How a kind of file is described: its names, its columns and the SQL that makes a raw table's row of a record.

Belongs here: the vocabulary in which `linkedin.py`, `xing.py` and `own.py` describe their files, and the few SQL expressions that
they share. No file is named here and nothing is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.readers import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYED_LENGTH = 400  # characters; an invitation's note has at most 300


def N_(message: str) -> str:  # noqa: N802
    """Mark a message that is translated where it is shown."""
    return message


@dataclass(frozen=True)
class Column:
    """One column of a raw table. `sql` is an expression over the cells of a record as `{cell}` and its moment as `{when}`."""

    name: str
    type: str
    sql: str


@dataclass(frozen=True)
class Source:
    """One kind of file and the raw table it becomes.

    name: of the source; the table is `raw_<name>`.
    files: names of such files as `readers.file_key` makes them.
    cells: for each cell the headers it may stand under, the present one first.
    columns: of the raw table, after member, export, file and row; of what no table reads only the date, which decides whether a record
        is one. Records are counted all the same.
    when: the text of the record's date as an expression over cells, and `field`, how a refusal names it.
    optional: cells whose absence is nothing to report.
    others: headers that such files are known to have and that nothing needs; None where they are too many to list.
    local_clock: dates are Los Angeles time, whatever their format.
    backslashes: quotes may be escaped by a backslash, and line ends stand in cells without quotes.
    bare: the cells of a file without header, in their order.
    invalid: (condition over cells, reason) for records that are none; the first one that holds is the reason.
    finish: (condition, statement): where it holds for a row of the file, the statement completes the file's rows; it knows $member,
        $export and $file.
    """

    name: str
    files: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]
    when: str | None = None
    field: str = "Date"
    optional: frozenset[str] = frozenset()
    others: tuple[str, ...] | None = ()
    local_clock: bool = False
    backslashes: bool = False
    bare: tuple[str, ...] | None = None
    invalid: tuple[tuple[str, str], ...] = ()
    finish: tuple[str, str] | None = None

    @property
    def table(self) -> str:
        """The raw table's name."""
        return f"raw_{self.name}"

    @property
    def platform(self) -> str:
        """The first word of the name: linkedin, xing or own."""
        return self.name.partition("_")[0]

    def dated_column(self) -> Column | None:
        """Return the column that holds the record's moment."""
        return next((column for column in self.columns if "{when}" in column.sql), None)


def text(name: str, cell: str | None = None) -> Column:
    """Return a column with a cell's text, trimmed; an empty one is NULL."""
    return Column(name, "VARCHAR", trimmed(cell or name))


def instant(name: str) -> Column:
    """Return the column with the record's moment as naive UTC."""
    return Column(name, "TIMESTAMP", "{when}")


def trimmed(cell: str) -> str:
    """Return SQL for a cell without blanks around it, NULL when nothing is left."""
    return f"nullif(trim({{{cell}}}), '')"


def plain(name: str, cell: str | None = None) -> Column:
    """Return a column with a cell's text as it is: for what a machine wrote, since trimming every cell is not free."""
    return Column(name, "VARCHAR", f"{{{cell or name}}}")


def keyed(cell: str) -> str:
    """Return SQL for a hash of a short text that is equal for texts equal but for case and white space; needs $key."""
    raw = f"{{{cell}}}"
    # Nearly all texts are even; making all of them so would cost three times as much.
    uneven = " or ".join(
        [f"contains({raw}, {blank})" for blank in ("'  '", "chr(10)", "chr(9)")]
        + [f"starts_with({raw}, ' ')", f"ends_with({raw}, ' ')"]
    )
    evened = f"lower(trim(regexp_replace({raw}, '\\s+', ' ', 'g')))"
    return (
        f"case when {raw} is null or length({raw}) > {KEYED_LENGTH} then null"
        f" when {uneven} then case when trim({raw}) <> '' then sha256($key || {evened}) end"
        f" else sha256($key || lower({raw})) end"
    )


def length(cell: str) -> str:
    """Return SQL for a text's length in characters."""
    return f"coalesce(length({{{cell}}}), 0)::integer"


def body_flags(cell: str) -> tuple[Column, ...]:
    """Return the columns that a message's body leaves behind: whether it asks, offers something, or asks for advice."""
    raw = f"{{{cell}}}"
    return (
        Column("asks", "BOOLEAN", f"coalesce(contains({raw}, '?'), false)"),
        Column("offers", "BOOLEAN", wording.offers(raw)),
        Column("asks_advice", "BOOLEAN", wording.asks_advice(raw)),
    )
