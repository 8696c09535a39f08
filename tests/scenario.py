"""Members told row by row: what the readers would have left in the raw tables, written down as a test wants it.

Belongs here: plain constants, and builders that append rows to the raw tables with the ledger that goes with them. Not files of an
export, which `pipelines/demo` invents, and nothing that computes a number.

    told = Scenario()
    ada = told.member("ada")
    export = ada.linkedin("2026-11-20")
    export.connection("Anna Arndt", "2026-11-02")
    export.message("2026-11-03 08:00", "Anna Arndt", "in")
    database = told.database()

Moments are UTC as text (`2026-11-03 08:00` or with seconds), days are text too. People have invented names, `link("Anna Arndt")` is
the profile address that belongs to a name.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines import steps
from pipelines.ingest import create_raw_tables
from pipelines.models import Model, load_models

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable

    from duckdb import DuckDBPyConnection

OWNER = "Ada Beispiel"
OWNER_LINK = "https://www.linkedin.com/in/ada-beispiel"
NAMES = (
    "Anna Arndt",
    "Bela Brandt",
    "Cem Cakir",
    "Dora Decker",
    "Emil Engel",
    "Fatma Falk",
    "Gero Graf",
    "Hanna Hirsch",
)
GROUP_LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3AgroupPost%3A{group}-{post}"
POST_LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{post}"
HOURS = ("00:00:00", "12:00:00", "21:59:59", "22:00:00", "22:59:59", "23:00:00", "23:59:59")

Row = dict[str, Any]


def link(name: str) -> str:
    """Return the profile link of a person as an export writes it."""
    return "https://www.linkedin.com/in/" + name.lower().replace(" ", "-")


class Scenario:
    """Rows of the raw tables, in the order in which they were told."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)

    def member(
        self,
        key: str = "ada",
        *,
        name: str | None = OWNER,
        language: str = "de",
        time_zone: str = "Europe/Berlin",
        week: str | None = None,
    ) -> Member:
        """Add a member; `week` is the week asked for."""
        row = {"member": key, "name": name, "language": language, "time_zone": time_zone, "week": week}
        self.rows["raw_members"].append(row)
        return Member(self, row)

    def ledger(self) -> list[Row]:
        """Return raw_files: one row for each file that rows name, and those noted without rows."""
        kept: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
        for table, rows in self.rows.items():
            for row in rows if "row" in rows[0] else ():
                kept[row["member"], row["export"], row["file"], table.removeprefix("raw_")] += 1
        return self.rows.get("raw_files", []) + [
            {
                "member": member,
                "export": export,
                "file": file,
                "source": source,
                "status": "read",
                "rows_read": count,
                "rows_kept": count,
                "rows_refused": 0,
            }
            for (member, export, file, source), count in kept.items()
        ]

    def raw(self, shuffle: random.Random | None = None) -> DuckDBPyConnection:
        """Return a database with the raw tables only, their rows in told order or shuffled."""
        connection = steps.connect()
        create_raw_tables(connection)
        tables = {**self.rows, "raw_files": self.ledger()}
        for table, rows in tables.items():
            insert(connection, table, shuffle.sample(rows, len(rows)) if shuffle else rows)
        return connection

    def database(
        self, shuffle: random.Random | None = None, *, models: Iterable[Model] | None = None
    ) -> DuckDBPyConnection:
        """Return a database with the raw tables and every model, or only `models`."""
        connection = self.raw(shuffle)
        for model in load_models(connection) if models is None else models:
            steps.build(connection, model)
        return connection


