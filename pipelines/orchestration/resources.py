"""What the steps of one run share: the installation's settings and lock, one database in memory, what failed, and who watches.

Belongs here: computing from Parquet to Parquet for one coach, and keeping one coach's failure from costing anybody else. What is
computed is in the assets' modules.
"""

from __future__ import annotations

import itertools
import os
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import dagster as dg

from pipelines import lake, steps
from pipelines.files import locked
from pipelines.problem import Problem
from pipelines.settings import prepare_home

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from duckdb import DuckDBPyConnection, Statement

    from pipelines.models import Model
    from pipelines.settings import Settings

T = TypeVar("T")

_WAITING = "Another run of this installation is under way; waiting for it to end."
# Each coach at work needs the memory of all members of that coach.
_AT_ONCE = 4
_PACKAGE = Path(__file__).parent.parent


class NotMade(Exception):  # noqa: N818
    """A table that a step needs is not there, because an earlier step of the run left the coach out; `str()` is its name."""


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

    @contextmanager
    def cursor(self) -> Generator[DuckDBPyConnection]:
        """Open a cursor whose tables nobody else sees."""
        with lake.database(self._connection, f"work {next(self._numbers)}") as cursor:
            yield cursor

    def show(self, cursor: DuckDBPyConnection, tables: Iterable[str], coach: str) -> None:
        """Make a coach's tables visible under their names; raises NotMade for one that is not there."""
        for table in tables:
            try:
                lake.read(cursor, self.settings.lake, table, coach)
            except FileNotFoundError:
                raise NotMade(table) from None

    def at_once(self, coaches: Sequence[str], work: Callable[[str], T]) -> dict[str, T]:
        """Do the same for several coaches, as many at once as there are cores: DuckDB leaves Python to the others while it computes."""
        with ThreadPoolExecutor(max(1, min(len(coaches), os.cpu_count() or 1, _AT_ONCE))) as pool:
            return dict(zip(coaches, pool.map(work, coaches), strict=True))

    def compute(self, log: dg.DagsterLogManager, models: Sequence[Model], coach: str) -> dict[str, int]:
        """Compute models for one coach from Parquet to Parquet, in the order given; return the rows of each that could be made.

        What one of them makes stays in memory until the last of them that reads it.
        """
        last_reader = {table: model.name for model in models for table in model.depends_on}
        counts: dict[str, int] = {}
        shown: set[str] = set()
        with self.cursor() as cursor:
            for model in models:
                with self.at_own_risk(log, coach, model.name, [model.name]):
                    unseen = set(model.depends_on) - counts.keys() - shown
                    self.show(cursor, unseen, coach)
                    shown |= unseen
                    cursor.execute(self._parsed(cursor, model))
                    # Tables of sql/report stay in the order of their SELECT, which is the one that the page shows.
                    order = () if model.layer == "report" else model.key
                    counts[model.name] = lake.write(cursor, self.settings.lake, model.name, coach, order)
                for table in counts.keys() & (model.name, *model.depends_on):
                    if last_reader.get(table, model.name) == model.name:
                        cursor.execute(f"drop table {lake.identifier(table)}")
        return counts

    def offenders(self, rule: Model, coach: str) -> dict[str, int]:
        """Return how many rows of a check each member of a coach has, computed once a run: it decides who gets a report, and is shown."""
        if (rule.name, coach) not in self._offenders:
            with self.cursor() as cursor:
                self.show(cursor, rule.depends_on, coach)
                cursor.execute(self._parsed(cursor, rule))
                counted = f"select member, count(member) from {lake.identifier(rule.name)} group by member"
                self._offenders[rule.name, coach] = dict(cursor.execute(counted).fetchall())
        return self._offenders[rule.name, coach]

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
        if self.watcher.progress:
            self.watcher.progress(f"{step} ({coach})")
        try:
            yield
        except NotMade as missing:
            self._give_up(coach, tables)
            log.warning(f"coach {coach}: {step} left out, because {missing} was not made in this run")
        except Exception as error:  # noqa: BLE001 (whatever it is, other coaches' members get their reports)
            self._give_up(coach, tables)
            sentence = f"{step} failed: {fault(error)}"
            self.failures.setdefault(coach, sentence)
            self.watcher.notes.append(Problem("Coach {coach}: {sentence}", coach=coach, sentence=sentence))
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error(f"coach {coach}: {sentence}\n{frames}")  # noqa: TRY400 (an error's text may hold a member's data)

    def _give_up(self, coach: str, tables: Iterable[str]) -> None:
        for table in tables:
            lake.delete(self.settings.lake, table, coach)


def fault(error: Exception) -> str:
    """Return what kind of error it was and where in the program it came up, without its text, which may hold a member's data."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_PACKAGE)]
    where = f" in {Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"


def installation_resource(load: Callable[[], Settings], watcher: Watcher) -> dg.ResourceDefinition:
    """Return the resource that holds the installation's lock for a whole run, and the run's database with it."""

    @dg.resource(description="KONTAKTPULS_HOME, locked for the run, and one DuckDB in memory.")
    def installation(_context: dg.InitResourceContext) -> Generator[Installation]:
        settings = load()
        prepare_home(settings.home)
        with locked(settings.home / "run.lock", waiting=_WAITING):
            _forget_former_coaches(settings)
            connection = steps.connect()
            try:
                yield Installation(settings, connection, watcher)
            finally:
                connection.close()

    return installation


def _forget_former_coaches(settings: Settings) -> None:
    """Remove from the lake whom members.toml no longer names as a coach; the inbox can bring it all back."""
    known = set(settings.coaches())
    for path in settings.lake.glob("*/coach=*/data.parquet"):
        coach = path.parent.name.removeprefix("coach=")
        if coach not in known:
            lake.delete(settings.lake, path.parent.parent.name, coach)
