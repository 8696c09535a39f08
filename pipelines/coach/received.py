"""A report.json as it was received: from this installation, or from a member far away whose computer nobody knows.

Belongs here: reading such a file with suspicion and keeping of it what the coach's sheets show. A file is used or refused as a whole,
with one sentence that names it; sentences it holds are not kept, because they address the member and are in the member's language.
"""

from __future__ import annotations

import codecs
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from pipelines.display import clean, name_for_display, shorten, text_for_display
from pipelines.members import check_week
from pipelines.problem import Problem
from pipelines.untrusted import MIB, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# Thirty years of four platforms are about 8 MB.
LIMIT = 32 * MIB
# How far back the sheets look.
WEEKS = 53
OUTCOMES = ("applications", "interviews", "offers")
_VERSION = 1
_NEVER = date(2200, 1, 1)
_ENTRIES = 20
_KEY_LENGTH = 64


@dataclass(frozen=True)
class Metric:
    """One number of the reported week over all platforms, with what it is compared with; None is absent.

    What does not cover the week to its end (`is_whole`) compares with nothing; `only` is the platform that covers it where another does not.
    """

    unit: str
    value: int | None
    previous_week: int | None
    four_weeks: int | None
    four_weeks_before: int | None
    usual_low: float | None
    usual_high: float | None
    direction: str | None
    is_whole: bool
    only: str | None


@dataclass(frozen=True)
class Session:
    """A conversation of coach and member, and what they agreed."""

    on: date
    agreed: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """One number before and since the start, as means a week; None is absent."""

    name: str
    baseline: float | None
    since: float | None


@dataclass(frozen=True)
class Baseline:
    """The Ausgangslage: the weeks before the start, first and last as in 2026-W19, and the numbers since."""

    first: str
    last: str
    start: date
    numbers: tuple[Progress, ...]


@dataclass(frozen=True)
class Goal:
    """What the member set out to do: `amount` of `metric` per `per`; in `weeks_met` of `weeks` it was done.

    `reached` says whether in the reported week, None where nobody can say.
    """

    metric: str
    amount: float
    per: str
    weeks: int
    weeks_met: int
    this_week: float | None
    reached: bool | None


@dataclass(frozen=True)
class Person:
    """Somebody whom the member could get back to: a third party, whose name needs the member's consent to be shown."""

    name: str
    reason: str


@dataclass(frozen=True)
class Received:
    """One member's report of one week. Names and texts are fit to be shown, numbers are finite; `file` is where it came from.

    `outcomes` counts applications, interviews and offers since the start. `weeks` holds the 53 weeks up to the reported one, oldest first, with the numbers of all platforms together.
    """

    file: str
    member: str
    name: str | None
    week: str
    monday: date
    sources: dict[str, tuple[str, date]]
    metrics: dict[str, Metric]
    weeks: tuple[tuple[str, dict[str, int | None]], ...]
    people: tuple[Person, ...] = ()
    steps: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    baseline: Baseline | None = None
    goals: tuple[Goal, ...] = ()
    outcomes: dict[str, int] = field(default_factory=dict)
    vacations: tuple[tuple[date, date], ...] = field(default=())

    @property
    def sunday(self) -> date:
        """The last day of the reported week."""
        return self.monday + timedelta(days=6)

    def series(self, metric: str, count: int) -> list[int | None]:
        """Return a number of the last `count` weeks, oldest first."""
        return [values.get(metric) for _, values in self.weeks[-count:]]


def receive(paths: Sequence[Path]) -> tuple[list[Received], list[Problem]]:
    """Read report.json files; return those that can be used, in the order given, and a sentence on each other one."""
    used: list[Received] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            used.append(read(_bytes(path), shown(str(path))))
        except Problem as problem:
            problems.append(problem)
    return used, problems


