"""A mark on everything that is one member's stands in that member's outputs, as far as the level allows, and in nobody else's."""

from __future__ import annotations

import email
import json
import re
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from pipelines.coach.overview import MAIL, OVERVIEW, make_mail_about, make_overview, make_sheet
from pipelines.coach.received import read
from pipelines.members import Member
from pipelines.pdf import make_pdf
from pipelines.report import Report, make_reports
from tests.scenario import MODELS, Scenario
from tests.test_pdf import text_of

if TYPE_CHECKING:
    from pipelines.coach.received import Received

WEEK = "2026-W46"
KEYS = ("ada", "bela", "cem")


def mark(key: str) -> str:
    """What stands in the name of everybody and everything that only this member knows."""
    return f"{key.title()}zeichen"


def own(key: str) -> str:
    return f"{key.title()} Mitglied{key}"


def told(scenario: Scenario, key: str) -> None:
    member = scenario.member(key, name=own(key)).started("2026-08-03")
    member.session("2026-10-12", f"Mit {mark(key)} sprechen").target("company", f"{mark(key)} GmbH")
    member.goal("messages_sent", 1, "2026-08-03", "2026-11-29")
    export = member.linkedin("2026-11-20", owner=own(key))
    for number in range(30):
        name = f"{'ABCDEFGHIJ'[number % 10]}nna{'xyz'[number // 10]} {mark(key)}"
        export.connection(name, f"2026-{number % 10 + 1:02}-10", company=f"{mark(key)} GmbH", position="Recruiter")
        export.message(f"2024-0{number % 9 + 1}-1{number % 9} 09:00", name, "out")
        export.message(f"2024-0{number % 9 + 1}-1{number % 9} 10:00", name, "in")
    xing = member.xing("2026-11-20", owner=own(key))
    for number in "12":
        xing.contact(f"Annax {mark(key)}", f"2020-01-0{number} 10:00")
    export.message("2026-11-10 09:00", f"Zoe {mark(key)}", "in", asks=True)
    export.message("2026-11-11 09:00", f"Annax {mark(key)}", "out")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    scenario = Scenario()
    for key in KEYS:
        told(scenario, key)
    connection = scenario.database()
    members = [Member(key, name=own(key), coach="nora") for key in KEYS]
    return {made.member: made for made in make_reports(connection, MODELS, members, "post@example.org")}


@pytest.fixture(scope="module")
def received(reports: dict[str, Report]) -> list[Received]:
    return [read(report.json, f"{key}.json") for key, report in reports.items()]


def said(mail: bytes) -> str:
    message = email.message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return str(message["Subject"]) + "".join(p.get_content() for p in message.walk() if not p.is_multipart())


def marks_in(text: str) -> set[str]:
    return {key for key in KEYS if mark(key) in text}


def members_in(text: str) -> set[str]:
    return {key for key in KEYS if own(key) in text}


@pytest.mark.parametrize("key", KEYS)
def test_page_json_and_mail_of_a_member_know_that_member_alone(reports: dict[str, Report], key: str) -> None:
    report = reports[key]
    [ambiguous] = json.loads(report.json)["details"]["ambiguous_names"]
    assert f"bleiben getrennt: {ambiguous['name']}." in report.html.decode()
    for text in (report.html.decode(), report.json.decode()):
        assert marks_in(text) == {key}
        assert members_in(text) == {key}
    assert marks_in(said(report.mail)) <= {key}
    assert members_in(said(report.mail)) == {key}


@pytest.mark.slow
def test_the_pdf_of_a_member_knows_that_member_alone(reports: dict[str, Report]) -> None:
    text = re.sub(r"\s+", " ", text_of(make_pdf(reports["ada"].html.decode(), week=WEEK, language="de")))
    assert marks_in(text) == {"ada"}
    assert members_in(text) == {"ada"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_overview_names_its_members_and_no_third_party(received: list[Received], language: str) -> None:
    made = make_overview(received[:2], language, named={"ada", "bela"})
    for text in (made.files[OVERVIEW].decode(), said(made.files[MAIL])):
        assert members_in(text) == {"ada", "bela"}
        assert marks_in(text) == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_sheet_names_third_parties_of_its_member_and_only_where_that_is_allowed(
    received: list[Received], language: str
) -> None:
    made = make_overview(received, language, named={"ada"})
    sheets = {key: made.files[f"gespraech-{key}.html"].decode() for key in KEYS}
    assert {key: members_in(text) for key, text in sheets.items()} == {key: {key} for key in KEYS}
    assert {key: marks_in(text) for key, text in sheets.items()} == {"ada": {"ada"}, "bela": set(), "cem": set()}


@pytest.mark.parametrize("names", [True, False])
def test_the_mail_about_one_member_names_third_parties_only_in_the_sheet(received: list[Received], names: bool) -> None:
    sheet = make_sheet(received[0], "de", names=names)
    mail = make_mail_about(received[0], "de", "vorlage.html", page=False)
    assert marks_in(sheet.decode()) == ({"ada"} if names else set())
    assert marks_in(said(mail)) == set()
    assert members_in(sheet.decode()) == members_in(said(mail)) == {"ada"}


@pytest.mark.slow
@pytest.mark.parametrize("names", [True, False])
def test_the_pdf_of_a_sheet_is_one_page_and_names_no_more_than_the_sheet(received: list[Received], names: bool) -> None:
    sheet = make_sheet(received[0], "de", names=names)
    text = re.sub(r"\s+", " ", text_of(make_pdf(sheet.decode(), week=WEEK, language="de")))
    assert marks_in(text) == ({"ada"} if names else set())
    assert text.count("Seite 1 von 1") == 1
