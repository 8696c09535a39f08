"""Records of one file into its raw table, with a ledger that loses none.

Belongs here: the statement that lets DuckDB read a clean file, the longer way for a file with broken records or dates, and the
account of every record. What the columns mean is in the sources, what bytes are is in `content.py`.

The short way is one INSERT straight from the file: texts that are not stored never leave the scan. Anything unexpected in it, a
record of another width, a date of another format, an act of the future, undoes it and takes the longer way.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.lake import exactly, literal
from pipelines.readers import dates
from pipelines.readers.content import BLOCK, Content, Header, Sink, Text, column_key, fill, first_records, one_record
from pipelines.readers.ledger import Outcome, Refusal
from pipelines.readers.salvage import Shape, salvage, salvage_comments
from pipelines.readers.source import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.readers.ledger import Calendar, Place
    from pipelines.readers.source import Source

NO_DATE = N_("no date format fits")
NO_SUCH_DATE = N_("no such date exists")
TOO_LATE = N_("later than the day that the export describes")
REASONS = (NO_DATE, NO_SUCH_DATE, TOO_LATE)
_MONTH_FIRST = N_("Nothing in {field} tells day from month; it was read as month before day.")
_DAY_FIRST = N_("Nothing in {field} tells day from month; it was read as day before month.")
_REPAIRED = N_("Records with quotes inside a field, which were kept: {count}.")
_SWALLOWED = N_("Lines inside longer texts that look like records, which a broken quote may hide: {count}.")
SENTENCES = (_MONTH_FIRST, _DAY_FIRST, _REPAIRED, _SWALLOWED)
_EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001
_SAMPLE = 100
_LONG_LINE = 1024 * 1024  # DuckDB's own limit is twice that
# RE2, over values of several lines: a later line with a date and a delimiter.
_DATED_LINE = "\\n[^\\n]*[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{2,4}[^\\n]*[,;\\t]"
# What DuckDB raises about data; anything else is a fault of ours and goes on.
_BAD_DATA = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException)


def read_records(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    place: Place,
    calendar: Calendar,
    key: bytes,
    text: Text,
    header: Header,
) -> Outcome:
    """Append the records below `header` to the source's raw table and return the account of the file.

    Whatever the stream behind `text` raises goes on to the caller, with nothing of the file kept.
    """
    with Sink() as sink:
        content = fill(sink, text, header)
        reading = _Reading(connection, source, place, calendar, key, content, header)
        outcome = reading.columns()
        outcome.encoding = text.encoding
        outcome.messages = text.notes()
        if not content.is_blank:
            reading.run(first_records(text.head, header.offset, header.delimiter, _SAMPLE), outcome)
        outcome.status = "read" if outcome.read else "empty"
        return outcome


@dataclass(frozen=True)
class _Span:
    """Oldest and newest moment of a file's rows, days as their midnight, and whether its source has more to do with them."""

    oldest: datetime | None
    newest: datetime | None
    unfinished: bool


