"""Files of several members are read by the same statements, and each is read as it would be for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.ingest import Begun, begin, conclude, create_raw_tables
from pipelines.members import Member
from pipelines.owner import Owners
from pipelines.readers import batch as batches
from pipelines.readers.batch import Batch
from tests.reading_samples import KEY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engine

Tables = dict[str, list[str]]
SHARES = b"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"


def tables(*coaches: dict[str, list[Path]]) -> Tables:
    """Read the inboxes of members, those of a coach together, and return every row of every raw table."""
    connection = steps.connect()
    create_raw_tables(connection)
    for inboxes in coaches:
        batch = Batch(connection, KEY)
        begun = {key: begin(batch, Member(key=key), paths, limits=Limits()) for key, paths in inboxes.items()}
        batch.finish()
        owners = Owners(connection)
        for key, exports in begun.items():
            conclude(owners, Member(key=key), exports)
    names = connection.execute(
        "select table_name from duckdb_tables() where starts_with(table_name, 'raw_')"
    ).fetchall()
    return {name: sorted(map(repr, connection.execute(f"from {name}").fetchall())) for (name,) in names}


def apart(inboxes: dict[str, list[Path]]) -> Tables:
    return tables(*({key: paths} for key, paths in inboxes.items()))


@pytest.fixture(scope="module")
def inboxes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The exports of three members with different contacts, acts and messages."""
    folder = tmp_path_factory.mktemp("inboxes")
    return {
        key: write_exports(make_member(seed, SIZES["small"]), folder / key)
        for seed, key in enumerate(("ada", "eva", "uwe"))
    }


def shares(folder: Path, *records: str) -> list[Path]:
    folder.mkdir(parents=True)
    (folder / "Shares.csv").write_bytes(SHARES + "".join(f"{record}\n" for record in records).encode())
    return [folder / "Shares.csv"]


def share(day: int, text: str = "text") -> str:
    return f'2026-11-{day:02} 10:00:00,https://www.linkedin.com/feed/update/{day},"{text}",,,MEMBER_NETWORK'


def test_members_of_a_coach_have_the_same_rows_together_as_each_alone(inboxes: dict[str, list[Path]]) -> None:
    together = tables(inboxes)
    assert len(together["raw_linkedin_messages"]) > 1000
    assert together == apart(inboxes)


def test_it_makes_no_difference_how_many_files_wait(inboxes: dict[str, list[Path]], monkeypatch) -> None:
    together = tables(inboxes)
    monkeypatch.setattr(batches, "_AT_ONCE", 2)
    assert tables(inboxes) == together
    monkeypatch.setattr(batches, "_WAITING_BYTES", 1)
    assert tables(inboxes) == together


@pytest.mark.parametrize(
    "broken",
    [
        '2026-11-02 10:00:00,https://www.linkedin.com/feed/update/2,"text,,,MEMBER_NETWORK',
        "2026-11-02 10:00:00,one,two",
        "2026-11-31 10:00:00,https://www.linkedin.com/feed/update/2,text,,,MEMBER_NETWORK",
        "1026-11-02 10:00:00,https://www.linkedin.com/feed/update/2,text,,,MEMBER_NETWORK",
        "2036-11-02 10:00:00,https://www.linkedin.com/feed/update/2,text,,,MEMBER_NETWORK",
        "02.11.2026 10:00,https://www.linkedin.com/feed/update/2,text,,,MEMBER_NETWORK",
        share(3, "a text\n2026-11-03 10:00:00,https://www.linkedin.com/feed/update/3,text,,,MEMBER_NETWORK\nends"),
    ],
    ids=["quote", "width", "no such day", "long ago", "future", "another format", "swallowed"],
)
def test_a_broken_file_costs_those_that_are_read_with_it_nothing(tmp_path: Path, broken: str) -> None:
    inboxes = {
        "ada": shares(tmp_path / "ada", *(share(day) for day in range(1, 10))),
        "bob": shares(tmp_path / "bob", *(share(day) for day in range(1, 10)), broken, share(11)),
        "eva": shares(tmp_path / "eva", share(4), share(5)),
    }
    together = tables(inboxes)
    assert together == apart(inboxes)
    kept = [row for row in together["raw_linkedin_shares"] if "'bob'" not in row]
    assert len(kept) == 11
    [note] = [row for row in together["raw_files"] if "'bob'" in row]
    assert not note.endswith(", 10, 10, 0, None)")


def test_a_fault_of_the_program_with_one_file_is_the_fault_of_that_file(tmp_path: Path, monkeypatch) -> None:
    inboxes = {key: shares(tmp_path / key, share(1), share(2)) for key in ("ada", "bob", "eva")}
    complete = batches.Reading.complete

    def fail(reading: batches.Reading, *arguments: object, **named: object) -> None:
        if reading.place.member == "bob":
            raise RuntimeError("not to be expected")
        complete(reading, *arguments, **named)

    monkeypatch.setattr(batches.Reading, "complete", fail)
    connection = steps.connect()
    create_raw_tables(connection)
    batch = Batch(connection, KEY)
    begun = {key: begin(batch, Member(key=key), paths, limits=Limits()) for key, paths in inboxes.items()}
    batch.finish()
    assert [key for key, exports in begun.items() if faults(exports)] == ["bob"]
    conclude(Owners(connection), Member(key="eva"), begun["eva"])
    with pytest.raises(RuntimeError, match="not to be expected"):
        conclude(Owners(connection), Member(key="bob"), begun["bob"])
    assert connection.execute("select member, rows_kept from raw_files").fetchall() == [("eva", 2)]


def faults(exports: object) -> list[Exception]:
    assert isinstance(exports, list)
    accounts = [account for one in exports if isinstance(one, Begun) for account in one.accounts]
    return [account.outcome.fault for account in accounts if account.outcome.fault]
