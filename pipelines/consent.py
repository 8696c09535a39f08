"""What a member allows others to be sent, and for how long: `consent` of members.toml.

Belongs here: reading that table and saying what holds in a week. Who the others are is in recipients.py and members.py; what they get
at which level, in delivery.py and below coach/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.plans import read_day
from pipelines.problem import Problem

# From least to most: numbers and the member's own name; third parties' names as well; the whole page.
LEVELS = ("numbers", "names", "page")
_KEYS = {"level", "since", "until"}


@dataclass(frozen=True)
class Consent:
    """One of LEVELS, and the days from which and to which the member allows it; no last day: until it is taken back."""

    level: str
    since: date
    until: date | None = None

    def holds(self, monday: date) -> bool:
        """Return whether it holds for the week that begins on `monday`: from a day in it or before, to a day in it or later.

        The week of the report decides, not the day on which it is sent.
        """
        return self.since <= monday + timedelta(days=6) and (self.until is None or self.until >= monday)


def read_consent(value: Any, where: str) -> Consent | None:
    """Read the table, None where there is none; `where` names its owner in sentences. Raises Problem for whatever is wrong."""
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() - _KEYS or "level" not in value or "since" not in value:
        raise Problem(
            "members.toml: “consent” in {where} must be a table such as {example}.",
            where=where,
            example='{ level = "numbers", since = "2026-08-31", until = "2027-02-28" }',
        )
    if value["level"] not in LEVELS:
        raise Problem(
            "members.toml: the level “{level}” of the consent in {where} is not one of numbers, names, page.",
            level=value["level"],
            where=where,
        )
    since = read_day(value["since"], where)
    until = None if value.get("until") is None else read_day(value["until"], where)
    if until is not None and until < since:
        raise Problem(
            "members.toml: the consent in {where} ends on {until}, before it begins on {since}.",
            where=where,
            until=until.isoformat(),
            since=since.isoformat(),
        )
    return Consent(value["level"], since, until)
