"""Coaches computed together: the same tables as alone, and whatever is wrong with one of them costs the others nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import pytest

from pipelines import drawing, lake, steps
from pipelines.faults import Elsewhere, fault, frames
from pipelines.orchestration.resources import Installation, Watcher
from pipelines.orchestration.run import run_week
from pipelines.problem import Problem
from pipelines.report import FILES
from pipelines.settings import load
from tests.reading_samples import lines, write_export
from tests.scenario import MODELS, Scenario

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from pipelines.models import Model

TABLES = [model for model in MODELS if model.layer != "checks"]
RULES = [model for model in MODELS if model.layer == "checks"]
STAGING = [model for model in MODELS if model.layer == "staging"]
COACHES = ("nora", "omar", "pia")


def tell(member: str, *names: str) -> Scenario:
    told = Scenario()
    export = told.member(member).linkedin("2026-11-20")
    for number, name in enumerate(names, 1):
        export.connection(name, f"2026-11-{number:02}")
        export.message(f"2026-11-0{number} 08:00", name, "in" if number % 2 else "out")
    return told


# Members whose keys are in no order of their coaches, and people whom several of them know.
TOLD = {
    "nora": tell("mia", "Anna Arndt", "Bela Brandt"),
    "omar": tell("ada", "Anna Arndt", "Cem Cakir", "Dora Decker"),
    "pia": tell("zoe", "Bela Brandt"),
}


class Home:
    """An installation whose raw tables are written, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.steps: list[str] = []
        self.notes = Watcher(self.steps.append)
        self.connection = steps.connect()
        self.installation = Installation(load({"KONTAKTPULS_HOME": str(folder)}), self.connection, self.notes)
        for coach, told in TOLD.items():
            self.put(coach, told)

    @property
    def lake(self) -> Path:
        return self.installation.settings.lake

    def put(self, coach: str, told: Scenario) -> None:
        """Write a coach's raw tables."""
        with told.raw() as raw:
            for (table,) in raw.execute(
                "select table_name from duckdb_tables() where table_name like 'raw_%'"
            ).fetchall():
                lake.write(raw, self.lake, table, coach, ())

    def compute(self, *coaches: str, models: Sequence[Model] = STAGING) -> dict[str, dict[str, int]]:
        return self.installation.compute(dg.get_dagster_logger(), models, coaches)

    def rows(self, coach: str) -> dict[str, list[str]]:
        """Return the rows of each table that a coach has, those of sql/report in their order."""
        found = {}
        for model in TABLES:
            if lake.table_path(self.lake, model.name, coach).is_file():
                rows = self.connection.execute(f"from {lake.rows(self.lake, model.name, coach)}").fetchall()
                found[model.name] = [str(row) for row in rows] if model.layer == "report" else sorted(map(str, rows))
        return found


@pytest.fixture
def home(tmp_path: Path) -> Generator[Home]:
    made = Home(tmp_path / "home")
    yield made
    made.connection.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What each coach's tables hold when nobody else's are computed."""
    made = Home(tmp_path_factory.mktemp("alone"))
    for coach in COACHES:
        made.compute(coach, models=TABLES)
    return {coach: made.rows(coach) for coach in COACHES}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with all tables of all coaches, computed together."""
    made = Home(tmp_path_factory.mktemp("computed"))
    made.compute(*COACHES, models=TABLES)
    return made.lake


