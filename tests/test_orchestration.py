"""The Dagster side: the same bytes as the command, others untouched by one member's trouble, schedule and sensor by evaluation."""

from __future__ import annotations

import ast
import base64
import email
import html
import itertools
import json
import operator
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from email import policy
from pathlib import Path
from xml.etree import ElementTree as ET

import dagster as dg
import duckdb
import pytest
from click.testing import CliRunner
from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines import lake, settings, steps
from pipelines.archive import exports_in_inbox
from pipelines.cli import cli
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.drawing import each_report
from pipelines.models import load_models
from pipelines.orchestration import kept
from pipelines.orchestration.automation import weekly_schedule
from pipelines.orchestration.code_location import build_defs
from pipelines.orchestration.inbox import inbox_sensor
from pipelines.orchestration.partitions import RANGE_END, RANGE_START, coaches_of, sync_coaches
from pipelines.orchestration.run import run_week
from pipelines.orchestration.storage import EventLog
from pipelines.readers import own_list
from tests.reading_samples import EXPORT, lines, write_export
from tests.scenario import Scenario

ROOT = Path(__file__).parent.parent
WEEK = "2026-W46"
MEMBERS = """
[members.ada]
name = "Ada Beispiel-Köhler"
send_to = [{ address = "ada@example.org", format = "html" }, "nora@example.org"]
coach = "nora"
consent = { level = "names", since = "2026-08-31" }

[members.bob]
name = "Bob Kaputt"
coach = "nora"

[members.eva]
name = "Eva Andere"
coach = "nora"

[members.uwe]
name = "Uwe Muster"
language = "en"
send_to = [{ address = "uwe@example.org", format = "html" }]
coach = "anton"
preview = true

[members.kim]
coach = "nora"

[members.lou]
coach = "rosa"

[members.mia]
coach = "rosa"

[coaches.nora]
name = "Nora Beispiel"
send_to = [{ address = "nora@example.org", format = "html" }]

[coaches.anton]
send_to = ["anton@example.org"]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation before its first run: two coaches with a good member each, a broken export, somebody else's export, one export for
    two members of different coaches without names, and an empty inbox."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "members.toml").write_text(MEMBERS, encoding="utf-8")
    write_exports(make_member(1, SIZES["small"]), folder / "inbox" / "ada")
    write_exports(make_member(2, SIZES["small"], name="Uwe Muster"), folder / "inbox" / "uwe")
    (folder / "inbox" / "bob").mkdir()
    (folder / "inbox" / "bob" / "login.zip").write_bytes(b"<!DOCTYPE html>")
    (folder / "inbox" / "eva").mkdir()
    [archive] = (folder / "inbox" / "ada").glob("*.zip")
    (folder / "inbox" / "eva" / archive.name).write_bytes(archive.read_bytes())
    shared = {
        "Connections.csv": lines("First Name,Last Name,Connected On", "Mira,Holzapfel,05 Feb 2024"),
        "Profile.csv": lines("First Name,Last Name", "Kim,Muster"),
    }
    for key in ("kim", "lou"):
        write_export(folder / "inbox" / key, shared)
    return folder


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    return {"KONTAKTPULS_HOME": str(home)}


@pytest.fixture(scope="module")
def outcome(home: Path, environment: dict[str, str]):
    os.environ |= environment
    os.environ["KONTAKTPULS_LANGUAGE"] = "en"
    yield CliRunner().invoke(cli, ["run", "--week", WEEK], catch_exceptions=False)
    os.environ.pop("KONTAKTPULS_LANGUAGE", None)
    os.environ.pop("KONTAKTPULS_HOME", None)
    os.environ.pop("DAGSTER_HOME", None)


def files(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in (home / "reports").rglob("*") if p.is_file()}


def test_one_members_trouble_costs_nobody_else(home: Path, outcome) -> None:
    assert outcome.exit_code == 1
    assert sorted({name.split("/")[1] for name in files(home)}) == ["_coaches", "ada", "uwe"]
    told = {line.partition(":")[0]: line for line in outcome.stderr.splitlines()}
    assert told.keys() == {"bob", "eva", "kim", "lou", "mia", "Not in the overview mailed to anton"}
    assert "login.zip" in told["bob"]
    assert "Ada Beispiel-Köhler" in told["eva"]
    assert all(f"{EXPORT} lies in the inboxes of kim, lou" in told[key] for key in ("kim", "lou"))
    assert "no export in inbox/mia" in told["mia"]
    assert len(list((home / "outbox").glob("*.eml"))) == 4


def every_member_has_a_report(instance: dg.DagsterInstance, run: str) -> tuple[bool, dict[str, object]]:
    """Return what the check of that name came to in a run, as the storage has it: whether it passed, and what it shows."""
    key = dg.AssetCheckKey(dg.AssetKey("weekly_mail"), "every_member_has_a_report")
    [record, *_] = instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    assert record.run_id == run
    evaluation = record.event.dagster_event.asset_check_evaluation_data
    return evaluation.passed, {name: value.value for name, value in evaluation.metadata.items()}


def test_the_run_fails_and_its_check_names_who_has_no_report(home: Path, outcome) -> None:
    with dg.DagsterInstance.get() as instance:
        [run] = instance.get_runs(limit=1)
        assert run.status is dg.DagsterRunStatus.FAILURE
        passed, shown = every_member_has_a_report(instance, run.run_id)
    assert not passed
    assert (shown.pop("members_without_report"), shown.pop("members_without_export")) == (4, 1)
    assert shown.keys() == {"bob", "eva", "kim", "lou", "mia"}


def test_a_run_that_leaves_out_a_coach_is_only_green_where_it_was_meant_for_the_others(home: Path, outcome) -> None:
    job = build_defs(settings.load).resolve_job_def("weekly")
    with dg.DagsterInstance.get() as instance:

        def mails(tags: dict[str, str]) -> tuple[bool, bool, dict[str, object]]:
            """Send once more and return whether the run succeeded and what the check says."""
            result = job.execute_in_process(
                instance=instance, tags=tags, asset_selection=[dg.AssetKey("weekly_mail")], raise_on_error=False
            )
            return result.success, *every_member_has_a_report(instance, result.run_id)

        every_coach = sync_coaches(instance, settings.load())
        one = {"dagster/partition": "anton"}
        wrong = every_coach | {RANGE_START: "anton", RANGE_END: "anton"}
        assert mails(one)[:2] == (True, True)
        succeeded, passed, shown = mails(wrong)
    assert (succeeded, passed) == (False, False)
    assert {"ada", "bob", "eva", "kim", "lou", "mia"} == shown.keys() - {
        "members_without_report",
        "members_without_export",
    }


def test_each_member_of_a_coach_gets_their_own_report_whoever_else_gets_none() -> None:
    told = Scenario()
    keys = [f"member{number}" for number in range(7)]
    for key in keys:
        told.member(key).linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02")
    database = told.database()
    database.execute("update report_members set time_zone = 'Nowhere/Town' where member in ('member2', 'member6')")
    members = [settings.Member(key=key) for key in keys]
    chosen = settings.load({"KONTAKTPULS_HOME": "nowhere"})
    found = [(member.key, made) for member, made in each_report(database, load_models(), members, chosen)]
    assert [key for key, _ in found] == keys
    assert [key for key, made in found if isinstance(made, Exception)] == ["member2", "member6"]
    assert all(made.member == key for key, made in found if not isinstance(made, Exception))


@pytest.mark.parametrize("key", ["ada", "uwe"])
def test_run_and_report_give_the_same_bytes(home: Path, outcome, key: str) -> None:
    current = settings.load({"KONTAKTPULS_HOME": str(home)})
    member = current.members[key].asked(week=WEEK, language=None)
    inbox = home / "inbox" / key
    made, _ = steps.report(member, sorted(inbox.iterdir()), current.sender)
    assert made is not None
    folder = home / "reports" / key / WEEK
    assert (folder / "report.json").read_bytes() == made.json
    assert (folder / "report.html").read_bytes() == made.html
    assert (folder / "mail.eml").read_bytes() == made.mail


def test_the_overview_is_the_one_that_the_command_makes_of_the_same_reports(
    home: Path, outcome, tmp_path: Path
) -> None:
    report = home / "reports" / "uwe" / WEEK / "report.json"
    CliRunner().invoke(cli, ["overview", str(report), "--out", str(tmp_path)], catch_exceptions=False)
    folder = home / "reports" / "_coaches" / "anton" / WEEK
    assert sorted(path.name for path in folder.iterdir()) == ["gespraech-uwe.html", "overview.html"]
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()
    assert any(
        line.startswith("anton: 2026-W46 ") and line.endswith("overview.html") for line in outcome.stdout.splitlines()
    )


def test_a_coach_is_mailed_what_members_consent_to_and_nothing_else(home: Path, outcome) -> None:
    mails = {}
    for path in (home / "outbox").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        mails.setdefault(str(message["To"]), []).append(message)
    assert {address: len(found) for address, found in mails.items()} == {
        "ada@example.org": 1,
        "uwe@example.org": 1,
        "nora@example.org": 2,
    }
    name = f"kontaktpuls-{WEEK}-overview-nora.html"
    [overview] = [m for m in mails["nora@example.org"] if next(m.iter_attachments()).get_filename() == name]
    said = "".join(part.get_content() for part in overview.walk() if part.get_content_maintype() == "text")
    assert "Ada Beispiel-Köhler" in said
    for stranger in ("Uwe", "Bob", "Eva", *third_parties(home, "ada"), *third_parties(home, "uwe")):
        assert stranger not in said
    desk = home / "reports" / "_coaches" / "nora" / WEEK
    assert "Kein Bericht in dieser Woche: Bob Kaputt, Eva Andere, kim." in (desk / "overview.html").read_text("utf-8")
    # The sheet names third parties where the member allows it, and only the member's own.
    sheet = (desk / "gespraech-ada.html").read_text("utf-8")
    assert [name for name in third_parties(home, "ada") if name in sheet]
    quiet = (home / "reports" / "_coaches" / "anton" / WEEK / "gespraech-uwe.html").read_text("utf-8")
    assert not [name for name in third_parties(home, "uwe") + third_parties(home, "ada") if name in quiet]


def third_parties(home: Path, key: str) -> list[str]:
    document = json.loads((home / "reports" / key / WEEK / "report.json").read_text("utf-8"))
    return [person["name"] for person in document["people"]]


@pytest.mark.slow
def test_a_second_run_changes_no_report_and_sends_no_second_mail(home: Path, outcome) -> None:
    before = files(home)
    run_week(settings.load(), WEEK)
    assert files(home) == before
    assert len(list((home / "outbox").glob("*.eml"))) == 4


def test_dagsters_own_event_log_would_find_the_same_events(home: Path, outcome) -> None:
    with dg.DagsterInstance.get() as instance:
        [*_, run] = instance.get_runs()
        kept = instance.event_log_storage
        assert type(kept) is EventLog
        events = kept.get_logs_for_run(run.run_id)
        assert len(events) > 300
        assert SqliteEventLogStorage(str(home / "dagster" / "history" / "runs")).get_logs_for_run(run.run_id) == events


@pytest.mark.slow
def test_events_stored_together_are_stored_as_dagsters_own_event_log_stores_each(
    home: Path, outcome, tmp_path: Path
) -> None:
    with dg.DagsterInstance.get() as instance:
        [*_, run] = instance.get_runs()
        events = instance.event_log_storage.get_logs_for_run(run.run_id)
    together = [one.dagster_event_type in ASSET_EVENTS | ASSET_CHECK_EVENTS for one in events]
    assert sum(together) > 300
    own, ours = SqliteEventLogStorage(str(tmp_path / "own")), EventLog(str(tmp_path / "ours"))
    for one in events:
        own.store_event(one)
    for is_batch, group in itertools.groupby(zip(together, events, strict=True), key=operator.itemgetter(0)):
        batch = [one for _, one in group]
        if is_batch:
            ours.store_event_batch(batch)
        for one in [] if is_batch else batch:
            ours.store_event(one)
    own.dispose()
    ours.dispose()
    for file in ("index.db", f"{run.run_id}.db"):
        assert dump(tmp_path / "ours" / file) == dump(tmp_path / "own" / file)


def dump(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of all tables, but for the moments at which the database itself says that it stored them."""
    with sqlite3.connect(file) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: database.execute(f"select {', '.join(columns_of(database, name))} from {name}").fetchall()
            for name in tables
        }


