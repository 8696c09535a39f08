"""The tables of a XING Datenauskunft, known by their content, and the member's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reading_samples import Raw, at, lines, read_file, write_export

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS = lines('"Name","Kontakt bestätigt am"', '"Ben Müller ","2024-02-05 10:11:12 UTC"', '"Eva Groß",""')
NOTES = lines(
    '"Name","Erstellt am","Text der Notiz"', '"Ben Müller","2024-02-05 10:11:12 UTC","aus dem Verein,', 'sehr nett"'
)
MESSAGES = lines(
    '"Betreff, mit Komma","2024-02-05 10:11:12 UTC","Ada Beispiel,Ben Müller","","",""',
    '"","","","Ada Beispiel","2024-02-05 10:11:12 UTC","Hallo Ben,',
    '<p>hast du Zeit?</p>"',
    '"","","","Ben Müller","2024-02-06 10:11:12 UTC","Ja"',
    '"Leer","2024-02-07 10:11:12 UTC","Ada Beispiel","","",""',
    '"","2024-02-08 10:11:12 UTC","Ada Beispiel,Eva Groß","","",""',
    '"","","","Eva Groß","2024-02-08 10:11:12 UTC",""',
)
FILES = {
    "data/network-inquiry/files/3b1f.csv": CONTACTS,
    "data/network-inquiry/files/91cc.csv": NOTES,
    "data/messages-backend/files/7d20.csv": MESSAGES,
    "index.html": b"<html></html>",
}


def bundle(folder: Path, files: dict[str, bytes] | None = None) -> Raw:
    return Raw(write_export(folder, files or FILES, "xing-datenauskunft.zip"))


def test_each_table_is_known_by_its_content(tmp_path: Path) -> None:
    raw = bundle(tmp_path)
    assert raw.rows("select source, status, rows_read, rows_kept from raw_files order by file") == [
        ("xing_messages", "read", 6, 6),
        ("xing_contacts", "read", 2, 2),
        ("xing_notes", "read", 1, 1),
        (None, "unused", 0, 0),
    ]
    assert raw.column("select platform from raw_exports") == ["xing"]
    assert raw.rows("select name, confirmed_at from raw_xing_contacts order by row") == [
        ("Ben Müller", at("2024-02-05 10:11:12")),
        ("Eva Groß", None),
    ]
    assert raw.rows("select created_at from raw_xing_notes") == [(at("2024-02-05 10:11:12"),)]


def test_messages_belong_to_the_conversation_above_them(tmp_path: Path) -> None:
    raw = bundle(tmp_path)
    ada_ben, subject = "Ada Beispiel,Ben Müller", "Betreff, mit Komma"
    assert raw.rows(
        "select conversation, is_conversation, subject, participants, sender, asks from raw_xing_messages order by row"
    ) == [
        (1, True, subject, ada_ben, None, False),
        (1, False, subject, ada_ben, "Ada Beispiel", True),
        (1, False, subject, ada_ben, "Ben Müller", False),
        (2, True, "Leer", "Ada Beispiel", None, False),
        (3, True, None, "Ada Beispiel,Eva Groß", None, False),
        (3, False, None, "Ada Beispiel,Eva Groß", "Eva Groß", False),
    ]
    assert raw.column("select sent_at from raw_xing_messages where row in (1, 3) order by row") == [
        at("2024-02-05 10:11:12"),
        at("2024-02-06 10:11:12"),
    ]


def test_texts_of_notes_and_messages_are_dropped(tmp_path: Path) -> None:
    raw = bundle(tmp_path)
    for (name,) in raw.rows("select table_name from duckdb_tables()"):
        found = str(raw.rows(f"select * from {name}"))
        assert "Verein" not in found
        assert "hast du" not in found


def test_a_record_that_is_neither_head_nor_message_is_refused(tmp_path: Path) -> None:
    body = MESSAGES + lines('"x","2024-02-05 10:11:12 UTC","Ada","Ben","2024-02-05 10:11:12 UTC","y"')
    _, ledger = read_file(tmp_path, "7d20.csv", body)
    assert ledger.counts == (7, 6, 1)
    assert ledger.refusals == [(8, "the record is neither the head of a conversation nor a message")]


def test_a_broken_head_does_not_hand_its_messages_to_the_conversation_before(tmp_path: Path) -> None:
    body = MESSAGES + lines('"Neu","gestern","Ada,Ben","","",""', '"","","","Ben","2024-02-09 10:11:12 UTC","y"')
    raw, ledger = read_file(tmp_path, "7d20.csv", body)
    assert ledger.counts == (8, 7, 1)
    assert ledger.refusals == [(8, "Zeitpunkt: no date format fits")]
    assert raw.rows("select conversation, subject from raw_xing_messages where row = 8") == [(4, None)]


@pytest.mark.parametrize(
    ("body", "source"),
    [
        (lines('"Name","Contact confirmed on"', '"Ben","2024-02-05 10:11:12 UTC"', '"Eva",""'), "xing_contacts"),
        (lines('"Name","Contact confirmed on"', '"Ben",""', '"Eva",""'), "xing_contacts"),
        (lines('"Name","Created on","Note"', '"Ben","2024-02-05 10:11:12 UTC","x"'), "xing_notes"),
    ],
)
def test_other_headers_are_told_by_their_shape_with_a_note(tmp_path: Path, body: bytes, source: str) -> None:
    _, ledger = read_file(tmp_path, "3b1f.csv", body)
    assert ledger.source == source
    assert ledger.refused == 0
    assert ledger.message == f"No known header; taken for {source} by its columns."


@pytest.mark.parametrize(
    "body",
    [
        lines("a,b", "1,2"),
        lines("Firmenname;Titel;Von", "A;B;2020"),
        lines('"x"'),
        b"",
        lines("Name,Datum", "Ben,", ","),
        lines("Name,Datum"),
    ],
)
def test_any_other_table_stays_unknown(tmp_path: Path, body: bytes) -> None:
    _, ledger = read_file(tmp_path, "3b1f.csv", body)
    assert (ledger.source, ledger.status) == (None, "unknown")


def test_equal_tables_in_one_bundle_count_once(tmp_path: Path) -> None:
    raw = bundle(tmp_path, {**FILES, "data/network-inquiry/files/copy.csv": CONTACTS})
    assert raw.column("select count(*) from raw_xing_contacts") == [2]


@pytest.mark.parametrize(
    "body",
    [
        lines("group_id,name", "1814785,Stammtisch Köln"),
        b"\xef\xbb\xbf" + lines("Gruppen-ID;Gruppenname", "1814785;Stammtisch Köln", end="\r\n"),
        lines("Name;Group ID", "Stammtisch Köln;1814785"),
    ],
)
def test_the_members_own_names_of_groups(tmp_path: Path, body: bytes) -> None:
    for i, name in enumerate(("groups.csv", "meine Gruppen.csv")):
        raw, ledger = (
            read_file(tmp_path / str(i), name, body)
            if i == 0 or b"Gruppen" not in body
            else read_file(tmp_path / "x", "Gruppen.csv", body)
        )
        assert (ledger.source, ledger.counts) == ("own_groups", (1, 1, 0))
        assert raw.rows("select group_id, name from raw_own_groups") == [("1814785", "Stammtisch Köln")]
        assert raw.column("select platform from raw_exports") == ["own"]
