"""Broken files: what is kept, what is refused, on which line and why."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipelines
from tests.reading_samples import LINK, REACTIONS, Raw, lines, read_file, table, write_export

SHORT = "the record has fewer fields than the header"
LONG = "the record has more fields than the header"
OPEN_QUOTE = "a quote is never closed"
STRAY_QUOTE = "a quote stands inside a field"


def record(i: int, kind: str = "LIKE") -> str:
    return f"2024-02-{1 + i % 28:02d} 10:{i % 60:02d}:12,{kind},{LINK[:-4]}{i:04d}"


CLEAN = [record(i) for i in range(60)]


def with_line(text: str, at: int = 30) -> bytes:
    return lines(REACTIONS, *CLEAN[:at], text, *CLEAN[at:])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-02-05 10:11:12,LIKE", SHORT),
        ("2024-02-05 10:11:12", SHORT),
        ("2024-02-05 10:11:12,LIKE,x,y,z", LONG),
        ('2024-02-05 10:11:12,"LIKE,x', OPEN_QUOTE),
        ('2024-02-05 10:11:12,"LI"KE,x,y', STRAY_QUOTE),
    ],
)
def test_one_bad_record_costs_exactly_its_own_line(tmp_path: Path, text: str, reason: str) -> None:
    raw, ledger = read_file(tmp_path, "Reactions.csv", with_line(text))
    assert ledger.counts == (61, 60, 1)
    assert ledger.refusals == [(32, reason)]
    # Its number stays its own.
    assert raw.column("select row from raw_linkedin_reactions order by row") == [*range(1, 31), *range(32, 62)]


def test_a_quote_that_never_closes_among_quoted_cells_costs_one_line(tmp_path: Path) -> None:
    quoted = [record(i, '"LI,KE"') for i in range(60)]
    body = lines(REACTIONS, *quoted[:30], '2024-02-05 10:11:12,"LIKE,x', *quoted[30:])
    _, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.counts == (61, 60, 1)
    assert ledger.refusals[0][0] == 32


def test_a_file_cut_off_inside_a_quote_keeps_what_is_whole(tmp_path: Path) -> None:
    body = lines(REACTIONS, *CLEAN) + b'2024-02-05 10:11:12,"LIK'
    _, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.counts == (61, 60, 1)
    assert ledger.refusals == [(62, OPEN_QUOTE)]


def test_quotes_inside_a_field_are_kept_and_noted(tmp_path: Path) -> None:
    bodies = ('2024-02-05 10:11:12,"abc"def,x', r'2024-02-05 10:11:12,"she said \"yes, no\" twice",x')
    for i, text in enumerate(bodies):
        raw, ledger = read_file(tmp_path / str(i), "Reactions.csv", with_line(text))
        assert ledger.counts == (61, 61, 0)
        assert ledger.message == "Records with quotes inside a field, which were kept: 1."
    assert raw.column("select type from raw_linkedin_reactions where link = 'x'") == ['she said "yes, no" twice']


def test_an_inch_sign_in_a_bare_field_is_no_quote(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "Reactions.csv", with_line('2024-02-05 10:11:12,27" screen,x'))
    assert ledger.counts == (61, 61, 0)
    assert raw.column("select type from raw_linkedin_reactions where link = 'x'") == ['27" screen']


def test_two_broken_quotes_that_make_valid_csv_are_pointed_out(tmp_path: Path) -> None:
    text = "\n".join(['2024-02-05 10:11:12,"LIKE', record(1), record(2), 'LIKE",x'])
    _, ledger = read_file(tmp_path, "Reactions.csv", with_line(text))
    assert ledger.counts == (61, 61, 0)
    assert ledger.message == "Lines inside longer texts that look like records, which a broken quote may hide: 2."


def test_a_field_of_ten_million_characters_is_kept(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "Reactions.csv", with_line(f'2024-02-05 10:11:12,"{"x" * 10_000_000}",x'))
    assert ledger.counts == (61, 61, 0)
    assert raw.column("select max(length(type)) from raw_linkedin_reactions") == [10_000_000]


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    body = lines(REACTIONS, "", *CLEAN[:3], "   ", "", *CLEAN[3:], "", "")
    _, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.counts == (60, 60, 0)


def test_blank_lines_of_a_single_column_are_no_records_either(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "Skills.csv", lines("Name", "SQL", "", "Python", ""))
    assert ledger.counts == (2, 2, 0)
    assert raw.column("select row from raw_linkedin_skills order by row") == [1, 2]


def test_empty_cells_beyond_the_header_are_overlooked_with_and_without_damage(tmp_path: Path) -> None:
    for i, more in enumerate(([], ["x"])):
        _, ledger = read_file(tmp_path / str(i), "Reactions.csv", lines(REACTIONS, f"{CLEAN[0]},,", *CLEAN[1:], *more))
        assert ledger.kept == 60


def test_a_damaged_file_costs_nothing_beside_it(tmp_path: Path) -> None:
    files = {
        "Reactions.csv": b"PK\x03\x04" + bytes(400),
        "Votes.csv": b"<!DOCTYPE html><html><body>Sign in</body></html>",
        "Shares.csv": random.Random(5).randbytes(5000),
        "Comments.csv": b"Datum;Verweis\n1;2\n",
        "InstantReposts.csv": lines("Date,Link", f"2024-02-05 10:11:12,{LINK}"),
    }
    raw = Raw(write_export(tmp_path, files))
    statuses = {name: raw.file(name).status for name in files}
    assert statuses == dict.fromkeys(files, "failed") | {"InstantReposts.csv": "read"}
    for name in ("Reactions.csv", "Votes.csv", "Shares.csv", "Comments.csv"):
        message = raw.file(name).message
        assert message
        assert message.count(".") <= 2
    assert raw.column("select error from raw_exports") == [None]


def test_a_damaged_member_of_the_archive_is_one_failed_file(tmp_path: Path) -> None:
    path = write_export(
        tmp_path, {"Reactions.csv": lines(REACTIONS, *CLEAN), "Votes.csv": lines("Date,Link", "2024-02-05 10:11:12,x")}
    )
    body = bytearray(path.read_bytes())
    body[60:70] = bytes(10)
    path.write_bytes(body)
    raw = Raw(path)
    assert raw.file("Reactions.csv").status == "failed"
    assert raw.file("Votes.csv").counts == (1, 1, 0)
    assert raw.column("select count(*) from raw_linkedin_reactions") == [0]


# Any text, any damage

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=40)


@given(st.lists(CELLS, min_size=1, max_size=30))
def test_whatever_is_in_a_cell_is_kept(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    body = table(["Date", "Type", "Link"], [[f"2024-02-05 10:11:{i:02d}", cell, LINK] for i, cell in enumerate(cells)])
    raw, ledger = read_file(tmp_path_factory.mktemp("any"), "Reactions.csv", body)
    assert ledger.counts == (len(cells), len(cells), 0)
    found = [value or "" for value in raw.column("select type from raw_linkedin_reactions order by row")]
    assert found == cells
    # What is counted in the bytes is there again in rows and values: nothing was lost or made up in silence.
    _, _, records = body.partition(b"\n")
    assert records.count(b",") == 2 * len(found) + sum(value.count(",") for value in found)
    assert records.count(b"\n") == len(found) + sum(value.count("\n") for value in found)


@given(st.lists(st.text('ab\r\n,"; ', max_size=8), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_line_ends_of_all_kinds_inside_cells_cost_no_record(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], end: str
) -> None:
    quoted = [f'2024-02-05 10:11:12,"{cell.replace(chr(34), chr(34) * 2)}",{LINK}' for cell in cells]
    _, ledger = read_file(tmp_path_factory.mktemp("ends"), "Reactions.csv", lines(REACTIONS, *quoted, end=end))
    assert ledger.counts == (len(cells), len(cells), 0)


MIXED = [record(i, ["LIKE", '"a, b"', '"say ""yes"""'][i % 3]) for i in range(40)]