def columns_of(database: sqlite3.Connection, table: str) -> list[str]:
    names = [row[1] for row in database.execute(f"pragma table_info({table})")]
    return [f'"{name}"' for name in names if name not in ("create_timestamp", "migration_completed")]


def test_nothing_personal_is_in_the_event_log(home: Path, outcome) -> None:
    names = {member.name for member in settings.load().members.values() if member.name}
    for key in ("ada", "uwe"):
        document = json.loads((home / "reports" / key / WEEK / "report.json").read_text("utf-8"))
        names |= {document["name"], *(person["name"] for person in document["people"])}
    with steps.connect() as connection:
        contacts = lake.rows(home / "lake", "contacts", "nora")
        names |= {
            name for (name,) in connection.execute(f"select name from {contacts} where name is not null").fetchall()
        }
    assert [name for name in names if not name.isascii()]
    for path in (home / "dagster").rglob("*.db"):
        with sqlite3.connect(path) as database:
            # Events are stored as JSON, and texts in it as JSON once more: ö is \\u00f6 there.
            dump = re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), "\n".join(database.iterdump()))
        assert not [name for name in names if name in dump], path


def test_every_table_is_an_asset_with_columns_and_its_origin(home: Path, outcome) -> None:
    graph = build_defs().resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    models = load_models()
    assert {model.name for model in models if model.layer != "checks"} <= keys
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}
    assert groups == {"raw", "staging", "core", "metrics", "report", "delivery"}
    checks = {key.name for key in graph.asset_check_keys}
    assert {model.name for model in models if model.layer == "checks"} | {"every_member_has_a_report"} == checks

    with dg.DagsterInstance.get() as instance:

        def origins(table: str, column: str) -> set[tuple[str, str]]:
            if table.startswith("raw_"):
                return {(table, column)}
            event = instance.get_latest_materialization_event(dg.AssetKey(table))
            assert event is not None
            assert event.asset_materialization is not None
            lineage = event.asset_materialization.metadata["dagster/column_lineage"]
            assert isinstance(lineage, dg.TableColumnLineageMetadataValue)
            sources = lineage.value.deps_by_column.get(column, [])
            return {origin for s in sources for origin in origins(s.asset_key.to_user_string(), s.column_name)}

        assert ("raw_linkedin_connections", "connected_on") in origins("contact_growth", "contacts_new")


