"""A report reaches each reader once: against a real SMTP server on loopback that can be made to fail at every step."""

from __future__ import annotations

import asyncio
import base64
import email
import io
import json
import os
import ssl
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from pipelines.delivery import queue_report, recipients_of, send_report
from pipelines.message import address, attach, message_id, recipient_copy, sent_by, to_bytes
from pipelines.outbox import Deferred, Outbox
from pipelines.problem import Problem
from pipelines.recipients import Recipient
from pipelines.settings import Smtp, load
from pipelines.smtp import SmtpTransport

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=ZoneInfo("Europe/Berlin"))
WEEK = "2026-W46"
ADA, COACH = "ada@example.org", "coach@example.org"
PAGE = "<!doctype html>\n<p>Zwölf neue Kontakte</p>\r\n.\n" + "ü" * 4000 + "\n"


class Mailbox(Controller):
    """A mail server; `answers` maps a step (MAIL, RCPT, DATA, LOST, SLOW) to what it says there."""

    def __init__(self, **options) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.answers: dict[str, str] = {}
        self.logins: list[tuple[str, str]] = []
        self.connections = 0
        self.arrived, self.release = threading.Event(), threading.Event()
        super().__init__(self, hostname="127.0.0.1", port=0, **options)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, sender, options):  # noqa: N802
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, recipient, options):  # noqa: N802
        if answer := self.answers.get(f"RCPT {recipient}", self.answers.get("RCPT")):
            return answer
        envelope.rcpt_tos.append(recipient)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if answer := self.answers.get("DATA"):
            return answer
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if "LOST" in self.answers:
            server.transport.abort()
        if "SLOW" in self.answers:
            self.arrived.set()
            while not self.release.is_set():
                await asyncio.sleep(0.01)
        return "250 kept"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        self.logins.append((mechanism, data.login.decode()))
        return AuthResult(success=data.password == b"richtig", handled=False)

    def smtp(self, **changes) -> Smtp:
        return Smtp(
            **{"host": "127.0.0.1", "port": self.port, "sender": "bericht@example.org", "tls": "none"} | changes
        )

    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(content, policy=policy.default) for _, _, content in self.mails]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc_info) -> None:
        self.release.set()
        self.stop()


@pytest.fixture
def mailbox():
    with Mailbox() as server:
        yield server


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    return Outbox(tmp_path / "home" / "outbox")


@pytest.fixture
def report(tmp_path) -> Path:
    return write_report(tmp_path / "report")


def a_message(subject: str = "KW 46: zwölf neue Kontakte", to: str | None = ADA) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Kontaktpuls für Ada <kontaktpuls@localhost>"
    if to:
        message["To"] = to
    message["Date"] = "Mon, 16 Nov 2026 06:00:00 +0100"
    message["Message-ID"] = "<bericht@localhost>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Zwölf neue Kontakte.\n", cte="quoted-printable")
    message.add_alternative("<p>Zwölf neue Kontakte.</p>\n", subtype="html", cte="quoted-printable")
    message.set_boundary("=_alternative")
    message["Content-Language"] = "de"
    return message


def write_report(folder: Path, **message) -> Path:
    folder.mkdir(parents=True)
    (folder / "mail.eml").write_bytes(a_message(**message).as_bytes())
    (folder / "report.json").write_text(json.dumps({"version": 1, "member": "ada", "week": WEEK}), encoding="utf-8")
    (folder / "report.html").write_bytes(PAGE.encode())
    return folder


def state_files(outbox: Outbox) -> list[dict]:
    return [json.loads(path.read_bytes()) for path in sorted(outbox.folder.glob("*.json"))]


def test_the_mail_arrives_with_the_page_attached(mailbox, outbox, report):
    [outcome] = send_report(report, outbox, [], SmtpTransport(mailbox.smtp()), NOW)

    assert (outcome.recipient, outcome.state) == (ADA, "sent")
    assert str(outcome) == "The report of 2026-W46 was sent to ada@example.org."
    [(sender, recipients, content)] = mailbox.mails
    assert (sender, recipients) == ("bericht@example.org", [ADA])
    [message] = mailbox.messages()
    assert message.get_content_type() == "multipart/mixed"
    assert message["Subject"] == "KW 46: zwölf neue Kontakte"
    assert message["From"] == "Kontaktpuls für Ada <bericht@example.org>"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == message_id("ada", WEEK, ADA, "report")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert message.get_body(("plain",)).get_content() == "Zwölf neue Kontakte.\r\n"
    assert message.get_body(("html",)).get_content() == "<p>Zwölf neue Kontakte.</p>\r\n"
    [page] = message.iter_attachments()
    assert page.get_filename() == "kontaktpuls-2026-W46.pdf"
    assert page.get_content_type() == "application/pdf"
    assert page.get_payload(decode=True).startswith(b"%PDF-1.7")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert content.isascii()
    assert not message.defects


