"""On which columns each sentence rests: whatever a function of the page's words reads of a row stands in the table below.

The rows of many members' reports are given to the page as rows that note who reads what: the function of `pipelines/sentences.py`,
`pipelines/missing.py` or `pipelines/sections/` that is nearest to the reading. A sentence that begins to rest on another column
fails here, and whoever adds the column to the table has asked whether it can carry the sentence. Functions that are given all
numbers name those that they read (`contacts_new.value`).
"""

from __future__ import annotations

import ast
import random
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.archive import Limits, exports_below
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.ingest import ingest
from pipelines.members import Member
from pipelines.page import make_page
from pipelines.plans import Goal, Session
from pipelines.readers import own_list
from pipelines.report import REPORT_TABLES
from pipelines.sections import goals
from pipelines.sentences import Sentences
from pipelines.steps import build
from tests.crowd import crowd
from tests.scenario import MODELS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

PACKAGE = Path(__file__).parent.parent / "pipelines"
RESTS_ON: dict[str, str] = {
    "applications._sentence": "report_application_stages: applications path",
    "applications._sum": "report_application_stages: applications applications_recent interviews offers",
    "applications.section": "report_application_stages: applications interviews offers path still_open",
    "contacts._ambiguous": "report_ambiguous_names: name",
    "contacts._growth": "report_reach: companies share; contacts_lost.value contacts_new.same_week_last_year contacts_new.value contacts_new.year_of_survivors contacts_total.value",
    "contacts._growth_heading": "report_metrics: direction four_weeks",
    "contacts._table": "report_composition: contacts contacts_new",
    "contacts.section": "report_composition: contacts dimension value; contacts_lost.value contacts_new.value",
    "giving._heading": "report_exchange: given is_one_sided received",
    "giving._sentences": "report_exchange: advice_messages exchange_weeks is_one_sided old_given old_people old_received people; report_giving: given kind",
    "giving.section": "report_exchange: advice_messages given is_one_sided people received weeks; report_giving: given kind received",
    "goals._agreed": "report_sessions: agreed held_on",
    "goals._baseline": "report_baseline: before_mean before_weeks metric platforms since_mean since_weeks status unit; report_start: before_first_name before_last_name started_on",
    "goals._baseline_table": "report_baseline: before_mean metric since_mean since_weeks status; report_start: weeks_passed",
    "goals._goal_table": "report_goals: amount metric this_week weeks weeks_met",
    "goals._heading": "report_goals: is_reached; report_start: weeks_passed",
    "goals._outcomes": "report_outcomes: applications helpers helpers.name interviews offers",
    "goals._reason": "report_baseline: reason until",
    "goals._sides": "report_baseline: before_mean before_weeks metric since_mean since_weeks; report_start: started_on weeks_passed",
    "goals.documents": "report_goals: amount first_day is_reached last_day metric this_week weeks weeks_met; report_outcomes: applications helpers interviews offers; report_sessions: agreed held_on",
    "goals.goal_sentence": "report_goals: amount first_day is_begun is_over is_reached metric this_week weeks weeks_met",
    "goals.section": "report_baseline: before_mean metric since_mean; report_goals: is_reached",
    "groups._groups": "report_groups: acts share",
    "groups._groups_heading": "group_activity.value groups_active.value",
    "groups.section": "report_groups: acts acts_in_week group_id name weekly",
    "history._changes": "report_history: as_of companies_changed contacts_added contacts_lost platform renamed seen_before titles_changed",
    "history._revision": "report_revisions: before metric now platform week_number",
    "initiative._acceptance": "report_requests: accepted sent",
    "initiative._comparable": "report_requests: sent",
    "initiative._first_steps": "report_initiative: conversations_begun conversations_got requests_got requests_made requests_noted",
    "initiative._heading": "report_initiative: steps_got steps_made",
    "initiative._judged": "report_requests: accepted sent",
    "initiative._outcomes": "report_requests: accepted half_within open sent",
    "initiative.section": "report_initiative: period steps_got steps_made; report_requests: note",
    "messages._begun": "conversations_answered.value conversations_started.value",
    "messages._messages_heading": "report_metrics: direction four_weeks",
    "missing.how": "report_missing: state way",
    "missing.told": "report_missing: as_of platform source",
    "personal._sentence": "report_personal: people_recent",
    "personal._invitation": "report_members: member",
    "personal.section": "report_personal_weeks: advice calls greetings introductions meetings",
    "recruiting._activity_text": "report_recruiting_activity: after_busy after_quiet chance_high chance_low contacts difference reason weeks",
    "recruiting._recruiting": "report_recruiting: invited logged median_days ripe ripe_answered",
    "recruiting._recruiting_heading": "report_recruiting: invited open wrote_first",
    "recruiting.section": "report_recruiting: answered open unanswered wrote_first",
    "recruiting.senders": "report_open_approaches: day name",
    "rhythm._gaps": "report_rhythm: half_within most_within",
    "rhythm._rhythm": "report_rhythm: longest_before streak; care_weeks.value",
    "rhythm._rhythm_heading": "active_weeks.value",
    "rhythm.section": "report_rhythm: half_within; active_weeks.value",
    "sentences._goal": "report_headline: metric value",
    "sentences._unusual": "report_headline: kind metric value",
    "sentences._usual_week": "report_metrics: usual_high usual_low",
    "sentences.change": "report_metrics: is_whole previous_week unit value",
    "sentences.is_as_usual": "report_metrics: direction is_whole usual_high usual_low value",
    "sentences.headline": "report_headline: kind value; contacts_new.value",
    "sentences.lead": "report_headline: kind; report_rhythm: streak vacation_weeks",
    "sentences.ledger": "report_ledger: exports_held_back exports_of_nobody files_failed rows_read rows_refused",
    "sentences.exchanged": "messages_received.value messages_sent.value",
    "sentences.messages": "messages_received.value messages_sent.value",
    "sentences.noted": "report_personal: entries_in_week entries_recent entries kind; report_since: own own.kind own.entries",
    "sentences.reason": "report_metrics: platform reason source until",
    "sentences.since_sunday": "report_since: contacts_new messages_received own until visible_activity",
    "sentences.streak": "report_rhythm: vacation_weeks",
    "sentences.told": "comments.value posts.value reactions.value reposts.value votes.value contacts_new.value messages_received.value messages_sent.value visible_activity.value",
    "sentences.usual": "report_metrics: direction four_weeks four_weeks_before is_whole usual_high usual_low value",
    "suggestions.how_to_answer": "report_members: member",
    "suggestions.how_to_deny": "report_members: member",
    "suggestions._look_at": "report_open_approaches: day name",
    "suggestions.names_last_touch": "report_people: detail reason",
    "suggestions._as_far_as_known": "report_people: known_platform known_until",
    "suggestions.person_sentence": "report_people: detail evidence is_fresh reason since until",
    "suggestions._thanks": "report_steps: detail is_fresh name since",
    "suggestions.step_sentence": "report_steps: detail evidence kind name people since until",
    "ties._as_far_as_known": "report_sources: as_of platform source",
    "ties._heading": "report_ties: people",
    "ties._sentences": "report_ties: people",
    "ties._share_table": "report_ties: band people share",
    "ties._woken_sentence": "report_woken: quarter woken",
    "ties._woken_table": "report_woken: answered came_back open quarter woken",
    "ties.section": "report_members: as_of week; report_ties: band people",
    "views._heading": "profile_views.value recruiter_views.value",
    "visible._times": "report_visible_times: from_hour weekday",
    "visible._visible": "group_activity.value visible_activity.value",
    "visible._visible_heading": "report_metrics: direction four_weeks",
    "warm_paths._about": "report_warm_paths: company evidence role target title",
    "warm_paths._applications": "report_applications: applications with_contact",
    "warm_paths._gaps": "report_target_gaps: companies company",
    "warm_paths._heading": "report_warm_paths: companies",
    "warm_paths._last": "report_warm_paths: last_touch",
    "warm_paths.section": "report_new_fields: kind names people; report_warm_paths: name",
}