@given(st.integers(0, 10_000), st.sampled_from([b'"', b",", b"\n", b"\\", b"", b"\xe4", b"x", b'""', b"\r"]))
def test_one_broken_byte_costs_no_record_but_those_it_touches(
    tmp_path_factory: pytest.TempPathFactory, position: int, other: bytes
) -> None:
    clean = lines(*MIXED)
    at = position % len(clean)
    touched = clean[:at].count(b"\n")
    body = lines(REACTIONS) + clean[:at] + other + clean[at + 1 :]
    raw, ledger = read_file(tmp_path_factory.mktemp("one"), "Reactions.csv", body)
    assert ledger.read == ledger.kept + ledger.refused
    assert all(touched + 2 <= line <= touched + 3 for line, _ in ledger.refusals)
    found = {link[-4:] for link in raw.column("select link from raw_linkedin_reactions where link is not null")}
    lost = {f"{i:04d}" for i in range(40)} - found
    assert lost <= {f"{i:04d}" for i in (touched, touched + 1)}
    assert ledger.kept + ledger.refused in (39, 40, 41)


def test_no_statement_takes_a_list_as_its_parameter() -> None:
    # DuckDB 1.5 needs a hundred times as long for it as for the same values in one JSON text: 20,000 refusals took half a minute.
    package = Path(pipelines.__file__).parent
    found = [path.name for path in package.rglob("*.py") if re.search(r"unnest\(\s*\$", path.read_text("utf-8"))]
    assert found == []