def test_each_recipient_gets_an_own_message_that_names_nobody_else(mailbox, outbox, report):
    outcomes = send_report(report, outbox, [ADA, COACH, "ADA@example.org"], SmtpTransport(mailbox.smtp()), NOW)

    assert [o.state for o in outcomes] == ["sent", "sent"]
    assert [recipients for _, recipients, _ in mailbox.mails] == [["ADA@example.org"], [COACH]]
    for recipient, (_, _, content) in zip(("ADA@example.org", COACH), mailbox.mails, strict=True):
        other = COACH if recipient != COACH else ADA
        assert other.encode() not in content.lower().replace(b"bericht@example.org", b"")
    assert len({m["Message-ID"] for m in mailbox.messages()}) == 2
    assert mailbox.connections == 1


def test_the_same_report_never_goes_out_twice(mailbox, outbox, report):
    transport = SmtpTransport(mailbox.smtp())
    send_report(report, outbox, [], transport, NOW)
    (report / "mail.eml").write_bytes(a_message(subject="KW 46: anders").as_bytes())

    [outcome] = send_report(report, outbox, [], transport, NOW + timedelta(days=1))

    assert outcome.state == "sent"
    assert "on 2026-11-23 06:00 already" in str(outcome)
    assert len(mailbox.mails) == 1
    assert outbox.deliver(transport, NOW + timedelta(days=30)) == []
    assert len(mailbox.mails) == 1


def test_again_sends_once_more_under_the_same_message_id(mailbox, outbox, report):
    transport = SmtpTransport(mailbox.smtp())
    send_report(report, outbox, [], transport, NOW)
    send_report(report, outbox, [], transport, NOW, again=True)

    first, second = mailbox.messages()
    assert first["Message-ID"] == second["Message-ID"]
    send_report(report, outbox, [], transport, NOW)
    assert len(mailbox.mails) == 2


def test_without_a_server_the_message_waits_on_disk(mailbox, outbox, report):
    [outcome] = send_report(report, outbox, [], None, NOW)

    assert outcome.state == "waiting"
    assert str(outbox.folder) in str(outcome)
    [entry] = state_files(outbox)
    assert (entry["state"], entry["attempts"], entry["recipient"]) == ("waiting", 0, ADA)
    (report / "mail.eml").write_bytes(a_message(subject="KW 46: neuer").as_bytes())
    send_report(report, outbox, [], None, NOW + timedelta(hours=1))
    assert len(state_files(outbox)) == 1

    [outcome] = outbox.deliver(SmtpTransport(mailbox.smtp()), NOW + timedelta(hours=2))

    assert outcome.state == "sent"
    [message] = mailbox.messages()
    assert message["Subject"] == "KW 46: neuer"
    assert message["Date"].datetime == NOW + timedelta(hours=1)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_temporary_refusal_is_tried_again_at_growing_intervals(mailbox, outbox, report, step):
    mailbox.answers[step] = "451 4.3.0 try again later"
    transport = SmtpTransport(mailbox.smtp())
    [outcome] = send_report(report, outbox, [], transport, NOW)
    assert outcome.state == "waiting"
    assert "451 4.3.0 try again later" in str(outcome)
    assert "2026-11-23 06:05" in str(outcome)

    now = NOW
    for attempt, minutes in enumerate((5, 15, 60, 180, 180), start=1):
        outbox.deliver(transport, now + timedelta(minutes=minutes) - timedelta(seconds=1))
        assert state_files(outbox)[0]["attempts"] == attempt
        now += timedelta(minutes=minutes)
        outbox.deliver(transport, now)
    mailbox.answers.clear()
    [outcome] = outbox.deliver(transport, now + timedelta(minutes=180))
    assert outcome.state == "sent"
    assert len(mailbox.mails) == 1


