"""Files of one kind into their raw table by one statement, however many members they are of.

Belongs here: which files wait for which, the statement that lets DuckDB read them straight into the table, and the account of each. A
statement costs milliseconds before it reads a byte, and most files are small: of ten members together they take a third of the time.
Texts that are not stored never leave the scan.

Anything unexpected in a file, a record of another width, a date of another format, an act of the future, undoes what was read of it, and
the file takes the longer way of `tabular.py`.
"""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from pipelines.lake import twin
from pipelines.readers.content import BLOCK, Header, Sink, Text, fill, first_records
from pipelines.readers.ledger import Place
from pipelines.readers.tabular import BAD_DATA, DATED_LINE, HERE, NUMBER, PLACE, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from pipelines.readers.ledger import Calendar, Outcome
    from pipelines.readers.source import Source

_EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001
_SAMPLE = 100
_WAITING_BYTES = 32 * BLOCK
# Each is an open file of the process, which may have some hundred.
_AT_ONCE = 25
_PLACES = 'from_json_strict($places, \'[{"path":"VARCHAR","member":"VARCHAR","export":"VARCHAR","file":"VARCHAR"}]\')'


class Batch:
    """Files on their way into the raw tables of one connection.

    What becomes of a file is in its outcome when `finish` returns. `key` makes the hashes of texts.

    While DuckDB reads in a second thread, the next files are unpacked here. Files of one source stay in the order in which they came.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
        self.connection = connection
        self._key = key
        self._waiting: dict[object, list[Reading]] = {}
        self._bytes = 0
        self._thread = ThreadPoolExecutor(1)
        # What the second thread has of each source.
        self._begun: dict[str, Future[None]] = {}

    def add(
        self, source: Source, place: Place, calendar: Calendar, text: Text, header: Header, note: str | None = None
    ) -> Outcome:
        """Take the records below `header` and return the account of the file, which `finish` completes.

        Whatever the stream behind `text` raises goes on to the caller, with nothing of the file taken.
        """
        sink = Sink()
        try:
            content = fill(sink, text, header)
            reading = Reading(self.connection, source, place, calendar, self._key, content, header)
            outcome = reading.outcome
            outcome.encoding = text.encoding
            outcome.messages = [*([note] if note else []), *text.notes()]
            reading.begin(first_records(text.head, header.offset, header.delimiter, _SAMPLE))
        except BaseException:
            sink.close()
            raise
        if content.is_blank:
            sink.close()
        elif not reading.is_plain:
            with sink:
                self._wait(source.name)
                _long_way(reading)
        elif content.size > BLOCK:
            # No more than one of the large ones is held in memory meanwhile.
            self._wait(*self._begun)
            self._begun[source.name] = self._apart([[[reading]]])
        else:
            sink.put_away()
            self._waiting.setdefault(reading.shape, []).append(reading)
            self._bytes += content.size
            if self._bytes >= _WAITING_BYTES:
                self.finish()
        return outcome

    def finish(self) -> None:
        """Read what waits, in both threads."""
        of_source: dict[str, list[list[Reading]]] = {}
        for alike in self._waiting.values():
            parts = [alike[first : first + _AT_ONCE] for first in range(0, len(alike), _AT_ONCE)]
            of_source.setdefault(alike[0].source.name, []).extend(parts)
        self._waiting.clear()
        self._bytes = 0
        begun = [of_source.pop(name) for name in self._begun if name in of_source]
        # Whoever is free takes the next source.
        left = iter(list(of_source.values()))
        apart = self._apart(chain(begun, left))
        for parts in left:
            self._read_in_files(parts)
        self._wait(*self._begun)
        apart.result()

    def _wait(self, *sources: str) -> None:
        for source in sources:
            if source in self._begun:
                self._begun.pop(source).result()

    def _apart(self, sources: Iterable[Sequence[Sequence[Reading]]]) -> Future[None]:
        """Let the second thread read files of several sources, by statements of a connection of its own."""
        connection = twin(self.connection)

        def read() -> None:
            with connection:
                for parts in sources:
                    for reading in chain.from_iterable(parts):
                        reading.connection = connection
                    self._read_in_files(parts)

        return self._thread.submit(read)

    def _read_in_files(self, parts: Iterable[Sequence[Reading]]) -> None:
        for readings in parts:
            with ExitStack() as sinks:
                for reading in readings:
                    reading.content.sink.take_out()
                    sinks.enter_context(reading.content.sink)
                self._read(readings)

    def _read(self, readings: Sequence[Reading]) -> None:
        """Read files of one shape; where something is wrong with one of them, each for itself."""
        try:
            _read_together(readings)
        except Exception as error:  # noqa: BLE001 (a fault with one file costs those of nobody else anything)
            if len(readings) == 1:
                readings[0].outcome.fault = error
                return
            for reading in readings:
                reading.forget()
                self._read([reading])


@dataclass(frozen=True)
class _Span:
    """What a file's rows are: how many, oldest and newest moment (days as their midnight), how many without one, whether more is to be done."""

    rows: int
    oldest: datetime | None
    newest: datetime | None
    undated: int
    unfinished: bool