def read(content: bytes, file: str) -> Received:
    """Return what one file holds; `file` names it in sentences. Raises Problem where it is not what Kontaktpuls writes."""
    try:
        document = orjson.loads(content.removeprefix(codecs.BOM_UTF8))
    except ValueError as error:
        raise Problem("{file} is no report.json of Kontaktpuls; ask for the file again.", file=file) from error
    if not isinstance(document, dict) or "version" not in document or "metrics" not in document:
        raise Problem("{file} is no report.json of Kontaktpuls; ask for the file again.", file=file)
    if document["version"] != _VERSION or isinstance(document["version"], bool):
        raise Problem(
            "{file} was written by another version of Kontaktpuls; bring both computers to the same one.", file=file
        )
    try:
        return _received(document, file)
    except _Wrong as wrong:
        raise Problem(
            "{file} is damaged: “{field}” is not what a report.json holds there; ask for the file again.",
            file=file,
            field=str(wrong),
        ) from wrong


class _Wrong(Exception):  # noqa: N818
    """A field does not hold what it should; `str()` is its name."""


def _received(document: dict[str, Any], file: str) -> Received:
    week = _week(document.get("week"), "week")
    monday = monday_of(week)
    rows = {
        _week(row.get("week"), "weeks"): row
        for row in _rows(document.get("weeks"), "weeks")
        if row.get("platform") == "all"
    }
    baseline = document.get("baseline")
    return Received(
        file=file,
        member=shorten(clean(_text(document.get("member"), "member")), _KEY_LENGTH) or "self",
        name=_name(document.get("name"), "name"),
        week=week,
        monday=monday,
        sources={
            _text(row.get("source"), "sources"): (
                _text(row.get("platform"), "sources"),
                _day(row.get("as_of"), "sources"),
            )
            for row in _rows(document.get("sources"), "sources")
        },
        metrics={
            _text(row.get("name"), "metrics"): Metric(
                _text(row.get("unit"), "metrics"),
                *(
                    _count(row.get(key), "metrics")
                    for key in ("value", "previous_week", "four_weeks", "four_weeks_before")
                ),
                *(_number(row.get(key), "metrics") for key in ("usual_low", "usual_high")),
                _direction(row),
                row.get("is_whole") is True,
                _one_platform(row),
            )
            for row in _rows(document["metrics"], "metrics")
            if row.get("platform") == "all"
        },
        weeks=tuple(
            (name, {key: _count(value, "weeks") for key, value in row.items() if key not in ("week", "platform")})
            for name, row in ((name, rows.get(name, {})) for name in weeks_up_to(monday, WEEKS))
        ),
        people=tuple(
            Person(name, _text(row.get("reason"), "people"))
            for row in _few(document.get("people"), "people")
            if (name := _name(row.get("name"), "people"))
        ),
        steps=tuple(_text(row.get("kind"), "steps") for row in _few(document.get("steps"), "steps")),
        sessions=tuple(sorted(map(_session, _rows(document.get("sessions"), "sessions")), key=lambda one: one.on)),
        baseline=None if baseline is None else _baseline(baseline),
        outcomes=_outcomes(document.get("outcomes")),
        goals=tuple(map(_goal, _few(document.get("goals"), "goals"))),
        vacations=tuple(map(_vacation, _list(document.get("vacations"), "vacations"))),
    )


def _session(row: dict[str, Any]) -> Session:
    agreed = [text_for_display(_text(text, "sessions")) for text in _list(row.get("agreed"), "sessions")]
    return Session(_day(row.get("on"), "sessions"), tuple(text for text in agreed if text))


def _baseline(value: Any) -> Baseline:
    if not isinstance(value, dict):
        raise _Wrong("baseline")
    return Baseline(
        first=_week(value.get("from"), "baseline"),
        last=_week(value.get("to"), "baseline"),
        start=_day(value.get("start"), "baseline"),
        numbers=tuple(
            Progress(
                _text(row.get("name"), "baseline"),
                _number(row.get("baseline"), "baseline"),
                _number(row.get("since"), "baseline"),
            )
            for row in _rows(value.get("numbers"), "baseline")
        ),
    )