def test_every_table_shows_its_rows_its_sql_and_the_raw_ones_their_exports(home: Path, outcome) -> None:
    graph = build_defs().resolve_asset_graph()
    assert "select" in graph.get(dg.AssetKey("weekly_metrics")).metadata["sql"].md_str
    with dg.DagsterInstance.get() as instance:

        def shown(table: str) -> dict[str, dg.MetadataValue]:
            event = instance.get_latest_materialization_event(dg.AssetKey(table))
            return dict(event.asset_materialization.metadata)

        for table in ("raw_linkedin_connections", "weekly_metrics"):
            rows = {
                coach: duckdb.sql(f"select count(*) from {lake.rows(home / 'lake', table, coach)}").fetchall()[0][0]
                for coach in settings.load().coaches()
            }
            assert shown(table)["dagster/row_count"].value == sum(rows.values()) > 0
            assert shown(table)["rows by coach"].value == rows
        told = {}
        for coach in settings.load().coaches():
            of_coach = dg.AssetRecordsFilter(dg.AssetKey("raw_linkedin_connections"), asset_partitions=[coach])
            [newest] = instance.fetch_materializations(of_coach, limit=1).records
            exports = newest.asset_materialization.metadata["exports"].records
            assert {record.data["member"] for record in exports} <= {m.key for m in settings.load().of_coach(coach)}
            told |= {record.data["member"]: record.data for record in exports}
    assert told.keys() == {"ada", "eva", "kim", "lou", "uwe"}
    kims = {"member": "kim", "export": EXPORT, "as_of": "2026-11-20", "rows_read": 1, "rows_refused": 0}
    assert told["kim"] == kims


