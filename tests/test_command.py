"""The command as people call it: exit codes, one sentence for each mistake, never a traceback."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import click
import pytest

from pipelines import lake, steps
from pipelines.cli import cli, main
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.members import Member
from pipelines.spoken import CLICK
from tests.catalogue import python_messages
from tests.reading_samples import EXPORT, LINK, write_export
from tests.test_delivery import Mailbox

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Mira,Holzapfel,https://www.linkedin.com/in/mira-holzapfel,,Sternwarte SE,Ärztin,05 Feb 2024\n"
    "Jörg,Weißdorn,https://www.linkedin.com/in/joerg-weissdorn,,Rheinwerk KG,Leitung,06 Feb 2024\n"
).encode()
PROFILE = b"First Name,Last Name,Headline\nAda,Beispiel,Analystin\n"
REACTIONS = f"Date,Type,Link\n2024-02-05 10:11:12,LIKE,{LINK}\n".encode()


def environment(home: Path, language: str | None, more: dict[str, str]) -> dict[str, str]:
    told = {"KONTAKTPULS_HOME": str(home), "PATH": "", "PYTHONUTF8": "1"} | more
    return told | {"KONTAKTPULS_LANGUAGE": language} if language else told


def run(home: Path, *arguments: object, language: str | None = "de", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which has loaded already what each process loads anew."""
    command = ["kontaktpuls", *map(str, arguments)]
    code = 0
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with (
        patch.dict(os.environ, environment(home, language, more), clear=True),
        patch.object(sys, "argv", command),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    for stream in (out, err):
        stream.flush()
    return subprocess.CompletedProcess(command, code or 0, *(s.buffer.getvalue().decode() for s in (out, err)))


def start(home: Path, *arguments: object, language: str | None = "de", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, as people do."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home, language, more),
        cwd=Path(__file__).parent.parent,
    )


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_exports(make_member(1, SIZES["small"]), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def made(exports: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    done = run(out / "home", "report", *exports, "--out", out / "report", "--member", "ada")
    assert done.returncode == 0, done.stderr
    return out / "report"


BAD_INPUT = {
    "login.zip": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "leer.zip": b"",
    "tabelle.csv": b"PK\x03\x04" + bytes(200),
    "rauschen.csv": bytes(range(256)) * 40,
    "Reactions.csv": b"",
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_what_cannot_be_read_is_one_sentence_that_names_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD_INPUT[name])
    done = run(tmp_path / "home", "report", tmp_path / name, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2
    assert not (tmp_path / "out").exists()


def test_an_export_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = start(tmp_path / "home", "report", tmp_path / "fehlt.zip", "--out", tmp_path / "out")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "fehlt.zip" in done.stderr


def test_an_export_with_none_of_the_known_files_is_one_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "urlaub.zip", "w") as archive:
        archive.writestr("urlaub.txt", "Sonne")
    done = run(tmp_path / "home", "report", tmp_path / "urlaub.zip", "--out", tmp_path / "out")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "urlaub.zip" in done.stderr


def test_without_a_row_nothing_is_computed(tmp_path: Path) -> None:
    bare = write_export(tmp_path, {"Connections.csv": CONNECTIONS.splitlines(keepends=True)[0]})
    (tmp_path / "login.zip").write_bytes(BAD_INPUT["login.zip"])
    for path in (bare, tmp_path / "login.zip"):
        done: list[str] = []
        made, notes = steps.report(Member("ada"), [path], None, progress=done.append)
        assert (made, path.name in str(notes[-1])) == (None, True)
        assert done == [path.name]


def test_a_file_with_a_header_and_no_row_gives_no_report_and_says_why(tmp_path: Path) -> None:
    path = write_export(tmp_path, {"Connections.csv": CONNECTIONS.splitlines(keepends=True)[0]})
    done = run(tmp_path / "home", "report", path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert EXPORT in done.stderr


UGLY = {
    "cut off": REACTIONS + b'2024-02-06 10:11:12,"LIK',
    "a date that no calendar has": REACTIONS + f"2023-02-29 10:11:12,LIKE,{LINK}\n".encode(),
    "invalid bytes": REACTIONS + f"2024-02-06 10:11:12,GR\xdcN,{LINK}\n".encode("latin-1"),
    "a NUL byte": REACTIONS + f"2024-02-06 10:11:12,LI\0KE,{LINK}\n".encode(),
    "a million characters": REACTIONS + f'2024-02-06 10:11:12,"{"x" * 1_000_000}",{LINK}\n'.encode(),
    "a workbook": b"PK\x03\x04" + bytes(200),
    "a header alone": REACTIONS.splitlines(keepends=True)[0],
    "no byte": b"",
    "blanks": b" \n\n \n",
    "a link with escapes that are no UTF-8": REACTIONS
    + b"2024-02-06 10:11:12,LIKE,https://www.linkedin.com/feed/update/%FF\n",
}


# Of the last one everything is as it should be.
TOLD = {
    "cut off": "1 of 2 rows refused",
    "a date that no calendar has": "1 of 2 rows refused",
    "invalid bytes": "not UTF-8",
    "a NUL byte": "NUL bytes",
    "a million characters": "very long field",
    "a workbook": "Excel workbook",
    "a header alone": "Reactions.csv: holds no entry.",
    "no byte": "Reactions.csv: holds no entry.",
    "blanks": "Reactions.csv: holds no entry.",
}


# One of each kind at once, the others with all tests.
QUICK = {"cut off", "invalid bytes", "a workbook", "no byte"}


@pytest.mark.parametrize("name", [pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in UGLY])
def test_a_broken_file_costs_nothing_beside_it(tmp_path: Path, name: str) -> None:
    files = {"Connections.csv": CONNECTIONS, "Profile.csv": PROFILE, "Reactions.csv": UGLY[name]}
    done = run(tmp_path / "home", "report", write_export(tmp_path, files), "--out", tmp_path / "out", language="en")
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert len(said) == (name in TOLD)
    assert all("Reactions.csv" in line and TOLD[name] in line for line in said)
    document = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    [total] = [m for m in document["metrics"] if (m["name"], m["platform"]) == ("contacts_total", "all")]
    assert total["value"] == 2


def test_a_profile_link_with_escapes_that_are_no_utf_8_costs_nobody_the_report(tmp_path: Path) -> None:
    odd = CONNECTIONS.replace(b"joerg-weissdorn", b"j%F6rg-weissdorn")
    path = write_export(tmp_path, {"Connections.csv": odd, "Profile.csv": PROFILE, "Reactions.csv": REACTIONS})
    done = run(tmp_path / "home", "report", path, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_owner_of_the_export_gives_the_key_where_nobody_is_named(tmp_path: Path) -> None:
    path = write_export(tmp_path, {"Connections.csv": CONNECTIONS, "Profile.csv": PROFILE})
    assert run(tmp_path / "home", "report", path, "--out", tmp_path / "out").returncode == 0
    document = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert document["member"] == "ada-beispiel"


def test_two_owners_give_no_report_unless_the_owner_is_confirmed(tmp_path: Path) -> None:
    hers = write_export(tmp_path / "a", {"Connections.csv": CONNECTIONS, "Profile.csv": PROFILE})
    his = write_export(tmp_path / "b", {"Profile.csv": PROFILE.replace(b"Ada,Beispiel", b"Ben,Fremdling")})
    held_back = run(tmp_path / "home", "report", hers, his, "--out", tmp_path / "out")
    assert held_back.returncode == 2
    assert "Fremdling" in held_back.stderr
    assert not (tmp_path / "out").exists()
    confirmed = run(tmp_path / "home", "report", hers, his, "--out", tmp_path / "out", "--owner-confirmed")
    assert confirmed.returncode == 0, confirmed.stderr


def test_sentences_tell_the_export_where_several_are_given_and_the_path_where_names_repeat(tmp_path: Path) -> None:
    refused = REACTIONS + b"gestern,LIKE,x\n"
    hers = write_export(tmp_path / "a", {"Connections.csv": CONNECTIONS, "Profile.csv": PROFILE, "Votes.csv": b""})
    new = write_export(tmp_path / "b", {"Profile.csv": PROFILE, "Reactions.csv": refused, "Votes.csv": b"\n"})
    other = write_export(tmp_path / "c", {"Profile.csv": PROFILE, "Shares.csv": b"", "Votes.csv": b""}, "Basic.zip")
    login = write_export(tmp_path / "d", {"urlaub.txt": b"x"})
    done = run(tmp_path / "home", "report", hers, new, other, login, "--out", tmp_path / "out", language="en")
    assert (done.returncode, sorted(done.stderr.splitlines())) == (
        0,
        sorted(
            [
                f"{hers}: Votes.csv: holds no entry.",
                f"{new}: Reactions.csv: 1 of 2 rows refused; `kontaktpuls inspect` lists them.",
                f"{new}: Votes.csv: holds no entry.",
                "Basic.zip: Shares.csv, Votes.csv: hold no entry.",
                f"{login}: {EXPORT} holds no table of LinkedIn or XING; give the export as downloaded.",
            ]
        ),
    )
    his = write_export(tmp_path / "e", {"Profile.csv": PROFILE.replace(b"Ada,Beispiel", b"Ben,Fremdling")})
    done = run(tmp_path / "home", "report", hers, his, "--out", tmp_path / "none", language="en")
    assert (done.returncode, all(f"{path} shows" in done.stderr for path in (hers, his))) == (2, True)


def test_an_export_that_shows_nobody_as_its_owner_is_used_and_says_so(tmp_path: Path) -> None:
    path = write_export(tmp_path, {"Connections.csv": CONNECTIONS})
    done = run(tmp_path / "home", "report", path, "--out", tmp_path / "out", language="en")
    sentence = f"Nothing in {EXPORT} tells whose export it is; it was used all the same."
    assert (done.returncode, done.stderr.splitlines()) == (0, [sentence])
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "In einem Export steht nicht, wem er gehört; er wurde trotzdem verwendet." in page


@pytest.mark.parametrize("key", ["Ada B", "../x", "", "ADA", "x" * 65])
def test_a_key_that_names_no_folder_is_one_sentence(tmp_path: Path, exports: list[Path], key: str) -> None:
    done = run(tmp_path / "home", "report", exports[0], "--out", tmp_path / "out", "--member", key, language="en")
    assert (done.returncode, len(done.stderr.splitlines()), (tmp_path / "out").exists()) == (2, 1, False)
    assert f"“{key}” cannot be a member's key" in done.stderr


@pytest.mark.parametrize("week", ["46", "2026-46", "2026-W54", "9999-W52", "0001-W01", "gestern"])
def test_a_week_that_is_none_is_one_sentence(tmp_path: Path, exports: list[Path], week: str) -> None:
    done = run(tmp_path / "home", "report", exports[0], "--out", tmp_path / "out", "--week", week)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert week in done.stderr


def test_the_reported_week_is_the_same_on_page_and_in_numbers_and_subject(made: Path) -> None:
    document = json.loads((made / "report.json").read_text("utf-8"))
    assert document["week"] == "2026-W46"
    assert "9.–15. November 2026" in (made / "report.html").read_text("utf-8")
    assert "Subject: KW 46" in (made / "mail.eml").read_text("utf-8")


def test_sentences_come_in_the_language_that_the_environment_asks_for(tmp_path: Path) -> None:
    (tmp_path / "login.zip").write_bytes(BAD_INPUT["login.zip"])
    german, english = (
        run(tmp_path / "home", "report", tmp_path / "login.zip", "--out", tmp_path / "o", language=language).stderr
        for language in ("de", "en")
    )
    assert "is a web page" in english
    assert "is a web page" not in german


def test_the_file_of_the_home_says_in_which_language_and_how_much_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "lake" / "weeks" / "coach=self").mkdir(parents=True)
    (home / "lake" / "weeks" / "coach=self" / "data.parquet").write_bytes(b"no table")
    told = [start(home, "sql", "from weeks", language=None)]
    for line in ("KONTAKTPULS_LANGUAGE=en", "KONTAKTPULS_DEBUG=1", "KONTAKTPULS_LANGUAGE=de\nKONTAKTPULS_SCHEDULE=x"):
        (home / ".env").write_text(line + "\n", encoding="utf-8")
        told.append(start(home, "sql", "from weeks", language=None))
    german, english, whole, refused = (done.stderr for done in told)
    assert "Das Programm" in german
    assert "The program failed" in english
    assert "Traceback" in whole
    assert (told[3].returncode, len(refused.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    "arguments", [("demo", "--size", "small"), ("template",), ("report",)], ids=["demo", "template", "report"]
)
def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, exports: list[Path], arguments: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "sub"
    more = {"demo": ["--out", out], "template": [out], "report": [exports[0], "--out", out]}[arguments[0]]
    done = run(tmp_path / "home", *arguments, *more)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.parametrize("command", ["run", "ui"])
def test_a_schedule_that_is_none_is_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "members.toml").write_text("[members.ada]\n")
    done = run(tmp_path, command, KONTAKTPULS_SCHEDULE="99 99 * * *", HOME=str(tmp_path))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "99 99 * * *" in done.stderr


def test_inspect_prints_json_and_ends_with_two_where_nothing_is_readable(tmp_path: Path) -> None:
    (tmp_path / "login.zip").write_bytes(BAD_INPUT["login.zip"])
    done = start(tmp_path / "home", "inspect", tmp_path / "login.zip", "--json")
    assert done.returncode == 2
    [export] = json.loads(done.stdout)["exports"]
    assert "login.zip" in export["error"]


def test_inspect_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    path = write_export(tmp_path, {"Connections.csv": CONNECTIONS}, "Basic_LinkedInDataExport_11-20-2026.zip")
    done = run(tmp_path / "home", "inspect", path, language="en")
    assert done.returncode == 0
    assert "larger" in done.stdout


def test_send_without_a_server_leaves_the_mail_in_the_outbox_once(tmp_path: Path, made: Path) -> None:
    for _ in range(2):
        done = run(tmp_path / "home", "send", made, "--to", "ada@example.org")
        assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "home" / "outbox").glob("*.eml"))) == 1


def test_send_without_anybody_to_send_to_says_how_to_name_one(tmp_path: Path, made: Path) -> None:
    done = run(tmp_path / "home", "send", made, language="en")
    assert (done.returncode, "--to" in done.stderr) == (2, True)


def test_an_empty_lake_says_what_fills_it(tmp_path: Path) -> None:
    done = run(tmp_path / "home", "sql", "select 1", language="en")
    assert (done.returncode, "kontaktpuls run" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def lake_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake holds one table."""
    home = tmp_path_factory.mktemp("lake") / "home"
    with steps.connect() as connection:
        connection.execute("create table weeks as select 'ada' as member, 46 as number, null as nothing")
        lake.write(connection, home / "lake", "weeks", "nora", ())
    return home


def test_sql_lists_tables_and_prints_what_is_asked_for(lake_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(lake_home, "sql").stdout == "weeks\n"
    asked = "select member, number + 1 as next, nothing, coach from weeks"
    expected = ["member  next  nothing  coach", "------  ----  -------  -----", "ada     47             nora"]
    assert run(lake_home, "sql", asked).stdout.splitlines() == expected
    monkeypatch.setattr(sys, "stdin", io.StringIO(asked))
    assert run(lake_home, "sql", "-").stdout.splitlines() == expected


@pytest.mark.parametrize(("query", "sentence"), [("", "empty"), (" \n", "empty"), ("-", "empty"), ("selct 1", "selct")])
def test_a_query_that_is_none_is_one_sentence(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch, query: str, sentence: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    done = run(lake_home, "sql", query, language="en")
    assert (done.returncode, len(done.stderr.splitlines()), sentence in done.stderr) == (2, 1, True)


def test_an_export_larger_than_allowed_is_refused_unless_more_is_allowed(tmp_path: Path) -> None:
    files = {"Connections.csv": CONNECTIONS, "Profile.csv": PROFILE, "Rich Media.csv": bytes(1 << 20)}
    path = write_export(tmp_path, files)
    for command in (["report", path, "--out", tmp_path / "out"], ["inspect", path]):
        refused, read = (run(tmp_path / "home", *command, "--max-size", size, language="en") for size in ("1", "2"))
        assert (refused.returncode, read.returncode) == (2, 0)
        assert "more than 1 MiB unpacked" in refused.stderr


def test_send_again_sends_what_was_sent(tmp_path: Path, made: Path) -> None:
    with Mailbox() as server:
        told = {
            "KONTAKTPULS_SMTP_FROM": "bericht@example.org",
            "KONTAKTPULS_SMTP_HOST": "127.0.0.1",
            "KONTAKTPULS_SMTP_PORT": str(server.port),
            "KONTAKTPULS_SMTP_TLS": "none",
        }
        counts = []
        for more in ([], [], ["--again"]):
            done = run(tmp_path / "home", "send", made, "--to", "ada@example.org", *more, **told)
            assert done.returncode == 0, done.stderr
            counts.append(len(server.mails))
    assert counts == [1, 1, 2]


@pytest.mark.slow
def test_another_seed_invents_another_member_and_the_same_one_the_same(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        done = run(tmp_path / "home", "demo", "--size", "small", "--seed", seed, "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
    one, again, other = ((tmp_path / name / "report.json").read_bytes() for name in ("one", "again", "other"))
    assert one == again != other


def test_members_toml_brings_name_language_and_recipient(tmp_path: Path, exports: list[Path]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    text = '[members.ada]\nname = "Ada Beispiel-Köhler"\nlanguage = "en"\nsend_to = ["ada@example.org"]\n'
    (home / "members.toml").write_text(text, encoding="utf-8")
    assert run(home, "report", exports[0], "--out", tmp_path / "out", "--member", "ada").returncode == 0
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["language"] == "en"
    assert "To: ada@example.org" in (tmp_path / "out" / "mail.eml").read_text("utf-8")


def test_a_mistake_in_members_toml_is_one_sentence(tmp_path: Path, exports: list[Path]) -> None:
    (tmp_path / "members.toml").write_text('[members.ada]\nlangauge = "en"\n', encoding="utf-8")
    done = run(tmp_path, "report", exports[0], "--out", tmp_path / "out", language="en")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "langauge" in done.stderr


@pytest.mark.parametrize(("language", "sentence"), [("de", "ist keine report.json"), ("en", "is no report.json")])
def test_an_overview_names_what_it_cannot_use_and_is_made_of_the_rest(
    tmp_path: Path, made: Path, language: str, sentence: str
) -> None:
    (tmp_path / "login.json").write_text("<!DOCTYPE html>")
    files = (tmp_path / "login.json", made / "report.json")
    done = run(tmp_path / "home", "overview", *files, "--out", tmp_path / "out", "--lang", language, language=language)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (0, 1)
    assert "login.json" in done.stderr
    assert sentence in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "gespraech-ada.html",
        "mail.eml",
        "overview.html",
    ]


def test_an_overview_of_nothing_usable_is_a_sentence_a_file_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "leer.json").write_text("")
    done = run(
        tmp_path / "home", "overview", tmp_path / "leer.json", tmp_path / "fehlt.json", "--out", tmp_path / "out"
    )
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 2)
    assert "leer.json" in done.stderr
    assert "fehlt.json" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_overview_names_third_parties_only_when_asked_to(tmp_path: Path, made: Path) -> None:
    names = [person["name"] for person in json.loads((made / "report.json").read_text("utf-8"))["people"]]
    for options, named in (([], False), (["--names"], True)):
        done = run(tmp_path / "home", "overview", made / "report.json", "--out", tmp_path / "out", *options)
        assert done.returncode == 0, done.stderr
        sheet = (tmp_path / "out" / "gespraech-ada.html").read_text("utf-8")
        assert any(name in sheet for name in names) is named


@pytest.mark.parametrize(("language", "said"), [("de", "Zeigt diese Hilfe."), ("en", "Show this message and exit.")])
def test_help_names_every_command_in_the_readers_language(language: str, said: str) -> None:
    done = start(Path("unused"), "--help", language=language)
    assert all(word in done.stdout for word in ("report", "inspect", "run", "send", "demo", "ui", "sql"))
    assert said in done.stdout


def test_every_help_text_is_german_where_german_is_spoken(tmp_path: Path) -> None:
    # In a process of its own: click keeps what it once said of --help.
    code = f"from pipelines.cli import cli\nfor name in {[[], *([name] for name in cli.commands)]}: cli([*name, '--help'], standalone_mode=False)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment(tmp_path, "de", {}))  # fmt: skip
    english = [text for path in ("cli.py", "spoken.py") for text in messages_of(path)]
    assert len(english) > 60
    said = " ".join(done.stdout.split())
    assert said.count("Zeigt diese Hilfe.") == len(cli.commands) + 1
    assert [text for text in english if len(text) > 12 and text in said] == []


def messages_of(name: str) -> list[str]:
    with (Path(__file__).parent.parent / "pipelines" / name).open("rb") as file:
        return [literals[0] for _, _, literals, _ in python_messages(file, {"N_": None}, (), None)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report",), "Fehler: Es fehlt die Angabe 'EXPORT...'."),
        (("report", "x", "--nope"), "Fehler: Die Option '--nope' gibt es nicht. Ist '--open' gemeint?"),
        (("nope",), "Fehler: Den Befehl 'nope' gibt es nicht."),
        (("demo", "--size", "x"), "Der Wert für '--size' passt nicht: 'x' ist keins von 'small', 'typical', 'large'."),
        (("demo", "--seed", "x"), "Der Wert für '--seed' passt nicht: 'x' ist keine Zahl"),
        (("ui", "--port", "0"), "0 liegt nicht im Bereich 1<=x<=65535."),
        (("report", "x", "--out", __file__), "ist eine Datei."),
        (("log", "a", "b", "c"), "Eine Angabe ist zu viel (c)"),
        (("report", "--out"), "Die Option '--out' braucht einen Wert."),
        (("run", "--week=1", "x", "y"), "Mehrere Angaben sind zu viel (x y)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_call_is_answered_in_german(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not re.search(r"Usage|Try|Error|Invalid|Missing", done.stderr)


def test_click_still_says_what_is_translated() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    ours = {"folder"}
    assert [text for text in CLICK if text not in ours and json.dumps(text)[1:-1] not in sources] == []


def test_headers_in_a_language_without_any_are_english_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.members.LANGUAGES", ("de", "en", "fr"))
    done = run(tmp_path / "home", "template", tmp_path / "fr", "--lang", "fr", language="en")
    assert (done.returncode, done.stderr) == (0, "There are German and English headers; these are English.\n")
    assert run(tmp_path / "home", "template", tmp_path / "de", "--lang", "de", language="en").stderr == ""


def test_the_light_commands_import_nothing_heavy(tmp_path: Path, exports: list[Path]) -> None:
    code = (
        "import sys; from pipelines.cli import cli\n"
        f"cli.main(['report', {str(exports[0])!r}, '--out', {str(tmp_path)!r}], standalone_mode=False)\n"
        f"cli.main(['overview', {str(tmp_path / 'report.json')!r}, '--out', {str(tmp_path)!r}], standalone_mode=False)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = ("dagster", "polars", "pandas", "pyarrow", "numpy", "sqlglot", "weasyprint")
    assert [name for name in heavy if repr(name) in done.stdout] == []
    code = "import sys; from pipelines.cli import main\ntry: main()\nfinally: print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True, env=environment(tmp_path, "de", {}))  # fmt: skip
    assert "Zeigt diese Hilfe" in done.stdout
    assert [name for name in (*heavy, "babel", "jinja2", "duckdb") if repr(name) in done.stdout] == []


def test_every_table_that_the_page_shows_is_in_the_numbers_too(made: Path) -> None:
    document = json.loads((made / "report.json").read_text("utf-8"))
    assert {"composition", "groups", "headline", "history", "ledger"} <= document["details"].keys()
    assert document["details"]["groups"][0]["acts"] > 0