def _read_together(readings: Sequence[Reading]) -> None:
    """Read files of one shape by one statement, raising what DuckDB does if one of several is not plain, and account for each."""
    try:
        _insert(readings)
    except BAD_DATA:
        if len(readings) > 1:
            raise
        _long_way(readings[0])
        return
    found = _spans(readings)
    more = [one for one in readings if one.content.lines > found[one.place].rows]
    long_values = _long_values(more) if more else {}
    for reading in readings:
        span = found[reading.place]
        swallowed = reading.swallowed(long_values.get(reading.path, []))
        early = span.oldest is not None and span.oldest < _EARLIEST
        # Too late to be true, or a year that was misread.
        misread = early or (span.newest is not None and span.newest >= reading.limit())
        # A line that looks like a comment is one, and one without a date goes on the comment before.
        if misread or (reading.source.backslashes and (swallowed or span.undated)):
            reading.forget()
            _long_way(reading)
            continue
        reading.outcome.kept = span.rows
        reading.complete(span.newest, unfinished=span.unfinished)
        reading.warn(swallowed)


def _insert(readings: Sequence[Reading]) -> None:
    """Append the records of files of one shape to their table, each file's numbered from 1; all or none."""
    one = readings[0]
    source = one.source
    columns = [f"{sql} as {column.name}" for column, sql in zip(source.columns, one.columns_sql, strict=True)]
    invalid = " or ".join(f"({one.sql(condition)})" for condition, _ in source.invalid)
    valid = f" where case when {invalid} then error('invalid') else true end" if invalid else ""
    scan = f"(select *, {one.moment} as moment, {NUMBER} from {_files(readings)}{valid})"
    if len(readings) == 1:
        one.execute(f"insert into {source.table} select {', '.join([*PLACE, 'number::integer', *columns])} from {scan}")
        return
    names = [f"records.{column.name}" for column in source.columns]
    number = "(number - min(number) over (partition by path) + 1)::integer"
    _execute(
        readings,
        f"insert into {source.table}"
        f" select {', '.join(['place.member', 'place.export', 'place.file', number, *names])}"
        f" from (select {', '.join(['filename as path', 'number', *columns])} from {scan}) as records"
        f" inner join (select unnest({_PLACES}, recursive := true)) as place using (path)",
    )


def _long_way(reading: Reading) -> None:
    """Read a file that is not plain, for itself."""
    if not reading.take_the_long_way() and reading.content.lines > reading.outcome.kept:
        reading.warn(reading.swallowed(_long_values([reading]).get(reading.path, [])))
    span = _spans([reading])[reading.place]
    reading.complete(span.newest, unfinished=span.unfinished)


def _spans(readings: Sequence[Reading]) -> dict[Place, _Span]:
    """Return what the rows of each file are that were just appended."""
    one = readings[0]
    moment = (
        f"{one.dated_column.name}::timestamp" if one.dated_column is not None and one.has_dates else "null::timestamp"
    )
    undated = f"{one.dated_column.name} is null" if one.dated_column is not None else "false"
    condition = one.source.finish[0] if one.source.finish else "false"
    facts = (
        f"count(*), min({moment}), max({moment}), count(*) filter ({undated}), coalesce(bool_or({condition}), false)"
        f" from {one.source.table}"
    )
    if len(readings) == 1:
        [row] = one.execute(f"select {facts} where {HERE}")
        return {one.place: _Span(*row)}
    rows = _execute(
        readings,
        f"select member, export, file, {facts}"
        f" semi join (select unnest({_PLACES}, recursive := true)) as place using (member, export, file)"
        " group by member, export, file",
    )
    spans = {Place(*row[:3]): _Span(*row[3:]) for row in rows}
    nothing = _Span(0, None, None, 0, unfinished=False)
    return {reading.place: spans.get(reading.place, nothing) for reading in readings}


def _long_values(readings: Sequence[Reading]) -> dict[str, list[str]]:
    """Return for each path the values of the records of which one is over several lines and a later line could be a record of its own."""
    cells = [f"c{i}" for i in range(readings[0].content.width)]
    longer = (f"(contains({cell}, chr(10)) and regexp_matches({cell}, '{DATED_LINE}'))" for cell in cells)
    found = _execute(
        readings, f"select {', '.join(['filename', *cells])} from {_files(readings)} where {' or '.join(longer)}"
    )
    values: dict[str, list[str]] = {}
    for path, *record in found:
        values.setdefault(path, []).extend(value for value in record if value is not None and "\n" in value)
    return values


def _files(readings: Sequence[Reading]) -> str:
    """Return the SQL that reads files of one shape as text, with the path of each record's as `filename`."""
    return readings[0].scan([reading.path for reading in readings])


def _execute(readings: Sequence[Reading], query: str) -> list[tuple[Any, ...]]:
    places = [
        {"path": one.path, "member": one.place.member, "export": one.place.export, "file": one.place.file}
        for one in readings
    ]
    return readings[0].execute(query, places=json.dumps(places))
