"""Lines that the command adds to a member's own tables: in the file's own words, in one step, never the same twice unasked."""

from __future__ import annotations

import os
import stat
import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from pipelines import diary, handwritten, steps
from pipelines.cli import ANSWERS, ENTRY_KINDS, cli
from pipelines.members import Member
from pipelines.problem import Problem
from pipelines.readers import own
from pipelines.settings import Settings
from tests.reading_samples import Raw

if TYPE_CHECKING:
    from pathlib import Path

ADA = Member("ada", "Ada Beispiel")
BOB = Member("bob", "Bob Example", language="en", time_zone="Asia/Tokyo")
# A Tuesday; in Tokyo it is Wednesday already.
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home", {"ada": ADA, "bob": BOB}, None, None, "0 6 * * 1", "Europe/Berlin")


def note(home: Settings, sentence: str, member: Member = ADA, **told: Any) -> str:
    return diary.log(home, member, sentence, diary.Told(**told), "en", NOW)


def table(home: Settings, name: str, member: str = "ada") -> Path:
    return home.inbox / member / name


def entries(path: Path) -> list[tuple]:
    return Raw(path).rows("select done_on, kind, name, direction, platform from raw_own_activity order by row")


def test_a_sentence_becomes_entries_that_the_reader_knows(home: Settings) -> None:
    said = note(home, "Kaffee mit Jörg, Rat bekommen")
    assert said == "Noted for 24 November 2026: a meeting with Jörg, advice that you got from Jörg."
    path = table(home, "activity.csv")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "Datum;Art;Mit;Richtung;Plattform;Notiz",
        "2026-11-24;Treffen;Jörg;;;Kaffee mit Jörg, Rat bekommen",
        "2026-11-24;Rat bekommen;Jörg;bekommen;;Kaffee mit Jörg, Rat bekommen",
    ]
    assert entries(path) == [
        (date(2026, 11, 24), "meeting", "Jörg", None, None),
        (date(2026, 11, 24), "advice_asked", "Jörg", "received", None),
    ]


@pytest.mark.parametrize("member", [ADA, BOB], ids=["de", "en"])
def test_every_kind_is_written_in_words_that_are_read_again(home: Settings, member: Member) -> None:
    for kind in own.KINDS:
        direction = "given" if kind in ("introduction", "referral") else None
        note(home, "", member, kind=kind, name="Anna Arndt", direction=direction, platform="xing")
    for answer in own.MARKS:
        diary.mark(home, member, "Anna Arndt", answer, "en")
    found = entries(table(home, "activity.csv", member.key))
    assert [kind for _, kind, *_ in found] == list(own.KINDS)
    assert {platform for *_, platform in found} == {"xing"}
    assert Raw(table(home, "marks.csv", member.key)).column("select mark from raw_own_marks") == list(own.MARKS)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_is_written_is_the_owners_alone(home: Settings) -> None:
    note(home, "Kaffee mit Jörg")
    path = table(home, "activity.csv")
    path.chmod(0o644)
    note(home, "Kaffee mit Anna")
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, home.inbox, home.home)] == [0o600, *[0o700] * 3]
    assert [p.name for p in path.parent.iterdir()] == ["activity.csv"]


