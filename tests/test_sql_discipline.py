"""What every file below sql/ promises: the same table from memory and from the lake, whatever the order of rows and the DuckDB.

Rules on statements are checked over DuckDB's own serialisation of them, rules on tables over a crowd of members whose rows collide.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines import lake, report, steps
from pipelines.models import LAYERS, Model, functions
from tests import scenario
from tests.crowd import crowd as crowd_of
from tests.scenario import MODELS, Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

pytestmark = pytest.mark.engine

Node = dict[str, Any]

BY_NAME = {model.name: model for model in MODELS}
ORDINARY_TYPES = {"BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP"}
# Where a row of the raw tables stands in its export; the README of the lake explains them once for all tables.
PLACE = {"member", "export", "file", "row"}
# Depend on the order of rows, on the day or on chance.
UNSTEADY = {"first", "last", "any_value", "arbitrary", "mode", "random", "uuid", "gen_random_uuid", "now", "today"}
UNSTEADY |= {"current_date", "current_timestamp", "get_current_timestamp", "setseed", "getvariable", "approx_quantile"}
GATHERING = {"list", "array_agg", "string_agg", "group_concat", "listagg"}


@dataclass(frozen=True)
class Told:
    """Some members and what every model makes of them."""

    scenario: Scenario
    database: DuckDBPyConnection


@pytest.fixture(scope="module")
def crowd() -> DuckDBPyConnection:
    return crowd_of(random.Random(1), 60).database()


@pytest.fixture(scope="module")
def few() -> Told:
    told = crowd_of(random.Random(3), 8)
    return Told(told, told.database())


class Tree:
    """A statement as DuckDB serialises it: every object with the nearest object around it."""

    def __init__(self, text: str) -> None:
        self.statements: list[Node] = json.loads(text)["statements"]
        self.walked = list(_walk(self.statements))

    def nodes(self, class_: str) -> list[Node]:
        return [node for node, _ in self.walked if node.get("class") == class_]

    def called(self) -> set[str]:
        return {node["function_name"] for node in self.nodes("FUNCTION")}


def _walk(node: object, parent: Node | None = None) -> Iterator[tuple[Node, Node]]:
    if isinstance(node, dict):
        yield node, parent or {}
        for value in node.values():
            yield from _walk(value, node)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, parent)


@pytest.fixture(scope="module")
def trees() -> dict[str, Tree]:
    connection = steps.connect()
    texts = [connection.execute("select json_serialize_sql($1)", [model.sql]).fetchall()[0][0] for model in MODELS]
    return {model.name: Tree(text) for model, text in zip(MODELS, texts, strict=True)}


def offences(rule: Callable[[Model], object], *layers: str) -> dict[str, object]:
    """Return what a rule finds in each model, or in those of some layers, where it finds anything."""
    found = {model.name: rule(model) for model in MODELS if not layers or model.layer in layers}
    assert found
    return {name: offence for name, offence in found.items() if offence}


def is_ordered(call: Node, parent: Node) -> bool:
    """Tell whether a list is made in order; DuckDB 1.5 writes list(x order by x) as list_sort(list(x))."""
    return bool((call.get("order_bys") or {}).get("orders")) or parent.get("function_name") == "list_sort"


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


def test_columns_have_types_that_parquet_keeps(crowd: DuckDBPyConnection):
    def odd(model: Model) -> dict[str, str]:
        columns = columns_of(crowd, model.name)
        return {name: type_ for name, type_ in columns.items() if types_inside(type_) - ORDINARY_TYPES}

    assert offences(odd) == {}


def test_no_column_bears_a_word_of_the_newer_grammar(crowd: DuckDBPyConnection):
    assert offences(lambda model: "at" in columns_of(crowd, model.name)) == {}


def test_a_file_is_one_select_without_variables(trees: dict[str, Tree]):
    assert offences(lambda model: len(trees[model.name].statements) != 1) == {}
    assert offences(lambda model: trees[model.name].nodes("PARAMETER")) == {}
    assert offences(lambda model: re.findall(r"\{\{|\{%", model.sql)) == {}


def test_a_model_is_known_to_read_what_duckdb_says_that_it_reads(trees: dict[str, Tree]):
    models = {model.name for model in MODELS}

    def misjudged(model: Model) -> set[str]:
        named = {str(node["table_name"]) for node, _ in trees[model.name].walked if node.get("type") == "BASE_TABLE"}
        read = {table for table in named if table in models or table.startswith("raw_")}
        return read.symmetric_difference(model.depends_on)

    assert offences(misjudged) == {}


def test_nothing_depends_on_the_order_of_rows_on_the_day_or_on_chance(trees: dict[str, Tree]):
    assert offences(lambda model: trees[model.name].called() & UNSTEADY) == {}


def test_lists_are_gathered_in_order(trees: dict[str, Tree]):
    def unordered(model: Model) -> list[str]:
        calls = [(node, parent) for node, parent in trees[model.name].walked if node.get("class") == "FUNCTION"]
        gathering = [(node, parent) for node, parent in calls if node["function_name"] in GATHERING]
        return [node["function_name"] for node, parent in gathering if not is_ordered(node, parent)]

    assert offences(unordered) == {}


def test_windows_that_look_at_other_rows_are_ordered(trees: dict[str, Tree]):
    looking = ("ROW_NUMBER", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "RANK", "NTILE")

    def unordered(model: Model) -> list[str]:
        windows = [node for node in trees[model.name].nodes("WINDOW") if node["type"].endswith(looking)]
        return [node["type"] for node in windows if not node["orders"] and not node.get("arg_orders")]

    assert offences(unordered) == {}


def test_every_column_has_a_lineage(trees: dict[str, Tree]):
    assert offences(lambda model: [node for node in trees[model.name].nodes("STAR") if node["columns"]]) == {}
    assert offences(lambda model: "count_star" in trees[model.name].called()) == {}


def test_staging_fails_on_no_value(trees: dict[str, Tree]):
    def casts(model: Model) -> list[Any]:
        # DuckDB 1.5 writes true and false as casts of constants.
        found = [node for node in trees[model.name].nodes("CAST") if node["child"]["class"] != "CONSTANT"]
        return [node["type"] for node in found if not node["try_cast"]]

    assert offences(casts, "staging") == {}


def test_a_step_of_a_query_is_never_called_like_a_table(trees: dict[str, Tree]):
    def steps_of(model: Model) -> set[str]:
        maps = [(node.get("cte_map") or {}).get("map") or () for node, _ in trees[model.name].walked]
        return {entry["key"] for entries in maps for entry in entries}

    assert any(map(steps_of, MODELS))
    assert offences(lambda model: {n for n in steps_of(model) if n in BY_NAME or n.startswith("raw_")}) == {}


def test_no_number_depends_on_the_week_asked_for(trees: dict[str, Tree]):
    def named(model: Model) -> set[str]:
        return {name for node in trees[model.name].nodes("COLUMN_REF") for name in node["column_names"]}

    assert offences(lambda model: "raw_members" in model.depends_on, "core", "metrics") == {}
    assert offences(lambda model: "asked_week" in named(model), "core", "metrics") == {}


def test_layers_read_only_what_comes_before_them():
    def ahead(model: Model) -> set[str]:
        allowed = LAYERS[: LAYERS.index(model.layer) + 1]
        return {name for name in model.depends_on if name in BY_NAME and BY_NAME[name].layer not in allowed}

    assert offences(ahead) == {}


def test_every_table_is_described():
    assert offences(lambda model: len(model.description) <= 20 or not model.description.endswith(".")) == {}


def test_every_column_is_explained_here_or_where_it_comes_from(crowd: DuckDBPyConnection):
    columns = {model.name: set(columns_of(crowd, model.name)) for model in MODELS}
    explained = {
        model.name: PLACE | set().union(*(source.columns for source in scenario.ancestors(MODELS, model.name)))
        for model in MODELS
    }
    assert offences(lambda model: set(model.columns) - columns[model.name]) == {}
    assert offences(lambda model: columns[model.name] - explained[model.name]) == {}


def test_every_number_of_the_report_is_defined_once(crowd: DuckDBPyConnection):
    names = {name for (name,) in crowd.execute("select metric from metric_names").fetchall()}
    defined = [name for model in MODELS if model.layer == "metrics" for name in model.columns]
    # Other tables of sql/metrics have columns of their own; none may bear the name of a number of the report.
    assert sorted(name for name in defined if name in names) == sorted(names)
    assert names == set(columns_of(crowd, "weekly_metrics")) - {"member", "platform", "week"}


def test_a_key_is_unique(crowd: DuckDBPyConnection):
    def repeated(model: Model) -> list[tuple[Any, ...]]:
        keys = ", ".join(model.key)
        statement = f"select {keys} from {model.name} group by {keys} having count(*) > 1"
        return crowd.execute(statement).fetchall()

    assert offences(lambda model: set(model.key) - set(columns_of(crowd, model.name))) == {}
    assert offences(lambda model: model.key and repeated(model)) == {}


def test_tables_of_records_and_numbers_name_their_key():
    assert offences(lambda model: not model.key, "staging", "metrics", "report") == {}


def test_the_check_of_keys_groups_each_table_by_the_key_that_it_names(trees: dict[str, Tree]):
    grouped = {
        node["from_table"]["table_name"]: tuple(e["column_names"][-1] for e in node["group_expressions"])
        for node, _ in trees["keys_are_unique"].walked
        if node.get("type") == "SELECT_NODE" and (node.get("from_table") or {}).get("table_name") in BY_NAME
    }
    assert grouped == {name: BY_NAME[name].key for name in grouped}
    assert {"contacts", "conversations", "weekly_metrics"} <= set(grouped)


def test_tables_that_a_template_reads_have_a_total_order(trees: dict[str, Tree], crowd: DuckDBPyConnection):
    def order_of(model: Model) -> list[str]:
        modifiers = trees[model.name].statements[0]["node"]["modifiers"]
        orders = [
            order for modifier in modifiers if modifier["type"] == "ORDER_MODIFIER" for order in modifier["orders"]
        ]
        return [order["expression"]["column_names"][-1] for order in orders]

    def counts(model: Model) -> tuple[int, int]:
        names = ", ".join(order_of(model))
        [(rows, places)] = crowd.execute(f"select count(*), count(distinct ({names}, 0)) from {model.name}").fetchall()
        return rows, places

    assert offences(lambda model: not order_of(model), "report") == {}
    found = {model.name: counts(model) for model in MODELS if model.layer == "report"}
    assert {name: rows for name, (rows, places) in found.items() if rows != places} == {}
    assert {name for name, (rows, _) in found.items() if not rows} == set()


def test_the_report_reads_tables_of_its_layer_only():
    assert {name for name in report.REPORT_TABLES if BY_NAME[name].layer != "report"} == set()


def test_a_check_names_the_member_and_says_what(crowd: DuckDBPyConnection):
    assert offences(lambda model: list(columns_of(crowd, model.name)) != ["member", "what"], "checks") == {}


def test_the_shared_functions_are_steady():
    called = set(re.findall(r"\b([a-z_]+)\(", re.sub(r"--.*", "", functions())))
    assert called & UNSTEADY == set()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
def test_a_clock_shows_what_the_calendar_says(zone: str):
    statement = """
        select count(*)
        from (select timestamp '1990-01-01' + interval (n * 1801) second as moment from range(700000) as numbers (n))
        where clock_of(moment, $1) is distinct from timezone($1, timezone('UTC', moment))
    """
    assert steps.connect().execute(statement, [zone]).fetchall() == [(0,)]


def test_no_link_stops_a_model(trees: dict[str, Tree]):
    # url_decode raises on escapes that are no UTF-8.
    assert offences(lambda model: "url_decode" in trees[model.name].called()) == {}
    assert not re.search(r"(?<!try\()\burl_decode\(", re.sub(r"--.*", "", functions()))


def test_no_member_means_empty_tables():
    connection = Scenario().database()
    filled = {m.name: connection.execute(f"select count(*) from {m.name}").fetchall()[0][0] for m in MODELS}
    assert {name for name, rows in filled.items() if rows} == {"metric_names"}


# A seed that is smaller says no more.
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5, phases=set(Phase) - {Phase.shrink})
@given(st.integers(0, 2**32), st.randoms())
def test_the_order_of_rows_changes_no_table_and_no_rule_is_broken_whatever_the_members_did(
    seed: int, shuffle: random.Random
):
    told = crowd_of(random.Random(seed), 15)
    one, other = told.database(), told.database(shuffle)
    assert offences(lambda model: table_of(one, model) != table_of(other, model)) == {}
    assert report.broken(one, MODELS) == {}


def test_a_member_has_the_same_rows_alone_and_among_others(few: Told):
    alone = Scenario()
    for table, rows in few.scenario.rows.items():
        if mine := [row for row in rows if row["member"] == "member3"]:
            alone.rows[table] = mine
    apart = alone.database()

    def differs(model: Model) -> bool:
        mine = [row for row in table_of(few.database, model) if row[0] == "member3"]
        return mine != table_of(apart, model)

    assert offences(lambda model: "member" in columns_of(apart, model.name) and differs(model)) == {}


def test_the_lake_gives_the_same_tables_as_memory(tmp_path: Path, few: Told):
    raw = few.scenario.raw()
    for (table,) in raw.execute("select table_name from duckdb_tables() where table_name like 'raw%'").fetchall():
        lake.write(raw, tmp_path, table, "self", ())
        raw.execute(f"drop table {table}")
    for model in MODELS:
        with lake.database(raw, "made") as made:
            for name in model.depends_on:
                lake.read(made, tmp_path, name, "self")
            steps.build(made, model)
            lake.write(made, tmp_path, model.name, "self", ())
        with lake.database(raw, "read") as reread:
            lake.read(reread, tmp_path, model.name, "self")
            assert columns_of(reread, model.name) == columns_of(few.database, model.name)
            assert table_of(reread, model) == table_of(few.database, model), model.name


def test_names_are_compared_without_signs_and_with_every_letter() -> None:
    # Scripts that names on both platforms are mostly written in, and all signs that come with any of them.
    spans = ((0x20, 0x600), (0x2000, 0x2C00), (0x2E00, 0x3100), (0x4E00, 0x4F00), (0xFF00, 0xFFF0), (0x1F000, 0x1FB00))
    signs, letters = [], []
    for code in itertools.chain(*(range(*span) for span in spans)):
        char = chr(code)
        category = unicodedata.category(char)[0]
        if category in "LN":
            letters.append(char)
        elif category in "PSZ" and char not in " -,":
            signs.append(char)
    with steps.connect() as database:

        def folded(chars: list[str], function: str) -> dict[str, str]:
            statement = f"select char, {function}('ab' || char || 'cd') from (select unnest($1) as char)"
            return dict(database.execute(statement, [chars]).fetchall())

        # A quote, a dot or a bar joins what stands on both sides of it; a company's words are parted by them.
        assert {char for char, name in folded(signs, "fold_name").items() if name != "abcd"} == set()
        assert {char for char, name in folded(signs, "company_key").items() if name != "ab cd"} == set()
        for function in ("fold_name", "company_key", "title_words"):
            assert {
                char for char, name in folded(letters, function).items() if name.strip() in ("abcd", "ab cd")
            } == set()
