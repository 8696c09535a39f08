"""What the steps of one run share: the installation's settings and lock, one database in memory, what failed, and who watches.

Belongs here: computing from Parquet to Parquet for coaches, and keeping one coach's failure from costing anybody else. What is
computed is in the assets' modules.
"""

from __future__ import annotations

import itertools
import math
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import dagster as dg

from pipelines import lake, steps
from pipelines.faults import fault, frames, guarded
from pipelines.files import locked
from pipelines.models import load_models
from pipelines.problem import Problem
from pipelines.settings import prepare_home

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from duckdb import DuckDBPyConnection, Statement

    from pipelines.models import Model
    from pipelines.settings import Settings

    Call = Callable[..., Any]

T = TypeVar("T")
K = TypeVar("K", bound="Hashable")

_WAITING = "Another run of this installation is under way; waiting for it to end."
# Each coach at work needs the memory of all members of that coach.
_AT_ONCE = 4
# Bytes of raw tables, in Parquet, that are computed together: some forty people who write little.
_TOGETHER = 2_500_000
# Bytes of inboxes that are read together; archives become ten times as much.
_READ_TOGETHER = 16_000_000
# A process of its own takes half a second to begin: as long as drawing one coach's pages.
_WORTH_PROCESSES = 4


@dataclass
class Watcher:
    """Whoever started a run and waits for its end: `progress` is called with each step, `notes` collects what a person must know.

    Notes may name people; Dagster's own storage must not.
    """

    progress: Callable[[str], None] | None = None
    notes: list[Problem] = field(default_factory=list)