class Member:
    """One member of a scenario, whose exports are told one by one."""

    def __init__(self, scenario: Scenario, row: Row) -> None:
        self.scenario = scenario
        self.row = row
        self.key: str = row["member"]
        self.exports = 0

    def vacation(self, first_day: str, last_day: str) -> Member:
        """Add a vacation."""
        self.scenario.rows["raw_member_vacations"].append(
            {"member": self.key, "first_day": day(first_day), "last_day": day(last_day)}
        )
        return self

    def asked(self, **changes: str | None) -> Member:
        """Change what is asked for: name, language, time_zone or week."""
        self.row.update(changes)
        return self

    def target(self, kind: str, name: str) -> Member:
        """Add a company or a role that the member looks for, as members.toml names them."""
        self.scenario.rows["raw_member_targets"].append({"member": self.key, "kind": kind, "name": name})
        return self

    def linkedin(self, as_of: str, **fields: Any) -> Export:
        """Add a LinkedIn export of that day."""
        return self._export("linkedin", as_of, **{"owner": OWNER, "owner_address": "ada-beispiel"} | fields)

    def xing(self, as_of: str, **fields: Any) -> Export:
        """Add a XING export of that day."""
        return self._export("xing", as_of, **{"owner": OWNER} | fields)

    def own(self, as_of: str) -> Export:
        """Add a folder of own lists of that day."""
        return self._export("own", as_of)

    def _export(self, platform: str, as_of: str, **fields: Any) -> Export:
        self.exports += 1
        row = {
            "member": self.key,
            "export": f"{self.key}-{platform}-{as_of}-{self.exports}",
            "path": f"inbox/{self.key}/{platform}-{as_of}.zip",
            "platform": platform,
            "dated": day(as_of),
            "as_of": day(as_of),
            "reader": "1",
        } | fields
        self.scenario.rows["raw_exports"].append(row)
        return Export(self.scenario, row)


