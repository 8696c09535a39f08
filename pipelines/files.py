"""Folders and files that their owner alone can read, each replaced in one step.

Belongs here: how anything is written that outlives the program, and how two of its runs are kept from doing so at once. What is
written, and where, is everybody else's business.
"""

from __future__ import annotations

import os
import sys
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, readable by their owner alone; raises Problem where that cannot be."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Problem(
            "The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror or str(error)
        ) from error


@contextmanager
def replacing(path: Path, *, lasting: bool = False) -> Generator[Path]:
    """Give an empty file beside `path` to write to, and rename it over `path` in the end: readers see the old one or the new one.

    Its name is unique and nobody else can read it from the first byte on. `lasting` waits until the disk has it.
    """
    beside = path.with_name(f".{uuid.uuid4().hex}.new")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield beside
        if lasting:
            _sync(beside)
        beside.replace(path)
        if lasting and os.name == "posix":  # Windows opens no folders; its renames are journalled
            _sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Put `content` in place of a file, in a folder that is made when missing; raises Problem where that cannot be."""
    private_folder(path.parent)
    try:
        with replacing(path, lasting=lasting) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise Problem("{file} cannot be written: {reason}.", file=path, reason=error.strerror or str(error)) from error


@contextmanager
def locked(path: Path, *, waiting: str | None = None, patience: float = -1) -> Generator[None]:
    """Hold the lock of that name. Where somebody else does, say `waiting` on standard error, once, and wait.

    `patience`: seconds to wait, by default as long as it takes; raises TimeoutError when they are over.
    """
    # Imported here because making a report takes no lock. A run may end in another thread than it began in.
    from filelock import FileLock, Timeout

    private_folder(path.parent)
    lock = FileLock(path, mode=0o600, thread_local=False, poll_interval=0.02)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting:
            print(waiting, file=sys.stderr, flush=True)  # noqa: T201
        lock.acquire(timeout=patience)
    try:
        yield
    finally:
        lock.release()


def _sync(path: Path) -> None:
    # Windows syncs only what is open for writing.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
