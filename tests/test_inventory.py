"""What `inspect` says: the ledger as JSON and as text."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.inventory import inventory, inventory_text, localised
from tests.reading_samples import EXPORT, LINK, Raw, lines, table, write_export

PROFILE = table(["First Name", "Last Name"], [["Ada", "Beispiel\u202e"]])
CONNECTIONS = lines("First Name,Last Name,Connected On", "Ben,Geheimrat,05 Feb 2024", "Eva,Geheimrat,gestern")
FILES = {
    "Connections.csv": CONNECTIONS,
    "Profile.csv": PROFILE,
    "Reactions.csv": lines("Date,Type,Link,Neu", f"2024-02-05 10:11:12,LIKE,{LINK},x"),
    "Votes.csv": b"kein Kopf\n",
    "Logins.csv": b"x",
    "Education.csv": b"x",
    "bild.dat": b"x",
}
# What no LinkedIn archive holds.
NOT_ON_LINKEDIN = (
    "xing_contacts", "xing_messages", "own_visitors", "own_activity", "own_people", "own_applications",
)  # fmt: skip


def found(*paths: Path) -> dict[str, object]:
    return inventory(Raw(*paths).connection)


def test_the_json_has_every_key_in_its_order(tmp_path: Path) -> None:
    path = write_export(tmp_path, FILES)
    inspected = inventory(Raw(path).connection)
    assert list(inspected) == ["exports", "missing", "stale"]
    [export] = inspected["exports"]
    assert list(export) == ["path", "sha256", "platform", "owner", "as_of", "error", "held_back", "files"]
    assert (export["path"], export["platform"], export["owner"], export["as_of"]) == (
        str(path),
        "linkedin",
        "Ada Beispiel\u202e",
        "2026-11-20",
    )
    assert len(export["sha256"]) == 64
    [connections] = [file for file in export["files"] if file["name"] == "Connections.csv"]
    assert connections == {
        "name": "Connections.csv",
        "table": "linkedin_connections",
        "status": "read",
        "encoding": "utf-8",
        "columns_unknown": [],
        "columns_missing": ["URL", "Email Address", "Company", "Position"],
        "rows_read": 2,
        "rows_kept": 1,
        "rows_refused": 1,
        "refused": [{"line": 3, "reason": "Connected On: no date format fits"}],
        "message": None,
    }
    assert {file["name"]: file["status"] for file in export["files"]} == {
        "Connections.csv": "read",
        "Profile.csv": "read",
        "Reactions.csv": "read",
        "Votes.csv": "failed",
        "Logins.csv": "never opened",
        "Education.csv": "unused",
        "bild.dat": "unknown",
    }


def test_no_value_of_a_field_is_shown(tmp_path: Path) -> None:
    inspected = found(write_export(tmp_path, FILES))
    for text in (json.dumps(inspected), inventory_text(inspected, str)):
        assert "Geheimrat" not in text
        assert "gestern" not in text


def test_the_larger_archive_has_to_be_asked_for_first(tmp_path: Path) -> None:
    basic = write_export(tmp_path, {"Connections.csv": CONNECTIONS}, "Basic_LinkedInDataExport_11-20-2026.zip")
    missing = inventory(Raw(basic).connection)["missing"]
    assert [item["source"] for item in missing] == [
        "linkedin_shares",
        "linkedin_comments",
        "linkedin_reactions",
        "linkedin_votes",
        "linkedin_reposts",
        "linkedin_messages",
        "linkedin_invitations",
        *NOT_ON_LINKEDIN,
    ]
    assert "larger data archive" in missing[0]["how"]


def test_one_activity_file_stands_for_all_of_them(tmp_path: Path) -> None:
    missing = inventory(Raw(write_export(tmp_path, FILES)).connection)["missing"]
    assert [item["source"] for item in missing] == [
        "linkedin_votes",
        "linkedin_messages",
        "linkedin_invitations",
        *NOT_ON_LINKEDIN,
    ]
    assert "could not be read" in missing[0]["how"]


def test_a_header_alone_counts_as_there_and_a_broken_file_does_not(tmp_path: Path) -> None:
    files = {"Connections.csv": lines("First Name,Last Name,Connected On"), "messages.csv": b"<html>", "Votes.csv": b""}
    missing = inventory(Raw(write_export(tmp_path, files)).connection)["missing"]
    assert [item["source"] for item in missing] == ["linkedin_messages", "linkedin_invitations", *NOT_ON_LINKEDIN]
    assert "could not be read" in missing[0]["how"]


def test_what_xing_lacks_is_named_file_by_file(tmp_path: Path) -> None:
    contacts = lines('"Name","Kontakt bestätigt am"', '"Ben",""')
    missing = inventory(Raw(write_export(tmp_path, {"data/1.csv": contacts}, "xing.zip")).connection)["missing"]
    assert [item["source"] for item in missing if item["source"].startswith("xing")] == ["xing_messages"]


def test_what_an_older_export_alone_holds_is_stale_and_not_missing(tmp_path: Path) -> None:
    older = write_export(tmp_path, FILES, "Complete_LinkedInDataExport_08-03-2026.zip")
    newer = write_export(tmp_path, {"Connections.csv": CONNECTIONS}, "Basic_LinkedInDataExport_11-20-2026.zip")
    inspected = inventory(Raw(older, newer).connection)
    assert [(item["source"], item["as_of"]) for item in inspected["stale"]] == [
        (f"linkedin_{name}", "2026-08-03") for name in ("shares", "comments", "reactions", "reposts")
    ]
    assert "linkedin_shares" not in [item["source"] for item in inspected["missing"]]
    assert "linkedin_shares, 2026-08-03. Only LinkedIn’s larger data archive" in inventory_text(inspected, str)


def test_an_export_that_cannot_be_opened_is_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "login.zip"
    bad.write_bytes(b"<!DOCTYPE html><html></html>")
    empty = write_export(tmp_path, {"holiday.txt": b"sun"}, "nothing.zip")
    noise = write_export(tmp_path, {"Reactions.csv": bytes(range(256)) * 40}, "noise.zip")
    inspected = inventory(Raw(bad, empty, noise, tmp_path / "absent.zip").connection)
    assert {Path(export["path"]).name: export["files"] for export in inspected["exports"]}["login.zip"] == []
    for export in inspected["exports"]:
        name = Path(export["path"]).name
        assert name in export["error"]
        assert export["error"].endswith(".")
        assert (export["sha256"] is None) == (name == "absent.zip")


def test_a_bad_export_costs_nothing_beside_it(tmp_path: Path) -> None:
    good = write_export(tmp_path, FILES)
    raw = Raw(tmp_path / "absent.zip", good)
    assert raw.column("select count(*) from raw_linkedin_connections") == [1]


def test_the_same_export_under_two_names_is_read_once(tmp_path: Path) -> None:
    first = write_export(tmp_path, FILES)
    again = tmp_path / f"copy of {EXPORT}"
    again.write_bytes(first.read_bytes())
    inspected = inventory(Raw(first, again, first).connection)
    assert [export["path"] for export in inspected["exports"]] == [str(first)]


def test_what_cannot_be_read_under_one_name_hides_nothing_that_can_under_another(tmp_path: Path) -> None:
    target = write_export(tmp_path, FILES)
    (tmp_path / "AAA_latest.zip").symlink_to(target)
    for name in ("Aufzeichnung.csv", "Reactions.csv", "Zettel.csv"):
        (tmp_path / name).write_bytes(FILES["Reactions.csv"])
    raw = Raw(*sorted(tmp_path.iterdir()))
    told = {Path(export["path"]).name: export["error"] for export in inventory(raw.connection)["exports"]}
    assert told.keys() == {"AAA_latest.zip", EXPORT, "Reactions.csv"}
    assert {name for name, error in told.items() if error} == {"AAA_latest.zip"}
    assert raw.column("select count(*) from raw_linkedin_connections") == [1]
    assert raw.column("select count(*) from raw_linkedin_reactions") == [2]


def test_the_order_of_exports_changes_nothing(tmp_path: Path) -> None:
    first, second = write_export(tmp_path / "a", FILES), write_export(tmp_path / "b", {"Connections.csv": CONNECTIONS})
    assert found(first, second) == found(second, first)


def test_only_the_members_asked_for_are_listed(tmp_path: Path) -> None:
    raw = Raw(write_export(tmp_path, FILES))
    assert len(inventory(raw.connection, ["ada"])["exports"]) == 1
    assert inventory(raw.connection, ["ben"])["exports"] == []


def test_the_text_fits_a_terminal_and_cannot_command_it(tmp_path: Path) -> None:
    inspected = inventory(Raw(write_export(tmp_path, FILES), tmp_path / "absent.zip").connection)
    for export in inspected["exports"]:
        export["path"] = "inbox\x1b[31m/export.zip"
    text = inventory_text(inspected, str)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert all(len(line) <= 100 for line in text.splitlines())
    for part in (
        "Connections.csv",
        "Ada Beispiel",
        "Line 3: Connected On: no date format fits",
        "Never opened, on principle: Logins.csv",
        "Neu",
    ):
        assert part in text


def test_only_the_first_refusals_are_written_out(tmp_path: Path) -> None:
    body = lines("Date,Type,Link", "2024-02-05 10:11:12,LIKE,x", *["gestern,LIKE,x"] * 8)
    text = inventory_text(found(write_export(tmp_path, {"Reactions.csv": body})), str)
    assert text.count("no date format fits") == 5
    assert "Further refused rows: 3" in text


def test_sentences_of_the_ledger_can_be_said_in_another_language() -> None:
    german = {
        "NUL bytes that were left out: {count}.": "Weggelassene NUL-Bytes: {count}.",
        "no date format fits": "kein Datumsformat passt",
    }
    said = localised("NUL bytes that were left out: 4. Date: no date format fits", lambda text: german.get(text, text))
    assert said == "Weggelassene NUL-Bytes: 4. Date: kein Datumsformat passt"
