"""What other programs get wrong on real exports, each end to end: from the bytes of a file to the number that a reader sees.

What is proved nearer to its rule is not repeated here: the member among the contacts, namesakes and the old file of one platform in
test_metrics_contacts.py, bands in test_metrics_habits.py, the reported week in test_command.py, faults and facts in test_checks.py and test_orchestration.py.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.members import Member
from tests.reading_samples import Raw, lines, read_file, write_export

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
ANNA = "Anna,Arndt,https://www.linkedin.com/in/anna-arndt,,Nordlicht GmbH,Analystin,10 Nov 2026"
BELA = "Bela,Brandt,https://www.linkedin.com/in/bela-brandt,,Metabase Kiel,Ärztin,09 Nov 2026"
NOTE = "When exporting your connection data, you may notice that some of the email addresses are missing."
OLD = "First Name,Last Name,Email Address,Company,Position,Connected On"
PREAMBLES = {
    "none": lines(HEADER, ANNA, BELA),
    "quoted": lines("Notes:", f'"{NOTE}"', "", HEADER, ANNA, BELA),
    "bare, with commas": lines("Notes:", NOTE, "", HEADER, ANNA, BELA),
    "over two lines": lines("Notes:", f'"{NOTE}', 'You can learn more here"', "", HEADER, ANNA, BELA),
    "one line": lines(f'"{NOTE}"', HEADER, ANNA, BELA),
    "longer than ever": lines(*["Notes:"] * 12, "", HEADER, ANNA, BELA),
    "windows line ends": lines("Notes:", f'"{NOTE}"', "", HEADER, ANNA, BELA, end="\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + lines("Notes:", f'"{NOTE}"', "", HEADER, ANNA, BELA),
    "padded by a spreadsheet": lines("Notes:,,,,,,", f'"{NOTE}",,,,,,', ",,,,,,", HEADER, ANNA, BELA),
    "semicolons of a spreadsheet": lines("Notes:;;;;;;", *(line.replace(",", ";") for line in (HEADER, ANNA, BELA))),
    "without links": lines(
        "Notes:", f'"{NOTE}"', "", OLD, "Anna,Arndt,,Nordlicht GmbH,Analystin,10 Nov 2026", "Bela,Brandt,,,,09 Nov 2026"
    ),
}
ENDORSEMENTS = {
    "received": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status",
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
    ),
    "given": (
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status",
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status",
    ),
}


def numbers(*exports: Path, member: Member | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the numbers of the report that these exports make, by name and platform."""
    made, notes = steps.report(member or Member(key="ada", week="2026-W46"), list(exports), None)
    assert made is not None, notes
    return {(row["name"], row["platform"]): row for row in json.loads(made.json)["metrics"]}


@pytest.mark.parametrize("name", PREAMBLES)
def test_a_preamble_is_never_the_header_and_costs_no_contact(tmp_path: Path, name: str):
    raw, ledger = read_file(tmp_path, "Connections.csv", PREAMBLES[name])
    assert ledger.counts == (2, 2, 0)
    assert raw.column("select last_name from raw_linkedin_connections order by row") == ["Arndt", "Brandt"]


def test_a_row_without_a_name_is_a_contact_and_no_person(tmp_path: Path):
    path = write_export(tmp_path, {"Connections.csv": lines(HEADER, ANNA, ",,,,,,11 Nov 2026")})
    found = numbers(path)
    assert found["contacts_new", "linkedin"]["value"] == 2
    assert found["persons_total", "linkedin"]["value"] == 1


def test_a_date_that_fits_no_format_is_refused_and_is_not_today(tmp_path: Path):
    odd = ANNA.replace("10 Nov 2026", "the day before").replace("anna", "other")
    path = write_export(tmp_path, {"Connections.csv": lines(HEADER, ANNA, odd, BELA)})
    raw = Raw(path)
    assert raw.file("Connections.csv").counts == (3, 2, 1)
    assert raw.column("select max(connected_on)::varchar from raw_linkedin_connections") == ["2026-11-10"]
    assert numbers(path)["contacts_total", "all"]["value"] == 2


@pytest.mark.parametrize(
    ("direction", "header"), [(side, header) for side, headers in ENDORSEMENTS.items() for header in headers]
)
def test_endorsements_are_read_under_all_names_of_their_columns(tmp_path: Path, direction: str, header: str):
    row = ["2026/11/10 10:11:12 UTC", "SQL", "Anna", "Arndt", "ACCEPTED"]
    if "Url" in header:
        row.insert(4, "https://www.linkedin.com/in/anna-arndt")
    for name in (f"Endorsement_{direction.title()}_Info.csv", f"Endorsement {direction.title()} Info.csv"):
        folder = tmp_path / name
        files = {"Connections.csv": lines(HEADER, ANNA), name: lines(header, ",".join(row))}
        assert numbers(write_export(folder, files))[f"endorsements_{direction}", "linkedin"]["value"] == 1


def test_two_hundred_thousand_messages_are_read_and_counted(tmp_path: Path):
    header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
    link = "https://www.linkedin.com/in/"
    records = [
        f"2-{i // 4},,Anna Arndt,{link}anna-arndt,Ada Beispiel,{link}ada-beispiel,2026-11-1{i % 4} 10:{i % 60:02}:00 UTC,,Hallo {i},INBOX"
        for i in range(200_000)
    ]
    profile = lines("First Name,Last Name", "Ada,Beispiel")
    path = write_export(tmp_path, {"messages.csv": lines(header, *records), "Profile.csv": profile})
    assert (
        numbers(path, member=Member(key="ada", name="Ada Beispiel"))["messages_received", "linkedin"]["value"]
        == 200_000
    )


def test_meta_is_not_found_in_metabase(tmp_path: Path):
    path = write_export(tmp_path, {"Connections.csv": lines(HEADER, ANNA, BELA)})
    for target, paths in (("Meta", 0), ("Metabase Kiel", 1)):
        made, _ = steps.report(Member(key="ada", week="2026-W46", target_companies=(target,)), [path], None)
        assert made is not None
        assert len(json.loads(made.json)["details"]["warm_paths"]) == paths


def test_a_new_contact_who_was_never_written_to_is_not_warm(tmp_path: Path):
    path = write_export(tmp_path, {"Connections.csv": lines(HEADER, ANNA, BELA)})
    made, _ = steps.report(Member(key="ada", week="2026-W46"), [path], None)
    assert made is not None
    ties = json.loads(made.json)["details"]["ties"]
    assert {row["band"] for row in ties if row["people"]} <= {"never"}


@pytest.mark.parametrize(("zone", "week"), [("Europe/Berlin", "2026-W47"), ("America/New_York", "2026-W46")])
def test_the_reported_week_is_that_of_the_members_clock(tmp_path: Path, zone: str, week: str):
    # Half past midnight on a Monday in Berlin, Sunday afternoon in New York.
    comments = lines("Date,Link,Message", "2026-11-15 23:30:00,https://www.linkedin.com/feed/update/1,Ja")
    path = write_export(tmp_path, {"Connections.csv": lines(HEADER, ANNA), "Comments.csv": comments})
    found = numbers(path, member=Member(key="ada", week=week, time_zone=zone))
    assert found["comments", "linkedin"]["value"] == 1
    assert {row["week"] for row in found.values()} == {week}
