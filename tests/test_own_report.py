"""From a member's own files to the page: marks take a person out and bring them back, own entries open it, both ways alike."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.members import Member
from pipelines.settings import load
from tests import scenario
from tests.bucket import Bucket

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.report import Report

WEEK = "2026-W46"
ADA = Member("ada", "Ada Beispiel-Köhler", week=WEEK, language="en")
LOG = """\
Datum;Art;Mit;Richtung;Plattform;Notiz
03.11.2026;Treffen;Jörg Groß;;;streng geheim
2026-11-10;Treffen;Jörg Groß;;;
2026-11-11;Anruf;Anna Arndt;;;
2026-11-11;Rat;Anna Arndt;bekommen;;
"""
OWN = {
    "activity.csv": LOG,
    "people.csv": "Name;Firma;bekannt seit\nJörg Groß;Nordlicht GmbH;2015\n",
    "visitors.csv": "Woche;Profilbesuche;davon Recruiter;Plattform\n2026-W46;12;3;LinkedIn\n",
    "applications.csv": "Firma;Bewerbung;über\nNordlicht GmbH;05.10.2026;Jörg Groß\n",
}

# What a member answers to a suggestion, on which day, and whether the person is gone from the report of that week.
MARKS = (
    ("never", "2026-11-20", True),
    ("nie", "2020-01-01", True),
    ("later", "2026-10-24", True),
    ("später", "2026-10-23", False),
    ("erledigt", "2026-08-29", True),
    ("done", "2026-08-28", False),
)
VIEWS = "Woche;Profilbesuche;davon aus dem Recruiting;Plattform\n"
MORE_VIEWS = "".join(f"2026-W{week};{views};{views // 4};LinkedIn\n" for week, views in ((38, 8), (41, 5), (44, 9)))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_exports(make_member(1, SIZES["small"], name="Ada Beispiel-Köhler"), tmp_path_factory.mktemp("exports"))


def write(folder: Path, **files: str) -> list[Path]:
    """Write own files as they lay there when the exports were made."""
    moment = datetime(2026, 11, 20, 12).timestamp()  # noqa: DTZ001
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.csv" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, encoding="utf-8")
        os.utime(path, (moment, moment))
    return paths


@pytest.fixture(scope="module")
def plain(exports: list[Path]) -> Report:
    """The report without own files."""
    made, notes = steps.report(ADA, exports, None)
    assert made is not None, notes
    return made


@pytest.fixture(scope="module")
def bucket(exports: list[Path], plain: Report, tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    """The same exports with one or another own file beside them."""
    made, inbox = Bucket(), tmp_path_factory.mktemp("inbox")
    suggested = people(json.loads(plain.json))[0]
    for key, files in {
        "own": {name.removesuffix(".csv"): text for name, text in OWN.items()},
        "log": {"activity": LOG},
        "few": {"visitors": VIEWS + "2026-W46;12;3;LinkedIn\n"},
        "more": {"visitors": VIEWS + MORE_VIEWS + "2026-W46;1;0;LinkedIn\n"},
        **{mark: {"marks": f"Name;Vermerk;Datum\n{suggested};{mark};{day}\n"} for mark, day, _ in MARKS},
    }.items():
        made.read(with_own(key), [*exports, *write(inbox / key, **files)])
    return made


def with_own(key: str) -> Member:
    return replace(ADA, key=key)


def people(document: dict[str, Any]) -> list[str]:
    return [person["name"] for person in document["people"]]


@pytest.mark.parametrize(("mark", "gone"), [(mark, gone) for mark, _, gone in MARKS])
def test_a_suggested_person_disappears_after_a_mark_and_comes_back_when_it_has_expired(
    plain: Report, bucket: Bucket, mark: str, gone: bool
) -> None:
    before, after = people(json.loads(plain.json)), people(bucket.document(with_own(mark)))
    assert (before[0] not in after) is gone
    assert gone or after == before


def test_own_files_bring_views_people_and_weeks_into_the_report(plain: Report, bucket: Bucket) -> None:
    found = bucket.document(with_own("own"))
    metrics = {(row["name"], row["platform"]): row for row in found["metrics"]}
    assert {platform for _, platform in metrics} == {"all", "linkedin", "xing", "own"}
    assert (metrics["profile_views", "all"]["value"], metrics["profile_views", "all"]["status"]) == (12, "measured")
    assert metrics["recruiter_views", "linkedin"]["value"] == 3
    assert metrics["care_weeks", "own"]["value"] == 2
    assert metrics["streak_weeks", "own"]["value"] == 2
    assert metrics["posts", "own"]["reason"] is not None
    assert found["week"] == WEEK
    without = {(row["name"], row["platform"]): row for row in json.loads(plain.json)["metrics"]}
    assert metrics["contacts_total", "all"] == without["contacts_total", "all"]
    assert metrics["persons_total", "all"]["value"] == without["persons_total", "all"]["value"] + 1
    assert {row["source"] for row in found["sources"]} >= {"own_activity", "own_people", "own_visitors"}


def test_the_page_opens_with_what_was_noted_or_with_one_question(plain: Report, bucket: Bucket) -> None:
    page = plain.html.decode()
    assert "Personal: whom did you meet this week?" in page
    assert "in activity.csv, which “kontaktpuls template” makes" in page
    noted = bucket.report(with_own("log"))
    page = noted.html.decode()
    assert "Personal: one meeting and one call" in page
    assert "In the last twelve weeks: two meetings, one call and advice got once." in page
    assert page.index("Personal: one meeting") < page.index('id="s2"')
    assert "whom did you meet" not in page
    assert "streng geheim" not in page + noted.json.decode() + noted.mail.decode()


def test_how_a_number_is_counted_tells_the_mean_of_the_four_weeks_before(plain: Report) -> None:
    [mean] = [
        row["mean_4_weeks"]
        for row in json.loads(plain.json)["metrics"]
        if (row["name"], row["platform"]) == ("contacts_new", "all")
    ]
    assert f"Mean of the four weeks before: {mean:.1f}".removesuffix(".0") + "." in plain.html.decode()


def test_a_folder_of_exports_and_own_lists_gives_the_report_of_each_of_them(exports: list[Path], plain: Report) -> None:
    [folder] = {export.parent for export in exports}
    together, notes = steps.report(ADA, [folder], None)
    assert notes == []
    assert together == plain


@pytest.mark.engine  # the one run of Dagster that is tried on every DuckDB
@pytest.mark.slow
def test_run_and_report_give_the_same_bytes_with_own_files(
    exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("dagster")
    from pipelines.orchestration.run import run_week

    plans = (
        'start = "2026-08-03"\nsessions = ["2026-08-31", { on = "2026-10-12", agreed = ["Anrufen"] }]\n'
        'goals = [{ metric = "messages_sent", amount = 5, from = "2026-08-03", to = "2026-11-29" }]\n'
    )
    (tmp_path / "members.toml").write_text(f'[members.ada]\nname = "Ada Beispiel-Köhler"\n{plans}', encoding="utf-8")
    monkeypatch.setenv("KONTAKTPULS_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    inbox = tmp_path / "inbox" / "ada"
    inbox.mkdir(parents=True)
    for export in exports:
        if export.is_dir():
            shutil.copytree(export, inbox / export.name)
        else:
            shutil.copy2(export, inbox / export.name)
    files = {name.removesuffix(".csv"): text for name, text in OWN.items()}
    write(inbox, **files, marks="Name;Vermerk;Datum\nJörg Groß;nie;12.11.2026\n")
    (inbox / "LIESMICH.txt").write_text("Fünf Tabellen", encoding="utf-8")
    assert run_week(load(), WEEK).problems == ()
    current = load()
    made, _ = steps.report(
        current.members["ada"].asked(week=WEEK, language=None), sorted(inbox.iterdir()), current.sender
    )
    assert made is not None
    folder = tmp_path / "reports" / "ada" / WEEK
    assert (folder / "report.json").read_bytes() == made.json
    assert (folder / "report.html").read_bytes() == made.html
    assert (folder / "mail.eml").read_bytes() == made.mail


def test_profile_views_that_were_noted_are_shown_and_others_are_no_zero(plain: Report, bucket: Bucket) -> None:
    few, more = bucket.report(with_own("few")), bucket.report(with_own("more"))
    assert "<h2>12 profile views this week, three of them by recruiting</h2>" in few.html.decode()
    assert "Profile views per week" not in few.html.decode()
    assert "<h2>One profile view this week</h2>" in more.html.decode()
    chart = more.html.decode().partition("<figcaption>Profile views per week</figcaption>")[2].partition("</svg>")[0]
    assert chart.count("<circle") == 4
    assert "n/a" in chart
    assert "rofile views this week" not in plain.html.decode()


def test_report_json_has_every_week_as_its_table_has_it(bucket: Bucket) -> None:
    member = with_own("more")
    written = bucket.report(member).json.decode()
    rows = scenario.rows_of(bucket.connection, "from report_weeks where member = $1", [member.key])
    assert {row["platform"] for row in rows} >= {"all", "own"}
    weeks = []
    for row in rows:
        assert (row.pop("member"), row.pop("week").strftime("%G-W%V")) == (member.key, row["week_name"])
        weeks.append({"week": row.pop("week_name"), "platform": row.pop("platform"), **row})
    assert f'"weeks": {json.dumps(weeks)}, "sessions": ' in written


def test_applications_alone_make_a_report_of_the_weeks_since_the_first(tmp_path: Path) -> None:
    made, notes = steps.report(ADA, write(tmp_path, applications=OWN["applications.csv"]), None)
    assert made is not None, notes
    assert json.loads(made.json)["weeks"][0]["week"] == "2026-W41"
    assert "What is known of this week" in made.html.decode() or "as far as it is known" in made.html.decode()


def test_people_known_offline_make_no_week_and_the_refusal_says_what_does(tmp_path: Path) -> None:
    made, notes = steps.report(ADA, write(tmp_path, people=OWN["people.csv"]), None)
    assert made is None
    [note] = map(str, notes)
    assert "add an export of LinkedIn or XING, or a dated line in activity.csv or applications.csv" in note
