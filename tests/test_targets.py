"""Where and as what a member would like to work: from members.toml to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines import settings
from pipelines.archive import Limits
from pipelines.ingest import create_raw_tables, ingest
from pipelines.problem import Problem
from pipelines.steps import connect

if TYPE_CHECKING:
    from pathlib import Path


def ada(folder: Path, targets: str) -> settings.Member:
    path = folder / "members.toml"
    path.write_text(f"[members.ada]\ntargets = {targets}\n", encoding="utf-8")
    return settings.read_members(path)["ada"]


def test_companies_and_roles_are_lists_of_texts_or_one_text(tmp_path: Path):
    member = ada(tmp_path, '{ companies = ["Nordlicht AG", "Lichthof"], roles = "Data Analyst" }')
    assert member.target_companies == ("Nordlicht AG", "Lichthof")
    assert member.target_roles == ("Data Analyst",)


def test_no_targets_are_none(tmp_path: Path):
    assert ada(tmp_path, "{}").target_companies == ada(tmp_path, "{}").target_roles == ()


@pytest.mark.parametrize("written", ['["Nordlicht AG"]', '{ company = ["Nordlicht AG"] }', "{ companies = [7] }"])
def test_what_is_no_target_is_refused_with_its_member(tmp_path: Path, written: str):
    with pytest.raises(Problem, match=r"\[members\.ada\]"):
        ada(tmp_path, written)


def test_targets_become_rows_of_their_member():
    connection = connect()
    create_raw_tables(connection)
    member = settings.Member("ada", target_companies=("Nordlicht AG",), target_roles=("Data Analyst",))
    ingest(connection, member, [], limits=Limits(), key=b"k" * 32)
    rows = connection.execute("from raw_member_targets order by all").fetchall()
    assert rows == [("ada", "company", "Nordlicht AG"), ("ada", "role", "Data Analyst")]
