"""Which date format and which clock a file is read with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb
import pytest

from pipelines.members import Member
from pipelines.readers import dates
from tests.reading_samples import LINK, Raw, at, lines, read_file, table, write_export

if TYPE_CHECKING:
    from pathlib import Path

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def act(*texts: str) -> bytes:
    return table(["Date", "Link"], [[text, LINK] for text in texts])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-05 10:11:12", at("2024-02-05 10:11:12")),
        ("2024-02-05 10:11:12 UTC", at("2024-02-05 10:11:12")),
        ("2024/02/05 10:11:12 UTC", at("2024-02-05 10:11:12")),
        ("2024-02-05 10:11 UTC", at("2024-02-05 10:11:00")),
        ("Mon Feb 05 10:11:12 UTC 2024", at("2024-02-05 10:11:12")),
        ("02/05/24 10:11 AM UTC", at("2024-02-05 10:11:00")),
        # Without a zone this is Los Angeles, eight hours behind in February.
        ("2/5/24, 10:11 AM", at("2024-02-05 18:11:00")),
        ("2/5/24, 10:11\u202fAM", at("2024-02-05 18:11:00")),
        ("7/5/24, 12:11 AM", at("2024-07-05 07:11:00")),
        ("05 Feb 2024", at("2024-02-05 00:00:00")),
        ("5\u00a0Feb\u00a02024", at("2024-02-05 00:00:00")),
        ("05 Mär 2024", at("2024-03-05 00:00:00")),
        ("5. März 2024", at("2024-03-05 00:00:00")),
        ("05 Mai 2024", at("2024-05-05 00:00:00")),
        ("05 Okt. 2024", at("2024-10-05 00:00:00")),
        ("05 DEZ 2024", at("2024-12-05 00:00:00")),
        ("05 September 2024", at("2024-09-05 00:00:00")),
        ("05-Feb-24", at("2024-02-05 00:00:00")),
        ("05.02.2024", at("2024-02-05 00:00:00")),
        ("5.2.2024 10:11", at("2024-02-05 10:11:00")),
        ("2024-02-05", at("2024-02-05 00:00:00")),
        ("2024-02-05T10:11:12Z", at("2024-02-05 10:11:12")),
        ("2/25/2024 10:11", at("2024-02-25 10:11:00")),
        ("25/2/2024 10:11", at("2024-02-25 10:11:00")),
        ("2/25/2024 10:11:12 PM", at("2024-02-25 22:11:12")),
    ],
)
def test_every_known_way_to_write_a_date_is_read(tmp_path: Path, text: str, moment: datetime) -> None:
    raw, ledger = read_file(tmp_path, "InstantReposts.csv", act(text))
    assert ledger.counts == (1, 1, 0)
    assert raw.column("select reposted_at from raw_linkedin_reposts") == [moment]


def test_one_value_above_twelve_decides_for_the_whole_column(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "InstantReposts.csv", act("2/5/2024 10:11", "3/5/2024 10:11", "14/5/2024 10:11"))
    assert raw.column("select month(reposted_at) from raw_linkedin_reposts order by row") == [5, 5, 5]
    assert ledger.message is None


def test_where_nothing_tells_day_from_month_a_sentence_says_so(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "InstantReposts.csv", act("2/5/2024 10:11", "3/5/2024 10:11"))
    assert raw.column("select month(reposted_at) from raw_linkedin_reposts order by row") == [2, 3]
    assert ledger.message == "Nothing in Date tells day from month; it was read as month before day."


def test_linkedins_own_american_dates_need_no_such_sentence(tmp_path: Path) -> None:
    _, ledger = read_file(tmp_path, "InstantReposts.csv", act("2/5/24, 10:11 AM"))
    assert ledger.message is None


def test_most_values_decide_and_the_others_are_refused(tmp_path: Path) -> None:
    raw, ledger = read_file(
        tmp_path, "InstantReposts.csv", act("2024-02-05 10:11:12", "05.02.2024", "2024-02-06 10:11:12")
    )
    assert ledger.refusals == [(3, "Date: no date format fits")]
    assert raw.column("select row from raw_linkedin_reposts order by row") == [1, 3]


@pytest.mark.parametrize(
    "text", ["2023-02-29 10:11:12", "gestern", "2024-13-01 10:11:12", "24-02-05 10:11:12", "2024-02-05 25:11:12"]
)
def test_a_date_that_is_none_costs_its_record_alone(tmp_path: Path, text: str) -> None:
    _, ledger = read_file(tmp_path, "InstantReposts.csv", act("2024-02-05 10:11:12", text, "2024-02-06 10:11:12"))
    assert ledger.counts == (3, 2, 1)
    [(line, reason)] = ledger.refusals
    assert line == 3
    assert reason.startswith("Date: ")
    assert text not in reason


@pytest.mark.parametrize("text", ["", "  ", "NA", "N/A"])
def test_a_record_without_a_date_is_kept(tmp_path: Path, text: str) -> None:
    raw, ledger = read_file(tmp_path, "InstantReposts.csv", act("2024-02-05 10:11:12", text))
    assert ledger.counts == (2, 2, 0)
    assert raw.column("select reposted_at from raw_linkedin_reposts order by row") == [
        at("2024-02-05 10:11:12"),
        None,
    ]


def test_the_line_of_a_refusal_counts_lines_inside_cells_and_blank_ones(tmp_path: Path) -> None:
    body = lines(
        "Notes:",
        "",
        "Date,Type,Link",
        '2024-02-05 10:11:12,"LI',
        'KE",x',
        "",
        "gestern,LIKE,x",
        "2024-02-06 10:11:12,LIKE,x",
    )
    _, ledger = read_file(tmp_path, "Reactions.csv", body)
    assert ledger.refusals == [(7, "Date: no date format fits")]
    assert ledger.counts == (3, 2, 1)


# Los Angeles


def shown(instant: datetime) -> str:
    """Return how LinkedIn writes an instant, on the clock of Los Angeles."""
    local = instant.astimezone(LOS_ANGELES)
    return (
        f"{local.month}/{local.day}/{local:%y}, {local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"
    )


@pytest.mark.parametrize(
    "around",
    [datetime(2026, 3, 8, 10, tzinfo=UTC), datetime(2025, 11, 2, 9, tzinfo=UTC), datetime(2006, 10, 29, 9, tzinfo=UTC)],
    ids=["spring", "autumn", "autumn by the law of before 2007"],
)
def test_invitations_run_on_the_clock_of_los_angeles(tmp_path: Path, around: datetime) -> None:
    instants = [around + timedelta(minutes=15 * i) for i in range(-12, 13)]
    header = ["From", "To", "Sent At", "Message", "Direction"]
    body = table(header, [["Ada", "Ben", shown(instant), "", "OUTGOING"] for instant in instants])
    raw, ledger = read_file(tmp_path, "Invitations.csv", body)
    assert ledger.counts == (len(instants), len(instants), 0)
    # Of the hour that the clock shows twice nobody can tell which one was meant: it is the first.
    first = [datetime.strptime(shown(i), "%m/%d/%y, %I:%M %p").replace(tzinfo=LOS_ANGELES, fold=0) for i in instants]
    expected = [moment.astimezone(UTC).replace(tzinfo=None) for moment in first]
    assert raw.column("select sent_at from raw_linkedin_invitations order by row") == expected


def test_every_quarter_of_an_hour_is_converted_as_python_does() -> None:
    american = next(f for f in dates.FORMATS if f.clock == "us")
    local = [at("2024-01-01 00:00:00") + timedelta(minutes=15 * i) for i in range(366 * 96)]
    sql = dates.to_utc("moment", american, local_clock=False)
    found = duckdb.execute(
        f"select {sql} from (select timestamp '2024-01-01' + to_minutes(15 * i) as moment from range({len(local)}) as t(i))"
    )
    expected = [moment.replace(tzinfo=LOS_ANGELES).astimezone(UTC).replace(tzinfo=None) for moment in local]
    assert [row[0] for row in found.fetchall()] == expected


def test_invitations_saved_again_stay_on_that_clock_and_other_files_do_not(tmp_path: Path) -> None:
    header = ["From", "To", "Sent At", "Message", "Direction"]
    files = {
        "Invitations.csv": table(header, [["Ada", "Ben", "2/25/2024 10:11", "", "OUTGOING"]]),
        "InstantReposts.csv": act("2/25/2024 10:11"),
    }
    raw = Raw(write_export(tmp_path, files))
    assert raw.column("select sent_at from raw_linkedin_invitations") == [at("2024-02-25 18:11:00")]
    assert raw.column("select reposted_at from raw_linkedin_reposts") == [at("2024-02-25 10:11:00")]


def test_the_day_of_a_connection_of_2018_is_the_day_in_utc(tmp_path: Path) -> None:
    header = ["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"]
    body = table(
        header, [["Ben", "Muster", "", "", "", "2/5/18, 3:59 PM"], ["Eva", "Muster", "", "", "", "2/5/18, 4:00 PM"]]
    )
    raw, _ = read_file(tmp_path, "Connections.csv", body)
    assert raw.column("select connected_on from raw_linkedin_connections order by row") == [
        date(2018, 2, 5),
        date(2018, 2, 6),
    ]


# The day of the export


def as_of(raw: Raw) -> date:
    return raw.column("select as_of from raw_exports")[0]


def test_an_act_up_to_two_days_later_moves_the_day_of_the_export(tmp_path: Path) -> None:
    # In Berlin the last one happens on the 22nd.
    raw, ledger = read_file(tmp_path, "InstantReposts.csv", act("2026-11-19 10:00:00", "2026-11-21 23:30:00"))
    assert ledger.counts == (2, 2, 0)
    assert as_of(raw) == date(2026, 11, 22)
    assert raw.column("select dated from raw_exports") == [date(2026, 11, 20)]


@pytest.mark.parametrize(("zone", "kept"), [("Europe/Berlin", 1), ("America/New_York", 2)])
def test_later_acts_are_refused_by_the_members_clock(tmp_path: Path, zone: str, kept: int) -> None:
    # 23:30 UTC on the 22nd is the 23rd in Berlin.
    member = Member(key="ada", time_zone=zone)
    raw, ledger = read_file(
        tmp_path, "InstantReposts.csv", act("2026-11-22 22:30:00", "2026-11-22 23:30:00"), member=member
    )
    assert ledger.kept == kept
    assert as_of(raw) == date(2026, 11, 22)
    reason = "Date: later than the day that the export describes"
    assert ledger.refusals == [(3, reason)] * (2 - kept)


def test_connections_follows_and_applications_are_acts_and_events_are_not(tmp_path: Path) -> None:
    files = {
        "Connections.csv": table(
            ["First Name", "Last Name", "Connected On"], [["Ben", "M", "22 Nov 2026"], ["Eva", "M", "23 Nov 2026"]]
        ),
        "Company Follows.csv": table(["Organization", "Followed On"], [["Blaufuchs", "Mon Dec 28 10:11:12 UTC 2026"]]),
        "Jobs/Saved Jobs.csv": table(
            ["Saved Date", "Job Url", "Job Title", "Company Name"], [["12/28/26, 1:00 AM", "", "", ""]]
        ),
        "Events.csv": table(
            ["Event Name", "Event Time", "Status"], [["Messe", "Dec 28, 2027 12:00 PM - 1:00 PM", "APPROVED"]]
        ),
    }
    raw = Raw(write_export(tmp_path, files))
    assert raw.file("Connections.csv").refusals == [(3, "Connected On: later than the day that the export describes")]
    assert raw.file("Company Follows.csv").refused == 1
    assert raw.file("Jobs/Saved Jobs.csv").refused == 1
    assert raw.file("Events.csv").counts == (1, 1, 0)
    assert as_of(raw) == date(2026, 11, 22)


@pytest.mark.parametrize("day", ["12-31-9999", "01-01-0001"])
def test_no_day_in_a_name_is_too_strange(tmp_path: Path, day: str) -> None:
    raw = Raw(write_export(tmp_path, {"InstantReposts.csv": act("2024-02-05 10:11:12")}, f"Complete_{day}.zip"))
    assert raw.file("InstantReposts.csv").read == 1


def test_the_order_of_values_never_decides_between_day_and_month() -> None:
    values = ["13/5/2024", *(f"{i}/{i + 1}/2024" for i in range(1, 8)), *(f"3/{i}/2024" for i in range(13, 18))]
    forwards, backwards = dates.choose(values), dates.choose(reversed(values))
    assert forwards == backwards
    assert forwards is not None
    assert forwards.format.pattern == "%m/%d/%Y"
