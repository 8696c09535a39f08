"""The weekly job once, in this process, on the installation's own Dagster storage: what `kontaktpuls run` does.

Belongs here: the instance below KONTAKTPULS_HOME and what a run comes to per member. The job itself is in `definitions.py`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dagster as dg

from pipelines.orchestration import resources
from pipelines.orchestration.partitions import WEEK_TAG, sync_coaches
from pipelines.orchestration.reports import EVERY_MEMBER, outcomes_of
from pipelines.problem import Problem
from pipelines.settings import Settings, prepare_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_INSTANCE = """\
# Written by kontaktpuls when it was missing; change what you like.
telemetry:
  enabled: false
nux:
  enabled: false
"""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: a line for each report made, a sentence for each member without one."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]
    success: bool


def dagster_home(settings: Settings) -> Path:
    """Return the folder of the installation's Dagster storage, made with a dagster.yaml when missing."""
    prepare_home(settings.home)
    folder = settings.home / "dagster"
    folder.mkdir(mode=0o700, exist_ok=True)
    instance = folder / "dagster.yaml"
    if not instance.exists():
        instance.write_text(_INSTANCE, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)
    os.environ["KONTAKTPULS_HOME"] = str(settings.home)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    return folder


def run_week(settings: Settings, week: str | None, progress: Callable[[str], None] | None = None) -> Outcome:
    """Run the weekly job over all coaches; `week` is an ISO week, None for each member's last complete one.

    Raises Problem when there is no member.
    """
    if not settings.members:
        raise Problem("members.toml in {home} names no member yet; see members.example.toml.", home=settings.home)
    dagster_home(settings)
    if progress:
        progress("loading Dagster")
    from pipelines.orchestration.definitions import build_defs

    resources.announce = progress
    with dg.DagsterInstance.get() as instance:
        tags = sync_coaches(instance, settings) | ({WEEK_TAG: week} if week else {})
        job = build_defs().resolve_job_def("weekly")
        result = job.execute_in_process(
            instance=instance,
            tags=tags,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        failed = [
            f"{event.step_key}: {(event.message or '').strip().splitlines()[0]}"
            for event in result.all_events
            if event.is_step_failure and event.step_key != "weekly_mail"
        ]
    made = outcomes_of(settings)
    lines, problems = [], list(failed)
    for key in sorted(settings.members):
        reported, problem = made.get(key, (None, None))
        if reported:
            lines.append(f"{key}: {reported} {settings.reports / key / reported / 'report.html'}")
        else:
            problems.append(f"{key}: {problem or 'no report was made'}")
    return Outcome(tuple(lines), tuple(problems), success=result.success)


__all__ = ["EVERY_MEMBER", "Outcome", "dagster_home", "run_week"]
