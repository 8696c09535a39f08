"""The weekly mail as a message: the same page context gives the same bytes.

Belongs here: headers, parts and boundaries of `mail.eml`. What the mail says is `reports/mail.*.j2`; attaching the page, further
recipients and sending are done by delivery.py.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipelines import display
from pipelines.catalogue import translations
from pipelines.language import week_label
from pipelines.message import address, clean, mailbox, to_bytes
from pipelines.render import render_mail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from email.message import EmailMessage

_FALLBACK_SENDER = "kontaktpuls@localhost"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "kontaktpuls")
_SUBJECT_LENGTH = 120


def build_mail(
    page: Mapping[str, Any],
    name: str = "mail",
    *,
    sender: str | None,
    recipient: str | None,
    date: datetime,
    unsubscribe: str | None = None,
) -> bytes:
    """Return `mail.eml`: a plain and an HTML part that say the same, lines of at most 78 characters.

    `name` is that of its templates: `mail` for a member's page, `overview_mail` for the coach's overview.
    `sender` is an address or `Name <address>`; without one the mail names no way to unsubscribe by mail. `date` needs a zone.
    `unsubscribe` is an https address that takes one-click requests (RFC 8058); it is given the message's own id as `id`.
    Raises Problem when an address is none.
    """
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.utils import format_datetime

    if date.tzinfo is None:
        raise ValueError("the date of a mail needs a zone")
    html, plain = render_mail(page, name)
    identity = f"{page['member']}|{page['week']['name']}"
    shown, sent_from = mailbox(sender or _FALLBACK_SENDER)

    message = EmailMessage()
    message["From"] = Address(clean(shown) or "Kontaktpuls", addr_spec=sent_from)
    if recipient:
        message["To"] = Address(addr_spec=address(recipient))
    message["Subject"] = subject(page)
    message["Date"] = format_datetime(date)
    own_id = str(uuid.uuid5(_NAMESPACE, identity))
    message["Message-ID"] = f"<{own_id}@kontaktpuls>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = "Kontaktpuls <weekly.kontaktpuls.invalid>"
    ways = [f"<{unsubscribe}{'&' if '?' in unsubscribe else '?'}id={own_id}>"] if unsubscribe else []
    if sender:
        stop = quote(translations(page["language"]).gettext("stop"))
        ways.append(f"<mailto:{quote(sent_from, safe='@')}?subject={stop}>")
    if ways:
        message["List-Unsubscribe"] = ", ".join(ways)
    if unsubscribe:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{hashlib.sha256(identity.encode()).hexdigest()[:40]}")
    # add_alternative moves content headers into the first part; this one has to come last to stay with the message.
    message["Content-Language"] = page["language"]
    return to_bytes(message)


def sealed(message: EmailMessage, week: str, language: str) -> EmailMessage:
    """Return the message without a word of what is attached behind a password: subject and text name the week alone."""
    import copy

    own = copy.deepcopy(message)
    _ = translations(language).gettext
    label = week_label(int(week.partition("-W")[2]), language)
    del own["Subject"]
    own["Subject"] = label[0].upper() + label[1:]
    own.clear_content()
    own.set_content(
        _("The report of {week} is attached. It opens with the password that was agreed.").format(week=label)
        + "\n\n"
        + _("To stop it, answer with “stop”.")
        + "\n",
        cte="quoted-printable",
    )
    own["Content-Language"] = language
    return own


def subject(page: Mapping[str, Any]) -> str:
    """Return the subject in one line, the week in front where the sentence does not name it."""
    number = page["week"]["number"]
    text = display.text_for_display(page["subject"])
    if str(number) not in text:
        label = week_label(number, page["language"])
        text = f"{label[0].upper()}{label[1:]}: {text}"
    return display.shorten(text, _SUBJECT_LENGTH)
