"""The Dagster UI on the installation: `kontaktpuls ui`."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import dagster as dg

from pipelines.orchestration.automation import weekly_schedule
from pipelines.orchestration.partitions import sync_coaches
from pipelines.orchestration.storage import dagster_home

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from pipelines.settings import Settings


def prepare(settings: Settings) -> Path:
    """Make the installation's Dagster storage with a partition for each coach, and return its folder.

    Raises Problem for a schedule that is none, which `dagster dev` would only tell in a traceback.
    """
    weekly_schedule(lambda: settings)
    home = dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        sync_coaches(instance, settings)
    return home


def serve(settings: Settings, port: int) -> int:
    """Run `dagster dev` on the installation's storage until it is stopped; return its exit code."""
    home = prepare(settings)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.orchestration.definitions", "-p", str(port)]
    # Whoever ends us means the server too. Elsewhere than on Windows it has a session of its own, so that Ctrl-C in a terminal reaches it
    # once, through us, as a signal to our process alone does.
    server = subprocess.Popen(command, cwd=home, start_new_session=True)  # noqa: S603 (our own interpreter, nothing from outside)

    def forward(number: int, _frame: FrameType | None) -> None:
        server.send_signal(number)

    numbers = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    before = {number: signal.signal(number, forward) for number in numbers}
    try:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
