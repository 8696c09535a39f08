"""What the assets share within one run: the settings of the installation, one database in memory, and what failed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import PrivateAttr

from pipelines import lake, steps
from pipelines.settings import Settings, load, prepare_home

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from duckdb import DuckDBPyConnection

    from pipelines.models import Model

# Shows the current step of a run to whoever started it in a terminal.
announce: Callable[[str], None] | None = None


class Installation(dg.ConfigurableResource):
    """KONTAKTPULS_HOME with its lake, and one in-memory DuckDB a run with one cursor a step and coach.

    `connect()` costs some 25 ms and a cursor almost nothing; a cursor's temporary tables and views go with it.
    """

    _connection: DuckDBPyConnection = PrivateAttr()
    _settings: Settings = PrivateAttr()
    _failures: dict[str, str] = PrivateAttr(default_factory=dict)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Installation, None, None]:  # noqa: ARG002
        """Hold the installation's lock for the whole run, the database with it."""
        self._settings = load()
        prepare_home(self._settings.home)
        waiting = "Another run of this installation is under way; waiting for it to end."
        with lake.run_lock(self._settings.home, waiting=waiting):
            self._connection = steps.connect()
            try:
                yield self
            finally:
                self._connection.close()

    @property
    def settings(self) -> Settings:
        """The installation's settings, read when the run began."""
        return self._settings

    @property
    def failures(self) -> dict[str, str]:
        """Coaches whose step failed in this run, with the first sentence on it."""
        return self._failures

    @contextmanager
    def cursor(self) -> Generator[DuckDBPyConnection]:
        """Open a cursor whose temporary tables nobody else sees."""
        cursor = self._connection.cursor()
        cursor.execute("set timezone = 'UTC'")
        try:
            yield cursor
        finally:
            cursor.close()

    def compute(self, coach: str, model: Model) -> int:
        """Compute one model for one coach from Parquet to Parquet and return its rows; raises what DuckDB raises."""
        with self.cursor() as cursor:
            for table in model.depends_on:
                lake.read(cursor, self._settings.lake, table, coach)
            steps.build(cursor, model)
            # Tables of sql/report end in the order that the page shows.
            order = () if model.layer == "report" else model.key
            return lake.write(cursor, self._settings.lake, model.name, coach, order)

    @contextmanager
    def coach_at_own_risk(self, log: dg.DagsterLogManager, coach: str, step: str, tables: list[str]) -> Generator[None]:
        """Let one coach's failure cost nobody else: its output goes, the sentence stays, the step goes on."""
        if announce:
            announce(f"{step} ({coach})")
        try:
            yield
        except FileNotFoundError as missing:
            self._give_up(coach, tables)
            log.warning(f"{step}: coach {coach} left out, {missing} was not made in this run")
        except Exception as error:
            self._give_up(coach, tables)
            sentence = f"{step}: {type(error).__name__}: {str(error).splitlines()[0]}"
            self._failures.setdefault(coach, sentence)
            log.exception(f"coach {coach}: {sentence}")

    def _give_up(self, coach: str, tables: list[str]) -> None:
        for table in tables:
            lake.delete(self._settings.lake, table, coach)
