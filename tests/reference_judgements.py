"""What is usual and what is not, again, in plain Python over plain lists: slow, obvious, written from what the report promises.

Belongs here: the judging of numbers that are already counted, each a list with one entry a week, the reported one last, None where no
export covers the week. It knows nothing of SQL, files or formats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Weeks = list["int | None"]
NO_JUDGEMENT = ("contacts_total", "persons_total", "groups_active", "active_weeks", "streak_weeks", "care_weeks")


def percentile(values: Iterable[int], percent: int) -> int:
    """Return the least value that so many percent of the values do not exceed."""
    in_order = sorted(values)
    return in_order[math.ceil(len(in_order) * percent / 100) - 1]


@dataclass(frozen=True)
class Judgement:
    """The usual range, and whether the week lies beyond it; the sums of four weeks where the judgement rests on them."""

    usual_low: int | None = None
    usual_high: int | None = None
    direction: str | None = None
    four_weeks: int | None = None
    four_weeks_before: int | None = None


def judged(metric: str, weeks: Weeks) -> Judgement:
    """Judge the last week against the 26 before; only weeks that are covered whole have a value."""
    before = [value for value in weeks[-27:-1] if value is not None]
    if len(before) < 12:
        return Judgement()
    low, high, median = (percentile(before, percent) for percent in (10, 90, 50))
    value = weeks[-1]
    if metric in NO_JUDGEMENT or value is None:
        return Judgement(low, high)
    if value >= 10 or median >= 10:
        return Judgement(low, high, "up" if value - high >= 3 else "down" if low - value >= 3 else None)
    now, then = summed(weeks[-4:]), summed(weeks[-8:-4])
    # Four weeks each that lie among the 26 and none of which is one of the last four.
    known = sums_ending(weeks, range(4, 24))
    if now is None or then is None or len(known) < 12:
        return Judgement(low, high)
    if value > median and now > percentile(known, 90) and now - then >= 3:
        return Judgement(low, high, "up", now, then)
    if value < median and now < percentile(known, 10) and then - now >= 3:
        return Judgement(low, high, "down", now, then)
    return Judgement(low, high)


def summed(weeks: Weeks) -> int | None:
    """Return the sum of four weeks, where all are known."""
    known = [value for value in weeks if value is not None]
    return sum(known) if len(known) == 4 else None


def sums_ending(weeks: Weeks, weeks_ago: range) -> list[int]:
    """Return the known sums of four weeks whose last one lies so many weeks back."""
    sums = [summed(weeks[len(weeks) - ago - 4 : len(weeks) - ago]) for ago in weeks_ago if ago + 4 <= len(weeks)]
    return [four for four in sums if four is not None]


def finding(weeks: Weeks) -> tuple[str, int, int, int] | None:
    """Return kind, value and usual range where the last week is beyond all of the 26 before."""
    before = [value for value in weeks[-27:-1] if value is not None]
    if len(before) < 12 or weeks[-1] is None:
        return None
    value = weeks[-1]
    low, high, median = (percentile(before, percent) for percent in (10, 90, 50))
    apart = max(3 * math.sqrt(max(median, 1)), 1.2 * (high - low))
    if value >= 10 and value > max(before) and value - high >= 3 and value - median >= apart:
        return "rise", value, low, high
    if median >= 10 and value < min(before) and low - value >= 3 and median - value >= apart:
        return "fall", value, low, high
    if value >= 10 or median >= 10:
        return None
    known = sums_ending(weeks, range(4, 27))
    now, then = summed(weeks[-4:]), summed(weeks[-8:-4])
    if now is None or then is None:
        return None
    middle = percentile(known, 50)
    apart = 3 * math.sqrt(max(middle, 1))
    if value > median and now > max(known) and now - then >= 3 and now - middle >= apart:
        return "rise_four_weeks", now, low, high
    if value < median and now < min(known) and then - now >= 3 and middle - now >= apart:
        return "fall_four_weeks", now, low, high
    return None


def headline(numbers: dict[str, Weeks]) -> tuple[str, str, int, int, int] | None:
    """Return the first unusual finding that the week before did not have."""
    for metric in ("contacts_new", "visible_activity", "conversations_started"):
        now, before = finding(numbers[metric]), finding(numbers[metric][:-1])
        if now and (before is None or before[0] != now[0]):
            return now[0], metric, *now[1:]
    return None


def visible_times(moments: list[datetime]) -> tuple[int, int | None, int | None]:
    """Return hours with an act, and weekday and part of the day where a habit shows; moments are those of the member's clock."""
    hours = {moment.replace(minute=0, second=0) for moment in moments}
    by_weekday = [sum(hour.isoweekday() == day for hour in hours) for day in range(1, 8)]
    by_part = [sum(begin <= hour.hour < begin + 3 for hour in hours) for begin in range(6, 24, 3)]

    def habit(counts: list[int], limit: float) -> int | None:
        total = sum(counts)
        if len(hours) < 100 or not total or len(counts) * sum(n * n for n in counts) / total - total <= limit:
            return None
        return counts.index(max(counts))

    day, part = habit(by_weekday, 16.81), habit(by_part, 15.09)
    return len(hours), None if day is None else day + 1, None if part is None else 6 + 3 * part


