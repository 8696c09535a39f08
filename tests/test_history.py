"""Exports as history: what each new one changed is told, and none changes a count that it has no say in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.demo import AS_OF, SIZES, make_member, write_exports
from pipelines.demo.rhythm import EARLIER
from pipelines.members import Member
from tests.reading_samples import LINK, lines, write_export

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OLDER = "Complete_LinkedInDataExport_10-30-2026.zip"
NEWER = "Complete_LinkedInDataExport_11-20-2026.zip"
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


def contact(name: str, day: str, company: str = "Sternwarte SE", title: str = "Ärztin") -> str:
    first, last = name.split()
    return f"{first},{last},https://www.linkedin.com/in/{first}-{last},,{company},{title},{day}"


def reaction(day: str, number: int = 0) -> str:
    return f"{day} 10:11:12,LIKE,{LINK[:-4]}{number:04d}"


def export(folder: Path, name: str, contacts: Sequence[str], reactions: Sequence[str] = ()) -> Path:
    files = {"Connections.csv": lines(HEAD, *contacts)}
    if reactions:
        files["Reactions.csv"] = lines("Date,Type,Link", *reactions)
    return write_export(folder, files, name)


def reported(*exports: Path, week: str = "2026-W46", language: str = "en") -> dict[str, Any]:
    made, _ = steps.report(Member("ada", week=week, language=language), exports, None)
    assert made is not None
    return {**json.loads(made.json), "page": made.html.decode()}


BASE = [
    contact("Mira Holzapfel", "05 Feb 2024"),
    contact("Jörg Weißdorn", "06 Oct 2026"),
    contact("Thea Kranich", "07 Oct 2026"),
]


def test_what_a_new_export_changed_is_told_with_both_its_days(tmp_path: Path) -> None:
    older = export(tmp_path, OLDER, BASE)
    changed = [
        contact("Mira Holzapfel", "05 Feb 2024", company="Rheinwerk KG"),
        BASE[1],
        contact("Nils Pfeffer", "12 Nov 2026"),
    ]
    found = reported(older, export(tmp_path, NEWER, changed), week="2026-W47")
    [change] = found["details"]["history"]
    counts = ("contacts_added", "contacts_lost", "companies_changed", "titles_changed", "renamed")
    assert [change[name] for name in counts] == [1, 1, 1, 0, 0]
    assert "20 November 2026, compared with that of 30 October 2026: one new contact" in found["page"]
    assert "one contact no longer there" in found["page"]


def test_a_figure_that_a_newer_export_corrects_is_told(tmp_path: Path) -> None:
    older = export(tmp_path, OLDER, BASE, [reaction("2026-10-13", 1)])
    newer = export(tmp_path, NEWER, BASE, [reaction("2026-10-13", 1), reaction("2026-10-14", 2)])
    found = reported(older, newer)
    [revision] = found["details"]["revisions"]
    assert (revision["metric"], revision["week_name"], revision["before"], revision["now"]) == (
        "visible_activity", "2026-W42", 1, 2,
    )  # fmt: skip
    assert "Week 42: 2 visible acts instead of 1." in found["page"]


def test_a_week_that_the_older_export_did_not_cover_whole_is_no_correction(tmp_path: Path) -> None:
    older = export(tmp_path, OLDER, BASE, [reaction("2026-10-26", 1)])
    newer = export(tmp_path, NEWER, BASE, [reaction("2026-10-26", 1), reaction("2026-10-31", 2)])
    assert reported(older, newer)["details"]["revisions"] == []


@pytest.mark.parametrize("seed", [1, 5])
def test_the_invented_members_changes_are_the_ones_of_her_story(seed: int, tmp_path: Path) -> None:
    member = make_member(seed, SIZES["small"])
    found = reported(*write_exports(member, tmp_path))
    [change] = [row for row in found["details"]["history"] if row["platform"] == "linkedin"]
    assert change["contacts_added"] == sum(c.on(AS_OF) and not c.on(EARLIER) for c in member.contacts)
    assert change["contacts_lost"] == sum(c.on(EARLIER) and not c.on(AS_OF) for c in member.contacts)


def numbers(found: dict[str, Any]) -> list[dict[str, Any]]:
    return found["weeks"]


def test_the_same_export_again_changes_nothing(tmp_path: Path) -> None:
    path = export(tmp_path, NEWER, BASE, [reaction("2026-10-13")])
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / NEWER.replace(".zip", " (1).zip")
    copy.write_bytes(path.read_bytes())
    assert numbers(reported(path)) == numbers(reported(path, path, copy))


def test_an_older_export_after_a_newer_one_is_the_same_as_before_it(tmp_path: Path) -> None:
    older, newer = export(tmp_path, OLDER, BASE), export(tmp_path, NEWER, BASE[1:])
    assert reported(older, newer) == reported(newer, older)


RESAVED = {
    "a byte order mark, semicolons and Windows line ends": lambda text: (
        b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode()
    ),
    "UTF-16 with tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "other dates, without seconds": lambda text: re.sub(r"2026-10-13 10:11:\d\d", "10/13/2026 10:11", text).encode(),
}


@pytest.mark.parametrize("how", RESAVED)
def test_an_export_that_a_spreadsheet_saved_again_adds_nothing(tmp_path: Path, how: str) -> None:
    rows = [f"2026-10-13 10:11:{second},LIKE,{LINK}" for second in ("12", "40")]
    newest = export(tmp_path, NEWER, BASE, rows)
    saved_again = RESAVED[how]("\n".join(["Date,Type,Link", *rows]) + "\n")
    again = write_export(tmp_path, {"Connections.csv": lines(HEAD, *BASE), "Reactions.csv": saved_again}, OLDER)
    alone, both = reported(newest), reported(newest, again)
    for name in ("reactions", "visible_activity", "contacts_new", "contacts_total"):
        assert [row[name] for row in numbers(alone)] == [row[name] for row in numbers(both)]
