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
from tests.bucket import Bucket, Inboxes
from tests.reading_samples import Raw, lines, read_file, write_export

if TYPE_CHECKING:
    from collections.abc import Callable
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


inboxes = Inboxes(Member("ada", week="2026-W46"))


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    return inboxes.bucket(tmp_path_factory.mktemp("inboxes"))


def numbers(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the numbers of a report by name and platform."""
    return {(row["name"], row["platform"]): row for row in document["metrics"]}


@pytest.mark.parametrize("name", PREAMBLES)
def test_a_preamble_is_never_the_header_and_costs_no_contact(tmp_path: Path, name: str):
    raw, ledger = read_file(tmp_path, "Connections.csv", PREAMBLES[name])
    assert ledger.counts == (2, 2, 0)
    assert raw.column("select last_name from raw_linkedin_connections order by row") == ["Arndt", "Brandt"]


@inboxes
def without_a_name(inbox: Path) -> list[Path]:
    return [write_export(inbox, {"Connections.csv": lines(HEADER, ANNA, ",,,,,,11 Nov 2026")})]


def test_a_row_without_a_name_is_a_contact_and_no_person(bucket: Bucket):
    found = numbers(bucket.document("without_a_name"))
    assert found["contacts_new", "linkedin"]["value"] == 2
    assert found["persons_total", "linkedin"]["value"] == 1


@inboxes
def odd_date(inbox: Path) -> list[Path]:
    odd = ANNA.replace("10 Nov 2026", "the day before").replace("anna", "other")
    return [write_export(inbox, {"Connections.csv": lines(HEADER, ANNA, odd, BELA)})]


def test_a_date_that_fits_no_format_is_refused_and_is_not_today(tmp_path: Path, bucket: Bucket):
    raw = Raw(*odd_date(tmp_path))
    assert raw.file("Connections.csv").counts == (3, 2, 1)
    assert raw.column("select max(connected_on)::varchar from raw_linkedin_connections") == ["2026-11-10"]
    assert numbers(bucket.document("odd_date"))["contacts_total", "all"]["value"] == 2


def endorsed(direction: str, header: str, name: str) -> Callable[[Path], list[Path]]:
    row = ["2026/11/10 10:11:12 UTC", "SQL", "Anna", "Arndt", "ACCEPTED"]
    if "Url" in header:
        row.insert(4, "https://www.linkedin.com/in/anna-arndt")
    return lambda inbox: [
        write_export(inbox, {"Connections.csv": lines(HEADER, ANNA), name: lines(header, ",".join(row))})
    ]


ENDORSED = [
    (direction, header, name)
    for direction, headers in ENDORSEMENTS.items()
    for header in headers
    for name in (f"Endorsement_{direction.title()}_Info.csv", f"Endorsement {direction.title()} Info.csv")
]
for number, case in enumerate(ENDORSED):
    inboxes.add(f"endorsed{number}", endorsed(*case))


@pytest.mark.parametrize("number", range(len(ENDORSED)), ids=[f"{name}: {header}" for _, header, name in ENDORSED])
def test_endorsements_are_read_under_all_names_of_their_columns(bucket: Bucket, number: int):
    direction, _, _ = ENDORSED[number]
    assert numbers(bucket.document(f"endorsed{number}"))[f"endorsements_{direction}", "linkedin"]["value"] == 1


@pytest.mark.slow
def test_two_hundred_thousand_messages_are_read_and_counted(tmp_path: Path):
    header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
    link = "https://www.linkedin.com/in/"
    records = [
        f"2-{i // 4},,Anna Arndt,{link}anna-arndt,Ada Beispiel,{link}ada-beispiel,2026-11-1{i % 4} 10:{i % 60:02}:00 UTC,,Hallo {i},INBOX"
        for i in range(200_000)
    ]
    profile = lines("First Name,Last Name", "Ada,Beispiel")
    path = write_export(tmp_path, {"messages.csv": lines(header, *records), "Profile.csv": profile})
    made, notes = steps.report(Member(key="ada", name="Ada Beispiel"), [path], None)
    assert made is not None, notes
    assert numbers(json.loads(made.json))["messages_received", "linkedin"]["value"] == 200_000


def two_contacts(inbox: Path) -> list[Path]:
    return [write_export(inbox, {"Connections.csv": lines(HEADER, ANNA, BELA)})]


inboxes.add("meta", two_contacts, target_companies=("Meta",))
inboxes.add("metabase", two_contacts, target_companies=("Metabase Kiel",))


def test_meta_is_not_found_in_metabase(bucket: Bucket):
    assert len(bucket.document("meta")["details"]["warm_paths"]) == 0
    assert len(bucket.document("metabase")["details"]["warm_paths"]) == 1


def test_a_new_contact_who_was_never_written_to_is_not_warm(bucket: Bucket):
    ties = bucket.document("meta")["details"]["ties"]
    assert {row["band"] for row in ties if row["people"]} <= {"never"}


def commented_at_the_turn_of_the_week(inbox: Path) -> list[Path]:
    # Half past midnight on a Monday in Berlin, Sunday afternoon in New York.
    comments = lines("Date,Link,Message", "2026-11-15 23:30:00,https://www.linkedin.com/feed/update/1,Ja")
    return [write_export(inbox, {"Connections.csv": lines(HEADER, ANNA), "Comments.csv": comments})]


ZONES = [("Europe/Berlin", "2026-W47"), ("America/New_York", "2026-W46")]
for zone, week in ZONES:
    inboxes.add(zone, commented_at_the_turn_of_the_week, week=week, time_zone=zone)


@pytest.mark.parametrize(("zone", "week"), ZONES)
def test_the_reported_week_is_that_of_the_members_clock(bucket: Bucket, zone: str, week: str):
    found = numbers(bucket.document(zone))
    assert found["comments", "linkedin"]["value"] == 1
    assert {row["week"] for row in found.values()} == {week}
