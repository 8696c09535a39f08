"""What an installation is told: environment before .env before members.toml, and one sentence for every mistake."""

from __future__ import annotations

import contextlib
import os
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import settings
from pipelines.members import Member, check_time_zone, check_week, read_members, slug
from pipelines.problem import Problem
from pipelines.recipients import Recipient
from pipelines.settings import Smtp, load, secret_key

if TYPE_CHECKING:
    from collections.abc import Callable

posix = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "working").mkdir()
    monkeypatch.chdir(tmp_path / "working")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def toml(home: Path) -> Callable[[str], dict[str, Member]]:
    def read(text: str) -> dict[str, Member]:
        (home / "members.toml").write_text(text, encoding="utf-8")
        return read_members(home / "members.toml")

    return read


def at(home: Path, **values: str) -> dict[str, str]:
    return {"KONTAKTPULS_HOME": str(home)} | {f"KONTAKTPULS_{name}": value for name, value in values.items()}


def sentence(problem: pytest.ExceptionInfo[Problem]) -> str:
    text = str(problem.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def test_the_smallest_member_has_defaults_for_everything(toml):
    assert toml("[members.ada]\n") == {
        "ada": Member(
            key="ada",
            name=None,
            language="de",
            time_zone="Europe/Berlin",
            send_to=(),
            coach="self",
            owner=(),
            is_listed=True,
        )
    }


def test_a_member_of_the_documentation_is_read(toml):
    members = toml("""
        [members.ada]
        name = "Ada Beispiel-Köhler"
        language = "de"
        send_to = ["ada@example.org"]
        coach = "self"
    """)
    assert members["ada"] == Member(key="ada", name="Ada Beispiel-Köhler", send_to=("ada@example.org",), is_listed=True)


def test_one_text_stands_for_a_list_of_one_and_nothing_for_nothing(toml):
    member = toml('[members.ada]\nsend_to = "ada@example.org"\nname = ""\nowner = []\n')["ada"]
    assert (member.send_to, member.name, member.owner) == (("ada@example.org",), None, ())


def test_no_members_toml_means_no_members(home: Path):
    assert read_members(home / "members.toml") == {}


def test_a_member_may_wish_and_rest(toml):
    member = toml(
        "[members.ada]\n"
        'vacations = [["2026-08-03", "2026-08-16"], [2026-12-24, 2026-12-24]]\n'
        'targets = { companies = ["Kranwerk"], roles = "Ingenieurin" }\n'
    )["ada"]
    assert member.vacations == (
        (date(2026, 8, 3), date(2026, 8, 16)),
        (date(2026, 12, 24), date(2026, 12, 24)),
    )
    assert (member.target_companies, member.target_roles) == (("Kranwerk",), ("Ingenieurin",))


def test_a_member_may_be_addressed_otherwise_and_ask_for_quiet(toml):
    member = toml('[members.ada]\nsalutation = "Frau Beispiel-Köhler"\ntone = "quiet"\n')["ada"]
    assert (member.salutation, member.quiet) == ("Frau Beispiel-Köhler", True)
    assert (toml("[members.ada]\n")["ada"].salutation, toml("[members.ada]\n")["ada"].quiet) == (None, False)


MISTAKES = {
    '[members.ada]\ntone = "loud"\n': ["members.toml", "[members.ada]", "“loud”", "quiet"],
    "[members.ada]\nsalutation = 1\n": ["members.toml", "[members.ada]", "“salutation”", "text"],
    '[members.ada]\npreview = "ja"\n': ["members.toml", "“preview”", "[members.ada]", "true or false"],
    '[members.ada]\nvacations = "2026-08-03"\n': ["members.toml", "“vacations”", "[members.ada]", "2026-08-16"],
    '[members.ada]\nvacations = [["2026-08-03"]]\n': ["members.toml", "“vacations”", "[members.ada]"],
    '[members.ada]\nvacations = [["2026-08-03", "2026-08-32"]]\n': ["members.toml", "“2026-08-32”", "[members.ada]"],
    '[members.ada]\nvacations = [["2026-08-03", 16]]\n': ["members.toml", "“16”", "[members.ada]"],
    "[members.ada]\nvacations = [[2026-08-03T00:00:00, 2026-08-04]]\n": ["members.toml", "[members.ada]", "no day"],
    '[members.ada]\nvacations = [["2026-08-03", "2026-08-02"]]\n': ["[members.ada]", "2026-08-02", "2026-08-03"],
    '[members.ada]\ntargets = ["Kranwerk"]\n': ["members.toml", "“targets”", "[members.ada]", "companies"],
    '[members.ada]\ntargets = { company = "Kranwerk" }\n': ["members.toml", "“targets”", "[members.ada]", "companies"],
    "[members.ada]\ntargets = { roles = 1 }\n": ["members.toml", "“roles”", "[members.ada]", "list"],
    "[members.ada\n": ["members.toml", "line 1"],
    "[members.ada]\nname = Ada\n": ["members.toml", "line 2"],
    'members = "ada"\n': ["members.toml", "[members.ada]"],
    "[members]\nada = 1\n": ["members.toml", "[members.ada]", "table"],
    '[members."Ada B"]\n': ["members.toml", "“Ada B”", "a-z"],
    "[members.ada]\nlanguages = 1\n": ["members.toml", "[members.ada]", "“languages”"],
    '[members.ada]\nlanguage = "fr"\n': ["members.toml", "[members.ada]", "“fr”", "de, en"],
    "[members.ada]\nlanguage = 1\n": ["members.toml", "“language”", "[members.ada]", "text"],
    "[members.ada]\nname = 1\n": ["members.toml", "“name”", "[members.ada]", "text"],
    "[members.ada]\nsend_to = 1\n": ["members.toml", "“send_to”", "[members.ada]", "list"],
    "[members.ada]\nsend_to = [1]\n": ["members.toml", "“send_to”", "[members.ada]", "list"],
    "[members.ada]\nsend_to = [{}]\n": ["members.toml", "send_to", "[members.ada]", "address"],
    "[members.ada]\nsend_to = [{ address = 1 }]\n": ["members.toml", "“address”", "[members.ada]", "text"],
    '[members.ada]\nsend_to = [{ address = "a@b.org", form = "pdf" }]\n': ["send_to of [members.ada]", "“form”"],
    '[members.ada]\nsend_to = [{ address = "a@b.org", format = "PDF" }]\n': ["a@b.org", "“PDF”", "html, pdf"],
    '[members.ada]\nsend_to = [{ address = "a@b.org", format = "html", password = "env:X" }]\n': [
        "a@b.org",
        "only a PDF",
    ],
    '[members.ada]\nsend_to = [{ address = "a@b.org", password = "geheim" }]\n': ["a@b.org", "env:KONTAKTPULS_"],
    '[members.ada]\nsend_to = ["a@b.org", "A@b.org"]\n': ["[members.ada]", "A@b.org", "twice"],
    '[members.ada]\nsend_to = ["a@müller.de", "a@xn--mller-kva.de"]\n': [
        "[members.ada]",
        "a@xn--mller-kva.de",
        "twice",
    ],
    '[members.ada]\nsend_to = ["ada"]\n': ["members.toml", "“ada”", "[members.ada]", "address"],
    '[members.ada]\nsend_to = ["a@b.org\\nBcc: c@d.org"]\n': ["members.toml", "[members.ada]", "address"],
    "[members.ada]\nowner = false\n": ["members.toml", "“owner”", "[members.ada]", "list"],
    '[members.ada]\ntime_zone = "Berlin"\n': ["members.toml [members.ada]", "“Berlin”", "Europe/Berlin"],
    '[members.ada]\ntime_zone = "../../etc/passwd"\n': ["members.toml [members.ada]", "Europe/Berlin"],
    '[members.ada]\nconsent = "page"\n': ["members.toml", "“consent”", "[members.ada]", "level"],
    '[members.ada]\nconsent = { level = "page" }\n': ["members.toml", "“consent”", "[members.ada]", "since"],
    '[members.ada]\nconsent = { level = "all", since = "2026-08-31" }\n': ["“all”", "[members.ada]", "names, page"],
    '[members.ada]\nconsent = { level = "page", since = "bald" }\n': ["members.toml", "“bald”", "[members.ada]"],
    '[members.ada]\nconsent = { level = "page", since = "2026-08-31", until = "2026-08-30" }\n': [
        "[members.ada]",
        "2026-08-30",
        "2026-08-31",
    ],
    '[members.ada]\nconsent = { level = "page", since = "2026-08-31", till = "2026-09-30" }\n': ["“consent”"],
    '[coach.nora]\nsend_to = ["nora@example.org"]\n': ["members.toml", "“coach”", "[coaches.…]"],
    'coaches = ["nora"]\n': ["members.toml", "[coaches.nora]"],
    "[coaches]\nnora = 1\n": ["members.toml", "[coaches.nora]", "table"],
    "[coaches.Nora]\n": ["members.toml", "“Nora”", "coach"],
    '[coaches.nora]\ncoach = "mia"\n': ["[coaches.nora]", "“coach”"],
    '[coaches.nora]\nlanguage = "fr"\n': ["[coaches.nora]", "“fr”", "de, en"],
    '[coaches.nora]\nsend_to = [{ address = "a@b.org", consent = { level = "page", since = "2026-08-31" } }]\n': [
        "[coaches.nora]",
        "[members.…]",
    ],
    '[members.ada]\ncoach = "Nora K"\n': ["members.toml", "“Nora K”", "coach"],
    '[members.ada]\ncoach = "../up"\n': ["members.toml", "“../up”", "coach"],
}


@pytest.mark.parametrize("text", MISTAKES, ids=[text.replace("\n", " ") for text in MISTAKES])
def test_a_mistake_in_members_toml_is_one_sentence_that_names_it(toml, text: str):
    with pytest.raises(Problem) as problem:
        toml(text)
    said = sentence(problem)
    assert [part for part in MISTAKES[text] if part not in said] == []


def test_a_recipient_may_ask_for_the_pdf_and_for_a_password_from_the_environment(home: Path):
    (home / "members.toml").write_text(
        '[members.ada]\nsend_to = ["a@b.org", { address = "c@d.org", format = "pdf" }, { address = "e@f.org", password = "env:SAFE" }, '
        '{ address = "g@h.org", password = "env:LOST" }]\n'
    )
    (home / ".env").write_text("SAFE=geheim\n")
    member = load({"KONTAKTPULS_HOME": str(home)}).members["ada"]
    assert member.send_to == ("a@b.org", "c@d.org", "e@f.org", "g@h.org")
    assert member.recipients == (
        Recipient("a@b.org"),
        Recipient("c@d.org", "pdf"),
        Recipient("e@f.org", "pdf", "SAFE", "geheim"),
        Recipient("g@h.org", "pdf", "LOST", None),
    )
    assert "geheim" not in repr(member)


def test_a_password_written_where_its_variable_belongs_is_not_repeated(toml):
    with pytest.raises(Problem) as problem:
        toml('[members.ada]\nsend_to = [{ address = "a@b.org", password = "geheim" }]\n')
    assert "geheim" not in sentence(problem)


@pytest.mark.parametrize("url", ["http://example.org", "https://", "https://a b.org/", "https://example.org/#x", "x"])
def test_one_click_needs_an_https_address(home: Path, url: str):
    with pytest.raises(Problem, match="KONTAKTPULS_UNSUBSCRIBE_URL"):
        load({"KONTAKTPULS_HOME": str(home), "KONTAKTPULS_UNSUBSCRIBE_URL": url})


def test_members_toml_in_another_encoding_is_one_sentence(home: Path):
    (home / "members.toml").write_bytes('[members.ada]\nname = "Köhler"\n'.encode("latin-1"))
    with pytest.raises(Problem) as problem:
        read_members(home / "members.toml")
    assert "members.toml" in sentence(problem)


def test_members_toml_that_is_a_folder_is_one_sentence(home: Path):
    (home / "members.toml").mkdir()
    with pytest.raises(Problem) as problem:
        read_members(home / "members.toml")
    assert "members.toml" in sentence(problem)


def test_a_byte_order_mark_of_an_editor_is_no_mistake(home: Path):
    (home / "members.toml").write_bytes(b"\xef\xbb\xbf[members.ada]\n")
    assert list(read_members(home / "members.toml")) == ["ada"]


@given(st.binary(max_size=60))
def test_any_members_toml_gives_members_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.mktemp("home") / "members.toml"
    path.write_bytes(content)
    with contextlib.suppress(Problem):
        assert isinstance(read_members(path), dict)


def test_coaches_are_the_members_by_who_looks_after_them(home: Path, toml):
    toml('[members.cem]\ncoach = "nora"\n[members.ada]\n[members.bela]\ncoach = "nora"\n')
    loaded = load(at(home))
    assert loaded.coaches() == ["nora", "self"]
    assert [member.key for member in loaded.of_coach("nora")] == ["bela", "cem"]
    assert loaded.of_coach("omar") == []


def test_what_was_asked_on_the_command_line_wins_over_members_toml():
    member = Member(key="ada", language="en")
    assert member.asked(week=None, language=None) == member
    assert member.asked(week="2026-W46", language="de") == Member(key="ada", language="de", week="2026-W46")


def test_the_environment_wins_over_the_home(home: Path):
    (home / ".env").write_text(
        "KONTAKTPULS_SMTP_HOST=home.example\nKONTAKTPULS_SMTP_FROM=home@example.org\nKONTAKTPULS_SMTP_PORT=1\n",
        encoding="utf-8",
    )
    smtp = load(at(home, SMTP_HOST="environment.example")).smtp
    assert smtp == Smtp("environment.example", 1, sender="home@example.org")


def test_a_file_in_the_working_folder_sends_no_mail_elsewhere(home: Path):
    Path(".env").write_text(
        "KONTAKTPULS_SMTP_HOST=elsewhere.example\nKONTAKTPULS_SMTP_FROM=elsewhere@example.org\n", encoding="utf-8"
    )
    assert load(at(home)).smtp is None
    (home / ".env").write_text("KONTAKTPULS_SMTP_HOST=home.example\nKONTAKTPULS_SMTP_USER=home@example.org\n")
    assert load(at(home)).smtp == Smtp("home.example", 587, "home@example.org", sender="home@example.org")


def test_values_stand_for_themselves(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET", "other")
    (home / ".env").write_text(
        "KONTAKTPULS_SMTP_HOST=home.example\nKONTAKTPULS_SMTP_USER=a@b.org\nKONTAKTPULS_SMTP_PASSWORD=a${SECRET}b\n"
    )
    smtp = load(at(home)).smtp
    assert smtp is not None
    assert smtp.password == "a${SECRET}b"


def test_the_working_folder_may_name_the_home(home: Path):
    Path(".env").write_text(f"KONTAKTPULS_HOME={home}\n", encoding="utf-8")
    assert load({}).home == home


def test_reading_settings_leaves_the_environment_as_it_is(home: Path):
    (home / ".env").write_text("KONTAKTPULS_SMTP_HOST=home.example\n", encoding="utf-8")
    with pytest.raises(Problem):
        load(at(home))
    assert "KONTAKTPULS_SMTP_HOST" not in os.environ


def test_a_byte_order_mark_in_the_environment_file_is_no_mistake(home: Path):
    (home / ".env").write_bytes(b"\xef\xbb\xbfKONTAKTPULS_SCHEDULE=0 7 * * 2\n")
    assert load(at(home)).schedule_cron == "0 7 * * 2"


def test_an_environment_file_in_another_encoding_is_one_sentence(home: Path):
    (home / ".env").write_bytes(b"KONTAKTPULS_SMTP_PASSWORD=K\xf6hler\n")
    with pytest.raises(Problem) as problem:
        load(at(home))
    assert ".env" in sentence(problem)


def test_a_home_is_one_place_wherever_the_command_is_started(home: Path):
    assert load({"KONTAKTPULS_HOME": "../home"}).home == Path.cwd() / "../home"
    assert load({"KONTAKTPULS_HOME": "~/kontaktpuls"}).home == Path.home() / "kontaktpuls"
    assert load({}).home.name == "kontaktpuls"
    assert load({"KONTAKTPULS_HOME": ""}).home == load({}).home


def test_the_folders_of_a_home_have_the_names_that_are_documented(home: Path):
    loaded = load(at(home))
    assert [loaded.inbox, loaded.lake, loaded.reports, loaded.outbox] == [
        home / "inbox",
        home / "lake",
        home / "reports",
        home / "outbox",
    ]


def test_without_a_server_nothing_is_sent_and_the_sender_still_counts(home: Path):
    assert load(at(home)).smtp is None
    assert load(at(home)).sender is None
    assert load(at(home, SMTP_FROM="ada@example.org")).sender == "ada@example.org"


def test_mails_come_from_the_account_where_nothing_else_is_said(home: Path):
    account = at(home, SMTP_HOST="smtp.example.org", SMTP_USER="ada@example.org")
    assert load(account).sender == "ada@example.org"
    assert load(account | at(home, SMTP_FROM="Ada <post@example.org>")).sender == "Ada <post@example.org>"


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("implicit", 465), ("none", 25)])
def test_each_way_of_encryption_has_its_port(home: Path, tls: str, port: int):
    values = at(home, SMTP_HOST="smtp.example.org", SMTP_TLS=tls, SMTP_USER="ada@example.org", SMTP_PASSWORD="pass")
    smtp = load(values).smtp
    assert smtp == Smtp("smtp.example.org", port, "ada@example.org", "pass", "ada@example.org", tls)
    assert "pass" not in repr(smtp)


