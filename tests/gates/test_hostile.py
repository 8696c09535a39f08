"""Whatever people, firms and groups call themselves: it runs nowhere, breaks nothing and can be read, in everything that the program makes."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from pipelines import lake, settings, steps
from pipelines.cli import cli
from pipelines.display import name_for_display
from pipelines.handwritten import add
from pipelines.render import render_page
from tests import page_samples
from tests.gates import hostile, html, pdf, policy, screen
from tests.gates.documents import printed
from tests.gates.tools import needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gates.documents import Document

each_text = pytest.mark.parametrize("name", hostile.TEXTS)


def every() -> list[Document]:
    return [document for name in hostile.TEXTS for document in hostile.documents(name)]


def wrong(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {document: one for document, one in found.items() if one}


def shown(name: str) -> str:
    """What has to be there of a text: its first letters, where a line may break."""
    return " ".join(name_for_display(hostile.TEXTS[name])[:40].split())


@pytest.mark.slow
@each_text
def test_keeps_to_our_policy_and_can_be_read(name: str) -> None:
    documents = hostile.documents(name)
    assert wrong(policy.findings(documents)) == {}
    for document in documents:
        text = " ".join(" ".join(document.tree.itertext()).split())
        assert shown(name) in text, document.name
        if document.kind == "mail":
            assert shown(name) in " ".join(document.plain.split())
    page, mail = documents[:2]
    assert len(re.findall(re.escape(shown(name)), " ".join(page.tree.itertext()))) > 10
    assert shown(name) not in str(mail.message["Subject"])
    assert mail.message["Bcc"] is None


@pytest.mark.slow
def test_is_valid_html() -> None:
    assert wrong(html.findings(every())) == {}


@pytest.mark.browser
def test_runs_nothing_asks_for_nothing_and_fits_the_screen() -> None:
    assert wrong(screen.findings(every())) == {}


@pytest.mark.slow
@each_text
def test_json_keeps_names_as_they_are_and_shows_nothing_that_a_terminal_obeys(name: str) -> None:
    text = hostile.report(name).json.decode()
    assert not [c for c in text.rstrip("\n") if c in "\x1b\x7f\x9b\u202e\u2066\u2028" or c < " "]
    people = json.loads(text)["people"]
    written = hostile.TEXTS[name].replace("\r\n", "\n")
    assert {person["name"].rsplit(" ", 1)[0] for person in people} == {written}


@pytest.mark.slow
def test_pdf_shows_it_as_text() -> None:
    context = page_samples.typical("de")
    # Everybody is called by one of them, works for one, and writes in groups and under headings of that name.
    somebody = context["people"][0]
    context["people"] = [somebody | {"name": text, "sentence": text} for text in hostile.TEXTS.values()]
    for section, text in zip(context["sections"], hostile.TEXTS.values(), strict=False):
        section["heading"] = section["sentence"] = text
        for chart in section["charts"]:
            chart["title"] = chart["description"] = text
    page = replace(hostile.documents("script")[0], content=render_page(context).encode())
    made = printed(page)
    assert wrong(pdf.findings([made])) == {}
    read = subprocess.run([needs("pdftotext", "poppler-utils"), "-raw", "-", "-"], input=made.content, capture_output=True, check=True)  # fmt: skip
    text = read.stdout.decode()
    assert not set("\u202e\u2066\u200b\x1b\x07") & set(text)
    found = _plain(text)
    # Which other scripts and signs have letters depends on the fonts of a machine.
    assert [name for name in hostile.TEXTS if _plain(shown(name))[:20] not in found] == []


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isascii() and not c.isspace() and c != "-")


@pytest.mark.slow
def test_dagster_shows_pages_as_pictures_and_no_name_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dagster as dg

    from pipelines.orchestration.preview import preview
    from pipelines.orchestration.run import run_week

    for document in (hostile.documents(name)[0] for name in hostile.TEXTS):
        picture = preview(document.html).md_str
        encoded = re.fullmatch(r"!\[page\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)", picture)
        assert encoded, document.name
        for element in ET.fromstring(base64.b64decode(encoded[1])).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "img", "iframe")
            assert not any(key.startswith("on") for key in element.attrib)

    told = []
    for number, text in enumerate(hostile.TEXTS.values()):
        key = f"ada{number}"
        name = json.dumps(text) if text.isprintable() else json.dumps(hostile.NAME)
        told.append(f'[members.{key}]\nname = {name}\nowner = ["{hostile.NAME}"]\npreview = true\n')
        hostile.write(tmp_path / "inbox" / key, text)
    (tmp_path / "members.toml").write_text("".join(told), encoding="utf-8")
    monkeypatch.setenv("KONTAKTPULS_HOME", str(tmp_path))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    outcome = run_week(settings.load(), hostile.WEEK)
    assert not outcome.problems
    assert len(list((tmp_path / "reports").glob(f"ada*/{hostile.WEEK}/report.html"))) == len(hostile.TEXTS)
    with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as instance:
        keys = instance.all_asset_keys()
        records = [record for key in keys for record in instance.fetch_materializations(key, limit=9).records]
    assert records
    for record in records:
        shown_there = str(record.event_log_entry)
        assert "javascript:" not in shown_there
        assert [name for name, text in hostile.TEXTS.items() if len(text) > 8 and text in shown_there] == []


def test_terminal_shows_what_it_would_obey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTPULS_HOME", str(tmp_path))
    connection = steps.connect()
    connection.execute("create temp table ties as select $1 as member, $2 as name", ["ada", hostile.TEXTS["terminal"]])
    lake.write(connection, tmp_path / "lake", "ties", "self", ["name"])
    asked = CliRunner().invoke(cli, ["sql", "select name from ties"])
    assert asked.output.splitlines()[-1] == r"An\u001b[31mna\u0007\u009b2J\u0008\u007f"
    export = hostile.write(tmp_path / "An\x1b[31mna", "Anna")[0]
    for arguments in (["inspect", str(export)], ["inspect", "--json", str(export)], ["report", str(export), "--out", str(tmp_path / "\x9b2J")]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "pipelines.cli", *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.stdout + done.stderr)


@pytest.mark.parametrize("name", ["formula", "another formula", "terminal", "header", "quotes"])
def test_tables_hold_nothing_that_a_spreadsheet_computes(name: str, tmp_path: Path) -> None:
    text = hostile.TEXTS[name]
    row = {"name": text, "profile": "", "mark": "later", "date": "2026-11-12"}
    assert add(tmp_path / "marks.csv", [row], language="de") == 1
    assert add(tmp_path / "marks.csv", [row], language="de") == 0
    [_, cells] = csv.reader(io.StringIO((tmp_path / "marks.csv").read_text("utf-8")), delimiter=";")
    assert not cells[0].startswith(tuple("=+-@\t\r\n"))
    assert " ".join(text.split()) in cells[0]


def test_whoever_is_called_like_a_formula_can_be_marked(tmp_path: Path) -> None:
    connection = steps.connect()
    plain, quoted = (
        connection.execute("select fold_name($1)", [name]).fetchone() for name in ("=1+1 Anna", "'=1+1 Anna")
    )
    assert plain == quoted