def test_every_key_has_a_comment_and_every_column_says_what_it_is_made_of() -> None:
    graph = build_defs().resolve_asset_graph()
    metadata = graph.get(dg.AssetKey("weekly_metrics")).metadata
    comments = {column.name: column.description for column in metadata["dagster/column_schema"].columns}
    assert comments["member"] == "key of the member, as in members.toml"
    # Said where the number is made, and carried on from there.
    assert (comments["contacts_new"] or "").startswith("connections whose date lies in the week")
    assert (
        "| contacts_new | [contact_growth](/assets/contact_growth).contacts_new |" in metadata["columns made of"].md_str
    )


def test_the_ui_shows_the_page_of_who_allows_it_and_of_nobody_else(home: Path, outcome) -> None:
    with dg.DagsterInstance.get() as instance:
        events = instance.fetch_materializations(dg.AssetKey("weekly_report"), limit=10).records
    shown = {
        event.partition_key: event.asset_materialization.metadata for event in events if event.asset_materialization
    }
    assert not [key for key in shown["nora"] if key.startswith("page of")]
    picture = shown["anton"]["page of uwe"]
    assert isinstance(picture, dg.MarkdownMetadataValue)
    svg = base64.b64decode((picture.md_str or "").partition("base64,")[2].rstrip(")"))
    document = ET.fromstring(svg)
    page = (home / "reports" / "uwe" / WEEK / "report.html").read_text("utf-8")
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert "".join(document.find(".//{http://www.w3.org/1999/xhtml}h1").itertext()) in html.unescape(heading)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_command_alone_ends_everything_that_it_started(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "members.toml").write_text("[members.ada]\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {"KONTAKTPULS_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port)]
    ui = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while ui.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.2)
    started = descendants(ui.pid)
    assert len(started) > 1
    ui.send_signal(number)
    ui.wait()
    # The last ones end a moment after the first.
    for _ in range(300):
        left = [pid for pid in started if Path(f"/proc/{pid}").is_dir()]
        if not left:
            break
        time.sleep(0.1)
    assert not left


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = path.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == str(pid):
            child = int(path.parent.name)
            found += [child, *descendants(child)]
    return found


