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

import json
from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

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

# Every file below sql/, read once for all tests.
MODELS = load_models()

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
        for model in MODELS if models is None else models:
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

    def started(self, on: str) -> Member:
        """Say when the search began."""
        self.row["started_on"] = day(on)
        return self

    def session(self, held_on: str, *agreed: str) -> Member:
        """Add a session with a coach and what was agreed."""
        self.scenario.rows["raw_member_sessions"].append(
            {"member": self.key, "held_on": day(held_on), "agreed": list(agreed)}
        )
        return self

    def goal(self, metric: str, amount: int, first_day: str, last_day: str) -> Member:
        """Add a goal for each whole week between two days."""
        days = {"first_day": day(first_day), "last_day": day(last_day)}
        self.scenario.rows["raw_member_goals"].append({"member": self.key, "metric": metric, "amount": amount, **days})
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

    def scenario(self, week: str | None = None) -> Scenario:
        """Return all members told; `week` is the week asked for where a story asks for no other."""
        told = Scenario()
        for story in self:
            story(told.member(story.__name__, week=week))
        return told


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
    # One text instead of a list for each column: a parameter that is a list is a hundred times slower on DuckDB 1.5.
    shape = json.dumps([dict(columns)])
    told = json.dumps([{name: row.get(name) for name, _ in columns} for row in rows], default=str)
    connection.execute(
        f"insert into {table} select r.* from (select unnest(from_json_strict($1, $2)) as r)", [told, shape]
    )


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
