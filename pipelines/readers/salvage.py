"""Reads a broken file record by record and says of every line what became of it.

Belongs here: what DuckDB refused, taken apart with the csv module: on failure exactly one physical line is refused and reading goes
on with the next. Also the files that are no RFC 4180 at all. Bytes are already clean (`content.py`); dates and columns are for
`tabular.py`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.readers.dates import is_date
from pipelines.readers.source import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = N_("the record has fewer fields than the header")
LONG = N_("the record has more fields than the header")
OPEN_QUOTE = N_("a quote is never closed")
STRAY_QUOTE = N_("a quote stands inside a field")
REASONS = (SHORT, LONG, OPEN_QUOTE, STRAY_QUOTE)

_DOUBLED: dict[str, Any] = {"doublequote": True, "skipinitialspace": True, "strict": True}
_ESCAPED: dict[str, Any] = {"doublequote": False, "escapechar": "\\", "skipinitialspace": True, "strict": True}


@dataclass(frozen=True)
class Record:
    """One logical record: its number in the file (from 1), its first physical line, how many it takes, its cells.

    `reason` is None, or why it is refused.
    """

    number: int
    line: int
    count: int
    cells: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Salvaged:
    """All records of a file in their order, and how many of them only fitted after their quotes were overlooked."""

    records: list[Record]
    repaired: int
    lines: list[str]
    first_line: int

    def size(self, record: Record) -> int:
        """Return a record's length in bytes without its last line end."""
        start = record.line - self.first_line
        return sum(len(line.encode()) for line in self.lines[start : start + record.count]) + record.count - 1

    def damage(self) -> tuple[int, int]:
        """Return how many records are refused, and how many only fitted after their quotes were overlooked."""
        return sum(record.reason is not None for record in self.records), self.repaired


@dataclass(frozen=True)
class Shape:
    """What a record must look like. `escapes` tells which quoting is tried first; `continues` as in `salvage`."""

    delimiter: str
    width: int
    escapes: bool = False
    continues: bool = False


def salvage(text: str, first_line: int, shape: Shape) -> Salvaged:
    """Read every record of `text`, whose first line is the physical line `first_line`.

    With `continues` a cell may hold line ends without being quoted: a record of one field goes on the record before it, unless it
    is a date, which is a record cut off.
    """
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    best = _read(lines, first_line, shape)
    if shape.escapes and best.damage() > (0, 0):
        other = _read(lines, first_line, replace(shape, escapes=False))
        best = min(best, other, key=Salvaged.damage)
    return best


def _read(lines: list[str], first_line: int, shape: Shape) -> Salvaged:
    records: list[Record] = []
    repaired = 0
    for (start, stop, cells, reason), was_repaired in _records(lines, shape):
        repaired += was_repaired
        if reason is None and len(cells) < shape.width and records:
            records[-1] = _longer(records[-1], cells[0], first_line + stop)
            continue
        why = SHORT if reason is None and len(cells) < shape.width else reason
        records.append(Record(len(records) + 1, first_line + start, stop - start, tuple(cells), why))
    return Salvaged(records, repaired, lines, first_line)


def _longer(record: Record, more: str, line_after: int) -> Record:
    cells = record.cells
    if record.reason is None:
        cells = (*cells[:-1], f"{cells[-1]}\n{more}")
    return replace(record, count=line_after - record.line, cells=cells)


_Found = tuple[int, int, list[str], str | None]  # first line, line after the last, cells, reason


def _records(lines: list[str], shape: Shape) -> Iterator[tuple[_Found, bool]]:
    first, second = (_ESCAPED, _DOUBLED) if shape.escapes else (_DOUBLED, _ESCAPED)
    position = 0
    while position < len(lines):
        start = position
        # One reader goes on for as long as all is well; a new one is costly.
        reader = _reader(lines, start, shape, first)
        try:
            for found in reader:
                stop = start + reader.line_num
                if _is_blank(found):
                    position = stop
                    continue
                cells, reason = _fitted(found, shape)
                if reason is not None:
                    break
                yield (position, stop, cells, None), False
                position = stop
            else:
                return
        except csv.Error as error:
            reason = OPEN_QUOTE if "unexpected end" in str(error) else STRAY_QUOTE
            cells = []
        if (other := _one_of(lines, position, shape, second)) is not None:
            stop, cells = other
            yield (position, stop, cells, None), True
            position = stop
        else:
            cells = [lines[position]] if not cells or reader.line_num + start > position + 1 else cells
            yield (position, position + 1, cells, reason), False
            position += 1


def _reader(lines: list[str], start: int, shape: Shape, quoting: dict[str, Any]) -> Any:
    return csv.reader((f"{lines[i]}\n" for i in range(start, len(lines))), delimiter=shape.delimiter, **quoting)


def _is_blank(cells: list[str]) -> bool:
    return not cells or (len(cells) == 1 and not cells[0].strip())


def _fitted(cells: list[str], shape: Shape) -> tuple[list[str], str | None]:
    """Return the cells without empty ones beyond the header, which DuckDB overlooks as well, and what is wrong with their number."""
    if len(cells) > shape.width and not any(cells[shape.width :]):
        cells = cells[: shape.width]
    if shape.continues and len(cells) == 1 and shape.width > 1:
        return cells, None if not is_date(cells[0]) else SHORT
    if len(cells) == shape.width:
        return cells, None
    return cells, SHORT if len(cells) < shape.width else LONG


def _one_of(lines: list[str], position: int, shape: Shape, quoting: dict[str, Any]) -> tuple[int, list[str]] | None:
    """Return (line after the record, cells) where another reading of the quotes gives a record that fits."""
    reader = _reader(lines, position, shape, quoting)
    try:
        cells = next(reader, [])
    except csv.Error:
        cells = []
    stop = position + reader.line_num
    if len(cells) == shape.width and (shape.escapes or any('\\"' in line for line in lines[position:stop])):
        return stop, cells
    # Quotes inside a field are overlooked only where they open and close on their own line.
    overlooked = list(csv.reader([f"{lines[position]}\n", "\n"], delimiter=shape.delimiter, skipinitialspace=True))
    if len(overlooked) == 2 and len(overlooked[0]) == shape.width:
        return position + 1, overlooked[0]
    return None