class _Reading:
    """One file on its way into its table."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        place: Place,
        calendar: Calendar,
        key: bytes,
        content: Content,
        header: Header,
    ) -> None:
        self.connection = connection
        self.source = source
        self.place = place
        self.calendar = calendar
        self.key = key
        self.content = content
        self.header = header
        self.position = _positions(source, header)
        self.cells = {cell: f"c{i}" for cell, i in self.position.items()}
        self.cells |= {cell: "null::varchar" for cell in source.cells if cell not in self.cells}
        self.notes = 0
        self.dated_column = source.dated_column() if source.when else None
        self.has_dates = self.dated_column is not None and any(
            f"{{{cell}}}" in str(source.when) for cell in self.position
        )

    def columns(self) -> Outcome:
        """Return an outcome that tells which columns are new and which are missing."""
        known = {column_key(name) for names in self.source.cells.values() for name in names}
        known |= {column_key(name) for name in self.source.others or ()}
        unknown = (
            []
            if self.source.others is None
            else [c for c in _numbered(self.header.cells) if column_key(c) not in known]
        )
        missing = [
            names[0]
            for cell, names in self.source.cells.items()
            if cell not in self.position and cell not in self.source.optional
        ]
        return Outcome("read", columns_unknown=[name for name in unknown if name], columns_missing=missing)

    def run(self, sample: list[list[str]], outcome: Outcome) -> None:
        """Read all records, the short way where nothing speaks against it."""
        self.notes = len(outcome.messages)
        if (escape := self._escape()) is not None:
            self.content = replace(self.content, escape=escape)
        # DuckDB takes a blank line of a single column for a record, and has no word for a record that is none.
        by_record = escape is None or self.content.width == 1 or (self.content.odd_quotes and escape == '"')
        chosen = self._sampled(sample)
        if by_record or self.source.invalid or (chosen is None and self.has_dates):
            self._long_way(outcome, by_record=by_record or self.source.backslashes)
        elif not self._short_way(chosen, outcome):
            self._long_way(outcome, by_record=self.source.backslashes)

    def _escape(self) -> str | None:
        """Return what a quote is escaped by in the whole file, None where what escapes it in one record ends another."""
        if not (self.source.backslashes and self.content.escapes):
            return '"'
        rest = self.content.sink.text().replace("\\\\", "").replace('\\"', "")
        return None if "\\" in rest or '""' in rest else "\\"

    # The short way

    def _sampled(self, sample: list[list[str]]) -> dates.Format | None:
        """Return the format of the first dates where they are written plainly and leave no doubt."""
        cells = [i for cell, i in self.position.items() if f"{{{cell}}}" in str(self.source.when)]
        texts = {record[i].strip(" ") for record in sample for i in cells if i < len(record)} - {""}
        if not texts:
            return dates.FORMATS[0]
        choice = dates.choose(sorted(texts))
        if choice is None or not choice.certain or any(dates.normalised(text) != text for text in texts):
            return None
        return choice.format

    def _short_way(self, chosen: dates.Format | None, outcome: Outcome) -> bool:
        moment = "null::timestamp"
        if chosen is not None and self.has_dates:
            moment = f"strptime(nullif(trim({self._sql(str(self.source.when))}), ''), '{chosen.pattern}')"
        columns = [self._sql(column.sql, when=self._utc(chosen)) for column in self.source.columns]
        query = (
            f"insert into {self.source.table} select {', '.join([*_PLACE, '(row_number() over ())::integer', *columns])}"
            f" from (select *, {moment} as moment from {self._file(self.content)})"
        )
        try:
            outcome.kept = self._execute(query)[0][0]
        except _BAD_DATA:
            return False
        span = self._span()
        early = span.oldest is not None and span.oldest < _EARLIEST
        if early or (span.newest is not None and span.newest >= self._limit()):
            # Too late to be true, or a year that was misread.
            self._forget()
            return False
        swallowed = self._swallowed(self._long_values()) if self.content.lines > outcome.kept else 0
        if self.source.backslashes and (swallowed or self._undated()):
            # A line that looks like a comment is one, and one without a date goes on the comment before.
            self._forget()
            return False
        self._complete(span, outcome)
        self._warn(swallowed, outcome)
        return True

    def _forget(self) -> None:
        """Remove the rows of the file, which are to be read in another way."""
        self._execute(f"delete from {self.source.table} where {_HERE}")

    def _span(self) -> _Span:
        moments = "null, null"
        if self.dated_column is not None and self.has_dates:
            name = f"{self.dated_column.name}::timestamp"
            moments = f"min({name}), max({name})"
        condition = self.source.finish[0] if self.source.finish else "false"
        if moments == "null, null" and condition == "false":
            return _Span(None, None, unfinished=False)
        oldest, newest, unfinished = self._execute(
            f"select {moments}, coalesce(bool_or({condition}), false) from {self.source.table} where {_HERE}"
        )[0]
        return _Span(oldest, newest, unfinished)

    def _undated(self) -> int:
        """Count the rows without a date."""
        if self.dated_column is None:
            return 0
        query = f"select count(*) from {self.source.table} where {_HERE} and {self.dated_column.name} is null"
        return self._execute(query)[0][0]

    def _complete(self, span: _Span, outcome: Outcome) -> None:
        """Note the newest act and run what the source wants done with its rows."""
        if span.newest is not None and self.dated_column is not None:
            is_day = self.dated_column.type == "DATE"
            outcome.newest = span.newest.date() if is_day else dates.day_in(self.calendar.zone, span.newest)
        if span.unfinished and self.source.finish:
            self._execute(self.source.finish[1])

    def _limit(self) -> datetime:
        if self.dated_column is not None and self.dated_column.type == "DATE":
            return datetime.combine(self.calendar.last_day + timedelta(days=1), time())
        return self.calendar.limit

    def _long_values(self) -> list[str]:
        """Return the values of the records of which one is over several lines and a later line could be a record of its own."""
        cells = [f"c{i}" for i in range(self.content.width)]
        longer = (f"(contains({cell}, chr(10)) and regexp_matches({cell}, '{_DATED_LINE}'))" for cell in cells)
        found = self._execute(f"select {', '.join(cells)} from {self._file(self.content)} where {' or '.join(longer)}")
        return [value for values in found for value in values if value is not None and "\n" in value]

    def _warn(self, swallowed: int, outcome: Outcome) -> None:
        """Say so when values hold lines that are records themselves: two broken quotes make valid CSV of all between them."""
        if swallowed:
            outcome.messages.append(_SWALLOWED.format(count=swallowed))

    def _swallowed(self, values: Iterable[str]) -> int:
        """Count the lines within values that are records themselves."""
        dated = [i for cell, i in self.position.items() if f"{{{cell}}}" in str(self.source.when)]
        swallowed = 0
        for value in values:
            for line in value.split("\n")[1:]:
                cells = one_record(line, self.content.delimiter)
                swallowed += len(cells) == self.content.width and any(dates.is_date(cells[i]) for i in dated)
        return swallowed

    # The long way

    def _long_way(self, outcome: Outcome, *, by_record: bool) -> None:
        if not by_record:
            try:
                self._stage(self._file(self.content), "(row_number() over ())::integer")
            except _BAD_DATA:
                by_record = True
            else:
                refused = self._dated(outcome) | self._invalid()
                # Lines are only known to Python.
                by_record = bool(refused)
        if by_record:
            outcome.messages = outcome.messages[: self.notes]
            self._by_record(outcome)
        else:
            outcome.kept = self._keep(set())
            if self.content.lines > outcome.kept:
                self._warn(self._swallowed(self._long_values()), outcome)
        self._execute("drop table reading_records")
        self._execute("drop table reading_dates")
        self._complete(self._span(), outcome)

    def _by_record(self, outcome: Outcome) -> None:
        text, line = self.content.sink.text(), self.content.line
        escapes = self.source.backslashes and self.content.escapes
        shape = Shape(self.content.delimiter, self.content.width, escapes)
        found = (self.source.backslashes and salvage_comments(text, line, shape)) or salvage(text, line, shape)
        whole = [record for record in found.records if record.reason is None]
        reasons = {record.number: record.reason for record in found.records if record.reason is not None}
        if found.repaired:
            outcome.messages.append(_REPAIRED.format(count=found.repaired))
        with Sink() as sink:
            longest = _write(sink, ((str(record.number), *record.cells) for record in whole))
            clean = Content(sink, ",", self.content.width, 1, 0, odd_quotes=False, escapes=False, longest=longest)
            self._stage(self._file(clean, numbered=True), "number::integer")
        late = self._dated(outcome) | self._invalid()
        reasons |= late
        outcome.refusals = [
            Refusal(record.line, reasons[record.number], found.size(record))
            for record in found.records
            if record.number in reasons
        ]
        outcome.kept = self._keep(set(late))
        longer = (cell for record in whole if record.count > 1 for cell in record.cells if "\n" in cell)
        self._warn(self._swallowed(longer), outcome)

    def _keep(self, refused: set[int]) -> int:
        columns = [
            column.sql.format(when="moment") if column is self.dated_column else f"staged.{column.name}"
            for column in self.source.columns
        ]
        return self._execute(
            f"insert into {self.source.table} select {', '.join([*_PLACE, 'row', *columns])}"
            " from reading_records as staged left join reading_dates on staged.date_text = reading_dates.text"
            # As JSON: DuckDB 1.5 takes a list of values slowly.
            " where row not in (select unnest(from_json_strict($refused, '[\"INTEGER\"]'))) order by row",
            refused=json.dumps(sorted(refused)),
        )[0][0]

    def _stage(self, source: str, row: str) -> None:
        when = f"nullif(trim({self._sql(str(self.source.when))}), '')" if self.has_dates else "null::varchar"
        columns = [
            f"{self._sql(column.sql)} as {column.name}"
            for column in self.source.columns
            if column is not self.dated_column
        ]
        branches = [f"when {self._sql(condition)} then {i}" for i, (condition, _) in enumerate(self.source.invalid)]
        invalid = f"case {' '.join(branches)} end" if branches else "null"
        self._execute(
            f"create or replace temp table reading_records as select {row} as row, {when} as date_text,"
            f" ({invalid})::integer as invalid, {', '.join(columns) or 'null as nothing'} from {source}"
        )

    def _dated(self, outcome: Outcome) -> dict[int, str]:
        """Make the table of dates and return the rows that are refused for theirs."""
        texts = [
            row[0]
            for row in self._execute(
                "select distinct date_text from reading_records where date_text is not null order by 1"
            )
        ]
        plain = {text: dates.normalised(text) for text in texts}
        choice = dates.choose(sorted(set(plain.values()) - set(dates.EMPTY)))
        if choice is not None and not choice.certain and self.has_dates:
            order = _MONTH_FIRST if choice.format.pattern.startswith("%m") else _DAY_FIRST
            outcome.messages.append(order.format(field=self.source.field))
        fits = choice.format.shape.fullmatch if choice else re.compile("(?!)").fullmatch
        with Sink() as sink:
            _write(
                sink,
                [(t, value if fits(value) else "", "1" if value in dates.EMPTY else "") for t, value in plain.items()],
            )
            columns = _columns(["text", "value", "empty"])
            pattern = choice.format.pattern if choice else "%Y"
            source = f"read_csv({_read_from(sink)}, {columns}, delim = ',', escape = '\"', {_STRICT})"
            self._execute(
                f"create or replace temp table reading_dates as select text, {self._utc(choice.format if choice else None)}"
                " as moment, value is not null as fits, empty is not null as empty"
                f" from (select *, try_strptime(value, '{pattern}') as moment from {source})"
            )
        moment = self.dated_column.sql.format(when="moment") if self.dated_column else "moment"
        rows = self._execute(
            "select row, case when not fits then 1 when moment is null then 2 else 3 end from reading_records as staged"
            " join reading_dates on staged.date_text = reading_dates.text"
            f" where not empty and (moment is null or {moment} >= $limit::timestamp)",
            limit=self._limit(),
        )
        reasons = {1: NO_DATE, 2: NO_SUCH_DATE, 3: TOO_LATE}
        return {row: f"{self.source.field}: {reasons[why]}" for row, why in rows}

    def _invalid(self) -> dict[int, str]:
        if not self.source.invalid:
            return {}
        rows = self._execute("select row, invalid from reading_records where invalid is not null")
        return {row: self.source.invalid[which][1] for row, which in rows}

    # Both

    def _utc(self, chosen: dates.Format | None) -> str:
        if chosen is None:
            return "moment"
        return dates.to_utc("moment", chosen, local_clock=self.source.local_clock)

    def _sql(self, template: str, when: str = "") -> str:
        return template.format(**self.cells, when=when)

    def _file(self, content: Content, *, numbered: bool = False) -> str:
        names = (["number"] if numbered else []) + [f"c{i}" for i in range(content.width)]
        delimiter = content.delimiter.replace("\t", "\\t")
        longer = f", max_line_size = {content.longest}" if content.longest > _LONG_LINE else ""
        return (
            f"read_csv({_read_from(content.sink)}, {_columns(names)}, delim = '{delimiter}', escape = '{content.escape}',"
            f" {_STRICT}{longer})"
        )

    def _execute(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        place = {
            "member": self.place.member,
            "export": self.place.export,
            "file": self.place.file,
            # 128 bits are enough, and each byte is hashed again with every text.
            "key": self.key[:16].hex(),
        }
        values = {name: value for name, value in (values | place).items() if f"${name}" in query}
        return self.connection.execute(query, values or None).fetchall()


_PLACE = ("$member", "$export", "$file")
_HERE = "member = $member and export = $export and file = $file"
# Strict and never sniffing: everything that a file does not say plainly is decided in Python.
_STRICT = (
    "auto_detect = false, header = false, quote = '\"', new_line = '\\n', compression = 'none', strict_mode = true,"
    " null_padding = false, ignore_errors = false"
)


def _read_from(sink: Sink) -> str:
    return literal(exactly(sink.path))


def _columns(names: list[str]) -> str:
    return "columns = {" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"


def _positions(source: Source, header: Header) -> dict[str, int]:
    """Return for each cell of the source its column in the file; of equal names the first one counts."""
    keys = [column_key(cell) for cell in header.cells]
    found = {}
    for cell, names in source.cells.items():
        position = next((keys.index(column_key(name)) for name in names if column_key(name) in keys), None)
        if position is not None:
            found[cell] = position
    return found


def _numbered(names: tuple[str, ...]) -> list[str]:
    """Return column names made unique: the second of a name becomes “name 2”."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[column_key(name)] = count = seen.get(column_key(name), 0) + 1
        unique.append(name if count == 1 else f"{name} {count}")
    return unique


def _write(sink: Sink, rows: Iterable[tuple[str, ...]]) -> int:
    """Write rows as plain CSV and return an upper bound of the longest one's bytes."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    longest = 0
    for row in rows:
        longest = max(longest, 4 * writer.writerow(row))
        if buffer.tell() > BLOCK:
            sink.write(buffer.getvalue().encode())
            buffer.seek(0)
            buffer.truncate()
    sink.write(buffer.getvalue().encode())
    return longest
