"""What the coach's sheets say: sentences about a member in the third person, true for every name.

Belongs here: texts of the overview and the sheets, each from the fields of a report.json that its function names. English is the
message id. No sentence needs to know whether the member is a he or a she, and none blames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import language as words
from pipelines.coach.received import OUTCOMES
from pipelines.sentences import LABELS, N_, Sentences, upper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.coach.received import Goal, Metric, Person, Received, Session
    from pipelines.coach.signals import Change, Signals

# Where the page's own label addresses the member.
_LABELS = {
    "conversations_started": N_("Conversations begun"),
    "conversations_answered": N_("Conversations answered"),
    "groups_active": N_("Groups with activity"),
}
# Why somebody is worth a word, seen from the coach's side.
_REASONS = {
    "waiting": N_("wrote last"),
    "dormant": N_("no message for a long time"),
    "thanks": N_("gave a recommendation or confirmed a skill"),
    "changed_job": N_("new job"),
    "target_company": N_("works at a company of interest"),
    "greeting": N_("an occasion for a greeting"),
}
# The steps that the member's page proposes, as questions about them.
_QUESTIONS = {
    "answer_waiting": N_("What is still needed to answer the open messages?"),
    "check_recruiting": N_("Which of the messages that look like recruiting really are, and which deserve an answer?"),
    "thank": N_("Whom would a word of thanks reach this week?"),
    "congratulate": N_("Who in the network has a new job, and what could be learned from it?"),
    "comment_in_group": N_("In which group would a comment be worthwhile this week?"),
    "begin_conversation": N_("With whom could a conversation begin this week?"),
    "write_to_target": N_("Who in the network could tell about a company of interest?"),
    "write_to_dormant": N_("Which former contact would be glad of a few lines?"),
    "add_note": N_("What could a line in the next request to connect say?"),
}
_ALWAYS = (
    N_("Which meetings or calls of the last weeks stand in no export?"),
    N_("What was easy in these twelve weeks, and what was hard?"),
    N_("Who has helped lately, and who could use some help?"),
)
# A goal is asked about when it had that many weeks.
_FAIR_TRIAL = 4


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

    def headline(self, attention: int, changed: int, members: int) -> str:
        """Return the finding of the overview: with how many there is something to talk about. It names nobody."""
        if members == 1:
            if attention:
                return self._("There is something to talk about")
            return self._("Unusual numbers this week") if changed else self._("Nothing pressing this week")
        total = self.say.number(members)
        if attention == members:
            return self._("Something to talk about with all {total} people").format(total=total)
        if attention == 1:
            return self._("Something to talk about with one of {total} people").format(total=total)
        if attention:
            text = self._("Something to talk about with {n} of {total} people")
            return text.format(n=self.say.number(attention), total=total)
        if changed == 1:
            return self._("Unusual numbers with one of {total} people").format(total=total)
        if changed:
            return self._("Unusual numbers with {n} of {total} people").format(n=self.say.number(changed), total=total)
        return self._("Nothing pressing with {total} people").format(total=total)

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
            self._("{label}: {value}, {usual}.").format(
                label=self.label(change.metric),
                value=words.number(change.value, self.language),
                usual=self.say.usual(
                    {
                        "value": change.value,
                        "is_whole": True,
                        "usual_low": change.low,
                        "usual_high": change.high,
                        "direction": change.direction,
                        "four_weeks": change.four_weeks,
                        "four_weeks_before": change.four_weeks_before,
                    }
                ),
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
                only = f" ({self.say.only(metric.only)})" if metric.only else ""
                parts.append(self.say.count(name, metric.value) + only + estimated)
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
        return self.say.change(vars(metric))

    def usual(self, metric: Metric) -> str | None:
        """Say what is usual, as the page does."""
        return self.say.usual(vars(metric))

    def usual_range(self, metric: Metric) -> str | None:
        """Return the usual range alone, for a table: “1 to 4”."""
        low, high = metric.usual_low, metric.usual_high
        return None if low is None or high is None else self.say.span(low, high)

    def numbers_headline(self, report: Received) -> str:
        """Return the week in two numbers, for a sheet with nothing else on top."""
        counted = [(name, report.metrics.get(name)) for name in ("contacts_new", "visible_activity")]
        parts = [self.say.count(name, metric.value) for name, metric in counted if metric and metric.value is not None]
        return upper(", ".join(parts)) if parts else self._("What there is to talk about")

    def since_session(self, day: date, weeks: int) -> str:
        """Say how much time the numbers since the last conversation stand for."""
        if weeks == 0:
            return self._("No whole week has passed since the conversation on {day}.").format(day=self.say.day(day))
        if weeks == 1:
            return self._("One whole week has passed since the conversation on {day}.").format(day=self.say.day(day))
        return self._("{n} whole weeks have passed since the conversation on {day}.").format(
            n=upper(self.say.number(weeks)), day=self.say.day(day)
        )

    def goal_progress(self, goal: Goal) -> str:
        """Say how a goal stands: in how many weeks it was met, and this week's number."""
        if goal.weeks == 0:
            return self._("{goal}: no week of it has been counted yet.").format(goal=self.goal(goal))
        weeks = self.say.number(goal.weeks)
        if goal.weeks == 1:
            template = (
                self._("{goal}: met in the one week so far") if goal.weeks_met else self._("{goal}: one week so far")
            )
        elif goal.weeks_met == 0:
            template = self._("{goal}: {weeks} weeks so far")
        elif goal.weeks_met == 1:
            template = self._("{goal}: met in one of {weeks} weeks")
        else:
            template = self._("{goal}: met in {met} of {weeks} weeks")
        said = template.format(goal=self.goal(goal), met=self.say.number(goal.weeks_met), weeks=weeks)
        if goal.this_week is None:
            return said + "."
        return self._("{said}, this week {value}.").format(said=said, value=words.number(goal.this_week, self.language))

    def outcomes(self, report: Received) -> str | None:
        """Say what became of applications since the start, None where nothing was noted."""
        one = (self._("one application"), self._("one interview"), self._("one offer"))
        many = (self._("{n} applications"), self._("{n} interviews"), self._("{n} offers"))
        counts = [report.outcomes.get(name, 0) for name in OUTCOMES]
        told = [
            single if count == 1 else several.format(n=self.say.number(count))
            for single, several, count in zip(one, many, counts, strict=True)
            if count
        ]
        return self._("Since the start: {what}.").format(what=self.say.listed(told)) if told else None

    def reason(self, person: Person) -> str:
        """Say in a few words why a third party is listed."""
        return self._(_REASONS.get(person.reason, _REASONS["greeting"]))

    def questions(self, report: Received, seen: Signals, session: Session | None, *, names: bool) -> list[str]:
        """Return what could be asked, most pressing first; at least three questions. They are open, and none blames."""
        asked = []
        if session and session.agreed:
            asked.append(self._("What has become of what was agreed on {day}?").format(day=self.say.day(session.on)))
        if seen.no_data_since:
            asked.append(self._("What would make it easy to ask for a new export now and then?"))
        if seen.silent_weeks:
            asked.append(
                self._("What filled the last {n} weeks, and what would be a small step back into contact?").format(
                    n=self.say.number(seen.silent_weeks)
                )
            )
        if seen.first_recruiting:
            asked.append(self._("Who got in touch from recruiting, and what was offered?"))
        if about_goal := self._about_a_goal(report, seen):
            asked.append(about_goal)
        waiting = [one.name for one in report.people if one.reason == "waiting"]
        for kind in report.steps:
            if kind == "answer_waiting" and names and waiting:
                asked.append(
                    self._("What could an answer to {names} look like?").format(names=self.say.listed(waiting))
                )
            elif kind in _QUESTIONS:
                asked.append(self._(_QUESTIONS[kind]))
        return asked + [self._(text) for text in _ALWAYS]

    def _about_a_goal(self, report: Received, seen: Signals) -> str | None:
        """Return one question at most: three goals must not leave room for nothing else. What is new comes first."""
        reached = [*seen.goals_reached, *(goal for goal in report.goals if goal.reached)]
        if reached:
            return self._("What helped to reach the goal ({goal}), and what comes next?").format(
                goal=self.goal(reached[0])
            )
        missed = [goal for goal in report.goals if goal.weeks >= _FAIR_TRIAL and goal.weeks_met * 2 < goal.weeks]
        if missed:
            return self._("Does the goal still fit ({goal}), or would another one suit everyday life better?").format(
                goal=self.goal(missed[0])
            )
        return None

    def limits(self, report: Received, seen: Signals) -> list[str]:
        """Say what the data cannot: from the sources that are there and those that are not."""
        said = [
            self._("{platform} is known up to {day} only.").format(
                platform=self.say.platform(platform), day=self.say.day(day)
            )
            for platform, day in seen.stale
        ]
        if report.baseline:
            said.append(
                self._(
                    "Of new contacts only those count that still exist today; earlier weeks have lost more of theirs."
                )
            )
        value = {name: metric.value for name, metric in report.metrics.items()}
        if value.get("visible_activity") is None:
            said.append(self._("Posts, comments and reactions are missing: only LinkedIn’s larger archive holds them."))
        if value.get("messages_sent") is None:
            said.append(self._("Messages are missing from the exports of this week."))
        said.append(
            self._("Meetings and calls count only where they were noted; nothing is noted so far.")
            if "own_activity" not in report.sources
            else self._("Meetings and calls count only where they were noted.")
        )
        said.append(
            self._(
                "What looks like recruiting is estimated from titles and subjects; who looks at a profile stands in no export."
            )
        )
        said.append(self._("LinkedIn tells which comments and reactions a member gave, not which came back."))
        return said

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

    def overview_mail(self, more: int, attachment: str) -> dict[str, object]:
        """Return what the overview's mail says beside its lines; `more` members stand on the attached page alone."""
        notes = []
        if more == 1:
            notes.append(self._("One more person stands in the whole overview."))
        elif more > 1:
            notes.append(self._("{n} more people stand in the whole overview.").format(n=upper(self.say.number(more))))
        return self._mail(
            notes,
            self._("Everybody in a line, first those with whom there is something to talk about."),
            self._("The whole overview:"),
            attachment,
        )

    def sheet_mail(self, attachment: str) -> dict[str, object]:
        """Return what the mail about one member says beside the member's line."""
        return self._mail(
            [], self._("The week in a line."), self._("The sheet for the conversation is attached:"), attachment
        )

    def page_mail(self, report: Received, attachment: str) -> dict[str, object]:
        """Return what the mail about one member says beside the member's line, where the member's own page comes with it."""
        attached = self._("The whole page, as {name} reads it, is attached:")
        return self._mail([], self._("The week in a line."), attached.format(name=self.name(report)), attachment)

    def _mail(self, notes: list[str], preheader: str, attached: str, attachment: str) -> dict[str, object]:
        return {
            "mail_notes": notes,
            "preheader": preheader,
            "attached": attached,
            "attachment": attachment,
            "why": self._("You get this mail every Monday because it was set up that way."),
            "stop": self._("To stop it, answer with “stop”."),
        }
