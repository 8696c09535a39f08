"""Who is a contact, who was one, and which contacts are one person.

Each story is one member of the same database; its function's name is the member's key.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import scenario
from tests.scenario import OWNER, OWNER_LINK, Stories, link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duckdb import DuckDBPyConnection

    from tests.scenario import Member

    Story = Callable[[Member], None]

stories = Stories()
GROWTH = scenario.ancestors(scenario.MODELS, "weekly_metrics", "report_matches")


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def weekly(told: DuckDBPyConnection, story: Story, name: str, platform: str = "linkedin") -> list[Any]:
    return list(scenario.weekly(told, story.__name__, platform, name).values())


def last(told: DuckDBPyConnection, story: Story, name: str, platform: str = "linkedin") -> Any:
    return weekly(told, story, name, platform)[-1]


def contacts(told: DuckDBPyConnection, story: Story) -> list[str]:
    statement = "select name from contacts where member = $1 and is_current order by name, contact"
    return [name for (name,) in told.execute(statement, [story.__name__]).fetchall()]


def matches(told: DuckDBPyConnection, story: Story) -> tuple[int, int]:
    statement = "select matched, ambiguous from report_matches where member = $1"
    [found] = told.execute(statement, [story.__name__]).fetchall()
    return found


# One export


@stories
def one_export(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").connection("Bela Brandt", "2026-11-15").hidden(
        "2026-11-10"
    ).connection("Cem Cakir", None)


def test_contacts_are_counted_by_their_day_and_undated_ones_always(told: DuckDBPyConnection):
    assert weekly(told, one_export, "contacts_new") == [1, 2, 0]
    assert weekly(told, one_export, "contacts_total") == [2, 4, 4]


def test_one_export_shows_no_loss(told: DuckDBPyConnection):
    assert weekly(told, one_export, "contacts_lost") == [None, None, None]
    assert scenario.metric(told, "one_export", "contacts_lost")["reason"] == "one_export"


def test_closed_accounts_are_contacts_and_no_persons(told: DuckDBPyConnection):
    assert weekly(told, one_export, "persons_total") == [2, 3, 3]
    assert weekly(told, one_export, "persons_total", "all") == [2, 3, 3]


@stories
def equal_rows(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").connection("Anna Arndt", "2026-11-02")


def test_equal_rows_of_one_export_count_each(told: DuckDBPyConnection):
    assert last(told, equal_rows, "contacts_total") == 2


@stories
def two_of_one_day(ada: Member) -> None:
    for _ in range(2):
        ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02").connection("Bela Brandt", "2026-11-03")
    ada.linkedin("2026-11-20").connection("Cem Cakir", "2026-11-04")


def test_exports_of_one_day_are_one_look_at_the_network(told: DuckDBPyConnection):
    assert last(told, two_of_one_day, "contacts_total") == 3
    assert weekly(told, two_of_one_day, "contacts_lost") == [None, None, None]


# Several exports


@stories
def one_leaves(ada: Member) -> None:
    first, second, third = ada.linkedin("2026-11-04"), ada.linkedin("2026-11-11"), ada.linkedin("2026-11-20")
    first.connection("Anna Arndt", "2026-10-20").connection("Bela Brandt", "2026-10-27")
    second.connection("Anna Arndt", "2026-10-20").connection("Cem Cakir", "2026-11-09")
    third.connection("Anna Arndt", "2026-10-20")


def test_who_left_is_lost_in_the_week_of_the_first_export_without_them(told: DuckDBPyConnection):
    assert weekly(told, one_leaves, "contacts_lost") == [None, None, 0, 1, 1]
    assert weekly(told, one_leaves, "contacts_lost", "all") == [None, None, 0, 1, 1]


def test_who_left_was_new_once_and_counted_until_then(told: DuckDBPyConnection):
    assert weekly(told, one_leaves, "contacts_new") == [1, 1, 0, 1, 0]
    assert weekly(told, one_leaves, "contacts_total") == [1, 2, 2, 2, 1]
    assert weekly(told, one_leaves, "persons_total") == [1, 2, 2, 2, 1]


@stories
def told_backwards(ada: Member) -> None:
    third, second, first = ada.linkedin("2026-11-20"), ada.linkedin("2026-11-11"), ada.linkedin("2026-11-04")
    third.connection("Anna Arndt", "2026-10-20")
    second.connection("Cem Cakir", "2026-11-09").connection("Anna Arndt", "2026-10-20")
    first.connection("Bela Brandt", "2026-10-27").connection("Anna Arndt", "2026-10-20")


def test_an_older_export_that_comes_later_makes_the_same_numbers(told: DuckDBPyConnection):
    for name in ("contacts_total", "contacts_new", "contacts_lost", "persons_total"):
        assert weekly(told, told_backwards, name) == weekly(told, one_leaves, name)


@stories
def an_older_export_without_news(ada: Member) -> None:
    newer = ada.linkedin("2026-11-20")
    newer.connection("Anna Arndt", "2026-10-20").connection("Bela Brandt", "2026-11-16")
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20")


def test_an_older_export_takes_nobody_away(told: DuckDBPyConnection):
    assert weekly(told, an_older_export_without_news, "contacts_total") == [1, 1, 1, 1, 2]
    assert weekly(told, an_older_export_without_news, "contacts_lost") == [None, None, 0, 0, 0]


@stories
def the_same_twice(ada: Member) -> None:
    for as_of in ("2026-11-13", "2026-11-20"):
        ada.linkedin(as_of).connection("Anna Arndt", "2026-11-02").connection("Anna Arndt", "2026-11-02").hidden(
            "2026-11-03"
        ).connection("Bela Brandt", None)


def test_what_two_exports_hold_counts_once(told: DuckDBPyConnection):
    assert weekly(told, the_same_twice, "contacts_total") == [4, 4, 4]
    assert weekly(told, the_same_twice, "contacts_new") == [3, 0, 0]
    assert weekly(told, the_same_twice, "contacts_lost") == [None, 0, 0]


@stories
def an_account_is_closed(ada: Member) -> None:
    first, second, third = ada.linkedin("2026-11-04"), ada.linkedin("2026-11-11"), ada.linkedin("2026-11-20")
    first.connection("Anna Arndt", "2026-10-20").connection("Bela Brandt", "2026-10-20")
    second.connection("Anna Arndt", "2026-10-20").hidden("2026-10-20")
    third.hidden("2026-10-20")


def test_a_closed_account_is_a_contact_still_and_leaves_the_persons(told: DuckDBPyConnection):
    assert weekly(told, an_account_is_closed, "contacts_total") == [2, 2, 2, 2, 1]
    assert weekly(told, an_account_is_closed, "contacts_lost") == [None, None, 0, 0, 1]
    assert weekly(told, an_account_is_closed, "contacts_new") == [2, 0, 0, 0, 0]
    assert weekly(told, an_account_is_closed, "persons_total") == [2, 2, 2, 1, 0]


@stories
def an_account_is_opened_again(ada: Member) -> None:
    ada.linkedin("2026-11-04").hidden("2026-10-20")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-20")


def test_an_account_that_is_opened_again_is_nobody_new(told: DuckDBPyConnection):
    assert weekly(told, an_account_is_opened_again, "contacts_total") == [1, 1, 1, 1, 1]
    assert weekly(told, an_account_is_opened_again, "contacts_new") == [1, 0, 0, 0, 0]
    assert weekly(told, an_account_is_opened_again, "contacts_lost") == [None, None, 0, 0, 0]


@stories
def an_old_xing_export(ada: Member) -> None:
    ada.asked(week="2026-W46")
    ada.xing("2026-10-28").contact("Bela Brandt", "2026-10-20 10:00").contact("Cem Cakir", None)
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-20")


def test_an_old_export_of_another_platform_never_looks_like_a_loss(told: DuckDBPyConnection):
    assert weekly(told, an_old_xing_export, "contacts_total", "xing") == [2, 2, None, None, None]
    assert weekly(told, an_old_xing_export, "contacts_total", "all") == [3, 3, 3, 3, 3]
    assert weekly(told, an_old_xing_export, "persons_total", "all") == [3, 3, 3, 3, 3]
    assert weekly(told, an_old_xing_export, "contacts_lost", "all") == [None, None, 0, 0, 0]
    row = scenario.metric(told, "an_old_xing_export", "contacts_total")
    assert (row["value"], row["previous_week"]) == (3, 3)


@stories
def an_export_before_the_first_event(ada: Member) -> None:
    ada.xing("2026-08-20").contact("Anna Arndt", None).contact("Bela Brandt", None)
    ada.linkedin("2026-11-20").reaction("2026-11-10 10:00")


def test_undated_contacts_of_an_old_export_are_carried_on(told: DuckDBPyConnection):
    assert weekly(told, an_export_before_the_first_event, "contacts_total", "xing") == [None, None]
    assert weekly(told, an_export_before_the_first_event, "contacts_total", "all") == [2, 2]
    assert weekly(told, an_export_before_the_first_event, "persons_total", "all") == [2, 2]


# The same contact


@stories
def links_came_later(ada: Member) -> None:
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20", url=None).connection(
        "Bela Brandt", "2026-10-21", url=None
    )
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-20")


def test_a_contact_of_an_export_without_links_is_found_in_one_with_links(told: DuckDBPyConnection):
    assert weekly(told, links_came_later, "contacts_lost") == [None, None, 0, 0, 1]
    assert weekly(told, links_came_later, "contacts_total") == [2, 2, 2, 2, 1]
    assert contacts(told, links_came_later) == ["Anna Arndt"]


@stories
def a_link_changed(ada: Member) -> None:
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20", url=link("Anna Arndt 4711"))
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-10-20", url=link("Anna Arndt"))


def test_who_changed_their_profile_link_is_neither_lost_nor_new(told: DuckDBPyConnection):
    assert weekly(told, a_link_changed, "contacts_lost") == [None, None, 0, 0, 0]
    assert weekly(told, a_link_changed, "contacts_new") == [1, 0, 0, 0, 0]
    assert told.execute("select profile from contacts where member = 'a_link_changed'").fetchall() == [
        (link("Anna Arndt"),)
    ]


@stories
def a_name_changed(ada: Member) -> None:
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20", url=link("anna"))
    ada.linkedin("2026-11-20").connection("Anna Arndt-Engel", "2026-10-20", url=link("anna") + "/?x=1")


def test_who_changed_their_name_is_neither_lost_nor_new(told: DuckDBPyConnection):
    assert weekly(told, a_name_changed, "contacts_lost") == [None, None, 0, 0, 0]
    assert contacts(told, a_name_changed) == ["Anna Arndt-Engel"]


@stories
def namesakes(ada: Member) -> None:
    for as_of in ("2026-11-04", "2026-11-20"):
        export = ada.linkedin(as_of)
        export.connection("Anna Arndt", "2026-10-20", url=link("anna-1"))
        export.connection("Anna Arndt", "2026-10-20", url=link("anna-2"))
        export.connection("Anna Arndt", "2026-10-21", url=link("anna-3"))
    ada.xing("2026-11-20").contact("Anna Arndt", "2026-10-22 10:00")


def test_namesakes_with_different_links_are_different_people(told: DuckDBPyConnection):
    assert weekly(told, namesakes, "contacts_total") == [3, 3, 3, 3, 3]
    assert weekly(told, namesakes, "contacts_lost") == [None, None, 0, 0, 0]
    assert last(told, namesakes, "persons_total", "all") == 4
    assert matches(told, namesakes) == (0, 1)


@stories
def one_namesake_leaves(ada: Member) -> None:
    first, second = ada.linkedin("2026-11-04"), ada.linkedin("2026-11-20")
    first.connection("Anna Arndt", "2026-10-20", url=link("anna-1"))
    first.connection("Anna Arndt", "2026-10-20", url=link("anna-2"))
    second.connection("Anna Arndt", "2026-10-20", url=link("anna-2"))


def test_of_two_namesakes_one_can_be_lost(told: DuckDBPyConnection):
    assert weekly(told, one_namesake_leaves, "contacts_lost") == [None, None, 0, 0, 1]
    assert weekly(told, one_namesake_leaves, "contacts_total") == [2, 2, 2, 2, 1]


@stories
def spellings_of_a_link(ada: Member) -> None:
    first, second = ada.linkedin("2026-11-04"), ada.linkedin("2026-11-20")
    first.connection("Jürgen Groß", "2026-10-20", url="https://www.linkedin.com/in/j%C3%BCrgen-gro%C3%9F/")
    second.connection("J. Groß", "2026-10-20", url="https://de.linkedin.com/in/Jürgen-Groß?trk=x")


def test_a_link_is_known_by_the_name_in_it(told: DuckDBPyConnection):
    assert weekly(told, spellings_of_a_link, "contacts_lost") == [None, None, 0, 0, 0]
    assert last(told, spellings_of_a_link, "contacts_total") == 1


# The member


@stories
def oneself(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection(OWNER, "2026-11-02", url=OWNER_LINK).connection(
        "A. Beispiel", "2026-11-03", url=OWNER_LINK + "/"
    ).connection("Dr. Ada BEISPIEL, MBA", "2026-11-04", url=None).connection("Anna Arndt", "2026-11-05")
    ada.xing("2026-11-20").contact(OWNER, "2026-11-02 10:00").contact("Bela Brandt", "2026-11-02 10:00")


def test_the_member_is_never_a_contact_whatever_the_spelling(told: DuckDBPyConnection):
    assert contacts(told, oneself) == ["Anna Arndt", "Bela Brandt"]
    assert last(told, oneself, "contacts_total", "all") == 2


@stories
def a_namesake_of_the_member(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection(OWNER, "2026-11-02", url=link("another ada"))


def test_a_namesake_of_the_member_with_another_link_is_a_contact(told: DuckDBPyConnection):
    assert contacts(told, a_namesake_of_the_member) == [OWNER]


@stories
def a_namesake_of_a_member_without_a_link(ada: Member) -> None:
    ada.linkedin("2026-11-20", owner_address=None).connection(OWNER, "2026-11-02", url=link("another ada")).connection(
        "Anna Arndt", "2026-11-02"
    )


def test_where_the_members_link_is_unknown_the_name_decides(told: DuckDBPyConnection):
    assert contacts(told, a_namesake_of_a_member_without_a_link) == ["Anna Arndt"]


# Persons


@stories
def on_both_platforms(ada: Member) -> None:
    ada.linkedin("2026-11-20").connection("Dr. Jürgen Groß", "2026-11-02").connection(
        "Zoë Groß-Brandt", "2026-11-03"
    ).connection("Anna Arndt", "2026-11-10").connection("王 小明", "2026-11-10")
    ada.xing("2026-11-20").contact("Juergen Gross, MBA", "2026-11-10 10:00").contact(
        "Zoe Gross Brandt 🚀", None
    ).contact("Bela Brandt", "2026-11-10 10:00").contact("王 小明", "2026-11-10 10:00")


def test_a_person_counts_once_however_many_platforms_know_them(told: DuckDBPyConnection):
    assert matches(told, on_both_platforms) == (3, 0)
    assert weekly(told, on_both_platforms, "persons_total") == [2, 4, 4]
    assert weekly(told, on_both_platforms, "persons_total", "xing") == [1, 4, 4]
    assert weekly(told, on_both_platforms, "persons_total", "all") == [2, 5, 5]
    assert weekly(told, on_both_platforms, "contacts_total", "all") == [3, 8, 8]


@stories
def names_known_twice(ada: Member) -> None:
    linkedin, xing = ada.linkedin("2026-11-20"), ada.xing("2026-11-20")
    linkedin.connection("Anna Arndt", "2026-11-02")
    xing.contact("Anna Arndt", "2026-11-02 10:00").contact("Anna Arndt", "2026-11-03 10:00")
    linkedin.connection("Bela Brandt", "2026-11-02", url=link("b1")).connection("Bela Brandt", None, url=link("b2"))
    xing.contact("Bela Brandt", "2026-11-02 10:00")
    linkedin.connection("Cem Cakir", "2026-11-02", url=link("c1")).connection("Cem Cakir", None, url=link("c2"))
    xing.contact("Dora Decker", "2026-11-02 10:00").contact("Dora Decker", "2026-11-03 10:00")


def test_a_name_that_one_platform_knows_twice_joins_nobody(told: DuckDBPyConnection):
    assert matches(told, names_known_twice) == (0, 2)
    statement = "select name, on_linkedin, on_xing from report_ambiguous_names where member = $1"
    found = told.execute(statement, [names_known_twice.__name__]).fetchall()
    assert found == [("Anna Arndt", 1, 2), ("Bela Brandt", 2, 1)]
    assert last(told, names_known_twice, "persons_total", "all") == 10


@stories
def a_namesake_of_the_past(ada: Member) -> None:
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20", url=link("anna-1"))
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-16", url=link("anna-2"))
    ada.xing("2026-11-20").contact("Anna Arndt", "2026-11-16 10:00")


def test_only_the_newest_exports_tell_whether_a_name_is_known_once(told: DuckDBPyConnection):
    assert matches(told, a_namesake_of_the_past) == (1, 0)
    assert weekly(told, a_namesake_of_the_past, "persons_total", "all") == [1, 1, 1, 1, 1]
    assert weekly(told, a_namesake_of_the_past, "contacts_total", "all") == [1, 1, 1, 1, 2]


@stories
def a_pair_of_the_past(ada: Member) -> None:
    ada.linkedin("2026-11-04").connection("Anna Arndt", "2026-10-20")
    ada.linkedin("2026-11-20").connection("Bela Brandt", "2026-10-20")
    ada.xing("2026-11-20").contact("Anna Arndt", "2026-10-20 10:00")


def test_a_pair_counts_while_both_platforms_know_the_person_today(told: DuckDBPyConnection):
    assert matches(told, a_pair_of_the_past) == (0, 0)
    assert weekly(told, a_pair_of_the_past, "persons_total", "all") == [2, 2, 2, 2, 2]


@stories
def matches_of_any_week(ada: Member) -> None:
    ada.asked(week="2026-W43")
    ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-10").connection("Bela Brandt", "2026-10-20")
    ada.xing("2026-11-20").contact("Anna Arndt", "2026-11-10 10:00")


def test_matches_do_not_depend_on_the_week(told: DuckDBPyConnection):
    assert matches(told, matches_of_any_week) == (1, 0)


# Titles


RANKS = {
    "executive": (
        "CEO", "Chief Technology Officer", "Geschäftsführerin", "Geschäftsführer:in", "Mitglied des Vorstands", "Managing Director",
        "Vorsitzende der Geschäftsführung", "Gründer & Inhaber", "Co-Founder @ Moosgrün", "Owner", "Shop Owner",
    ),
    "lead": (
        "Head of Data", "Teamleiterin Logistik", "Bereichsleitung", "Abteilungsleiter*in", "Team Lead", "Director Marketing",
        "Manager of Engineering Teams", "Teammanager", "Engineering Manager", "Leiter Controlling", "Oberärztin",
    ),
    "senior": ("Senior Data Analyst", "Principal Consultant", "Staff Engineer", "Sr. Project Manager", "Expertin für Preise"),
    "junior": ("Werkstudentin", "Junior Projektleiter", "Trainee", "Praktikant im Vertrieb", "Auszubildender"),
    "professional": (
        "Product Owner", "Process-Owner", "Projektmanagerin", "Account Manager", "Product Manager", "Projektleiter", "Ingenieur",
        "CEO Assistant", "Assistant to the CEO", "Assistentin der Geschäftsführung", "Manager Assistant", "Vorstandsassistent",
        "Referent der Geschäftsführung", "Vertriebsingenieur Halbleiterleitungen", "Krankenpflegerin", "Tischlermeister",
        "Stellvertretender Geschäftsführer und Ingenieur", "Art Director", "Chefsekretärin", "Ex-CEO, heute Lehrer",
    ),
    None: (
        "Auf Jobsuche", "Auf Jobsuche als Teamleiter", "Rentner", "Hausfrau", "Open to work", "Arbeitssuchend", "Im Ruhestand",
        "Retired CEO", "Menschen. Daten. Zukunft.", "Chief of Staff", "Deputy CEO", "Stellv. Teamleiter",
    ),
}  # fmt: skip


@stories
def titles(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    for number, title in enumerate(title for ranked in RANKS.values() for title in ranked):
        export.connection(f"Person {number}", "2026-11-02", position=title)
    export.connection("Ohne Titel", "2026-11-02").connection("Nach Sonntag", "2026-11-17", position="Rentner")


@pytest.mark.parametrize("rank", RANKS, ids=str)
def test_a_title_ranks_nobody_higher_than_it_says(told: DuckDBPyConnection, rank: str | None):
    statement = "select title, seniority from title_ranks where member = $1"
    found = dict(told.execute(statement, [titles.__name__]).fetchall())
    assert {title: found[title] for title in RANKS[rank]} == dict.fromkeys(RANKS[rank], rank)


def test_whose_title_does_not_tell_is_counted_apart_and_last(told: DuckDBPyConnection):
    statement = (
        "select value, contacts from report_composition where member = $1 and dimension = 'seniority' order by place"
    )
    found = told.execute(statement, [titles.__name__]).fetchall()
    assert dict(found) == {rank or "untold": len(ranked) + (rank is None) for rank, ranked in RANKS.items()}
    assert found[-1][0] == "untold"
    # Without a single title that tells there is nothing to show.
    assert told.execute(statement, [names_known_twice.__name__]).fetchall() == []


# Requests


@stories
def requests(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    export.invitation("2026-11-02 10:00", "Anna Arndt", "out").connection("Anna Arndt", "2026-11-02")
    export.invitation("2026-11-03 10:00", "Bela Brandt", "out").connection("Bela Brandt", "2026-11-18")
    export.invitation("2026-11-04 10:00", "Cem Cakir", "out").connection("Cem Cakir", "2026-11-03")
    export.invitation("2026-11-05 10:00", "Dora Decker", "out")
    export.invitation("2026-11-06 10:00", "Emil Engel", "out", invitee_url="https://www.linkedin.com/in")
    export.connection("Emil Engel", "2026-11-07")
    export.invitation("2026-11-06 10:00", "Fatma Falk", "in").connection("Fatma Falk", "2026-11-07")
    # In Berlin a Monday, in the file's week a Sunday.
    export.invitation("2026-11-08 23:30", "Gero Graf", "out").connection("Gero Graf", "2026-11-09")


def test_a_request_is_accepted_by_a_connection_of_that_day_or_later(told: DuckDBPyConnection):
    assert weekly(told, requests, "invitations_sent") == [5, 1, 0]
    assert weekly(told, requests, "invitations_received") == [1, 0, 0]
    assert weekly(told, requests, "invitations_accepted") == [2, 1, 0]


@stories
def requests_of_october(ada: Member) -> None:
    ada.asked(week="2026-W43").linkedin("2026-11-22").invitation("2026-10-20 10:00", "Anna Arndt", "out").empty(
        "linkedin_connections"
    )


@stories
def requests_a_day_too_young(ada: Member) -> None:
    ada.asked(week="2026-W43").linkedin("2026-11-21").invitation("2026-10-20 10:00", "Anna Arndt", "out").empty(
        "linkedin_connections"
    )


def test_accepted_requests_are_open_until_each_has_had_28_days(told: DuckDBPyConnection):
    def is_open(story: Story, name: str) -> bool:
        return scenario.metric(told, story.__name__, name)["is_open"]

    assert not is_open(requests, "invitations_sent")
    assert is_open(requests, "invitations_accepted")
    assert not is_open(requests_of_october, "invitations_accepted")
    assert is_open(requests_a_day_too_young, "invitations_accepted")
    # An absent number is not open, whatever its source.
    assert not is_open(requests_without_links, "invitations_accepted")


@stories
def requests_without_links(ada: Member) -> None:
    bare = {"inviter_url": "https://www.linkedin.com/in", "invitee_url": "https://www.linkedin.com/in"}
    ada.linkedin("2026-11-20").invitation("2026-11-02 10:00", "Anna Arndt", "out", **bare).connection(
        "Anna Arndt", "2026-11-03"
    )


def test_without_usable_links_nobody_knows_who_accepted(told: DuckDBPyConnection):
    assert weekly(told, requests_without_links, "invitations_sent") == [1, 0, 0]
    assert weekly(told, requests_without_links, "invitations_accepted") == [None, None, None]
    assert scenario.metric(told, "requests_without_links", "invitations_accepted")["reason"] == "no_addresses"


@stories
def requests_in_two_exports(ada: Member) -> None:
    first, second = ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    for export in (first, second, second):
        export.invitation("2026-11-02 10:00", "Anna Arndt", "out")
    bare = {"inviter_url": "https://www.linkedin.com/in", "invitee_url": "https://www.linkedin.com/in"}
    first.invitation("2026-11-03 10:00", "Bela Brandt", "out", **bare)
    second.invitation("2026-11-03 10:00", "Bela Brandt", "out")


def test_a_request_in_two_exports_counts_as_often_as_one_of_them_has_it(told: DuckDBPyConnection):
    assert weekly(told, requests_in_two_exports, "invitations_sent") == [3, 0, 0]


# Any network

START = date(2026, 9, 7)
DAYS = st.integers(0, 60)
PERSON = st.tuples(st.one_of(DAYS, DAYS, DAYS, st.none()), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS))
NETWORK = st.tuples(st.lists(PERSON, max_size=8), st.lists(DAYS, min_size=1, max_size=3, unique=True))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def shown(person: tuple[int | None, int | None, int | None], as_of: int) -> str | None:
    """Return how an export of that day shows a person: named, hidden or not at all. Undated rows are named always."""
    since, left, closed = person
    if (since is not None and since > as_of) or (left is not None and left <= as_of):
        return None
    return "hidden" if since is not None and closed is not None and closed <= as_of else "named"


def tell(member: Member, people: Sequence[Any], exports: Sequence[int]) -> None:
    for as_of in exports:
        export = member.linkedin((START + timedelta(days=as_of)).isoformat()).empty("linkedin_connections")
        # Weeks begin here for everybody.
        export.reaction(f"{START} 10:00")
        for number, person in enumerate(people):
            since = None if person[0] is None else (START + timedelta(days=person[0])).isoformat()
            match shown(person, as_of):
                case "named":
                    export.connection(f"Person P{number}", since)
                case "hidden":
                    export.hidden(str(since))


def expected(people: Sequence[Any], exports: Sequence[int]) -> dict[str, list[int | None]]:
    """Return the numbers by week, from who was there, counted one by one."""
    end = monday(START + timedelta(days=max(exports)))
    weeks = [START + timedelta(days=7 * n) for n in range((end - START).days // 7 + 1)]
    # A file of connections without a row says nothing about who is there.
    days = [day for day in sorted(exports) if any(shown(person, day) for person in people)]
    week_of = [monday(START + timedelta(days=day)) for day in days]
    new, lost, gone, named_from = Counter(), Counter(), Counter(), Counter()
    for person in people:
        looks = [shown(person, day) for day in days]
        began = monday(START + timedelta(days=person[0])) if person[0] is not None else START
        if any(looks):
            new[began] += 1
            if looks[-1] is None:
                lost[week_of[max(i for i, look in enumerate(looks) if look) + 1]] += 1
        if "named" in looks:
            named_from[began] += 1
            if looks[-1] != "named":
                gone[week_of[max(i for i, look in enumerate(looks) if look == "named") + 1]] += 1
    undated = sum(1 for person in people if person[0] is None and any(shown(person, day) for day in days))
    totals = [sum(new[w] - lost[w] for w in weeks if w <= week) for week in weeks]
    several = len(days) > 1
    return {
        "contacts_total": totals,
        "contacts_new": [new[week] - (undated if week == START else 0) for week in weeks],
        "contacts_lost": [lost[week] if several and week >= week_of[0] else None for week in weeks],
        "persons_total": [sum(named_from[w] - gone[w] for w in weeks if w <= week) for week in weeks],
    }


# Some members share a database: it is the making of the tables that takes long.
@settings(max_examples=settings().max_examples // 5)
@given(st.lists(NETWORK, min_size=20, max_size=20))
def test_any_network_is_counted_as_if_one_by_one(networks: list[Any]):
    told = scenario.Scenario()
    for number, (people, exports) in enumerate(networks):
        tell(told.member(f"member{number}"), people, exports)
    connection = told.database(models=GROWTH)
    for number, (people, exports) in enumerate(networks):
        found = {
            name: list(scenario.weekly(connection, f"member{number}", "linkedin", name).values())
            for name in ("contacts_total", "contacts_new", "contacts_lost", "persons_total")
        }
        assert found == expected(people, exports), (people, exports)


NAMES = st.lists(
    st.sampled_from(["Anna Arndt", "Dr. Anna Arndt", "Bela Brandt", "Béla Brandt", "Cem Cakir"]), max_size=5
)


@settings(max_examples=settings().max_examples // 5)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=20, max_size=20))
def test_any_two_platforms_are_joined_by_names_that_both_know_once(pairs: list[tuple[list[str], list[str]]]):
    told = scenario.Scenario()
    for number, (linkedin, xing) in enumerate(pairs):
        member = told.member(f"member{number}")
        export = member.linkedin("2026-11-20").connection("Zoe Zabel", "2026-11-01")
        for i, name in enumerate(linkedin):
            export.connection(name, "2026-11-02", url=link(f"person {i}"))
        export = member.xing("2026-11-20").empty("xing_contacts")
        for name in xing:
            export.contact(name, "2026-11-02 10:00")
    connection = told.database(models=GROWTH)
    found = connection.execute("select member, matched, ambiguous from report_matches").fetchall()
    persons = dict(
        connection.execute(
            "select member, persons_total from persons_known where platform = 'all' and week = date '2026-11-16'"
        ).fetchall()
    )
    for member, matched, ambiguous in found:
        linkedin, xing = (
            Counter(name.removeprefix("Dr. ").replace("é", "e") for name in names)
            for names in pairs[int(member.removeprefix("member"))]
        )
        both = linkedin.keys() & xing.keys()
        once = {name for name in both if linkedin[name] == xing[name] == 1}
        assert (matched, ambiguous) == (len(once), len(both - once))
        assert persons[member] == 1 + linkedin.total() + xing.total() - len(once)