class Export:
    """One export of a member. Builders return the export, so that rows can be told in a chain."""

    def __init__(self, scenario: Scenario, row: Row) -> None:
        self.scenario = scenario
        self.row = row
        self.numbers: defaultdict[str, int] = defaultdict(int)

    def add(self, source: str, *, file: str | None = None, **cells: Any) -> Export:
        """Append one record of a source (`linkedin_shares`) with those cells."""
        file = file or f"{source}.csv"
        self.numbers[file] += 1
        keys = {"member": self.row["member"], "export": self.row["export"], "file": file, "row": self.numbers[file]}
        self.scenario.rows[f"raw_{source}"].append(keys | cells)
        return self

    def empty(self, *sources: str) -> Export:
        """Note files that are there without a row."""
        return self._note("empty", sources)

    def failed(self, *sources: str) -> Export:
        """Note files that could not be read."""
        return self._note("failed", sources, suffix="_damaged")

    def _note(self, status: str, sources: Iterable[str], suffix: str = "") -> Export:
        keys = {"member": self.row["member"], "export": self.row["export"], "status": status}
        counts = {"rows_read": 0, "rows_kept": 0, "rows_refused": 0}
        for source in sources:
            self.scenario.rows["raw_files"].append(keys | {"file": f"{source}{suffix}.csv", "source": source} | counts)
        return self

    def connection(self, name: str | None, connected_on: str | None, **fields: Any) -> Export:
        """Add a connection; `url=None` for exports that write no links."""
        first, _, last = (name or "").partition(" ")
        cells = {"first_name": first or None, "last_name": last or None, "url": link(name) if name else None}
        return self.add("linkedin_connections", **cells | {"connected_on": day(connected_on)} | fields)

    def hidden(self, connected_on: str) -> Export:
        """Add the row of a closed account: a date and nothing else."""
        return self.connection(None, connected_on)

    def invitation(self, sent_at: str, name: str, direction: str, **fields: Any) -> Export:
        """Add an invitation, `out` or `in`, to or from `name`."""
        sent = direction == "out"
        own, other = (OWNER, OWNER_LINK), (name, link(name))
        (sender, inviter), (recipient, invitee) = (own, other) if sent else (other, own)
        cells = {
            "sender": sender,
            "recipient": recipient,
            "sent_at": moment(sent_at),
            "direction": "OUTGOING" if sent else "INCOMING",
            "inviter_url": inviter,
            "invitee_url": invitee,
        }
        return self.add("linkedin_invitations", **cells | fields)

    def message(
        self, sent_at: str, name: str, direction: str, conversation: str | None = None, /, **fields: Any
    ) -> Export:
        """Add a message, `out` or `in`, to or from `name`, in the conversation that bears the person's name."""
        sent = direction == "out"
        own, other = (OWNER, OWNER_LINK), (name, link(name))
        (sender, sender_url), (recipients, recipient_urls) = (own, other) if sent else (other, own)
        cells = {
            "conversation_id": conversation or f"2-{name}",
            "sender": sender,
            "sender_url": sender_url,
            "recipients": recipients,
            "recipient_urls": recipient_urls,
            "sent_at": moment(sent_at),
            "folder": "INBOX",
        }
        return self.add("linkedin_messages", **cells | fields)

    def share(self, shared_at: str, post_link: str | None = None, **fields: Any) -> Export:
        """Add an own post."""
        return self.add("linkedin_shares", shared_at=moment(shared_at), link=post_link or _post(shared_at), **fields)

    def comment(self, commented_at: str, post_link: str | None = None, **fields: Any) -> Export:
        """Add an own comment."""
        cells = {"commented_at": moment(commented_at), "link": post_link or _post(commented_at)}
        return self.add("linkedin_comments", **cells | fields)

    def reaction(self, reacted_at: str, post_link: str | None = None, **fields: Any) -> Export:
        """Add an own reaction."""
        cells = {"reacted_at": moment(reacted_at), "link": post_link or _post(reacted_at), "type": "LIKE"}
        return self.add("linkedin_reactions", **cells | fields)

    def vote(self, voted_at: str, post_link: str | None = None) -> Export:
        """Add an own vote."""
        return self.add("linkedin_votes", voted_at=moment(voted_at), link=post_link or _post(voted_at))

    def repost(self, reposted_at: str, post_link: str | None = None) -> Export:
        """Add a plain repost."""
        return self.add("linkedin_reposts", reposted_at=moment(reposted_at), link=post_link or _post(reposted_at))

    def endorsement(self, endorsed_at: str | None, name: str, direction: str, skill: str = "SQL") -> Export:
        """Add an endorsement, `received` from or `given` to `name`."""
        first, _, last = name.partition(" ")
        cells = {"skill": skill, "first_name": first, "last_name": last, "url": link(name), "status": "ACCEPTED"}
        return self.add(f"linkedin_endorsements_{direction}", endorsed_at=moment(endorsed_at), **cells)

    def recommendation(self, recommended_at: str | None, name: str, direction: str) -> Export:
        """Add a recommendation, `received` from or `given` to `name`."""
        first, _, last = name.partition(" ")
        cells = {"first_name": first, "last_name": last, "status": "VISIBLE"}
        return self.add(f"linkedin_recommendations_{direction}", recommended_at=moment(recommended_at), **cells)

    def application(self, applied_at: str, company: str | None, title: str = "Ingenieurin") -> Export:
        """Add an application on LinkedIn."""
        cells = {"applied_at": moment(applied_at), "company": company, "title": title}
        return self.add("linkedin_job_applications", **cells)

    def contact(self, name: str | None, confirmed_at: str | None) -> Export:
        """Add a XING contact."""
        return self.add("xing_contacts", name=name, confirmed_at=moment(confirmed_at))

    def talk(self, opened_at: str, subject: str, participants: str, *messages: tuple[str, str]) -> Export:
        """Add a XING conversation with its messages, each a moment and who wrote it."""
        self.numbers["talks"] += 1
        shared = {"conversation": self.numbers["talks"], "subject": subject, "participants": participants}
        self.add("xing_messages", is_conversation=True, sent_at=moment(opened_at), **shared)
        for sent_at, sender in messages:
            self.add("xing_messages", is_conversation=False, sender=sender, sent_at=moment(sent_at), **shared)
        return self

    def group(self, group_id: str, name: str) -> Export:
        """Add a line of the member's own list of groups."""
        return self.add("own_groups", group_id=group_id, name=name)

    def entry(
        self, done_on: str, kind: str, name: str | None = None, direction: str | None = None, **fields: Any
    ) -> Export:
        """Add an entry of the own log."""
        return self.add("own_activity", done_on=day(done_on), kind=kind, name=name, direction=direction, **fields)

    def person(self, name: str, known_since: str | None = None, **fields: Any) -> Export:
        """Add somebody to the own list of people."""
        return self.add("own_people", name=name, known_since=day(known_since), **fields)

    def views(
        self, monday: str, profile_views: int | None, recruiter_views: int | None = None, **fields: Any
    ) -> Export:
        """Add a line of copied profile views."""
        cells = {"day": day(monday), "profile_views": profile_views, "recruiter_views": recruiter_views}
        return self.add("own_visitors", **cells | fields)

    def applied(self, company: str, applied_on: str | None, **fields: Any) -> Export:
        """Add a line of the own list of applications."""
        cells = {"has_contact": False, "has_interview": False, "has_offer": False}
        return self.add("own_applications", company=company, applied_on=day(applied_on), **cells | fields)

    def mark(self, name: str | None, mark: str, marked_on: str, **fields: Any) -> Export:
        """Add a mark: done, later, never or no_recruiter."""
        return self.add("own_marks", name=name, mark=mark, marked_on=day(marked_on), **fields)


