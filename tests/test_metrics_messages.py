"""Which messages count, how often, and who began a conversation.

Each story is one member of the same database; its function's name is the member's key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import scenario
from tests.scenario import OWNER, OWNER_LINK, Stories, link

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

    from tests.scenario import Member

    Story = Callable[[Member], None]

stories = Stories()
NAMES = ("messages_sent", "messages_received", "conversations_started", "conversations_answered")
CLOSED = {"sender": "LinkedIn Member", "sender_url": None}


@pytest.fixture(scope="module")
def told() -> DuckDBPyConnection:
    return stories.scenario().database()


def counts(told: DuckDBPyConnection, story: Story, platform: str = "linkedin") -> tuple[Any, ...]:
    """Return messages sent and received, conversations started and answered, over all weeks."""
    weeks = [scenario.weekly(told, story.__name__, platform, name).values() for name in NAMES]
    return tuple(sum(values) for values in weeks)


# What counts


@stories
def a_chat(ada: Member) -> None:
    ada.linkedin("2026-11-20").message("2026-11-03 08:00", "Anna Arndt", "out").message(
        "2026-11-03 09:00", "Anna Arndt", "in"
    ).message("2026-11-10 09:00", "Anna Arndt", "out").message("2026-11-04 09:00", "Bela Brandt", "in").message(
        "2026-11-16 09:00", "Bela Brandt", "out"
    ).message("2026-11-17 09:00", "Bela Brandt", "out")


def test_a_conversation_counts_where_it_begins_and_where_it_is_answered(told: DuckDBPyConnection):
    def weeks(name: str) -> list[int]:
        return list(scenario.weekly(told, "a_chat", "linkedin", name).values())

    assert weeks("messages_sent") == [1, 1, 2]
    assert weeks("messages_received") == [2, 0, 0]
    assert weeks("conversations_started") == [1, 0, 0]
    assert weeks("conversations_answered") == [0, 0, 1]


@stories
def no_messages(ada: Member) -> None:
    export = ada.linkedin("2026-11-20").message("2026-11-03 08:00", "Anna Arndt", "in")
    export.message("2026-11-03 09:00", "Anna Arndt", "out", is_draft=True)
    export.message("2026-11-03 10:00", "Anna Arndt", "in", sender=None, sender_url=None)
    export.message("2026-11-03 11:00", "Bela Brandt", "in", "ad", **CLOSED, is_sponsored=True)
    export.message("2026-11-03 12:00", "Bela Brandt", "out", "ad")
    title = "Sponsored Conversation"
    export.message("2026-11-03 13:00", "Cem Cakir", "in", "titled ad", **CLOSED, conversation_title=title)
    export.message("2026-11-03 14:00", "Cem Cakir", "in", "titled ad", **CLOSED)


def test_drafts_notices_and_conversations_that_advertising_opened_are_left_out(told: DuckDBPyConnection):
    assert counts(told, no_messages) == (0, 1, 0, 0)


@stories
def notes(ada: Member) -> None:
    export = ada.linkedin("2026-11-20").connection("Anna Arndt", "2026-11-03")
    export.invitation("2026-11-02 10:00", "Anna Arndt", "out", note_key="hello anna")
    export.message("2026-11-03 10:00", "Anna Arndt", "out", text_key="hello anna")
    export.message("2026-11-03 11:00", "Anna Arndt", "in", text_key="thanks")
    export.invitation("2026-11-02 10:00", "Bela Brandt", "in", note_key="hello ada")
    export.message("2026-11-03 10:00", "Bela Brandt", "in", text_key="hello ada")
    # The words of a note in the mouth of somebody else, or in a letter to another person, are a message.
    export.message("2026-11-03 12:00", "Cem Cakir", "in", text_key="hello ada")
    export.message("2026-11-03 12:00", "Dora Decker", "out", text_key="hello anna")
    export.message("2026-11-03 12:00", "Bela Brandt", "out", text_key="hello ada")


def test_the_note_of_an_invitation_is_no_message(told: DuckDBPyConnection):
    assert counts(told, notes) == (2, 2, 2, 0)


@stories
def notes_of_another_export(ada: Member) -> None:
    ada.linkedin("2026-11-06").invitation("2026-11-02 10:00", "Anna Arndt", "out", note_key="hello anna")
    ada.linkedin("2026-11-20").message("2026-11-03 10:00", "Anna Arndt", "out", text_key="hello anna")


def test_a_note_is_known_from_any_export(told: DuckDBPyConnection):
    assert counts(told, notes_of_another_export) == (0, 0, 0, 0)


@stories
def groups(ada: Member) -> None:
    both = {"recipients": "Anna Arndt,Bela Brandt", "recipient_urls": f"{link('Anna Arndt')},{link('Bela Brandt')}"}
    others = {"recipients": f"{OWNER},Bela Brandt", "recipient_urls": f"{OWNER_LINK},{link('Bela Brandt')}"}
    export = ada.linkedin("2026-11-20").message("2026-11-03 08:00", "Anna Arndt", "out", "group", **both)
    export.message("2026-11-03 09:00", "Anna Arndt", "in", "group", **others)
    ada.xing("2026-11-20").talk(
        "2026-11-03 08:00",
        "Treffen",
        f"Anna Arndt,{OWNER},Bela Brandt",
        ("2026-11-03 08:00", "Anna Arndt"),
        ("2026-11-03 09:00", OWNER),
    )


def test_conversations_of_several_count_and_are_nobodys_last_touch(told: DuckDBPyConnection):
    assert counts(told, groups) == (1, 1, 1, 0)
    assert counts(told, groups, "xing") == (1, 1, 0, 1)
    assert told.execute("select count(other) from exchanges where member = 'groups'").fetchall() == [(0,)]


# Whose message it is


@stories
def namesakes(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    export.message("2026-11-03 08:00", OWNER, "in", sender_url=link("another ada"))
    export.message("2026-11-03 09:00", "Anna Arndt", "out", sender="A. Beispiel", sender_url=OWNER_LINK + "/")


def test_the_link_tells_who_wrote_whatever_the_name(told: DuckDBPyConnection):
    assert counts(told, namesakes) == (1, 1, 1, 0)


@stories
def old_format(ada: Member) -> None:
    bare = {"conversation_id": None, "sender_url": None, "recipient_urls": None}
    export = ada.linkedin("2018-11-20", owner_address=None)
    export.message("2018-11-03 08:00", "Anna Arndt", "out", **bare | {"direction": "OUTGOING"})
    export.message("2018-11-03 09:00", "Anna Arndt", "in", **bare | {"direction": "INCOMING"})
    export.message("2018-11-03 10:00", "Bela Brandt", "in", **bare | {"direction": "INCOMING"})


def test_files_without_links_and_conversations_go_by_direction_and_person(told: DuckDBPyConnection):
    assert counts(told, old_format) == (1, 2, 1, 0)


@stories
def on_xing(ada: Member) -> None:
    export = ada.xing("2026-11-20")
    export.talk("2026-11-03 08:00", "Hallo", f"{OWNER},Anna Arndt", ("2026-11-03 08:00", "Anna Arndt"))
    export.talk(
        "2026-11-04 08:00", "Hallo", "Bela Brandt", ("2026-11-04 08:00", OWNER), ("2026-11-04 09:00", "Bela Brandt")
    )
    export.talk("2026-11-04 08:00", "Hallo", "Cem Cakir", ("2026-11-04 08:00", OWNER))
    export.talk("2026-11-05 08:00", "Leer", "Dora Decker")


def test_xing_goes_by_names_and_an_empty_conversation_is_none(told: DuckDBPyConnection):
    assert counts(told, on_xing, "xing") == (2, 2, 2, 0)
    assert told.execute("select count(conversation) from conversations where member = 'on_xing'").fetchall() == [(3,)]


@stories
def by_spelling(ada: Member) -> None:
    ada.asked(name="Ada Müller")
    ada.xing("2026-11-20", owner="Ada Müller").talk(
        "2026-11-03 08:00",
        "Hallo",
        "Anna Arndt",
        ("2026-11-03 08:00", "Dr. Ada Mueller"),
        ("2026-11-03 09:00", "Anna Arndt"),
    )


def test_the_member_is_known_by_any_spelling_of_the_name(told: DuckDBPyConnection):
    assert counts(told, by_spelling, "xing") == (1, 1, 1, 0)


# Several exports


@stories
def overlapping(ada: Member) -> None:
    first, second, third = ada.linkedin("2026-11-06"), ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    for export in (first, second, third):
        export.message("2026-11-03 08:00", "Anna Arndt", "out").message("2026-11-03 09:00", "Anna Arndt", "in")
    second.message("2026-11-03 09:00", "Anna Arndt", "in")
    second.message("2026-11-10 08:00", "Bela Brandt", "in")
    third.message("2026-11-17 08:00", "Bela Brandt", "out")


def test_a_message_of_several_exports_counts_as_often_as_one_of_them_has_it(told: DuckDBPyConnection):
    assert counts(told, overlapping) == (2, 3, 1, 1)


@stories
def equal_in_one(ada: Member) -> None:
    export = ada.linkedin("2026-11-20")
    for _ in range(3):
        export.message("2026-11-03 08:00", "Anna Arndt", "in")


def test_equal_messages_of_one_export_count_each(told: DuckDBPyConnection):
    assert counts(told, equal_in_one) == (0, 3, 0, 0)


@stories
def overlapping_on_xing(ada: Member) -> None:
    for as_of in ("2026-11-13", "2026-11-20"):
        export = ada.xing(as_of)
        if as_of == "2026-11-20":
            export.talk("2026-11-17 08:00", "Neu", "Cem Cakir", ("2026-11-17 08:00", "Cem Cakir"))
        export.talk(
            "2026-11-03 08:00", "Hallo", "Anna Arndt", ("2026-11-03 08:00", OWNER), ("2026-11-03 09:00", "Anna Arndt")
        )
        export.talk("2026-11-03 08:00", "Hallo", "Bela Brandt", ("2026-11-03 08:00", OWNER))


def test_conversations_of_xing_are_recognised_in_every_export(told: DuckDBPyConnection):
    assert counts(told, overlapping_on_xing, "xing") == (2, 2, 2, 0)


@stories
def an_account_is_closed(ada: Member) -> None:
    older, newer = ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    for export, cells in ((older, {}), (newer, CLOSED)):
        export.message("2026-11-03 08:00", "Anna Arndt", "in", "2-anna", **cells)
        sent = {"recipients": "LinkedIn Member", "recipient_urls": None} if cells else {}
        export.message("2026-11-03 09:00", "Anna Arndt", "out", "2-anna", **sent)


def test_messages_of_an_account_that_was_closed_since_count_once(told: DuckDBPyConnection):
    assert counts(told, an_account_is_closed) == (1, 1, 0, 1)
    found = told.execute(
        "select distinct other, other_name from messages where member = 'an_account_is_closed'"
    ).fetchall()
    assert found == [("anna-arndt", "Anna Arndt")]


@stories
def a_link_changed(ada: Member) -> None:
    older, newer = ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    older.message("2026-11-03 08:00", "Anna Arndt", "in", "2-anna", sender_url=link("anna 4711"))
    newer.message("2026-11-03 08:00", "Anna Arndt", "in", "2-anna")


def test_messages_of_somebody_whose_link_changed_count_once(told: DuckDBPyConnection):
    assert counts(told, a_link_changed) == (0, 1, 0, 0)


@stories
def advertised_in_one(ada: Member) -> None:
    older, newer = ada.linkedin("2026-11-13"), ada.linkedin("2026-11-20")
    older.message("2026-11-03 08:00", "Anna Arndt", "in", "2-anna", conversation_title="Stelle")
    newer.message(
        "2026-11-03 08:00", "Anna Arndt", "in", "2-anna", **CLOSED, is_sponsored=True, conversation_title="Stelle"
    )


def test_somebody_who_closed_their_account_does_not_become_advertising(told: DuckDBPyConnection):
    assert counts(told, advertised_in_one) == (0, 1, 0, 0)


# The same second


@stories
def in_one_second(ada: Member) -> None:
    ada.linkedin("2026-11-20").message("2026-11-03 08:00", "Anna Arndt", "out").message(
        "2026-11-03 08:00", "Anna Arndt", "in", asks=True
    )


def test_in_one_second_the_members_message_does_not_count_as_the_beginning(told: DuckDBPyConnection):
    assert counts(told, in_one_second) == (1, 1, 0, 1)


def test_in_one_second_the_members_message_is_the_last(told: DuckDBPyConnection):
    [row] = scenario.rows_of(told, "select * from exchanges where member = 'in_one_second'")
    assert (row["last_is_sent"], row["unanswered"], row["last_asks"]) == (True, 1, False)
    [day] = scenario.rows_of(told, "select * from exchange_days where member = 'in_one_second'")
    assert not day["is_begun"]