def test_the_same_entry_twice_is_told_and_noted_again_only_when_asked(home: Settings) -> None:
    note(home, "Kaffee mit Jörg")
    path = table(home, "activity.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("2026-11-24", "24.11.2026"), encoding="utf-8")
    said = note(home, "Kaffeetrinken mit Jörg")
    assert said == "Noted already for 24 November 2026: a meeting with Jörg. With --again it is noted once more."
    assert len(entries(path)) == 1
    note(home, "Kaffee mit Jörg", again=True)
    assert len(entries(path)) == 2


def test_days(home: Settings) -> None:
    note(home, "Gestern Anna getroffen")
    note(home, "Am Freitag Bela getroffen")
    note(home, "Am Dienstag Cem getroffen")
    note(home, "Dora getroffen", day="3.11.2026")
    note(home, "Emil getroffen", day="2026-11-04")
    note(home, "Fatma getroffen", day="vorgestern")
    assert [day for day, *_ in entries(table(home, "activity.csv"))] == [
        date(2026, 11, 23),
        date(2026, 11, 20),
        date(2026, 11, 17),
        date(2026, 11, 3),
        date(2026, 11, 4),
        date(2026, 11, 22),
    ]
    note(home, "Met Anna", BOB)
    assert entries(table(home, "activity.csv", "bob"))[0][0] == date(2026, 11, 25)
    for day in ("2026-11-25", "31.02.2026", "bald"):
        with pytest.raises(Problem):
            note(home, "Anna getroffen", day=day)


def test_what_is_not_understood_is_asked_for_and_nothing_is_written(home: Settings) -> None:
    for sentence, told in (("Mit Jörg", {}), ("Rat, Jörg", {}), ("", {"kind": "introduction"})):
        with pytest.raises(Problem):
            note(home, sentence, **told)
    assert not table(home, "activity.csv").exists()
    assert note(home, "Stammtisch") == "Noted for 24 November 2026: a meeting. Nobody is named; --with adds a name."
    assert "with Jörg" in note(home, "Mit Jörg", kind="meeting")
    assert "with Eva" in note(home, "Kaffee mit Jörg", name="Eva")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("note,with,kind,date\n", ",Jörg,meeting,2026-11-24\n"),
        ("Datum\tArt\tMit\r\n03.11.2026\tTreffen\tAnna", "2026-11-24\tTreffen\tJörg\r\n"),
        ("\ufeffDatum;Art;Mit\n", "2026-11-24;Treffen;Jörg\n"),
        ("\n\ndate;kind;with;mood\n2026-11-03;call;Anna;good\n", "2026-11-24;meeting;Jörg;\n"),
    ],
)
def test_a_line_follows_the_file_that_is_there(home: Settings, before: str, after: str) -> None:
    path = table(home, "activity.csv")
    path.parent.mkdir(parents=True)
    path.write_bytes(before.encode())
    assert handwritten.add(path, [{"date": "2026-11-24", "kind": "meeting", "name": "Jörg"}], language="de") == 1
    text = path.read_bytes().decode()
    assert text.startswith(before)
    assert text.removeprefix(before).lstrip("\r\n") == after


def test_an_encoding_stays_as_long_as_it_can_hold_the_line(home: Settings) -> None:
    path = table(home, "activity.csv")
    path.parent.mkdir(parents=True)
    path.write_bytes("Datum;Art;Mit\n2026-11-03;Gruß;Jürgen\n".encode("windows-1252"))
    note(home, "Kaffee mit Jörg")
    assert path.read_bytes().decode("windows-1252").endswith("Treffen;Jörg\n")
    note(home, "Kaffee mit Łukasz")
    assert path.read_bytes().decode("utf-8-sig").endswith("Treffen;Łukasz\n")
    assert [name for _, _, name, *_ in entries(path)] == ["Jürgen", "Jörg", "Łukasz"]


def test_a_file_that_cannot_take_a_line_is_left_as_it_is(home: Settings) -> None:
    path = table(home, "activity.csv")
    path.parent.mkdir(parents=True)
    for before in ("once upon a time\n", "Datum;Art\n"):
        path.write_text(before, encoding="utf-8")
        with pytest.raises(Problem, match="first line"):
            note(home, "Kaffee mit Jörg")
        assert path.read_text(encoding="utf-8") == before


def test_lines_added_at_the_same_time_are_all_there(home: Settings) -> None:
    sentences = [f"Kaffee mit Anna{chr(97 + i)}" for i in range(12)]
    threads = [threading.Thread(target=note, args=(home, sentence)) for sentence in sentences]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(name for _, _, name, *_ in entries(table(home, "activity.csv"))) == [s[11:] for s in sentences]


@pytest.mark.parametrize("language", ["de", "en"])
def test_templates_are_empty_tables_that_every_reader_knows(tmp_path: Path, language: str) -> None:
    written = handwritten.write_templates(tmp_path / "t", language)
    raw = Raw(*written)
    assert raw.rows("select distinct platform, error from raw_exports") == [("own", None)]
    files = raw.rows("select file, status, columns_unknown, columns_missing, rows_read from raw_files order by file")
    assert [row[1:] for row in files if row[0] != written[-1].name] == [("empty", [], [], 0)] * 5
    assert raw.rows("select status from raw_files where file = $1", written[-1].name) == [("unused",)]
    (tmp_path / "t" / "people.csv").write_text("name\nAnna", encoding="utf-8")
    handwritten.write_templates(tmp_path / "t", language)
    assert (tmp_path / "t" / "people.csv").read_text(encoding="utf-8") == "name\nAnna"


