"""The coach's sheets of one installation: reports/_coaches/<coach>/<week>/, and beside them what may be mailed.

Belongs here: which reports of this installation a coach's overview is made of, and what each member's consent lets into it. The files lie
where everybody who runs the installation can read every report anyway; only what lies in `mailed/` ever leaves.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipelines.coach.overview import MAIL, make_overview
from pipelines.coach.received import Received, receive
from pipelines.consent import LEVELS
from pipelines.delivery import mailed_as
from pipelines.members import SELF
from pipelines.problem import Problem
from pipelines.recipients import Coach
from pipelines.report import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.members import Member
    from pipelines.settings import Settings

MAILED = "mailed"
# No member's key begins with it.
_COACHES = "_coaches"


def coach_of(settings: Settings, key: str) -> Coach | None:
    """Return a coach as members.toml describes them; None for members who have none."""
    [first, *_] = settings.of_coach(key)
    return first.coached_by or (None if key == SELF else Coach(key))


def folder_of(settings: Settings, key: str, week: str) -> Path:
    """Return where the sheets of a coach and a week lie."""
    return settings.reports / _COACHES / key / week


def write_sheets(settings: Settings, key: str, weeks: Mapping[str, str]) -> tuple[Path | None, list[Problem]]:
    """Make a coach's overview and sheets of the reports that the run made, and what of the overview may be mailed.

    `weeks` are the reported weeks by member. Returns the folder, None where there is no coach or no report, and a sentence on each report
    that could not be used and on whose consent the mail lacks.
    """
    coach = coach_of(settings, key)
    if coach is None or not weeks:
        return None, []
    members = {member.key: member for member in settings.of_coach(key)}
    week = max(weeks.values())
    folder = folder_of(settings, key, week)
    # What an earlier run left must not be mailed by this one, whatever becomes of it.
    shutil.rmtree(folder, ignore_errors=True)
    reports, problems = receive(
        [settings.reports / member / week / "report.json" for member, week in sorted(weeks.items())]
    )
    if not reports:
        return None, problems
    allowed = {report.member: _level(members[report.member], report) for report in reports}
    missing = [member for member in members.values() if member.key not in allowed]
    made = make_overview(
        reports,
        coach.language,
        named={member for member, level in allowed.items() if level in LEVELS[1:]},
        without=[member.name or member.key for member in missing],
        week=week,
    )
    write_files(folder, {name: content for name, content in made.files.items() if name != MAIL})
    mailable = [report for report in reports if allowed[report.member]]
    if mailable and coach.recipients:
        last = max(report.monday for report in reports)
        told = [member for member in missing if member.consent and member.consent.holds(last)]
        mailed = make_overview(
            mailable,
            coach.language,
            sheets=False,
            sender=settings.sender,
            recipient=coach.recipients[0].address,
            unsubscribe=settings.unsubscribe,
            without=[member.name or member.key for member in told],
            left_out=len(members) - len(mailable) - len(told),
            week=week,
            attachment=mailed_as(key, week),
        )
        write_files(folder / MAILED, mailed.files)
    if coach.recipients:
        problems += _left_out(coach, [member for member, level in allowed.items() if level is None], made.week)
    return folder, problems


def _level(member: Member, report: Received) -> str | None:
    return member.consent.level if member.consent and member.consent.holds(report.monday) else None


def _left_out(coach: Coach, members: Sequence[str], week: str) -> list[Problem]:
    if not members:
        return []
    return [
        Problem(
            "Not in the overview mailed to {coach}: {members}. members.toml records no consent that holds in {week}.",
            coach=coach.name or coach.key,
            members=", ".join(members),
            week=week,
        )
    ]