WRONG_SERVERS = {
    "way of encryption": ({"SMTP_TLS": "ssl"}, ["KONTAKTPULS_SMTP_TLS", "“ssl”", "starttls"]),
    "port in words": ({"SMTP_PORT": "many"}, ["KONTAKTPULS_SMTP_PORT", "“many”", "65535"]),
    "port too high": ({"SMTP_PORT": "65536"}, ["KONTAKTPULS_SMTP_PORT", "“65536”"]),
    "port zero": ({"SMTP_PORT": "0"}, ["KONTAKTPULS_SMTP_PORT", "“0”"]),
    "port in raised figures": ({"SMTP_PORT": "²"}, ["KONTAKTPULS_SMTP_PORT", "“²”"]),
    "no sender": ({"SMTP_FROM": ""}, ["KONTAKTPULS_SMTP_FROM", "address"]),
    "sender without a domain": ({"SMTP_FROM": "ada"}, ["KONTAKTPULS_SMTP_FROM", "address"]),
    "schedule of four fields": ({"SCHEDULE": "6 * * 1"}, ["KONTAKTPULS_SCHEDULE", "“6 * * 1”", "0 6 * * 1"]),
    "time zone": ({"TIME_ZONE": "CET+1"}, ["KONTAKTPULS_TIME_ZONE", "“CET+1”", "Europe/Berlin"]),
    "time zone that is a folder": ({"TIME_ZONE": "Europe"}, ["KONTAKTPULS_TIME_ZONE", "“Europe”"]),
}


