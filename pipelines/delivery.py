"""A finished report on its way to its readers.

Belongs here: which files of a report folder make the mail and who gets it. What a message needs to be a mail is in message.py, what is
kept and tried again in outbox.py, how a server is spoken to in smtp.py; the words of the mail come from report.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.members import slug
from pipelines.message import address, attach, parsed, same_address
from pipelines.problem import Problem
from pipelines.recipients import Recipient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

    from pipelines.outbox import Entry, Outbox, Outcome, Transport
    from pipelines.recipients import Coach
    from pipelines.settings import Settings

# What mail.eml calls the page: by the name under which it lies beside it.
_BESIDE = "report.html"
# The attached file: the end of its name and what it says that it is.
_PAGE = ("html", "text/html; charset=utf-8")
_PDF = ("pdf", "application/pdf")

# What the outbox tells from a member's report.
_OVERVIEW = "overview"

# Where the page tells the member who else gets something.
_READERS = re.compile(rb'<div id="readers">.*?</div>\n', re.DOTALL)

_WEEK = re.compile(r"\d{4}-W\d{2}")


def send_report(
    folder: Path,
    outbox: Outbox,
    recipients: Sequence[Recipient | str],
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


def recipients_of(folder: Path, settings: Settings, to: str | None = None) -> tuple[Recipient, ...]:
    """Return everybody to whom members.toml sends the report of `folder`; empty where it does not know the member.

    `to` names one address: what members.toml says of it holds, as the member's recipient or as a coach's. An unknown one gets nothing
    of a member whom members.toml knows, and the page of one whom it does not.
    """
    document = _report(folder / "report.json")
    member = settings.members.get(document["member"])
    known = member.recipients if member else ()
    if to is None:
        return known
    coaches = {one.coach: one.coached_by for one in settings.members.values() if one.coached_by}
    others = tuple(
        replace(recipient, consent=member.consent if member and key == member.coach else None)
        for key, coach in coaches.items()
        for recipient in coach.recipients
    )
    same = [one for one in known + others if same_address(one.address) == same_address(to)]
    return tuple(same[:1]) or (Recipient(to, own=member is None),)


def without_consent(folder: Path, recipients: Sequence[Recipient]) -> list[Problem]:
    """Return a sentence on each recipient who gets nothing of the report of `folder`, because the member has not consented to it."""
    document = _report(folder / "report.json")
    return [
        Problem(
            "{recipient} gets nothing about {member}: it is none of the member’s own addresses (send_to in members.toml), and no "
            "consent recorded there holds in {week}.",
            recipient=recipient.address,
            member=document["member"],
            week=document["week"],
        )
        for recipient in recipients
        if recipient.level(_monday(document["week"])) is None
    ]


def queue_report(
    folder: Path, outbox: Outbox, recipients: Sequence[Recipient | str], now: datetime, *, again: bool = False
) -> list[Entry]:
    """Put mail.eml of `folder` into the outbox: one message for each recipient, or for the To of mail.eml.

    The page is attached as a PDF, or as it is for whom members.toml says so; where no PDF can be made, the page goes as it is, unless a
    password was asked for. An address alone gets the PDF. Whoever is not the member gets what the member's consent allows in the reported week:
    the page or the coach's sheet, with a mail that speaks about the member, or nothing. Raises Problem when a file of the folder is missing or unreadable,
    an address is none, there is nobody to send to, or a password is not there; then nobody gets anything.
    """
    document = _report(folder / "report.json")
    member, week = document["member"], document["week"]
    message = _mail(folder / "mail.eml")
    asked = [r if isinstance(r, Recipient) else Recipient(r) for r in recipients or _named(message)]
    wanted = {same_address(a): (a, recipient) for recipient in asked for a in [address(recipient.address)]}
    if not wanted:
        raise Problem(
            "{folder} does not say who gets the mail; name someone with --to or as send_to in members.toml.",
            folder=folder,
        )
    page = _bytes(folder / _BESIDE)
    entries: dict[str, Entry] = {}
    messages = []
    for plain, recipient in wanted.values():
        level = recipient.level(_monday(week))
        if level is None:
            outbox.withdraw(member=member, week=week, recipient=plain)
            continue
        # Drawing a PDF takes long; what went out a week ago needs none.
        if not again and (settled := outbox.settled(member=member, week=week, recipient=plain)):
            entries[plain] = settled
            continue
        if recipient.own:
            name = f"kontaktpuls-{week}.html"
            whole = _with_file(_naming(message, _BESIDE, name), page, document, recipient, name)
        else:
            whole = _about_the_member(folder, message, page, document, recipient, level)
        messages.append((plain, whole))
    for plain, whole in messages:
        entries[plain] = outbox.add(whole, member=member, week=week, recipient=plain, now=now, again=again)
    return [entries[plain] for plain, _ in wanted.values() if plain in entries]


def queue_overview(folder: Path, outbox: Outbox, coach: Coach, week: str, recipient: Recipient, now: datetime) -> Entry:
    """Put the overview of `folder`, made of members who consented, into the outbox for one of the coach's recipients.

    Raises Problem like queue_report.
    """
    plain = address(recipient.address)
    if settled := outbox.settled(member=coach.key, week=week, recipient=plain, kind=_OVERVIEW):
        return settled
    document = {"member": coach.key, "week": week, "language": coach.language}
    page = _bytes(folder / "overview.html")
    whole = _with_file(_mail(folder / "mail.eml"), page, document, recipient, mailed_as(coach.key, week))
    return outbox.add(whole, member=coach.key, week=week, recipient=plain, now=now, kind=_OVERVIEW)


def mailed_as(coach: str, week: str) -> str:
    """Return what a coach's overview is called when it is mailed: beside those of other weeks and coaches."""
    return f"kontaktpuls-{week}-overview-{coach}.html"


