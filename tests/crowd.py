"""A crowd of members for properties that hold whatever members did: their rows collide wherever they can.

Belongs here: the invention. What a test tells on purpose, row by row, is told with `scenario.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.scenario import GROUP_LINK, NAMES, OWNER, OWNER_LINK, POST_LINK, Scenario, link, moment

if TYPE_CHECKING:
    import random

    from tests.scenario import Member, Row

HOURS = ("00:00:00", "12:00:00", "21:59:59", "22:00:00", "22:59:59", "23:00:00", "23:59:59")


def crowd(rng: random.Random, members: int = 6) -> Scenario:
    """Return members whose rows collide wherever they can: few names, few days, few moments, several overlapping exports each.

    Every export holds a part of one life, up to its day on the member's clock: contacts leave, close their accounts, change jobs;
    records are missing in one export and twice in another.
    """
    told = Scenario()
    for number in range(members):
        zone = rng.choice(("Europe/Berlin", "UTC", "America/Los_Angeles", "Asia/Tokyo"))
        week = rng.choice((None, None, "2026-W08", "2026-W13", "2026-W20", "2025-W40"))
        member = told.member(f"member{number}", name=rng.choice((None, OWNER)), time_zone=zone, week=week)
        if number % 3 == 0:
            member.vacation("2026-03-23", "2026-03-27").vacation("2026-03-27", "2026-04-02")
        if number % 2 == 0:
            member.started("2026-03-31" if number % 4 else "2026-03-23").session("2026-03-20", "a", "b").session(
                "2027-01-01"
            )
            member.goal("messages_sent", 1, "2026-02-01", "2026-04-05").goal("reactions", 2, "2026-03-02", "2026-03-31")
            member.goal("messages_sent", 2, "2026-04-06", "2026-12-31")
        days = [(date(2026, 3, 20) + timedelta(days=n)).isoformat() for n in range(25)]
        life = _Life(
            rng, days + ["2025-12-28", "2025-12-29", "2025-09-14"] * 3 + ["2022-11-01"] * rng.choice((0, 0, 0, 9)), zone
        )
        for _ in range(rng.randint(1, 3)):
            life.linkedin(member, rng.choice(days))
        for _ in range(rng.randint(0, 2)):
            life.xing(member, rng.choice(days))
        if rng.random() < 0.3:
            member.own(days[-1]).group("11", "Data in Kiel").group("11", "Data in Kiel").group("12", "Harbour")
        if rng.random() < 0.4:
            life.by_hand(member, days)
    return told


class _Life:
    """What a member of a crowd did, and exports that hold a part of it."""

    def __init__(self, rng: random.Random, days: list[str], zone: str) -> None:
        self.rng = rng
        self.zone = ZoneInfo(zone)
        people = [(name, link(name)) for name in NAMES[:6]] + [(NAMES[0], link(NAMES[0]) + "-2"), (OWNER, OWNER_LINK)]
        self.contacts = [
            (name, url, rng.choice(days), rng.choice([*days, ""]), rng.choice([*days, ""]))
            for name, url in rng.sample(people, rng.randint(0, len(people)))
        ]
        self.acts = [
            (rng.choice(("share", "comment", "reaction", "vote", "repost")), self._moment(days), self._link())
            for _ in range(rng.randint(0, 8))
        ]
        self.messages = [
            (self._moment(days), rng.choice(NAMES[:3]), rng.choice(("in", "out")), rng.choice(("a", "b", "c")))
            for _ in range(rng.randint(0, 10))
        ]
        if "2022-11-01" in days:  # somebody whom the member may write with again after a silence of years
            self.messages += [("2022-11-01 12:00:00", NAMES[0], direction, "a") for direction in ("out", "in")]
        self.invitations = [
            (self._moment(days), rng.choice(NAMES[:4]), rng.choice(("in", "out"))) for _ in range(rng.randint(0, 5))
        ]
        self.recognitions = [
            (
                rng.choice(("endorsement", "recommendation")),
                self._moment(days),
                rng.choice(NAMES[:4]),
                rng.choice(("given", "received")),
            )
            for _ in range(rng.randint(0, 4))
        ]

    def linkedin(self, member: Member, as_of: str) -> None:
        rng = self.rng
        export = member.linkedin(as_of)
        for name, url, since, left, closed in self._part(self.contacts) if rng.random() < 0.9 else ():
            if since > as_of or (left and left <= as_of):
                continue
            if closed and closed <= as_of:
                export.hidden(since)
            else:
                export.connection(
                    name,
                    rng.choice((since, since, since, None)),
                    url=rng.choice((url, url, None)),
                    company=rng.choice((None, "Nordlicht GmbH", "Kranwerk AG")),
                    position=rng.choice((None, "Recruiterin", "HR Managerin", "Ingenieur")),
                )
        for sent_at, name, direction in self._until(self.invitations, as_of) if rng.random() < 0.6 else ():
            export.invitation(sent_at, name, direction, note_key=rng.choice((None, "note")))
        for sent_at, name, direction, conversation in self._until(self.messages, as_of) if rng.random() < 0.8 else ():
            fields: Row = {"asks": rng.random() < 0.4, "text_key": rng.choice((None, "note", "text"))}
            if rng.random() < 0.1:
                fields |= {"is_sponsored": True, "conversation_title": "Sponsored Conversation"}
            if direction == "in" and rng.random() < 0.2:
                fields |= {"sender": "LinkedIn Member", "sender_url": None}
            fields["subject"] = rng.choice((None, None, "Stelle in Kiel", "Guten Tag"))
            export.message(sent_at, name, direction, conversation, **fields)
        if rng.random() < 0.7:
            for kind, acted_at, post_link in self._until(self.acts, as_of, moment_at=1):
                getattr(export, kind)(acted_at, post_link)
            for kind, acted_at, name, direction in self._until(self.recognitions, as_of, moment_at=1):
                getattr(export, kind)(acted_at, name, direction)
        if rng.random() < 0.4:
            export.application(f"{as_of} 00:00:00", rng.choice((None, "Nordlicht AG", "Kupferkanne AG")))
        if rng.random() < 0.4:
            company = rng.choice(("Kranwerk", "Nordlicht", "Werft AG"))
            export.add("linkedin_company_follows", company=company)
            export.add("linkedin_job_preferences", dream_companies=f"{company} | Werft AG", locations="Kiel | Hamburg")
            for applied_at in self._until([(self._moment(["2026-03-22", "2026-03-28"]),)], as_of):
                export.add(
                    "linkedin_job_applications", applied_at=moment(*applied_at), company=company, title="Ingenieurin"
                )
                export.add("linkedin_saved_jobs", saved_at=moment(*applied_at), company=company, title="Ingenieurin")
        if rng.random() < 0.2:
            export.failed("linkedin_comments")
        if rng.random() < 0.3:
            export.empty("linkedin_votes", "linkedin_messages")

    def xing(self, member: Member, as_of: str) -> None:
        rng = self.rng
        export = member.xing(as_of)
        for name, _, since, left, _ in self._part(self.contacts):
            confirmed = f"{since} {rng.choice(HOURS)}"
            if self._day(confirmed) <= as_of and not (left and left <= as_of):
                export.contact(name, rng.choice((confirmed, confirmed, None)))
        for sent_at, name, direction, subject in self._until(self.messages, as_of):
            sender = OWNER if direction == "out" else name
            export.talk(sent_at, subject, rng.choice((name, f"{name},{OWNER}")), (sent_at, sender))

    def by_hand(self, member: Member, days: list[str]) -> None:
        """Tell the own lists; the second export is a later copy that holds some of the same entries."""
        rng = self.rng
        entries = [
            (
                rng.choice([*days[:20], "2025-12-28"]),
                rng.choice(("meeting", "call", "greeting", "referral", "advice_asked", "recruiter_contact")),
                rng.choice((*NAMES[:4], None)),
                rng.choice((None, "given", "received")),
            )
            for _ in range(rng.randint(0, 6))
        ]
        for as_of in days[20 : 21 + rng.randint(0, 1)]:
            export = member.own(as_of)
            for done_on, kind, name, direction in self._part(entries):
                export.entry(done_on, kind, name, direction, platform=rng.choice((None, None, "xing")))
            for name in rng.sample(NAMES[:6], 2):
                known_since = rng.choice((None, "2015-01-01", as_of))
                export.person(name, known_since, profile=rng.choice((None, link(name))), company="Nordlicht GmbH")
            export.person(NAMES[6], "1990-01-01").person(OWNER)
            for platform in (None, "linkedin", "xing"):
                export.views(rng.choice(("2026-04-06", "2026-03-30")), rng.choice((0, 7, None)), 1, platform=platform)
            export.applied(
                "Nordlicht",
                rng.choice((as_of, None)),
                has_interview=rng.random() < 0.5,
                through=rng.choice((None, "A")),
            )
            export.applied("Kranwerk AG", "2026-03-21", title=rng.choice((None, "Analystin")), status="rejected")
            for name in NAMES[1:4]:
                export.mark(name, rng.choice(("done", "later", "never", "no_recruiter")), rng.choice(days[:20]))

    def _part(self, records: list[Any]) -> list[Any]:
        copies = (0, 1, 1, 1, 1, 1, 1, 2)
        return [record for record in records for _ in range(self.rng.choice(copies))]

    def _until(self, records: list[Any], as_of: str, moment_at: int = 0) -> list[Any]:
        return [record for record in self._part(records) if self._day(record[moment_at]) <= as_of]

    def _day(self, moment_: str) -> str:
        return datetime.fromisoformat(moment_ + "+00:00").astimezone(self.zone).date().isoformat()

    def _moment(self, days: list[str]) -> str:
        return f"{self.rng.choice(days)} {self.rng.choice(HOURS)}"

    def _link(self) -> str:
        return self.rng.choice(
            (POST_LINK.format(post=1), GROUP_LINK.format(group=11, post=2), GROUP_LINK.format(group=12, post=3))
        )