@pytest.mark.parametrize("name", WRONG_SERVERS)
def test_a_mistake_in_the_environment_is_one_sentence_that_names_the_variable(home: Path, name: str):
    values, parts = WRONG_SERVERS[name]
    with pytest.raises(Problem) as problem:
        load(at(home, **{"SMTP_HOST": "smtp.example.org", "SMTP_FROM": "ada@example.org"} | values))
    said = sentence(problem)
    assert [part for part in parts if part not in said] == []


def test_the_schedule_is_mondays_at_six_in_berlin_unless_told(home: Path):
    assert (load(at(home)).schedule_cron, load(at(home)).schedule_time_zone) == ("0 6 * * 1", "Europe/Berlin")
    told = load(at(home, SCHEDULE="0 7 * * 2", TIME_ZONE="Europe/Vienna"))
    assert (told.schedule_cron, told.schedule_time_zone) == ("0 7 * * 2", "Europe/Vienna")


@pytest.mark.parametrize("name", ["SCHEDULE", "TIME_ZONE"])
def test_a_variable_left_empty_means_its_default(home: Path, name: str):
    assert load(at(home, **{name: ""})) == load(at(home))


@posix
def test_a_prepared_home_is_private(home: Path):
    before = os.umask(0o022)
    try:
        settings.prepare_home(home / "new")
        settings.prepare_home(home / "new")
    finally:
        os.umask(before)
    folders = [home / "new", *(home / "new").iterdir()]
    assert {folder.name for folder in folders} == {"new", "inbox", "lake", "reports", "outbox"}
    assert {oct(stat.S_IMODE(folder.stat().st_mode)) for folder in folders} == {"0o700"}


