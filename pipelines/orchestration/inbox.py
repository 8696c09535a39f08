"""When an inbox changed: a run for each coach with a member whose exports are others than before.

Belongs here: telling by content, cheaply, that files were added, changed or taken away, and waiting while they are still being
copied. What the files are is not looked at.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import dagster as dg

from pipelines.orchestration.automation import WEEKLY
from pipelines.orchestration.partitions import sync_coaches
from pipelines.settings import Settings

# A file that changed more recently than this may still be growing.
QUIET_SECONDS = 10
_INTERVAL = 30
_NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True)
class _State:
    """What is known of one member's inbox, as digests, so that the cursor grows with members and not with files.

    seen: names, sizes and times at the last tick; read: those of the tick that last read the content; content: what it was;
    asked: all contents that a run was asked for, one after the other, so that the same change never makes two runs and a content that
    comes back makes one.
    """

    seen: str = _NOTHING
    read: str = _NOTHING
    content: str = _NOTHING
    asked: str = ""


def inbox_sensor(load: Callable[[], Settings]) -> dg.SensorDefinition:
    """Return the sensor on inbox/<member>/."""

    @dg.sensor(
        job=WEEKLY,
        name="inbox_sensor",
        minimum_interval_seconds=_INTERVAL,
        description="New, changed or removed files in `inbox/<member>/`, by content: one run for each coach whose inbox changed.",
    )
    def changed_inboxes(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        settings = load()
        sync_coaches(context.instance, settings)
        before = {member: _State(**state) for member, state in json.loads(context.cursor or "{}").items()}
        folders = {path.name: path for path in _children(settings.inbox) if path.is_dir()}
        reasons = [
            f"inbox/{name} belongs to nobody in members.toml." for name in sorted(folders.keys() - settings.members)
        ]
        after: dict[str, _State] = {}
        requests = []
        for coach in settings.coaches():
            looks = {
                m.key: _look(settings.inbox / m.key, before.get(m.key, _State())) for m in settings.of_coach(coach)
            }
            copied = [f"inbox/{key} is still being copied." for key, look in looks.items() if look.waiting]
            reasons += copied
            # A run reads the inboxes of all members of its coach, so that none of them may be half a copy.
            after |= {key: look.seen if copied else look.read for key, look in looks.items()}
            changes = [look.read.asked for look in looks.values() if look.read.asked != look.seen.asked]
            if changes and not copied:
                requests.append(dg.RunRequest(run_key=f"{coach} {_digest(changes)}", partition_key=coach))
        cursor = json.dumps({key: asdict(state) for key, state in after.items() if state != _State()})
        if not requests:
            context.update_cursor(cursor)
            return dg.SkipReason(" ".join(reasons) or "Nothing new in the inboxes.")
        return dg.SensorResult(run_requests=requests, cursor=cursor)

    return changed_inboxes


@dataclass(frozen=True)
class _Look:
    """An inbox at one tick: its state as long as nothing is asked for, its state when it is read, and whether that must wait."""

    seen: _State
    read: _State
    waiting: bool = False


def _look(folder: Path, known: _State) -> _Look:
    """Look at an inbox; it waits while a file is young, was another one at the last tick, or is just being moved."""
    try:
        files = [(path, path.stat()) for path in _files(folder)]
        seen = _digest(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}" for path, status in files)
        waits = replace(known, seen=seen)
        if seen == known.read:
            return _Look(waits, waits)
        if seen != known.seen or any(abs(time.time() - status.st_mtime) < QUIET_SECONDS for _, status in files):
            return _Look(waits, waits, waiting=True)
        content = _digest(part for path, _ in files for part in (path.relative_to(folder).as_posix(), _sha256(path)))
    except OSError:
        return _Look(known, known, waiting=True)
    asked = known.asked if content == known.content else _digest([known.asked, content])
    return _Look(waits, _State(seen, seen, content, asked))


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _children(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")] if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, in a fixed order, without links and hidden ones."""
    found = []
    for child in _children(folder):
        if child.is_dir() and not child.is_symlink():
            found += _files(child)
        elif child.is_file() and not child.is_symlink():
            found.append(child)
    return found