Reads = dict[str, set[str]]
_DAYS = (date(2026, 9, 7), date(2026, 12, 31))


class Watched(dict[str, Any]):
    """A row that notes which of its columns are read, and by which function."""

    def __init__(self, row: dict[str, Any], table: str, reads: Reads) -> None:
        super().__init__(row)
        self.table, self.reads = table, reads

    def __getitem__(self, column: str) -> Any:
        if reader := _reader():
            name, has_numbers = reader
            number = f"{super().__getitem__('metric')}." if has_numbers and self.table == "report_metrics" else ""
            self.reads[name].add(f"{number or self.table + '.'}{column}")
        return super().__getitem__(column)

    def get(self, column: str, default: Any = None) -> Any:
        return self[column] if column in self else default  # noqa: SIM401 (that would be this function)

    def __or__(self, other: dict[str, Any]) -> Watched:
        return Watched(dict(self) | other, self.table, self.reads)


def _reader() -> tuple[str, bool] | None:
    """Return the nearest function that has words to say, and whether it is given all numbers."""
    frame = sys._getframe(2)
    while frame is not None:
        path, code = Path(frame.f_code.co_filename), frame.f_code
        if path.is_relative_to(PACKAGE) and not code.co_name.startswith("<"):
            is_of_words = path.parent.name == "sections" or path.stem in ("sentences", "missing")
            given = code.co_varnames[: code.co_argcount]
            return (
                (f"{path.stem}.{code.co_name}", bool({"numbers", "view"} & set(given)))
                if is_of_words and path.stem != "view"
                else None
            )
        frame = frame.f_back
    return None


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> DuckDBPyConnection:
    """Return the tables of a crowd that collides wherever it can, and of invented members who have much to tell."""
    connection = crowd(random.Random(7), 40).raw()
    folder = tmp_path_factory.mktemp("invented")
    for seed in (1, 2, 3):
        exports = write_exports(make_member(seed, SIZES["small"]), folder / str(seed))
        member = Member(
            key=f"invented{seed}",
            week="2026-W46" if seed == 1 else None,
            start=_DAYS[0],
            goals=(Goal("messages_sent", 3, _DAYS[0], _DAYS[1]), Goal("comments", 1, _DAYS[0], _DAYS[1])),
            sessions=(Session(_DAYS[0], ("Write to two people",)),),
        )
        ingest(
            connection,
            member,
            [one for path in exports for one in exports_below(path, own_list=own_list)],
            limits=Limits(),
            key=bytes(32),
        )
    for model in MODELS:
        build(connection, model)
    return connection


