"""The weekly job once, in this process, on the installation's own Dagster storage: what `kontaktpuls run` does.

Belongs here: executing the job over all coaches, and what the run came to per member. The job itself is in `code_location.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dagster as dg

from pipelines import lake
from pipelines.coach.installation import folder_of
from pipelines.coach.overview import OVERVIEW
from pipelines.orchestration.code_location import build_defs
from pipelines.orchestration.partitions import WEEK_TAG, sync_coaches
from pipelines.orchestration.resources import Watcher
from pipelines.orchestration.storage import dagster_home, quick_commits
from pipelines.outcomes import Outcome, read_outcomes
from pipelines.problem import N_, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipelines.settings import Settings

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class RunOutcome:
    """What a run came to: a line for each report made, a Problem for each member without one and each mail that was lost.

    `success`: the run succeeded and every member of members.toml has their report.
    """

    lines: tuple[str, ...]
    problems: tuple[Problem, ...]
    success: bool


def run_week(settings: Settings, week: str | None, progress: Callable[[str], None] | None = None) -> RunOutcome:
    """Run the weekly job over all coaches; `week` is an ISO week, None for each member's last complete one.

    Waits for another run of the installation to end. Raises Problem when there is no member, KeyboardInterrupt when the run was interrupted.
    """
    if not settings.members:
        raise Problem("members.toml in {home} names no member yet; see members.example.toml.", home=settings.home)
    dagster_home(settings)
    if progress:
        progress("loading Dagster")
    watcher = Watcher(progress)
    job = build_defs(lambda: settings, watcher).resolve_job_def("weekly")
    with quick_commits(), dg.DagsterInstance.get() as instance:
        tags = sync_coaches(instance, settings) | ({WEEK_TAG: week} if week else {})
        result = job.execute_in_process(instance=instance, tags=tags, raise_on_error=False, run_config=_QUIET)
    if any(_error_of(event) == "DagsterExecutionInterruptedError" for event in result.all_events):
        raise KeyboardInterrupt
    outcomes = _outcomes(settings, result.run_id)
    lines, problems = [], _failed_steps(result)
    complete = True
    for key in sorted(settings.members):
        outcome = outcomes.get(key, Outcome(key, result.run_id, None))
        if outcome.week is not None:
            lines.append(f"{key}: {outcome.week} {settings.reports / key / outcome.week / 'report.html'}")
        else:
            complete = False
            sentence = outcome.sentence or N_("No report was made, because a step before it failed.")
            problems.append(Problem("{member}: {sentence}", member=key, sentence=sentence))
    lines += _overviews(settings, outcomes)
    problems += watcher.notes
    return RunOutcome(tuple(lines), tuple(problems), success=result.success and complete)


def _overviews(settings: Settings, outcomes: Mapping[str, Outcome]) -> list[str]:
    """Return a line for each coach's overview of this run."""
    lines = []
    for coach in settings.coaches():
        weeks = [outcomes[member.key].week for member in settings.of_coach(coach) if member.key in outcomes]
        week = max(filter(None, weeks), default=None)
        path = folder_of(settings, coach, week) / OVERVIEW if week else None
        if path and path.is_file():
            lines.append(f"{coach}: {week} {path}")
    return lines


def _outcomes(settings: Settings, run: str) -> dict[str, Outcome]:
    connection = lake.connect("")
    try:
        found = [read_outcomes(connection, settings.lake, coach) for coach in settings.coaches()]
    finally:
        connection.close()
    return {key: outcome for of_coach in found for key, outcome in of_coach.items() if outcome.run == run}


def _failed_steps(result: dg.ExecuteInProcessResult) -> list[Problem]:
    """Return a sentence for each step that failed as a whole, other than for members without a report, who are named one by one."""
    return [
        Problem(
            "The step {step} failed; `kontaktpuls ui` shows its error in run {run}.",
            step=event.step_key,
            run=result.run_id[:8],
        )
        for event in result.all_events
        if event.is_step_failure and not _is_check(event)
    ]


def _is_check(failure: dg.DagsterEvent) -> bool:
    return _error_of(failure) == "DagsterAssetCheckFailedError"


def _error_of(event: dg.DagsterEvent) -> str:
    """Return the kind of error that made a step fail, nothing for other events."""
    error = event.step_failure_data.error if event.is_step_failure else None
    return (error.cls_name or "") if error is not None else ""
