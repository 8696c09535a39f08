"""What every file below sql/ promises: the same table from memory and from the lake, whatever the order of rows and the DuckDB.

Rules on statements are checked over DuckDB's own serialisation of them, rules on tables over a crowd of members whose rows collide.
"""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import lake, report, steps
from pipelines.models import LAYERS, Model, functions, load_models
from tests import scenario
from tests.crowd import crowd as crowd_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

pytestmark = pytest.mark.engine

Node = dict[str, Any]

MODELS = load_models(steps.connect())
BY_NAME = {model.name: model for model in MODELS}
ORDINARY_TYPES = {"BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP"}
# Where a row of the raw tables stands in its export; the README of the lake explains them once for all tables.
PLACE = {"member", "export", "file", "row"}
# Depend on the order of rows, on the day or on chance.
UNSTEADY = {"first", "last", "any_value", "arbitrary", "mode", "random", "uuid", "gen_random_uuid", "now", "today"}
UNSTEADY |= {"current_date", "current_timestamp", "get_current_timestamp", "setseed", "getvariable", "approx_quantile"}
GATHERING = {"list", "array_agg", "string_agg", "group_concat", "listagg"}

each_model = pytest.mark.parametrize("model", MODELS, ids=[model.name for model in MODELS])


def of_layers(*layers: str) -> pytest.MarkDecorator:
    chosen = [model for model in MODELS if model.layer in layers]
    return pytest.mark.parametrize("model", chosen, ids=[model.name for model in chosen])


@pytest.fixture(scope="module")
def crowd() -> DuckDBPyConnection:
    return crowd_of(random.Random(2026), 60).database(models=MODELS)


@pytest.fixture(scope="module")
def trees() -> dict[str, Node]:
    connection = steps.connect()
    return {model.name: tree(connection, model.sql) for model in MODELS}


def tree(connection: DuckDBPyConnection, sql: str) -> Node:
    [(text,)] = connection.execute("select json_serialize_sql($1)", [sql]).fetchall()
    return json.loads(text)


def walk(node: object, parent: Node | None = None) -> Iterator[tuple[Node, Node]]:
    """Yield every object of a tree with the nearest object around it."""
    if isinstance(node, dict):
        yield node, parent or {}
        for value in node.values():
            yield from walk(value, node)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value, parent)


def nodes(node: Node, class_: str) -> list[Node]:
    return [found for found, _ in walk(node) if found.get("class") == class_]


def is_ordered(call: Node, parents: list[Node]) -> bool:
    """Tell whether a list is made in order; DuckDB 1.5 writes list(x order by x) as list_sort(list(x))."""
    return bool((call.get("order_bys") or {}).get("orders")) or any(
        p.get("function_name") == "list_sort" for p in parents
    )


def types_inside(name: str) -> set[str]:
    """Return the plain types in a type's name, those inside of lists and structs."""
    name = re.sub(r"(\[\d*\])+$", "", name.strip())
    inner = re.fullmatch(r"STRUCT\((.*)\)", name)
    if not inner:
        return {name}
    fields = re.split(r", (?![^()]*\))", inner[1])
    return set().union(*(types_inside(re.sub(r'^("(?:[^"]|"")*"|\S+) ', "", field)) for field in fields))


def columns_of(connection: DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}


def table_of(connection: DuckDBPyConnection, model: Model) -> list[tuple[Any, ...]]:
    """Return a model's rows: in their order where it has one, else sorted."""
    rows = connection.execute(f"from {model.name}").fetchall()
    return rows if model.layer == "report" else sorted(rows, key=repr)


@each_model
def test_columns_have_types_that_parquet_keeps(model: Model, crowd: DuckDBPyConnection):
    columns = columns_of(crowd, model.name)
    assert {name: type_ for name, type_ in columns.items() if types_inside(type_) - ORDINARY_TYPES} == {}


@each_model
def test_no_column_bears_a_word_of_the_newer_grammar(model: Model, crowd: DuckDBPyConnection):
    assert "at" not in columns_of(crowd, model.name)


@each_model
def test_a_file_is_one_select_without_variables(model: Model, trees: dict[str, Node]):
    assert len(trees[model.name]["statements"]) == 1
    assert nodes(trees[model.name], "PARAMETER") == []
    assert not re.search(r"\{\{|\{%", model.sql)


