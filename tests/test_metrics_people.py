"""Whom to get back to: every reason and everything that speaks against one, and that people take turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.archive import Limits, exports_below
from pipelines.demo import AS_OF, SIZES, make_member, write_exports, write_linkedin
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from pipelines.readers import own_list
from pipelines.steps import build, connect
from tests import scenario
from tests.scenario import OWNER, Export, Scenario, ancestors, link, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from duckdb import DuckDBPyConnection

MODELS = ancestors(scenario.MODELS, "report_people")
TODAY = "2026-11-20"
# Each person has one week in five: these are five weeks in a row.
TURNS = ("2026-W42", "2026-W43", "2026-W44", "2026-W45", "2026-W46")
ASKS = {"asks": True}

Tell = Callable[[Export], Any]


def days_ago(days: int) -> str:
    return (date.fromisoformat(TODAY) - timedelta(days=days)).isoformat()


def listed(*tell: Tell, as_of: Iterable[str] = (TODAY,)) -> dict[str, dict[str, Any]]:
    """Return the rows of report_people by name, over five weeks in which everybody has a turn; each of `tell` fills one export."""
    told = Scenario()
    for week in TURNS:
        member = told.member(week, week=week)
        for fill, day in zip(tell, as_of, strict=True):
            fill(member.linkedin(day))
    found = rows_of(told.database(models=MODELS), "select * from report_people order by member, position")
    return {row["name"]: row for row in found}


def exchange(export: Export, name: str, days: int, **last: Any) -> Export:
    """Tell that both wrote, the person last, that many days ago."""
    export.message(f"{days_ago(days + 1)} 09:00", name, "out")
    return export.message(f"{days_ago(days)} 09:00", name, "in", **last)


def contact(export: Export, name: str = "Anna Arndt", since: str = "2015-02-03", **fields: Any) -> Export:
    return export.connection(name, since, **fields)


def test_whoever_asked_or_offered_last_and_lately_waits():
    def tell(export: Export) -> None:
        exchange(contact(export), "Anna Arndt", 5, **ASKS)
        exchange(contact(export, "Bela Brandt"), "Bela Brandt", 30, offers=True)

    rows = listed(tell)
    assert {name: row["reason"] for name, row in rows.items()} == {"Anna Arndt": "waiting", "Bela Brandt": "waiting"}
    assert rows["Anna Arndt"]["last_touch"] == date.fromisoformat(days_ago(5))


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(lambda e: exchange(contact(e), "Anna Arndt", 31, **ASKS), id="more than thirty days ago"),
        pytest.param(lambda e: exchange(contact(e), "Anna Arndt", 5), id="neither asked nor offered"),
        pytest.param(
            lambda e: exchange(contact(e), "Anna Arndt", 5, **ASKS).message(
                f"{days_ago(4)} 09:00", "Anna Arndt", "out"
            ),
            id="answered",
        ),
        pytest.param(
            lambda e: e.message(f"{days_ago(5)} 09:00", "Anna Arndt", "in", subject="Kurze Frage", **ASKS),
            id="a stranger's first words",
        ),
        pytest.param(
            lambda e: contact(e, since=days_ago(9), position="Sales Manager").message(
                f"{days_ago(5)} 09:00", "Anna Arndt", "in", **ASKS
            ),
            id="the first words of somebody who sells",
        ),
        pytest.param(
            lambda e: exchange(contact(e), "Anna Arndt", 5, folder="SPAM", **ASKS), id="in the folder for spam"
        ),
        pytest.param(lambda e: exchange(contact(e, position="Recruiterin"), "Anna Arndt", 5, **ASKS), id="recruiting"),
    ],
)
def test_nobody_waits_who(tell: Tell):
    assert [name for name, row in listed(tell).items() if row["reason"] == "waiting"] == []


def test_a_new_contact_who_asks_waits():
    def tell(export: Export) -> None:
        contact(export, since=days_ago(9), position="Ärztin")
        export.message(f"{days_ago(5)} 09:00", "Anna Arndt", "in", **ASKS)

    assert listed(tell)["Anna Arndt"]["reason"] == "waiting"


def test_somebody_of_human_resources_waits_like_anybody():
    def tell(export: Export) -> None:
        exchange(contact(export, position="HR Managerin"), "Anna Arndt", 5, **ASKS)

    assert listed(tell)["Anna Arndt"]["reason"] == "waiting"


def test_a_source_older_than_fourteen_days_lets_nobody_wait():
    told = Scenario()
    member = told.member("ada")
    exchange(contact(member.linkedin(days_ago(15))), "Anna Arndt", 20, **ASKS)
    member.xing(TODAY).contact("Bela Brandt", "2015-02-03 08:00")
    assert (
        told.database(models=MODELS).execute("select reason from report_people where reason = 'waiting'").fetchall()
        == []
    )
    told = Scenario()
    member = told.member("ada")
    exchange(contact(member.linkedin(days_ago(14))), "Anna Arndt", 20, **ASKS)
    member.xing(TODAY).contact("Bela Brandt", "2015-02-03 08:00")
    assert told.database(models=MODELS).execute("select name from report_people").fetchall() == [("Anna Arndt",)]


@pytest.mark.parametrize(("days", "reasons"), [(14, []), (29, ["target_company"])])
def test_nobody_is_listed_soon_after_a_touch(days: int, reasons: list[str]):
    def tell(export: Export) -> None:
        exchange(contact(export, company="Nordlicht AG"), "Anna Arndt", days)
        export.add("linkedin_job_preferences", dream_companies="Nordlicht | Lichthof")

    assert [row["reason"] for row in listed(tell).values()] == reasons


@pytest.mark.parametrize(("unanswered", "names"), [(1, ["Anna Arndt"]), (2, [])])
def test_nobody_is_listed_who_left_two_messages_unanswered(unanswered: int, names: list[str]):
    def tell(export: Export) -> None:
        exchange(contact(export), "Anna Arndt", 400)
        for n in range(unanswered):
            export.message(f"{days_ago(300 - n)} 09:00", "Anna Arndt", "out")

    assert list(listed(tell)) == names


def test_an_inferred_recruiter_is_never_listed():
    def tell(export: Export) -> None:
        exchange(contact(export, position="Headhunterin"), "Anna Arndt", 400)
        export.message(f"{days_ago(401)} 09:00", "Bela Brandt", "in", subject="Data Analyst (m/w/d)")
        export.message(f"{days_ago(400)} 09:00", "Bela Brandt", "out")

    assert listed(tell) == {}


def test_a_stranger_who_became_an_acquaintance_is_no_recruiter():
    def tell(export: Export) -> None:
        export.message(f"{days_ago(401)} 09:00", "Anna Arndt", "in", subject="Ihr Vortrag")
        export.message(f"{days_ago(400)} 09:00", "Anna Arndt", "out")

    assert listed(tell)["Anna Arndt"]["reason"] == "greeting"


def test_a_name_that_both_platforms_know_is_suggested_on_linkedin_only():
    told = Scenario()
    member = told.member("ada")
    exchange(contact(member.linkedin(TODAY)), "Anna Arndt", 3)
    xing = member.xing(TODAY)
    talk = [("2015-02-04 08:00", "Anna Arndt"), ("2015-02-05 08:00", OWNER)]
    xing.talk("2015-02-04 08:00", "Hallo", "Anna Arndt", *talk)
    assert told.database(models=MODELS).execute("from report_people").fetchall() == []


def test_closed_accounts_and_the_member_are_nobody_to_write_to():
    def tell(export: Export) -> None:
        export.hidden(days_ago(20))
        export.connection(OWNER, days_ago(20))

    assert listed(tell) == {}


def changed(company: str, title: str = "Leiterin Daten", gap: int = 60, seen: int = 0) -> dict[str, dict[str, Any]]:
    def before(export: Export) -> None:
        contact(export, company="Kranwerk AG", position="Analystin")

    def after(export: Export) -> None:
        contact(export, company=company, position=title)

    days = [days_ago(seen + gap), days_ago(seen)] + ([TODAY] if seen else [])
    return listed(before, after, *([after] if seen else []), as_of=days)


def test_a_change_of_company_lies_between_two_exports():
    row = changed("Nordlicht GmbH")["Anna Arndt"]
    assert (row["reason"], row["detail"]) == ("changed_job", "Nordlicht GmbH")
    assert (row["since"], row["until"]) == (date.fromisoformat(days_ago(60)), date.fromisoformat(TODAY))


@pytest.mark.parametrize(
    ("company", "title"),
    [
        ("KRANWERK", "Analystin"),
        ("Kranwerk AG", "Leiterin"),
        ("Selbstständig", "Beraterin"),
        ("Auf der Suche", "Analystin"),
        ("Nordlicht GmbH", "Analystin in Elternzeit"),
        ("-", "Open to work"),
    ],
)
def test_another_spelling_title_or_a_break_is_no_new_job(company: str, title: str):
    assert changed(company, title) == {}


def test_a_new_job_of_long_ago_is_no_news():
    assert changed("Nordlicht GmbH", gap=401) == {}
    assert changed("Nordlicht GmbH", seen=91) == {}
    assert changed("Nordlicht GmbH", seen=90)["Anna Arndt"]["reason"] == "changed_job"


@pytest.mark.parametrize("kind", ["recommendation", "endorsement"])
def test_thanks_are_due_for_what_is_dated_and_recent(kind: str):
    def tell(export: Export) -> None:
        getattr(contact(export), kind)(f"{days_ago(56)} 12:00", "Anna Arndt", "received")
        getattr(contact(export, "Bela Brandt"), kind)(f"{days_ago(57)} 12:00", "Bela Brandt", "received")
        getattr(contact(export, "Cem Cakir"), kind)(None, "Cem Cakir", "received")
        getattr(contact(export, "Dora Decker"), kind)(f"{days_ago(40)} 12:00", "Dora Decker", "given")

    rows = listed(tell)
    assert {name: (row["reason"], row["detail"]) for name, row in rows.items()} == {"Anna Arndt": ("thanks", kind)}
    assert rows["Anna Arndt"]["since"] == date.fromisoformat(days_ago(56))


def test_help_that_the_member_logged_deserves_thanks():
    def tell(export: Export) -> None:
        for name in ("Anna Arndt", "Bela Brandt", "Cem Cakir", "Dora Decker"):
            export.connection(name, "2015-02-03")
        export.entry("2026-10-20", "referral", "Anna Arndt", "received")
        export.entry("2026-10-20", "referral", "Bela Brandt", "given")
        export.entry("2026-09-01", "advice_asked", "Cem Cakir", "received")
        # The help weighs more than the endorsement of a skill that came later.
        export.entry("2026-10-20", "advice_asked", "Dora Decker", "received")
        export.endorsement("2026-10-25 10:00", "Dora Decker", "received")

    rows = listed(tell)
    assert {name: (row["reason"], row["detail"], row["since"].isoformat()) for name, row in rows.items()} == {
        "Anna Arndt": ("thanks", "referral", "2026-10-20"),
        "Dora Decker": ("thanks", "advice_asked", "2026-10-20"),
    }


def test_who_was_written_to_since_has_been_thanked():
    def tell(export: Export) -> None:
        contact(export).recommendation(f"{days_ago(50)} 12:00", "Anna Arndt", "received")
        export.message(f"{days_ago(40)} 12:00", "Anna Arndt", "out")

    assert listed(tell) == {}


def test_a_namesake_is_not_thanked():
    def tell(export: Export) -> None:
        contact(export)
        contact(export, url=link("Anna Arndt") + "-2")
        export.recommendation(f"{days_ago(50)} 12:00", "Anna Arndt", "received")

    assert listed(tell) == {}


def test_an_endorsement_names_its_person_among_namesakes():
    def tell(export: Export) -> None:
        contact(export)
        contact(export, url=link("Anna Arndt") + "-2")
        export.endorsement(f"{days_ago(50)} 12:00", "Anna Arndt", "received")

    assert listed(tell)["Anna Arndt"]["profile"] == link("Anna Arndt")


def test_whoever_works_at_a_target_company_can_tell_about_it():
    def tell(export: Export) -> None:
        contact(export, company="NORDLICHT")
        contact(export, "Bela Brandt", company="Nordlichtspiele GmbH")
        contact(export, "Cem Cakir", company="Meta")
        contact(export, "Dora Decker", company="Metabase Labs")
        export.add("linkedin_job_preferences", dream_companies="Nordlicht AG")
        export.add("linkedin_company_follows", company="Meta", followed_at=date(2026, 9, 1))

    rows = listed(tell)
    found = {name: (row["reason"], row["detail"], row["evidence"]) for name, row in rows.items()}
    assert found == {
        "Anna Arndt": ("target_company", "Nordlicht AG", "dream"),
        "Cem Cakir": ("target_company", "Meta", "followed"),
    }


def test_old_exchanges_are_dormant_after_three_years_and_worth_a_greeting_before():
    def tell(export: Export) -> None:
        for name, days in (("Anna Arndt", 1097), ("Bela Brandt", 1096), ("Cem Cakir", 182), ("Dora Decker", 181)):
            exchange(contact(export, name), name, days)

    reasons = {name: row["reason"] for name, row in listed(tell).items()}
    assert reasons == {"Anna Arndt": "dormant", "Bela Brandt": "greeting", "Cem Cakir": "greeting"}


def test_one_who_never_wrote_back_is_no_dormant_tie():
    def tell(export: Export) -> None:
        contact(export).message(f"{days_ago(1500)} 09:00", "Anna Arndt", "out")

    assert listed(tell) == {}


def test_new_contacts_get_a_greeting_within_six_weeks():
    def tell(export: Export) -> None:
        for name, days in (("Anna Arndt", 6), ("Bela Brandt", 7), ("Cem Cakir", 42), ("Dora Decker", 43)):
            contact(export, name, days_ago(days))

    rows = listed(tell)
    assert {name: (row["reason"], row["detail"]) for name, row in rows.items()} == {
        "Bela Brandt": ("greeting", "new"),
        "Cem Cakir": ("greeting", "new"),
    }


def _weeks(first: date, count: int) -> list[str]:
    return [(first + timedelta(weeks=n)).strftime("%G-W%V") for n in range(count)]


def _lists(database: DuckDBPyConnection, weeks: list[str]) -> list[list[tuple[str, str]]]:
    """Return the list of each week as pairs of person and reason."""
    names = ("stg_members", "report_members", "report_people")
    models = [model for model in MODELS if model.name in names]
    lists = []
    for week in weeks:
        database.execute("update raw_members set week = $1", [week])
        for model in models:
            build(database, model)
        lists.append(database.execute("select person, reason from report_people order by position").fetchall())
    return lists


def _assert_turns(lists: list[list[tuple[str, str]]]) -> None:
    for number, people in enumerate(lists):
        later = Counter(person for following in lists[number + 1 : number + 4] for person, _ in following)
        repeated = [person for person, reason in people if reason != "waiting" and later[person]]
        assert repeated == []
        earlier = {person for before in lists[max(0, number - 3) : number] for person, _ in before}
        assert [person for person, reason in people if reason != "waiting" and person in earlier] == []


MORE = [pytest.param(seed, size, marks=pytest.mark.slow) for seed, size in ((2, "small"), (3, "small"), (4, "typical"))]


@pytest.mark.parametrize(("seed", "size"), [(1, "small"), *MORE])
def test_over_sixty_weeks_nobody_but_who_waits_is_listed_twice_within_four(seed: int, size: str, tmp_path: Path):
    connection = connect()
    create_raw_tables(connection)
    paths = [
        e
        for path in write_exports(make_member(seed, SIZES[size]), tmp_path)
        for e in exports_below(path, own_list=own_list)
    ]
    ingest(connection, Member(key="ada"), paths, limits=Limits(), key=b"k" * 32)
    for model in MODELS:
        build(connection, model)
    lists = _lists(connection, _weeks(date(2025, 9, 22), 60))
    assert {len({person for person, _ in people}) == len(people) for people in lists} == {True}
    assert {1 <= len(people) <= 5 for people in lists} == {True}
    _assert_turns(lists)


@pytest.mark.slow
def test_people_take_turns_while_exports_grow(tmp_path: Path):
    member = make_member(5, SIZES["small"])
    lists = []
    for back in range(12, -1, -1):
        day = AS_OF - timedelta(weeks=back)
        path = write_linkedin(member, tmp_path / f"Complete_LinkedInDataExport_{day:%m-%d-%Y}.zip", as_of=day)
        connection = connect()
        create_raw_tables(connection)
        ingest(connection, Member(key="ada"), [path], limits=Limits(), key=b"k" * 32)
        for model in MODELS:
            build(connection, model)
        lists.append(connection.execute("select person, reason from report_people order by position").fetchall())
    assert {1 <= len(people) <= 5 for people in lists} == {True}
    for number, people in enumerate(lists):
        earlier = {person for before in lists[max(0, number - 3) : number] for person, _ in before}
        assert [person for person, reason in people if reason != "waiting" and person in earlier] == []
