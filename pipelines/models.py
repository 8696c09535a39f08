"""Every file below sql/ as a model: its name, layer, order, description and columns, from the SQL itself.

Belongs here: finding the files, reading their header comments, working out what depends on what. Running them is `steps.py`'s
business, what they show in Dagster is `orchestration/`'s.

A model is one SELECT. Its leading comment is the documentation: a paragraph or two, or for a metric one for each of FIELDS
(`-- Question: how does the network grow?`), then `-- Key: member, week` for the columns that make a row unique and one line per
column (`-- contacts_new: connections whose date lies in the week`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LAYERS = ("staging", "core", "metrics", "report", "checks")
# What the header of a metric says, in this order; Research only where there is some.
FIELDS = ("Question", "Definition", "Unit", "Source", "Absent", "Window", "Maturity", "Research")
_FIELD = re.compile(rf"({'|'.join(FIELDS)}): .+")
_COLUMN = re.compile(r"([a-z_][a-z0-9_]*): (.+)")
_KEY = re.compile(r"Key: (.+)")
_SEVERITY = re.compile(r"Severity: (warn|error)")


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


def load_models(connection: DuckDBPyConnection, folder: Path | None = None) -> list[Model]:
    """Read every model in an order in which each comes after those it reads; ties by layer and name, checks first.

    `connection` only parses: DuckDB's own serialiser names the tables of a statement without binding them. Raises ValueError for a
    file that is not one SELECT and for two files of one name, CycleError for models that read each other.
    """
    folder = folder or package_folder("sql")
    paths = [path for layer in LAYERS for path in sorted((folder / layer).glob("*.sql"))]
    names = {path.stem for path in paths}
    if len(names) < len(paths):
        twice = sorted(name for name in names if [path.stem for path in paths].count(name) > 1)
        raise ValueError(f"a table cannot be made twice: {', '.join(twice)}")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    parsed = _tables(connection, paths, texts)
    models = {
        path.stem: _model(path, text, tuple(sorted(t for t in tables if t in names or t.startswith("raw_"))))
        for path, text, tables in zip(paths, texts, parsed, strict=True)
    }
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


def _tables(connection: DuckDBPyConnection, paths: list[Path], texts: list[str]) -> list[set[str]]:
    """Return the tables that each text reads; one statement for all, because each costs a millisecond by itself."""
    kinds = ["$.error_message", "$.statements[0].node.type", "$.statements[1].node.type"]
    listed = "select from_json_strict($1, '[\"VARCHAR\"]') as texts"
    each = f"select generate_subscripts(texts, 1) as place, unnest(texts) as text from ({listed})"
    trees = f"select place, json_serialize_sql(text) as tree from ({each})"
    statement = f"select json_extract_string(tree, $2), json_extract_string(tree, '$..table_name') from ({trees}) order by place"
    found = connection.execute(statement, [json.dumps(texts), kinds]).fetchall()
    for path, ((mistake, first, second), _) in zip(paths, found, strict=True):
        if mistake or not first or second:
            where = f"{path.parent.name}/{path.name}"
            raise ValueError(f"{where} must be one SELECT: {mistake or ('found two' if second else 'found none')}")
    return [set(names) for _, names in found]


def _model(path: Path, sql: str, depends_on: tuple[str, ...]) -> Model:
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
        depends_on=depends_on,
    )
