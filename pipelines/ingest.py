"""Exports into raw tables: what is in each, whose it is, what of it was kept.

Belongs here: the raw tables themselves and the order of work on one member's exports. How a file becomes rows is in `readers/`, whose
export it is in `owner.py`; nothing here knows a metric or a week.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from pipelines.archive import Entry, Export, Limits, open_export
from pipelines.owner import Owner, owner_of, settle
from pipelines.problem import Problem
from pipelines.readers import SOURCES, claim, linkedin, never_open, own, xing
from pipelines.readers.content import BLOCK, Header, Text, column_key, find_header
from pipelines.readers.ledger import Calendar, Outcome, Place
from pipelines.readers.source import N_
from pipelines.readers.tabular import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb

    from pipelines.members import Member
    from pipelines.readers.source import Source

# Raw tables are kept per export; another reader reads them again.
READER = "4"
_TWIN = N_("The same bytes as {other}, which was read.")
_NO_HEADER = N_("No header was found; a line with columns such as {columns} was expected.")
_NOTHING = N_("{file} holds no table of LinkedIn or XING; give the export as downloaded.")
SENTENCES = (_TWIN, _NO_HEADER, _NOTHING)

_LEDGER = {
    "raw_members": "member varchar, name varchar, language varchar, time_zone varchar, week varchar, started_on date",
    "raw_member_vacations": "member varchar, first_day date, last_day date",
    "raw_member_sessions": "member varchar, held_on date, agreed varchar[]",
    "raw_member_goals": "member varchar, metric varchar, amount integer, first_day date, last_day date",
    "raw_member_targets": "member varchar, kind varchar, name varchar",
    "raw_exports": (
        "member varchar, export varchar, path varchar, platform varchar, owner varchar, owner_address varchar, dated date, as_of date,"
        " error varchar, held_back varchar, reader varchar"
    ),
    "raw_files": (
        "member varchar, export varchar, file varchar, source varchar, status varchar, encoding varchar, columns_unknown varchar[],"
        " columns_missing varchar[], rows_read integer, rows_kept integer, rows_refused integer, message varchar"
    ),
    "raw_refusals": "member varchar, export varchar, file varchar, line integer, reason varchar, bytes integer",
}
_KEYS = "member varchar, export varchar, file varchar, row integer"


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make every raw table, empty and temporary: gone with the connection or cursor."""
    tables = dict(_LEDGER)
    for source in SOURCES:
        tables[source.table] = ", ".join([_KEYS, *(f"{column.name} {column.type}" for column in source.columns)])
    for name, columns in tables.items():
        connection.execute(f"create temp table {name} ({columns})")


