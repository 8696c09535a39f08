"""Exports into raw tables: what is in each, whose it is, what of it was kept.

Belongs here: the raw tables themselves and the order of work on one member's exports. How a file becomes rows is in `readers/`, whose
export it is in `owner.py`; nothing here knows a metric or a week.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from pipelines.archive import Entry, Export, Limits, open_export
from pipelines.owner import Owner, Owners, settle
from pipelines.problem import Problem
from pipelines.readers import SOURCES, claim, linkedin, never_open, own, xing
from pipelines.readers.batch import Batch
from pipelines.readers.content import BLOCK, Header, Text, column_key, find_header
from pipelines.readers.ledger import Calendar, Outcome, Place
from pipelines.readers.source import N_

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
    """Make every raw table, empty."""
    tables = dict(_LEDGER)
    for source in SOURCES:
        tables[source.table] = ", ".join([_KEYS, *(f"{column.name} {column.type}" for column in source.columns)])
    for name, columns in tables.items():
        connection.execute(f"create table {name} ({columns})")


def ingest(
    connection: duckdb.DuckDBPyConnection,
    member: Member,
    paths: Sequence[Path],
    *,
    limits: Limits,
    key: bytes,
    owner_confirmed: bool = False,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Read all exports of a member and append their rows and their ledger to the raw tables: `begin` and `conclude` for one."""
    batch = Batch(connection, key)
    begun = begin(batch, member, paths, limits=limits, progress=progress)
    batch.finish()
    conclude(Owners(connection), member, begun, owner_confirmed=owner_confirmed)


def begin(
    batch: Batch,
    member: Member,
    paths: Sequence[Path],
    *,
    limits: Limits,
    progress: Callable[[str], None] | None = None,
) -> Sequence[Begun]:
    """Open all exports of a member, give their files to `batch` and return what is to be concluded once that has finished.

    `progress` is called with the name of each export before it is opened. An export that cannot be opened is known by its error. The
    same export twice counts once, as the first of which anything could be read. Bad input raises nothing.
    """
    _note_member(batch.connection, member)
    begun: list[Begun] = []
    for path in paths:
        if progress is not None:
            progress(path.name)
        _begin_path(batch, member, path, limits, begun)
    return begun


def conclude(
    owners: Owners,
    member: Member,
    begun: Sequence[Begun],
    *,
    owner_confirmed: bool = False,
    elsewhere: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Append the ledger of a member's exports to the raw tables, and hold back those that seem to be somebody else's.

    These keep their ledger and no rows. `owners` are for all members whose files the batch has read. `elsewhere` are exports that lie in several members' inboxes, with whose. Raises what the
    program got wrong with a file.
    """
    for fault in (account.outcome.fault for one in begun for account in one.accounts):
        if fault is not None:
            raise fault
    connection = owners.connection
    _note_exports(owners, member, begun)
    _note_files(connection, member, begun)
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
        _insert(connection, table, [member.key], types, rows)


@dataclass(frozen=True)
class _Account:
    """One file of an export, whose it is and what became of it."""

    name: str
    source: Source | None
    platform: str | None
    outcome: Outcome


@dataclass(frozen=True)
class Begun:
    """One export whose files are with a batch: what is known of it by then, and the account of each file."""

    path: str
    sha256: str | None
    platform: str = "unknown"
    dated: date | None = None
    error: str | None = None
    accounts: Sequence[_Account] = ()

    @property
    def as_of(self) -> date | None:
        """The day that it describes: its date, or that of a later act in it."""
        days = [self.dated, *(account.outcome.newest for account in self.accounts)]
        return max((day for day in days if day), default=None)


def _begin_path(batch: Batch, member: Member, path: Path, limits: Limits, begun: list[Begun]) -> None:
    """Append what `path` is to `begun`, unless it is the same as something there of which anything can be read."""
    try:
        with open_export(path, limits, never_open=never_open) as export:
            same = [one for one in begun if one.sha256 == export.sha256]
            if any(one.error is None for one in same):
                return
            # It held nothing under another name.
            for one in same:
                begun.remove(one)
            begun.append(_begin_export(batch, member, export))
    except Problem as problem:
        sha256 = _sha256(path)
        if not any((one.sha256 or one.path) == (sha256 or str(path)) for one in begun):
            begun.append(Begun(str(path), sha256, error=str(problem)))


def _begin_export(batch: Batch, member: Member, export: Export) -> Begun:
    """Give the files of one export to the batch."""
    calendar = Calendar(export.dated, member.time_zone)
    twins = _twins(export.entries)
    accounts = [
        _begin_entry(batch, entry, Place(member.key, export.sha256, entry.name), calendar, twins.get(entry.name))
        for entry in export.entries
    ]
    error = _nothing_in(export, accounts)
    return Begun(str(export.path), export.sha256, _platform(accounts), export.dated, error, accounts)


def _begin_entry(batch: Batch, entry: Entry, place: Place, calendar: Calendar, twin: str | None) -> _Account:
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
            outcome = batch.add(source, place, calendar, text, header, note)
    except Problem as problem:
        return _Account(entry.name, source, platform, Outcome("failed", messages=[str(problem)]))
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


def _note_exports(owners: Owners, member: Member, begun: Sequence[Begun]) -> None:
    rows: list[list[Any]] = []
    for one in begun:
        owner = owners.of(member, one.sha256, one.platform) if one.sha256 else Owner(None, None)
        rows.append(
            [
                one.sha256,
                one.path,
                one.platform,
                owner.name,
                owner.address,
                one.dated,
                one.as_of,
                one.error,
                None,
                READER,
            ]
        )
    types = [*["varchar"] * 5, "date", "date", "varchar", "varchar", "varchar"]
    _insert(owners.connection, "raw_exports", [member.key], types, rows)


def _note_files(connection: duckdb.DuckDBPyConnection, member: Member, begun: Sequence[Begun]) -> None:
    accounts = [(one.sha256, account, account.outcome) for one in begun for account in one.accounts]
    rows: list[list[Any]] = [
        [
            export, account.name, account.source.name if account.source else None, outcome.status, outcome.encoding,
            outcome.columns_unknown, outcome.columns_missing, outcome.read, outcome.kept, len(outcome.refusals),
            " ".join(outcome.messages) or None,
        ]
        for export, account, outcome in accounts
    ]  # fmt: skip
    types = [*["varchar"] * 5, "varchar[]", "varchar[]", *["integer"] * 3, "varchar"]
    _insert(connection, "raw_files", [member.key], types, rows)
    refused: list[list[Any]] = [
        [export, account.name, refusal.line, refusal.reason, refusal.size]
        for export, account, outcome in accounts
        for refusal in outcome.refusals
    ]
    _insert(connection, "raw_refusals", [member.key], ["varchar", "varchar", "integer", "varchar", "integer"], refused)


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, fixed: list[Any], types: list[str], rows: list[list[Any]]
) -> None:
    """Append rows that begin with the same values, in one statement, as one JSON text: DuckDB 1.5 takes lists of values slowly."""
    if not rows:
        return
    structure = json.dumps([{f"c{i}": type_ for i, type_ in enumerate(types)}])
    texts = json.dumps([{f"c{i}": value for i, value in enumerate(row)} for row in rows], default=str)
    values = ", ".join(f"${i}" for i in range(1, len(fixed) + 1))
    connection.execute(
        f"insert into {table} select {values}, item.* from (select unnest(from_json_strict(${len(fixed) + 1}, ${len(fixed) + 2})) as item)",
        [*fixed, texts, structure],
    )
