"""What the program got wrong, told without anybody's data: a fault's own text may hold some.

Belongs here: naming a fault by its kind and its place in the program, and taking that from one process to another. What a person can
mend is a Problem.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.lake import NotMade
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGE = Path(__file__).parent


class Elsewhere(Exception):  # noqa: N818
    """A fault of another process, as `fault` and `frames` tell it there: an exception leaves its traceback behind."""

    def __init__(self, told: str, where: str) -> None:
        super().__init__(told, where)
        self.told = told
        self.where = where


def fault(error: Exception) -> str:
    """Return what kind of error it was and where in the program it came up, without its text, which may hold a member's data."""
    if isinstance(error, Elsewhere):
        return error.told
    ours = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_PACKAGE)]
    where = f" in {Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"


def frames(error: Exception) -> str:
    """Return the lines of the program that led to an error, without its text."""
    return error.where if isinstance(error, Elsewhere) else "".join(traceback.format_tb(error.__traceback__))


def guarded(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function for another process; raises Elsewhere for what the program got wrong, and Problem and NotMade as they are."""
    try:
        return function(*arguments)
    except (NotMade, Problem):
        raise
    except Exception as error:  # noqa: BLE001 (the other process decides)
        raise Elsewhere(fault(error), frames(error)) from None
