"""What the coach's sheets say: sentences about a member in the third person, true for every name.

Belongs here: texts of the overview and the sheets, each from the fields of a report.json that its function names. English is the
message id. No sentence needs to know whether the member is a he or a she, and none blames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import language as words
from pipelines.sentences import LABELS, N_, Sentences, upper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.coach.received import Goal, Metric, Received
    from pipelines.coach.signals import Change, Signals

# Where the page's own label addresses the member.
_LABELS = {
    "conversations_started": N_("Conversations begun"),
    "conversations_answered": N_("Conversations answered"),
    "groups_active": N_("Groups with activity"),
}


class About:
    """Writes about members in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.say = Sentences(language)
        self._ = self.say.translate

    def name(self, report: Received) -> str:
        """Return what to call the member: the name, else the key."""
        return report.name or report.member

    def label(self, metric: str) -> str:
        """Return the name of a number; a number that this version does not know keeps its own."""
        if metric in _LABELS:
            return self._(_LABELS[metric])
        return self.say.label(metric) if metric in LABELS else metric

    def headline(self, attention: int, members: int) -> str:
        """Return the finding of the overview: with how many there is something to talk about. It names nobody."""
        if members == 1:
            return self._("There is something to talk about") if attention else self._("Nothing out of the ordinary")
        total = self.say.number(members)
        if attention == 0:
            return self._("Nothing out of the ordinary with {total} people").format(total=total)
        if attention == members:
            return self._("Something to talk about with all {total} people").format(total=total)
        if attention == 1:
            return self._("Something to talk about with one of {total} people").format(total=total)
        return self._("Something to talk about with {n} of {total} people").format(
            n=self.say.number(attention), total=total
        )

    def attention(self, found: Signals) -> list[dict[str, object]]:
        """Say what needs the coach: sentences, and whether each is good news."""
        said = []
        if found.no_data_since:
            said.append(self._("No data since {day}.").format(day=self.say.day(found.no_data_since)))
        if found.silent_weeks:
            said.append(
                self._("For {n} weeks no message, no request and nothing visible.").format(
                    n=self.say.number(found.silent_weeks)
                )
            )
        good = []
        if found.first_recruiting:
            good.append(
                self._("First recruiting contact after {n} weeks without one (estimated).").format(
                    n=self.say.number(found.first_recruiting)
                )
            )
        good += [self._("Goal reached: {goal}.").format(goal=self.goal(goal)) for goal in found.goals_reached]
        return [{"text": text, "good": text in good} for text in said + good]

    def changes(self, changes: Sequence[Change]) -> list[str]:
        """Say which numbers lie beyond their usual range."""
        return [
            (
                self._("{label}: {value}, more than usual ({low} to {high}).")
                if change.direction == "up"
                else self._("{label}: {value}, fewer than usual ({low} to {high}).")
            ).format(
                label=self.label(change.metric),
                value=words.number(change.value, self.language),
                low=words.number(change.low, self.language),
                high=words.number(change.high, self.language),
            )
            for change in changes
        ]

    def numbers(self, metrics: Sequence[tuple[str, Metric | None]]) -> str:
        """Return the key numbers as one line of text; absent ones say so."""
        parts = []
        for name, metric in metrics:
            if metric is None or metric.value is None:
                parts.append(f"{self.label(name)} {self._('n/a')}")
            else:
                estimated = f" ({self._('estimated')})" if name == "recruiter_contacts" and metric.value else ""
                parts.append(self.say.count(name, metric.value) + estimated)
        return upper(", ".join(parts)) + "."

    def goal(self, goal: Goal) -> str:
        """Return a goal as a short phrase: “Comments, 3 a week”."""
        template = {
            "week": self._("{label}, {amount} a week"),
            "month": self._("{label}, {amount} a month"),
        }.get(goal.per, self._("{label}, {amount} in all"))
        return template.format(label=self.label(goal.metric), amount=words.number(goal.amount, self.language))

    def change(self, metric: Metric) -> str | None:
        """Compare with the week before, as the page does."""
        whole = metric.previous_week is not None
        return self.say.change({"value": metric.value, "previous_week": metric.previous_week, "is_whole": whole})

    def usual(self, metric: Metric) -> str | None:
        """Say what is usual."""
        return self.say.usual({"usual_low": metric.usual_low, "usual_high": metric.usual_high})

    def without(self, names: Sequence[str]) -> str | None:
        """Name those whose report could not be made this week."""
        if not names:
            return None
        return self._("No report this week: {names}.").format(names=", ".join(names))

    def left_out(self, count: int) -> str | None:
        """Say how many are left out because they did not consent; it names nobody."""
        if not count:
            return None
        if count == 1:
            return self._("One person is not listed, because there is no consent to it.")
        return self._("{n} people are not listed, because there is no consent to it.").format(
            n=upper(self.say.number(count))
        )

    def mail(self, more: int) -> dict[str, object]:
        """Return what the mail says beside its lines; `more` members stand on the attached page alone."""
        notes = []
        if more == 1:
            notes.append(self._("One more person stands on the attached page."))
        elif more > 1:
            notes.append(self._("{n} more people stand on the attached page.").format(n=upper(self.say.number(more))))
        return {
            "mail_notes": notes,
            "attached": self._("The whole overview is attached:"),
            "attachment": "overview.html",
            "why": self._("You get this mail every Monday because it was set up that way."),
            "stop": self._("To stop it, answer with “stop”."),
        }