@pytest.mark.slow
def test_the_ui_plots_a_coachs_numbers_over_the_weeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTPULS_HOME", str(tmp_path))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    keys, weeks = ("ada", "uwe"), ("2026-W45", WEEK)
    text = "".join(f'[members.{key}]\nname = "{key.title()} Muster"\ncoach = "nora"\n' for key in keys)
    (tmp_path / "members.toml").write_text(text, encoding="utf-8")
    for seed, key in enumerate(keys, 1):
        write_exports(make_member(seed, SIZES["small"], name=f"{key.title()} Muster"), tmp_path / "inbox" / key)
    for week in weeks:
        assert run_week(settings.load(), week).success
    with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as instance:
        records = instance.fetch_materializations(dg.AssetKey("weekly_report"), limit=9, ascending=True).records
    shown = [dict(r.asset_materialization.metadata) for r in records if r.asset_materialization and r.partition_key]
    assert [found["week"].value for found in shown] == list(weeks)
    totals = []
    for week, found in zip(weeks, shown, strict=True):
        folders = [tmp_path / "reports" / key / week for key in keys]
        assert found["bytes"].value == sum(len((folder / "report.html").read_bytes()) for folder in folders)
        assert found["path"] == dg.MetadataValue.path(tmp_path / "reports")
        metrics = [
            {row["name"]: row["value"] for row in json.loads((folder / "report.json").read_text("utf-8"))["metrics"] if row["platform"] == "all"}
            for folder in folders
        ]  # fmt: skip
        for name, of in (("messages_sent",) * 2, ("recruiter_contacts (estimated)", "recruiter_contacts")):
            assert found[name] == dg.MetadataValue.float(float(sum(one[of] for one in metrics)))
        # What counts weeks of a member adds up to nothing, and a number that is estimated never goes without that word.
        assert not found.keys() & {"streak_weeks", "active_weeks", "care_weeks", "recruiter_contacts"}
        totals.append(found["contacts_total"].value)
    assert totals[0] < totals[1]


def test_partitions_follow_members_toml_and_the_range_is_the_instances_own() -> None:
    def installation(*coaches: str) -> settings.Settings:
        members = {f"m{i}": settings.Member(f"m{i}", coach=coach) for i, coach in enumerate(coaches)}
        return settings.Settings(Path("unused"), members, None, None, "0 6 * * 1", "Europe/Berlin")

    with dg.DagsterInstance.ephemeral() as instance:
        assert sync_coaches(instance, installation()) == {}
        sync_coaches(instance, installation("zoe", "mia"))
        tags = sync_coaches(instance, installation("zoe", "mia", "anton"))
        keys = list(instance.get_dynamic_partitions("coach"))
        assert sorted(keys) == ["anton", "mia", "zoe"]
        assert (tags[RANGE_START], tags[RANGE_END]) == (keys[0], keys[-1])
        assert coaches_of(tags, instance) == keys
        sync_coaches(instance, installation("mia"))
        assert list(instance.get_dynamic_partitions("coach")) == ["mia"]


