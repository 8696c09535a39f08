"""Handing one message to a mail server, and telling apart what its answers mean.

Belongs here: connection, TLS, login, and which answer is final, which is temporary, which is a wrong setting. Which message is sent
when, and how often, is the outbox's.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING, Self

from pipelines.message import clean, mailbox
from pipelines.outbox import Deferred, Refused, Unclear
from pipelines.problem import Problem

if TYPE_CHECKING:
    from pipelines.settings import Smtp

_TIMEOUT = 30.0
# A server may search a message for viruses before it answers; giving up earlier would leave in doubt what is about to be confirmed.
_LAST_ANSWER_TIMEOUT = 120.0
_LOGIN_CODES = (530, 534, 535, 538)


class SmtpTransport:
    """One connection, made when the first message needs it, for as many messages as follow, each to one recipient."""

    def __init__(self, smtp: Smtp) -> None:
        """Raise Problem for settings that can never work or would send unencrypted."""
        mailbox(smtp.sender)
        self.sender = smtp.sender
        self._smtp = smtp
        self._connection: smtplib.SMTP | None = None
        if smtp.tls == "none" and not _is_own_host(smtp.host):
            raise Problem(
                "KONTAKTPULS_SMTP_TLS=none would send mail and password to {host} unencrypted; use starttls or implicit.",
                host=smtp.host,
            )
        if smtp.tls == "starttls" and smtp.port == 465:
            raise Problem(
                "Port 465 of {host} is encrypted from the first byte; set KONTAKTPULS_SMTP_TLS=implicit.",
                host=smtp.host,
            )
        if smtp.user and not (smtp.user + (smtp.password or "")).isascii():
            raise Problem(
                "KONTAKTPULS_SMTP_USER and KONTAKTPULS_SMTP_PASSWORD may hold ASCII characters only (no umlauts); "
                "set another password, or an app password, at the mail provider."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._close()

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        """Hand one message over; see Transport for what is raised."""
        connection = self._ready()
        content = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
        try:
            self._expect_sender(*connection.mail(sender, self._options(connection, content, sender, recipient)))
            self._expect(*connection.rcpt(recipient))
            self._expect(*connection.docmd("DATA"), wanted=(354,))
            connection.send(re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        except smtplib.SMTPNotSupportedError as error:
            raise Refused("the server takes no addresses with letters beyond ASCII (SMTPUTF8)") from error
        except (smtplib.SMTPException, OSError) as error:
            # The end of the message was not sent, so the server cannot have taken it.
            self._close()
            raise Deferred(_said(error)) from error
        try:
            if connection.sock:
                connection.sock.settimeout(_LAST_ANSWER_TIMEOUT)
            code, reply = connection.getreply()
            if connection.sock:
                connection.sock.settimeout(_TIMEOUT)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unclear(_said(error)) from error
        self._expect(code, reply)

    def _options(self, connection: smtplib.SMTP, content: bytes, sender: str, recipient: str) -> list[str]:
        options = []
        if connection.has_extn("size"):
            options.append(f"SIZE={len(content)}")
        if not content.isascii() and connection.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        header = content.partition(b"\r\n\r\n")[0]
        if not (header.isascii() and sender.isascii() and recipient.isascii()):
            options.append("SMTPUTF8")
        return options

    def _expect_sender(self, code: int, reply: bytes) -> None:
        # A sender that is refused is a wrong setting and no fault of this recipient, unless it is about the size.
        if 500 <= code < 600 and code != 552 and code not in _LOGIN_CODES:
            raise Problem(
                "{host} refuses mail from {sender}: {reply}. Set KONTAKTPULS_SMTP_FROM to an address of this account.",
                host=self._smtp.host,
                sender=self.sender,
                reply=_answer(code, reply),
            )
        self._expect(code, reply)

    def _expect(self, code: int, reply: bytes, wanted: tuple[int, ...] = (250, 251, 252)) -> None:
        if code in wanted:
            return
        if code in _LOGIN_CODES:
            raise self._login_refused(code, reply)
        if code == 421:
            self._close()
        if 500 <= code < 600:
            raise Refused(_answer(code, reply))
        raise Deferred(_answer(code, reply))

    def _login_refused(self, code: int, reply: bytes | str) -> Problem:
        return Problem(
            "{host} refuses the login: {reply}. Check KONTAKTPULS_SMTP_USER and KONTAKTPULS_SMTP_PASSWORD; "
            "many providers want an app password, or programs like this one allowed first.",
            host=self._smtp.host,
            reply=_answer(code, reply),
        )

    def _ready(self) -> smtplib.SMTP:
        """Return a connection that is logged in and in no transaction; a used one may have been closed by the server meanwhile."""
        if self._connection is not None:
            try:
                if self._connection.rset()[0] == 250:
                    return self._connection
            except (smtplib.SMTPException, OSError):
                pass
            self._close()
        try:
            return self._connect()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise self._meaning(error) from error
        except UnicodeError as error:
            raise Problem("KONTAKTPULS_SMTP_HOST “{host}” is no name of a server.", host=self._smtp.host) from error
        except Problem:
            self._close()
            raise

    def _connect(self) -> smtplib.SMTP:
        host, port = self._smtp.host.strip("[]"), self._smtp.port
        # The name of this computer is nobody's business, and asking for it can take seconds without a network.
        own_name = "[127.0.0.1]"
        if self._smtp.tls == "implicit":
            connection = smtplib.SMTP_SSL(host, port, own_name, timeout=_TIMEOUT, context=_tls())
        else:
            connection = smtplib.SMTP(host, port, own_name, timeout=_TIMEOUT)
        self._connection = connection
        if connection.sock:
            # Short lines waiting for each other cost 40 ms a mail; it must be set before TLS wraps the socket.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._smtp.tls == "starttls":
            connection.starttls(context=_tls())
        connection.ehlo_or_helo_if_needed()
        if self._smtp.user:
            self._log_in(connection, self._smtp.user, self._smtp.password or "")
        return connection

    def _log_in(self, connection: smtplib.SMTP, user: str, password: str) -> None:
        """One attempt with one method: smtplib's own login tries each in turn, and three wrong ones may lock the account."""
        offered = connection.esmtp_features.get("auth", "").upper().split()
        connection.user, connection.password = user, password
        if "PLAIN" in offered:
            connection.auth("PLAIN", connection.auth_plain)
        elif "LOGIN" in offered:
            connection.auth("LOGIN", connection.auth_login)
        else:
            raise Problem(
                "{host} offers no login with a password (it offers: {offered}); use another server or leave "
                "KONTAKTPULS_SMTP_USER empty.",
                host=self._smtp.host,
                offered=", ".join(offered) or "-",
            )

    def _meaning(self, error: smtplib.SMTPException | OSError) -> Exception:
        """Return what a failed connection means: a Problem where only other settings can help, else a reason to try later."""
        host, port = self._smtp.host, self._smtp.port
        match error:
            case ssl.SSLCertVerificationError():
                return Problem(
                    "The certificate of {host} is not trusted: {reason}. Check KONTAKTPULS_SMTP_HOST; nothing was sent.",
                    host=host,
                    reason=error.verify_message,
                )
            case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
                return Deferred(f"{host}:{port}: {_said(error)}", everything=True)
            case ssl.SSLError():
                return Problem(
                    "{host}:{port} and this computer cannot agree on encryption ({reason}); check KONTAKTPULS_SMTP_PORT and "
                    "KONTAKTPULS_SMTP_TLS.",
                    host=host,
                    port=port,
                    reason=error.reason or str(error),
                )
            case smtplib.SMTPNotSupportedError():
                return Problem(
                    "{host}:{port} offers no encryption (STARTTLS), and nothing is sent without; check KONTAKTPULS_SMTP_PORT "
                    "and KONTAKTPULS_SMTP_TLS.",
                    host=host,
                    port=port,
                )
            case smtplib.SMTPAuthenticationError() if error.smtp_code >= 500:
                return self._login_refused(error.smtp_code, error.smtp_error)
        return Deferred(f"{host}:{port}: {_said(error)}", everything=True)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _is_own_host(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _said(error: Exception) -> str:
    """Return what a failure says, in one line: the server's answer where there is one, else the network's."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _answer(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(clean(f"{code} {text}").split())[:300]