def staged(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {model.name: rows[model.name] for model in STAGING}


def test_together_each_coach_gets_the_tables_that_they_get_alone(home: Home, alone) -> None:
    counts = home.compute(*COACHES, models=TABLES)
    assert "contacts (nora, omar, pia)" in home.steps
    assert not home.notes.notes
    for coach in COACHES:
        rows = home.rows(coach)
        assert rows == alone[coach]
        assert counts[coach] == {table: len(found) for table, found in rows.items()}
        assert len(rows) == len(TABLES)


def test_a_coach_without_a_table_costs_the_others_nothing(home: Home, alone) -> None:
    lake.delete(home.lake, "raw_linkedin_connections", "omar")
    counts = home.compute(*COACHES)
    for coach in ("nora", "pia"):
        assert home.rows(coach) == staged(alone[coach])
    assert "stg_linkedin_contacts" not in counts["omar"]
    assert "stg_linkedin_messages" in counts["omar"]
    assert not lake.table_path(home.lake, "stg_linkedin_contacts", "omar").exists()


def test_a_damaged_file_of_one_coach_is_told_of_that_coach_alone(home: Home, alone) -> None:
    lake.table_path(home.lake, "raw_linkedin_connections", "omar").write_bytes(b"PAR1, but no more than that")
    home.compute(*COACHES)
    for coach in ("nora", "pia"):
        assert home.rows(coach) == staged(alone[coach])
    assert home.installation.failures.keys() == {"omar"}


def test_whoever_moved_from_one_coach_to_another_is_in_nobodys_numbers_twice(home: Home, alone) -> None:
    # Omar's tables are of the time before: his member has gone to Pia.
    home.put("pia", TOLD["omar"])
    home.compute(*COACHES)
    assert home.rows("nora") == staged(alone["nora"])
    assert home.rows("omar") == staged(alone["omar"]) == home.rows("pia")


def test_rows_of_somebody_whom_no_coach_looks_after_are_not_left_out(home: Home) -> None:
    told = tell("eva", "Anna Arndt")
    told.rows["raw_linkedin_connections"][0]["member"] = "nobody"
    home.put("pia", told)
    home.compute(*COACHES)
    assert [row for row in home.rows("pia")["stg_linkedin_contacts"] if "'nobody'" in row]


def test_a_table_that_is_the_same_for_everybody_counts_once_however_many_coaches_read_it(
    home: Home, computed: Path, alone
) -> None:
    shutil.copytree(computed, home.lake, dirs_exist_ok=True)
    home.compute(*COACHES, models=[model for model in TABLES if model.name == "report_values"])
    for coach in COACHES:
        assert home.rows(coach) == alone[coach]


def test_together_each_member_breaks_the_rules_that_they_break_alone(home: Home, computed: Path) -> None:
    shutil.copytree(computed, home.lake, dirs_exist_ok=True)
    damaged = lake.table_path(home.lake, "contacts", "omar")
    # Twice the same rows: a key that is none.
    home.connection.execute(f"copy (from '{damaged}' union all from '{damaged}') to '{damaged}.twice' (format parquet)")
    Path(f"{damaged}.twice").replace(damaged)
    alone = {(rule.name, coach): home.installation.offenders(rule, coach) for rule in RULES for coach in COACHES}
    fresh = Installation(home.installation.settings, home.connection, home.notes)
    fresh.judge(dg.get_dagster_logger(), RULES, COACHES)
    for coach in COACHES:
        lake.delete(home.lake, "contacts", coach)
    assert {(rule.name, coach): fresh.offenders(rule, coach) for rule in RULES for coach in COACHES} == alone
    assert alone["keys_are_unique", "omar"].keys() == {"ada"}
    assert not alone["keys_are_unique", "nora"]


def test_a_coach_without_a_table_leaves_the_others_rules_to_be_computed_alone(home: Home, computed: Path) -> None:
    shutil.copytree(computed, home.lake, dirs_exist_ok=True)
    lake.delete(home.lake, "contacts", "omar")
    home.installation.judge(dg.get_dagster_logger(), RULES, COACHES)
    for rule in RULES:
        assert home.installation.offenders(rule, "nora") == {}


def test_small_coaches_are_computed_together_and_large_ones_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert home.installation.buckets(COACHES) == [COACHES]
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    buckets = home.installation.buckets(COACHES)
    assert len(buckets) == 2
    assert [coach for bucket in buckets for coach in bucket] == list(COACHES)
    monkeypatch.setattr("pipelines.orchestration.resources._TOGETHER", 1)
    assert home.installation.buckets(COACHES) == [(coach,) for coach in COACHES]


def test_coaches_of_whom_nothing_was_read_are_in_a_bucket_too(tmp_path: Path) -> None:
    with steps.connect() as connection:
        installation = Installation(load({"KONTAKTPULS_HOME": str(tmp_path)}), connection, Watcher())
        assert sorted(sum(installation.buckets(COACHES), ())) == list(COACHES)


MANY = ("ina", "jan", "kay", "leo", "max")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of so many coaches that their pages are drawn in other processes; one member's inbox holds no export."""
    folder = tmp_path_factory.mktemp("many")
    toml = [f'[members.{coach}-{number}]\ncoach = "{coach}"\n' for coach in MANY for number in range(2)]
    (folder / "members.toml").write_text("\n".join(toml), encoding="utf-8")
    for index, coach in enumerate(MANY):
        for number in range(2):
            inbox = folder / "inbox" / f"{coach}-{number}"
            if (coach, number) == ("leo", 1):
                inbox.mkdir(parents=True)
                (inbox / "notes.zip").write_bytes(b"no archive at all")
                continue
            dates = [f"Anna,Arndt {day},{day:02} Nov 2026" for day in range(1, 3 + index + number)]
            files = {
                "Connections.csv": lines("First Name,Last Name,Connected On", *dates),
                "Profile.csv": lines("First Name,Last Name", f"{coach},Muster"),
            }
            write_export(inbox, files)
    return folder


@pytest.mark.slow
def test_pages_of_many_coaches_are_drawn_in_other_processes_to_the_same_bytes(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object) -> None:
        pytest.fail("drawn in this process")

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    settings = load({"KONTAKTPULS_HOME": str(many)})
    told: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "make_reports", here)
        outcome = run_week(settings, "2026-W46", told.append)
    assert len([step for step in told if step.startswith("raw_tables (")]) == 2
    assert len(outcome.lines) == 9 + 5
    assert [problem for problem in map(str, outcome.problems) if problem.startswith("leo-1: ")]
    # One of each bucket, and whose coach has somebody without a report.
    for key in ("ina-0", "leo-0", "max-1"):
        member = settings.members[key].asked(week="2026-W46", language=None)
        made, _ = steps.report(member, sorted((many / "inbox" / key).iterdir()), None)
        assert made is not None
        folder = many / "reports" / key / "2026-W46"
        assert [(folder / name).read_bytes() for name in FILES] == [made.html, made.json, made.mail]