def test_the_schedule_asks_for_one_run_of_all_coaches(home: Path, outcome) -> None:
    schedule = weekly_schedule(settings.load)
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 6 * * 1", "Europe/Berlin")
    with dg.instance_for_test() as instance:
        request = schedule(dg.build_schedule_context(instance=instance))
        assert isinstance(request, dg.RunRequest)
        keys = instance.get_dynamic_partitions("coach")
        assert sorted(keys) == ["anton", "nora", "rosa"]
        assert (request.tags[RANGE_START], request.tags[RANGE_END]) == (keys[0], keys[-1])


def test_the_sensor_asks_for_each_coach_whose_inbox_changed_once(home: Path, outcome, tmp_path: Path) -> None:
    installation = replace(settings.load(), home=tmp_path)
    shutil.copytree(home / "inbox", tmp_path / "inbox")
    home = tmp_path
    old = time.time() - 60
    for path in (home / "inbox").rglob("*"):
        os.utime(path, (old, old))
    (home / "inbox" / "fremd").mkdir(exist_ok=True)
    with dg.DagsterInstance.ephemeral() as instance:
        sensor = inbox_sensor(lambda: installation)
        cursor: str | None = None

        def tick() -> list[str] | str:
            """Return the coaches that runs are asked for, or why there is none; the cursor moves on."""
            nonlocal cursor
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            found = sensor(context)
            if isinstance(found, dg.SkipReason):
                cursor = context.cursor
                return found.skip_message or ""
            assert isinstance(found, dg.SensorResult)
            cursor = found.cursor
            return sorted(request.partition_key or "" for request in found.run_requests or [])

        # What was never seen may still be growing; at the second tick it is what it was.
        assert "still being copied" in tick()
        assert tick() == ["anton", "nora", "rosa"]
        assert "fremd" in tick()

        groups = home / "inbox" / "uwe" / "groups.csv"
        groups.write_bytes(groups.read_bytes() + b"77,Neu\n")
        assert "inbox/uwe is still being copied" in tick()
        os.utime(groups, (old, old))
        assert "inbox/uwe is still being copied" in tick()
        assert tick() == ["anton"]
        assert "still being copied" not in tick()


def test_a_run_parses_only_exports_that_are_new_or_would_be_read_in_another_way(
    home: Path, outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = settings.load()
    uwe = current.members["uwe"]
    paths = exports_in_inbox(home / "inbox" / "uwe", own_list=own_list)
    key = settings.secret_key(home)

    def unread(member: settings.Member) -> list[Path]:
        return kept.sort_exports(member, paths, known, key, elsewhere)[2]

    with steps.connect() as connection:
        known = kept.kept_exports(connection, current.lake, "anton")
        elsewhere: dict[str, tuple[str, ...]] = {}
        assert unread(uwe) == []
        elsewhere = dict.fromkeys((export for _, export in known), ("eva", "uwe"))
        assert unread(uwe) == paths
        elsewhere = {}
        assert unread(replace(uwe, time_zone="America/New_York")) == paths
        assert unread(replace(uwe, owner=("Jemand Anderes",))) == paths
        # Neither what does not open nor what is somebody else's counts as read.
        assert {member for member, _ in kept.kept_exports(connection, current.lake, "nora")} == {"ada"}
    monkeypatch.setattr(kept, "_program", lambda: "another version")
    assert unread(uwe) == paths


def test_what_was_read_is_kept_wherever_the_home_lies(tmp_path: Path) -> None:
    told = Scenario()
    export = told.member("ada").linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02")
    name = export.row["export"]
    folder = tmp_path / "[it's] here?" / "lake"
    with told.raw() as connection:
        lake.write(connection, folder, "raw_linkedin_connections", "self", ())
        kept.keep(connection, folder, "self", {("ada", name): "so"})
        assert kept.kept_exports(connection, folder, "self") == {("ada", name): "so"}
        connection.execute("delete from raw_linkedin_connections")
        kept.copy_rows(connection, folder, "self", ["raw_linkedin_connections"], "ada", [name])
        assert connection.execute("select first_name from raw_linkedin_connections").fetchall() == [("Anna",)]


def test_only_the_orchestration_imports_dagster_or_sqlglot() -> None:
    for path in (ROOT / "pipelines").rglob("*.py"):
        if "orchestration" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.partition(".")[0] in ("dagster", "sqlglot")], path
