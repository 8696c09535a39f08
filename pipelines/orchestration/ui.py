"""The Dagster UI on the installation: `kontaktpuls ui`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import dagster as dg

from pipelines.orchestration.partitions import sync_coaches
from pipelines.orchestration.run import dagster_home

if TYPE_CHECKING:
    from pipelines.settings import Settings


def serve(settings: Settings, port: int) -> int:
    """Run `dagster dev` on the installation's storage until it is stopped; return its exit code."""
    home = dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        sync_coaches(instance, settings)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.orchestration.definitions", "-p", str(port)]
    server = subprocess.Popen(command, cwd=home)  # noqa: S603 (our own interpreter, nothing from outside)
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:
            continue  # the terminal has sent it to dagster dev too, which ends by itself