@pytest.mark.slow
def test_whose_raw_tables_cannot_be_written_costs_the_others_nothing(many: Path) -> None:
    blocked = many / "lake" / "raw_linkedin_votes" / "coach=leo"
    shutil.rmtree(blocked, ignore_errors=True)
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where a folder belongs")
    outcome = run_week(load({"KONTAKTPULS_HOME": str(many)}), "2026-W46")
    blocked.unlink()
    reported = {line.partition(":")[0] for line in outcome.lines}
    assert reported == {*(f"{coach}-{number}" for coach in MANY for number in range(2)), *MANY} - {
        "leo-0",
        "leo-1",
        "leo",
    }
    assert [problem for problem in map(str, outcome.problems) if problem.startswith("Coach leo: The folder ")]
    assert not outcome.success


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows interrupts otherwise")
def test_whoever_interrupts_a_run_is_told_so_in_one_word_and_nothing_goes_on(many: Path, tmp_path: Path) -> None:
    home = shutil.copytree(many, tmp_path / "home", ignore=shutil.ignore_patterns("dagster", "lake", "reports"))
    command = Path(sys.executable).with_name("kontaktpuls")
    environment = {**os.environ, "KONTAKTPULS_HOME": str(home)}
    with subprocess.Popen([command, "run"], env=environment, stderr=subprocess.PIPE, start_new_session=True) as run:
        patience = time.monotonic() + 120
        while not (home / "lake" / "stg_members").exists() and time.monotonic() < patience:
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)
        _, told = run.communicate(timeout=120)
    assert run.returncode == 130
    assert b"Traceback" not in told
    assert not list((home / "reports").glob("*/*/report.html"))


def raise_problem(name: str) -> None:
    raise Problem("Nobody is called {name}.", name=name)


def end_elsewhere(process: int) -> str:
    """End this process, unless it is that one."""
    if os.getpid() != process:
        os._exit(1)
    return "here"


def test_what_another_process_gets_wrong_is_told_as_if_it_were_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    installation = Installation(load({"KONTAKTPULS_HOME": str(tmp_path)}), steps.connect(), Watcher())
    settings = installation.settings

    def work(coach: str, call) -> object:
        if coach == "ina":
            return call(os.getpid)
        if coach == "jan":
            with pytest.raises(lake.NotMade, match="report_members"):
                call(drawing.draw_reports, settings, "jan", {}, "run")
        if coach == "kay":
            with pytest.raises(Elsewhere) as found:
                call(drawing.draw_reports, None, "kay", {}, "run")
            return found.value
        return None

    found = installation.draw(MANY, work)
    assert found["ina"] != os.getpid()
    assert fault(found["kay"]).startswith("AttributeError in drawing.py:")
    assert "drawing.py" in frames(found["kay"])
    with pytest.raises(Problem, match=r"^Nobody is called ada\.$"):
        installation.draw(MANY, lambda coach, call: call(raise_problem, "ada"))
    # A process that was killed costs nobody a page.
    ended = installation.draw(MANY, lambda coach, call: call(end_elsewhere, os.getpid()))
    assert set(ended.values()) == {"here"}
    installation.close()
