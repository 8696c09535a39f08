"""Encodings, line ends and headers: all that is settled before a record is looked at."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers.content import BLOCK, Text, find_header
from tests.reading_samples import LINK, REACTIONS, lines, read_file

RECORDS = [f"2024-02-05 10:11:{i:02d},GRÜN,{LINK}" for i in range(20)]
CLEAN = lines(REACTIONS, *RECORDS)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (CLEAN, "utf-8"),
        (b"\xef\xbb\xbf" + CLEAN, "utf-8"),
        (CLEAN.decode().encode("utf-16"), "utf-16"),
        (CLEAN.decode().replace(",", "\t").encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CLEAN.decode().encode("utf-16-be"), "utf-16"),
        (CLEAN.decode().encode("cp1252"), "windows-1252"),
        (CLEAN.replace(b"\n", b"\r\n"), "utf-8"),
        (CLEAN.replace(b"\n", b"\r"), "utf-8"),
        (lines(REACTIONS, *RECORDS[:9], end="\r\n") + lines(*RECORDS[9:]), "utf-8"),
        (CLEAN.rstrip(b"\n"), "utf-8"),
        (CLEAN.replace(b",", b";"), "utf-8"),
        (CLEAN.replace(b",GR", b",G\0R"), "utf-8"),
        (lines("Notes:", '"Zum Export, ""wichtig"""', "", " date ,TYPE,Link ") + lines(*RECORDS), "utf-8"),
        (lines('"Date";"Type";"Link"', *(r.replace(",", ";") for r in RECORDS)), "utf-8"),
        (b"\xef\xbb\xbf" + lines("Notes:", "", "\ufeffDate,Type,Link", *RECORDS), "utf-8"),
    ],
    ids=[
        "UTF-8", "byte order mark", "UTF-16", "UTF-16 with tabs", "UTF-16 the other way", "Windows-1252", "CRLF", "CR", "CRLF and LF",
        "no last line end", "semicolons", "NUL", "preamble", "all quoted", "byte order mark before the header",
    ],
)  # fmt: skip
def test_the_same_table_comes_out_of_all_ways_to_write_it(tmp_path: Path, body: bytes, encoding: str) -> None:
    raw, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.counts == (20, 20, 0)
    assert ledger.encoding == encoding
    assert set(raw.rows("select type, link from raw_linkedin_reactions")) == {("GRÜN", LINK)}


def test_lines_in_another_encoding_are_read_alone_and_counted(tmp_path: Path) -> None:
    body = lines(REACTIONS, *RECORDS) + f"2024-02-06 10:11:12,BLÄU,{LINK}\n".encode("cp1252")
    raw, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert set(raw.column("select type from raw_linkedin_reactions")) == {"GRÜN", "BLÄU"}
    assert ledger.message == "Lines that are not UTF-8 and were read as Windows-1252: 1."


def test_a_line_end_of_old_macs_inside_a_bare_cell_is_a_blank(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "Reactions.csv", lines(REACTIONS, f"2024-02-05 10:11:12,LI\rKE,{LINK}", *RECORDS))
    assert ledger.counts == (21, 21, 0)
    assert "LI KE" in raw.column("select type from raw_linkedin_reactions")


@pytest.mark.parametrize("body", [b"", b"\n\n", lines(REACTIONS), lines("Notes:", "", REACTIONS, "", "")])
def test_a_file_without_records_is_empty(tmp_path: Path, body: bytes) -> None:
    _, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.status == "empty"
    assert ledger.counts == (0, 0, 0)


def test_a_file_of_nothing_but_nul_is_empty_and_says_what_it_holds(tmp_path: Path) -> None:
    for i, body in enumerate((bytes(200), bytes(BLOCK) + b"\n" + lines(REACTIONS, *RECORDS))):
        _, ledger = read_file(tmp_path / str(i), "Reactions.csv", body)
        assert ledger.counts == ((0, 0, 0), (20, 20, 0))[i]
        assert ledger.message == f"NUL bytes that were left out: {(200, BLOCK)[i]}."