@each_model
def test_nothing_depends_on_the_order_of_rows_on_the_day_or_on_chance(model: Model, trees: dict[str, Node]):
    called = {node["function_name"] for node in nodes(trees[model.name], "FUNCTION")}
    assert called & UNSTEADY == set()


@each_model
def test_lists_are_gathered_in_order(model: Model, trees: dict[str, Node]):
    unordered = [
        node["function_name"]
        for node, parent in walk(trees[model.name])
        if node.get("class") == "FUNCTION" and node["function_name"] in GATHERING and not is_ordered(node, [parent])
    ]
    assert unordered == []


@each_model
def test_windows_that_look_at_other_rows_are_ordered(model: Model, trees: dict[str, Node]):
    looking = ("ROW_NUMBER", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "RANK", "NTILE")
    windows = [node for node in nodes(trees[model.name], "WINDOW") if node["type"].endswith(looking)]
    assert [node["type"] for node in windows if not node["orders"] and not node.get("arg_orders")] == []


@each_model
def test_every_column_has_a_lineage(model: Model, trees: dict[str, Node]):
    assert [node for node in nodes(trees[model.name], "STAR") if node["columns"]] == []
    assert [node for node in nodes(trees[model.name], "FUNCTION") if node["function_name"] == "count_star"] == []


@of_layers("staging")
def test_staging_fails_on_no_value(model: Model, trees: dict[str, Node]):
    # DuckDB 1.5 writes true and false as casts of constants.
    casts = [node for node in nodes(trees[model.name], "CAST") if node["child"]["class"] != "CONSTANT"]
    assert [node["type"] for node in casts if not node["try_cast"]] == []


@each_model
def test_a_step_of_a_query_is_never_called_like_a_table(model: Model, trees: dict[str, Node]):
    steps_ = {
        entry["key"] for node, _ in walk(trees[model.name]) for entry in (node.get("cte_map") or {}).get("map") or ()
    }
    assert {name for name in steps_ if name in BY_NAME or name.startswith("raw_")} == set()


@of_layers("core", "metrics")
def test_no_number_depends_on_the_week_asked_for(model: Model, trees: dict[str, Node]):
    assert "raw_members" not in model.depends_on
    named = {name for node in nodes(trees[model.name], "COLUMN_REF") for name in node["column_names"]}
    assert "asked_week" not in named


@each_model
def test_layers_read_only_what_comes_before_them(model: Model):
    allowed = LAYERS[: LAYERS.index(model.layer) + 1]
    assert {
        name: BY_NAME[name].layer for name in model.depends_on if name in BY_NAME and BY_NAME[name].layer not in allowed
    } == {}


@each_model
def test_every_table_is_described(model: Model):
    assert len(model.description) > 20
    assert model.description.endswith(".")


@each_model
def test_every_column_is_explained_here_or_where_it_comes_from(model: Model, crowd: DuckDBPyConnection):
    columns = set(columns_of(crowd, model.name))
    assert set(model.columns) - columns == set()
    explained = PLACE | set().union(*(source.columns for source in scenario.ancestors(MODELS, model.name)))
    assert columns - explained == set()


def test_every_number_of_the_report_is_defined_once(crowd: DuckDBPyConnection):
    names = {name for (name,) in crowd.execute("select metric from metric_names").fetchall()}
    defined = [name for model in MODELS if model.layer == "metrics" for name in model.columns]
    # Other tables of sql/metrics have columns of their own; none may bear the name of a number of the report.
    assert sorted(name for name in defined if name in names) == sorted(names)
    assert names == set(columns_of(crowd, "weekly_metrics")) - {"member", "platform", "week"}


@pytest.mark.parametrize("model", [m for m in MODELS if m.key], ids=[m.name for m in MODELS if m.key])
def test_a_key_is_unique(model: Model, crowd: DuckDBPyConnection):
    assert set(model.key) <= set(columns_of(crowd, model.name))
    keys = ", ".join(model.key)
    statement = f"select {keys} from {model.name} group by {keys} having count(*) > 1"
    assert crowd.execute(statement).fetchall() == []


@of_layers("staging", "metrics", "report")
def test_tables_of_records_and_numbers_name_their_key(model: Model):
    assert model.key


