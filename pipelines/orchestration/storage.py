"""Dagster's own storage below KONTAKTPULS_HOME: its folder, its settings, and how eagerly it is written.

Belongs here: what `run` and `ui` need before there is an instance. What is stored is Dagster's business.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from pipelines.settings import Settings, prepare_home

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_SETTINGS = """\
# Written by kontaktpuls when it was missing; change what you like.
telemetry:
  enabled: false
nux:
  enabled: false
"""


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
    return folder


@contextmanager
def quick_commits() -> Generator[None]:
    """Let SQLite trust the operating system with what this process stores meanwhile.

    Dagster commits each of some thousand events by itself, in a connection of its own, and every commit and every last connection
    waits for the disk: on a busy one that took most of a run. With a connection held open, and syncing left to SQLite's checkpoints,
    a power cut may cost the last events of a run; the files stay sound, and the run is repeated anyway.
    """
    held: dict[str, sqlite3.Connection] = {}

    def connected(connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = normal")
            [(_, _, file), *_] = connection.execute("pragma database_list").fetchall()
            # A connection that looked at a new file before it had a write-ahead log would not keep the log open.
            if file and file not in held and connection.execute("pragma journal_mode").fetchone() == ("wal",):
                held[file] = sqlite3.connect(file, check_same_thread=False)
                held[file].execute("select count(*) from sqlite_master").fetchall()

    event.listen(Engine, "connect", connected)
    try:
        yield
    finally:
        event.remove(Engine, "connect", connected)
        for connection in held.values():
            connection.close()
