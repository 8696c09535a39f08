"""What a member allows others to be sent: who is somebody else, what holds in which week, and what then goes out."""

from __future__ import annotations

import email
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipelines.coach.installation import MAILED, write_sheets
from pipelines.coach.overview import make_overview
from pipelines.coach.received import read
from pipelines.consent import Consent
from pipelines.delivery import (
    mailed_as,
    queue_overview,
    queue_report,
    recipients_of,
    withdraw_overview,
    without_consent,
)
from pipelines.demo import SIZES, make_member, write_exports
from pipelines.members import Member, read_members
from pipelines.outbox import Outbox
from pipelines.recipients import Coach, Recipient
from pipelines.report import write_files
from pipelines.settings import Settings, load
from tests import coach_samples
from tests.bucket import Bucket
from tests.test_pdf import text_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 16, 5, tzinfo=UTC)
MONDAY = date(2026, 11, 9)
NORA = '[coaches.nora]\nname = "Nora Beispiel"\nsend_to = ["nora@example.org"]\n'
NORA_WITH_PAGES = (
    '[coaches.nora]\nname = "Nora Beispiel"\nsend_to = [{ address = "nora@example.org", format = "html" }]\n'
)
ALLOWED = 'consent = {{ level = "{}", since = "2026-08-31", until = "2026-12-31" }}\n'


def settings(home: Path, text: str) -> Settings:
    home.mkdir(exist_ok=True)
    (home / "members.toml").write_text(text, encoding="utf-8")
    return load({"KONTAKTPULS_HOME": str(home)})


def member(folder: Path, text: str) -> Member:
    (folder / "members.toml").write_text(text, encoding="utf-8")
    return read_members(folder / "members.toml")["ada"]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    made = Bucket()
    made.read(Member("ada"), write_exports(make_member(1, SIZES["small"]), tmp_path_factory.mktemp("exports")))
    return made


@pytest.fixture(scope="module")
def report(bucket: Bucket, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    bucket.report(Member("ada")).write(folder)
    return folder


def third_parties(report: Path) -> list[str]:
    document = json.loads((report / "report.json").read_text("utf-8"))
    names = [person["name"] for person in document["people"]]
    assert names
    return names


def messages(outbox: Outbox) -> dict[str, EmailMessage]:
    found = {}
    for path in outbox.folder.glob("*.eml"):
        parsed = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        found[str(parsed["To"])] = parsed
    return found


def everything(message: EmailMessage) -> str:
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return " ".join([str(message["Subject"]), *(part.decode() for part in parts if isinstance(part, bytes))])


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2026, 8, 31), None, True),
        (date(2026, 11, 15), None, True),
        (date(2026, 11, 16), None, False),
        (date(2026, 8, 31), date(2026, 11, 9), True),
        (date(2026, 8, 31), date(2026, 11, 8), False),
    ],
)
def test_consent_holds_in_weeks_and_not_on_days_of_sending(since: date, until: date | None, holds: bool) -> None:
    consent = Consent("names", since, until)
    assert consent.holds(MONDAY) is holds
    other = Recipient("nora@example.org", own=False, consent=consent)
    assert other.level(MONDAY) == ("names" if holds else None)
    assert Recipient("ada@example.org").level(MONDAY) == "page"
    assert Recipient("nora@example.org", own=False).level(MONDAY) is None


def test_a_coachs_address_is_never_the_members_own(tmp_path: Path) -> None:
    text = '[members.ada]\ncoach = "nora"\nsend_to = ["ada@example.org", "Nora@example.org"]\n'
    ada, nora = member(tmp_path, NORA + text).recipients
    assert (ada.own, nora.own, nora.consent) == (True, False, None)
    _, nora = member(tmp_path, NORA + text + ALLOWED.format("numbers")).recipients
    assert nora.level(MONDAY) == "numbers"
    # Another member's coach is somebody else as well, and the consent is not for them.
    text = text.replace('coach = "nora"', 'coach = "mia"') + ALLOWED.format("page")
    _, nora = member(tmp_path, NORA + text).recipients
    assert (nora.own, nora.level(MONDAY)) == (False, None)


@pytest.mark.parametrize(
    ("coachs", "members"),
    [("nora@müller.example", "nora@xn--mller-kva.example"), ("nora@xn--mller-kva.example", "Nora@MÜLLER.example")],
)
def test_a_coach_is_known_however_the_address_is_written(tmp_path: Path, coachs: str, members: str) -> None:
    text = NORA.replace("nora@example.org", coachs) + f'[members.ada]\ncoach = "nora"\nsend_to = ["{members}"]\n'
    [nora] = member(tmp_path, text).recipients
    assert (nora.own, nora.level(MONDAY)) == (False, None)


