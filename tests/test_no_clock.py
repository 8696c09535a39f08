"""No week depends on the day, the hour or the place in which the program runs; sql/ is held to it by test_sql_discipline.py."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.demo import SIZES, make_member, write_exports

PACKAGE = Path(__file__).parent.parent / "pipelines"
# What the member or the operator does today: the call itself, the own log and marks, sending, the run's schedule and sensor.
EDGES = {"cli.py", "diary.py", "outbox.py", "delivery.py", "smtp.py"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "ctime"}
# A method of these names that is no clock: `datetime.time()` and `datetime.date()` of a moment that is known.
MODULES = {"datetime", "date", "time", "dt"}


def modules() -> list[Path]:
    return [
        path for path in sorted(PACKAGE.rglob("*.py")) if path.name not in EDGES and path.parent.name != "orchestration"
    ]


def looks_at_a_clock(tree: ast.AST) -> list[str]:
    """Return the calls that ask what time it is, and the conversions that ask where the machine stands."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        owner, _, attribute = name.rpartition(".")
        if attribute in CLOCKS and owner.rpartition(".")[2] in MODULES:
            found.append(name)
        if attribute == "fromtimestamp" and len(call.args) + len(call.keywords) < 2:
            found.append(name)
        if attribute == "astimezone" and not call.args:
            found.append(name)
    return found


@pytest.mark.parametrize("path", modules(), ids=[str(path.relative_to(PACKAGE)) for path in modules()])
def test_nothing_between_exports_and_pages_looks_at_a_clock(path: Path):
    assert looks_at_a_clock(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("text", ["datetime.now(zone)", "date.today()", "time.time()", "datetime.fromtimestamp(5)"])
def test_what_looks_at_a_clock_is_noticed(text: str):
    assert looks_at_a_clock(ast.parse(text))


def test_a_report_is_the_same_wherever_the_machine_stands(tmp_path: Path):
    inbox = tmp_path / "inbox"
    exports = write_exports(make_member(3, SIZES["small"]), inbox)
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    (unpacked / "Company Follows.csv").write_text("Organization,Followed On\nNordlicht,Tue Nov 10 23:30:00 UTC 2026\n")
    # Shortly before midnight in Berlin: another day in most places.
    os.utime(unpacked / "Company Follows.csv", (1_794_004_200, 1_794_004_200))
    found = set()
    for zone, language in (("Pacific/Kiritimati", "de_DE.UTF-8"), ("America/Los_Angeles", "tr_TR.UTF-8")):
        out = tmp_path / zone.replace("/", "-")
        command = [
            sys.executable,
            "-m",
            "pipelines.cli",
            "report",
            *map(str, exports),
            str(unpacked),
            "--owner-confirmed",
        ]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
        environment |= {"TZ": zone, "LC_ALL": language, "KONTAKTPULS_HOME": str(tmp_path / "home")}
        subprocess.run([*command, "--out", str(out)], check=True, env=environment, stdin=subprocess.DEVNULL)
        found.add(tuple((out / name).read_bytes() for name in ("report.html", "report.json", "mail.eml")))
    assert len(found) == 1
