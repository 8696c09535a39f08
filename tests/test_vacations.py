"""Vacations of members.toml: what is accepted, the one sentence for each mistake, and how they reach the tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines import settings, steps
from pipelines.archive import Limits
from pipelines.ingest import create_raw_tables, ingest
from pipelines.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path


def members(folder: Path, vacations: str) -> dict[str, settings.Member]:
    path = folder / "members.toml"
    path.write_text(f"[members.ada]\nvacations = {vacations}\n", encoding="utf-8")
    return settings.read_members(path)


@pytest.mark.parametrize(
    "written",
    [
        '[["2026-08-03", "2026-08-16"], ["2026-12-24", "2026-12-24"]]',
        "[[2026-08-03, 2026-08-16], [2026-12-24, 2026-12-24]]",
    ],
)
def test_vacations_are_first_and_last_days_with_or_without_quotes(tmp_path: Path, written: str):
    assert members(tmp_path, written)["ada"].vacations == (
        (date(2026, 8, 3), date(2026, 8, 16)),
        (date(2026, 12, 24), date(2026, 12, 24)),
    )


def test_no_vacations_are_none(tmp_path: Path):
    assert members(tmp_path, "[]")["ada"].vacations == ()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('"August"', "must be a list of first and last days"),
        ('["2026-08-03", "2026-08-16"]', "must be a list of first and last days"),
        ('[["2026-08-03"]]', "must be a list of first and last days"),
        ('[["2026-08-03", "2026-08-10", "2026-08-16"]]', "must be a list of first and last days"),
        ('[["3.8.2026", "2026-08-16"]]', "“3.8.2026” in [members.ada] is no day; write it like 2026-08-03."),
        ('[["2026-02-30", "2026-03-01"]]', "“2026-02-30” in [members.ada] is no day"),
        ('[["20260803", "20260816"]]', "“20260803” in [members.ada] is no day"),
        ("[[2026-08-03T10:00:00, 2026-08-16]]", "“2026-08-03 10:00:00” in [members.ada] is no day"),
        ("[[3, 16]]", "“3” in [members.ada] is no day"),
        ('[["2026-08-16", "2026-08-03"]]', "a vacation in [members.ada] ends on 2026-08-03, before it begins on 2026-08-16."),
    ],
)  # fmt: skip
def test_each_mistake_is_named_in_one_sentence(tmp_path: Path, written: str, sentence: str):
    with pytest.raises(Problem) as refused:
        members(tmp_path, written)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("members.toml: ")


def test_vacations_become_rows_of_their_member():
    connection = steps.connect()
    create_raw_tables(connection)
    for member in (
        settings.Member(
            "ada", vacations=((date(2026, 8, 3), date(2026, 8, 16)), (date(2026, 12, 24), date(2026, 12, 24)))
        ),
        settings.Member("bela"),
    ):
        ingest(connection, member, [], limits=Limits(), key=b"key")
    assert connection.execute("select * from raw_member_vacations order by all").fetchall() == [
        ("ada", date(2026, 8, 3), date(2026, 8, 16)),
        ("ada", date(2026, 12, 24), date(2026, 12, 24)),
    ]
