"""What the report says: labels, reasons and findings as sentences in the member's language.

Belongs here: every sentence that rests on numbers, each from the columns that its function names, and nothing else. Where a number
cannot carry a sentence, None comes back and nothing is said. Numbers are computed in SQL, drawn in `reports/`, translated in
`reports/locales`; English is the message id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import language as words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for a message that is translated later)
    """Mark a message id for the catalogue."""
    return text


NUMBER_WORDS = (
    N_("zero"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
)

LABELS = {
    "contacts_total": N_("Contacts in all"),
    "contacts_new": N_("New contacts"),
    "contacts_lost": N_("Lost contacts"),
    "invitations_sent": N_("Requests sent"),
    "invitations_received": N_("Requests received"),
    "invitations_accepted": N_("Requests accepted"),
    "messages_sent": N_("Messages sent"),
    "messages_received": N_("Messages received"),
    "conversations_started": N_("Conversations you began"),
    "conversations_answered": N_("Conversations you answered"),
    "posts": N_("Posts"),
    "comments": N_("Comments"),
    "reactions": N_("Reactions"),
    "reposts": N_("Reposts"),
    "votes": N_("Votes"),
    "visible_activity": N_("Visible activity"),
    "group_activity": N_("Activity in groups"),
    "groups_active": N_("Groups you were active in"),
    "recruiter_contacts": N_("Recruiting contacts"),
    "recruiter_replies": N_("Answers to recruiting"),
    "profile_views": N_("Profile views"),
    "recruiter_views": N_("Views by recruiting"),
    "recommendations_given": N_("Recommendations given"),
    "recommendations_received": N_("Recommendations received"),
    "endorsements_given": N_("Endorsements given"),
    "endorsements_received": N_("Endorsements received"),
    "active_weeks": N_("Active weeks"),
    "streak_weeks": N_("Weeks in a row"),
    "care_weeks": N_("Weeks with direct contact"),
    "persons_total": N_("People in all"),
}

PLATFORMS = {"linkedin": "LinkedIn", "xing": "XING", "own": N_("own notes"), "all": N_("all platforms")}

SOURCES = {
    "linkedin_connections": N_("LinkedIn: contacts"),
    "linkedin_invitations": N_("LinkedIn: requests"),
    "linkedin_messages": N_("LinkedIn: messages"),
    "linkedin_shares": N_("LinkedIn: posts"),
    "linkedin_comments": N_("LinkedIn: comments"),
    "linkedin_reactions": N_("LinkedIn: reactions"),
    "linkedin_votes": N_("LinkedIn: votes"),
    "linkedin_reposts": N_("LinkedIn: reposts"),
    "linkedin_endorsements_received": N_("LinkedIn: endorsements received"),
    "linkedin_endorsements_given": N_("LinkedIn: endorsements given"),
    "linkedin_recommendations_received": N_("LinkedIn: recommendations received"),
    "linkedin_recommendations_given": N_("LinkedIn: recommendations given"),
    "xing_contacts": N_("XING: contacts"),
    "xing_messages": N_("XING: messages"),
    "own_groups": N_("own list of groups"),
    "own_activity": N_("own log"),
    "own_people": N_("own list of people"),
    "own_visitors": N_("own list of profile views"),
    "own_applications": N_("own list of applications"),
    "own_marks": N_("own marks"),
}

SENIORITY = {
    "executive": N_("Management and founders"),
    "lead": N_("Leads"),
    "senior": N_("Senior experts"),
    "professional": N_("Professionals"),
    "junior": N_("Juniors and students"),
    "untold": N_("Not told by the title"),
}

# For each number: none, one and several of it, in the middle of a sentence.
COUNTS = {
    "contacts_new": (N_("no new contact"), N_("one new contact"), N_("{n} new contacts")),
    "visible_activity": (N_("no visible act"), N_("one visible act"), N_("{n} visible acts")),
    "group_activity": (N_("none of them in groups"), N_("one of them in a group"), N_("{n} of them in groups")),
    "messages_sent": (N_("no message written"), N_("one message written"), N_("{n} messages written")),
    "messages_received": (N_("none received"), N_("one received"), N_("{n} received")),
    "messages_got": (N_("no message received"), N_("one message received"), N_("{n} messages received")),
    "posts": (N_("no post"), N_("one post"), N_("{n} posts")),
    "comments": (N_("no comment"), N_("one comment"), N_("{n} comments")),
    "reactions": (N_("no reaction"), N_("one reaction"), N_("{n} reactions")),
    "reposts": (N_("no repost"), N_("one repost"), N_("{n} reposts")),
    "votes": (N_("no vote"), N_("one vote"), N_("{n} votes")),
    "messages_arrived": (N_("no message"), N_("one message"), N_("{n} messages")),
    "conversations_started": (
        N_("no conversation begun"),
        N_("one conversation begun"),
        N_("{n} conversations begun"),
    ),
    "recruiter_contacts": (N_("no recruiting contact"), N_("one recruiting contact"), N_("{n} recruiting contacts")),
    "recruiter_views": (N_("none by recruiting"), N_("one of them by recruiting"), N_("{n} of them by recruiting")),
    "rows_refused": (N_("all of them readable"), N_("one entry was unreadable"), N_("{n} entries were unreadable")),
}

# Entries of the own log, one and several of each kind, in the order in which they are told.
OWN_ENTRIES = {
    "meeting": (N_("one meeting"), N_("{n} meetings")),
    "call": (N_("one call"), N_("{n} calls")),
    "advice_asked": (N_("advice got once"), N_("advice got {n} times")),
    "advice_given": (N_("advice given once"), N_("advice given {n} times")),
    "introduction": (N_("one introduction"), N_("{n} introductions")),
    "referral": (N_("one recommendation"), N_("{n} recommendations")),
    "greeting": (N_("one greeting"), N_("{n} greetings")),
}

# What opens the page where nothing happened, or little is known.
FINDINGS = {
    "quiet": N_("A quiet week"),
    "still_quiet": N_("It stays quiet"),
    "known": N_("What is known of this week"),
    "known_again": N_("This week, as far as it is known"),
}

REASONS = {
    "never": N_("No export of {platform} holds this."),
    "missing": N_("No export with this was given."),
    "later": N_("The export ends on {until}, before this week."),
    "earlier": N_("The export does not reach back to this week."),
    "one_export": N_("This shows only between two exports of different dates."),
    "no_addresses": N_("The export names no profile addresses to compare."),
    "names_only": N_("The export of {platform} holds names only."),
}
NOT_NOTED = N_("visitors.csv has no line for this week.")
VIEWS_REASON = N_("No export holds who looked at a profile.")


class Sentences:
    """Writes in one language. Methods take rows of sql/report tables and return finished sentences, or None.

    `quiet`: for a member who asked for it nothing is counted that was not done, and no week compared with another.
    """

    def __init__(self, language: str, *, quiet: bool = False) -> None:
        self.language = language
        self.quiet = quiet
        self._ = words.translations(language).gettext
        self.pgettext = words.translations(language).pgettext

    def translate(self, text: str) -> str:
        """Return the translation of a marked message."""
        return self._(text)

    def definition(self, text: str) -> str:
        """Return how a number is counted, from the comment of its column in sql/metrics, as a sentence."""
        return upper(self._(text)).rstrip(".") + "."

    def subject(self, headline: str, week: int, *, running: bool = False) -> str:
        """Return the subject of the mail: the week, whether it goes on, and the finding."""
        label = words.week_label(week, self.language)
        if running:
            label = self._("{week}, still running").format(week=label)
        subject = f"{upper(label)}: {headline}"
        return subject.replace("\u00a0", " ")  # a no-break space would make mail programs encode the whole line

    def number(self, value: float) -> str:
        """Return a number in a sentence: a word below ten, else a figure."""
        if isinstance(value, int) and 0 <= value < len(NUMBER_WORDS):
            return self._(NUMBER_WORDS[value])
        return words.number(value, self.language)

    def numbers(self, *values: float) -> list[str]:
        """Return the numbers of one sentence: as words where all are below ten, else as figures."""
        if all(isinstance(value, int) and 0 <= value < len(NUMBER_WORDS) for value in values):
            return [self.number(value) for value in values]
        return [words.number(value, self.language) for value in values]

    def count(self, name: str, value: int, *beside: int | None) -> str:
        """Return “three new contacts” for a number of COUNTS; `beside` are the others of the same sentence."""
        none, one, many = COUNTS[name]
        if value == 0:
            return self._(none)
        [number, *_] = self.numbers(value, *(other or 0 for other in beside))
        return self._(one) if value == 1 else self._(many).format(n=number)

    def label(self, metric: str) -> str:
        """Return the name of a number as people read it."""
        return self._(LABELS[metric])

    def platform(self, platform: str) -> str:
        """Return a platform's name."""
        return self._(PLATFORMS[platform])

    def source(self, source: str) -> str:
        """Return the name of a source as people read it."""
        return self._(SOURCES[source])

    def day(self, day: date) -> str:
        """Return a date written out."""
        return words.date_long(day, self.language)

    def reason(self, row: Row) -> str | None:
        """Say why a number is absent: from `reason`, `source`, `platform`, `until` of report_metrics."""
        if row["reason"] is None:
            return None
        if row["source"] == "views":
            return self._(NOT_NOTED if row["reason"] == "not_noted" else VIEWS_REASON)
        until = self.day(row["until"]) if row["until"] else ""
        return self._(REASONS[row["reason"]]).format(platform=self.platform(row["platform"]), until=until)

    def change(self, row: Row) -> str | None:
        """Compare with the week before: from `value`, `previous_week`, `is_whole`, `unit` of report_metrics."""
        if row["value"] is None or row["previous_week"] is None or not row["is_whole"]:
            return None
        difference = row["value"] - row["previous_week"]
        if difference == 0:
            return self._("as in the week before")
        if difference == 1:
            # Languages with genders need to know whether a contact or an act is meant.
            return (
                self.pgettext("act", "one more than in the week before")
                if row["unit"] == "acts"
                else self._("one more than in the week before")
            )
        if difference == -1:
            return (
                self.pgettext("act", "one fewer than in the week before")
                if row["unit"] == "acts"
                else self._("one fewer than in the week before")
            )
        template = (
            self._("{n} more than in the week before")
            if difference > 0
            else self._("{n} fewer than in the week before")
        )
        return template.format(n=self.number(abs(difference)))

    def running(self, until: date | None) -> str | None:
        """Say that the reported week goes on, and up to which day it is known; nothing about a week that is over."""
        if until is None:
            return None
        return self._("Week still running, as of {day}").format(day=words.day_short(until, self.language))

    def only(self, platform: str | None) -> str | None:
        """Say on which platform alone a number rests; nothing where it rests on all."""
        return self._("{platform} only").format(platform=self.platform(platform)) if platform else None

    def usual(self, row: Row) -> str | None:
        """Say of a whole week what is usual, and whether it is beyond it; that nothing is as usual says nothing.

        From `value`, `is_whole`, `usual_low`, `usual_high`, `direction`, `four_weeks`, `four_weeks_before` of report_metrics.
        """
        low, high = row["usual_low"], row["usual_high"]
        if not row["is_whole"] or low is None or high is None or row["value"] == low == high == 0:
            return None
        is_more = row["direction"] == "up"
        if row["direction"] and row["four_weeks"] is not None:
            text = (
                self._("more than usual: {n} in four weeks, {before} in the four before")
                if is_more
                else self._("fewer than usual: {n} in four weeks, {before} in the four before")
            )
            return text.format(
                n=words.number(row["four_weeks"], self.language),
                before=words.number(row["four_weeks_before"], self.language),
            )
        if row["direction"]:
            text = self._("more than usual ({usual})") if is_more else self._("fewer than usual ({usual})")
            return text.format(usual=self.span(low, high))
        return self._("usually {usual}").format(usual=self.span(low, high))

    def span(self, low: float, high: float) -> str:
        """Return “1 to 4” in figures, one figure where both ends are the same."""
        first, last = words.number(low, self.language), words.number(high, self.language)
        return first if low == high else self._("{low} to {high}").format(low=first, high=last)

    def is_as_usual(self, row: Row) -> bool:
        """Whether a whole week holds something and lies within the usual range: from the same columns and `is_whole`."""
        if not row["value"] or not row["is_whole"] or row["usual_low"] is None:
            return False
        return row["direction"] is None and row["usual_low"] <= row["value"] <= row["usual_high"]

    def headline(self, row: Row, numbers: Mapping[str, Row], kept: Row, noted: Sequence[Row]) -> str:
        """Return the finding of the week, with what there is and not with what there was none of.

        From report_headline, the values of the reported week, `vacation_weeks` of report_rhythm and report_personal.
        """
        kind, value = row["kind"], row["value"]
        if kind in ("rise", "fall", "rise_four_weeks", "fall_four_weeks"):
            if not self.quiet:
                return self._unusual(row)
            told = self.told(numbers, "contacts_new", "visible_activity") or self.messages(numbers)
            return told or self._(FINDINGS["known"])
        if kind == "waiting" and self.quiet:
            return self.told(numbers, "contacts_new", "visible_activity") or self._(FINDINGS["known"])
        if kind == "waiting":
            return (
                self._("One message is waiting for an answer")
                if value == 1
                else upper(self._("{n} messages are waiting for an answer").format(n=self.number(value)))
            )
        if kind == "goal":
            return self._goal(row)
        if kind == "round_number":
            return self._("Your network has passed {n} contacts").format(n=words.number(value, self.language))
        if kind == "streak":
            return self.streak(value, kept)
        if kind == "own":
            return self._("Noted by you: {what}").format(what=self.noted(noted, "entries_in_week", 2))
        if kind == "own_recent":
            return self._("Noted by you in twelve weeks: {what}").format(what=self.noted(noted, "entries_recent", 2))
        if kind == "ordinary":
            return self.told(numbers, "contacts_new", "visible_activity")
        if kind == "messages":
            return self.messages(numbers)
        if kind == "correspondents":
            if value == 1:
                return self._("Messages with one person")
            return self._("Messages with {n} people").format(n=self.number(value))
        if kind == "network":
            new = numbers["contacts_new"]["value"]
            text = (
                self._("{total} contacts, one of them new") if new == 1 else self._("{total} contacts, {n} of them new")
            )
            return upper(text.format(total=self.number(value), n=self.number(new)))
        if kind == "acts":
            return self.told(numbers, "posts", "comments", "reactions", "reposts", "votes")
        return self._(FINDINGS[kind])

    def streak(self, weeks: int, kept: Row) -> str:
        """Return how long the member has been active every week: from `streak` and `vacation_weeks` of report_rhythm."""
        text = self._("Active every week for {n} weeks")
        if kept["vacation_weeks"]:
            text = self._("Active every week for {n} weeks, vacations aside")
        return text.format(n=self.number(weeks))

    def told(self, numbers: Mapping[str, Row], *names: str) -> str:
        """Return what there is of these numbers as the beginning of a sentence; zero and absent ones are passed over."""
        values = [numbers[name]["value"] for name in names]
        said = [self.count(name, value, *values) for name, value in zip(names, values, strict=True) if value]
        return upper(", ".join(said))

    def messages(self, numbers: Mapping[str, Row]) -> str:
        """Return how many messages there are as the beginning of a sentence: from messages_sent and messages_received."""
        if numbers["messages_sent"]["value"]:
            return self.told(numbers, "messages_sent", "messages_received")
        received = numbers["messages_received"]["value"]
        return upper(self.count("messages_got", received)) if received else ""

    def exchanged(self, numbers: Mapping[str, Row]) -> str | None:
        """Say how many messages were written and received, None where there were none: from messages_sent and messages_received."""
        sent, received = (numbers[name]["value"] or 0 for name in ("messages_sent", "messages_received"))
        first, second = self.numbers(sent, received)
        if sent and received:
            if sent == 1 and received == 1:
                return self._("You wrote one message and received one.")
            if sent == 1:
                return self._("You wrote one message and received {n}.").format(n=second)
            if received == 1:
                return self._("You wrote {n} messages and received one.").format(n=first)
            return self._("You wrote {n} messages and received {m}.").format(n=first, m=second)
        if sent:
            return self._("You wrote one message.") if sent == 1 else self._("You wrote {n} messages.").format(n=first)
        if received:
            return (
                self._("You received one message.")
                if received == 1
                else self._("You received {n} messages.").format(n=second)
            )
        return None

    def noted(self, rows: Sequence[Row], column: str, most: int = len(OWN_ENTRIES)) -> str:
        """Return “two meetings, one call” of rows with a `kind`, the first kinds that have any in `column`, in their order."""
        found = {row["kind"]: row[column] for row in rows}
        counts = {kind: count for kind in OWN_ENTRIES if (count := found.get(kind))}
        told = []
        for (kind, count), number in zip(counts.items(), self.numbers(*counts.values()), strict=True):
            one, many = OWN_ENTRIES[kind]
            told.append(self._(one) if count == 1 else self._(many).format(n=number))
        return self.listed(told[:most])

    def listed(self, parts: Sequence[str]) -> str:
        """Return “a, b and c”."""
        return words.listed(parts, self.language)

    def _goal(self, row: Row) -> str:
        text = self._("{label}: {n}, the goal of the week for the first time")
        return text.format(label=self.label(row["metric"]), n=self.number(row["value"]))

    def _unusual(self, row: Row) -> str:
        templates = {
            ("rise", "contacts_new"): self._("More new contacts than in any week of the last half year: {n}"),
            ("rise", "visible_activity"): self._("More visible than in any week of the last half year: {n} acts"),
            ("rise", "conversations_started"): self._(
                "You began more conversations than in any week of the last half year: {n}"
            ),
            ("fall", "contacts_new"): self._("Fewer new contacts than usual: {n}"),
            ("fall", "visible_activity"): self._("Less visible activity than usual: {n}"),
            ("fall", "conversations_started"): self._("Fewer conversations begun than usual: {n}"),
            ("rise_four_weeks", "contacts_new"): self._(
                "{n} new contacts in four weeks, more than in any four weeks of the half year before"
            ),
            ("rise_four_weeks", "visible_activity"): self._(
                "{n} visible acts in four weeks, more than in any four weeks of the half year before"
            ),
            ("rise_four_weeks", "conversations_started"): self._(
                "{n} conversations begun in four weeks, more than in any four weeks of the half year before"
            ),
            ("fall_four_weeks", "contacts_new"): self._("Fewer new contacts in four weeks than usual: {n}"),
            ("fall_four_weeks", "visible_activity"): self._("Less visible activity in four weeks than usual: {n}"),
            ("fall_four_weeks", "conversations_started"): self._(
                "Fewer conversations begun in four weeks than usual: {n}"
            ),
        }
        # Behind a colon a figure, else a word: most languages know one for a number only together with its noun.
        number = self.number if row["kind"] == "rise_four_weeks" else lambda value: words.number(value, self.language)
        return upper(templates[row["kind"], row["metric"]].format(n=number(row["value"])))

    def both(self, first: str, second: str) -> str:
        """Return two findings as one headline."""
        return upper(self._("{first}, {second}").format(first=first, second=second))

    def lead(self, headline: Row, numbers: Mapping[str, Row], kept: Row, noted: Sequence[Row]) -> str:
        """Return what the headline has left to say, nothing where there is no more.

        From `kind` of report_headline, report_rhythm, the messages of the week, report_personal, and what is usual where the week was quiet.
        """
        kind, streak = headline["kind"], kept["streak"]
        parts = []
        if kind != "own" and (told := self.noted(noted, "entries_in_week")):
            parts.append(self._("Noted by you: {what}").format(what=told) + ".")
        if kind != "streak" and streak is not None and streak >= 3:
            text = self._("You have been active every week for {n} weeks.")
            if kept["vacation_weeks"]:
                text = self._("You have been active every week for {n} weeks, vacations aside.")
            parts.append(text.format(n=self.number(streak)))
        if kind != "messages" and (told := self.exchanged(numbers)):
            parts.append(told)
        if kind in ("quiet", "still_quiet"):
            parts.extend(self._usual_week(numbers["contacts_new"]))
        return " ".join(parts)

    def _usual_week(self, row: Row) -> list[str]:
        """Say what a week usually brings: from `usual_low`, `usual_high` of contacts_new."""
        low, high = row["usual_low"], row["usual_high"]
        if not high:
            return []
        if low == high:
            return [self._("In a usual week: {count}.").format(count=self.count("contacts_new", high))]
        if not low:
            return [self._("In a usual week: at most {count}.").format(count=self.count("contacts_new", high))]
        text = self._("In a usual week: {low} to {high} new contacts.")
        return [text.format(low=words.number(low, self.language), high=words.number(high, self.language))]

    def since_sunday(self, row: Row | None) -> str | None:
        """Say what the exports show of the days after the week: from report_since."""
        if row is None:
            return None
        columns = ("contacts_new", "messages_received", "visible_activity")
        values = [row[column] for column in columns]
        parts = [
            self.count({"messages_received": "messages_arrived"}.get(column, column), value, *values)
            for column, value in zip(columns, values, strict=True)
            if value
        ]
        if own := self.noted(row["own"], "entries"):
            parts.append(own)
        if not parts:
            return None
        return self._("Since Sunday, up to {day}: {what}.").format(
            day=words.day_short(row["until"], self.language), what=self.listed(parts)
        )

    def age(self, days: int) -> str | None:
        """Return “five weeks old” for a source that lies more than four weeks back."""
        if days <= 28:
            return None
        return self._("{n} weeks old").format(n=self.number(days // 7))

    def ledger(self, row: Row, platforms: Container[str]) -> str:
        """Say what was read, where it comes from, and what was refused: from report_ledger and `platform` of report_sources."""
        rows, refused = row["rows_read"], row["rows_refused"]
        exports = [self.platform(name) for name in ("linkedin", "xing") if name in platforms]
        if exports and rows != 1:
            text = self._("{rows} entries read from your exports of {platforms}, {refused}.")
            if "own" in platforms:
                text = self._("{rows} entries read from your exports of {platforms} and your own notes, {refused}.")
            said = text.format(
                rows=words.number(rows, self.language),
                platforms=words.listed(exports, self.language),
                refused=self.count("rows_refused", refused),
            )
        elif rows == 1:
            said = self._("One entry read, it was unreadable.") if refused else self._("One entry read.")
        else:
            said = self._("{rows} entries read, {refused}.").format(
                rows=words.number(rows, self.language), refused=self.count("rows_refused", refused)
            )
        if row["files_failed"]:
            said += " " + (
                self._("One file could not be read.")
                if row["files_failed"] == 1
                else self._("{n} files could not be read.").format(n=upper(self.number(row["files_failed"])))
            )
        if row["exports_held_back"]:
            said += " " + (
                self._("One export was held back because it is not yours.")
                if row["exports_held_back"] == 1
                else self._("{n} exports were held back because they are not yours.").format(
                    n=upper(self.number(row["exports_held_back"]))
                )
            )
        if row["exports_of_nobody"]:
            said += " " + (
                self._("Nothing in one export tells whose it is; it was used all the same.")
                if row["exports_of_nobody"] == 1
                else self._("Nothing in {n} exports tells whose they are; they were used all the same.").format(
                    n=self.number(row["exports_of_nobody"])
                )
            )
        return said


def upper(text: str) -> str:
    """Return a sentence that begins with a capital."""
    return text[:1].upper() + text[1:]