def test_again_does_not_wait_for_the_next_try(mailbox, outbox, report):
    mailbox.answers["RCPT"] = "451 4.3.0 try again later"
    transport = SmtpTransport(mailbox.smtp())
    send_report(report, outbox, [], transport, NOW)
    mailbox.answers.clear()
    assert send_report(report, outbox, [], transport, NOW)[0].state == "waiting"
    assert send_report(report, outbox, [], transport, NOW, again=True)[0].state == "sent"


def test_an_unreachable_server_is_asked_once_and_everything_waits(mailbox, outbox, report):
    with Mailbox() as stopped:
        smtp = stopped.smtp()
    outcomes = send_report(report, outbox, [ADA, COACH], SmtpTransport(smtp), NOW)

    assert [o.state for o in outcomes] == ["waiting", "waiting"]
    assert sorted(entry["attempts"] for entry in state_files(outbox)) == [0, 1]
    later = outbox.deliver(SmtpTransport(mailbox.smtp()), NOW + timedelta(minutes=5))
    assert [o.state for o in later] == ["sent", "sent"]


def test_a_refused_recipient_is_never_tried_again_and_others_still_get_theirs(mailbox, outbox, report):
    mailbox.answers[f"RCPT {ADA}"] = "550 5.1.1 no such user"
    transport = SmtpTransport(mailbox.smtp())
    refused, sent = send_report(report, outbox, [ADA, COACH], transport, NOW)

    assert (refused.state, sent.state) == ("refused", "sent")
    assert "550 5.1.1 no such user" in str(refused)
    assert [recipients for _, recipients, _ in mailbox.mails] == [[COACH]]
    mailbox.answers.clear()
    outbox.deliver(transport, NOW + timedelta(days=10))
    assert send_report(report, outbox, [ADA], transport, NOW + timedelta(days=10))[0].state == "refused"
    assert len(mailbox.mails) == 1
    assert send_report(report, outbox, [ADA], transport, NOW, again=True)[0].state == "sent"


def test_a_refused_sender_is_a_setting_and_not_the_recipients_fault(mailbox, outbox, report):
    mailbox.answers["MAIL"] = "550 5.7.1 not your address"
    with pytest.raises(Problem, match=r"KONTAKTPULS_SMTP_FROM"):
        send_report(report, outbox, [], SmtpTransport(mailbox.smtp()), NOW)
    mailbox.answers.clear()
    assert send_report(report, outbox, [], SmtpTransport(mailbox.smtp()), NOW)[0].state == "sent"


def test_a_lost_confirmation_is_unknown_and_nothing_goes_out_by_itself(mailbox, outbox, report):
    mailbox.answers["LOST"] = ""
    transport = SmtpTransport(mailbox.smtp())
    [outcome] = send_report(report, outbox, [], transport, NOW)

    assert outcome.state == "unknown"
    mailbox.answers.clear()
    outbox.deliver(transport, NOW + timedelta(days=1))
    assert send_report(report, outbox, [], transport, NOW)[0].state == "unknown"
    assert len(mailbox.mails) == 1
    assert send_report(report, outbox, [], transport, NOW, again=True)[0].state == "sent"
    assert len(mailbox.mails) == 2


