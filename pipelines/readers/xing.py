"""The tables of a XING Datenauskunft, which are known by their content: their files are named by hashes.

Belongs here: the description of contacts, contact notes and messages, and how a table of unknown name is recognised as one of them.
The bundle's pages are not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.readers.content import Header, column_key, first_records
from pipelines.readers.source import N_, Column, Source, body_flags, instant, text

if TYPE_CHECKING:
    from collections.abc import Sequence

_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")
_NOTE_TEXT = "Text der Notiz"

CONTACTS = Source(
    "xing_contacts",
    (),
    {"name": ("Name",), "date": ("Kontakt bestätigt am",)},
    (text("name"), instant("confirmed_at")),
    when="{date}",
    field="Kontakt bestätigt am",
    bare=("name", "date"),
)
NOTES = Source(
    "xing_notes",
    (),
    {"name": ("Name",), "date": ("Erstellt am",)},
    (instant("created_at"),),
    when="{date}",
    field="Erstellt am",
    others=(_NOTE_TEXT,),
    bare=("name", "date", ""),
)

_HEADS_A_CONVERSATION = "({subject} is not null or {stamp} is not null or {participants} is not null)"
_IS_A_MESSAGE = "({sender} is not null or {sent} is not null or {body} is not null)"
_NEITHER = N_("the record is neither the head of a conversation nor a message")
MESSAGES = Source(
    "xing_messages",
    (),
    {
        "subject": ("Betreff",),
        "stamp": ("Zeitpunkt",),
        "participants": ("Teilnehmer",),
        "sender": ("Absender",),
        "sent": ("Gesendet",),
        "body": ("Inhalt",),
    },
    (
        # A record without a sender opens a conversation, all that follow up to the next one belong to it.
        Column(
            "conversation",
            "INTEGER",
            f"(count(*) filter (where {_HEADS_A_CONVERSATION})"
            " over (partition by filename order by number rows between unbounded preceding and current row))::integer",
        ),
        Column("is_conversation", "BOOLEAN", _HEADS_A_CONVERSATION),
        text("subject"),
        text("participants"),
        text("sender"),
        instant("sent_at"),
        *body_flags("body"),
    ),
    when="coalesce({stamp}, {sent})",
    field="Zeitpunkt",
    bare=("subject", "stamp", "participants", "sender", "sent", "body"),
    invalid=((f"{_HEADS_A_CONVERSATION} = {_IS_A_MESSAGE}", _NEITHER),),
    finish=(
        "is_conversation",
        """
        update raw_xing_messages as message set subject = head.subject, participants = head.participants
        from raw_xing_messages as head
        where message.member = $member and message.export = $export and message.file = $file
            and head.member = $member and head.export = $export and head.file = $file
            and head.is_conversation and not message.is_conversation and head.conversation = message.conversation
        """,
    ),
)
SOURCES = (CONTACTS, NOTES, MESSAGES)
GUESSED = N_("No known header; taken for {source} by its columns.")
SENTENCES = (GUESSED, _NEITHER)


def recognise(head: bytes) -> tuple[Source, Header, str | None] | None:
    """Return the source that the first lines of a table show, its header, and a note where that is a guess.

    The header is known in German; of accounts in another language only the number of columns and their dates are.
    """
    records = first_records(head, 0, ",", 20)
    if not records:
        return None
    first, *others = [[cell.strip() for cell in record] for record in records]
    keys = [column_key(cell) for cell in first]
    for source, width in ((CONTACTS, 2), (NOTES, 3)):
        expected = [column_key(source.cells[cell][0]) if cell else column_key(_NOTE_TEXT) for cell in source.bare or ()]
        if keys == expected:
            return source, _below_first_line(head, first), None
        if len(first) == width and _all_stamps(others, width) and not _STAMP.fullmatch(first[1]):
            names = tuple(source.cells[cell][0] if cell else _NOTE_TEXT for cell in source.bare or ())
            return source, _below_first_line(head, list(names)), GUESSED.format(source=source.name)
    if all(len(record) == 6 for record in records) and _STAMP.fullmatch(first[1]) and not any(first[3:]):
        return MESSAGES, Header(tuple(MESSAGES.cells[cell][0] for cell in MESSAGES.bare or ()), ",", 0, 1), None
    return None


def _below_first_line(head: bytes, cells: list[str]) -> Header:
    return Header(tuple(cells), ",", head.find(b"\n") + 1 or len(head), 2)


def _all_stamps(records: Sequence[list[str]], width: int) -> bool:
    """Whether the second cell of every record is a moment or empty; contacts may all be without one, as long as they have a name."""
    stamps = [record[1] for record in records if len(record) == width]
    shown = any(stamps) or (
        width == len(CONTACTS.bare or ()) and bool(records) and all(record[0] for record in records)
    )
    return len(stamps) == len(records) and shown and all(not stamp or _STAMP.fullmatch(stamp) for stamp in stamps)
