"""Baseline and goals again, in plain Python over plain lists: slow, obvious, written from what they promise to count.

Belongs here: the counting, over the numbers of whole weeks. It knows nothing of SQL, files or formats.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.reference import monday

if TYPE_CHECKING:
    from collections.abc import Iterable

# Number, platform and Monday -> value, for weeks that an export covers from Monday to Sunday.
Whole = dict[tuple[str, str, date], int]
PLATFORMS = ("linkedin", "xing")


def weeks_between(first: date, last: date) -> list[date]:
    """Return the Mondays of all weeks that lie between two days as a whole."""
    week = monday(first + timedelta(days=6))
    found = []
    while week + timedelta(days=6) <= last:
        found.append(week)
        week += timedelta(days=7)
    return found


def weeks_off(vacations: Iterable[tuple[date, date]]) -> set[date]:
    """Return the weeks of which four days or more are days of a vacation."""
    days = {first + timedelta(days=n) for first, last in vacations for n in range((last - first).days + 1)}
    return {week for week, count in Counter(monday(day) for day in days).items() if count >= 4}


def reaching(whole: Whole, metric: str, platforms: Iterable[str], weeks: list[date]) -> list[str]:
    """Return those of the platforms whose last whole week is the latest."""
    last = {p: max((week for week in weeks if (metric, p, week) in whole), default=date.min) for p in platforms}
    return sorted(p for p in last if last[p] == max(last.values()) > date.min)


def summed(whole: Whole, metric: str, platforms: list[str], week: date) -> int | None:
    values = [whole.get((metric, platform, week)) for platform in platforms]
    return None if None in values or not values else sum(v for v in values if v is not None)


def baseline(
    whole: Whole, metric: str, start: date, reported: date, off: set[date]
) -> tuple[list[str], float | None, int, float | None, int]:
    """Return platforms, mean and weeks before the start, mean and weeks since."""
    before = [monday(start) - timedelta(days=7 * back) for back in range(12, 0, -1)]
    since = weeks_between(start, reported + timedelta(days=6))
    covering = [p for p in PLATFORMS if all((metric, p, week) in whole for week in before)]
    platforms = reaching(whole, metric, covering, before + since)

    def mean(weeks: list[date]) -> tuple[float | None, int]:
        values = [summed(whole, metric, platforms, week) for week in weeks if week not in off]
        known = [value for value in values if value is not None]
        return (sum(known) / len(known) if known else None), len(known)

    first, second = mean(before), mean(since)
    if first[0] is None:
        return [], None, 0, None, 0
    return platforms, *first, *second


def goal(
    whole: Whole, metric: str, amount: int, span: tuple[date, date], reported: date, off: set[date]
) -> tuple[int, int, int | None, bool | None]:
    """Return the weeks that count, those in which the goal was reached, this week's number, and whether it reached the goal."""
    weeks = [week for week in weeks_between(*span) if week <= reported]
    platforms = reaching(whole, metric, PLATFORMS, weeks)
    counted = met = 0
    this_week, reached = None, None
    for week in weeks:
        value = summed(whole, metric, platforms, week)
        if value is None:
            continue
        is_met = True if value >= amount else None if week in off else False
        counted += is_met is not None
        met += is_met is True
        if week == reported:
            this_week, reached = value, is_met
    return counted, met, this_week, reached
