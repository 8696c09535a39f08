"""When things happen in the member's life: years, seasons, weeks, days and hours.

Belongs here: the fixed dates of the story, how a total is spread over its weeks, and a moment inside a week. Who does what then is
said elsewhere. Weeks are ISO weeks in Europe/Berlin, named by their Monday; moments are naive UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

BERLIN = ZoneInfo("Europe/Berlin")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
AS_OF = date(2026, 11, 20)
# The member kept the contacts of an archive of this day: between the two shows who left and who changed jobs.
EARLIER = date(2026, 8, 3)
END = datetime(2026, 11, 20, 9)  # noqa: DTZ001  nothing in the story is later
BEGIN = date(2014, 3, 3)
SEARCH = date(2026, 7, 6)
REPORTED = date(2026, 11, 9)  # the Monday of the last complete week, 2026-W46
HOLIDAY = (date(2026, 8, 3), date(2026, 8, 10))
JOB_CHANGES = (date(2014, 3, 3), date(2017, 4, 3), date(2021, 2, 1))
MONDAYS = tuple(BEGIN + timedelta(weeks=n) for n in range((AS_OF - BEGIN).days // 7 + 1))

# Half past four on a Friday is not when people write; a quiet hour on Sunday evening is.
_DAYS = (20, 21, 20, 19, 13, 2, 5)
_HOURS = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22)
_HOUR_WEIGHTS = (7, 11, 11, 9, 8, 7, 8, 8, 7, 5, 3, 6, 7, 3)
_WEEKEND_HOURS = (10, 11, 15, 17, 19, 20, 21)


def exported_at(day: date) -> datetime:
    """Return the moment at which an export of that day is made; what happens later on that day is not in it."""
    return datetime.combine(day, END.time())


def utc(local: datetime) -> datetime:
    """Return a Berlin wall-clock moment as naive UTC."""
    return local.replace(tzinfo=BERLIN).astimezone(UTC).replace(tzinfo=None)


def midnight(day: date) -> datetime:
    """Return the first second of a Berlin day as naive UTC."""
    return utc(datetime(day.year, day.month, day.day))  # noqa: DTZ001


def monday_of(moment: datetime) -> date:
    """Return the Monday of the Berlin week that holds a naive UTC moment."""
    day = moment.replace(tzinfo=UTC).astimezone(BERLIN).date()
    return day - timedelta(days=day.weekday())


def moment(rng: random.Random, monday: date) -> datetime:
    """Return a likely moment of that week: office hours mostly, some evenings, hardly a Saturday; never later than `END`."""
    days = _DAYS[:4] if monday > REPORTED else _DAYS
    weekday = rng.choices(range(len(days)), days)[0]
    hour = rng.choice(_WEEKEND_HOURS) if weekday > 4 else rng.choices(_HOURS, _HOUR_WEIGHTS)[0]
    second = int(rng.random() * 3600)
    day = monday + timedelta(days=weekday)
    return utc(datetime(day.year, day.month, day.day, hour, second // 60, second % 60))  # noqa: DTZ001


def moment_between(rng: random.Random, first: date, last: date) -> datetime:
    """Return a likely moment in one of the weeks from that of `first` to that of `last`."""
    weeks = max(0, (last - first).days // 7)
    day = first + timedelta(weeks=int(rng.random() * (weeks + 1)))
    return moment(rng, day - timedelta(days=day.weekday()))


def soon_after(rng: random.Random, start: datetime, hours: float) -> datetime:
    """Return a moment about `hours` after `start`, moved to the next morning where it would be night."""
    after = start + timedelta(seconds=60 + int(rng.expovariate(1 / (hours * 3600))))
    return after + timedelta(hours=8) if _night(after) else after


def some_time_before(rng: random.Random, end: datetime, hours: float) -> datetime:
    """Return a moment about `hours` before `end`, moved to the evening before where it would be night."""
    before = end - timedelta(seconds=1200 + int(rng.expovariate(1 / (hours * 3600))))
    return before - timedelta(hours=8) if _night(before) else before


def whole_minute(moment: datetime) -> datetime:
    """Return the minute of a moment, an hour earlier where Los Angeles has that minute for the second time in a night.

    Invitations are exported on that clock, without a word on which of the two hours it was.
    """
    minute = moment.replace(second=0)
    second_time = minute.replace(tzinfo=UTC).astimezone(LOS_ANGELES).fold
    return minute - timedelta(hours=second_time)


def _night(moment: datetime) -> bool:
    return not 7 <= moment.replace(tzinfo=UTC).astimezone(BERLIN).hour < 23


def _ease(monday: date) -> float:
    """Return how busy a week is for its season: 1 usually, little in the summer holidays and at Christmas."""
    week = monday.isocalendar().week
    if monday in HOLIDAY:
        return 0.0
    if week in (52, 53, 1):
        return 0.15
    return 0.5 if 28 <= week <= 33 and monday < SEARCH else 1.0


def _base(monday: date) -> float:
    """Return how busy a week is without a job search: slowly more over the years, bursts after a new job begins."""
    years = (monday - BEGIN).days / 365
    burst = 1 + sum(3 for start in JOB_CHANGES if 0 <= (monday - start).days < 63)
    return (0.6 + 0.09 * years) * burst * _ease(monday)


def spread(
    rng: random.Random, total: int, *, search: float, reported: int, after: int, begin: date = BEGIN
) -> list[tuple[date, int]]:
    """Spread `total` over the weeks since `begin`: exactly `total`, in order of time.

    A week of the search gets `search` more than an ordinary one of these years; the reported week gets at least `reported`
    and a little more than its neighbours, the unfinished week after it at least `after`, and nothing where that is 0.
    """
    mondays = [monday for monday in MONDAYS if monday >= begin]
    noise = [0.25 + 1.9 * rng.random() ** 2 for _ in mondays]
    calm = [0.45 + 1.1 * rng.random() for _ in mondays]
    ordinary = [
        (1.1 * _base(m) * c if m >= SEARCH else _base(m) * n) for m, n, c in zip(mondays, noise, calm, strict=True)
    ]
    extra = [search * _ease(m) * c if m >= SEARCH else 0.0 for m, c in zip(mondays, calm, strict=True)]
    if sum(extra) > 0.6 * total:
        extra = [share * 0.6 * total / sum(extra) for share in extra]
    scale = (total - sum(extra)) / sum(ordinary)
    expected = [scale * o + e for o, e in zip(ordinary, extra, strict=True)]
    usual = sum(expected[-10:-2]) / 8
    last = [max(reported, round(1.15 * usual)), max(after, round(0.5 * usual)) if after else 0]
    return list(zip(mondays, [*_round(expected[:-2], total - sum(last)), *last], strict=True))


def _round(expected: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in proportion to `expected` that sum to `total`."""
    factor, carried, given, counts = total / sum(expected), 0.0, 0, []
    for share in expected:
        carried += share * factor
        counts.append(round(carried) - given)
        given = round(carried)
    counts[-1] += total - given
    return counts
