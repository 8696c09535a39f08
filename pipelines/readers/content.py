"""The bytes of one file as clean text in a place that DuckDB can read from.

Belongs here: all that is wrong with bytes and none of what is wrong with records: byte order marks, UTF-16, lines that are not
UTF-8, NUL, line ends; and the header line among what stands before it. The file passes through in blocks of about a megabyte and is
never held as one Python object here. Nothing here knows a source.
"""

from __future__ import annotations

import codecs
import csv
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from pipelines.problem import Problem
from pipelines.readers.source import N_
from pipelines.untrusted import OLD_EXCEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BLOCK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TABLE = (b"PK\x03\x04", OLD_EXCEL)
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
_DELIMITERS = (",", ";", "\t")
_HEADER_LINES = 200  # a header further down is none
_VERY_LONG = 100_000  # bytes
_FOREIGN = N_("Lines that are not UTF-8 and were read as Windows-1252: {count}.")
_NULS = N_("NUL bytes that were left out: {count}.")
_LONG = N_("Lines with a very long field, which was read as it stands: {count}.")
_WORKBOOK = N_("This is an Excel workbook or an archive under the name of a table; save it as CSV (UTF-8).")
_PAGE = N_("This is a web page under the name of a table; download the export again.")
SENTENCES = (_FOREIGN, _NULS, _LONG, _WORKBOOK, _PAGE)

# A cell may be as long as a file; the limit is the module's, so it is lifted once for all who read records.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


class Sink:
    """An unnamed file in memory, elsewhere than on Linux a private temporary one, with a path that DuckDB can open."""

    def __init__(self) -> None:
        self._held: bytes | None = None
        self._open()

    def _open(self) -> None:
        if sys.platform == "linux":
            self._descriptor = os.memfd_create("kontaktpuls", os.MFD_CLOEXEC)
            self.path = f"/proc/self/fd/{self._descriptor}"
            self._named = False
        else:
            self._descriptor, self.path = tempfile.mkstemp(prefix="kontaktpuls-")
            self._named = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        os.close(self._descriptor)
        if self._named:
            Path(self.path).unlink(missing_ok=True)

    def put_away(self) -> None:
        """Hold what was written without a file: a process may have only some hundred open. `take_out` makes it a file again."""
        self._held = self.data()
        self.close()

    def take_out(self) -> None:
        """Make a file, of another path, of what was put away; of what was not it is one."""
        if self._held is not None:
            self._open()
            self.write(self._held)
            self._held = None

    def write(self, data: bytes | memoryview) -> None:
        """Append bytes."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def text(self) -> str:
        """Return everything written so far, as text."""
        return self.data().decode()

    def data(self) -> bytes:
        """Return everything written so far."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        parts = []
        # What is written next is appended again: reading ends where writing did.
        while part := os.read(self._descriptor, 16 * BLOCK):
            parts.append(part)
        return b"".join(parts)


