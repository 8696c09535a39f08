"""What one member's report tells a coach who has forty of them: is there data, is there silence, did something happen.

Belongs here: the rules behind the order of the overview, each from the numbers of a report.json and nothing else. No sentence is
written here. Weeks that no source covers are no silence: they are weeks without data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.sentences import PLATFORMS

if TYPE_CHECKING:
    from pipelines.coach.received import Goal, Received

KEY_NUMBERS = ("contacts_new", "visible_activity", "recruiter_contacts")
# So many covered weeks without an act are silence; so many are needed to call a recruiting contact the first.
SILENT_FROM = 3
FIRST_AFTER = 12
# As on the member's page: a source older than this is named.
STALE_AFTER = 28
_VACATION_DAYS = 4
_ACTS = {
    "linkedin_messages",
    "linkedin_invitations",
    "linkedin_shares",
    "linkedin_comments",
    "linkedin_reactions",
    "linkedin_votes",
    "linkedin_reposts",
    "xing_messages",
}


@dataclass(frozen=True)
class Change:
    """A number beyond the usual range of the last half year, up or down; small ones as the sum of four weeks and of those before."""

    metric: str
    direction: str
    value: int
    low: float
    high: float
    four_weeks: int | None
    four_weeks_before: int | None


@dataclass(frozen=True)
class Signals:
    """What stands out in one member's report, seen from the week of the overview.

    `no_data_since`: the day on which the newest export ends, where that week is not covered. `silent_weeks`: covered weeks in a row
    without an act, 0 where fewer than three or not known. `first_recruiting`: weeks without a recruiting contact before this one's,
    0 where it is not the first. `newest`: the day of the newest export of each platform; `stale`: those more than four weeks before the
    newest of all. `running_until`: up to which day the report's own week is known, None where an export covers it to its end.
    """

    no_data_since: date | None
    silent_weeks: int
    first_recruiting: int
    goals_reached: tuple[Goal, ...]
    changes: tuple[Change, ...]
    newest: tuple[tuple[str, date], ...]
    stale: tuple[tuple[str, date], ...]
    running_until: date | None

    @property
    def attention(self) -> bool:
        """Whether the coach should look at this member first."""
        return bool(self.no_data_since or self.silent_weeks or self.first_recruiting or self.goals_reached)

    def rank(self) -> tuple[int, int]:
        """Return the place in the overview: no data (oldest first), silence (longest first), first recruiting contact, goal, change."""
        if self.no_data_since:
            return 0, self.no_data_since.toordinal()
        if self.silent_weeks:
            return 1, -self.silent_weeks
        if self.first_recruiting:
            return 2, -self.first_recruiting
        if self.goals_reached:
            return 3, 0
        return (4, -len(self.changes)) if self.changes else (5, 0)


def signals(report: Received, covered: date) -> Signals:
    """Return what stands out; `covered` is the day beyond which an export should reach: it ends the last whole week of the overview."""
    newest = newest_exports(report)
    as_of = max(newest.values(), default=None)
    uncovered = as_of if as_of is not None and as_of <= covered else None
    silent = 0 if uncovered else silent_weeks(report)
    # Silence says what there is to say of what is visible.
    compared = [name for name in KEY_NUMBERS if not (silent and name == "visible_activity")]
    return Signals(
        no_data_since=uncovered,
        silent_weeks=silent,
        first_recruiting=0 if uncovered else first_recruiting(report),
        goals_reached=() if uncovered else tuple(goal for goal in report.goals if newly_reached(report, goal)),
        changes=() if uncovered else tuple(filter(None, (change(report, name) for name in compared))),
        newest=tuple(sorted(newest.items())),
        stale=tuple(
            (platform, day)
            for platform, day in sorted(newest.items())
            if as_of is not None and (as_of - day).days > STALE_AFTER
        ),
        running_until=running_until(report),
    )


def running_until(report: Received) -> date | None:
    """Return the day up to which the newest export knows the reported week, None where it covers it to its end or does not reach it."""
    as_of = max(newest_exports(report).values(), default=None)
    return as_of if as_of is not None and report.monday <= as_of <= report.sunday else None


def newest_exports(report: Received) -> dict[str, date]:
    """Return the day of the newest export of each platform; the member's own files count where there is no other."""
    days: dict[str, date] = {}
    for platform, as_of in report.sources.values():
        if platform in PLATFORMS:
            days[platform] = max(as_of, days.get(platform, as_of))
    platforms = {platform: day for platform, day in days.items() if platform != "own"}
    return platforms or days


def silent_weeks(report: Received) -> int:
    """Return how many covered weeks up to the reported one, three or more, have no message, no request and no visible act.

    Weeks of vacation are passed over. A week counts only where every source of acts reaches beyond it and knows both, messages and
    what is visible: who may have been active where nobody looked is not silent.
    """
    ends = [as_of for source, (_, as_of) in report.sources.items() if source in _ACTS]
    count = 0
    for index, (_, values) in enumerate(reversed(report.weeks)):
        monday = report.monday - timedelta(weeks=index)
        if not ends or min(ends) <= monday + timedelta(days=6):
            break
        if values.get("messages_sent") is None or values.get("visible_activity") is None:
            break
        if any(values.get(name) for name in ("messages_sent", "visible_activity", "invitations_sent", "streak_weeks")):
            break
        count += not _on_vacation(report, monday)
    return count if count >= SILENT_FROM else 0


def first_recruiting(report: Received) -> int:
    """Return over how many weeks before the reported one nobody from recruiting got in touch, 0 where the reported one is not the first."""
    *before, this = report.series("recruiter_contacts", len(report.weeks))
    known = [value for value in before if value is not None]
    return len(known) if this and len(known) >= FIRST_AFTER and not any(known) else 0


def newly_reached(report: Received, goal: Goal) -> bool:
    """Return whether a goal was reached in the reported week and not in the one before: what happens every week is no news."""
    before = report.series(goal.metric, 2)[0]
    return bool(goal.reached) and (before is None or before < goal.amount)


def change(report: Received, name: str) -> Change | None:
    """Return a number whose week report.json calls unusual."""
    metric = report.metrics.get(name)
    if metric is None or metric.value is None or metric.usual_low is None or metric.usual_high is None:
        return None
    if metric.direction is None or not metric.is_whole:
        return None
    return Change(
        name,
        metric.direction,
        metric.value,
        metric.usual_low,
        metric.usual_high,
        metric.four_weeks,
        metric.four_weeks_before,
    )


def _on_vacation(report: Received, monday: date) -> bool:
    """Return whether most days of a week are vacation."""
    days = [monday + timedelta(days=day) for day in range(7)]
    return sum(any(first <= day <= last for first, last in report.vacations) for day in days) >= _VACATION_DAYS
