"""The same exports give the same bytes, on every machine; and what keeps names harmless is needed: faults in the program are noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Nothing that a program can read of its surroundings is the same in both.
PLACES = (
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "86400"},
)

# WeasyPrint rewrites the font of an emoji, and fontTools would date it.
MADE = """
import dataclasses, hashlib, json
from tests.gates import documents
page, mail = documents.of_demo("small", "de")
report = documents.demo_report("small", "de").json
to_print = dataclasses.replace(page, content=page.content.replace(b"</h1>", " \\N{rocket}</h1>".encode(), 1))
found = {"page": page.content, "mail": mail.content, "pdf": documents.printed(to_print).content, "report": report}
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in found.items()}))
"""
HOSTILE = """
import json
from tests.gates import hostile, policy
found = policy.findings([one for name in ("handler", "address", "bidi") for one in hostile.documents(name)])
print(json.dumps({name: wrong for name, wrong in found.items() if wrong}))
"""

# A fault by its name: the file, what stands there, what would stand there instead.
BY_CHANCE = {
    "boundary": ("mail.py", "message.set_boundary(", "str("),
    "identity": ("mail.py", "str(uuid.uuid5(_NAMESPACE, identity))", "str(uuid.uuid4())"),
    "day of a font": ("pdf.py", "with _fonts_of(monday):", "with contextlib.nullcontext():"),
    "order": ("report.py", "for name in DETAIL_TABLES", "for name in set(DETAIL_TABLES)"),
}
CARELESS = {
    "nothing is escaped": ("render.py", "autoescape=html,", "autoescape=False,"),
    "every address is a link": ("render.py", '"safe_url": safe_url', '"safe_url": lambda url: url'),
    "nothing is cleaned": ("display.py", 'return _BLANKS.sub(" ", "".join(kept)).strip(" ")', "return text"),
}


def said(script: str, root: Path = ROOT, place: dict[str, str] | None = None) -> dict[str, object]:
    """Run a script with the program below `root` and return the JSON that it prints."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **(place or PLACES[0])}
    done = subprocess.run([sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return json.loads(done.stdout)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the program and of what the gates need."""
    for name in ("pipelines", "reports", "sql", "tests"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "goldens")
        )
    return tmp_path


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / "pipelines" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is no longer in {file}"
    path.write_text(f"{text.replace(old, new)}\n", encoding="utf-8")


@pytest.mark.slow
def test_same_exports_give_the_same_bytes_elsewhere() -> None:
    assert said(MADE, place=PLACES[1]) == said(MADE)


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_CHANCE)
def test_chance_is_noticed(name: str, copy: Path) -> None:
    change(copy, *BY_CHANCE[name])
    assert said(MADE, copy) != said(MADE, copy, PLACES[1])


@pytest.mark.slow
@pytest.mark.parametrize("name", CARELESS)
def test_carelessness_is_noticed(name: str, copy: Path) -> None:
    change(copy, *CARELESS[name])
    assert said(HOSTILE, copy)
