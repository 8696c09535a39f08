"""A quiet report: one step, no week beside another, nothing counted that was not done; and how a mail addresses its reader."""

from __future__ import annotations

import email
import html
import re
from dataclasses import replace
from email import policy
from typing import TYPE_CHECKING

import pytest

from pipelines.demo import SIZES, make_member, write_exports
from pipelines.members import Member
from tests.bucket import Bucket

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.report import Report

WEEK = "2026-W46"
# A week of vacation: the member wrote nothing and was not visible.
AWAY = "2026-W32"
WEEKS = (WEEK, "2026-W44", AWAY)
ADA = Member("ada", "Ada Beispiel-Köhler", language="de")
HARDLY = replace(ADA, key="hardly", week=WEEK)
NOT_DONE = re.compile(
    r"\b(kein|keine|keinen|nichts|null|weniger|unbeantwortet|noch offen|üblich|meist \d|als in der Vorwoche)\b"
)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    """The same exports in three weeks, and hardly any."""
    made = Bucket()
    exports = write_exports(make_member(1, SIZES["small"], name=ADA.name), tmp_path_factory.mktemp("exports"))
    for week in WEEKS:
        made.read(in_week(week), exports)
    made.read(HARDLY, [hardly_anything(tmp_path_factory.mktemp("hardly"))])
    return made


def in_week(week: str) -> Member:
    return replace(ADA, key=f"ada-{week}", week=week)


def hardly_anything(inbox: Path) -> Path:
    """Forty contacts, three of them in the last half year, and one message from long ago."""
    folder = inbox / "Basic_LinkedInDataExport_11-20-2026"
    folder.mkdir()
    days = ["05 Jul 2026", "05 Aug 2026", "12 Sep 2026", *["02 Mar 2015"] * 37]
    lines = [f"Person,Nr{number},https://www.linkedin.com/in/p{number},,,,{day}" for number, day in enumerate(days)]
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    (folder / "Connections.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    (folder / "messages.csv").write_text(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
        "1,,Person Nr5,https://www.linkedin.com/in/p5,Ada Beispiel-Köhler,https://www.linkedin.com/in/ada,"
        "2026-05-04 10:00:00 UTC,,Alles Gute,INBOX\n",
        encoding="utf-8",
    )
    return folder


def said(page: str) -> str:
    """The words of the page up to its sources, which do say what is missing; definitions and drawings aside."""
    body = page[page.index("<main") : page.index("</main>")]
    return html.unescape(re.sub(r"<svg.*?</svg>|<details>.*?</details>|<[^>]+>", " ", body, flags=re.DOTALL))


def mail(made: Report) -> tuple[str, str]:
    message = email.message_from_bytes(made.mail, policy=policy.SMTP)
    return tuple(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


def steps_on(page: str) -> int:
    found = re.search(r'<ol class="steps.*?</ol>', page, re.DOTALL)
    return found[0].count("<li>") if found else 0


@pytest.mark.parametrize("week", WEEKS)
def test_names_one_step_and_counts_nothing_that_was_not_done(bucket: Bucket, week: str) -> None:
    usual = bucket.report(in_week(week))
    quiet = bucket.report(replace(in_week(week), quiet=True))
    assert steps_on(usual.html.decode()) > 1
    assert NOT_DONE.search(said(usual.html.decode()))
    assert steps_on(quiet.html.decode()) == 1
    assert NOT_DONE.findall(said(quiet.html.decode())) == []
    for part in mail(quiet):
        assert NOT_DONE.findall(html.unescape(part).partition("gelesen")[0]) == []


def test_a_week_without_anything_is_told_without_a_zero(bucket: Bucket) -> None:
    quiet = bucket.report(replace(in_week(AWAY), quiet=True))
    assert "<h1>Eine ruhige Woche</h1>" in quiet.html.decode()
    assert 'class="value' not in quiet.html.decode()
    plain, _ = mail(quiet)
    assert not re.search(r": 0$", plain, re.MULTILINE)


def test_numbers_of_a_quiet_member_are_those_of_everybody(bucket: Bucket) -> None:
    usual, quiet = (bucket.report(replace(in_week(WEEK), quiet=tone)).json for tone in (False, True))
    assert re.sub(rb'"sentence": "[^"]*"', b"", usual) == re.sub(rb'"sentence": "[^"]*"', b"", quiet)


@pytest.mark.parametrize("salutation", [None, "Frau Beispiel-Köhler"])
def test_the_mail_addresses_the_member_as_asked_and_the_page_by_name(bucket: Bucket, salutation: str | None) -> None:
    made = bucket.report(replace(in_week(WEEK), salutation=salutation))
    for part in mail(made):
        assert f"Guten Tag, {salutation or ADA.name}." in part
    assert f"<p>{ADA.name}</p>" in made.html.decode()
    assert "Frau Beispiel-Köhler" not in made.html.decode()


def test_a_week_without_anything_tells_what_is_usual_and_one_step(bucket: Bucket) -> None:
    made = bucket.report(HARDLY)
    for part in mail(made):
        flat = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())
        assert "Eine ruhige Woche" in flat
        assert "In einer üblichen Woche: höchstens ein neuer Kontakt." in flat
        assert "Ein Gruß genügt" in flat
        assert "geschrieben, keine erhalten" not in flat
