"""Records of one file into its raw table, with a ledger that loses none.

Belongs here: what SQL a file's records are read with, the longer way for a file with broken records or dates, and the account of every
record. What the columns mean is in the sources, what bytes are is in `content.py`; clean files are read together, by `batch.py`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.lake import exactly, literal
from pipelines.readers import dates
from pipelines.readers.content import BLOCK, Content, Header, Sink, column_key, one_record
from pipelines.readers.ledger import Outcome, Refusal
from pipelines.readers.salvage import Shape, salvage, salvage_comments
from pipelines.readers.source import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_LONG_LINE = 1024 * 1024  # DuckDB's own limit is twice that
# RE2, over values of several lines: a later line with a date and a delimiter.
DATED_LINE = "\\n[^\\n]*[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{2,4}[^\\n]*[,;\\t]"
# What DuckDB raises about data; anything else is a fault of ours and goes on.
BAD_DATA = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException)


class Reading:
    """One file on its way into its table.

    After `begin` the file `is_plain` where nothing speaks against letting DuckDB read its records straight into the table; files of one
    `shape` are read by the same statement.
    """

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
        self.chosen: dates.Format | None = None
        self.is_plain = self._by_record = False
        self.outcome = self._columns()

    def _columns(self) -> Outcome:
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
        return Outcome("empty", columns_unknown=[name for name in unknown if name], columns_missing=missing)

    def begin(self, sample: list[list[str]]) -> None:
        """Find out by what is known of the whole file, and by its first records, how it is to be read."""
        self.notes = len(self.outcome.messages)
        if (escape := self._escape()) is not None:
            self.content = replace(self.content, escape=escape)
        self.chosen = self._sampled(sample)
        # DuckDB takes a blank line of a single column for a record.
        blank = self.content.width == 1 and "\n\n" in f"\n{self.content.sink.text()}"
        self._by_record = escape is None or blank or (self.content.odd_quotes and escape == '"')
        self.is_plain = not self._by_record and (self.chosen is not None or not self.has_dates)

    def _escape(self) -> str | None:
        """Return what a quote is escaped by in the whole file, None where what escapes it in one record ends another."""
        if not (self.source.backslashes and self.content.escapes):
            return '"'
        rest = self.content.sink.data().replace(b"\\\\", b"").replace(b'\\"', b"")
        return None if b"\\" in rest or b'""' in rest else "\\"

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

    @property
    def path(self) -> str:
        """Where DuckDB finds the records."""
        return self.content.sink.path

    @property
    def shape(self) -> tuple[object, ...]:
        """What is equal of all files that one statement can read together."""
        return self.source.name, self.moment, self.columns_sql, self.scan([])

    @property
    def moment(self) -> str:
        """SQL for a record's moment as the file writes it."""
        if self.chosen is None or not self.has_dates:
            return "null::timestamp"
        return f"strptime(nullif(trim({self.sql(str(self.source.when))}), ''), '{self.chosen.pattern}')"

    @property
    def columns_sql(self) -> tuple[str, ...]:
        """SQL for each column of the table, over the file's cells, their `moment`, and the `number` and `filename` of the record."""
        when = self._utc(self.chosen)
        return tuple(self.sql(column.sql, when=when) for column in self.source.columns)

    def forget(self) -> None:
        """Remove the rows of the file and what was said of them: it is to be read in another way."""
        self.outcome.messages = self.outcome.messages[: self.notes]
        self.execute(f"delete from {self.source.table} where {HERE}")

    def complete(self, newest: datetime | None, *, unfinished: bool) -> None:
        """Note the newest act and run what the source wants done with its rows."""
        self.outcome.status = "read" if self.outcome.read else "empty"
        if newest is not None and self.dated_column is not None:
            is_day = self.dated_column.type == "DATE"
            self.outcome.newest = newest.date() if is_day else dates.day_in(self.calendar.zone, newest)
        if unfinished and self.source.finish:
            self.execute(self.source.finish[1])

    def limit(self) -> datetime:
        """Return the naive UTC instant from which on an act is too late to be true."""
        if self.dated_column is not None and self.dated_column.type == "DATE":
            return datetime.combine(self.calendar.last_day + timedelta(days=1), time())
        return self.calendar.limit

    def warn(self, swallowed: int) -> None:
        """Say so when values hold lines that are records themselves: two broken quotes make valid CSV of all between them."""
        if swallowed:
            self.outcome.messages.append(_SWALLOWED.format(count=swallowed))

    def swallowed(self, values: Iterable[str]) -> int:
        """Count the lines within values that are records themselves."""
        dated = [i for cell, i in self.position.items() if f"{{{cell}}}" in str(self.source.when)]
        swallowed = 0
        for value in values:
            for line in value.split("\n")[1:]:
                cells = one_record(line, self.content.delimiter)
                swallowed += len(cells) == self.content.width and any(dates.is_date(cells[i]) for i in dated)
        return swallowed

    # The long way

    def take_the_long_way(self) -> bool:
        """Keep what can be kept of a file that is not plain, date by date or all of it in Python; return whether Python read the records."""
        by_record = self._by_record or self.source.backslashes
        if not by_record:
            try:
                self._stage(f"(select *, {NUMBER} from {self.scan([self.path])})")
            except BAD_DATA:
                by_record = True
            else:
                refused = self._dated() | self._invalid()
                # Lines are only known to Python.
                by_record = bool(refused)
        if by_record:
            self.outcome.messages = self.outcome.messages[: self.notes]
            self._read_in_python()
        else:
            self.outcome.kept = self._keep(set())
        self.execute("drop table reading_records")
        self.execute("drop table reading_dates")
        return by_record

    def _read_in_python(self) -> None:
        text, line = self.content.sink.text(), self.content.line
        escapes = self.source.backslashes and self.content.escapes
        shape = Shape(self.content.delimiter, self.content.width, escapes)
        found = (self.source.backslashes and salvage_comments(text, line, shape)) or salvage(text, line, shape)
        whole = [record for record in found.records if record.reason is None]
        reasons = {record.number: record.reason for record in found.records if record.reason is not None}
        if found.repaired:
            self.outcome.messages.append(_REPAIRED.format(count=found.repaired))
        with Sink() as sink:
            longest = _write(sink, ((str(record.number), *record.cells) for record in whole))
            clean = Content(sink, ",", self.content.width, 1, 0, odd_quotes=False, escapes=False, longest=longest)
            numbered = self._scan([sink.path], clean, ["number", *(f"c{i}" for i in range(clean.width))])
            self._stage(f"(select * replace (number::integer as number) from {numbered})")
        late = self._dated() | self._invalid()
        reasons |= late
        self.outcome.refusals = [
            Refusal(record.line, reasons[record.number], found.size(record))
            for record in found.records
            if record.number in reasons
        ]
        self.outcome.kept = self._keep(set(late))
        longer = (cell for record in whole if record.count > 1 for cell in record.cells if "\n" in cell)
        self.warn(self.swallowed(longer))

    def _keep(self, refused: set[int]) -> int:
        columns = [
            column.sql.format(when="moment") if column is self.dated_column else f"staged.{column.name}"
            for column in self.source.columns
        ]
        return self.execute(
            f"insert into {self.source.table} select {', '.join([*PLACE, 'row', *columns])}"
            " from reading_records as staged left join reading_dates on staged.date_text = reading_dates.text"
            # As JSON: DuckDB 1.5 takes a list of values slowly.
            " where row not in (select unnest(from_json_strict($refused, '[\"INTEGER\"]'))) order by row",
            refused=json.dumps(sorted(refused)),
        )[0][0]

    def _stage(self, source: str) -> None:
        when = f"nullif(trim({self.sql(str(self.source.when))}), '')" if self.has_dates else "null::varchar"
        columns = [
            f"{self.sql(column.sql)} as {column.name}"
            for column in self.source.columns
            if column is not self.dated_column
        ]
        branches = [f"when {self.sql(condition)} then {i}" for i, (condition, _) in enumerate(self.source.invalid)]
        invalid = f"case {' '.join(branches)} end" if branches else "null"
        self.execute(
            f"create or replace temp table reading_records as select number::integer as row, {when} as date_text,"
            f" ({invalid})::integer as invalid, {', '.join(columns) or 'null as nothing'} from {source}"
        )

    def _dated(self) -> dict[int, str]:
        """Make the table of dates and return the rows that are refused for theirs."""
        texts = [
            row[0]
            for row in self.execute(
                "select distinct date_text from reading_records where date_text is not null order by 1"
            )
        ]
        plain = {text: dates.normalised(text) for text in texts}
        choice = dates.choose(sorted(set(plain.values()) - set(dates.EMPTY)))
        if choice is not None and not choice.certain and self.has_dates:
            order = _MONTH_FIRST if choice.format.pattern.startswith("%m") else _DAY_FIRST
            self.outcome.messages.append(order.format(field=self.source.field))
        fits = choice.format.shape.fullmatch if choice else re.compile("(?!)").fullmatch
        with Sink() as sink:
            _write(
                sink,
                [(t, value if fits(value) else "", "1" if value in dates.EMPTY else "") for t, value in plain.items()],
            )
            columns = _columns(["text", "value", "empty"])
            pattern = choice.format.pattern if choice else "%Y"
            source = f"read_csv({literal(exactly(sink.path))}, {columns}, delim = ',', escape = '\"', {_STRICT})"
            self.execute(
                f"create or replace temp table reading_dates as select text, {self._utc(choice.format if choice else None)}"
                " as moment, value is not null as fits, empty is not null as empty"
                f" from (select *, try_strptime(value, '{pattern}') as moment from {source})"
            )
        moment = self.dated_column.sql.format(when="moment") if self.dated_column else "moment"
        rows = self.execute(
            "select row, case when not fits then 1 when moment is null then 2 else 3 end from reading_records as staged"
            " join reading_dates on staged.date_text = reading_dates.text"
            f" where not empty and (moment is null or {moment} >= $limit::timestamp)",
            limit=self.limit(),
        )
        reasons = {1: NO_DATE, 2: NO_SUCH_DATE, 3: TOO_LATE}
        return {row: f"{self.source.field}: {reasons[why]}" for row, why in rows}

    def _invalid(self) -> dict[int, str]:
        if not self.source.invalid:
            return {}
        rows = self.execute("select row, invalid from reading_records where invalid is not null")
        return {row: self.source.invalid[which][1] for row, which in rows}

    # Both

    def _utc(self, chosen: dates.Format | None) -> str:
        if chosen is None:
            return "moment"
        return dates.to_utc("moment", chosen, local_clock=self.source.local_clock)

    def sql(self, template: str, when: str = "") -> str:
        """Return a source's SQL over the columns of this file."""
        return template.format(**self.cells, when=when)

    def scan(self, paths: Sequence[str]) -> str:
        """Return the SQL that reads files of this one's shape as text: c0, c1, … and the path of each record's as `filename`."""
        return self._scan(paths, self.content, [f"c{i}" for i in range(self.content.width)])

    def _scan(self, paths: Sequence[str], content: Content, names: list[str]) -> str:
        delimiter = content.delimiter.replace("\t", "\\t")
        longer = f", max_line_size = {content.longest}" if content.longest > _LONG_LINE else ""
        files = ", ".join(literal(exactly(path)) for path in paths)
        return (
            f"read_csv([{files}], filename = true, {_columns(names)}, delim = '{delimiter}', escape = '{content.escape}',"
            f" {_STRICT}{longer})"
        )

    def execute(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run a statement that may name $member, $export, $file, $key and `values`."""
        place = {
            "member": self.place.member,
            "export": self.place.export,
            "file": self.place.file,
            # 128 bits are enough, and each byte is hashed again with every text.
            "key": self.key[:16].hex(),
        }
        values = {name: value for name, value in (values | place).items() if f"${name}" in query}
        return self.connection.execute(query, values or None).fetchall()


PLACE = ("$member", "$export", "$file")
NUMBER = "row_number() over () as number"
HERE = "member = $member and export = $export and file = $file"
# Strict and never sniffing: everything that a file does not say plainly is decided in Python.
_STRICT = (
    "auto_detect = false, header = false, quote = '\"', new_line = '\\n', compression = 'none', strict_mode = true,"
    " null_padding = false, ignore_errors = false"
)


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
