"""The tables that members keep by hand: either language, either delimiter, either way to write a day; notes are never kept."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import handwritten
from pipelines.readers import claim, own
from tests.reading_samples import Raw, lines, read_file, write_export

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.readers.source import Source

ROWS = {
    "own_activity": "select done_on, kind, name, direction, platform from raw_own_activity order by row",
    "own_people": "select name, company, title, known_since, email_key is not null, profile from raw_own_people order by row",
    "own_visitors": "select day, profile_views, recruiter_views, platform from raw_own_visitors order by row",
    "own_applications": (
        "select company, title, contact_on, applied_on, has_interview, interview_on, has_offer, through, status"
        " from raw_own_applications order by row"
    ),
    "own_marks": "select name, profile, mark, marked_on from raw_own_marks order by row",
}


def rows(folder: Path, name: str, *texts: str) -> list[tuple]:
    raw, ledger = read_file(folder, name, lines(*texts))
    assert ledger.refusals == []
    return raw.rows(ROWS[str(ledger.source)])


def reasons(folder: Path, name: str, *texts: str) -> list[tuple[int, str]]:
    return read_file(folder, name, lines(*texts))[1].refusals


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("activity.csv", "own_activity"),
        ("Aktivitäten.csv", "own_activity"),
        ("activity (1).csv", "own_activity"),
        ("Personen.csv", "own_people"),
        ("visitors_2.csv", "own_visitors"),
        ("besucher.csv", "own_visitors"),
        ("Bewerbungen.csv", "own_applications"),
        ("MARKS.csv", "own_marks"),
    ],
)
def test_a_table_is_known_by_the_name_of_its_file(name: str, source: str) -> None:
    claimed = claim(name)
    assert (claimed.source.name if claimed.source else None, claimed.platform) == (source, "own")


def test_no_file_of_another_source_bears_one_of_these_names() -> None:
    from pipelines.readers import SOURCES, linkedin

    names = [name for source in SOURCES for name in source.files]
    assert len(names) == len(set(names))
    assert not set(names) & (linkedin.UNUSED | own.READMES)
    assert not [name for name in names if name.startswith(linkedin.NEVER_OPENED)]


def test_an_explanation_beside_the_tables_is_nothing_to_complain_about(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("How to fill these tables in.", encoding="utf-8")
    raw = Raw(tmp_path / "README.txt")
    assert raw.rows("select platform, error from raw_exports") == [("own", None)]


def test_the_log_in_german_and_in_english(tmp_path: Path) -> None:
    german = rows(
        tmp_path / "de",
        "activity.csv",
        "\ufeffDatum;Art;Mit;Richtung;Plattform;Notiz",
        "03.11.2026;Treffen;Jörg Groß;;;",
        "2026-11-04;Rat;Anna Arndt;bekommen;;",
        "5.11.26;Anruf;Bela Brandt;;;",
        "06.11.2026;Recruiter;Cem Cakir;;XING;",
        "7.11.2026;Empfehlung;Dora Decker;gegeben;;",
    )
    english = rows(
        tmp_path / "en",
        "activity.csv",
        "date,kind,with,direction,platform,note",
        "2026-11-03,meeting,Jörg Groß,,,",
        "2026-11-04,advice asked,Anna Arndt,received,,",
        "2026-11-05,Video-Call,Bela Brandt,,,",
        "2026-11-06,headhunter,Cem Cakir,,xing,",
        "2026-11-07,referral,Dora Decker,given,,",
    )
    assert german == english
    assert german == [
        (date(2026, 11, 3), "meeting", "Jörg Groß", None, None),
        (date(2026, 11, 4), "advice_asked", "Anna Arndt", "received", None),
        (date(2026, 11, 5), "call", "Bela Brandt", None, None),
        (date(2026, 11, 6), "recruiter_contact", "Cem Cakir", None, "xing"),
        (date(2026, 11, 7), "referral", "Dora Decker", "given", None),
    ]


def test_an_entry_that_the_log_does_not_know_is_refused_and_its_field_named(tmp_path: Path) -> None:
    assert reasons(
        tmp_path,
        "activity.csv",
        "date;kind;with;direction",
        "2026-11-05;Tanz;Anna;",
        "2026-11-05;Rat;Anna;",
        "2026-11-05;Treffen;Anna;hin",
        ";Treffen;Anna;",
        "31.02.2026;Treffen;Anna;",
        "2027-01-01;Treffen;Anna;",
        "2026-11-05;Treffen;Anna;",
    ) == [
        (2, own.NO_KIND),
        (3, own.NO_DIRECTION),
        (4, own.NO_DIRECTION),
        (5, own.NO_DAY),
        (6, "date: no such date exists"),
        (7, "date: later than the day that the export describes"),
    ]


def test_a_note_is_in_no_table(tmp_path: Path) -> None:
    secret = "Streng vertraulich"
    files = {
        "activity.csv": lines("Datum;Art;Mit;Notiz", f"03.11.2026;Treffen;Jörg;{secret}"),
        "people.csv": lines("name,note", f"Anna Arndt,{secret}"),
        "visitors.csv": lines("Woche;Profilbesuche;Notiz", f"2026-W45;3;{secret}"),
        "applications.csv": lines("Firma;Bewerbung;Notiz", f"Nordlicht GmbH;03.11.2026;{secret}"),
        "marks.csv": lines("name,mark,date,note", f"Anna Arndt,never,2026-11-03,{secret}"),
    }
    raw = Raw(write_export(tmp_path, files))
    tables = raw.column("select table_name from duckdb_tables()")
    for table in tables:
        assert raw.rows(f"select * from {table} as t where contains(t::varchar, '{secret}')") == [], table
    for name in files:
        ledger = raw.file(name)
        assert (ledger.counts, ledger.columns_unknown, ledger.columns_missing) == ((1, 1, 0), [], [])


def test_people_known_offline(tmp_path: Path) -> None:
    assert rows(
        tmp_path,
        "people.csv",
        "Name;Firma;Position;bekannt seit;E-Mail;Profil",
        "Anna Arndt;Nordlicht GmbH;Ärztin;2015;anna@example.org;",
        "Bela Brandt;;;03/2016;;https://www.linkedin.com/in/bela-brandt",
        "Cem Cakir;;;04.05.2017;;",
        "Dora Decker;;;;;",
    ) == [
        ("Anna Arndt", "Nordlicht GmbH", "Ärztin", date(2015, 1, 1), True, None),
        ("Bela Brandt", None, None, date(2016, 3, 1), False, "https://www.linkedin.com/in/bela-brandt"),
        ("Cem Cakir", None, None, date(2017, 5, 4), False, None),
        ("Dora Decker", None, None, None, False, None),
    ]
    assert reasons(tmp_path, "people.csv", "Name;bekannt seit", ";2015", "Emil Engel;damals") == [
        (2, own.NO_NAME),
        (3, own.NO_SINCE),
    ]


def test_an_address_agrees_with_that_of_a_connection_whatever_its_case(tmp_path: Path) -> None:
    files = {
        "people.csv": lines("name,email", "Anna Arndt, Anna@Example.org "),
        "Connections.csv": lines(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            "Anna,A.,https://www.linkedin.com/in/anna,anna@example.org,,,03 Nov 2026",
        ),
    }
    raw = Raw(write_export(tmp_path, files))
    assert raw.rows("select count(*) from raw_own_people semi join raw_linkedin_connections using (email_key)") == [
        (1,)
    ]


def test_one_line_a_week_of_views(tmp_path: Path) -> None:
    week = date(2026, 11, 9)
    assert rows(
        tmp_path,
        "visitors.csv",
        "Woche;Profilbesuche;Recruiter-Besuche;Suchtreffer;Plattform",
        "2026-W46;12;3;7;LinkedIn",
        "KW 46/2026;1.234;;;",
        "2026W46;0;;;XING",
        "09.11.2026;;2;;",
        "2020-W53;1;;;",
    ) == [
        (week, 12, 3, "linkedin"),
        (week, 1234, None, None),
        (week, 0, None, "xing"),
        (week, None, 2, None),
        (date(2020, 12, 28), 1, None, None),
    ]
    # How often a profile came up in searches is not asked for, and an older list that holds it is read all the same.
    assert not any(head[0] == "search_appearances" for head in handwritten.TABLES["visitors.csv"][1])
    assert reasons(
        tmp_path,
        "visitors.csv",
        "week;profile views;recruiter views;platform",
        "2026-W54;5;;",
        "2025-W53;5;;",
        "2026-W44;viele;;",
        "2026-W44;-3;;",
        "2026-W44;;;",
        "2026-W44;3;;Instagram",
        "2026-W52;3;;",
    ) == [
        (2, "week: no date format fits"),
        (3, "week: no date format fits"),
        (4, own.NO_NUMBER),
        (5, own.NO_NUMBER),
        (6, own.NO_NUMBER),
        (7, own.NO_PLATFORM),
        (8, "week: later than the day that the export describes"),
    ]


def test_applications_and_what_became_of_them(tmp_path: Path) -> None:
    assert rows(
        tmp_path,
        "applications.csv",
        "Firma;Stelle;Kontakt;Bewerbung;Gespräch;Angebot;über;Stand",
        "Nordlicht GmbH;Analystin;01.10.2026;05.10.2026;ja;nein;Jörg Groß;eingeladen",
        "Kranwerk AG;;;2026-10-07;2026-12-01;;-;Absage",
        "Hafen SE;;01.11.2026;;;;;wer weiß",
    ) == [
        ("Nordlicht GmbH", "Analystin", date(2026, 10, 1), date(2026, 10, 5), True, None, False, "Jörg Groß", "interview"),
        ("Kranwerk AG", None, None, date(2026, 10, 7), True, date(2026, 12, 1), False, None, "rejected"),
        ("Hafen SE", None, date(2026, 11, 1), None, False, None, False, None, None),
    ]  # fmt: skip
    assert reasons(tmp_path, "applications.csv", "company,interview", ",", ",ja", "Hafen SE,bald") == [
        (2, own.NO_COMPANY),
        (3, own.NO_COMPANY),
        (4, own.NO_STEP),
    ]


def test_marks(tmp_path: Path) -> None:
    assert rows(
        tmp_path,
        "marks.csv",
        "name,profile,mark,date",
        "Anna Arndt,,kein Recruiter,12.11.2026",
        "Bela Brandt,,never,2026-11-13",
        ",https://www.linkedin.com/in/cem-cakir,später,2026-11-13",
        "Dora Decker,,Erledigt,2026-11-13",
    ) == [
        ("Anna Arndt", None, "no_recruiter", date(2026, 11, 12)),
        ("Bela Brandt", None, "never", date(2026, 11, 13)),
        (None, "https://www.linkedin.com/in/cem-cakir", "later", date(2026, 11, 13)),
        ("Dora Decker", None, "done", date(2026, 11, 13)),
    ]
    assert reasons(tmp_path, "marks.csv", "name,mark,date", ",nie,2026-11-13", "Anna,bald,2026-11-13", "Anna,nie,") == [
        (2, own.NO_NAME),
        (3, own.NO_MARK),
        (4, own.NO_DAY),
    ]


@pytest.mark.parametrize("source", own.SOURCES[1:], ids=lambda source: source.name)
def test_every_word_that_stands_for_something_is_written_as_words_are_compared(source: Source) -> None:
    meanings = (own.KINDS, own.DIRECTIONS, own.MARKS, own.PLATFORMS, own.STATUSES)
    words = [word for table in meanings for group in table.values() for word in group]
    assert [word for word in words if word != " ".join(word.lower().replace("-", " ").replace("_", " ").split())] == []
    for table in meanings:
        flat = [word for group in table.values() for word in group]
        assert len(flat) == len(set(flat))
    assert source.files


HEADERS = (("date", "kind", "with", "direction", "note"), ("Datum", "Art", "Mit", "Richtung", "Notiz"))
KIND = st.sampled_from([(word, kind) for kind, words in own.KINDS.items() for word in words] + [("Tanz", None)])
WAY = st.sampled_from([(word, way) for way, words in own.DIRECTIONS.items() for word in words] + [("", None)])
DAY = st.dates(date(2000, 1, 1), date(2026, 11, 20))
NAME = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


@given(
    entries=st.lists(st.tuples(DAY, st.sampled_from(("%Y-%m-%d", "%d.%m.%Y")), KIND, NAME, WAY), max_size=12),
    header=st.sampled_from(HEADERS),
    delimiter=st.sampled_from(";,"),
    bom=st.booleans(),
    upper=st.booleans(),
)
def test_any_log_is_kept_entry_by_entry(
    tmp_path_factory: pytest.TempPathFactory,
    entries: list[tuple[date, str, tuple[str, str | None], str, tuple[str, str | None]]],
    header: tuple[str, ...],
    delimiter: str,
    bom: bool,
    upper: bool,
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([name.upper() for name in header] if upper else header)
    for day, style, (word, _), name, (way, _) in entries:
        writer.writerow([day.strftime(style).zfill(10), word.capitalize(), name, way, "eine Notiz"])
    body = ("\ufeff" if bom else "").encode() + out.getvalue().encode()
    raw, ledger = read_file(tmp_path_factory.mktemp("log"), "activity.csv", body)
    kept = [(day, kind, name or None, way) for day, _, (_, kind), name, (_, way) in entries if kind]
    assert raw.rows("select done_on, kind, name, direction from raw_own_activity order by row") == kept
    assert (ledger.read, ledger.kept) == (len(entries), len(kept))
    assert {reason for _, reason in ledger.refusals} <= {own.NO_KIND}