def _goal(row: dict[str, Any]) -> Goal:
    amount = _number(row.get("amount"), "goals")
    weeks, met = (_count(row.get(key), "goals") for key in ("weeks", "weeks_met"))
    if amount is None or not isinstance(row.get("reached"), bool | None):
        raise _Wrong("goals")
    return Goal(
        metric=_text(row.get("metric"), "goals"),
        amount=amount,
        per=_text(row.get("per"), "goals"),
        weeks=weeks or 0,
        weeks_met=met or 0,
        this_week=_number(row.get("this_week"), "goals"),
        reached=row["reached"],
    )


def _direction(row: dict[str, Any]) -> str | None:
    """Return whether report.json calls the week unusual, up or down; the sums of four weeks come both or not at all."""
    direction = row.get("direction")
    if direction not in (None, "up", "down") or (row.get("four_weeks") is None) != (
        row.get("four_weeks_before") is None
    ):
        raise _Wrong("metrics")
    return direction


def _one_platform(row: dict[str, Any]) -> str | None:
    """Return the platform that a number rests on where another one is left out."""
    only = row.get("only")
    if only not in (None, "linkedin", "xing"):
        raise _Wrong("metrics")
    return only


def _outcomes(value: Any) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _Wrong("outcomes")
    return {name: _count(value.get(name), "outcomes") or 0 for name in OUTCOMES}


def _vacation(value: Any) -> tuple[date, date]:
    if not isinstance(value, list) or len(value) != 2:
        raise _Wrong("vacations")
    return _day(value[0], "vacations"), _day(value[1], "vacations")


def weeks_up_to(monday: date, count: int) -> list[str]:
    """Return the names of the `count` weeks up to the one that begins on `monday`, oldest first."""
    return [week_name(monday - timedelta(weeks=back)) for back in range(count - 1, -1, -1)]


def week_name(day: date) -> str:
    """Return the ISO week of a day, as in 2026-W46."""
    calendar = day.isocalendar()
    return f"{calendar.year}-W{calendar.week:02}"


def monday_of(week: str) -> date:
    """Return the first day of an ISO week such as 2026-W46."""
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _list(value: Any, field_name: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _Wrong(field_name)
    return value


def _rows(value: Any, field_name: str) -> list[dict[str, Any]]:
    rows = _list(value, field_name)
    if not all(isinstance(row, dict) for row in rows):
        raise _Wrong(field_name)
    return rows


def _few(value: Any, field_name: str) -> list[dict[str, Any]]:
    return _rows(value, field_name)[:_ENTRIES]


def _text(value: Any, field_name: str) -> str:
    if not isinstance(value, str):
        raise _Wrong(field_name)
    return value


def _name(value: Any, field_name: str) -> str | None:
    return None if value is None else name_for_display(_text(value, field_name)) or None


def _number(value: Any, field_name: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _in_range(value):
        raise _Wrong(field_name)
    return value


def _count(value: Any, field_name: str) -> int | None:
    # What nearly all of them are, and there are thousands.
    if value is None or (type(value) is int and _in_range(value)):
        return value
    number = _number(value, field_name)
    if number is not None and number != int(number):
        raise _Wrong(field_name)
    return None if number is None else int(number)


def _in_range(value: float) -> bool:
    return abs(value) < 1e9 and math.isfinite(value)


def _day(value: Any, field_name: str) -> date:
    return _parsed(_text(value, field_name), date.fromisoformat, field_name)


def _week(value: Any, field_name: str) -> str:
    _parsed(_text(value, field_name), _monday, field_name)
    return value


# Every member's file names the same weeks; what is none is not kept.
@lru_cache(maxsize=4096)
def _monday(week: str) -> date:
    return monday_of(check_week(week))


def _parsed(text: str, parse: Callable[[str], Any], field_name: str) -> Any:
    try:
        found = parse(text)
    except (ValueError, Problem) as error:
        raise _Wrong(field_name) from error
    if isinstance(found, date) and not date(1990, 1, 1) <= found < _NEVER:
        raise _Wrong(field_name)
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise Problem(
            "{file} cannot be read: {reason}.", file=shown(str(path)), reason=error.strerror or str(error)
        ) from error
    if len(content) > LIMIT:
        raise Problem(
            "{file} is larger than {limit} MB, which no report.json is.", file=shown(str(path)), limit=LIMIT // MIB
        )
    return content
