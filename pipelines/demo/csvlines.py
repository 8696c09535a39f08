"""Lines of CSV and the ways platforms write a moment.

Belongs here: what every file of an export is made of. No clock is read and no locale is asked: month names are English for everybody.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipelines.demo.rhythm import LOS_ANGELES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class _Line:
    """A file that hands each written line back, so that csv can be used as a generator."""

    def write(self, line: str) -> str:
        return line


def records(rows: Iterable[Sequence[object]], *, quote_all: bool = False) -> Iterator[str]:
    """Yield each row as one CSV record with its line end."""
    writer = csv.writer(_Line(), lineterminator="\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    for row in rows:
        yield writer.writerow(row)


def us_clock(moment: datetime) -> str:
    """Return `2/5/24, 10:11 AM` on the clock of Los Angeles, without saying so, as LinkedIn does."""
    m = moment.replace(tzinfo=UTC).astimezone(LOS_ANGELES)
    return f"{m.month}/{m.day}/{m.year % 100:02d}, {m.hour % 12 or 12}:{m.minute:02d} {'AM' if m.hour < 12 else 'PM'}"


def slashed(moment: datetime) -> str:
    """Return `2024/02/05 10:11:12 UTC`."""
    return moment.isoformat(" ").replace("-", "/") + " UTC"


def unix_date(moment: datetime) -> str:
    """Return `Mon Feb 05 10:11:12 UTC 2024`."""
    weekday, month = _WEEKDAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{weekday} {month} {moment.day:02d} {moment.time().isoformat()} UTC {moment.year}"


def day_month_year(day: date) -> str:
    """Return `05 Feb 2024`."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    """Return `Feb 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
