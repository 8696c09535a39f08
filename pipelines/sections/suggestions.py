"""Whom to get back to and what to do next: the reasons and steps of sql/report as sentences.

Every sentence names only what its row proves. Nobody is told to answer an inferred recruiter; a change of job is dated between two
exports; ages are days of the calendar, never reproaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sections.recruiting import senders
from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

RECOGNITIONS = {
    "recommendation": N_("recommended you on {day}"),
    "endorsement": N_("endorsed a skill of yours on {day}"),
    "advice_asked": N_("gave you advice on {day}, as you noted"),
    "introduction": N_("introduced you to somebody on {day}, as you noted"),
    "referral": N_("referred you on {day}, as you noted"),
}
THANKS = {
    "recommendation": N_("{name} recommended you on {day}"),
    "endorsement": N_("{name} endorsed a skill of yours on {day}"),
    "advice_asked": N_("{name} gave you advice on {day}, as you noted"),
    "introduction": N_("{name} introduced you to somebody on {day}, as you noted"),
    "referral": N_("{name} referred you on {day}, as you noted"),
}


COMPANIES = {
    "own": N_("works at {company}, which is on your list"),
    "dream": N_("works at {company}, which is on your list"),
    "applied": N_("works at {company}, where you applied"),
    "saved": N_("works at {company}, where you saved a job"),
    "followed": N_("works at {company}, which you follow"),
}
PLACES = {
    "own": N_("The company is on your list, and you know somebody there."),
    "dream": N_("The company is on your list, and you know somebody there."),
    "applied": N_("You applied at this company, and you know somebody there."),
    "saved": N_("You saved a job at this company, and you know somebody there."),
    "followed": N_("You follow this company, and you know somebody there."),
}


def names_last_touch(row: Row) -> bool:
    """Whether the reason of a person already says when the last message was."""
    return row["reason"] in ("waiting", "dormant") or (row["reason"] == "greeting" and row["detail"] != "new")


def person_sentence(say: Sentences, row: Row) -> str:
    """Say why a person is listed: from `reason`, `since`, `until`, `detail`, `evidence`, `is_fresh` of report_people."""
    reason, detail = row["reason"], row["detail"]
    if reason == "waiting":
        day = words.day_short(row["since"], say.language)  # at most a month ago
        return say.translate("wrote last on {day}, with a question or an offer").format(day=day)
    if reason == "changed_job":
        same_year = row["since"].year == row["until"].year
        since = words.day_short(row["since"], say.language) if same_year else say.day(row["since"])
        return say.translate("new job at {company}, changed between {since} and {until}").format(
            company=detail, since=since, until=say.day(row["until"])
        )
    if reason == "thanks":
        day = words.day_short(row["since"], say.language)  # at most eight weeks ago
        return say.translate(RECOGNITIONS[detail]).format(day=day)
    if reason == "target_company":
        return say.translate(COMPANIES[row["evidence"]]).format(company=detail)
    if reason == "dormant":
        text = say.translate("you used to write, last in {month}")
        return _as_far_as_known(say, row, text.format(month=words.month_long(row["since"], say.language)))
    if detail == "new":
        day = say.day(row["since"])
        if not row["is_fresh"]:
            return say.translate("connected since {day}").format(day=day)
        return say.translate("connected since {day}, nothing written since").format(day=day)
    text = say.translate("last message in {month}")
    return _as_far_as_known(say, row, text.format(month=words.month_long(row["since"], say.language)))


def _as_far_as_known(say: Sentences, row: Row, told: str) -> str:
    """Name the day up to which messages are known, where it is long ago: from `known_until`, `known_platform` of report_people."""
    if row["known_until"] is None:
        return told
    return say.translate("{told}, by the {platform} export up to {day}").format(
        told=told, platform=say.platform(row["known_platform"]), day=say.day(row["known_until"])
    )


# How a step is put to who asked for a quiet page, where the usual words count what was not done.
QUIET = {
    "answer_waiting": (N_("Answer {name}."), N_("They wrote last, with a question or an offer.")),
    "comment_in_group": (
        N_("Comment on one post in one of your groups."),
        N_("In the last half year you were active there."),
    ),
    "begin_conversation": (N_("Begin one conversation yourself."), N_("One question is enough.")),
    "add_note": (N_("Add a line to your next request."), N_("Where you know each other from is enough.")),
}


def step_sentence(say: Sentences, row: Row, approaches: Sequence[Row]) -> tuple[str, str]:
    """Return a step and its reason: from report_steps, all columns but its numbers, and report_open_approaches."""
    kind, name, people = row["kind"], row["name"], row["people"]
    if say.quiet and kind in QUIET:
        step, reason = QUIET[kind]
        return say.translate(step).format(name=name), say.translate(reason)
    number = "" if people is None else upper(say.number(people))
    if kind == "answer_waiting":
        return (
            say.translate("Answer {name}.").format(name=name)
            if people == 1
            else say.translate("Answer {name} and one other person who wrote last.").format(name=name)
            if people == 2
            else say.translate("Answer {name} and the others who wrote last.").format(name=name),
            say.translate("One message with a question or an offer has no answer yet.")
            if people == 1
            else say.translate("{n} messages with a question or an offer have no answer yet.").format(n=number),
        )
    if kind == "check_recruiting":
        return (
            _look_at(say, approaches),
            say.translate(
                "No answer from you yet. That it is recruiting is estimated from titles and subjects: reply if it suits you, else "
                "decline briefly."
            ),
        )
    if kind == "thank":
        return (
            say.translate("Thank {name}.").format(name=name),
            _thanks(say, row),
        )
    if kind == "congratulate":
        return (
            say.translate("Congratulate {name} on the new job.").format(name=name),
            say.translate(
                "Your exports show the change to {company} between {since} and {until}; a new job is a good reason to write."
            ).format(company=row["detail"], since=say.day(row["since"]), until=say.day(row["until"])),
        )
    if kind == "comment_in_group":
        return (
            say.translate("Comment on one post in one of your groups."),
            say.translate("In the last half year one act of yours was in a group, in the reported week none.")
            if people == 1
            else say.translate(
                "In the last half year {n} acts of yours were in groups, in the reported week none."
            ).format(n=say.number(people)),
        )
    if kind == "begin_conversation":
        return (
            say.translate("Begin one conversation yourself."),
            say.translate(
                "In the reported week you began none; in the twelve weeks before it was at least one a week on average."
            ),
        )
    if kind == "write_to_target":
        return (
            say.translate("Ask {name} how it is to work at {company}.").format(name=name, company=row["detail"]),
            say.translate(PLACES[row["evidence"]]),
        )
    if kind == "write_to_dormant":
        return (
            say.translate("Write to {name} again.").format(name=name),
            say.translate("Your exports hold no message since {month}. A greeting is enough.").format(
                month=words.month_long(row["since"], say.language)
            ),
        )
    return (
        say.translate("Add a line to your next request."),
        say.translate("{n} requests of the last twelve weeks had no note.").format(n=number),
    )


def _thanks(say: Sentences, row: Row) -> str:
    """Say what there is to thank for: from `name`, `detail`, `since`, `is_fresh` of report_steps."""
    what = say.translate(THANKS[row["detail"]]).format(
        name=row["name"], day=words.day_short(row["since"], say.language)
    )
    if not row["is_fresh"]:
        return f"{what}."
    return say.translate("{what}; no message has passed between you since.").format(what=what)


def _look_at(say: Sentences, approaches: Sequence[Row]) -> str:
    """Name the messages that look like recruiting: from report_open_approaches."""
    if len(approaches) == 1:
        day = words.day_short(approaches[0]["day"], say.language)
        return say.translate("Look at the message from {name} of {day}.").format(name=approaches[0]["name"], day=day)
    if len(approaches) > 3:
        text = say.translate("Look at {n} messages, the newest from {who}.")
        return text.format(n=say.number(len(approaches)), who=senders(say, approaches))
    return say.translate("Look at the messages from {who}.").format(who=senders(say, approaches))


def how_to_answer(view: View) -> str:
    """Say how to set a suggestion aside, in one line that can be copied where the command knows the member."""
    say = view.say
    if not view.is_listed:
        return say.translate("Somebody does not fit? A line in marks.csv sets them aside.")
    [head] = view.tables["report_members"]
    return say.translate('Somebody does not fit? kontaktpuls mark {member} "Name" later').format(member=head["member"])


def how_to_deny(view: View) -> str:
    """Say how to tell that a message is no recruiting, as `how_to_answer` does."""
    say = view.say
    if not view.is_listed:
        return say.translate("Not recruiting? “no recruiter” in marks.csv says so for good.")
    [head] = view.tables["report_members"]
    return say.translate('Not recruiting? kontaktpuls mark {member} "Name" kein-recruiter').format(
        member=head["member"]
    )