class Stories(list["Callable[[Member], None]"]):
    """Functions that each tell one member, named after the function: together one database, computed once."""

    def __call__(self, story: Callable[[Member], None]) -> Callable[[Member], None]:
        """Register a story; a decorator."""
        self.append(story)
        return story

    def scenario(self) -> Scenario:
        """Return all members told."""
        told = Scenario()
        for story in self:
            story(told.member(story.__name__))
        return told


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


def day(text: str | None) -> date | None:
    """Return the day that `text` writes."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Return the naive UTC moment that `text` writes."""
    return datetime.fromisoformat(text) if text else None


def _post(moment_: str) -> str:
    return POST_LINK.format(post="7" + "".join(c for c in moment_ if c.isdigit()))


def insert(connection: DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Append rows to a table in one statement; what a row does not name is null."""
    if not rows:
        return
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $1 order by column_index", [table]
    ).fetchall()
    if unknown := {name for row in rows for name in row} - {name for name, _ in columns}:
        raise KeyError(f"{table} has no {sorted(unknown)}")
    lists = ", ".join(f"unnest(${i}::{type_}[])" for i, (_, type_) in enumerate(columns, 1))
    connection.execute(f"insert into {table} select {lists}", [[row.get(name) for row in rows] for name, _ in columns])


def ancestors(models: list[Model], *names: str) -> list[Model]:
    """Return the named models and all that they read, in order."""
    wanted = set(names)
    for model in reversed(models):
        if model.name in wanted:
            wanted.update(model.depends_on)
    return [model for model in models if model.name in wanted]


def weekly(connection: DuckDBPyConnection, member: str, platform: str, metric: str) -> dict[str, Any]:
    """Return one number of a member by week name, from the first week on."""
    statement = f"""
        select weeks.name, metrics.{metric}
        from weekly_metrics as metrics inner join weeks using (member, week)
        where member = $1 and platform = $2 order by week
    """
    return dict(connection.execute(statement, [member, platform]).fetchall())


def metric(connection: DuckDBPyConnection, member: str, name: str, platform: str = "all") -> Row:
    """Return one number of the reported week with its comparisons: a row of report_metrics."""
    statement = "select * from report_metrics where member = $1 and metric = $2 and platform = $3"
    [row] = rows_of(connection, statement, [member, name, platform])
    return row


def rows_of(connection: DuckDBPyConnection, statement: str, values: list[Any] | None = None) -> list[Row]:
    """Run a query and return its rows by column name."""
    result = connection.execute(statement, values or [])
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
