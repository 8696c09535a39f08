"""The way from exports to numbers, in order, and the loop over it.

Belongs here: making the database of one bucket of members, reading their exports into it, running every model. The command
calls this loop over tables in memory; `orchestration/` wraps the same steps as assets over Parquet. What a step computes is in
`ingest.py` and below `sql/`; what is made of it in `report.py`.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from pipelines import lake
from pipelines.files import private_folder
from pipelines.members import SELF, Member, check_key
from pipelines.models import Model, functions, load_models
from pipelines.problem import N_, Problem
from pipelines.untrusted import called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.report import Report
    from pipelines.settings import Settings

# What was read and refused; the command and the report tell it at the end.
LEDGER = {"raw_members", "raw_exports", "raw_files", "raw_refusals"}


# So many tables are computed at the same time: most of a report is planning statements, each on one core. Each more takes more memory.
_AT_ONCE = 2


def connect() -> DuckDBPyConnection:
    """Open an empty database that every model can run in."""
    return lake.connect(functions())


def statement(model: Model) -> str:
    """Return the SQL that computes one model into a table of its name from the tables that are visible under theirs."""
    return f"create or replace table {lake.identifier(model.name)} as {model.sql}"


def build(connection: DuckDBPyConnection, model: Model) -> None:
    """Run a model's statement."""
    connection.execute(statement(model))


def compute(
    connection: DuckDBPyConnection,
    progress: Callable[[str], None] | None = None,
) -> list[Model]:
    """Run every model over the raw tables in `connection`, several at once, and return the models in an order of their runs.

    A table that no later model reads is dropped at once, those of sql/report and sql/checks aside: memory is what a large
    member needs most.
    """
    models = load_models()
    by_name = {model.name: model for model in models}
    readers: dict[str, set[str]] = {}
    for model in models:
        for table in model.depends_on:
            readers.setdefault(table, set()).add(model.name)
    kept = {model.name for model in models if model.layer in ("report", "checks")} | LEDGER
    idle = [lake.cursor(connection) for _ in range(_AT_ONCE)]

    def run(model: Model) -> Model:
        cursor = idle.pop()
        build(cursor, model)
        idle.append(cursor)
        return model

    sorter = TopologicalSorter({m.name: [d for d in m.depends_on if d in by_name] for m in models})
    sorter.prepare()
    ready: list[Model] = []
    running: set[Future[Model]] = set()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while sorter.is_active():
            # As in one by one: checks come early, and the tables that they read can go.
            ready = sorted([*ready, *(by_name[name] for name in sorter.get_ready())], key=models.index)
            while ready and len(running) < _AT_ONCE:
                model = ready.pop(0)
                if progress:
                    progress(model.name)
                running.add(pool.submit(run, model))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for model in [future.result() for future in done]:
                sorter.done(model.name)
                for table in model.depends_on:
                    readers[table].remove(model.name)
                    if not readers[table] and table not in kept:
                        connection.execute(f"drop table {lake.identifier(table)}")
    return models


def asked_member(settings: Settings, key: str | None, *, week: str | None, language: str | None) -> Member:
    """Return whom a report is for: a member of members.toml, or one known by key alone (None: the export's owner).

    Raises Problem for what cannot be a key.
    """
    known = settings.members.get(key or "") or Member(key=SELF if key is None else check_key(key))
    return known.asked(week=week, language=language)