SENDER_THAT_DIES = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pipelines.outbox import Outbox
from pipelines.settings import Smtp
from pipelines.smtp import SmtpTransport
smtp = Smtp("127.0.0.1", int(sys.argv[2]), sender="bericht@example.org", tls="none")
Outbox(Path(sys.argv[1])).deliver(SmtpTransport(smtp), datetime.now(UTC))
"""


def test_a_message_whose_sender_was_killed_is_unknown(mailbox, outbox, report):
    queue_report(report, outbox, [], NOW)
    mailbox.answers["SLOW"] = ""
    process = subprocess.Popen([sys.executable, "-c", SENDER_THAT_DIES, outbox.folder, str(mailbox.port)])
    assert mailbox.arrived.wait(30)
    assert state_files(outbox)[0]["state"] == "sending"
    process.kill()
    process.wait()
    mailbox.release.set()
    mailbox.answers.clear()

    transport = SmtpTransport(mailbox.smtp())
    [outcome] = outbox.deliver(transport, NOW)

    assert outcome.state == "unknown"
    assert "--again" in str(outcome)
    outbox.deliver(transport, NOW + timedelta(days=1))
    assert len(mailbox.mails) == 1
    assert send_report(report, outbox, [], transport, NOW, again=True)[0].state == "sent"


def test_a_second_sender_waits_and_finds_the_message_sent(mailbox, outbox, report):
    queue_report(report, outbox, [], NOW)
    mailbox.answers["SLOW"] = ""
    first = threading.Thread(target=outbox.deliver, args=(SmtpTransport(mailbox.smtp()), NOW))
    first.start()
    assert mailbox.arrived.wait(30)

    hasty = Outbox(outbox.folder, patience=0.05)
    [outcome] = hasty.deliver(SmtpTransport(mailbox.smtp()), NOW)
    assert outcome.state == "sending"
    assert "another run" in str(outcome)
    with pytest.raises(Problem, match="Another run"):
        queue_report(report, hasty, [], NOW)
    found = []
    second = threading.Thread(target=lambda: found.extend(outbox.deliver(SmtpTransport(mailbox.smtp()), NOW)))
    second.start()
    mailbox.release.set()
    first.join()
    second.join()

    assert [o.state for o in found] == ["sent"]
    assert len(mailbox.mails) == 1


def test_many_senders_send_each_message_once(mailbox, outbox):
    for number in range(12):
        outbox.add(a_message(), member=f"m{number}", week=WEEK, recipient=ADA, now=NOW)
    senders = [threading.Thread(target=outbox.deliver, args=(SmtpTransport(mailbox.smtp()), NOW)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(mailbox.mails) == len({m["Message-ID"] for m in mailbox.messages()}) == 12


def test_sending_is_on_disk_before_the_network_is_touched(outbox, report):
    seen = []

    class Watching:
        sender = "bericht@example.org"

        def __enter__(self):
            return self

        def __exit__(self, *exc_info):
            pass

        def send(self, message, sender, recipient):
            seen.extend(entry["state"] for entry in state_files(outbox))
            raise Deferred("451 later")

    send_report(report, outbox, [], Watching(), NOW)
    assert seen == ["sending"]


def test_what_went_out_is_remembered_without_its_content_and_can_go_out_again(mailbox, outbox, report):
    transport = SmtpTransport(mailbox.smtp())
    queue_report(report, outbox, [ADA], NOW)
    assert len(list(outbox.folder.glob("*.eml"))) == 1
    for again in (False, True):
        [outcome] = send_report(report, outbox, [ADA], transport, NOW, again=again)
        assert outcome.state == "sent"
        assert {path.suffix for path in outbox.folder.iterdir()} == {".json", ""}
    assert len(mailbox.mails) == 2


@pytest.fixture
def authority(tmp_path, monkeypatch) -> trustme.CA:
    """A certificate authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def server_tls(authority: trustme.CA, host: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    return context


def encrypted(context: ssl.SSLContext) -> Mailbox:
    server = Mailbox(tls_context=context, require_starttls=True, auth_required=True)
    server.SMTP_kwargs["authenticator"] = server.authenticate
    return server


def test_mail_is_encrypted_and_the_password_only_said_inside(authority, outbox, report):
    with encrypted(server_tls(authority)) as server:
        smtp = server.smtp(tls="starttls", user="ada", password="richtig")
        assert send_report(report, outbox, [], SmtpTransport(smtp), NOW)[0].state == "sent"
        assert server.logins == [("PLAIN", "ada")]


def test_encryption_from_the_first_byte(authority, outbox, report):
    with Mailbox(ssl_context=server_tls(authority)) as server:
        smtp = server.smtp(tls="implicit")
        assert send_report(report, outbox, [], SmtpTransport(smtp), NOW)[0].state == "sent"


def test_a_wrong_password_is_tried_once_and_stops_the_run(authority, outbox, report):
    with encrypted(server_tls(authority)) as server:
        smtp = server.smtp(tls="starttls", user="ada", password="falsch")
        with pytest.raises(Problem, match=r"refuses the login: 535 .*KONTAKTPULS_SMTP_PASSWORD"):
            send_report(report, outbox, [ADA, COACH], SmtpTransport(smtp), NOW)

        assert len(server.logins) == 1
        assert [(e["state"], e["attempts"]) for e in state_files(outbox)] == [("waiting", 0)] * 2
        right = SmtpTransport(server.smtp(tls="starttls", user="ada", password="richtig"))
        assert [o.state for o in outbox.deliver(right, NOW)] == ["sent", "sent"]


def test_a_missing_login_is_a_setting(authority, outbox, report):
    with (
        encrypted(server_tls(authority)) as server,
        pytest.raises(Problem, match=r"530 .*KONTAKTPULS_SMTP_USER"),
    ):
        send_report(report, outbox, [], SmtpTransport(server.smtp(tls="starttls")), NOW)


@pytest.mark.parametrize("host", ["127.0.0.1", "mail.example.org"])
def test_a_certificate_that_is_not_trusted_stops_the_run(monkeypatch, tmp_path, outbox, report, host):
    stranger, trusted = trustme.CA(), trustme.CA()
    (stranger if host != "127.0.0.1" else trusted).cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with encrypted(server_tls(stranger, host)) as server:
        smtp = server.smtp(tls="starttls", user="ada", password="richtig")
        with pytest.raises(Problem, match=r"certificate of 127\.0\.0\.1 is not trusted"):
            send_report(report, outbox, [], SmtpTransport(smtp), NOW)
        assert (server.logins, server.mails) == ([], [])
    assert state_files(outbox)[0]["state"] == "waiting"


def test_a_server_without_encryption_gets_nothing(mailbox, outbox, report):
    with pytest.raises(Problem, match="STARTTLS"):
        send_report(report, outbox, [], SmtpTransport(mailbox.smtp(tls="starttls")), NOW)
    with pytest.raises(Problem, match="cannot agree on encryption"):
        send_report(report, outbox, [], SmtpTransport(mailbox.smtp(tls="implicit")), NOW)
    assert mailbox.mails == []


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.7", "localhost.example.org"])
def test_only_the_own_computer_may_be_spoken_to_unencrypted(host):
    with pytest.raises(Problem, match=host):
        SmtpTransport(Smtp(host, 25, sender="bericht@example.org", tls="none"))
    for own in ("localhost", "127.0.0.1", "::1", "[::1]"):
        SmtpTransport(Smtp(own, 25, sender="bericht@example.org", tls="none"))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"password": "Schlüssel"}, "ASCII"), ({"port": 465}, "implicit"), ({"sender": "niemand"}, "niemand")],
)
def test_settings_that_can_never_work_are_said_before_anything_is_sent(change, said):
    with pytest.raises(Problem, match=said):
        SmtpTransport(Smtp(**{"host": "h", "port": 587, "user": "ada", "sender": "a@example.org"} | change))


