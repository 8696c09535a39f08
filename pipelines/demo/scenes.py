"""The scenes a report must get right: recruiting and what looks like it, open questions, silence, groups, drafts.

Belongs here: conversations that are written out, each for a reason. Everyday talk is in talks.py. Every scene adds people, contacts or
messages of its own and says the truth about them in what it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from pipelines.demo import phrases
from pipelines.demo.rhythm import AS_OF, BEGIN, moment_between, soon_after, utc
from pipelines.demo.talks import say, week_turns
from pipelines.demo.truth import Approach, Contact, Conversation, Invitation, Message

if TYPE_CHECKING:
    import random

    from pipelines.demo.people import Crowd
    from pipelines.demo.talks import Threads
    from pipelines.demo.truth import Person, Role


@dataclass
class Recruiting:
    """What the recruiting scenes add to the story."""

    contacts: list[Contact] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    approaches: list[Approach] = field(default_factory=list)


@dataclass(frozen=True)
class _Plan:
    """One approach as it is written out: `answer_after` in hours, None while it is open."""

    first_at: datetime
    channel: Literal["inmail", "invitation"]
    english: bool
    answer_after: float | None


def _local(month: int, day: int, hour: int, minute: int) -> datetime:
    return utc(datetime(2026, month, day, hour, minute))  # noqa: DTZ001


_SINCE_AUGUST = (
    _Plan(_local(8, 19, 10, 12), "inmail", english=False, answer_after=30),
    _Plan(_local(9, 16, 9, 41), "inmail", english=True, answer_after=None),
    _Plan(_local(10, 6, 14, 25), "invitation", english=False, answer_after=20),
    _Plan(_local(10, 21, 11, 3), "inmail", english=True, answer_after=26),
    _Plan(_local(11, 10, 15, 48), "invitation", english=True, answer_after=22),
    _Plan(_local(11, 12, 9, 17), "inmail", english=False, answer_after=None),
)
_SUBJECTS = {
    False: (
        "Data Analyst (m/w/d) in Köln",
        "Neue Stelle: Senior Analystin, 80 % remote",
        "Ihr Profil und unsere Position Analytics",
    ),
    True: (
        "Senior Data Analyst role, Cologne or remote",
        "Hiring: Analytics Engineer",
        "Your next role in data",
    ),
}
_PITCHES = {
    False: "Guten Tag, für {company} suche ich jemanden mit Erfahrung in {topic}. Darf ich Ihnen mehr dazu schicken?",
    True: "Hi, I am hiring for {company} and your background in {topic} caught my eye. Open to a quick call on {day}?",
}
_ANSWERS = {
    False: "Vielen Dank für Ihre Nachricht. Das klingt interessant, am {day} habe ich Zeit.",
    True: "Thank you for reaching out. {day} works for me.",
}
_RECRUITING_NOTES = {
    False: "Guten Tag, ich besetze Positionen rund um {topic} und würde mich gern mit Ihnen vernetzen.",
    True: "Hi, I recruit for {topic} teams in Cologne and would like to connect.",
}


def recruiting(rng: random.Random, crowd: Crowd, threads: Threads, older: int) -> Recruiting:
    """Write out the recruiters who approached her, `older` of them before the search began."""
    plans = [
        _Plan(
            moment_between(rng, date(2016, 1, 4), date(2026, 5, 25)),
            "inmail",
            english=number % 3 == 1,
            answer_after=None if number % 5 < 2 else 10 + 60 * rng.random(),
        )
        for number in range(older)
    ]
    scene = Recruiting()
    for plan in (*sorted(plans, key=lambda p: p.first_at), *_SINCE_AUGUST):
        since = plan.first_at.date() - timedelta(days=400)
        person = crowd.person("recruiter", since=since, english=plan.english)
        if plan.channel == "inmail":
            _inmail(rng, threads, person, plan, scene)
        else:
            _recruiter_invites(rng, threads, person, plan, scene)
    return scene


def _inmail(rng: random.Random, threads: Threads, person: Person, plan: _Plan, scene: Recruiting) -> None:
    subject = rng.choice(_SUBJECTS[plan.english])
    talk = threads.open(person, title=subject, subject=subject)
    text = phrases.fill(rng, _PITCHES[plan.english], person.language)
    talk.messages.append(Message(plan.first_at, False, person, text, "inmail", asks=True))
    answered = _answer(rng, talk, plan, plan.first_at)
    scene.approaches.append(Approach(person, "inmail", plan.first_at, answered, genuine=True))


def _recruiter_invites(rng: random.Random, threads: Threads, person: Person, plan: _Plan, scene: Recruiting) -> None:
    """Let a recruiter invite her with a note; she accepts, and the note turns up as their first message."""
    note = phrases.fill(rng, _RECRUITING_NOTES[plan.english], person.language)
    sent = plan.first_at.replace(second=0)
    accepted = soon_after(rng, sent, 3)
    scene.contacts.append(Contact(person, accepted))
    scene.invitations.append(Invitation(person, sent, outgoing=False, note=note, accepted_at=accepted))
    talk = threads.thread(person)
    asked = accepted + timedelta(hours=2, minutes=7)
    pitch = phrases.fill(rng, _PITCHES[plan.english], person.language)
    talk.messages.append(Message(asked, False, person, pitch, asks=True))
    answered = _answer(rng, talk, plan, asked)
    scene.approaches.append(Approach(person, "invitation", sent, answered, genuine=True))


def _answer(rng: random.Random, talk: Conversation, plan: _Plan, asked: datetime) -> datetime | None:
    if plan.answer_after is None:
        return None
    at = asked + timedelta(seconds=int(plan.answer_after * 3600))
    text = phrases.fill(rng, _ANSWERS[plan.english], "en" if plan.english else "de")
    talk.messages.append(Message(at, True, None, text))
    if rng.random() < 0.5:
        later = soon_after(rng, at, 4)
        talk.messages.append(say(rng, later, talk.others[0], talk.others[0].language, closing=True))
    return at


@dataclass(frozen=True)
class _Lookalike:
    """Somebody whose first words have a subject and who is no recruiter, or no honest one."""

    role: Role
    at: datetime
    english: bool
    subject: str
    text: str
    folder: str = "INBOX"


_LOOKALIKES = (
    _Lookalike(
        "sales", _local(9, 2, 8, 30), False, "Mehr Termine für Ihr Team",
        "Wir füllen Ihren Kalender mit Terminen, ganz automatisch. Wann passt es Ihnen?",
    ),
    _Lookalike(
        "sales", _local(10, 28, 8, 30), True, "Quick question",
        "We help analysts cut reporting time in half. Worth a chat?", "ARCHIVE",
    ),
    _Lookalike(
        "spam", _local(8, 26, 7, 12), False, "Verdienen Sie 5.000 € im Monat",
        "Nur noch heute: Ihr Platz im exklusiven Kreis der Investoren.", "SPAM",
    ),
    _Lookalike(
        "fake recruiter", _local(9, 30, 5, 44), True, "Remote job, 400 € per day",
        "Dear candidate, you are selected. No interview needed, send me a copy of your ID on the messenger.",
    ),
)  # fmt: skip


def lookalikes(crowd: Crowd, threads: Threads) -> list[Approach]:
    """Write out sales, spam and a fake recruiter, who have a subject and are no contacts; return what poses as recruiting."""
    found = []
    for case in _LOOKALIKES:
        person = crowd.person(case.role, english=case.english)
        talk = threads.open(person, title=case.subject, subject=case.subject, folder=case.folder)
        talk.messages.append(Message(case.at, False, person, case.text, "inmail", asks="?" in case.text))
        if case.role == "fake recruiter":
            found.append(Approach(person, "inmail", case.at, None, genuine=False))
    return found


def hr_colleague(rng: random.Random, crowd: Crowd, threads: Threads) -> tuple[Contact, Invitation]:
    """Let somebody from human resources, who recruits nobody, invite her and write about something else."""
    sent = _local(10, 14, 12, 20)
    person = crowd.person("hr", employer="Kompassrose Medien GmbH", since=date(2022, 5, 2), english=False)
    accepted = sent + timedelta(hours=5, minutes=3)
    threads.thread(person).messages.append(say(rng, accepted + timedelta(hours=1), person, "de", closing=True))
    threads.thread(person).messages.append(say(rng, accepted + timedelta(hours=3), None, "de", closing=True))
    return Contact(person, accepted), Invitation(person, sent, outgoing=False, accepted_at=accepted)


def open_ends(rng: random.Random, threads: Threads, cast: list[Person]) -> None:
    """Let three people wait for her answer, and three others owe her two; they had written before. Takes six of `cast`."""
    waiting = (
        ("asks", _local(11, 3, 19, 5)),
        ("offers", _local(11, 9, 8, 52)),
        ("asks advice", _local(11, 17, 13, 31)),
    )
    for person, (mood, at) in zip(cast[:3], waiting, strict=True):
        talk = threads.thread(person)
        talk.messages.append(say(rng, at - timedelta(days=40), None, person.language))
        talk.messages.append(say(rng, at - timedelta(days=39), person, person.language, closing=True))
        talk.messages.append(say(rng, at, person, person.language, mood=mood))
    for person, at in zip(cast[3:6], (_local(9, 8, 9, 30), _local(9, 29, 18, 0), _local(10, 20, 10, 45)), strict=True):
        talk = threads.thread(person)
        talk.messages.append(say(rng, at - timedelta(days=200), person, person.language, closing=True))
        talk.messages.append(say(rng, at, None, person.language, mood="asks"))
        talk.messages.append(say(rng, at + timedelta(days=9), None, person.language, mood="asks advice"))


def old_friends(rng: random.Random, threads: Threads, cast: list[Contact]) -> None:
    """Let the people of `cast` write often for two years and then, more than three years ago, stop."""
    for contact in cast:
        at = max(contact.connected_at, datetime(2015, 1, 5, 9))  # noqa: DTZ001
        for number in range(9):
            at = soon_after(rng, at, 24 * 60)
            if at.date() > date(AS_OF.year - 3, 9, 1):
                break
            sender = contact.person if number % 2 else None
            threads.thread(contact.person).messages.append(say(rng, at, sender, contact.person.language))


def others(rng: random.Random, crowd: Crowd, threads: Threads, cast: list[Person]) -> None:
    """Add group talks, a deleted account, sponsored mail, drafts, and moments at the turn of weeks. Takes nine of `cast`."""
    for title, people, begin in (
        ("Stammtisch Daten", cast[0:4], date(2026, 9, 14)),
        ("", cast[3:5], date(2024, 2, 5)),
        ("Abschied von Jörg 🎈", cast[4:8], date(2019, 6, 3)),
    ):
        talk, at = threads.open(*people, title=title), moment_between(rng, begin, begin)
        for number in range(7):
            sender = None if number % 3 == 1 else people[number % len(people)]
            talk.messages.append(say(rng, at, sender, "de", closing=True))
            at = soon_after(rng, at, 12)
    gone = crowd.person(deleted=True)
    talk, at = threads.open(gone), moment_between(rng, date(2021, 5, 3), date(2021, 6, 7))
    talk.messages += [say(rng, at, gone, "de"), say(rng, at + timedelta(hours=3), None, "de", closing=True)]
    for number in range(5):
        talk = threads.open(title="Sponsored Conversation", folder="ARCHIVE")
        at = moment_between(rng, date(2023, 1, 2), date(2026, 11, 9))
        talk.messages.append(Message(at, False, None, phrases.SPONSORED[number % 3], "sponsored"))
    begun = "Hallo, ich wollte schon lange fragen, ob"
    threads.thread(cast[8]).messages.append(Message(_local(11, 11, 21, 14), True, None, begun, "draft"))
    threads.open(folder="").messages.append(Message(_local(10, 2, 16, 40), True, None, "Liebe", "draft"))
    week_turns(rng, threads.thread(cast[8]), cast[8])


def xing_talks(rng: random.Random, crowd: Crowd, people: list[Person]) -> tuple[list[Conversation], Approach]:
    """Return XING conversations with `people`, some empty, one in a group, and one recruiter's among them."""
    talks: list[Conversation] = []
    for person in people:
        subject = rng.choice(("Hallo", "Datenabend, Termin", "Danke für den Kontakt", "Frage zu Power BI"))
        talk = Conversation(len(talks) + 1, (person,), subject=subject)
        at = moment_between(rng, BEGIN, BEGIN.replace(year=2023) if len(talks) % 4 else AS_OF - timedelta(days=14))
        for number in range(rng.choice((0, 1, 2, 2, 3, 5))):
            talk.messages.append(say(rng, at, person if (number + len(talks)) % 2 else None, "de", closing=True))
            at = soon_after(rng, at, 20)
        talks.append(talk)
    group = Conversation(len(talks) + 1, tuple(people[:3]), subject="Klassentreffen, Planung")
    group.messages.append(say(rng, moment_between(rng, date(2018, 3, 5), date(2018, 3, 5)), people[0], "de"))
    gone = Conversation(len(talks) + 2, (), subject="Gelöschtes Mitglied")
    first_at, answer_at = _local(9, 2, 9, 26), _local(9, 4, 8, 10)
    recruiter = crowd.person("recruiter", english=False)
    subject = "Position als Senior Analystin (m/w/d)"
    approach = Conversation(len(talks) + 3, (recruiter,), subject=subject)
    pitch = phrases.fill(rng, _PITCHES[False])
    approach.messages.append(Message(first_at, False, recruiter, pitch, asks=True))
    approach.messages.append(Message(answer_at, True, None, phrases.fill(rng, _ANSWERS[False])))
    return [*talks, group, gone, approach], Approach(recruiter, "xing", first_at, answer_at, genuine=True)
