"""What the last run came to for each member: the table `weekly_report` of the lake.

Belongs here: its columns, writing it and reading it. It lies in the lake and not in Dagster's storage, because its sentences may name
people: whose export was found in somebody else's inbox, for example.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from pipelines import lake

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from duckdb import DuckDBPyConnection

TABLE = "weekly_report"


@dataclass(frozen=True)
class Outcome:
    """One member of one run: the ISO week that was reported, or None with the reason.

    `sentence` is the reason for the member's coach, `logged` the same without the name of anybody but the member's key.
    """

    member: str
    run: str
    week: str | None
    sentence: str | None = None
    logged: str | None = None


def write_outcomes(cursor: DuckDBPyConnection, folder: Path, coach: str, outcomes: Iterable[Outcome]) -> None:
    """Replace the coach's outcomes in the lake."""
    columns = "member varchar, run varchar, week varchar, sentence varchar, logged varchar"
    cursor.execute(f"create or replace table {TABLE} ({columns})")
    for outcome in outcomes:
        cursor.execute(f"insert into {TABLE} values ($1, $2, $3, $4, $5)", list(astuple(outcome)))
    lake.write(cursor, folder, TABLE, coach, ("member",))


def read_outcomes(cursor: DuckDBPyConnection, folder: Path, coach: str) -> dict[str, Outcome]:
    """Return the coach's outcomes by member; none where the last run made none."""
    try:
        lake.read(cursor, folder, TABLE, coach)
    except lake.NotMade:
        return {}
    rows = cursor.execute(f"select member, run, week, sentence, logged from {TABLE}").fetchall()
    return {row[0]: Outcome(*row) for row in rows}