def test_a_host_that_is_no_name_is_said_and_the_message_waits(outbox, report):
    with pytest.raises(Problem, match=r"smtp\.\.example"):
        send_report(report, outbox, [], SmtpTransport(Smtp("smtp..example", 587, sender=ADA)), NOW)
    assert state_files(outbox)[0]["state"] == "waiting"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada.B+puls@Example.ORG ", "Ada.B+puls@example.org"),
        ("ada@köln.example", "ada@xn--kln-sna.example"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
        ("jürgen@example.org", "jürgen@example.org"),
        ("ada@localhost", "ada@localhost"),
    ],
)
def test_addresses_are_taken_as_people_write_them(written, meant):
    assert address(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example..org",
        "ada@-x.org",
        "a b@example.org",
        "ada@example.org, eva@example.org",
        "Ada <ada@example.org>",
        "ada@example.org\r\nBcc: eva@example.org",
        "ada@example.org\n",
        "ada\x00@example.org",
        "ada@exa\u2028mple.org",
        "ada\u202e@example.org",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 64 + ".org",
        '"a b"@example.org',
    ],
)
def test_everything_else_is_no_address(written, outbox, report):
    with pytest.raises(Problem, match="is no e-mail address"):
        queue_report(report, outbox, [ADA, written] if written else [written], NOW)
    assert not outbox.folder.exists()


@given(st.text())
def test_an_accepted_address_cannot_break_out_of_a_command_or_header(text):
    try:
        accepted = address(text)
    except Problem:
        return
    assert accepted.isprintable()
    assert not set(accepted) & set(' <>,;:"()[]\\\r\n')
    assert accepted.count("@") == 1


HOSTILE = "Ada\x00\x0b\u2028\u202eBcc: eva@example.org\x85\x1c Übel"


