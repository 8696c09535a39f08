"""Every file below sql/ becomes a model: its order, its documentation and what it reads come from the SQL itself."""

from __future__ import annotations

from graphlib import CycleError
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import models
from pipelines.models import FIELDS, Model, load_models, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., list[Model]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files of sql/ (`staging__stg_a="select 1"`) and load them."""

    def load(**files: str) -> list[Model]:
        for name, sql in files.items():
            layer, _, table = name.partition("__")
            path = tmp_path / layer / f"{table}.sql"
            path.parent.mkdir(exist_ok=True)
            path.write_text(sql, encoding="utf-8")
        return load_models(tmp_path)

    return load


def test_a_model_comes_after_all_that_it_reads_else_by_layer_and_name(write: Write):
    loaded = write(
        core__b="select * from a",
        core__a="select * from stg_z",
        staging__stg_z="select * from raw_rows",
        staging__stg_y="select * from raw_rows",
        checks__alarm="select * from b",
        metrics__numbers="select 1 as one",
    )
    assert [model.name for model in loaded] == ["stg_y", "stg_z", "numbers", "a", "b", "alarm"]
    assert [model.layer for model in loaded] == ["staging", "staging", "metrics", "core", "core", "checks"]


def test_a_circle_of_models_is_refused(write: Write):
    with pytest.raises(CycleError):
        write(core__hen="select * from egg", core__egg="select * from hen")


def test_a_model_that_reads_itself_is_refused(write: Write):
    with pytest.raises(CycleError):
        write(core__hen="select * from hen")


def test_reads_are_found_wherever_a_table_is_named(write: Write):
    sql = """
        with step as (select * from raw_one left join core_a using (member))
        select *, (select max(x) from raw_two) as x
        from step
        where member in (select member from raw_three) and exists (select 1 from stg_b where stg_b.member = step.member)
        union all
        select * from (select * from raw_four) as inner_one anti join raw_five on true
    """
    loaded = write(core__all_of_them=sql, core__core_a="select 1 as member", staging__stg_b="select 1 as member")
    reads = {model.name: model.depends_on for model in loaded}
    assert reads["all_of_them"] == (
        "core_a",
        "raw_five",
        "raw_four",
        "raw_one",
        "raw_three",
        "raw_two",
        "stg_b",
    )


def test_the_header_is_description_columns_key_and_severity(write: Write):
    [model] = write(
        checks__alarm="""\
-- Rows that break a rule.
-- Note: this line has a capital, so it is description too.
--
-- Another paragraph.
-- Severity: warn
-- Key: member, week
-- member: whose rows
-- what: the first line of
--   a longer explanation
select 1 as member, 2 as what  -- other: no part of the header
-- later: nor this
"""
    )
    assert model.description == (
        "Rows that break a rule.\nNote: this line has a capital, so it is description too.\n\nAnother paragraph."
    )
    assert model.severity == "warn"
    assert model.key == ("member", "week")
    assert model.columns == {"member": "whose rows", "what": "the first line of a longer explanation"}


def test_each_field_of_a_metric_is_a_paragraph_of_the_description(write: Write):
    [model] = write(
        metrics__one="""\
-- Question: how many
-- are there?
-- Unit: pieces.
-- Key: pieces
-- pieces: how many there are
select 1 as pieces
"""
    )
    assert model.description == "Question: how many\nare there?\n\nUnit: pieces."
    assert model.columns == {"pieces": "how many there are"}


# Tables of other layers that define a number of the page.
METRICS_ELSEWHERE = (
    "report_ties", "report_woken", "report_reach", "report_composition", "report_requests", "report_recruiting",
    "report_recruiting_activity", "report_groups", "warm_paths", "report_baseline", "report_exchange", "report_metrics",
)  # fmt: skip


def test_every_metric_says_what_it_asks_counts_needs_and_when_it_is_final():
    *required, optional = FIELDS
    models = {model.name: model for model in load_models()}
    metrics = [name for name, model in models.items() if model.layer == "metrics"]
    assert len(metrics) > 10
    for name in (*metrics, *METRICS_ELSEWHERE):
        said = [part.partition(":")[0] for part in models[name].description.split("\n\n")]
        assert said in (required, [*required, optional]), name


def test_a_header_may_be_missing(write: Write):
    [model] = write(core__bare="select 1 as one")
    assert (model.description, model.columns, model.key, model.severity) == ("", {}, (), "error")


def test_a_table_without_tables_is_a_model(write: Write):
    [model] = write(core__names="select * from (values (1), (2)) as v (n)")
    assert model.depends_on == ()


def test_two_files_of_one_name_are_refused(write: Write):
    with pytest.raises(ValueError, match="twice"):
        write(core__twin="select 1 as one", metrics__twin="select 2 as two")


def test_folders_that_travel_with_the_program_are_found_beside_it_or_inside(tmp_path: Path, monkeypatch):
    assert package_folder("sql") == Path(models.__file__).parent.parent / "sql"
    package = tmp_path / "site-packages" / "pipelines"
    (package / "sql").mkdir(parents=True)
    monkeypatch.setattr(models, "__file__", str(package / "models.py"))
    assert package_folder("sql") == package / "sql"
    assert package_folder("reports") == tmp_path / "site-packages" / "reports"


def test_every_file_below_sql_is_a_model():
    folder = package_folder("sql")
    assert {path for path in folder.rglob("*.sql") if path.name != "functions.sql"} == {
        model.path for model in load_models()
    }