@pytest.mark.parametrize("length", [120_000, 3 * BLOCK])
def test_a_very_long_field_is_kept_and_noted(tmp_path: Path, length: int) -> None:
    long = f"2024-02-05 10:11:12,{'x' * length},{LINK}"
    _, ledger = read_file(tmp_path, "Reactions.csv", lines(REACTIONS, *RECORDS, long, RECORDS[0], long))
    assert ledger.counts == (23, 23, 0)
    assert ledger.message == "Lines with a very long field, which was read as it stands: 2."


@pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_under_the_name_of_a_table_is_said_to_be_one(tmp_path: Path, magic: bytes) -> None:
    _, ledger = read_file(tmp_path, "Reactions.csv", magic + bytes(600))
    assert (ledger.status, "Excel workbook" in (ledger.message or "")) == ("failed", True)


def test_columns_are_found_by_name_and_new_ones_are_reported(tmp_path: Path) -> None:
    body = lines("Link,Neue Spalte,Date,,Neue Spalte", f"{LINK},neu,2024-02-05 10:11:12,,auch neu")
    raw, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert raw.rows("select link, type from raw_linkedin_reactions") == [(LINK, None)]
    assert ledger.columns_unknown == ["Neue Spalte", "Neue Spalte 2"]
    assert ledger.columns_missing == ["Type"]


def test_a_file_longer_than_a_block_is_read_whole(tmp_path: Path) -> None:
    count = 3 * BLOCK // len(RECORDS[0])
    _, ledger = read_file(
        tmp_path, "Reactions.csv", lines(REACTIONS, *(RECORDS[i % 20] for i in range(count)), end="\r\n")
    )
    assert ledger.counts == (count, count, 0)


class Drip(io.BytesIO):
    """A stream that hands out a few bytes at a time, so that every boundary falls everywhere."""

    def __init__(self, body: bytes, size: int) -> None:
        super().__init__(body)
        self.size = size

    def read(self, _: int | None = -1, /) -> bytes:
        return super().read(self.size)


@given(st.text('aä€🙂\r\n,"', max_size=60), st.integers(2, 9))
def test_where_a_block_ends_changes_nothing(text: str, size: int) -> None:
    body = ("Date,Type,Link\n" * 70 + text).encode()
    whole, dripped = Text(io.BytesIO(body)), Text(Drip(body, size))
    assert whole.head + b"".join(whole.rest()) == dripped.head + b"".join(dripped.rest())


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange_to_look_for_a_header(body: bytes) -> None:
    text = Text(io.BytesIO(b"x" + body))
    joined = text.head + b"".join(text.rest())
    joined.decode()
    assert find_header(text.head, {"date", "link"}) is None or b"," in joined or b";" in joined or b"\t" in joined


ELSEWHERE = """
import os, sys, tempfile
from pathlib import Path
from tests.reading_samples import LINK, lines, read_file
folder = Path(sys.argv[1])
tempfile.tempdir = str(folder)
sys.platform = "another"
del os.pread, os.memfd_create
good = [f"2024-02-05 10:11:{i:02d},LIKE,{LINK}" for i in range(20)]
for records in (good, [*good, '2024-02-05 10:11:12,"LIKE,x']):
    _, ledger = read_file(folder, "Reactions.csv", lines("Date,Type,Link", *records))
    print(*ledger.counts)
_, ledger = read_file(folder, "Skills.csv", lines("Name", *(f"Skill {i}" for i in range(20))))
print(*ledger.counts)
print(*(path.name for path in folder.glob("kontaktpuls-*")))
"""


def test_a_system_without_unnamed_files_reads_the_same_whatever_its_temporary_folder_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "it's [here]"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(folder)], cwd=Path(__file__).parent.parent, capture_output=True, text=True
    )
    assert (done.stdout.split("\n"), done.stderr) == (["20 20 0", "21 20 1", "20 20 0", "", ""], "")