@given(st.text() | st.just(HOSTILE))
def test_no_text_in_subject_or_name_adds_a_header(text):
    hidden = base64.b64encode(text.encode()).decode()
    message = a_message(subject="SUBJECT").as_bytes().replace(b"SUBJECT", f"=?utf-8?b?{hidden}?=".encode())
    own = recipient_copy(message, ADA, "<1@kontaktpuls>", NOW, "1")
    content, _ = sent_by(to_bytes(own), f"{text} <bericht@example.org>" if "<" not in text else ADA)

    back = email.message_from_bytes(content, policy=policy.default)
    assert back["Bcc"] is None
    assert back["To"] == ADA
    assert len(back.get_all("From")) == len(back.get_all("Subject") or [""]) == 1
    assert back["From"].addresses[0].addr_spec in (ADA, "bericht@example.org")
    assert not set(str(back["Subject"] or "") + str(back["From"])) & set("\x00\x0b\x85\x1c\u2028\u202e")


def test_an_address_with_umlauts_needs_a_server_that_takes_them(outbox, report):
    with Mailbox(enable_SMTPUTF8=False) as old:
        [outcome] = send_report(report, outbox, ["jürgen@köln.example"], SmtpTransport(old.smtp()), NOW)
        assert outcome.state == "refused"
        assert "SMTPUTF8" in str(outcome)
    with Mailbox(enable_SMTPUTF8=True) as modern:
        transport = SmtpTransport(modern.smtp())
        [outcome] = send_report(report, outbox, ["jürgen@köln.example"], transport, NOW, again=True)
        assert outcome.state == "sent"
        assert modern.mails[0][1] == ["jürgen@xn--kln-sna.example"]
        assert modern.messages()[0]["To"] == "jürgen@xn--kln-sna.example"


def test_other_recipients_of_the_file_are_not_told(outbox):
    message = a_message()
    message["Cc"] = message["Bcc"] = COACH
    outbox.add(message, member="ada", week=WEEK, recipient=ADA, now=NOW)
    [path] = outbox.folder.glob("*.eml")
    assert COACH.encode() not in path.read_bytes()


def test_message_id_depends_on_member_week_recipient_and_kind_alone():
    ids = {
        message_id(*identity)
        for identity in [
            ("ada", WEEK, ADA, "report"),
            ("eva", WEEK, ADA, "report"),
            ("ada", "2026-W47", ADA, "report"),
            ("ada", WEEK, COACH, "report"),
            ("ada", WEEK, ADA, "coach"),
        ]
    }
    assert len(ids) == 5
    assert message_id("ada", WEEK, "Ada@Example.org", "report") in ids
    assert all(i.endswith("@kontaktpuls>") for i in ids)


@given(st.binary(max_size=2000), st.sampled_from(["text/html; charset=utf-8", "application/pdf"]))
def test_attachments_arrive_byte_for_byte_in_short_lines(content, content_type):
    whole = attach(a_message(), "bericht", content, content_type, "ada 2026-W46")
    raw = to_bytes(whole)
    assert raw == to_bytes(attach(a_message(), "bericht", content, content_type, "ada 2026-W46"))
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    [part] = email.message_from_bytes(raw, policy=policy.default).iter_attachments()
    assert part.get_payload(decode=True) == content


@pytest.mark.skipif(os.name == "nt", reason="permission bits are POSIX")
def test_only_the_owner_can_read_the_outbox(outbox, report):
    outbox.folder.mkdir(parents=True, mode=0o755)
    previous = os.umask(0)
    try:
        queue_report(report, outbox, [], NOW)
    finally:
        os.umask(previous)
    assert outbox.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in outbox.folder.iterdir()} == {0o600}
    assert {path.suffix for path in outbox.folder.iterdir()} == {".eml", ".json", ""}


def test_what_an_interrupted_write_left_is_removed(outbox, report):
    outbox.folder.mkdir(parents=True)
    (outbox.folder / ".abc.eml.1234.new").write_bytes(b"half")
    queue_report(report, outbox, [], NOW)
    assert not list(outbox.folder.glob(".*"))


def test_a_broken_state_file_is_said_and_not_sent(mailbox, outbox, report):
    queue_report(report, outbox, [], NOW)
    [path] = outbox.folder.glob("*.json")
    path.write_text("{")
    with pytest.raises(Problem, match=path.name):
        outbox.deliver(SmtpTransport(mailbox.smtp()), NOW)
    assert mailbox.mails == []