@pytest.mark.parametrize("language", ["de", "en"])
def test_examples_of_the_explanation_are_read_as_they_stand(tmp_path: Path, language: str) -> None:
    *tables, readme = handwritten.write_templates(tmp_path, language)
    text = readme.read_text(encoding="utf-8")
    for path in tables:
        part = text.split(f"{path.name}: ")[1].split("\n\n")[0]
        [example] = [
            line.split(": ", 1)[1] for line in part.splitlines() if line.strip()[:8] in ("Beispiel", "Example:")
        ]
        path.write_text(path.read_text(encoding="utf-8-sig") + example + "\n", encoding="utf-8")
        os.utime(path, (1_795_000_000, 1_795_000_000))
        assert Raw(path).rows("select status, rows_kept, rows_refused from raw_files") == [("read", 1, 0)]


def test_the_choices_of_the_command_are_those_that_are_understood() -> None:
    assert {name.replace("-", "_") for name in ENTRY_KINDS} == set(own.KINDS) == set(diary.KINDS.values())
    assert tuple(diary.MARKS) == ANSWERS


def test_the_command_says_in_one_sentence_what_it_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "members.toml").write_text('[members.ada]\nname = "Ada Beispiel"\n', encoding="utf-8")
    for name, value in {"KONTAKTPULS_HOME": str(tmp_path), "KONTAKTPULS_LANGUAGE": "en"}.items():
        monkeypatch.setenv(name, value)
    runner = CliRunner()
    done = runner.invoke(cli, ["log", "ada", "Coffee with Jörg", "--date", "2026-11-12"])
    assert (done.exit_code, done.output) == (0, "Noted for 12 November 2026: a meeting with Jörg.\n")
    done = runner.invoke(cli, ["mark", "ada", "Jörg Groß", "never"])
    assert done.exit_code == 0
    assert done.output.startswith("“Jörg Groß” will not be suggested any more.")
    with pytest.raises(Problem, match="there are: ada"):
        runner.invoke(cli, ["log", "eve", "Coffee with Jörg"], catch_exceptions=False, standalone_mode=False)
    done = runner.invoke(cli, ["template", str(tmp_path / "t"), "--lang", "de"])
    assert [line.rpartition("/")[2] for line in done.output.splitlines()] == [*handwritten.TABLES, "LIESMICH.txt"]


def lake_of(home: Settings, *people: tuple[str, str | None, str | None]) -> None:
    """Write the two tables of a run that a name is looked up in."""
    from pipelines import lake

    connection = steps.connect()
    columns = "member varchar, name varchar, profile varchar, company varchar"
    for name in ("ties", "recruiter_approaches"):
        connection.execute(f"create temp table {name} ({columns})")
    for person in people:
        connection.execute("insert into ties values ('ada', $1, $2, $3)", list(person))
    connection.execute("insert into recruiter_approaches values ('ada', 'Eva Ernst', 'https://x/in/eva', null)")
    for name in ("ties", "recruiter_approaches"):
        lake.write(connection, home.lake, name, "self", ())


def test_a_marked_name_must_mean_one_person(home: Settings) -> None:
    link = "https://www.linkedin.com/in/anna-arndt"
    lake_of(home, ("Anna Arndt", link, "Nordlicht"), ("Anna Arndt", link + "-2", "Kranwerk"), ("Jörg Groß", None, None))
    with pytest.raises(Problem, match=r"several people: Anna Arndt \(Nordlicht, .*\); Anna Arndt \(Kranwerk, .*-2"):
        diary.mark(home, ADA, "anna arndt", "never", "en")
    with pytest.raises(Problem, match=r"Do you mean Jörg Groß"):
        diary.mark(home, ADA, "Jörg", "never", "en")
    with pytest.raises(Problem, match="Check the spelling"):
        diary.mark(home, ADA, "Zoe Zander", "never", "en")
    assert not table(home, "marks.csv").exists()
    diary.mark(home, ADA, link + "-2", "never", "en")
    diary.mark(home, ADA, "Joerg Gross", "later", "en")
    diary.mark(home, ADA, "Eva Ernst", "no_recruiter", "en")
    diary.mark(home, ADA, "Zoe Zander", "done", "en", unchecked=True)
    assert Raw(table(home, "marks.csv")).rows("select name, profile, mark from raw_own_marks order by row") == [
        ("Anna Arndt", link + "-2", "never"),
        ("Jörg Groß", None, "later"),
        ("Eva Ernst", "https://x/in/eva", "no_recruiter"),
        ("Zoe Zander", None, "done"),
    ]
    assert "marked today already" in diary.mark(home, ADA, "Jörg Groß", "later", "en")