class Installation:
    """KONTAKTPULS_HOME during one run, with one in-memory DuckDB for it and one cursor a step and coach.

    Opening DuckDB costs some 25 ms; a cursor with a database of its own almost nothing, and its tables and views go with it.
    """

    def __init__(self, settings: Settings, connection: DuckDBPyConnection, watcher: Watcher) -> None:
        self.settings = settings
        self.watcher = watcher
        # Coaches for whom a step failed in this run, with the first sentence on it.
        self.failures: dict[str, str] = {}
        self._connection = connection
        self._numbers = itertools.count()
        self._statements: dict[str, Statement] = {}
        self._offenders: dict[tuple[str, str], dict[str, int]] = {}
        self._processes: ProcessPoolExecutor | None = None
        # A table without members is the same for every coach.
        self._for_everybody = {model.name for model in load_models() if model.key and "member" not in model.key}

    def close(self) -> None:
        """End what was begun for this run."""
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)
        self._connection.close()

    @contextmanager
    def cursor(self) -> Generator[DuckDBPyConnection]:
        """Open a cursor whose tables nobody else sees."""
        with lake.database(self._connection, f"work {next(self._numbers)}") as cursor:
            yield cursor

    def show(self, cursor: DuckDBPyConnection, tables: Iterable[str], *coaches: str) -> None:
        """Make coaches' tables visible under their names; raises lake.NotMade for one that an earlier step left out."""
        for table in tables:
            lake.read(cursor, self.settings.lake, table, *(coaches[:1] if table in self._for_everybody else coaches))

    def at_once(self, items: Sequence[K], work: Callable[[K], T]) -> dict[K, T]:
        """Do the same for several coaches, as many at once as there are cores: DuckDB leaves Python to the others while it computes."""
        with ThreadPoolExecutor(_workers(len(items))) as pool:
            return dict(zip(items, pool.map(work, items), strict=True))

    def draw(self, coaches: Sequence[str], work: Callable[[str, Call], T]) -> dict[str, T]:
        """Do the same for several coaches, and let `work` call what draws their pages, in other processes where there are many coaches.

        Python draws on one core, however many threads it has. What is called belongs to a module that loads no Dagster.
        """
        if len(coaches) >= _WORTH_PROCESSES and _workers(len(coaches)) > 1 and self._processes is None:
            self._processes = ProcessPoolExecutor(
                _workers(len(coaches)),
                multiprocessing.get_context("spawn"),
                # Whoever interrupts the run interrupts this process, which ends the others.
                initializer=signal.signal,
                initargs=(signal.SIGINT, signal.SIG_IGN),
            )

        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            if self._processes is None:
                return function(*arguments)
            try:
                return self._processes.submit(guarded, function, *arguments).result()
            except BrokenProcessPool:
                # Something ended it, a lack of memory most likely; one after the other needs less.
                return function(*arguments)

        return self.at_once(coaches, lambda coach: work(coach, call))

    def buckets(self, coaches: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the coaches in groups whose raw tables are worth computing together."""
        folder = self.settings.lake
        return _buckets({coach: _bytes(folder.glob(f"raw_*/coach={coach}/*")) for coach in coaches}, _TOGETHER)

    def inboxes(self, coaches: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the coaches in groups whose members' inboxes are worth reading together."""
        settings = self.settings
        sizes = {
            coach: sum(_bytes((settings.inbox / member.key).rglob("*")) for member in settings.of_coach(coach))
            for coach in coaches
        }
        return _buckets(sizes, _READ_TOGETHER)

    def together(
        self,
        log: dg.DagsterLogManager,
        step: str,
        coaches: Sequence[str],
        work: Callable[[], dict[K, T]],
        alone: Callable[[str], dict[K, T]],
    ) -> dict[K, T]:
        """Return what `work` finds for several coaches at once; for one, or where anything goes wrong, what `alone` does for each.

        Whose fault it was shows when the same is done for each coach alone.
        """
        if len(coaches) > 1:
            self.tell(step, *coaches)
            try:
                return work()
            except Exception as error:  # noqa: BLE001 (nobody's table is the worse for it yet)
                log.info(f"{step}: {len(coaches)} coaches one by one: {fault(error)}")
        return {key: value for coach in coaches for key, value in alone(coach).items()}

    def compute(
        self, log: dg.DagsterLogManager, models: Sequence[Model], coaches: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        """Compute models from Parquet to Parquet, in the order given; return for each coach the rows of each that could be made.

        Together, because most of what small tables take is planning the statement; where anything goes wrong, each coach alone.
        """

        def work() -> dict[str, dict[str, int]]:
            return self._compute(models, self._members(coaches), lambda model: nullcontext(self.tell(model, *coaches)))

        def alone(coach: str) -> dict[str, dict[str, int]]:
            return self._compute(models, {coach: None}, lambda model: self.at_own_risk(log, coach, model, [model]))

        return self.together(log, models[0].layer, coaches, work, alone)

    def _compute(
        self,
        models: Sequence[Model],
        members: Mapping[str, Sequence[str] | None],
        watched: Callable[[str], AbstractContextManager[None]],
    ) -> dict[str, dict[str, int]]:
        """Compute models for coaches and their `members`; what one model makes stays in memory until the last that reads it."""
        last_reader = {table: model.name for model in models for table in model.depends_on}
        counts: dict[str, dict[str, int]] = {coach: {} for coach in members}
        made: set[str] = set()
        shown: set[str] = set()
        with self.cursor() as cursor:
            for model in models:
                with watched(model.name):
                    unseen = set(model.depends_on) - made - shown
                    self.show(cursor, unseen, *members)
                    shown |= unseen
                    [(rows,)] = cursor.execute(self._parsed(cursor, model)).fetchall()
                    # Tables of sql/report stay in the order of their SELECT, which is the one that the page shows.
                    order = () if model.layer == "report" else model.key
                    shared = model.name in self._for_everybody
                    for coach, own in members.items():
                        counts[coach][model.name] = lake.write(
                            cursor, self.settings.lake, model.name, coach, order, None if shared else own
                        )
                    if not shared and rows != sum(of_coach[model.name] for of_coach in counts.values()):
                        raise RuntimeError("rows of nobody, or of two coaches")
                    made.add(model.name)
                for table in made & {model.name, *model.depends_on}:
                    if last_reader.get(table, model.name) == model.name:
                        cursor.execute(f"drop table {lake.identifier(table)}")
        return counts

    def _members(self, coaches: Sequence[str]) -> dict[str, list[str]]:
        """Return whose rows the tables of each coach hold; raises ValueError where it is somebody's for two of them."""
        with self.cursor() as cursor:
            found = {}
            for coach in coaches:
                self.show(cursor, ["raw_members"], coach)
                found[coach] = [member for (member,) in cursor.execute("select member from raw_members").fetchall()]
        everybody = [member for of_coach in found.values() for member in of_coach]
        if len(set(everybody)) < len(everybody):
            raise ValueError("a member of two coaches")
        return found

    def judge(self, log: dg.DagsterLogManager, rules: Sequence[Model], coaches: Sequence[str]) -> None:
        """Compute checks of several coaches at once, as far as that goes; `offenders` tells what was found."""

        def work() -> dict[tuple[str, str], dict[str, int]]:
            members = self._members(coaches)
            found = {(rule.name, coach): {} for rule in rules for coach in coaches}
            shown: set[str] = set()
            with self.cursor() as cursor:
                for rule in rules:
                    self.show(cursor, set(rule.depends_on) - shown, *coaches)
                    shown |= set(rule.depends_on)
                    rows = self._found(cursor, rule)
                    for coach, own in members.items():
                        found[rule.name, coach] = {member: rows.pop(member) for member in own if member in rows}
                    if rows:
                        raise RuntimeError("rows of nobody, or of two coaches")
            return found

        self._offenders |= self.together(log, "rules", coaches, work, lambda _coach: {})

    def offenders(self, rule: Model, coach: str) -> dict[str, int]:
        """Return how many rows of a check each member of a coach has, computed once a run: it decides who gets a report, and is shown."""
        if (rule.name, coach) not in self._offenders:
            with self.cursor() as cursor:
                self.show(cursor, rule.depends_on, coach)
                self._offenders[rule.name, coach] = self._found(cursor, rule)
        return self._offenders[rule.name, coach]

    def _found(self, cursor: DuckDBPyConnection, rule: Model) -> dict[str, int]:
        """Return how many rows of a check each member has."""
        cursor.execute(self._parsed(cursor, rule))
        counted = f"select member, count(member) from {lake.identifier(rule.name)} group by member"
        return dict(cursor.execute(counted).fetchall())

    def _parsed(self, cursor: DuckDBPyConnection, model: Model) -> Statement:
        """Return a model's statement, which takes DuckDB a millisecond to parse, parsed once for all coaches."""
        if model.name not in self._statements:
            [self._statements[model.name]] = cursor.extract_statements(steps.statement(model))
        return self._statements[model.name]

    @contextmanager
    def at_own_risk(
        self, log: dg.DagsterLogManager, coach: str, step: str, tables: Iterable[str] = ()
    ) -> Generator[None]:
        """Let one coach's failure cost nobody else: the coach's `tables` go, one sentence stays, the step goes on.

        The sentence tells what failed and where in the program, never a value: it stays in Dagster's storage.
        """
        self.tell(step, coach)
        try:
            yield
        except lake.NotMade as missing:
            self._give_up(coach, tables)
            log.warning(f"coach {coach}: {step} left out, because {missing} was not made in this run")
        except Exception as error:  # noqa: BLE001 (whatever it is, other coaches' members get their reports)
            self._give_up(coach, tables)
            sentence = f"{step} failed: {fault(error)}"
            self.failures.setdefault(coach, sentence)
            told = str(error) if isinstance(error, Problem) else sentence
            self.watcher.notes.append(Problem("Coach {coach}: {sentence}", coach=coach, sentence=told))
            log.error(f"coach {coach}: {sentence}\n{frames(error)}")  # noqa: TRY400 (an error's text may hold a member's data)

    def tell(self, step: str, *coaches: str) -> None:
        """Tell whoever watches what is being done, and for whom."""
        if self.watcher.progress:
            self.watcher.progress(f"{step} ({', '.join(coaches)})")

    def _give_up(self, coach: str, tables: Iterable[str]) -> None:
        for table in tables:
            lake.delete(self.settings.lake, table, coach)


def _buckets(sizes: Mapping[str, int], together: int) -> list[tuple[str, ...]]:
    """Return coaches in groups of about equal size, at most so many bytes `together`, enough of them for every core."""
    total, workers = max(1, sum(sizes.values())), _workers(len(sizes))
    count = math.ceil(math.ceil(total / together) / workers) * workers
    found: dict[int, list[str]] = {}
    before = 0
    for coach, size in sizes.items():
        found.setdefault(before * count // total, []).append(coach)
        before += size
    return list(map(tuple, found.values()))


def _bytes(paths: Iterable[Path]) -> int:
    """Return how many bytes there are at some paths, as far as one may look."""
    sizes = 0
    for path in paths:
        with suppress(OSError):
            sizes += path.lstat().st_size
    return sizes


def _workers(items: int) -> int:
    """Return how many of so many items are worked on at once."""
    return max(1, min(items, os.cpu_count() or 1, _AT_ONCE))


def installation_resource(load: Callable[[], Settings], watcher: Watcher) -> dg.ResourceDefinition:
    """Return the resource that holds the installation's lock for a whole run, and the run's database with it."""

    @dg.resource(description="KONTAKTPULS_HOME, locked for the run, and one DuckDB in memory.")
    def installation(_context: dg.InitResourceContext) -> Generator[Installation]:
        settings = load()
        prepare_home(settings.home)
        with locked(settings.home / "run.lock", waiting=_WAITING):
            _forget_former_coaches(settings)
            made = Installation(settings, steps.connect(), watcher)
            try:
                yield made
            finally:
                made.close()

    return installation


def _forget_former_coaches(settings: Settings) -> None:
    """Remove from the lake whom members.toml no longer names as a coach; the inbox can bring it all back."""
    known = set(settings.coaches())
    for path in settings.lake.glob("*/coach=*/data.parquet"):
        coach = path.parent.name.removeprefix("coach=")
        if coach not in known:
            lake.delete(settings.lake, path.parent.parent.name, coach)