def test_the_secret_key_is_made_once_and_stays(home: Path):
    key = secret_key(home)
    assert len(key) == 32
    assert secret_key(home) == key
    if os.name == "posix":
        assert oct(stat.S_IMODE((home / "key").stat().st_mode)) == "0o600"


def test_every_installation_has_its_own_secret_key(tmp_path: Path):
    keys = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.add(secret_key(tmp_path / name))
    assert len(keys) == 2


@pytest.mark.parametrize("content", [b"", b"not hex", b"\xff\xfe", b"abcd"])
def test_a_damaged_key_is_replaced_by_a_good_one(home: Path, content: bytes):
    (home / "key").write_bytes(content)
    key = secret_key(home)
    assert len(key) == 32
    assert secret_key(home) == key


@pytest.mark.parametrize("week", ["2026-W46", "2020-W53", "2026-W01", "2026-W53"])
def test_a_week_is_an_iso_week(week: str):
    assert check_week(week) == week


@pytest.mark.parametrize(
    "week",
    [
        *("2026-46", "2026-W54", "2025-W53", "2026-W00", "2026-W6", "W46", "", "2026-w46", "2026-W46-1", "0000-W01"),
        *("2026-W46\n", " 2026-W46", "٢٠٢٦-W46"),
    ],
)
def test_any_other_week_is_refused_with_an_example(week: str):
    with pytest.raises(Problem, match=r"like 2026-W46\.$"):
        check_week(week)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/Los_Angeles"])
