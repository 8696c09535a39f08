"""Dagster's own storage below KONTAKTPULS_HOME: its folder, its settings, and how eagerly it is written.

Belongs here: what `run` and `ui` need before there is an instance, and how an event gets to the disk. What is stored is Dagster's
business.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS
from dagster._core.storage.event_log import SqlEventLogStorageTable, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Dialect, Engine

from pipelines.settings import Settings, prepare_home

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from dagster import EventLogEntry
    from dagster._serdes import ConfigurableClassData

_SETTINGS = """\
# Written by kontaktpuls when it was missing; change what you like.
telemetry:
  enabled: false
nux:
  enabled: false
# Dagster's own event log in SQLite, with less work for each event.
event_log_storage:
  module: pipelines.orchestration.storage
  class: EventLog
# Steps print nothing; catching it would take two processes more, which an interruption makes complain.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
# Files whose engines are kept: the index of all runs, and the runs of which somebody looks at several.
_ENGINES = 8
# So many events of a run's plan, or of one asset's partitions, are stored together.
_BATCH = "500"


def dagster_home(settings: Settings) -> Path:
    """Return the folder of the installation's Dagster storage, made with a dagster.yaml when missing, and point DAGSTER_HOME to it."""
    prepare_home(settings.home)
    folder = settings.home / "dagster"
    folder.mkdir(mode=0o700, exist_ok=True)
    instance = folder / "dagster.yaml"
    if not instance.exists():
        instance.write_text(_SETTINGS, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)
    os.environ["KONTAKTPULS_HOME"] = str(settings.home)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", _BATCH)
    return folder


class EventLog(SqliteEventLogStorage):
    """Dagster's event log in SQLite below DAGSTER_HOME, where dagster.yaml names it.

    Dagster's own makes a new engine for each of some thousand events, which then has to learn what SQLite it has and compile each
    statement anew: more than half of the time that an event takes. Here the engine of a file is kept, with its connections. Events
    that Dagster hands over together are stored in one transaction.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, object]:
        """Take no settings: the files lie where Dagster's own event log would put them."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, object]) -> EventLog:
        """Return the event log of DAGSTER_HOME."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data, **config_value)

    def has_table(self, table_name: str) -> bool:
        """Tell whether the index has a table; one that is there stays, and Dagster asks each time before it looks up a partition."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events of one run about assets and their checks at once, as `store_event` would one by one.

        Of an asset's partitions the last one is its newest state.
        """
        [run] = {one.run_id for one in events}
        rows = [self._event_to_row(one) for one in events]
        with self.run_connection(run) as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
        table = SqlEventLogStorageTable
        statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        with self.index_transaction() as connection:
            places = connection.execute(statement, rows).scalars().all()
            placed = list(zip(events, places, strict=True))
            of_assets = [(one, place) for one, place in placed if one.dagster_event_type in ASSET_EVENTS]
            self._store_asset_event_tags(connection, [one for one, _ in of_assets], [place for _, place in of_assets])
            newest = {one.get_dagster_event().asset_key: (one, place) for one, place in of_assets}
            for one, place in newest.values():
                self._store_asset_event(connection, one, place)
        for one, place in placed:
            if one.dagster_event_type in ASSET_CHECK_EVENTS:
                self.store_asset_check_event(one, place)

    @contextmanager
    def _connect(self, shard: str) -> Generator[Connection]:
        with self._db_lock:
            engine = _engine(self.conn_string_for_shard(shard))
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection


@lru_cache(maxsize=_ENGINES)
def _engine(address: str) -> Engine:
    return create_engine(address, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})


@contextmanager
def quick_commits() -> Generator[None]:
    """Let SQLite trust the operating system with what this process stores meanwhile.

    Dagster commits each of some thousand events by itself, in a connection of its own, and every commit and every last connection
    waits for the disk: on a busy one that took most of a run. With a connection held open, and syncing left to SQLite's checkpoints,
    a power cut may cost the last events of a run; the files stay sound, and the run is repeated anyway.
    """
    held: dict[str, sqlite3.Connection] = {}

    def connect(dialect: Dialect, _record: object, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if dialect.name != "sqlite":
            return None
        connection = sqlite3.connect(*arguments, **named)
        connection.execute("pragma synchronous = normal")
        [file, *_] = arguments
        # A connection that looked at a new file before it had a write-ahead log would not keep the log open.
        if file not in held and connection.execute("pragma journal_mode").fetchone() == ("wal",):
            held[file] = sqlite3.connect(file, check_same_thread=False)
            held[file].execute("select count(*) from sqlite_master").fetchall()
        return connection

    event.listen(Engine, "do_connect", connect)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connect)
        for connection in held.values():
            connection.close()
