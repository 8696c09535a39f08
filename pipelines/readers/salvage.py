"""Reads a broken file record by record and says of every line what became of it.

Belongs here: what DuckDB refused, taken apart with the csv module: on failure exactly one physical line is refused and reading goes
on with the next. Also comments, which are no RFC 4180 at all. Bytes are already clean (`content.py`); dates and columns are for
`tabular.py`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.readers.dates import is_date
from pipelines.readers.source import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT = N_("the record has fewer fields than the header")
LONG = N_("the record has more fields than the header")
OPEN_QUOTE = N_("a quote is never closed")
STRAY_QUOTE = N_("a quote stands inside a field")
REASONS = (SHORT, LONG, OPEN_QUOTE, STRAY_QUOTE)

_DOUBLED: dict[str, Any] = {"doublequote": True, "skipinitialspace": True, "strict": True}
_ESCAPED: dict[str, Any] = {"doublequote": False, "escapechar": "\\", "skipinitialspace": True, "strict": True}
_COMMENT_FIELDS = 3


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


@dataclass(frozen=True)
class Shape:
    """What a record must look like. `escapes`: a backslash may stand before a quote, as a second quote may."""

    delimiter: str
    width: int
    escapes: bool = False


def salvage(text: str, first_line: int, shape: Shape) -> Salvaged:
    """Read every record of `text`, whose first line is the physical line `first_line`."""
    lines, _ = _lines_of(text)
    records: list[Record] = []
    repaired = 0
    for (start, stop, cells, reason), was_repaired in _records(lines, shape):
        repaired += was_repaired
        records.append(Record(len(records) + 1, first_line + start, stop - start, tuple(cells), reason))
    return Salvaged(records, repaired, lines, first_line)


def salvage_comments(text: str, first_line: int, shape: Shape) -> Salvaged | None:
    """Read comments, whose last field holds line ends with or without quotes around it: each begins with a date and a link.

    Quotes inside are doubled, as until 2024, or follow a backslash; both say nothing about where a comment ends. A line that begins no
    comment goes on the one before. Returns None where date, link and text are not all that a record has.
    """
    if shape.width != _COMMENT_FIELDS:
        return None
    lines, is_cut_off = _lines_of(text)
    begins = re.compile(_BEGINS.format(d=re.escape(shape.delimiter)))
    found = [begins.match(line) for line in lines]
    starts = [i for i, match in enumerate(found) if match and (match["linkedin"] or is_date(match["date"].strip('"')))]
    if is_cut_off and (not starts or starts[-1] < len(lines) - 1) and is_date(lines[-1].strip('"')):
        starts.append(len(lines) - 1)
    before = [i for i in range(starts[0] if starts else len(lines)) if lines[i].strip()]
    records = [Record(n, first_line + i, 1, (lines[i],), SHORT) for n, i in enumerate(before, 1)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = found[start]
        cells, reason = _comment(lines[start:stop], match["date"] if match else lines[start], shape)
        records.append(Record(len(records) + 1, first_line + start, stop - start, cells, reason))
    return Salvaged(records, 0, lines, first_line)


# A link to the platform follows whatever date there is; any other one, or none, needs a date before it.
_BEGINS = r'(?P<date>"[^"]*"|[^"{d}]{{0,40}}){d}"?(?:(?P<linkedin>https?://(?:\w+\.)?linkedin\.com/)|https?://|"?{d})'


def _comment(lines: Sequence[str], date: str, shape: Shape) -> tuple[tuple[str, ...], str | None]:
    """Return date, link and text of one comment, or what it has of them and why it is refused."""
    link, delimiter, text = "\n".join(lines)[len(date) + 1 :].partition(shape.delimiter)
    text = text.rstrip("\n")
    if not delimiter:
        return (date, link), SHORT
    if text.startswith('"'):
        # Cells beyond the header that are empty mean nothing.
        text = text.rstrip(shape.delimiter)
        if len(text) == 1 or not text.endswith('"'):
            return (date, link), OPEN_QUOTE
        text = text[1:-1]
        escaped = shape.escapes and '""' not in text
        text = re.sub(r'\\(["\\])', r"\1", text) if escaped else text.replace('""', '"')
    elif shape.delimiter in text.partition("\n")[0].rstrip(shape.delimiter):
        return (date, link, text), LONG
    return (date.strip('"'), link.strip('"'), text), None


def _lines_of(text: str) -> tuple[list[str], bool]:
    """Return the lines of a text, and whether the last one has no line end."""
    lines = text.split("\n")
    is_cut_off = bool(lines[-1])
    return (lines if is_cut_off else lines[:-1]), is_cut_off


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
