"""What the sections on ties, rhythm, first steps and giving say, on which columns it rests, and when they say nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.page import SECTIONS
from pipelines.report import REPORT_TABLES
from pipelines.sections import contacts, giving, groups, initiative, messages, recruiting, rhythm, ties
from pipelines.sections.view import View
from pipelines.sentences import Sentences
from tests import scenario
from tests.scenario import Scenario

SAY = Sentences("en")
MONDAY = date(2026, 11, 9)
MADE = {"requests_made": 12, "requests_got": 3, "requests_noted": 6, "conversations_begun": 4, "conversations_got": 2}
STEPS = MADE | {"steps_made": 16, "steps_got": 5}
EXCHANGE = {
    "weeks": 26, "exchange_weeks": 20, "people": 12, "given": 40, "received": 35, "is_one_sided": False, "old_people": 10,
    "old_given": 60, "old_received": 20, "advice_messages": 0, "advice_people": 0,
}  # fmt: skip
KEPT = {"streak": 0, "longest_before": 20, "vacation_weeks": 0, "gaps": 0, "half_within": None, "most_within": None}
NUMBERS = {"active_weeks": {"value": 30}, "care_weeks": {"value": 12}}


class Watched(dict[str, Any]):
    """A row that remembers which of its columns were read."""

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__(row)
        self.read: set[str] = set()

    def __getitem__(self, column: str) -> Any:
        self.read.add(column)
        return super().__getitem__(column)


def view_of(told: Scenario, member: str = "ada") -> View:
    database = told.database()
    statement = "select * from {} where member = $1"
    tables = {name: scenario.rows_of(database, statement.format(name), [member]) for name in REPORT_TABLES}
    definitions = {row["metric"]: "counted" for row in tables["report_metrics"]}
    return View(tables, definitions, SAY)


def band(name: str, people: int, share: float | None = None) -> dict[str, Any]:
    return {"band": name, "people": people, "share": share}


def banded(often: int = 0, occasionally: int = 0, rarely: int = 0, dormant: int = 0) -> dict[str, Any]:
    people = {"often": often, "occasionally": occasionally, "rarely": rarely, "dormant": dormant, "never": 99}
    return {name: band(name, count) for name, count in people.items()}


# A member with little


@pytest.fixture(scope="module")
def newcomer() -> View:
    """Somebody with 40 contacts and one message."""
    told = Scenario()
    export = told.member().linkedin("2026-11-20")
    for number in range(40):
        export.connection(f"Person {number}", f"2026-0{1 + number % 9}-05", company=f"Haus {number % 4}")
    export.message("2026-11-10 12:00", "Person 1", "out").empty("linkedin_comments")
    return view_of(told)


def test_little_is_not_made_into_a_section(newcomer: View):
    assert [module.section(newcomer) for module in (ties, rhythm, initiative, messages, giving)] == [None] * 5


def test_with_few_companies_nothing_is_said_of_the_largest(newcomer: View):
    made = contacts.section(newcomer)
    assert made is not None
    assert "largest" not in made["sentence"]


def test_a_member_without_messages_hears_nothing_of_ties_and_giving():
    told = Scenario()
    told.member().linkedin("2026-11-20").connection("Anna Arndt", "2026-11-02")
    view = view_of(told)
    keys = {made["key"] for section in SECTIONS if (made := section(view))}
    assert "contacts" in keys
    assert keys & {"ties", "rhythm", "initiative", "messages", "balance"} == set()


def test_a_file_of_contacts_on_xing_alone_says_nothing_of_companies():
    told = Scenario()
    export = told.member().xing("2026-11-20")
    for number in range(40):
        export.contact(f"Person {number}", "2026-10-05 12:00")
    made = contacts.section(view_of(told))
    assert made is not None
    assert "companies" not in made["sentence"]
    assert "Companies" not in [definition["label"] for definition in made["definitions"]]


def test_contacts_without_an_exchange_stand_beside_the_shares_of_ties():
    told = Scenario()
    export = told.member().linkedin("2026-11-20")
    for number in range(12):
        name = f"Person {number}"
        export.connection(name, "2020-01-06").message("2026-10-05 12:00", name, "out")
        if number < 10:
            export.message("2026-10-06 12:00", name, "in")
    made = ties.section(view_of(told))
    assert made is not None
    assert made["heading"] == "In touch with 10 people"
    [shares] = made["tables"]
    assert [row[1:] for row in shares["rows"]] == [[0, "0%"], [10, "100%"], [0, "0%"], [0, "0%"], [2, "–"]]


# Contacts and groups


@pytest.mark.parametrize(
    ("exports", "said"),
    [
        (["2026-11-20"], "Same week a year ago, contacts still there today: 1."),
        (["2025-11-17", "2026-11-20"], "Same week a year ago: 1."),
    ],
)
def test_last_years_contacts_are_survivors_unless_an_export_of_then_tells(exports: list[str], said: str):
    told = Scenario()
    member = told.member()
    for day in exports:
        member.linkedin(day).connection("Anna Arndt", "2025-11-12").connection("Bela Brandt", "2020-01-06")
    made = contacts.section(view_of(told))
    assert made is not None
    assert said in made["sentence"]


def test_one_invitation_to_a_group_where_the_sources_show_no_act_in_one():
    def sections(group: bool, acts: bool) -> list[str]:
        told = Scenario()
        export = told.member().linkedin("2026-11-20").connection("Anna Arndt", "2020-01-06")
        if acts:
            export.empty("linkedin_comments")
        if group:
            export.comment("2026-10-05 12:00", scenario.GROUP_LINK.format(group=11, post=1))
        made = groups.section(view_of(told))
        return [made["sentence"]] if made else []

    # Nothing visible was done at all, but the export would know.
    [invitation] = sections(group=False, acts=True)
    assert "One comment in a group of your field" in invitation
    assert sections(group=False, acts=False) == []
    [told] = sections(group=True, acts=True)
    assert "One comment in a group of your field" not in told


@pytest.mark.parametrize(
    ("median", "said"),
    [
        (0.0, "Half of your answers came on the same day."),
        (0.5, "Half of your answers came within one day."),
        (2.5, "Half of your answers came within three days."),
        (None, ""),
    ],
)
def test_half_of_the_answers_came_within_so_many_days_rounded_up(median: float | None, said: str):
    row = {"invited": 0, "logged": 0, "ripe": 0, "ripe_answered": 0, "median_days": median}
    told = recruiting._recruiting(SAY, row, [])
    assert said in told
    assert said or "answers" not in told


@pytest.mark.parametrize(
    ("rows", "refused", "said"),
    [
        (1, 0, "One entry read."),
        (1, 1, "One entry read, it was unreadable."),
        (2, 1, "2 entries read, one entry was unreadable."),
        (12, 0, "12 entries read, all of them readable."),
    ],
)
def test_one_entry_is_told_as_one(rows: int, refused: int, said: str):
    row = {
        "rows_read": rows,
        "rows_refused": refused,
        "files_failed": 0,
        "exports_held_back": 0,
        "exports_of_nobody": 0,
    }
    assert SAY.ledger(row, ()) == said


# First steps


def test_the_share_of_requests_with_a_note_is_told_from_ten_on():
    assert "With a note: 50% of those you sent." in initiative._first_steps(SAY, STEPS)
    assert not [one for one in initiative._first_steps(SAY, STEPS | {"requests_made": 9}) if "note" in one]


# Rhythm


def test_a_streak_that_ended_is_not_mentioned():
    said = rhythm._rhythm_heading(SAY, NUMBERS) + rhythm._rhythm(SAY, NUMBERS, KEPT)
    assert "20" not in said
    assert "row" not in said


@pytest.mark.parametrize(
    ("weeks", "quiet", "heading"),
    [
        (30, False, "Active in 30 of the last 52 weeks"),
        (52, False, "Active in each of the last 52 weeks"),
        (30, True, "Your year in weeks"),
        (52, True, "Active in each of the last 52 weeks"),
    ],
)
def test_rhythm_is_headed_by_the_weeks_of_the_year(weeks: int, quiet: bool, heading: str):
    say = Sentences("en", quiet=quiet)
    assert rhythm._rhythm_heading(say, {"active_weeks": {"value": weeks}}) == heading


def test_the_lead_tells_the_streak_that_a_vacation_did_not_end():
    numbers = {"messages_sent": {"value": None}, "messages_received": {"value": None}}
    kept = KEPT | {"streak": 14, "vacation_weeks": 2}
    assert SAY.lead({"kind": "ordinary"}, numbers, kept, []) == (
        "You have been active every week for 14 weeks, vacations aside."
    )
    assert SAY.lead({"kind": "ordinary"}, numbers, KEPT | {"streak": 4}, []) == (
        "You have been active every week for four weeks."
    )


def test_the_headline_says_that_vacations_are_left_aside():
    row = {"kind": "streak", "value": 26}
    numbers = {"contacts_new": {"value": 0}, "visible_activity": {"value": 0}}
    assert SAY.headline(row, numbers, KEPT, []) == "Active every week for 26 weeks"
    kept = KEPT | {"vacation_weeks": 1}
    assert SAY.headline(row, numbers, kept, []) == "Active every week for 26 weeks, vacations aside"
    assert Sentences("en", quiet=True).headline(row, numbers, kept, []) == SAY.headline(row, numbers, kept, [])


def test_a_goal_reached_for_the_first_time_opens_the_page():
    row = {"kind": "goal", "metric": "messages_sent", "value": 6}
    numbers = {"contacts_new": {"value": 0}, "visible_activity": {"value": 0}}
    said = "Messages sent: six, the goal of the week for the first time"
    assert SAY.headline(row, numbers, KEPT, []) == Sentences("en", quiet=True).headline(row, numbers, KEPT, []) == said


def test_only_the_streak_that_lasts_is_called_the_longest():
    longest = "You have never been active for so many weeks in a row."
    assert longest in rhythm._rhythm(SAY, NUMBERS, KEPT | {"streak": 21})
    assert longest not in rhythm._rhythm(SAY, NUMBERS, KEPT | {"streak": 20})
    assert longest not in rhythm._rhythm(SAY, NUMBERS, KEPT | {"streak": 7, "longest_before": 5})


@pytest.mark.parametrize(
    ("half", "most", "said"),
    [
        (None, None, ""),
        (1, 1, "The next direct contact came the day after nine times in ten."),
        (1, 4, "The next direct contact came the day after half of the time, within four days nine times in ten."),
        (7, 7, "The next direct contact mostly came within seven days."),
        (3, 12, "The next direct contact came within three days half of the time, within 12 days nine times in ten."),
    ],
)  # fmt: skip
def test_gaps_are_told_as_half_and_nine_in_ten(half: int | None, most: int | None, said: str):
    kept = Watched(KEPT | {"half_within": half, "most_within": most})
    assert " ".join(rhythm._gaps(SAY, kept)) == said
    assert kept.read == {"half_within", "most_within"}


# First steps


@pytest.mark.parametrize(
    ("made", "got", "heading"),
    [
        (9, 6, "The first step mostly comes from you"),
        (8, 6, "First steps come from both sides"),
        (11, 8, "First steps come from both sides"),
        (4, 2, "First steps come from both sides"),
        (6, 9, "Others come to you more often than you go to them"),
        (0, 12, "Others come to you more often than you go to them"),
    ],
)
def test_one_side_takes_more_steps_where_it_takes_half_as_many_again_and_three_more(made: int, got: int, heading: str):
    row = Watched({"steps_made": made, "steps_got": got})
    assert initiative._heading(SAY, row) == heading


def test_first_steps_are_told_by_kind():
    last = Watched(STEPS)
    assert initiative._first_steps(SAY, last) == [
        "Requests in the last twelve weeks: 12 sent, 3 received.",
        "With a note: 50% of those you sent.",
        "Conversations: 4 begun by you, 2 by others.",
    ]
    assert last.read <= set(MADE)


def test_what_is_not_known_of_first_steps_is_not_told():
    last = STEPS | {"requests_made": None, "requests_got": None, "requests_noted": None}
    assert initiative._first_steps(SAY, last) == ["Conversations: 4 begun by you, 2 by others."]


@pytest.mark.parametrize(
    ("sent", "accepted", "said"),
    [
        (9, 9, []),
        (10, 1, []),
        (10, 2, ["Of 10 requests that had four weeks’ time, 2 were accepted (20%)."]),
    ],
)
def test_acceptance_is_a_share_of_ten_requests_at_least(sent: int, accepted: int, said: list[str]):
    row = Watched({"sent": sent, "accepted": accepted, "open": 3, "half_within": None})
    assert initiative._acceptance(SAY, {"all": row}) == said
    assert row.read <= {"sent", "accepted"}


@pytest.mark.parametrize("without", [9, 20])
def test_requests_with_and_without_a_note_are_compared_where_there_are_ten_of_each(without: int):
    rows = {"all": (30, 15), "with": (10, 8), "without": (without, 5)}
    requests = {kind: {"sent": sent, "accepted": accepted} for kind, (sent, accepted) in rows.items()}
    [said] = initiative._acceptance(SAY, requests)
    compared = said == "With a note 80% of your requests were accepted, without one 25%."
    assert compared == (without >= initiative.ENOUGH)


# Giving and taking


@pytest.mark.parametrize(
    ("given", "received", "one_sided", "heading"),
    [
        (30, 20, False, "Giving and taking are even"),
        (20, 30, False, "Giving and taking are even"),
        (31, 20, False, "More came from you than from others"),
        (20, 31, False, "More came from others than from you"),
        (90, 30, True, "For half a year you have given clearly more than you received"),
    ],
)
def test_two_fifths_from_either_side_are_even(given: int, received: int, one_sided: bool, heading: str):
    row = Watched(EXCHANGE | {"given": given, "received": received, "is_one_sided": one_sided})
    assert giving._heading(SAY, row) == heading
    assert row.read <= {"given", "received", "is_one_sided"}


def test_how_often_there_was_exchange_comes_first():
    row = Watched(EXCHANGE)
    assert giving._sentences(SAY, row, []) == [
        "In 20 of the last 26 weeks there was exchange, in both directions with 12 people."
    ]
    assert row.read <= {"exchange_weeks", "people", "is_one_sided", "advice_messages"}
    assert giving._sentences(SAY, EXCHANGE | {"exchange_weeks": 26}, [])[0].startswith("In each of the last 26 weeks")


def test_one_sided_giving_is_told_calmly_with_its_numbers():
    row = EXCHANGE | {"is_one_sided": True}
    assert giving._sentences(SAY, row, [])[1] == (
        "To 10 people you have known for longer you wrote on 60 days, counted for each person, and they to you on 20. "
        "You may ask for something as well."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "In one message of the last twelve weeks you asked for advice, going by its wording."),
        (4, "In four messages of the last twelve weeks you asked for advice, going by their wording."),
    ],
)
def test_advice_is_told_as_what_messages_say(count: int, said: str):
    assert giving._sentences(SAY, EXCHANGE | {"advice_messages": count}, [])[1] == said


def test_public_acts_stand_without_a_counterpart_and_say_why():
    kinds = [{"kind": "comments", "given": 3, "received": None}, {"kind": "posts", "given": 0, "received": None}]
    assert giving._sentences(SAY, EXCHANGE, kinds)[-1] == (
        "Comments, reactions and posts cannot be weighed: LinkedIn exports your own, not those of others."
    )
    quiet = [{"kind": "comments", "given": 0, "received": None}]
    assert len(giving._sentences(SAY, EXCHANGE, quiet)) == 1


# Ties


@pytest.mark.parametrize(
    ("bands", "heading"),
    [
        (banded(often=1, occasionally=104, dormant=417), "In touch with 105 people, 417 ties dormant"),
        (banded(occasionally=8, rarely=5, dormant=9), "In touch with eight people"),
        (banded(occasionally=1, rarely=12), "Your ties, by messages"),
        (banded(rarely=12, dormant=20), "Your ties, by messages"),
    ],
)
def test_ties_are_headed_by_those_in_touch(bands: dict[str, Any], heading: str):
    assert ties._heading(SAY, bands) == heading


def test_what_messages_cannot_carry_is_said_first():
    said = ties._sentences(SAY, banded(occasionally=12, dormant=9))
    assert said == ["Counted by messages alone; meetings, calls and whom you both know are in no export."]
    assert len(ties._sentences(SAY, banded(dormant=10))) == 2


@pytest.mark.parametrize(
    ("quarter", "count", "said"),
    [
        (date(2026, 10, 1), 1, ["This quarter you woke one tie after at least three years."]),
        (date(2026, 10, 1), 3, ["This quarter you woke three ties after at least three years."]),
        (date(2026, 10, 1), 0, []),
        (date(2026, 7, 1), 3, []),
    ],
)
def test_woken_ties_are_told_in_their_quarter(quarter: date, count: int, said: list[str]):
    assert ties._woken_sentence(SAY, [{"quarter": quarter, "woken": count}], MONDAY) == said


def test_a_week_over_the_turn_of_a_quarter_belongs_to_that_of_its_sunday():
    first = [{"quarter": date(2026, 10, 1), "woken": 1}]
    assert ties._woken_sentence(SAY, first, date(2026, 9, 28)) != []
    assert ties._woken_sentence(SAY, first, date(2026, 9, 21)) == []
