"""Every file below sql/ as a model: its name, layer, order, description and columns, from the SQL itself.

Belongs here: finding the files, reading their header comments, working out what depends on what. Running them is `steps.py`'s
business, what they show in Dagster is `orchestration/`'s.

A model is one SELECT. Its leading comment is the documentation: a paragraph or two, or for a metric one for each of FIELDS
(`-- Question: how does the network grow?`), then `-- Key: member, week` for the columns that make a row unique and one line per
column (`-- contacts_new: connections whose date lies in the week`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LAYERS = ("staging", "core", "metrics", "report", "checks")
# What the header of a metric says, in this order; Research only where there is some.
FIELDS = ("Question", "Definition", "Unit", "Source", "Absent", "Window", "Maturity", "Research")
_FIELD = re.compile(rf"({'|'.join(FIELDS)}): .+")
_COLUMN = re.compile(r"([a-z_][a-z0-9_]*): (.+)")
_KEY = re.compile(r"Key: (.+)")
_SEVERITY = re.compile(r"Severity: (warn|error)")
_COMMENT = re.compile(r"--.*")
_TABLE = re.compile(r"\b(?:from|join)\s+(\w+)")


@dataclass(frozen=True)
class Model:
    """One SQL file. `severity` of a check is error or warn. `depends_on` names raw tables and other models; `key` the columns that make a row unique."""

    name: str
    layer: str
    path: Path
    sql: str
    description: str
    columns: dict[str, str]
    key: tuple[str, ...]
    severity: str
    depends_on: tuple[str, ...]


def package_folder(name: str) -> Path:
    """Return a folder that travels with the program (`sql`, `reports`): beside the package in a checkout, else inside it."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def functions() -> str:
    """Return the SQL that creates the macros which models share."""
    return (package_folder("sql") / "functions.sql").read_text(encoding="utf-8")


def load_models(folder: Path | None = None) -> list[Model]:
    """Read every model in an order in which each comes after those it reads; ties by layer and name, checks first.

    Raises ValueError for two files of one name, CycleError for models that read each other.
    """
    folder = folder or package_folder("sql")
    paths = [path for layer in LAYERS for path in sorted((folder / layer).glob("*.sql"))]
    names = {path.stem for path in paths}
    if len(names) < len(paths):
        twice = sorted(name for name in names if [path.stem for path in paths].count(name) > 1)
        raise ValueError(f"a table cannot be made twice: {', '.join(twice)}")
    models = {path.stem: _model(path, path.read_text(encoding="utf-8"), names) for path in paths}
    # A check reads tables that nothing else needs any more: the sooner it runs, the sooner they can go.
    rank = {name: (model.layer != "checks", i) for i, (name, model) in enumerate(models.items())}
    sorter = TopologicalSorter({m.name: [d for d in m.depends_on if d in models] for m in models.values()})
    sorter.prepare()
    ordered: list[Model] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=rank.__getitem__)
        ordered += [models[name] for name in ready]
        sorter.done(*ready)
    return ordered


def _reads(sql: str, names: Collection[str]) -> tuple[str, ...]:
    """Return the raw tables and the models among `names` that a statement reads, sorted.

    DuckDB's parser would tell as well, and takes a tenth of a typical report for it; a test holds this against it.
    """
    found = set(_TABLE.findall(_COMMENT.sub("", sql)))
    return tuple(sorted(table for table in found if table in names or table.startswith("raw_")))


def _model(path: Path, sql: str, names: Collection[str]) -> Model:
    description: list[str] = []
    columns: dict[str, str] = {}
    key: tuple[str, ...] = ()
    severity = "error"
    last: str | None = None
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        if found := _KEY.fullmatch(text):
            key, last = tuple(part.strip() for part in found[1].split(",")), None
        elif found := _SEVERITY.fullmatch(text):
            severity, last = found[1], None
        elif found := _COLUMN.fullmatch(text):
            last = found[1]
            columns[last] = found[2]
        elif last and line.startswith("--   "):
            columns[last] += " " + text
        else:
            last = None
            if _FIELD.fullmatch(text):
                description.append("")  # Dagster shows a description as Markdown: a paragraph of its own
            description.append(text)
    return Model(
        name=path.stem,
        layer=path.parent.name,
        path=path,
        sql=sql,
        description="\n".join(description).strip(),
        columns=columns,
        key=key,
        severity=severity,
        depends_on=_reads(sql, names),
    )