def withdraw_overview(outbox: Outbox, coach: Coach, week: str) -> None:
    """Take the overview of a week back, where it waits: no member's consent holds for it any more."""
    for recipient in coach.recipients:
        outbox.withdraw(member=coach.key, week=week, recipient=recipient.address, kind=_OVERVIEW)


def _with_file(
    message: EmailMessage, page: bytes, document: dict[str, Any], recipient: Recipient, name: str
) -> EmailMessage:
    """Return the message with the page attached as the recipient wants it, called `name` or, where it is a PDF, by that ending.

    What a password closes is not told in the open either.
    """
    (suffix, content_type), content = _attachment(page, document, recipient)
    called = f"{name.removesuffix('html')}{suffix}"
    if recipient.password:
        from pipelines.mail import sealed

        message = sealed(message, document["week"], document.get("language", "de"))
    else:
        message = _naming(message, name, called)
    return attach(message, called, content, content_type, f"{document['member']} {document['week']}")


def _about_the_member(
    folder: Path, message: EmailMessage, page: bytes, document: dict[str, Any], recipient: Recipient, level: str
) -> EmailMessage:
    """Return the mail about a member to somebody else, who need not know of further readers, with what the level allows attached."""
    from pipelines.coach.overview import make_mail_about, make_sheet
    from pipelines.coach.received import read

    path = folder / "report.json"
    report, language = read(_bytes(path), str(path)), document.get("language", "de")
    whole = level == "page"
    shown = _READERS.sub(b"", page) if whole else make_sheet(report, language, names=level == "names")
    # A coach keeps those of many members and weeks in one folder.
    name = f"kontaktpuls-{document['week']}-{'' if whole else 'gespraech-'}{slug(report.member)}.html"
    own = parsed(make_mail_about(report, language, name, page=whole))
    # Whose mail it is and how to stop it, as the member's mail says it; the outbox gives both to each copy anew.
    for header in ("From", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"):
        del own[header]
        if message[header]:
            own[header] = message[header]
    return _with_file(own, shown, document, recipient, name)


def _monday(week: str) -> date:
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _attachment(page: bytes, document: dict[str, Any], recipient: Recipient) -> tuple[tuple[str, str], bytes]:
    """Return kind and content of the file that one recipient gets."""
    if recipient.format != "pdf":
        return _PAGE, page
    if recipient.password_from and not recipient.password:
        raise Problem(
            "The PDF for {recipient} needs a password; set {variable}, which members.toml names.",
            recipient=recipient.address,
            variable=recipient.password_from,
        )
    from pipelines.pdf import encrypted, make_pdf

    try:
        pdf = make_pdf(page.decode(), week=document["week"], language=document.get("language", "de"))
    except Problem:
        if recipient.password:
            raise
        return _PAGE, page
    return _PDF, encrypted(pdf, recipient.password) if recipient.password else pdf


def _naming(message: EmailMessage, before: str, name: str) -> EmailMessage:
    """Return the message with the attached file called by its name wherever the text speaks of it."""
    import copy

    if name == before:
        return message
    message = copy.deepcopy(message)
    for part in message.walk():
        if part.get_content_maintype() == "text" and before in (text := part.get_content()):
            part.set_content(text.replace(before, name), subtype=part.get_content_subtype(), cte="quoted-printable")
    return message


def _report(path: Path) -> dict[str, Any]:
    """report.json, whose member and week are what they should be."""
    try:
        document = json.loads(_bytes(path))
        member, week = document["member"], document["week"]
        _monday(week)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path) from error
    if not (isinstance(member, str) and member and isinstance(week, str) and _WEEK.fullmatch(week)):
        raise _unreadable(path)
    return document


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