def test_anybody_else_is_named_with_the_consent_given_for_them(tmp_path: Path) -> None:
    entry = '{ address = "mia@example.org", consent = { level = "names", since = 2026-08-31 } }'
    ada, mia = member(tmp_path, f'[members.ada]\nsend_to = ["ada@example.org", {entry}]\n').recipients
    assert (ada.own, mia.own, mia.level(MONDAY)) == (True, False, "names")


def test_without_consent_nothing_goes_out_and_one_sentence_says_so(tmp_path: Path, report: Path) -> None:
    text = '[members.ada]\ncoach = "nora"\nsend_to = ["nora@example.org", { address = "ada@example.org", format = "html" }]\n'
    for consent in ("", ALLOWED.format("page").replace("2026-12-31", "2026-11-08")):
        current = settings(tmp_path / "home", NORA + text + consent)
        outbox = Outbox(tmp_path / f"outbox{bool(consent)}")
        recipients = recipients_of(report, current)
        [problem] = without_consent(report, recipients)
        assert str(problem) == (
            "nora@example.org gets nothing about ada: it is none of the member’s own addresses (send_to in members.toml), "
            "and no consent recorded there holds in 2026-W46."
        )
        queue_report(report, outbox, recipients, NOW)
        assert list(messages(outbox)) == ["ada@example.org"]
        # Nor by naming the address by hand.
        by_hand = recipients_of(report, current, "nora@example.org")
        assert queue_report(report, outbox, by_hand, NOW) == []
        assert len(without_consent(report, by_hand)) == 1


def test_the_coach_named_by_hand_gets_what_the_member_allows_and_no_other_coach_does(
    tmp_path: Path, report: Path
) -> None:
    coaches = NORA + NORA.replace("nora", "mia")
    current = settings(tmp_path / "home", coaches + '[members.ada]\ncoach = "nora"\n' + ALLOWED.format("names")
                       + '[members.bob]\ncoach = "mia"\n')  # fmt: skip
    [nora] = recipients_of(report, current, "NORA@example.org")
    [mia] = recipients_of(report, current, "mia@example.org")
    assert (nora.level(MONDAY), mia.level(MONDAY)) == ("names", None)


def test_a_stranger_gets_nothing_of_a_member_whom_members_toml_knows(tmp_path: Path, report: Path) -> None:
    known = settings(tmp_path / "home", '[members.ada]\nsend_to = ["ada@example.org"]\n')
    by_hand = recipients_of(report, known, "fremd@example.org")
    assert [str(problem).partition(":")[0] for problem in without_consent(report, by_hand)] == [
        "fremd@example.org gets nothing about ada"
    ]
    assert queue_report(report, Outbox(tmp_path / "outbox"), by_hand, NOW) == []
    assert not without_consent(report, recipients_of(report, known, "Ada@example.org"))
    # Who made a report without members.toml sends it to whom they like.
    unknown = settings(tmp_path / "empty", "")
    assert not without_consent(report, recipients_of(report, unknown, "fremd@example.org"))


@pytest.mark.parametrize("level", ["numbers", "names", "page"])
def test_each_level_gets_what_it_allows(tmp_path: Path, report: Path, level: str) -> None:
    outbox = Outbox(tmp_path / "outbox")
    other = Recipient("nora@example.org", "html", own=False, consent=Consent(level, date(2026, 8, 31)))
    queue_report(report, outbox, [other, Recipient("ada@example.org", "html")], NOW)
    found = messages(outbox)
    assert sorted(found) == ["ada@example.org", "nora@example.org"]
    to_coach = everything(found["nora@example.org"])
    [attached] = found["nora@example.org"].iter_attachments()
    kind = "" if level == "page" else "gespraech-"
    assert attached.get_filename() == f"kontaktpuls-2026-W46-{kind}ada.html"
    named = [name for name in third_parties(report) if name in to_coach]
    assert bool(named) is (level != "numbers")
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert (content == (report / "report.html").read_bytes()) is (level == "page")
    letter = everything_written(found["nora@example.org"])
    # Whoever gets the page gets it as the member does; what is written to them speaks about the member.
    spoken = re.sub(r"(?s)<style>.*?</style>", "", letter if level == "page" else to_coach)
    assert not re.search(r"\b(Ihnen|Ihre?[mnrs]?|Guten Tag)\b", spoken)
    assert str(attached.get_filename()) in letter
    assert ("Die ganze Seite, wie Ada Beispiel-Köhler sie liest, ist angehängt:" in letter) is (level == "page")
    assert "Ada Beispiel-Köhler" in to_coach
    assert third_parties(report)[0] in everything(found["ada@example.org"])


