"""Which date format and which clock a file uses, and the SQL that turns its texts into naive UTC.

Belongs here: the formats that exports and spreadsheets write, the choice of one of them for a whole column, month words, and the
zones. Which of a file's columns is a date, and what happens to a record whose date fits nothing, is for the readers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

LOS_ANGELES = "America/Los_Angeles"

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"\d{4}"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_CLOCK_12 = r"(?:0?[1-9]|1[0-2]):[0-5]\d"
_SECONDS = r":[0-5]\d"
_DIGITS, _LETTERS = re.compile("[0-9]+"), re.compile("[A-Za-z]+")
_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"


@dataclass(frozen=True)
class Format:
    """One way to write a moment: DuckDB's `strptime` pattern, what it looks like, and what it says about the clock.

    `clock` is "UTC" where the text itself says so, "us" for the American way in which LinkedIn writes its own local time, else None.
    `twin` marks a pattern whose day and month can be taken for each other.
    """

    pattern: str
    clock: str | None = None
    twin: bool = False

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What texts of the format look like; compiled for the few formats that a file's texts resemble."""
        shape = re.escape(self.pattern)
        for part, expression in _SHAPES.items():
            shape = shape.replace(re.escape(part), expression)
        return re.compile(shape, re.IGNORECASE | re.ASCII)

    @property
    def is_day(self) -> bool:
        """Whether the pattern has no time of day."""
        return "%H" not in self.pattern and "%I" not in self.pattern


_SHAPES = {"%d": _DAY, "%m": _MONTH, "%Y": _YEAR, "%y": r"\d{2}", "%H:%M": _CLOCK, "%I:%M": _CLOCK_12, ":%S": _SECONDS}
_SHAPES |= {"%b": _NAME, "%p": r"[ap]m", "%a": r"(?:mon|tue|wed|thu|fri|sat|sun)"}


def _outline(text: str) -> str:
    """Return a text with one digit for all that stand together, and one letter likewise."""
    return _LETTERS.sub("a", _DIGITS.sub("0", text))


# Of two patterns that fit equally many values the earlier one is taken, so month before day where slashes separate them.
FORMATS = (
    Format("%Y-%m-%d %H:%M:%S"),
    Format("%Y-%m-%d %H:%M:%S UTC", "UTC"),
    Format("%d %b %Y"),
    Format("%m/%d/%y, %I:%M %p", "us"),
    Format("%Y/%m/%d %H:%M:%S UTC", "UTC"),
    Format("%a %b %d %H:%M:%S UTC %Y", "UTC"),
    Format("%m/%d/%y %I:%M %p UTC", "UTC"),
    Format("%Y-%m-%d %H:%M UTC", "UTC"),
    # Saved again by a spreadsheet.
    Format("%Y-%m-%d"),
    Format("%Y-%m-%d %H:%M"),
    Format("%Y-%m-%dT%H:%M:%S"),
    Format("%Y-%m-%dT%H:%M:%SZ", "UTC"),
    Format("%Y/%m/%d"),
    Format("%Y/%m/%d %H:%M"),
    Format("%Y/%m/%d %H:%M:%S"),
    Format("%d.%m.%Y"),
    Format("%d.%m.%Y %H:%M"),
    Format("%d.%m.%Y %H:%M:%S"),
    Format("%d.%m.%y"),
    Format("%d.%m.%y %H:%M"),
    Format("%d. %b %Y"),
    Format("%d %b %y"),
    Format("%d-%b-%y"),
    Format("%d-%b-%Y"),
    Format("%d-%b-%Y %H:%M"),
    Format("%b %d, %Y"),
    *(
        Format(f"{day}{rest}", clock, twin=clock is None)
        for rest, clock in (
            (", %I:%M %p", "us"),
            ("", None),
            (" %H:%M", None),
            (" %H:%M:%S", None),
            (" %I:%M %p", None),
            (" %I:%M:%S %p", None),
        )
        for day in ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y")
        if (day, clock) != ("%m/%d/%y", "us")
    ),
    *(Format(f"{day}{rest}", twin=True) for rest in ("", " %H:%M", " %H:%M:%S") for day in ("%d-%m-%Y", "%m-%d-%Y")),
)

