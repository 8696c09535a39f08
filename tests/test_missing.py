"""What a full report lacks: one table of it, and the same sentences on the page and in `inspect`."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines import inventory, missing
from pipelines.sentences import Sentences
from tests.crowd import crowd
from tests.scenario import Scenario, Stories, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from tests.scenario import Member

stories = Stories()


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def states(told: DuckDBPyConnection, member: str) -> dict[str, tuple[str, date | None]]:
    statement = "select source, state, as_of from source_states where member = $1"
    return {row["source"]: (row["state"], row["as_of"]) for row in rows_of(told, statement, [member])}


@stories
def basic_after_complete(member: Member) -> None:
    complete = member.linkedin("2026-08-03").connection("Anna Arndt", "2026-03-02").reaction("2026-08-01 12:00")
    complete.empty("linkedin_messages").failed("linkedin_invitations")
    member.linkedin("2026-11-20").connection("Anna Arndt", "2026-03-02").empty("linkedin_messages")
    member.xing("2026-10-23").contact("Bela Brandt", "2026-03-02 12:00").failed("xing_messages")
    member.own("2026-08-03").entry("2026-08-01", "call").empty("own_people")


def test_a_source_is_there_stale_broken_or_was_never_given(told: DuckDBPyConnection):
    found = states(told, "basic_after_complete")
    assert found["linkedin_connections"] == ("available", date(2026, 11, 20))
    # One activity file stands for those that LinkedIn leaves out; all of them are known up to the older archive.
    assert {found[f"linkedin_{name}"] for name in ("shares", "comments", "reactions", "votes", "reposts")} == {
        ("stale", date(2026, 8, 3))
    }
    assert found["linkedin_invitations"] == ("broken", None)
    assert found["xing_contacts"] == ("available", date(2026, 10, 23))  # four weeks to the day
    assert found["xing_messages"] == ("broken", None)
    assert found["own_activity"] == ("available", date(2026, 8, 3))  # a log is as old as its last entry
    assert found["own_people"] == ("never", None)  # an empty list says nothing


def test_the_page_and_inspect_say_the_same(told: DuckDBPyConnection):
    rows = rows_of(told, "select * from report_missing where member = 'basic_after_complete'")
    entries = missing.told(rows, str, Sentences("en").day)
    assert [entry["label"] for entry in entries] == [
        "LinkedIn: posts, comments, reactions, votes, reposts",
        "LinkedIn: requests",
        "XING: messages",
        "Profile views, people outside of the platforms, applications",
    ]
    assert entries[0]["how"].startswith("Known up to 3 August 2026 only. Only LinkedIn’s larger data archive")
    assert entries[1]["how"] == entries[2]["how"] == missing.BROKEN
    raw = Scenario()
    basic_after_complete(raw.member("basic_after_complete"))
    inspected = inventory.inventory(raw.raw())
    assert {item["how"] for item in inspected["missing"]} == {entry["how"] for entry in entries[1:]}
    assert {item["source"] for item in inspected["missing"] + inspected["stale"]} == {row["source"] for row in rows}


def test_files_that_linkedin_leaves_out_where_they_are_empty_are_not_asked_for(told: DuckDBPyConnection):
    assert states(told, "basic_after_complete")["linkedin_recommendations_given"] == ("never", None)
    rows = rows_of(told, "select source from report_missing where source like '%recommendations%'")
    assert rows == []


def test_a_number_is_absent_where_no_file_that_it_rests_on_is_there():
    told = crowd(random.Random(7), 40).database()
    statement = """
        with rests as (
            select
                member,
                unnest(metrics) as metric,
                state in ('never', 'broken') as is_missing
            from source_states
        ),

        lacking as (
            select member, metric
            from rests
            group by all
            having bool_and(is_missing)
        )

        select numbers.member, numbers.metric, numbers.value
        from report_metrics as numbers
        inner join lacking on numbers.member = lacking.member and numbers.metric = lacking.metric
        where numbers.platform = 'all'
    """
    rows = rows_of(told, statement)
    assert len({row["metric"] for row in rows}) > 20
    assert [row for row in rows if row["value"] is not None] == []


def test_every_number_rests_on_some_file_and_every_file_has_its_words(told: DuckDBPyConnection):
    named = rows_of(told, "select distinct unnest(metrics) as metric from source_states")
    assert {row["metric"] for row in named} == {
        row["metric"] for row in rows_of(told, "select metric from metric_names")
    }
    ways = rows_of(told, "select distinct source, platform, way from source_states where way is not null")
    assert {row["source"] for row in ways} == set(missing.NAMES)
    assert {row["way"] for row in ways} == set(missing.WAYS)
    assert {row["platform"] for row in ways} == set(missing.PLATFORMS)