def test_others_can_stop_their_mails_like_the_member(tmp_path: Path, bucket: Bucket) -> None:
    made = bucket.report(Member("ada"), "post@example.org", "https://example.org/stop")
    made.write(tmp_path / "report")
    outbox = Outbox(tmp_path / "outbox")
    other = Recipient("nora@example.org", "html", own=False, consent=Consent("numbers", date(2026, 8, 31)))
    [entry] = queue_report(tmp_path / "report", outbox, [other], NOW)
    [message] = messages(outbox).values()
    assert message["From"] == "Kontaktpuls <post@example.org>"
    assert message["List-Unsubscribe"].startswith(
        f"<https://example.org/stop?id={entry.stop_id}>, <mailto:post@example.org"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_waits_is_taken_back_when_the_consent_is(tmp_path: Path, report: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    consent = Consent("page", date(2026, 8, 31))
    for other, waiting in (
        (Recipient("nora@example.org", "html", own=False, consent=consent), ["nora@example.org"]),
        (Recipient("nora@example.org", "html", own=False), []),
    ):
        queue_report(report, outbox, [other], NOW)
        assert [entry.recipient for entry in outbox.entries()] == waiting
        assert list(messages(outbox)) == waiting


def overview(folder: Path, report: Path) -> Path:
    read_in = [read((report / "report.json").read_bytes(), "report.json")]
    made = make_overview(read_in, "de", sheets=False, attachment=mailed_as("nora", "2026-W46"))
    write_files(folder, made.files)
    return folder


def test_the_overview_goes_to_each_address_of_the_coach_and_can_be_taken_back(tmp_path: Path, report: Path) -> None:
    outbox, folder = Outbox(tmp_path / "outbox"), overview(tmp_path / "mailed", report)
    coach = Coach(
        "ada", "Nora", recipients=(Recipient("nora@example.org", "html"), Recipient("nora@example.com", "html"))
    )
    for recipient in coach.recipients:
        queue_overview(folder, outbox, coach, "2026-W46", recipient, NOW)
    # A member of the coach's key is somebody else.
    queue_report(report, outbox, [Recipient("nora@example.org", "html")], NOW)
    assert sorted(entry.recipient for entry in outbox.entries()) == [
        "nora@example.com",
        "nora@example.org",
        "nora@example.org",
    ]
    withdraw_overview(outbox, coach, "2026-W46")
    assert [(entry.recipient, entry.kind) for entry in outbox.entries()] == [("nora@example.org", "report")]


def test_the_overview_of_a_run_is_of_one_week_whoever_may_be_shown_in_it(tmp_path: Path) -> None:
    current = settings(tmp_path / "home", NORA_WITH_PAGES + '[members.ada]\ncoach = "nora"\n' + ALLOWED.format("numbers")
                       + '[members.bob]\ncoach = "nora"\n')  # fmt: skip
    weeks = {"ada": "2026-W46", "bob": "2026-W47"}
    for number, (key, week) in enumerate(weeks.items()):
        [path] = coach_samples.write(tmp_path, coach_samples.document(key, key, MONDAY + timedelta(weeks=number)))
        write_files(current.reports / key / week, {"report.json": path.read_bytes()})
    folder, _ = write_sheets(current, "nora", weeks)
    assert folder is not None
    outbox = Outbox(tmp_path / "outbox")
    nora = current.members["ada"].coached_by
    assert nora is not None
    queue_overview(folder / MAILED, outbox, nora, max(weeks.values()), nora.recipients[0], NOW)
    [message] = messages(outbox).values()
    [attached] = message.iter_attachments()
    assert attached.get_filename() == "kontaktpuls-2026-W47-overview-nora.html"
    assert "kontaktpuls-2026-W47-overview-nora.html" in everything_written(message)
    for text in (attached.get_content(), (folder / "overview.html").read_text("utf-8"), everything_written(message)):
        assert "16.–22. November 2026" in text
        assert "Zahlen der KW 46." in " ".join(text.split())
    assert "KW 47" in str(message["Subject"])


@pytest.mark.slow
def test_the_overview_can_be_a_closed_pdf(tmp_path: Path, report: Path) -> None:
    outbox, folder = Outbox(tmp_path / "outbox"), overview(tmp_path / "mailed", report)
    recipient = Recipient("nora@example.org", "pdf", "SECRET", "Streng-Geheim-4711")
    queue_overview(folder, outbox, Coach("nora", recipients=(recipient,)), "2026-W46", recipient, NOW)
    [message] = messages(outbox).values()
    [attached] = message.iter_attachments()
    assert attached.get_filename() == "kontaktpuls-2026-W46-overview-nora.pdf"
    # What the password closes is not told in the open.
    assert message["Subject"] == "KW 46"
    assert "ada" not in everything_written(message).lower()
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(content))


def everything_written(message: EmailMessage) -> str:
    written = message.get_body(("plain",))
    assert written is not None
    return written.get_content()


@pytest.mark.slow
@pytest.mark.parametrize("level", ["numbers", "names"])
def test_the_pdf_holds_no_more_than_the_level_allows(tmp_path: Path, report: Path, level: str) -> None:
    outbox = Outbox(tmp_path / "outbox")
    consent = Consent(level, date(2026, 8, 31))
    queue_report(report, outbox, [Recipient("nora@example.org", "pdf", own=False, consent=consent)], NOW)
    [message] = messages(outbox).values()
    [attached] = message.iter_attachments()
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert attached.get_filename() == "kontaktpuls-2026-W46-gespraech-ada.pdf"
    text = " ".join(text_of(content).split())
    assert "Seite 1 von 1" in text
    assert bool([name for name in third_parties(report) if name in text]) is (level == "names")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_tells_the_member_who_gets_what(tmp_path: Path, bucket: Bucket, language: str) -> None:
    text = (
        f'[members.ada]\nlanguage = "{language}"\ncoach = "nora"\nsend_to = ["nora@example.org", "ada@example.org", '
        '{ address = "mia@example.org", consent = { level = "numbers", since = 2026-08-31, until = 2026-11-01 } }]\n'
    )
    made = bucket.report(member(tmp_path, NORA + text + ALLOWED.format("names")))
    page = made.html.decode().replace("\u00a0", " ")
    lines = {
        "de": (
            "Wer diese Seite bekommt",
            "ada@example.org: diese Seite.",
            "nora@example.org: Ihre Zahlen und die Namen von Personen, bei denen Sie sich melden könnten, bis 31. Dezember 2026.",
            "mia@example.org: nichts, weil für diese Woche keine Einwilligung von Ihnen vorliegt.",
            "Nora Beispiel: jede Woche eine Zeile mit Ihren Zahlen, in einem Überblick über mehrere Personen, bis 31. Dezember 2026.",
            "Wer diese Installation betreibt (Nora Beispiel), kann die Dateien darin öffnen.",
        ),
        "en": (
            "Who gets this page",
            "ada@example.org: this page.",
            "nora@example.org: your numbers, and the names of people whom you could get back to, until 31 December 2026.",
            "mia@example.org: nothing, because you have not consented for this week.",
        ),
    }[language]
    assert [line for line in lines if line not in page] == []
    # The mail is addressed to the member, not to whoever stands first.
    assert b"To: ada@example.org" in made.mail


def test_others_who_get_the_page_do_not_learn_of_each_other(tmp_path: Path, bucket: Bucket) -> None:
    text = (
        '[members.ada]\nsend_to = [{ address = "ada@example.org", format = "html" }, '
        '{ address = "mia@example.org", format = "html", consent = { level = "page", since = 2026-08-31 } }, '
        '{ address = "uwe@example.org", format = "html", consent = { level = "page", since = 2026-08-31 } }]\n'
    )
    ada = member(tmp_path, text)
    made = bucket.report(ada)
    made.write(tmp_path / "report")
    outbox = Outbox(tmp_path / "outbox")
    queue_report(tmp_path / "report", outbox, ada.recipients, NOW)
    found = {address: everything(message) for address, message in messages(outbox).items()}
    assert "mia@example.org: diese Seite." in found["ada@example.org"]
    assert "@example.org: " not in found["mia@example.org"] + found["uwe@example.org"]
    assert "</footer>" in found["mia@example.org"]


def test_a_report_that_goes_to_nobody_speaks_of_nobody(bucket: Bucket) -> None:
    made = bucket.report(Member("ada"))
    assert "Wer diese Seite bekommt" not in made.html.decode()