# The formats of texts that have their digits, letters and signs in the same order.
_ALIKE: dict[str, list[Format]] = {}
for _format in FORMATS:
    _ALIKE.setdefault(_outline(re.sub("%[bpa]", "a", re.sub("%[^bpa]", "0", _format.pattern))), []).append(_format)

_MONTHS = {
    word: english
    for english, words in {
        "Jan": "january januar jän jänner jaen",
        "Feb": "february februar feber",
        "Mar": "march mär märz mrz maer maerz",
        "Apr": "april",
        "May": "mai",
        "Jun": "june juni",
        "Jul": "july juli",
        "Aug": "august",
        "Sep": "september sept",
        "Oct": "october oktober okt",
        "Nov": "november",
        "Dec": "december dezember dez",
    }.items()
    for word in (english.lower(), *words.split())
}
_WORD = re.compile(r"([^\W\d_]{3,})\.?")
EMPTY = ("", "NA", "N/A")


def normalised(text: str) -> str:
    """Return a date as the patterns expect it: single plain blanks, months as three English letters."""
    return _WORD.sub(_month, " ".join(text.split()))


def _month(found: re.Match[str]) -> str:
    return _MONTHS.get(found[1].lower(), found[0])


@dataclass(frozen=True)
class Choice:
    """The format of a column. `certain` is False where nothing in it tells day from month."""

    format: Format
    certain: bool


def choose(values: Iterable[str]) -> Choice | None:
    """Return the format that most of these normalised, distinct values have; None where no format fits any of them."""
    hits: Counter[Format] = Counter()
    recent: list[Format] = []
    for value in values:
        fitting = [f for f in recent if f.shape.fullmatch(value)]
        if not fitting:
            # One file hardly ever mixes formats, so those that fitted before are tried alone.
            # Those that take day for month come along, or the order of the values would decide between them.
            fitting = _fitting(value)
            twins = any(f.twin for f in fitting)
            recent += [f for f in FORMATS if f not in recent and (f in fitting or (twins and f.twin))]
        hits.update(fitting)
    if not hits:
        return None
    best = max(FORMATS, key=lambda f: hits[f])
    rivals = [f for f in FORMATS if f.twin and f is not best and hits[f] == hits[best]]
    return Choice(best, certain=not (best.twin and rivals))


def is_date(text: str) -> bool:
    """Whether a text is a moment in any of the known formats and nothing else."""
    return bool(_fitting(normalised(text)))


def _fitting(value: str) -> list[Format]:
    return [f for f in _ALIKE.get(_outline(value), ()) if f.shape.fullmatch(value)]


def to_utc(moment: str, chosen: Format, *, local_clock: bool) -> str:
    """Return SQL for naive UTC of the SQL `moment`, a naive timestamp read by `chosen`.

    `local_clock` says that the file is written in Los Angeles time whatever its format, unless the text says UTC.
    """
    if chosen.is_day or chosen.clock == "UTC" or not (local_clock or chosen.clock == "us"):
        return moment
    instant = f"timezone('UTC', timezone('{LOS_ANGELES}', {moment}))"
    hour_before = f"{instant} - interval 1 hour"
    # Of an hour that the clock shows twice DuckDB takes the second; the first one is meant.
    is_second = f"timezone('{LOS_ANGELES}', timezone('UTC', {hour_before})) = {moment}"
    return f"case when {is_second} then {hour_before} else {instant} end"


def day_ends(day: date, zone: str) -> datetime:
    """Return the naive UTC instant at which `day` is over in `zone`."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def day_in(zone: str, instant: datetime) -> date:
    """Return the day that a naive UTC instant falls on in `zone`."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