def test_a_time_zone_of_the_world_is_taken(zone: str):
    assert check_time_zone(zone, "here") == zone


@pytest.mark.parametrize("zone", ["", "Berlin", "Europe", "/etc/localtime", "../UTC", "Europe/Berlin\0", "x" * 300])
def test_any_other_time_zone_is_refused_with_the_place_where_it_stands(zone: str):
    with pytest.raises(Problem, match="in here is no time zone"):
        check_time_zone(zone, "here")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada Beispiel-Köhler", "ada-beispiel-koehler"),
        ("Dr. Jürgen Groß, MBA", "dr-juergen-gross-mba"),
        ("  Zoë  O'Neill ", "zoe-o-neill"),
        ("Jo\u0308rg", "joerg"),
        ("ÄÖÜ", "aeoeue"),
        ("王小明", "self"),
        ("🚀", "self"),
        ("", "self"),
        ("a" * 80, "a" * 64),
    ],
)
def test_a_name_becomes_a_key(name: str, key: str):
    assert slug(name) == key


@given(st.text(max_size=100))
def test_any_name_becomes_a_key_that_members_toml_takes(tmp_path_factory: pytest.TempPathFactory, name: str):
    path = tmp_path_factory.mktemp("home") / "members.toml"
    path.write_text(f"[members.{slug(name)}]\n", encoding="utf-8")
    assert list(read_members(path)) == [slug(name)]
