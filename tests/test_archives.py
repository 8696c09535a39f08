"""What is opened of what a member downloaded, and what is refused with one sentence."""

from __future__ import annotations

import io
import os
import random
import stat
import struct
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import archive as archives
from pipelines.archive import Entry, Export, Limits, open_export
from pipelines.problem import Problem
from pipelines.readers import own_list

CONNECTIONS = b"First Name,Last Name,Connected On\nAda,Beispiel,05 Feb 2024\n"
DAY = (2026, 11, 20, 9, 0, 0)
EXPORT = "Complete_LinkedInDataExport_11-20-2026"
WITH_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, day: tuple[int, ...] = DAY) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo("x", day)  # type: ignore[arg-type]
            info.filename = info.orig_filename = name  # as is: the constructor would mend the name
            archive.writestr(info, body, method)
    return buffer.getvalue()


def written(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def no_name(_name: str) -> bool:
    return False


def contents(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    with open_export(path, limits or Limits(), never_open=no_name) as export:
        found = {entry.name: entry.open().read() for entry in export.entries}
        assert {entry.name: entry.size for entry in export.entries} == {n: len(b) for n, b in found.items()}
        return found


def opened(path: Path) -> Export:
    with open_export(path, Limits(), never_open=no_name) as export:
        return export


def refusal(path: Path, limits: Limits | None = None) -> str:
    """Open and read everything, return the sentence with which that was refused."""
    with pytest.raises(Problem) as caught:
        contents(path, limits)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert path.name in sentence
    return sentence


def patched(body: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite a field of the last record with this signature."""
    at = body.rindex(signature) + offset
    return body[:at] + value + body[at + len(value) :]


CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_yields_its_files_by_name(tmp_path: Path, method: int) -> None:
    members = {"Shares.csv": b"", "Jobs/Saved Jobs.csv": b"x" * 100_000, "Connections.csv": CONNECTIONS}
    path = written(tmp_path / "export.zip", zipped(members, method))
    assert contents(path) == members
    assert [e.name for e in opened(path).entries] == ["Connections.csv", "Jobs/Saved Jobs.csv", "Shares.csv"]


@pytest.mark.parametrize("inside", ["{}.zip", "folder/{}.zip"])
def test_a_zip_in_a_zip_yields_the_inner_files(tmp_path: Path, inside: str) -> None:
    inside = inside.format(EXPORT)
    path = written(
        tmp_path / "outer.zip", zipped({inside: zipped({"Connections.csv": CONNECTIONS}), "read me.txt": b"hello"})
    )
    assert contents(path) == {f"{inside}/Connections.csv": CONNECTIONS}


def test_an_archive_beside_tables_is_one_more_file(tmp_path: Path) -> None:
    inner = zipped({"video.mp4": b"film"})
    path = written(
        tmp_path / "export.zip", zipped({"Connections.csv": CONNECTIONS, "Media/a.zip": inner, "Media/b.zip": inner})
    )
    assert contents(path) == {"Connections.csv": CONNECTIONS, "Media/a.zip": inner, "Media/b.zip": inner}


def test_a_folder_yields_its_files_by_name(tmp_path: Path) -> None:
    folder = tmp_path / EXPORT
    written(folder / "Connections.csv", CONNECTIONS)
    written(folder / "Jobs" / "Saved Jobs.csv", b"y")
    assert contents(folder) == {"Connections.csv": CONNECTIONS, "Jobs/Saved Jobs.csv": b"y"}


@pytest.mark.parametrize("body", [CONNECTIONS, b"", bytes(range(256)), b"<html></html>"])
def test_a_single_file_is_an_export_of_one(tmp_path: Path, body: bytes) -> None:
    assert contents(written(tmp_path / "Connections.csv", body)) == {"Connections.csv": body}


def test_a_zip_whose_ending_was_lost_is_still_a_zip(tmp_path: Path) -> None:
    assert contents(written(tmp_path / "download", zipped({"Connections.csv": CONNECTIONS}))) == {
        "Connections.csv": CONNECTIONS
    }


def test_what_systems_leave_beside_files_is_left_out(tmp_path: Path) -> None:
    members = dict.fromkeys(
        (
            "Connections.csv",
            "Jobs/",
            "__MACOSX/._Connections.csv",
            ".DS_Store",
            "Jobs/.DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "._a.csv",
        ),
        b"",
    )
    folder = tmp_path / "folder"
    for name in members:
        if not name.endswith("/"):
            written(folder / name, b"")
    assert list(contents(written(tmp_path / "export.zip", zipped(members)))) == ["Connections.csv"]
    assert list(contents(folder)) == ["Connections.csv"]


def test_backslashes_separate_folders(tmp_path: Path) -> None:
    path = written(tmp_path / "export.zip", zipped({"Jobs\\Saved Jobs.csv": b"x", "Jobs\\": b""}))
    assert contents(path) == {"Jobs/Saved Jobs.csv": b"x"}


def test_names_in_utf_8_that_do_not_say_so_are_read_as_such(tmp_path: Path) -> None:
    body = zipped({"Ko\u0308ln.csv": CONNECTIONS})
    for signature, offset in ((CENTRAL, 8), (LOCAL, 6)):
        body = patched(body, signature, offset, b"\0\0")
    assert list(contents(written(tmp_path / "export.zip", body))) == ["Köln.csv"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_file_whose_name_is_no_text_is_read_under_a_replacement(tmp_path: Path) -> None:
    written(tmp_path / "export" / os.fsdecode(b"K\xf6ln.csv"), CONNECTIONS)
    assert contents(tmp_path / "export") == {"K\ufffdln.csv": CONNECTIONS}


def test_reading_goes_in_pieces_and_again(tmp_path: Path) -> None:
    body = random.Random(1).randbytes(3_000_000)
    path = written(tmp_path / "export.zip", zipped({"Connections.csv": body}))
    with path.open("rb"), open_export(path, Limits(), never_open=no_name) as export:
        (entry,) = export.entries
        with entry.open() as one, entry.open() as other:
            assert one.read(65_536) == body[:65_536]
            # What was unpacked so far is what was asked for and a buffer, not the whole file.
            assert one.raw._left >= len(body) - 3 * 65_536  # type: ignore[attr-defined]
            assert other.read() == body
            assert one.read(65_536) == body[65_536 : 2 * 65_536]
        assert io.TextIOWrapper(entry.open(), "latin-1", newline="").read() == body.decode("latin-1")


def test_a_file_is_known_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "Connections.csv", b"abc")
    assert opened(path).sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_folder_is_known_by_names_sizes_and_bytes(tmp_path: Path) -> None:
    def sha(files: dict[str, bytes]) -> str:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        for name, body in files.items():
            written(folder / name, body)
        return opened(folder).sha256

    first = sha({"a.csv": b"1", "b.csv": b"2"})
    assert first == sha({"b.csv": b"2", "a.csv": b"1"})
    others = [
        {"a.csv": b"1", "b.csv": b"3"},
        {"a.csv": b"1", "c.csv": b"2"},
        {"a.csv": b"12", "b.csv": b""},
        {"a.csv": b"1"},
    ]
    assert len({first, *map(sha, others)}) == 5


def test_what_is_never_opened_counts_by_name_and_size(tmp_path: Path) -> None:
    def sha(body: bytes, folder: bool) -> str:
        path = written(tmp_path / "export" / "Logins.csv", body)
        with open_export(
            path.parent if folder else path, Limits(), never_open=lambda name: name == "Logins.csv"
        ) as export:
            with pytest.raises(Problem, match=r"Logins\.csv is never opened"):
                export.entries[0].open()
            assert export.entries[0].size == len(body)
            return export.sha256

    for folder in (True, False):
        assert sha(b"one", folder) == sha(b"two", folder) != sha(b"three", folder)
    written(tmp_path / "export" / "Logins.csv", zipped({"Connections.csv": CONNECTIONS}))
    assert sha(b"PK\x03\x04 is not even looked at", folder=False)


def test_what_is_never_opened_stays_closed_in_a_zip(tmp_path: Path) -> None:
    path = written(tmp_path / "export.zip", zipped({"Logins.csv": b"secret", "Connections.csv": CONNECTIONS}))
    with open_export(path, Limits(), never_open=lambda name: name == "Logins.csv") as export:
        assert [e.name for e in export.entries] == ["Connections.csv", "Logins.csv"]
        with pytest.raises(Problem, match=r"Logins\.csv is never opened"):
            export.entries[1].open()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Complete_LinkedInDataExport_11-18-2026.zip", date(2026, 11, 18)),
        ("Basic_LinkedInDataExport_07-11-2023 (1).zip", date(2023, 7, 11)),
        ("ILDU_2024-11-17T03-05-51-464Z.zip", date(2024, 11, 17)),
        ("13-45-2026 02-29-2025 02-29-2024.zip", date(2024, 2, 29)),
        ("Complete_13-45-2026.zip", date(2026, 11, 20)),
        ("111-18-2026 11-18-20261.zip", date(2026, 11, 20)),
        ("export.zip", date(2026, 11, 20)),
    ],
)
def test_the_name_of_an_archive_tells_its_day(tmp_path: Path, name: str, day: date) -> None:
    assert opened(written(tmp_path / name, zipped({"Connections.csv": CONNECTIONS}))).dated == day


def test_the_day_comes_from_the_outer_then_the_inner_name_then_the_folder(tmp_path: Path) -> None:
    def day(outer: str, inner: str, folder: str) -> date:
        body = zipped({f"{folder}/Connections.csv": CONNECTIONS})
        return opened(
            written(tmp_path / outer, zipped({f"d_11-04-2026/{inner}": body}, day=(2026, 12, 24, 0, 0, 0)))
        ).dated

    assert day("a_11-01-2026.zip", "b_11-02-2026.zip", "c_11-03-2026") == date(2026, 11, 1)
    assert day("a.zip", "b_11-02-2026.zip", "c_11-03-2026") == date(2026, 11, 2)
    assert day("a.zip", "b.zip", "c_11-03-2026") == date(2026, 11, 3)
    assert day("a.zip", "b.zip", "c") == date(2026, 11, 4)


def test_the_files_of_the_inner_archive_tell_the_day_rather_than_the_archive(tmp_path: Path) -> None:
    outer = zipped({"inner.zip": zipped({"Connections.csv": CONNECTIONS})}, day=(2026, 12, 24, 0, 0, 0))
    assert opened(written(tmp_path / "outer.zip", outer)).dated == date(2026, 11, 20)


def test_only_the_folder_that_holds_everything_tells_the_day(tmp_path: Path) -> None:
    members = {"c_11-03-2026/Connections.csv": CONNECTIONS, "d_11-04-2026/Shares.csv": b""}
    assert opened(written(tmp_path / "a.zip", zipped(members))).dated == date(2026, 11, 20)


def test_without_a_name_the_newest_member_tells_the_day(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, day in (
            ("a.csv", (2026, 3, 1)),
            ("b.csv", (2026, 3, 9)),
            ("c.csv", (2026, 3, 5)),
            ("new/", (2026, 6, 1)),
        ):
            archive.writestr(zipfile.ZipInfo(name, (*day, 23, 59, 58)), b"")
    assert opened(written(tmp_path / "a.zip", buffer.getvalue())).dated == date(2026, 3, 9)


def test_a_zip_without_dates_is_as_old_as_its_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", zipped({"Connections.csv": CONNECTIONS}, day=(1980, 1, 1, 0, 0, 0)))
    os.utime(path, (0, datetime(2026, 5, 4, 23, 30, tzinfo=UTC).timestamp()))
    assert opened(path).dated == date(2026, 5, 4)


def test_a_folder_given_by_dots_has_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / EXPORT / "Jobs" / "Saved Jobs.csv", b"")
    monkeypatch.chdir(tmp_path / EXPORT / "Jobs")
    assert (opened(Path("..")).name, opened(Path("..")).dated) == (EXPORT, date(2026, 11, 20))
    assert opened(Path()).name == "Jobs"


def test_folders_and_files_without_a_day_are_as_old_as_their_newest_file(tmp_path: Path) -> None:
    for name, hour in (("a.csv", 1), ("b.csv", 23), (".DS_Store", 48)):
        path = written(tmp_path / "export" / name, b"")
        os.utime(path, (0, datetime(2026, 5, 4, tzinfo=UTC).timestamp() + hour * 3600))
    assert opened(tmp_path / "export").dated == date(2026, 5, 4)
    assert opened(tmp_path / "export" / "b.csv").dated == date(2026, 5, 4)
    (tmp_path / "export").rename(tmp_path / EXPORT)
    assert opened(tmp_path / EXPORT).dated == date(2026, 11, 20)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "absent.zip")
    assert "does not exist" in refusal(written(tmp_path / "file", b"") / "absent.zip")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "login page"),
        (b"\xef\xbb\xbf\r\n <HTML>", "login page"),
        (b"just text", "is not a ZIP archive"),
        (zipped({}), "holds no files"),
        (zipped({"__MACOSX/a": b""}), "holds no files"),
        (LOCAL + bytes(200), "damaged"),
    ],
)
def test_what_is_no_archive_is_said_to_be_what_it_is(tmp_path: Path, body: bytes, reason: str) -> None:
    assert reason in refusal(written(tmp_path / "export.zip", body))
    if body and "no files" not in reason:
        outer = written(tmp_path / "outer.zip", zipped({"inner.zip": body}))
        assert refusal(outer).startswith("outer.zip/inner.zip is ")
        assert reason in refusal(outer)


@pytest.mark.parametrize("name", ["Reactions.csv", "Reactions.xlsx", "export.zip"])
def test_a_workbook_is_said_to_be_one_whatever_its_name(tmp_path: Path, name: str) -> None:
    workbook = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert "is an Excel workbook" in refusal(written(tmp_path / name, workbook))
    assert "is an Excel workbook" in refusal(written(tmp_path / name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)))


def test_a_table_that_only_begins_like_a_zip_is_refused(tmp_path: Path) -> None:
    assert "damaged" in refusal(written(tmp_path / "table.csv", LOCAL + bytes(200)))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_archive_is_damaged(tmp_path: Path, share: float) -> None:
    body = zipped({"Connections.csv": random.Random(2).randbytes(10_000), "Shares.csv": CONNECTIONS})
    assert "damaged" in refusal(written(tmp_path / "cut.zip", body[: int(len(body) * share)]))


def test_a_changed_byte_is_found_and_costs_only_its_file(tmp_path: Path) -> None:
    body = bytearray(zipped({"Connections.csv": CONNECTIONS, "Shares.csv": b"fine"}, zipfile.ZIP_STORED))
    body[body.index(b"Beispiel")] ^= 1
    path = written(tmp_path / "export.zip", bytes(body))
    with open_export(path, Limits(), never_open=no_name) as export:
        with pytest.raises(Problem, match=r"Connections\.csv in export\.zip is damaged"):
            export.entries[0].open().read()
        assert export.entries[1].open().read() == b"fine"


def test_more_members_than_allowed_are_refused_over_all_levels(tmp_path: Path) -> None:
    few = zipped({f"{i}.csv": b"" for i in range(10)})
    assert len(contents(written(tmp_path / "few.zip", few), Limits(members=10))) == 10
    for name, body in (("nine.zip", few), ("nested.zip", zipped({"few.zip": few}))):
        assert "more than 9 files" in refusal(written(tmp_path / name, body), Limits(members=9))
    assert "more than 10 files" in refusal(tmp_path / "nested.zip", Limits(members=10))
    for i in range(10):
        written(tmp_path / "folder" / f"{i}.csv", b"")
    assert "more than 9 files" in refusal(tmp_path / "folder", Limits(members=9))


def test_empty_folders_count_as_members(tmp_path: Path) -> None:
    for i in range(10):
        (tmp_path / "folder" / str(i)).mkdir(parents=True)
    assert "more than 9 files" in refusal(tmp_path / "folder", Limits(members=9))


def test_few_members_may_be_large(tmp_path: Path) -> None:
    body = random.Random(4).randbytes(1_500_000)
    path = written(tmp_path / "export.zip", zipped({"Connections.csv": body}, zipfile.ZIP_STORED))
    assert contents(path, Limits(members=1)) == {"Connections.csv": body}


def test_an_endless_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    length = 3_000_000
    body = LOCAL + bytes(length) + struct.pack("<4s4H2LH", END, 0, 0, 1, 1, length, 4, 0)
    assert "more than 2000 files" in refusal(written(tmp_path / "export.zip", body))


def test_more_bytes_than_allowed_are_refused_over_all_levels(tmp_path: Path) -> None:
    inner = zipped({"a.csv": b"a" * 600_000, "b.csv": b"b" * 600_000})
    members = {"flat.zip": inner, "nested.zip": zipped({"inner.zip": inner})}
    for name, body in members.items():
        path = written(tmp_path / name, body)
        assert contents(path, Limits(total=1_200_000 + len(inner)))
        assert "more than 1.14441 MiB unpacked" in refusal(path, Limits(total=1_200_000 - 1))
    assert "--max-size" in refusal(tmp_path / "nested.zip", Limits(total=1_200_000))
    written(tmp_path / "folder" / "a.csv", b"a" * 1000)
    for path in (tmp_path / "folder", tmp_path / "folder" / "a.csv"):
        assert contents(path, Limits(total=1000))
        refusal(path, Limits(total=999))


def test_a_large_member_with_an_absurd_ratio_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.zip", zipped({"Connections.csv": b"0" * 1_000_000}))
    assert contents(path, Limits(member=1_000_000))
    assert contents(path, Limits(member=999_999, ratio=2000))
    assert "more than 200 times" in refusal(path, Limits(member=999_999))


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "a/../../a.csv",
        "/etc/a.csv",
        "\\a.csv",
        "..\\a.csv",
        "C:\\a.csv",
        "c:a.csv",
        "//host/a.csv",
        "a/..",
        "..",
        "./",
        "../x/",
    ],
)
def test_a_path_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads outside" in refusal(
        written(tmp_path / "export.zip", zipped({"Connections.csv": CONNECTIONS, name: b""}))
    )


@pytest.mark.parametrize("name", ["a\x1b[2J.csv", "a\n.csv", "Connections.csv\x00.exe"])
def test_a_name_with_control_characters_is_refused_without_repeating_them(tmp_path: Path, name: str) -> None:
    assert refusal(written(tmp_path / "export.zip", zipped({name: b""}))).isprintable()


def test_a_very_long_name_is_cut_in_the_sentence(tmp_path: Path) -> None:
    assert len(refusal(written(tmp_path / "export.zip", zipped({"../" + "a" * 60_000: b""})))) < 300


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.csv", "a.csv"),
        ("a.csv", "A.CSV"),
        ("Ko\u0308ln.csv", "Köln.csv"),
        ("a/b.csv", "a\\b.csv"),
        ("a.csv", "./a.csv"),
        ("ß.csv", "SS.csv"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_with_the_same_path_are_refused(tmp_path: Path, one: str, other: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(one, b"1")
        archive.writestr(other, b"2")
    assert "twice" in refusal(written(tmp_path / "export.zip", buffer.getvalue()))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file systems there ignore case")
def test_two_files_of_a_folder_with_the_same_path_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "export" / "a.csv", b"")
    written(tmp_path / "export" / "A.csv", b"")
    assert "twice" in refusal(tmp_path / "export")


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("Connections.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    assert "is a link" in refusal(written(tmp_path / "export.zip", buffer.getvalue()))


@WITH_LINKS
def test_links_are_refused_in_folders_and_as_exports(tmp_path: Path) -> None:
    written(tmp_path / "elsewhere" / "Shares.csv", b"")
    written(tmp_path / "export" / "Connections.csv", CONNECTIONS)
    for target in ("Shares.csv", "", "absent"):
        link = tmp_path / "export" / "link"
        link.symlink_to(tmp_path / "elsewhere" / target)
        assert "link in export is a link" in refusal(tmp_path / "export")
        assert "is a symbolic link" in refusal(link)
        link.unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_what_is_neither_file_nor_folder_is_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    os.mkfifo(tmp_path / "export" / "pipe.csv")
    assert "neither a file nor a folder" in refusal(tmp_path / "export" / "pipe.csv")
    assert "no ordinary file" in refusal(tmp_path / "export")


def test_a_password_is_named_as_the_reason(tmp_path: Path) -> None:
    body = zipped({"Connections.csv": CONNECTIONS})
    for signature, offset in ((CENTRAL, 8), (LOCAL, 6)):
        body = patched(body, signature, offset, b"\1\0")
    assert "protected with a password" in refusal(written(tmp_path / "export.zip", body))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 93])
def test_other_compression_is_refused(tmp_path: Path, method: int) -> None:
    body = zipped({"Connections.csv": CONNECTIONS}, zipfile.ZIP_STORED if method == 93 else method)
    body = patched(body, CENTRAL, 10, struct.pack("<H", method))
    assert "is not read here" in refusal(written(tmp_path / "export.zip", body))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("declared", [0, 10, len(CONNECTIONS) - 1, len(CONNECTIONS) + 1, 1_000_000])
def test_a_size_that_lies_is_found(tmp_path: Path, method: int, declared: int) -> None:
    body = patched(zipped({"Connections.csv": CONNECTIONS}, method), CENTRAL, 24, struct.pack("<L", declared))
    assert "damaged" in refusal(written(tmp_path / "export.zip", body))


def test_a_size_that_hides_the_rest_is_found(tmp_path: Path) -> None:
    checksum = struct.pack("<L", zlib.crc32(CONNECTIONS[:10]))
    body = patched(zipped({"Connections.csv": CONNECTIONS}, zipfile.ZIP_STORED), CENTRAL, 24, struct.pack("<L", 10))
    assert "damaged" in refusal(written(tmp_path / "export.zip", patched(body, CENTRAL, 16, checksum)))


def test_a_checksum_that_lies_is_found_in_an_empty_member(tmp_path: Path) -> None:
    body = patched(zipped({"Connections.csv": b""}), CENTRAL, 16, b"fake")
    with open_export(written(tmp_path / "export.zip", body), Limits(), never_open=no_name) as export:
        for size in (-1, 100):
            with pytest.raises(Problem, match="damaged"):
                export.entries[0].open().read(size)


def test_a_bomb_that_declares_little_is_not_unpacked_further(tmp_path: Path) -> None:
    body = patched(zipped({"Connections.csv": b"0" * 5_000_000}), CENTRAL, 24, struct.pack("<L", 100))
    path = written(tmp_path / "export.zip", body)
    with open_export(path, Limits(), never_open=no_name) as export:
        stream = export.entries[0].open()
        with pytest.raises(Problem, match="damaged"):
            stream.read()
        assert stream.raw._stream.tell() <= 100  # type: ignore[attr-defined]


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    body = zipped({"a.csv": random.Random(3).randbytes(5000)}, zipfile.ZIP_STORED)
    start, end = body.index(CENTRAL), body.index(END)
    record = body[start:end]
    records = b"".join(record.replace(b"a.csv", b"%c.csv" % letter) for letter in b"abcd")
    overlapping = body[:start] + records + struct.pack("<4s4H2LH", END, 0, 0, 4, 4, len(records), start, 0)
    assert refusal(written(tmp_path / "export.zip", overlapping)).startswith("export.zip is damaged")


def test_an_archive_three_deep_and_several_archives_in_one_are_refused(tmp_path: Path) -> None:
    inner = zipped({"Connections.csv": CONNECTIONS})
    deep = zipped({"2.zip": zipped({"3.zip": inner})})
    assert "archive in an archive in an archive" in refusal(written(tmp_path / "1.zip", deep))
    assert "holds 2 archives" in refusal(written(tmp_path / "1.zip", zipped({"a.zip": inner, "b.zip": inner})))


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "Connections.csv", CONNECTIONS)
    with open_export(path, Limits(), never_open=no_name) as export:
        for body in (CONNECTIONS + b"more", CONNECTIONS[:-1]):
            written(path, body)
            for size in (-1, 1000):
                with pytest.raises(Problem, match=r"Connections\.csv cannot be read or changes"):
                    export.entries[0].open().read(size)
        path.unlink()
        with pytest.raises(Problem, match=r"Connections\.csv cannot be read or changes"):
            export.entries[0].open()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "export" / "empty").mkdir(parents=True)
    assert "holds no file" in refusal(tmp_path / "export")


@given(data=st.data(), seed=st.integers(0, 2**32))
@settings(deadline=None)
def test_damage_is_a_problem_or_harmless_and_never_anything_else(data: st.DataObject, seed: int) -> None:
    outer = {"a/inner.zip": zipped({"Connections.csv": CONNECTIONS * 20, "ü.csv": b"", "d/": b""})}
    body = bytearray(zipped(outer, zipfile.ZIP_STORED if seed % 2 else zipfile.ZIP_DEFLATED))
    changes = st.lists(st.tuples(st.integers(0, len(body) - 1), st.integers(0, 255)), min_size=1, max_size=8)
    for at, value in data.draw(changes):
        body[at] = value
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "export.zip", bytes(body))
        try:
            contents(path)
        except Problem as problem:
            assert "export.zip" in str(problem)  # noqa: PT017


PARTS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='/\\:*?"<>|'), min_size=1, max_size=12)
NAMES = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


def usable(members: dict[str, bytes]) -> bool:
    """Tell whether a file system could hold these at the same time, and none of them is what gets left out."""
    keys = [unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()) for name in members]
    folders = {str(parent) for key in keys for parent in PurePosixPath(key).parents}
    left_out = any(
        part.startswith(".") or part.endswith((".", ".zip")) or part in ("__macosx", "thumbs.db", "desktop.ini")
        for key in keys
        for part in key.split("/")
    )
    return (
        len(set(keys)) == len(keys)
        and not folders & set(keys)
        and not left_out
        and all(len(k.encode()) < 200 for k in keys)
    )


@given(
    members=st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=6).filter(usable),
    method=st.sampled_from([0, 8]),
)
@settings(deadline=None)
def test_any_names_and_bytes_come_out_of_a_zip_a_zip_in_a_zip_and_a_folder(
    members: dict[str, bytes], method: int
) -> None:
    expected = {unicodedata.normalize("NFC", name): body for name, body in members.items()}
    with tempfile.TemporaryDirectory() as below:
        flat = written(Path(below) / "flat.zip", zipped(members, method))
        assert contents(flat) == expected
        nested = written(Path(below) / "nested.zip", zipped({"x/inner.zip": flat.read_bytes()}, method))
        assert contents(nested) == {f"x/inner.zip/{name}": body for name, body in expected.items()}
        for name, body in members.items():
            written(Path(below) / "folder" / name, body)
        assert contents(Path(below) / "folder") == expected
        assert opened(Path(below) / "folder").entries == opened(flat).entries


def exports_below(path: Path) -> list[Path]:
    return archives.exports_below(path, own_list=own_list)


def exports_in_inbox(folder: Path) -> list[Path]:
    return archives.exports_in_inbox(folder, own_list=own_list)


def below(root: Path, found: list[Path]) -> list[str]:
    return [path.relative_to(root).as_posix() for path in found]


def test_a_file_or_a_missing_path_stands_for_itself(tmp_path: Path) -> None:
    path = written(tmp_path / "Connections.csv", b"")
    assert exports_below(path) == [path]
    assert exports_below(tmp_path / "absent.zip") == [tmp_path / "absent.zip"]


def test_a_folder_with_tables_is_one_export(tmp_path: Path) -> None:
    written(tmp_path / "e" / "index.HTML", b"")
    written(tmp_path / "e" / "data" / "contacts.csv", b"")
    assert exports_below(tmp_path / "e") == [tmp_path / "e"]


def test_a_folder_of_exports_gives_each_of_them_by_name(tmp_path: Path) -> None:
    for name in (
        "e/b.ZIP",
        "e/a/Connections.csv",
        "e/c/d/x.zip",
        "e/.hidden.zip",
        "e/.trash/y.zip",
        "e/notes.txt",
        "e/__MACOSX/._b.zip",
    ):
        written(tmp_path / name, b"")
    (tmp_path / "e" / "empty").mkdir()
    assert below(tmp_path, exports_below(tmp_path / "e")) == ["e/a", "e/b.ZIP", "e/c/d/x.zip"]


def test_archives_beside_or_below_tables_are_exports_of_their_own(tmp_path: Path) -> None:
    archive = zipped({"Connections.csv": CONNECTIONS})
    for name, body in (
        ("e/a.zip", archive),
        ("e/old/b.zip", archive),
        ("e/Connections.csv", CONNECTIONS),
        ("e/Jobs/Saved.csv", b""),
    ):
        written(tmp_path / name, body)
    assert below(tmp_path, exports_below(tmp_path / "e")) == ["e", "e/a.zip", "e/old/b.zip"]
    assert list(contents(tmp_path / "e")) == ["Connections.csv", "Jobs/Saved.csv"]


def test_own_lists_beside_unpacked_exports_make_no_export_of_them(tmp_path: Path) -> None:
    for name in ("groups.csv", "Aktivität.csv", "LinkedIn 2026-08-03/Connections.csv", "xing/contacts.csv", "b.zip"):
        written(tmp_path / "e" / name, b"")
    found = ["e/Aktivität.csv", "e/LinkedIn 2026-08-03", "e/b.zip", "e/groups.csv", "e/xing"]
    assert below(tmp_path, exports_below(tmp_path / "e")) == found
    assert below(tmp_path, exports_in_inbox(tmp_path / "e")) == found
    assert below(tmp_path, exports_in_inbox(tmp_path)) == found


def test_a_folder_of_own_lists_alone_is_one_export(tmp_path: Path) -> None:
    written(tmp_path / "e" / "groups.csv", b"")
    written(tmp_path / "e" / "activity.csv", b"")
    assert exports_below(tmp_path / "e") == [tmp_path / "e"]


def test_own_lists_inside_an_unpacked_export_belong_to_it(tmp_path: Path) -> None:
    for name in ("groups.csv", "Connections.csv", "Jobs/Saved Jobs.csv"):
        written(tmp_path / "e" / name, b"")
    assert exports_below(tmp_path / "e") == [tmp_path / "e"]


def test_a_folder_that_is_called_like_an_archive_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "e" / "x.zip" / "Shares.csv", b"")
    assert below(tmp_path, exports_below(tmp_path / "e")) == ["e/x.zip"]
    assert contents(tmp_path / "e" / "x.zip") == {"Shares.csv": b""}
    written(tmp_path / "e" / "Connections.csv", b"")
    assert exports_below(tmp_path / "e") == [tmp_path / "e"]
    assert list(contents(tmp_path / "e")) == ["Connections.csv", "x.zip/Shares.csv"]


def test_a_folder_without_tables_or_archives_is_still_shown(tmp_path: Path) -> None:
    written(tmp_path / "e" / "notes.txt", b"")
    (tmp_path / "empty").mkdir()
    assert exports_below(tmp_path / "e") == [tmp_path / "e"]
    assert exports_below(tmp_path / "empty") == [tmp_path / "empty"]
    assert below(tmp_path, exports_in_inbox(tmp_path)) == ["e"]


@WITH_LINKS
def test_links_are_not_followed_when_looking_for_exports(tmp_path: Path) -> None:
    written(tmp_path / "e" / "x.zip", b"")
    (tmp_path / "e" / "round").symlink_to(tmp_path / "e")
    assert below(tmp_path, exports_below(tmp_path / "e")) == ["e/round", "e/x.zip"]
    assert below(tmp_path, exports_in_inbox(tmp_path / "e")) == ["e/round", "e/x.zip"]
    assert exports_below(tmp_path / "e" / "round") == [tmp_path / "e" / "round"]


def test_folders_too_deep_to_be_an_export_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "e" / "/".join("d" * 40) / "x.zip", b"")
    with pytest.raises(Problem, match="too many folders deep"):
        exports_below(tmp_path / "e")


def test_everything_directly_in_an_inbox_is_an_export_of_its_own(tmp_path: Path) -> None:
    for name in (
        "Connections.csv",
        "b.zip",
        "own log.csv",
        "unpacked/Shares.csv",
        "several/a.zip",
        "several/b.zip",
        ".DS_Store",
        "Thumbs.db",
    ):
        written(tmp_path / name, b"")
    (tmp_path / "empty").mkdir()
    found = below(tmp_path, exports_in_inbox(tmp_path))
    assert found == ["Connections.csv", "b.zip", "own log.csv", "several/a.zip", "several/b.zip", "unpacked"]


def test_a_missing_inbox_holds_nothing(tmp_path: Path) -> None:
    assert exports_in_inbox(tmp_path / "absent") == []


def test_nothing_is_read_after_the_export_is_closed(tmp_path: Path) -> None:
    export = opened(written(tmp_path / "export.zip", zipped({"Connections.csv": CONNECTIONS})))
    with pytest.raises(ValueError, match="closed"):
        export.entries[0].open()


def test_an_entry_can_be_made_of_bytes_in_memory() -> None:
    assert Entry("a.csv", 1, lambda: io.BytesIO(b"x")).open().read() == b"x"