def pages(database: DuckDBPyConnection) -> Iterator[Reads]:
    """Make every member's page, as usual and quiet, and yield who read what."""
    definitions = defaultdict(lambda: "how it is counted")
    members = [key for (key,) in database.execute("select member from report_members order by 1").fetchall()]
    assert len(members) > 30
    for member in members:
        reads: Reads = defaultdict(set)
        tables = {
            name: [
                Watched(row, name, reads)
                for row in rows_of(database, f"select * from {name} where member = $1", [member])
            ]
            for name in REPORT_TABLES
        }
        for quiet in (False, True):
            make_page(tables, definitions, Sentences("de", quiet=quiet))
            goals.documents(tables, Sentences("de", quiet=quiet))
        yield reads


@pytest.fixture(scope="module")
def reads(database: DuckDBPyConnection) -> Reads:
    together: Reads = defaultdict(set)
    for of_one in pages(database):
        for name, columns in of_one.items():
            together[name] |= columns
    return together


def declared(name: str) -> set[str]:
    """Return the columns of a line of the table: `report_x: a b; contacts_new.value`; `b.c` is a field of a column."""
    columns: set[str] = set()
    for part in RESTS_ON.get(name, "").split("; "):
        table, colon, names = part.partition(": ")
        columns |= {f"{table}.{column}" for column in names.split()} if colon else set(part.split())
    return columns


def test_no_sentence_rests_on_a_column_that_is_not_declared(reads: Reads):
    undeclared = {name: sorted(more) for name, columns in reads.items() if (more := columns - declared(name))}
    assert undeclared == {}


def subscripts() -> Iterator[tuple[str, str]]:
    """Yield what each function of words looks up by a constant, also where no member of the test gets that far."""
    for path in [PACKAGE / "sentences.py", PACKAGE / "missing.py", *sorted((PACKAGE / "sections").glob("*.py"))]:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and path.stem != "view":
                for node in ast.walk(function):
                    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                        yield f"{path.stem}.{function.name}", str(node.slice.value)


def names_in_functions() -> Iterator[tuple[str, set[str]]]:
    """Yield for each function of words the texts in it; where it looks up what it was handed, those of its module."""
    for path in [PACKAGE / "sentences.py", PACKAGE / "missing.py", *sorted((PACKAGE / "sections").glob("*.py"))]:
        module = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef):
                handed = {argument.arg for argument in function.args.args}
                is_handed_names = any(
                    isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name) and node.slice.id in handed
                    for node in ast.walk(function)
                )
                nodes = ast.walk(module if is_handed_names else function)
                texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
                yield f"{path.stem}.{function.name}", texts


def test_what_no_member_of_the_test_gets_to_is_declared_as_well(database: DuckDBPyConnection):
    columns = {
        column
        for table in REPORT_TABLES
        for (column,) in database.execute(
            "select column_name from duckdb_columns() where table_name = $1", [table]
        ).fetchall()
    }
    # Whole rows of numbers are handed on; what is read of them is seen where it is read.
    columns -= {name for (name,) in database.execute("select metric from metric_names").fetchall()}
    missing = {
        (name, column)
        for name, column in subscripts()
        if column in columns and column not in {part for one in declared(name) for part in one.split(".")}
    }
    assert missing == set()


def test_no_column_is_declared_that_is_not_read(reads: Reads):
    # What is read where no member of the test gets to is at least named there.
    named = dict(names_in_functions())
    unused = {
        (name, column)
        for name in RESTS_ON
        for column in declared(name) - reads[name]
        if column.rpartition(".")[2] not in named[name]
    }
    assert unused == set()


def test_every_declared_column_is_one_of_the_reports_tables(database: DuckDBPyConnection):
    there = {
        f"{table}.{column}"
        for table, column in database.execute("select table_name, column_name from duckdb_columns()").fetchall()
    }
    numbers = {name for (name,) in database.execute("select metric from metric_names").fetchall()}
    for name in RESTS_ON:
        for column in declared(name):
            assert ".".join(column.split(".")[:2]) in there or column.partition(".")[0] in numbers, (name, column)


def test_every_declared_function_is_read_somewhere(reads: Reads):
    assert set(RESTS_ON) <= set(reads)
