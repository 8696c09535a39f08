"""Who gets what of a member's report, told to the member: from members.toml and the reported week, never from what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.sentences import N_

if TYPE_CHECKING:
    from datetime import date

    from pipelines.members import Member
    from pipelines.recipients import Recipient
    from pipelines.sentences import Sentences

_LEVELS = {
    "numbers": N_("{who}: your numbers with your name, nobody else’s name"),
    "names": N_("{who}: your numbers, and the names of people whom you could get back to"),
    "page": N_("{who}: this page"),
}


def readers(say: Sentences, member: Member, monday: date) -> list[str]:
    """Return a sentence on each reader, on the coach's overview, and on who can open the files; none where nobody gets anything."""
    said = [_reader(say, recipient, monday) for recipient in member.recipients]
    coach = member.coached_by
    if coach and coach.recipients:
        name = coach.name or coach.key
        if member.consent and member.consent.holds(monday):
            said.append(
                say.translate(
                    "{who}: one line a week with your numbers, in an overview of several people{until}."
                ).format(who=name, until=_until(say, member.consent.until))
            )
        else:
            said.append(say.translate("{who}: nothing, because you have not consented for this week.").format(who=name))
    if coach:
        said.append(
            say.translate("Whoever runs this installation ({who}) can open the files in it.").format(
                who=coach.name or coach.key
            )
        )
    return said


def _reader(say: Sentences, recipient: Recipient, monday: date) -> str:
    level = recipient.level(monday)
    if level is None:
        return say.translate("{who}: nothing, because you have not consented for this week.").format(
            who=recipient.address
        )
    until = recipient.consent.until if recipient.consent else None
    return say.translate(_LEVELS[level]).format(who=recipient.address) + _until(say, until) + "."


def _until(say: Sentences, day: date | None) -> str:
    return say.translate(", until {day}").format(day=say.day(day)) if day else ""