def ingest(
    connection: duckdb.DuckDBPyConnection,
    member: Member,
    paths: Sequence[Path],
    *,
    limits: Limits,
    key: bytes,
    owner_confirmed: bool = False,
    elsewhere: Mapping[str, Collection[str]] | None = None,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Read all exports of a member and append their rows and their ledger to the raw tables.

    `key` makes the hashes of texts; `elsewhere` are exports that lie in several members' inboxes, with whose; `progress` is called with the name of each export before it is read. An export that cannot be
    opened is a row with its error; one that seems to be somebody else's keeps its ledger and no rows. The same export twice counts
    once, as the first of which anything could be read. Bad input raises nothing.
    """
    _note_member(connection, member)
    seen = _Seen(set(), set())
    for path in paths:
        if progress is not None:
            progress(path.name)
        _read_path(connection, member, path, limits, key, seen)
    settle(connection, member, confirmed=owner_confirmed or member.owner_confirmed, elsewhere=elsewhere or {})


def _note_member(connection: duckdb.DuckDBPyConnection, member: Member) -> None:
    """Append what members.toml says of a member."""
    connection.execute(
        "insert into raw_members values ($1, $2, $3, $4, $5, $6)",
        [member.key, member.name, member.language, member.time_zone, member.week, member.start],
    )
    targets = [["company", name] for name in member.target_companies] + [["role", name] for name in member.target_roles]
    lists: list[tuple[str, list[str], list[list[Any]]]] = [
        ("raw_member_vacations", ["date", "date"], [list(vacation) for vacation in member.vacations]),
        (
            "raw_member_sessions",
            ["date", "varchar[]"],
            [[session.on, list(session.agreed)] for session in member.sessions],
        ),
        (
            "raw_member_goals",
            ["varchar", "integer", "date", "date"],
            [[goal.metric, goal.amount, goal.first_day, goal.last_day] for goal in member.goals],
        ),
        ("raw_member_targets", ["varchar", "varchar"], targets),
    ]
    for table, types, rows in lists:
        if rows:
            _insert(connection, table, [member.key], types, rows)


@dataclass(frozen=True)
class _Seen:
    """Exports by SHA-256 or path: those that were read, and those of which nothing could be read under the name that they had."""

    read: set[str]
    failed: set[str]


def _read_path(
    connection: duckdb.DuckDBPyConnection, member: Member, path: Path, limits: Limits, key: bytes, seen: _Seen
) -> None:
    try:
        with open_export(path, limits, never_open=never_open) as export:
            if export.sha256 in seen.read:
                return
            if export.sha256 in seen.failed:
                _forget_export(connection, member, export.sha256)
            is_read = _read_export(connection, member, export, key)
            (seen.read if is_read else seen.failed).add(export.sha256)
    except Problem as problem:
        sha256 = _sha256(path)
        if (sha256 or str(path)) not in seen.read | seen.failed:
            seen.failed.add(sha256 or str(path))
            _note_export(connection, member, _Found(str(path), sha256, error=str(problem)))


@dataclass
class _Found:
    """What is known of one export, a row of raw_exports."""

    path: str
    sha256: str | None
    platform: str = "unknown"
    dated: date | None = None
    as_of: date | None = None
    error: str | None = None
    owner: Owner = field(default_factory=lambda: Owner(None, None))


def _read_export(connection: duckdb.DuckDBPyConnection, member: Member, export: Export, key: bytes) -> bool:
    """Read one export and return whether there was anything to read."""
    calendar = Calendar(export.dated, member.time_zone)
    twins = _twins(export.entries)
    accounts = []
    for entry in export.entries:
        place = Place(member.key, export.sha256, entry.name)
        accounts.append(_read_entry(connection, entry, place, calendar, key, twins.get(entry.name)))
    found = _Found(str(export.path), export.sha256, _platform(accounts), export.dated)
    found.as_of = max([export.dated, *(a.outcome.newest for a in accounts if a.outcome.newest)])
    found.error = _nothing_in(export, accounts)
    found.owner = owner_of(connection, member, export.sha256, found.platform)
    _note_export(connection, member, found)
    _note_files(connection, member, export, accounts)
    return found.error is None


def _forget_export(connection: duckdb.DuckDBPyConnection, member: Member, export: str) -> None:
    """Remove the account of an export that held nothing under another name."""
    for table in ("raw_exports", "raw_files", "raw_refusals"):
        connection.execute(f"delete from {table} where member = $1 and export = $2", [member.key, export])


@dataclass(frozen=True)
class _Account:
    """One file of an export, whose it is and what became of it."""

    name: str
    source: Source | None
    platform: str | None
    outcome: Outcome


def _read_entry(
    connection: duckdb.DuckDBPyConnection, entry: Entry, place: Place, calendar: Calendar, key: bytes, twin: str | None
) -> _Account:
    claimed = claim(entry.name)
    source = claimed.source
    platform = claimed.platform
    if claimed.kind not in ("source", "look"):
        return _Account(entry.name, None, platform, Outcome(claimed.kind))
    if twin is not None:
        outcome = Outcome("unused", messages=[_TWIN.format(other=twin)])
        return _Account(entry.name, source, platform, outcome)
    try:
        with entry.open() as stream:
            text = Text(stream)
            seen = _look(text.head, source)
            if seen is None:
                return _Account(entry.name, source, platform, _headless(text, source))
            source, header, note = seen
            outcome = read_records(connection, source, place, calendar, key, text, header)
    except Problem as problem:
        if source is not None:
            _forget(connection, source, place)
        return _Account(entry.name, source, platform, Outcome("failed", messages=[str(problem)]))
    outcome.messages = [*([note] if note else []), *outcome.messages]
    return _Account(entry.name, source, source.platform, outcome)


def _look(head: bytes, source: Source | None) -> tuple[Source, Header, str | None] | None:
    """Return what reads a file whose first lines are `head`; one without a claim on its name is known by its content."""
    if source is not None:
        known = [*(name for names in source.cells.values() for name in names), *(source.others or ())]
        header = find_header(head, {column_key(name) for name in known})
        return (source, header, None) if header else None
    if (recognised := xing.recognise(head)) is not None:
        return recognised
    for candidate, needed in (
        (linkedin.CONNECTIONS, linkedin.CONNECTIONS_BY_CONTENT),
        (own.GROUPS, own.GROUPS_BY_CONTENT),
    ):
        header = find_header(head, needed)
        if header and needed <= {column_key(cell) for cell in header.cells}:
            return candidate, header, None
    return None


def _headless(text: Text, source: Source | None) -> Outcome:
    if source is None:
        return Outcome("unknown", text.encoding)
    if not text.head.strip():
        return Outcome("empty", text.encoding, messages=text.notes())
    expected = ", ".join(names[0] for names in source.cells.values())
    return Outcome("failed", messages=[_NO_HEADER.format(columns=expected)])


def _forget(connection: duckdb.DuckDBPyConnection, source: Source, place: Place) -> None:
    connection.execute(
        f"delete from {source.table} where member = $1 and export = $2 and file = $3",
        [place.member, place.export, place.file],
    )


def _twins(entries: Sequence[Entry]) -> dict[str, str]:
    """Return for each file with the bytes of an earlier one of the export that one's name; only tables are compared."""
    by_size: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.size and claim(entry.name).kind in ("source", "look"):
            by_size.setdefault(entry.size, []).append(entry)
    twins = {}
    for alike in by_size.values():
        firsts: dict[bytes, str] = {}
        for entry in alike if len(alike) > 1 else []:
            try:
                with entry.open() as stream:
                    digest = _digest(stream)
            except Problem:
                continue  # reading it will say so
            first = firsts.setdefault(digest, entry.name)
            if first != entry.name:
                twins[entry.name] = first
    return twins


def _digest(stream: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    while block := stream.read(BLOCK):
        digest.update(block)
    return digest.digest()


def _platform(accounts: Sequence[_Account]) -> str:
    found = {account.platform for account in accounts}
    return next((platform for platform in ("linkedin", "xing", "own") if platform in found), "unknown")


def _nothing_in(export: Export, accounts: Sequence[_Account]) -> str | None:
    """Return the sentence for an export without any file that could be read or is known, None for all others."""
    name = export.name
    failed = [account for account in accounts if account.outcome.status == "failed"]
    if failed and all(account.outcome.status in ("failed", "unknown") for account in accounts):
        what = "" if failed[0].name == name else f"{failed[0].name}: "
        return f"{name}: {what}{failed[0].outcome.messages[0]}"
    if all(account.platform is None for account in accounts):
        return _NOTHING.format(file=name)
    return None


def _sha256(path: Path) -> str | None:
    """Return the SHA-256 of a file that is no export, None where there is none to read; a link is none, whatever it leads to."""
    if path.is_symlink():
        return None
    try:
        with path.open("rb") as file:
            return _digest(file).hex()
    except OSError:
        return None


def _note_export(connection: duckdb.DuckDBPyConnection, member: Member, found: _Found) -> None:
    connection.execute(
        "insert into raw_exports values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, $10)",
        [
            member.key, found.sha256, found.path, found.platform, found.owner.name, found.owner.address, found.dated, found.as_of,
            found.error, READER,
        ],
    )  # fmt: skip


def _note_files(
    connection: duckdb.DuckDBPyConnection, member: Member, export: Export, accounts: Sequence[_Account]
) -> None:
    rows: list[list[Any]] = [
        [
            account.name, account.source.name if account.source else None, outcome.status, outcome.encoding, outcome.columns_unknown,
            outcome.columns_missing, outcome.read, outcome.kept, len(outcome.refusals), " ".join(outcome.messages) or None,
        ]
        for account in accounts
        for outcome in (account.outcome,)
    ]  # fmt: skip
    if rows:
        types = [*["varchar"] * 4, "varchar[]", "varchar[]", *["integer"] * 3, "varchar"]
        _insert(connection, "raw_files", [member.key, export.sha256], types, rows)
    refused: list[list[Any]] = [
        [account.name, refusal.line, refusal.reason, refusal.size]
        for account in accounts
        for refusal in account.outcome.refusals
    ]
    if refused:
        _insert(
            connection,
            "raw_refusals",
            [member.key, export.sha256],
            ["varchar", "integer", "varchar", "integer"],
            refused,
        )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, fixed: list[Any], types: list[str], rows: list[list[Any]]
) -> None:
    """Append rows that begin with the same values, in one statement, as one JSON text: DuckDB 1.5 takes lists of values slowly."""
    structure = json.dumps([{f"c{i}": type_ for i, type_ in enumerate(types)}])
    texts = json.dumps([{f"c{i}": value for i, value in enumerate(row)} for row in rows], default=str)
    values = ", ".join(f"${i}" for i in range(1, len(fixed) + 1))
    connection.execute(
        f"insert into {table} select {values}, item.* from (select unnest(from_json_strict(${len(fixed) + 1}, ${len(fixed) + 2})) as item)",
        [*fixed, texts, structure],
    )
