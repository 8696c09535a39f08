"""What is installed is what was tested: the wheel's contents, its declared dependencies, the command from an empty environment."""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
# The parts that may need more than the base installation, and the extra that brings it.
EXTRAS = {"orchestration": "dagster", "pdf.py": "pdf"}


def requirements(extra: str = "") -> dict[str, Requirement]:
    """Return what the installed metadata asks for: the base, or what one extra adds to it."""
    every = [Requirement(line) for line in importlib.metadata.requires("kontaktpuls") or []]
    asks_extra = [(r, r.marker is not None and "extra ==" in str(r.marker)) for r in every]
    return {
        canonicalize_name(r.name): r
        for r, needs in asks_extra
        if needs is bool(extra) and (not extra or r.marker.evaluate({"extra": extra}))
    }


@functools.cache
def packages() -> dict[str, list[str]]:
    """Return which distributions hold each importable name; looking them all up takes a while."""
    return dict(importlib.metadata.packages_distributions())


def imported_distributions(path: Path) -> set[str]:
    """Return the distributions whose packages a module imports, wherever in it; the standard library and ourselves aside."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    distributions = packages()
    foreign = names - set(sys.stdlib_module_names) - {"pipelines", "_typeshed"}
    return {canonicalize_name(found) for name in foreign for found in distributions.get(name, [f"unknown {name}"])}


def test_every_import_is_a_declared_dependency():
    base = set(requirements())
    undeclared = {}
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        place = path.relative_to(ROOT / "pipelines").parts[0]
        allowed = base | (set(requirements(EXTRAS[place])) if place in EXTRAS else set())
        if missing := imported_distributions(path) - allowed:
            undeclared[str(path.relative_to(ROOT))] = sorted(missing)
    assert undeclared == {}


def test_every_declared_dependency_of_the_base_is_imported():
    imported = set().union(*(imported_distributions(path) for path in (ROOT / "pipelines").rglob("*.py")))
    # tzdata is data that the standard library looks for.
    assert set(requirements()) - imported - {"tzdata"} == set()


@pytest.mark.engine
def test_the_engine_in_use_is_one_that_the_metadata_allows():
    assert duckdb.__version__ in requirements()["duckdb"].specifier


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command far from the checkout and return what it did; nothing of this environment's Python reaches it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "KONTAKTPULS_"))}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def build(source: Path, out: Path, kind: str) -> Path:
    """Build one distribution and return its path."""
    made = run(sys.executable, "-m", "uv", "build", "--quiet", f"--{kind}", "--out-dir", out, source, cwd=out.parent)
    assert made.returncode == 0, made.stderr
    [path] = [found for found in out.iterdir() if found.name.startswith("kontaktpuls")]
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an environment that holds the wheel with its base dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    uv = [sys.executable, "-m", "uv"]
    versions = folder / "versions.txt"
    for command in (
        [
            *uv,
            "export",
            "--quiet",
            "--locked",
            "--no-dev",
            "--no-emit-project",
            "--no-hashes",
            "--project",
            ROOT,
            "-o",
            versions,
        ],
        [*uv, "venv", "--quiet", "--python", sys.executable, folder / "env"],
        [*uv, "pip", "install", "--quiet", "--python", folder / "env", "--constraints", versions, wheel],
    ):
        done = run(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "env" / "bin"


@pytest.mark.slow
def test_the_wheel_holds_the_program_with_its_sql_and_templates_and_nothing_else(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    travelling = {
        f"pipelines/{path.relative_to(ROOT).as_posix()}"
        for folder in ("sql", "reports")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipelines").rglob("*.py")}
    rest = names - travelling - modules
    assert travelling | modules <= names
    assert {name.split("/")[0].split("-")[0] for name in rest} == {"kontaktpuls"}
    assert all(".dist-info/" in name for name in rest)


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path):
    source = build(ROOT, tmp_path / "source", "sdist")
    again = build(source, tmp_path / "again", "wheel")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_the_installed_command_finds_its_models_and_templates(installed: Path, tmp_path: Path):
    program = (
        "from pipelines import models\nprint(len(models.load_models()), models.package_folder('reports').is_dir())"
    )
    done = run(installed / "python", "-c", program, cwd=tmp_path)
    assert done.stdout.split() == [str(len(list((ROOT / "sql").glob("*/*.sql")))), "True"], done.stderr


@pytest.mark.slow
def test_the_installed_command_makes_the_demo_report_in_any_folder(installed: Path, tmp_path: Path):
    helped = run(installed / "kontaktpuls", "--help", cwd=tmp_path)
    assert helped.returncode == 0, helped.stderr
    done = run(
        installed / "kontaktpuls", "demo", "--size", "small", "--out", tmp_path / "demo", cwd=tmp_path,
        KONTAKTPULS_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {"report.html", "report.json", "mail.eml"} <= {path.name for path in (tmp_path / "demo").rglob("*")}


@pytest.mark.slow
def test_a_pdf_without_its_extra_says_how_to_install_it_and_writes_nothing(installed: Path, tmp_path: Path):
    home = str(tmp_path / "home")
    run(installed / "kontaktpuls", "demo", "--size", "small", "--out", "demo", cwd=tmp_path, KONTAKTPULS_HOME=home)
    done = run(
        installed / "kontaktpuls", "report", *(tmp_path / "demo" / "exports").iterdir(), "--out", tmp_path / "out", "--pdf", cwd=tmp_path,
        KONTAKTPULS_HOME=home,
    )  # fmt: skip
    assert done.returncode == 2, done.stdout
    assert "pip install 'kontaktpuls[pdf]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", "ui"])
def test_what_needs_dagster_says_how_to_install_it(installed: Path, tmp_path: Path, command: str):
    done = run(installed / "kontaktpuls", command, cwd=tmp_path, KONTAKTPULS_HOME=str(tmp_path / "home"))
    assert done.returncode not in (0, 1), done.stdout
    assert "pip install 'kontaktpuls[dagster]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(re.findall(r"[^\n]+", done.stderr)) == 1


def test_a_checkout_finds_its_models_and_templates_beside_the_package():
    from pipelines import models

    assert models.package_folder("sql") == ROOT / "sql"
    assert models.package_folder("reports") == ROOT / "reports"
