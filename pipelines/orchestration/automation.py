"""When runs begin: every week for all coaches, and when an inbox changed, for that coach.

Members are rows, weeks are data: a run says for which coaches, members.toml and the exports say the rest.
"""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines import settings
from pipelines.orchestration.partitions import ONE, sync_coaches
from pipelines.settings import Settings

# A file that changed more recently than this is still being copied.
QUIET_SECONDS = 10

INBOX_JOB = dg.define_asset_job(
    "weekly",
    selection=dg.AssetSelection.all(),
    description="Exports to reports and mails, for all members of the coaches in the run.",
)


def weekly_schedule(installation: Settings) -> dg.ScheduleDefinition:
    """Return the schedule: Monday 06:00 in Berlin unless KONTAKTPULS_SCHEDULE and _TIME_ZONE say otherwise."""

    @dg.schedule(
        job=INBOX_JOB,
        cron_schedule=installation.schedule_cron,
        execution_timezone=installation.schedule_time_zone,
        name="every_week",
        description="All coaches in one run; each member gets the last week that their exports cover completely.",
    )
    def every_week(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        tags = sync_coaches(context.instance, settings.load())
        return dg.RunRequest(tags=tags) if tags else dg.SkipReason("members.toml names no member yet.")

    return every_week


@dg.sensor(
    job=INBOX_JOB,
    minimum_interval_seconds=30,
    description="New or changed files in inbox/<member>/, by content: one run for each coach whose inbox changed.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run of each coach whose inbox holds other files than when it was last read.

    The cursor keeps for each member the files with size, time and hash; a file is hashed only when size or time changed.
    """
    current = settings.load()
    sync_coaches(context.instance, current)
    before: dict[str, dict[str, list[Any]]] = json.loads(context.cursor or "{}")
    now: dict[str, dict[str, list[Any]]] = {}
    requests: dict[str, dg.RunRequest] = {}
    reasons: list[str] = []
    for folder in sorted(path for path in _folders(current.inbox) if path.is_dir()):
        known = before.get(folder.name, {})
        member = current.members.get(folder.name)
        if member is None:
            reasons.append(f"inbox/{folder.name} belongs to nobody in members.toml.")
            continue
        files = _files(folder)
        if any(time.time() - changed < QUIET_SECONDS for _, _, changed in files):
            reasons.append(f"inbox/{folder.name} is still being copied.")
            now[folder.name] = known
            continue
        now[folder.name] = {
            name: _entry(folder / name, size, changed, known.get(name)) for name, size, changed in files
        }
        if _content(now[folder.name]) != _content(known):
            state = hashlib.sha256(json.dumps(_content(now[folder.name])).encode()).hexdigest()[:16]
            earlier = requests.get(member.coach)
            run_key = f"{earlier.run_key} {state}" if earlier else f"{member.coach} {state}"
            requests[member.coach] = dg.RunRequest(
                run_key=run_key, partition_key=member.coach, tags={ONE: member.coach}
            )
    if not requests:
        context.update_cursor(json.dumps(now))
        return dg.SkipReason(" ".join(reasons) or "Nothing new in the inboxes.")
    return dg.SensorResult(run_requests=list(requests.values()), cursor=json.dumps(now))


def _folders(inbox: Path) -> list[Path]:
    return sorted(inbox.iterdir()) if inbox.is_dir() else []


def _files(folder: Path) -> list[tuple[str, int, float]]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            status = path.stat()
            found.append((path.relative_to(folder).as_posix(), status.st_size, status.st_mtime))
    return found


def _entry(path: Path, size: int, changed: float, known: list[Any] | None) -> list[Any]:
    if known and known[:2] == [size, changed]:
        return known
    with path.open("rb") as file:
        return [size, changed, hashlib.file_digest(file, "sha256").hexdigest()[:16]]


def _content(files: dict[str, list[Any]]) -> list[list[str]]:
    return sorted([name, entry[2]] for name, entry in files.items())
