"""A further language is one file: begun by the script, translated, and spoken by page, mail, PDF's foot and command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import catalogue

if TYPE_CHECKING:
    from pathlib import Path

# As much French as is needed to see it arrive; all else is English in another guise.
FRENCH = {"week {number}": "semaine {number}", "Week %(number)s": "Semaine %(number)s", "n/a": "n. d.", "stop": "arrêt"}
PLACE = re.compile(r"(\{\w*\}|%\(\w+\)s)")


def in_guise(text: str) -> str:
    return "".join(part if PLACE.fullmatch(part) else part.replace("e", "é") for part in PLACE.split(text))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one file more."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("pipelines", "reports", "sql"):
        shutil.copytree(catalogue.ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "reports" / "locales" / "fr" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    catalog = catalogue.read(path)
    catalogue.updated(catalog)
    for message in catalog:
        if isinstance(message.id, str) and message.id:
            message.string = FRENCH.get(message.id) or in_guise(message.id)
    path.write_bytes(catalogue.updated(catalog))
    return folder


def called(program: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from pipelines.cli import main; sys.argv[0] = 'kontaktpuls'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=program,
        env=os.environ | {"KONTAKTPULS_HOME": str(program / "home"), "PYTHONPATH": str(program)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_page_mail_and_json_speak_it(program: Path) -> None:
    done = called(program, "demo", "--size", "small", "--lang", "fr", "--out", str(program / "out"))
    assert done.returncode == 0, done.stderr
    page = (program / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert "Semaine 46" in page
    assert "9–15 novembre 2026" in page
    assert "How this is counted" not in page
    assert "Contacts" in page or "Contacts".replace("e", "é") in page
    assert json.loads((program / "out" / "report.json").read_bytes())["language"] == "fr"
    assert b"Content-Language: fr" in (program / "out" / "mail.eml").read_bytes()


def test_the_command_and_members_toml_know_it(program: Path) -> None:
    refused = called(program, "demo", "--lang", "xx", "--out", str(program / "none"), KONTAKTPULS_LANGUAGE="en")
    assert refused.returncode == 2
    assert "de, en, fr" in refused.stderr
    wrong = called(program, "report", "nowhere.zip", "--out", "x", KONTAKTPULS_LANGUAGE="fr")
    assert wrong.returncode == 2
    assert "é" in wrong.stderr
    written = called(program, "template", str(program / "tables"), KONTAKTPULS_LANGUAGE="fr")
    assert written.returncode == 0, written.stderr
    assert (program / "tables" / "README.txt").is_file()
