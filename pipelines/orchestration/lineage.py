"""Which columns each column of a model is made of, from its SQL.

Belongs here: sqlglot, and a cache that spares a start the seconds that it takes over all models. Macros of sql/functions.sql are
ordinary functions to it: what goes into one is what the column is made of.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from pipelines.files import replace_file
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.models import Model
    from pipelines.orchestration.metadata import Columns

# For each column the pairs of table and column that it is made of.
Lineage = dict[str, list[tuple[str, str]]]


def lineage_of(models: Sequence[Model], columns: Mapping[str, Columns], cache: Path) -> dict[str, Lineage]:
    """Return the lineage of each model, from the folder `cache` where its SQL and the columns that it reads are as they were."""
    path = cache / "lineage.json"
    known = _known(path)
    found: dict[str, Lineage] = {}
    kept: dict[str, Lineage] = {}
    for model in models:
        text = json.dumps([model.sql, columns[model.name], {table: columns[table] for table in model.depends_on}])
        key = hashlib.sha256(text.encode()).hexdigest()
        found[model.name] = kept[key] = known.get(key) or _lineage(model, columns)
    if kept != known:
        _keep(path, json.dumps(kept))
    return found


def _known(path: Path) -> dict[str, Lineage]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _keep(path: Path, text: str) -> None:
    """Write the cache where that is allowed; without it the next start is slower, nothing else."""
    with suppress(Problem):
        replace_file(path, text.encode())


def _lineage(model: Model, columns: Mapping[str, Columns]) -> Lineage:
    from sqlglot import exp, parse_one
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    schema: dict[str, object] = {table: dict(columns[table]) for table in model.depends_on}
    statement = qualify(
        parse_one(model.sql, dialect="duckdb"),
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
        identify=False,
    )
    scope = build_scope(statement)
    found: Lineage = {}
    for column, _ in columns[model.name]:
        node = lineage(column, statement, schema, dialect="duckdb", scope=scope, trim_selects=False, copy=False)
        sources = {
            (leaf.expression.name, leaf.name.rpartition(".")[2].strip('"'))
            for leaf in node.walk()
            if isinstance(leaf.expression, exp.Table) and leaf.expression.name in schema
        }
        found[column] = sorted(sources)
    return found
