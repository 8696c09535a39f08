"""What became of one file: the words in which readers account for every record.

Belongs here: the values that go from a reader to the ledger's tables, and when an act is too late to be true. Nothing is read or
written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from pipelines.readers import dates

# Clocks differ and downloads take a while; what is later than this did not happen.
LATE = timedelta(days=2)
_LATEST = date(9000, 1, 1)  # the calendar ends soon after, whatever the name of a file says


@dataclass(frozen=True)
class Place:
    """Where a record comes from: member, export (SHA-256) and the file's path inside it."""

    member: str
    export: str
    file: str


@dataclass(frozen=True)
class Calendar:
    """The day an export describes and the member's zone: what is too late to be true."""

    dated: date
    zone: str

    @cached_property
    def last_day(self) -> date:
        """The last day an act can have."""
        return min(self.dated, _LATEST) + LATE

    @cached_property
    def limit(self) -> datetime:
        """The naive UTC instant at which that day is over for the member."""
        return dates.day_ends(self.last_day, self.zone)


@dataclass(frozen=True)
class Refusal:
    """A record that was not kept: its physical line from 1, why, and its length in bytes."""

    line: int
    reason: str
    size: int


@dataclass
class Outcome:
    """What became of one file; `newest` is the member's day of its newest act, `fault` what the program got wrong with it."""

    status: str
    encoding: str | None = None
    columns_unknown: list[str] = field(default_factory=list)
    columns_missing: list[str] = field(default_factory=list)
    kept: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    newest: date | None = None
    fault: Exception | None = None

    @property
    def read(self) -> int:
        """Records that the file holds."""
        return self.kept + len(self.refusals)