Answer = dict[str, "int | float | str | None"]
BLOCKS, BLOCK = 6, 8


def does_recruiting_follow(acts: list[int], contacts: list[int]) -> Answer:
    """Compare the four weeks after busy weeks with those after the others; both lists hold the same weeks, oldest first."""
    answer: Answer = {"weeks": len(acts), "contacts": sum(contacts), "reason": None}
    answer |= dict.fromkeys(("busy_weeks", "after_busy", "after_quiet", "difference", "chance_low", "chance_high"))
    if not acts:
        return answer | {"reason": "no_activity"}
    if len(acts) < 52:
        return answer | {"reason": "few_weeks"}
    if sum(contacts) < 20:
        return answer | {"reason": "few_contacts"}
    followed = [(acts[i], sum(contacts[i + 1 : i + 5])) for i in range(len(acts) - 4)]
    followed.reverse()
    length = BLOCKS * BLOCK
    stretches = [followed[at : at + length] for at in range(0, len(followed) - length + 1, length)]
    busy: list[list[bool]] = []
    for stretch in stretches:
        middle = sorted(acts for acts, _ in stretch)[length // 2 - 1 : length // 2 + 1]
        busy.append([acts > sum(middle) / 2 for acts, _ in stretch])
    after = [[contacts for _, contacts in stretch] for stretch in stretches]

    def means(order: list[list[int]]) -> tuple[float, float]:
        """Return the means after busy and quiet weeks where each block of activity meets the contacts of another block."""
        groups: dict[bool, list[int]] = {True: [], False: []}
        for number, is_busy in enumerate(busy):
            for week in range(length):
                block, place = divmod(week, BLOCK)
                groups[is_busy[week]].append(after[number][order[number][block] * BLOCK + place])
        return sum(groups[True]) / len(groups[True]), sum(groups[False]) / len(groups[False])

    as_it_was = [list(range(BLOCKS)) for _ in stretches]
    busy_weeks = sum(sum(is_busy) for is_busy in busy)
    if busy_weeks < 12:
        return answer | {"reason": "one_rhythm"}
    differences = []
    for shuffle in range(1, 200):
        order = []
        for number in range(len(stretches)):
            drawn = sorted(range(BLOCKS), key=lambda b, n=number, s=shuffle: md5(f"{s} {n} {b}".encode()).hexdigest())
            order.append([drawn.index(block) for block in range(BLOCKS)])
        after_busy, after_quiet = means(order)
        differences.append(after_busy - after_quiet)
    differences.sort()
    after_busy, after_quiet = means(as_it_was)
    return answer | {
        "busy_weeks": busy_weeks,
        "after_busy": after_busy,
        "after_quiet": after_quiet,
        "difference": after_busy - after_quiet,
        "chance_low": between(differences, 0.025),
        "chance_high": between(differences, 0.975),
    }


def between(in_order: list[float], share: float) -> float:
    """Return the value at that share of the way through a list, between two of its values where it falls there."""
    place = share * (len(in_order) - 1)
    below = math.floor(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (in_order[above] - in_order[below]) * (place - below)