def test_an_outbox_that_cannot_be_written_is_said(tmp_path, report):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be used"):
        queue_report(report, Outbox(tmp_path / "file" / "outbox"), [], NOW)


@pytest.mark.parametrize("name", ["mail.eml", "report.json", "report.html"])
def test_a_folder_without_a_report_is_said(outbox, report, name):
    (report / name).unlink()
    with pytest.raises(Problem, match=f"holds no {name}"):
        queue_report(report, outbox, [], NOW)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"member": "ada", "week": "../../etc"}'])
def test_files_that_are_no_report_are_said(outbox, report, content):
    (report / "report.json").write_bytes(content)
    with pytest.raises(Problem, match=r"report\.json is not what"):
        queue_report(report, outbox, [], NOW)


def test_a_file_that_is_no_mail_is_said(outbox, report):
    (report / "mail.eml").write_bytes(b"\x00\x01 nothing")
    with pytest.raises(Problem, match=r"mail\.eml is not what"):
        queue_report(report, outbox, [], NOW)


def test_a_mail_to_nobody_says_how_to_name_someone(tmp_path, outbox):
    folder = write_report(tmp_path / "other", to=None)
    with pytest.raises(Problem, match=r"--to or as send_to in members\.toml"):
        queue_report(folder, outbox, [], NOW)


def test_importing_delivery_imports_no_mail_library():
    code = "import sys, pipelines.delivery, pipelines.outbox; print([m for m in ('email', 'smtplib', 'ssl', 'socket') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def pdf_report(folder: Path) -> Path:
    """A report whose mail speaks of the attached page in both parts."""
    write_report(folder)
    message = a_message()
    for part in message.iter_parts():
        text = "Die ganze Seite: report.html"
        part.set_content(text, subtype=part.get_content_subtype(), cte="quoted-printable")
    (folder / "mail.eml").write_bytes(message.as_bytes())
    (folder / "report.html").write_text(
        '<html lang="de"><head><title>Bericht</title></head><body><h1>Zwölf neue Kontakte</h1></body></html>',
        encoding="utf-8",
    )
    return folder


def test_the_pdf_goes_unless_the_page_is_asked_for_and_the_text_names_it(mailbox, outbox, tmp_path):
    folder = pdf_report(tmp_path / "report")
    send_report(folder, outbox, [Recipient(COACH), Recipient(ADA, "html")], SmtpTransport(mailbox.smtp()), NOW)

    to_ada, to_coach = sorted(mailbox.messages(), key=lambda message: str(message["To"]))
    for message, suffix, content_type in ((to_ada, "html", "text/html"), (to_coach, "pdf", "application/pdf")):
        [attached] = message.iter_attachments()
        assert attached.get_filename() == f"kontaktpuls-{WEEK}.{suffix}"
        assert attached.get_content_type() == content_type
        assert message["Content-Language"] == "de"
        for kind in ("plain", "html"):
            assert f"Die ganze Seite: kontaktpuls-{WEEK}.{suffix}" in message.get_body((kind,)).get_content()
    assert attached.get_payload(decode=True).startswith(b"%PDF-1.7")


def test_a_pdf_with_a_password_is_closed_and_the_password_is_nowhere(mailbox, outbox, tmp_path):
    folder = pdf_report(tmp_path / "report")
    secret = "Streng-Geheim-4711"
    recipient = Recipient(COACH, "pdf", "KONTAKTPULS_PDF_PASSWORD", secret)
    send_report(folder, outbox, [recipient], SmtpTransport(mailbox.smtp()), NOW)

    [message] = mailbox.messages()
    [attached] = message.iter_attachments()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(attached.get_payload(decode=True)))
    with pikepdf.open(io.BytesIO(attached.get_payload(decode=True)), password=secret) as document:
        assert len(document.pages) == 1
    assert (message["Subject"], message["Content-Language"]) == ("KW 46", "de")
    assert [part.get_content_type() for part in message.walk()] == ["multipart/mixed", "text/plain", "application/pdf"]
    assert message.get_body().get_content().splitlines() == [
        "Der Bericht der KW 46 hängt an. Er öffnet sich mit dem vereinbarten Passwort.",
        "",
        "Um sie abzubestellen, antworten Sie mit „Stopp“.",
    ]
    assert secret not in repr(recipient)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret.encode() not in everything + message.as_bytes()


