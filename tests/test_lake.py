"""Where tables live: whole files or none, private, the same values as in memory, one run at a time."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import lake, steps
from pipelines.files import locked, replacing
from pipelines.problem import Problem
from pipelines.report import Report

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOT = Path(__file__).parent.parent
HOSTILE = ("O'Brien", 'say "hello"', "[2026]", "{a,b}", "a*b?", "ä ö ü", "; drop table t; --", "$1 %s {x}")
posix = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


@pytest.fixture
def connection() -> DuckDBPyConnection:
    return steps.connect()


def fill(connection: DuckDBPyConnection, table: str, rows: int, value: int = 1) -> None:
    connection.execute(
        f"create or replace temp table {lake.identifier(table)} as select i as id, {value} as value from range({rows}) t(i)"
    )


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_what_was_written_is_read_back_with_its_types(tmp_path: Path, connection: DuckDBPyConnection):
    connection.execute("""
        create temp table everything as select
            true as flag, 1::integer as small, 2::bigint as large, 0.1::double as share, 'Köhler' as name, null::varchar as nobody,
            date '2026-03-29' as day, timestamp '2026-03-29 01:30:00.123456' as moment, ['b', 'a', null] as list,
            {'name': 'Ada', 'weeks': [1, 2]} as struct, [{'a': 1}] as structs
    """)
    assert lake.write(connection, tmp_path, "everything", "self", ()) == 1
    other = steps.connect()
    lake.read(other, tmp_path, "everything", "self")
    [row] = other.execute("from everything").fetchall()
    assert row == (
        *(True, 1, 2, 0.1, "Köhler", None, date(2026, 3, 29), datetime.fromisoformat("2026-03-29 01:30:00.123456")),
        *(["b", "a", None], {"name": "Ada", "weeks": [1, 2]}, [{"a": 1}]),
    )
    described = "select column_name, column_type from (describe everything)"
    assert other.execute(described).fetchall() == connection.execute(described).fetchall()


def test_rows_lie_in_the_order_asked_for_else_in_their_own(tmp_path: Path, connection: DuckDBPyConnection):
    connection.execute(
        "create temp table t as select * from (values (2, 'x'), (1, 'y'), (1, 'x')) as v (id, \"order\")"
    )
    lake.write(connection, tmp_path, "t", "self", ())
    lake.write(connection, tmp_path, "t", "sorted", ("id", "order"))
    for coach, rows in (("self", [(2, "x"), (1, "y"), (1, "x")]), ("sorted", [(1, "x"), (1, "y"), (2, "x")])):
        reader = steps.connect()
        lake.read(reader, tmp_path, "t", coach)
        assert reader.execute("from t").fetchall() == rows


def test_the_same_rows_make_the_same_bytes(tmp_path: Path):
    written = []
    for _ in range(2):
        connection = steps.connect()
        fill(connection, "t", 3000)
        lake.write(connection, tmp_path, "t", "self", ("id",))
        written.append(lake.table_path(tmp_path, "t", "self").read_bytes())
    assert written[0] == written[1]


def test_an_empty_table_is_a_table(tmp_path: Path, connection: DuckDBPyConnection):
    fill(connection, "t", 0)
    assert lake.write(connection, tmp_path, "t", "self", ("id",)) == 0
    reader = steps.connect()
    lake.read(reader, tmp_path, "t", "self")
    assert reader.execute("select count(id) from t").fetchall() == [(0,)]


def test_reading_what_was_never_written_says_so(tmp_path: Path, connection: DuckDBPyConnection):
    with pytest.raises(lake.NotMade):
        lake.read(connection, tmp_path, "t", "self")


def test_a_later_write_replaces_the_rows_and_leaves_nothing_beside(tmp_path: Path, connection: DuckDBPyConnection):
    for rows in (10, 3):
        fill(connection, "t", rows)
        lake.write(connection, tmp_path, "t", "self", ())
    reader = steps.connect()
    lake.read(reader, tmp_path, "t", "self")
    assert reader.execute("select count(id) from t").fetchall() == [(3,)]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["data.parquet"]


def test_a_write_that_fails_leaves_the_old_rows(tmp_path: Path, connection: DuckDBPyConnection):
    fill(connection, "t", 5)
    lake.write(connection, tmp_path, "t", "self", ())
    connection.execute("drop table t")
    connection.execute("create temp view t as select error('no disk') as id")
    with pytest.raises(duckdb.Error, match="no disk"):
        lake.write(connection, tmp_path, "t", "self", ())
    reader = steps.connect()
    lake.read(reader, tmp_path, "t", "self")
    assert reader.execute("select count(id) from t").fetchall() == [(5,)]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["data.parquet"]


def test_a_reader_never_sees_half_a_file(tmp_path: Path):
    stop = threading.Event()

    def keep_writing(value: int) -> None:
        connection = steps.connect()
        fill(connection, "t", 20_000, value)
        while not stop.is_set():
            lake.write(connection, tmp_path, "t", "self", ())

    connection = steps.connect()
    fill(connection, "t", 20_000, 0)
    lake.write(connection, tmp_path, "t", "self", ())
    writers = [threading.Thread(target=keep_writing, args=(value,)) for value in (1, 2)]
    for writer in writers:
        writer.start()
    try:
        reader = steps.connect()
        for _ in range(60):
            lake.read(reader, tmp_path, "t", "self")
            [(rows, least, most)] = reader.execute("select count(id), min(value), max(value) from t").fetchall()
            assert (rows, least) == (20_000, most)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["data.parquet"]


@posix
def test_a_report_leaves_every_folder_that_it_makes_to_its_owner(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir(mode=0o755)
    Report("ada", "2026-W46", b"page", b"{}", b"mail").write(tmp_path / "reports" / "ada" / "2026-W46")
    assert [mode(tmp_path / "reports" / name) for name in ("ada", "ada/2026-W46")] == ["0o700", "0o700"]


@posix
def test_nobody_else_can_read_the_lake(tmp_path: Path, connection: DuckDBPyConnection):
    before = os.umask(0o022)
    try:
        fill(connection, "t", 1)
        lake.write(connection, tmp_path / "home" / "lake", "t", "self", ())
    finally:
        os.umask(before)
    below = (tmp_path / "home").rglob("*")
    assert {str(p.relative_to(tmp_path)): mode(p) for p in below} == {
        "home/lake": "0o700",
        "home/lake/t": "0o700",
        "home/lake/t/coach=self": "0o700",
        "home/lake/t/coach=self/data.parquet": "0o600",
    }


def test_coaches_are_written_read_and_deleted_apart(tmp_path: Path, connection: DuckDBPyConnection):
    for coach, value in (("nora", 1), ("omar", 2)):
        fill(connection, "t", 2, value)
        lake.write(connection, tmp_path, "t", coach, ())
    lake.delete(tmp_path, "t", "nora")
    lake.delete(tmp_path, "t", "nora")
    reader = steps.connect()
    with pytest.raises(lake.NotMade):
        lake.read(reader, tmp_path, "t", "nora")
    lake.read(reader, tmp_path, "t", "omar")
    assert reader.execute("select distinct value from t").fetchall() == [(2,)]


def test_views_show_every_table_with_its_coach(tmp_path: Path, connection: DuckDBPyConnection):
    for table, coach, value in (("weeks", "nora", 1), ("weeks", "007", 2), ("people", "nora", 3), ("gone", "nora", 4)):
        fill(connection, table, 1, value)
        lake.write(connection, tmp_path, table, coach, ())
    lake.delete(tmp_path, "gone", "nora")
    reader = steps.connect()
    assert lake.create_views(reader, tmp_path) == ["people", "weeks"]
    assert reader.execute("select coach, value from weeks order by value").fetchall() == [("nora", 1), ("007", 2)]
    assert reader.execute("select coach, value from people").fetchall() == [("nora", 3)]


def test_views_join_files_of_different_runs_by_column_name(tmp_path: Path, connection: DuckDBPyConnection):
    connection.execute("create temp table t as select 1 as a, 2 as b")
    lake.write(connection, tmp_path, "t", "nora", ())
    connection.execute("create or replace temp table t as select 3 as b, 4 as c")
    lake.write(connection, tmp_path, "t", "omar", ())
    reader = steps.connect()
    lake.create_views(reader, tmp_path)
    rows = reader.execute("select coach, a, b, c from t order by coach").fetchall()
    assert rows == [("nora", 1, 2, None), ("omar", None, 3, 4)]


def test_no_lake_has_no_views(tmp_path: Path, connection: DuckDBPyConnection):
    assert lake.create_views(connection, tmp_path / "none") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_holds_a_lake_like_any_other(tmp_path: Path, connection: DuckDBPyConnection, name: str):
    folder = tmp_path / name / "lake"
    fill(connection, "t", 3)
    lake.write(connection, folder, "t", "self", ("id",))
    reader = steps.connect()
    lake.read(reader, folder, "t", "self")
    assert reader.execute("select count(id) from t").fetchall() == [(3,)]
    viewer = steps.connect()
    assert lake.create_views(viewer, folder) == ["t"]
    assert viewer.execute("select coach, count(id) from t group by coach").fetchall() == [("self", 3)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_table_is_written_and_read_like_any_other(tmp_path: Path, connection: DuckDBPyConnection, name: str):
    fill(connection, name, 3)
    lake.write(connection, tmp_path, name, "self", ("id",))
    reader = steps.connect()
    lake.read(reader, tmp_path, name, "self")
    assert reader.execute(f"select count(id) from {lake.identifier(name)}").fetchall() == [(3,)]
    viewer = steps.connect()
    assert lake.create_views(viewer, tmp_path) == [name]
    assert viewer.execute(f"select count(coach) from {lake.identifier(name)}").fetchall() == [(3,)]


def test_a_folder_that_looks_like_a_pattern_stands_for_itself_alone(tmp_path: Path, connection: DuckDBPyConnection):
    for folder, value in (("l*ke", 1), ("lake", 2), ("l[a]ke", 3)):
        fill(connection, "t", 1, value)
        lake.write(connection, tmp_path / folder, "t", "self", ())
    for folder, value in (("l*ke", 1), ("lake", 2), ("l[a]ke", 3)):
        reader, viewer = steps.connect(), steps.connect()
        lake.read(reader, tmp_path / folder, "t", "self")
        lake.create_views(viewer, tmp_path / folder)
        assert reader.execute("select value from t").fetchall() == [(value,)]
        assert viewer.execute("select value from t").fetchall() == [(value,)]


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=30))
def test_any_text_can_be_quoted(text: str):
    connection = duckdb.connect()
    result = connection.execute(f"select {lake.literal(text)} as {lake.identifier(text)}")
    assert result.description[0][0] == text
    assert result.fetchall() == [(text,)]


def test_a_database_is_on_one_clock_with_one_thread_and_fetches_nothing(connection: DuckDBPyConnection):
    settings = "select current_setting('TimeZone'), current_setting('threads'), current_setting('autoinstall_known_extensions')"
    assert connection.execute(settings).fetchall() == [("UTC", 1, False)]


@posix
def test_nobody_else_can_read_what_is_being_written(tmp_path: Path):
    before = os.umask(0)
    try:
        with replacing(tmp_path / "page.html") as beside:
            assert mode(beside) == "0o600"
            beside.write_text("names")
            assert mode(beside) == "0o600"
    finally:
        os.umask(before)
    assert (mode(tmp_path / "page.html"), [path.name for path in tmp_path.iterdir()]) == ("0o600", ["page.html"])


def test_a_mistake_in_a_query_is_one_sentence(connection: DuckDBPyConnection):
    assert lake.query(connection, "select 1 as one, 'a' as name") == (["one", "name"], [(1, "a")])
    with pytest.raises(Problem) as problem:
        lake.query(connection, "select * from nowhere")
    assert "nowhere" in str(problem.value)
    assert "\n" not in str(problem.value)


HOLDER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from pipelines.files import locked
    with locked(Path(sys.argv[1]) / "run.lock", waiting="Another run is under way."):
        print("held", flush=True)
        sys.stdin.readline()
    print("released", flush=True)
""")


def start(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_run_waits_says_so_once_and_then_goes_on(tmp_path: Path):
    first = start(tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    second = start(tmp_path)
    assert second.stderr is not None
    assert second.stderr.readline() == "Another run is under way.\n"
    first.communicate("go\n", timeout=30)
    out, err = second.communicate("go\n", timeout=30)
    assert (out, err) == ("held\nreleased\n", "")
    assert (first.returncode, second.returncode) == (0, 0)


def test_a_run_that_dies_holds_nobody_up(tmp_path: Path):
    first = start(tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    first.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    first.communicate(timeout=30)
    out, err = start(tmp_path).communicate("go\n", timeout=30)
    assert (out, err) == ("held\nreleased\n", "")


def test_a_run_that_fails_holds_nobody_up(tmp_path: Path):
    with pytest.raises(RuntimeError), locked(tmp_path / "run.lock"):
        raise RuntimeError
    with locked(tmp_path / "run.lock"):
        pass


@posix
def test_the_lock_lies_in_a_private_home(tmp_path: Path):
    with locked(tmp_path / "home" / "run.lock"):
        assert mode(tmp_path / "home") == "0o700"