def test_the_check_of_keys_groups_each_table_by_the_key_that_it_names(trees: dict[str, Node]):
    grouped = {
        node["from_table"]["table_name"]: tuple(e["column_names"][-1] for e in node["group_expressions"])
        for node, _ in walk(trees["keys_are_unique"])
        if node.get("type") == "SELECT_NODE" and (node.get("from_table") or {}).get("table_name") in BY_NAME
    }
    assert grouped == {name: BY_NAME[name].key for name in grouped}
    assert {"contacts", "conversations", "weekly_metrics"} <= set(grouped)


@of_layers("report")
def test_tables_that_a_template_reads_have_a_total_order(
    model: Model, trees: dict[str, Node], crowd: DuckDBPyConnection
):
    modifiers = trees[model.name]["statements"][0]["node"]["modifiers"]
    orders = [order for modifier in modifiers if modifier["type"] == "ORDER_MODIFIER" for order in modifier["orders"]]
    names = [order["expression"]["column_names"][-1] for order in orders]
    assert names
    [(rows, distinct)] = crowd.execute(
        f"select count(*), count(distinct ({', '.join(names)}, 0)) from {model.name}"
    ).fetchall()
    assert rows == distinct
    assert rows > 0


def test_the_report_reads_tables_of_its_layer_only():
    assert {name for name in report.REPORT_TABLES if BY_NAME[name].layer != "report"} == set()


@of_layers("checks")
def test_a_check_names_the_member_and_says_what(model: Model, crowd: DuckDBPyConnection):
    assert list(columns_of(crowd, model.name)) == ["member", "what"]


def test_the_shared_functions_are_steady():
    called = set(re.findall(r"\b([a-z_]+)\(", re.sub(r"--.*", "", functions())))
    assert called & UNSTEADY == set()


def test_no_link_stops_a_model(trees: dict[str, Node]):
    # url_decode raises on escapes that are no UTF-8.
    bare = {
        name for name, node in trees.items() if any(n["function_name"] == "url_decode" for n in nodes(node, "FUNCTION"))
    }
    assert bare == set()
    assert not re.search(r"(?<!try\()\burl_decode\(", re.sub(r"--.*", "", functions()))


def test_no_member_means_empty_tables():
    connection = scenario.Scenario().database()
    filled = {m.name: connection.execute(f"select count(*) from {m.name}").fetchall()[0][0] for m in MODELS}
    assert {name for name, rows in filled.items() if rows} == {"metric_names"}


@settings(max_examples=3)
@given(st.integers(0, 2**32), st.randoms())
def test_the_order_of_rows_changes_no_table(seed: int, shuffle: random.Random):
    told = crowd_of(random.Random(seed), 15)
    one, other = told.database(models=MODELS), told.database(shuffle, models=MODELS)
    for model in MODELS:
        assert table_of(one, model) == table_of(other, model), model.name


@settings(max_examples=3)
@given(st.integers(0, 2**32))
def test_no_rule_is_broken_whatever_the_members_did(seed: int):
    connection = crowd_of(random.Random(seed), 15).database(models=MODELS)
    assert report.broken(connection, MODELS) == {}


def test_a_member_has_the_same_rows_alone_and_among_others():
    everybody = crowd_of(random.Random(3), 8)
    together = everybody.database(models=MODELS)
    alone = scenario.Scenario()
    for table, rows in everybody.rows.items():
        if mine := [row for row in rows if row["member"] == "member3"]:
            alone.rows[table] = mine
    apart = alone.database(models=MODELS)
    for model in MODELS:
        if "member" in columns_of(apart, model.name):
            mine = [row for row in table_of(together, model) if row[0] == "member3"]
            assert mine == table_of(apart, model), model.name


def test_the_lake_gives_the_same_tables_as_memory(tmp_path: Path, crowd: DuckDBPyConnection):
    raw = crowd_of(random.Random(2026), 60).raw()
    for (table,) in raw.execute("select table_name from duckdb_tables() where table_name like 'raw%'").fetchall():
        lake.write(raw, tmp_path, table, "self", ())
        raw.execute(f"drop table {table}")
    for model in MODELS:
        connection = raw.cursor()
        for name in model.depends_on:
            lake.read(connection, tmp_path, name, "self")
        steps.build(connection, model)
        lake.write(connection, tmp_path, model.name, "self", ())
        reread = raw.cursor()
        lake.read(reread, tmp_path, model.name, "self")
        assert columns_of(reread, model.name) == columns_of(crowd, model.name)
        assert table_of(reread, model) == table_of(crowd, model), model.name
