"""Exports that lie in the inboxes of several members, over all coaches.

Belongs here: finding them, cheaply, by their bytes. Whose they are is `owner.py`'s question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.archive import Limits, exports_in_inbox, open_export
from pipelines.problem import Problem
from pipelines.readers import never_open, own_list

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.settings import Settings


def exports_in_several_inboxes(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return each export that more than one member of members.toml has, by its SHA-256, with the keys of these members.

    What cannot be opened is left to whoever reads it, who says so.
    """
    by_size: dict[int, list[tuple[str, Path]]] = {}
    for key in settings.members:
        try:
            for path in exports_in_inbox(settings.inbox / key, own_list=own_list):
                # Lists that members keep themselves may well be the same.
                if not own_list(path.name):
                    by_size.setdefault(_size(path), []).append((key, path))
        except (Problem, OSError):
            continue
    members: dict[str, set[str]] = {}
    for alike in by_size.values():
        # Only of these the bytes are worth looking at.
        if len({key for key, _ in alike}) > 1:
            for key, path in alike:
                try:
                    with open_export(path, Limits(), never_open=never_open) as export:
                        members.setdefault(export.sha256, set()).add(key)
                except Problem:
                    continue
    return {export: tuple(sorted(keys)) for export, keys in members.items() if len(keys) > 1}


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(file.lstat().st_size for file in path.rglob("*") if not file.is_dir())
    return path.lstat().st_size