def report(
    member: Member,
    exports: Sequence[Path],
    sender: str | None,
    *,
    unsubscribe: str | None = None,
    max_size: int | None = None,
    owner_confirmed: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[Report | None, list[Problem]]:
    """Make one member's report of `exports`; return it, or None, and a sentence on everything that was not used.

    `max_size` is in MB. Whoever is known by the export alone is called by a key made of the owner's name.
    """
    from pipelines.report import broken, make_reports

    connection = connect()
    _ingest(connection, member, exports, max_size, owner_confirmed, progress)
    notes = notes_of(connection)
    if not _anything_kept(connection):
        return None, notes if _any_export_failed(connection) else [*notes, _nothing_dated(exports)]
    models = compute(connection, progress=progress)
    if found := broken(connection, models).get(member.key):
        notes.append(
            Problem(
                "The numbers break a rule of the program ({rules}); no report was made. Please tell us which.",
                rules=", ".join(found),
            )
        )
        return None, notes
    made = next(make_reports(connection, models, [member], sender, unsubscribe), None)
    if made is None:
        notes.append(_nothing_dated(exports))
    return made, notes


def _anything_kept(connection: DuckDBPyConnection) -> bool:
    """Tell whether a row of any export is there to compute with."""
    statement = """
        select coalesce(sum(files.rows_kept), 0) > 0
        from raw_files as files
        inner join raw_exports as exports on files.member = exports.member and files.export = exports.export
        where exports.error is null and exports.held_back is null
    """
    return connection.execute(statement).fetchall()[0][0]


def _any_export_failed(connection: DuckDBPyConnection) -> bool:
    """Tell whether an export was left out as a whole, which says enough."""
    statement = "select count(*) > 0 from raw_exports where coalesce(error, held_back) is not null"
    return connection.execute(statement).fetchall()[0][0]


def _nothing_dated(exports: Sequence[Path]) -> Problem:
    names = ", ".join(path.name for path in exports)
    return Problem(
        "{names} holds no dated entry, so there is no week to report: add an export of LinkedIn or XING, or a dated line in "
        "activity.csv or applications.csv.",
        names=names,
    )


def inspect(
    exports: Sequence[Path],
    *,
    max_size: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Return what is in `exports`, in the shape of `inspect --json`."""
    from pipelines.inventory import inventory

    connection = connect()
    _ingest(connection, Member(key=SELF), exports, max_size, owner_confirmed=True, progress=progress)
    return inventory(connection)


def demo(out: Path, *, seed: int, size: str, language: str, progress: Callable[[str], None] | None = None) -> list[str]:
    """Invent a member, write exports and report below `out`, and return where they lie, a line each."""
    from pipelines.demo import SIZES, make_member, write_exports

    if progress:
        progress("inventing a member")
    invented = make_member(seed, SIZES[size])
    private_folder(out / "exports")
    exports = write_exports(invented, out / "exports")
    made, notes = report(Member(key="ada", language=language), exports, None, progress=progress)
    if made is None:
        raise RuntimeError(f"the invented member got no report: {list(map(str, notes))}")
    made.write(out)
    return [f"{out / name}" for name in ("report.html", "report.json", "mail.eml")] + [str(path) for path in exports]


def notes_of(connection: DuckDBPyConnection) -> list[Problem]:
    """Return a sentence on each export that was left out or shows nobody as its owner, and on files with something refused, odd or nothing.

    Sentences of the ledger are the value `sentence`, in English.
    """
    exports = connection.execute(
        "select export, path, coalesce(error, held_back), platform in ('linkedin', 'xing') and coalesce(owner, owner_address) is null"
        " from raw_exports order by path, export nulls first"
    ).fetchall()
    names = called(path for _, path, _, _ in exports)
    notes = []
    for export, path, sentence, is_nobodys in exports:
        if sentence is not None:
            # It names the file by its last part, which several may have in common.
            unclear = names[path] == path and path not in sentence
            text = N_("{export}: {sentence}") if unclear else "{sentence}"
            notes.append(Problem(text, export=path, sentence=sentence))
            continue
        files = connection.execute(
            "select file, status, message, rows_read, rows_kept, rows_refused from raw_files where export = $1"
            " and status in ('read', 'empty', 'failed') order by file",
            [export],
        ).fetchall()
        if is_nobodys and any(kept for *_, kept, _ in files):
            notes.append(
                Problem("Nothing in {export} tells whose export it is; it was used all the same.", export=names[path])
            )
        notes += _notes_of_files(files, names[path] if len(exports) > 1 else "")
    return notes


def _notes_of_files(files: Sequence[tuple[Any, ...]], export: str) -> list[Problem]:
    """Return a sentence for each file with something refused or odd, and one for all that are empty; they name the export if it is given."""

    def named(file: str) -> str:
        return f"{export}: {file}" if export and not export.endswith(file) else export or file

    notes = []
    for file, _, message, read, _, refused in files:
        if refused:
            notes.append(
                Problem(
                    "{file}: {refused} of {read} rows refused; `kontaktpuls inspect` lists them.",
                    file=named(file),
                    refused=refused,
                    read=read,
                )
            )
        if message is not None:
            notes.append(Problem("{file}: {sentence}", file=named(file), sentence=message))
    empty = [file for file, status, *_ in files if status == "empty"]
    if empty:
        one = N_("{files}: holds no entry.") if len(empty) == 1 else N_("{files}: hold no entry.")
        notes.append(Problem(one, files=named(", ".join(empty))))
    return notes


def _ingest(
    connection: DuckDBPyConnection,
    member: Member,
    exports: Sequence[Path],
    max_size: int | None,
    owner_confirmed: bool,
    progress: Callable[[str], None] | None,
) -> None:
    import secrets

    from pipelines.archive import Limits, exports_below
    from pipelines.ingest import create_raw_tables, ingest
    from pipelines.readers import own_list

    limits = Limits() if max_size is None else Limits(total=max_size << 20)
    paths = [export for path in exports for export in exports_below(path, own_list=own_list)]
    create_raw_tables(connection)
    # Hashes of texts are compared within this run only.
    key = secrets.token_bytes(32)
    ingest(
        connection,
        member,
        paths,
        limits=limits,
        key=key,
        owner_confirmed=owner_confirmed,
        progress=progress,
    )
