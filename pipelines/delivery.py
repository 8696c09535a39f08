"""A finished report on its way to its readers.

Belongs here: which files of a report folder make the mail and who gets it. What a message needs to be a mail is in message.py, what is
kept and tried again in outbox.py, how a server is spoken to in smtp.py; the words of the mail come from report.py.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipelines.message import address, attach
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

    from pipelines.outbox import Entry, Outbox, Outcome, Transport
    from pipelines.settings import Settings

_WEEK = re.compile(r"\d{4}-W\d{2}")


def send_report(
    folder: Path,
    outbox: Outbox,
    recipients: Sequence[str],
    transport: Transport | None,
    now: datetime,
    *,
    again: bool = False,
) -> list[Outcome]:
    """Put the report of `folder` into the outbox, send it where there is a transport, and say what became of each message.

    `now` is aware; its zone is the one of the Date header and of the times in the sentences. Raises Problem like queue_report and
    Outbox.deliver.
    """
    entries = queue_report(folder, outbox, recipients, now, again=again)
    if transport is None:
        return [outbox.outcome(entry, now) for entry in entries]
    return outbox.deliver(transport, now, only=[entry.id for entry in entries])


def recipients_of(folder: Path, settings: Settings) -> tuple[str, ...]:
    """Return everybody to whom members.toml sends the report of `folder`; empty where it does not know the member."""
    key, _ = _report(folder / "report.json")
    known = settings.members.get(key)
    return known.send_to if known else ()


def queue_report(
    folder: Path, outbox: Outbox, recipients: Sequence[str], now: datetime, *, again: bool = False
) -> list[Entry]:
    """Put mail.eml of `folder`, with the page attached, into the outbox: one message for each recipient, or for the To of mail.eml.

    Raises Problem when a file of the folder is missing or unreadable, an address is none, or there is nobody to send to.
    """
    member, week = _report(folder / "report.json")
    message = _mail(folder / "mail.eml")
    wanted = {a.casefold(): a for a in map(address, recipients or _named(message))}
    if not wanted:
        raise Problem(
            "{folder} does not say who gets the mail; name someone with --to or as send_to in members.toml.",
            folder=folder,
        )
    page = _bytes(folder / "report.html")
    whole = attach(message, f"kontaktpuls-{week}.html", page, "text/html; charset=utf-8", f"{member} {week}")
    return [
        outbox.add(whole, member=member, week=week, recipient=recipient, now=now, again=again)
        for recipient in wanted.values()
    ]


def _report(path: Path) -> tuple[str, str]:
    """Member and week of report.json."""
    try:
        document = json.loads(_bytes(path))
        member, week = document["member"], document["week"]
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(path) from error
    if not (isinstance(member, str) and member and isinstance(week, str) and _WEEK.fullmatch(week)):
        raise _unreadable(path)
    return member, week


def _mail(path: Path) -> EmailMessage:
    import email
    from email import policy

    message = email.message_from_bytes(_bytes(path), policy=policy.SMTP)
    if not message["Subject"] or message.get_body(("plain", "html")) is None:
        raise _unreadable(path)
    return message


def _named(message: EmailMessage) -> list[str]:
    return [found.addr_spec for found in message["To"].addresses] if message["To"] else []


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Problem(
            "{folder} holds no {file}; name the folder that “kontaktpuls report” wrote.",
            folder=path.parent,
            file=path.name,
        ) from error
    except OSError as error:
        raise Problem("{file} cannot be read: {reason}.", file=path, reason=error.strerror) from error


def _unreadable(path: Path) -> Problem:
    return Problem("{file} is not what “kontaktpuls report” writes; make the report again.", file=path)