def test_a_pdf_that_went_out_is_not_drawn_again(mailbox, outbox, tmp_path):
    folder = pdf_report(tmp_path / "report")
    recipient = Recipient(COACH, "pdf", "KONTAKTPULS_PDF_PASSWORD", "x")
    send_report(folder, outbox, [recipient], SmtpTransport(mailbox.smtp()), NOW)

    # Without its password it could not be drawn.
    recipient = replace(recipient, password=None)
    [entry] = queue_report(folder, outbox, [recipient], NOW)
    assert entry.state == "sent"
    with pytest.raises(Problem, match="needs a password"):
        queue_report(folder, outbox, [recipient], NOW, again=True)


def test_without_the_password_nothing_goes_out_and_the_sentence_names_its_variable(mailbox, outbox, tmp_path):
    folder = pdf_report(tmp_path / "report")
    recipients = [Recipient(ADA), Recipient(COACH, "pdf", "KONTAKTPULS_PDF_PASSWORD")]
    with pytest.raises(Problem, match="set KONTAKTPULS_PDF_PASSWORD"):
        send_report(folder, outbox, recipients, SmtpTransport(mailbox.smtp()), NOW)
    assert mailbox.mails == []
    assert outbox.entries() == []


def test_where_no_pdf_can_be_made_the_page_goes_unless_it_would_have_been_closed(outbox, tmp_path):
    folder = pdf_report(tmp_path / "report")
    code = (
        "import sys; sys.modules['weasyprint'] = None\n"
        "from datetime import datetime, UTC\n"
        "from pathlib import Path\n"
        "from pipelines.delivery import queue_report\n"
        "from pipelines.outbox import Outbox\n"
        "from pipelines.problem import Problem\n"
        "from pipelines.recipients import Recipient\n"
        "folder, outbox = Path(sys.argv[1]), Outbox(Path(sys.argv[2]))\n"
        "queue_report(folder, outbox, [Recipient('ada@example.org', 'pdf')], datetime.now(UTC))\n"
        "try: queue_report(folder, outbox, [Recipient('coach@example.org', 'pdf', 'X', 'y')], datetime.now(UTC))\n"
        "except Problem as problem: print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(outbox.folder)], capture_output=True, text=True, check=True
    )
    assert "pip install 'kontaktpuls[pdf]'" in done.stdout
    [path] = outbox.folder.glob("*.eml")
    [attached] = email.message_from_bytes(path.read_bytes(), policy=policy.default).iter_attachments()
    assert attached.get_filename() == f"kontaktpuls-{WEEK}.html"


def test_an_address_named_by_hand_gets_what_members_toml_says_of_it(report, tmp_path):
    (tmp_path / "members.toml").write_text(
        '[members.ada]\nsend_to = ["ada@example.org", { address = "coach@example.org", password = "env:SECRET" }]\n'
    )
    settings = load({"KONTAKTPULS_HOME": str(tmp_path), "SECRET": "x"})
    assert recipients_of(report, settings, " Coach@Example.org") == (Recipient(COACH, "pdf", "SECRET", "x"),)
    assert recipients_of(report, settings, "eva@example.org") == (Recipient("eva@example.org", own=False),)
    assert [recipient.address for recipient in recipients_of(report, settings)] == [ADA, COACH]


def test_each_copy_is_stopped_by_its_own_id(mailbox, outbox, report):
    message = a_message()
    message["List-Unsubscribe"] = "<https://example.org/stop?id=bericht>, <mailto:bericht@example.org?subject=Stopp>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    (report / "mail.eml").write_bytes(to_bytes(message))
    send_report(report, outbox, [ADA, COACH], SmtpTransport(mailbox.smtp()), NOW)

    ids = {entry.recipient: entry.stop_id for entry in outbox.entries()}
    others = Outbox(outbox.folder.parent / "elsewhere", key=b"another installation's")
    queue_report(report, others, [ADA], NOW)
    # Whoever knows member, week and address cannot stop the mails.
    assert others.entries()[0].id == outbox.entries()[0].id
    assert others.entries()[0].stop_id != outbox.entries()[0].stop_id
    for copy, (_, [recipient], raw) in zip(mailbox.messages(), mailbox.mails, strict=True):
        assert copy["List-Unsubscribe"].split()[0] == f"<https://example.org/stop?id={ids[recipient]}>,"
        assert f"<https://example.org/stop?id={ids[recipient]}>".encode() in raw
        assert copy["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