class Text:
    """A file's bytes as UTF-8 with plain line ends, in blocks that end with a line; `head` is the first one.

    Raises Problem for what is no text at all; `encoding`, `nuls`, `foreign_lines` and `long_lines` count up while blocks are taken.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.encoding = "utf-8"
        self.nuls = 0
        self.foreign_lines = 0
        self.long_lines = 0
        self._blocks = self._lines(self._utf8(stream))
        # A block of NUL alone leaves nothing.
        self.head = next((block for block in self._blocks if block), b"")

    def rest(self) -> Iterator[bytes]:
        """Yield the blocks after the first one, once."""
        return self._blocks

    def notes(self) -> list[str]:
        """Return one English sentence for each thing that had to be repaired."""
        found = []
        if self.foreign_lines:
            found.append(_FOREIGN.format(count=self.foreign_lines))
        if self.nuls:
            found.append(_NULS.format(count=self.nuls))
        if self.long_lines:
            found.append(_LONG.format(count=self.long_lines))
        return found

    def _utf8(self, stream: BinaryIO) -> Iterator[bytes]:
        first = stream.read(BLOCK)
        if first.startswith(_UTF_16):
            self.encoding = "utf-16"
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
            chunk = first
            while chunk:
                yield decoder.decode(chunk).encode("utf-8", "replace")
                chunk = stream.read(BLOCK)
            yield decoder.decode(b"", final=True).encode("utf-8", "replace")
            return
        first = first.removeprefix(_BOM)
        if first.startswith(_NO_TABLE):
            raise Problem(_WORKBOOK)
        if _WEB_PAGE.match(first):
            raise Problem(_PAGE)
        while first:
            yield first
            first = stream.read(BLOCK)

    def _lines(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        carried = b""
        cr_only: bool | None = None
        for chunk in chunks:
            if cr_only is None:
                cr_only = chunk.count(b"\r") - chunk.count(b"\r\n") > chunk.count(b"\n")
            if cr_only:
                data = carried + chunk
                # The last one may be the first half of CRLF.
                held = data[-1:] if data.endswith(b"\r") else b""
                data = data.removesuffix(held).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
                cut = data.rfind(b"\n") + 1
                block, carried = data[:cut], data[cut:] + held
            elif cut := chunk.rfind(b"\n") + 1:
                block, carried = b"".join((carried, memoryview(chunk)[:cut])), chunk[cut:]
            else:
                block, carried = b"", carried + chunk
            if block:
                yield self._clean(block)
        if carried:
            yield self._clean(carried.replace(b"\r", b"\n") if cr_only else carried)

    def _clean(self, block: bytes) -> bytes:
        if b"\0" in block:
            self.nuls += block.count(b"\0")
            block = block.replace(b"\0", b"")
        self.long_lines += _long_lines(block)
        if b"\r" in block:
            # What is left of CR among other line ends stands inside a cell, quoted or not.
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b" ")
        if not block.isascii():
            try:
                codecs.utf_8_decode(block, "strict", True)
            except UnicodeDecodeError:
                return b"".join(self._line(line) for line in block.splitlines(keepends=True))
        return block

    def _line(self, line: bytes) -> bytes:
        try:
            line.decode()
        except UnicodeDecodeError:
            self.foreign_lines += 1
            if self.encoding == "utf-8":
                self.encoding = "windows-1252"
            return line.decode("windows-1252", "replace").encode()
        return line


def _long_lines(block: bytes) -> int:
    """Return how many lines are very long, without looking at more than the ends of the others."""
    count = position = 0
    while len(block) - position > _VERY_LONG:
        end = block.rfind(b"\n", position, position + _VERY_LONG + 1)
        if end < 0:
            count += 1
            end = block.find(b"\n", position)
            if end < 0:
                break
        position = end + 1
    return count


@dataclass(frozen=True)
class Header:
    """The header of a file: its cells as written, the delimiter, where the records begin (bytes) and on which line (from 1)."""

    cells: tuple[str, ...]
    delimiter: str
    offset: int
    line: int


def column_key(name: str) -> str:
    """Return a column's name without case, blanks and underscores, as headers are compared."""
    return re.sub(r"[\s_\ufeff]+", "", name).casefold()


def find_header(head: bytes, names: Collection[str]) -> Header | None:
    """Return the first line with two known column names (one where only one is known), whatever stands before it.

    `names` are keys as `column_key` makes them.
    """
    needed = min(2, len(names))
    offset = 0
    for number, line in enumerate(head.split(b"\n", _HEADER_LINES)[:_HEADER_LINES], 1):
        offset += len(line) + 1
        text = line.decode()
        for delimiter in _DELIMITERS:
            cells = one_record(text, delimiter)
            if len({column_key(cell) for cell in cells} & set(names)) >= needed:
                return Header(tuple(cell.strip() for cell in cells), delimiter, offset, number + 1)
    return None


def one_record(line: str, delimiter: str) -> list[str]:
    """Return the cells of a single line, leniently; none for a blank one."""
    return next(csv.reader([line], delimiter=delimiter), [])


def first_records(head: bytes, offset: int, delimiter: str, count: int) -> list[list[str]]:
    """Return up to `count` records from `offset` on, leniently, to look at."""
    text = head[offset : offset + 64 * 1024].decode(errors="ignore")
    records = csv.reader(text.split("\n"), delimiter=delimiter)
    return [record for record, _ in zip((r for r in records if r), range(count), strict=False)]


@dataclass(frozen=True)
class Content:
    """The records of one file in a sink: what DuckDB is about to read, and what was counted on the way.

    `line` is the physical line of the first record in the file as downloaded; line ends are counted as `lines`, bytes as `size`, `longest` is the
    length of the longest record in bytes where that is known. `escapes` tells whether a backslash stands before a quote, `escape` what
    a quote within quotes is to be read after.
    """

    sink: Sink
    delimiter: str
    width: int
    line: int
    lines: int
    odd_quotes: bool
    escapes: bool
    size: int = 0
    longest: int = 0
    escape: str = '"'

    @property
    def is_blank(self) -> bool:
        """Whether nothing but line ends follows the header."""
        return self.lines == 0


def fill(sink: Sink, text: Text, header: Header) -> Content:
    """Write what follows the header to the sink. Reading the rest of the file may raise what its stream raises."""
    lines = quotes = size = 0
    escapes = False
    last = b"\n"
    block = memoryview(text.head)[header.offset :].tobytes()
    while True:
        if block:
            sink.write(block)
            size += len(block)
            lines += block.count(b"\n")
            quotes += block.count(b'"')
            escapes = escapes or b'\\"' in block
            last = block[-1:]
        try:
            block = next(text.rest())
        except StopIteration:
            break
    if last != b"\n":
        lines += 1
    return Content(sink, header.delimiter, len(header.cells), header.line, lines, quotes % 2 == 1, escapes, size)
