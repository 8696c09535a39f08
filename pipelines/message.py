"""One message for one recipient: addresses, headers, the attached page, bytes.

Belongs here: what has to be right about a mail as a mail, whatever it says. The text of the mail is made by report.py; nothing here
touches a file or a connection. `email` is imported where it is used, because the report command reaches these modules without it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING

from pipelines.problem import Problem

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage
    from email.policy import EmailPolicy

# The characters of RFC 5322's dot-atom, and everything printable beyond ASCII as RFC 6531 allows it.
_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def message_id(member: str, week: str, recipient: str, kind: str) -> str:
    """Return the Message-ID, `<hash@kontaktpuls>`; the same for the same four, upper and lower case of the address aside."""
    identity = json.dumps([member, week, recipient.casefold(), kind], ensure_ascii=False)
    return f"<{hashlib.sha256(identity.encode()).hexdigest()[:40]}@kontaktpuls>"


def address(text: str) -> str:
    """Return one plain address as it goes on the wire, its domain in lower case and ASCII; raises Problem for anything else."""
    local, _, domain = text.strip(" ").rpartition("@")
    domain = _ascii_domain(domain)
    if not domain or not _LOCAL_PART.fullmatch(local) or len(local.encode()) > 64 or len(local) + len(domain) > 253:
        raise Problem("“{address}” is no e-mail address; write one like ada@example.org.", address=clean(text))
    return f"{local}@{domain}"


def same_address(text: str) -> str:
    """Return an address as addresses are compared: as it goes on the wire, upper and lower case aside; other text only without case."""
    try:
        wire = address(text)
    except Problem:
        wire = text.strip()
    return unicodedata.normalize("NFC", wire).casefold()


def mailbox(text: str) -> tuple[str, str]:
    """Return display name and address of `Name <address>` or of a plain address; raises Problem when it is not one address."""
    name, bracket, rest = clean(text).rpartition("<")
    plain = rest.removesuffix(">") if bracket else rest
    return name.strip(' "'), address(plain)


def attach(message: EmailMessage, name: str, content: bytes, content_type: str, seed: str) -> EmailMessage:
    """Return a copy that carries `content` as the file `name`, byte for byte.

    The boundary follows from `seed`, so that the same message gives the same bytes. Lines of the new part are at most 78 characters.
    """
    import base64
    import binascii
    import copy
    from email.message import EmailMessage

    part = EmailMessage()
    part["Content-Type"] = content_type
    if part.get_content_maintype() == "text":
        # Base64 would hide the text from people and make spam filters suspicious; binascii is the quick way to quote it.
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(binascii.b2a_qp(content, istext=False).decode("ascii"))
    else:
        part["Content-Transfer-Encoding"] = "base64"
        part.set_payload(base64.encodebytes(content).decode("ascii"))
    part.add_header("Content-Disposition", "attachment", filename=clean(name))

    mixed = copy.deepcopy(message)
    language = mixed["Content-Language"]
    if mixed.get_content_type() != "multipart/mixed":
        # "=_" occurs in no quoted-printable and no base64 text.
        mixed.make_mixed(boundary=f"=_{hashlib.sha256(seed.encode()).hexdigest()[:40]}")
        if language:
            mixed["Content-Language"] = language
    mixed.attach(part)
    return mixed


def recipient_copy(
    message: EmailMessage | bytes, recipient: str, identity: str, date: datetime, stop_id: str
) -> EmailMessage:
    """Return the message as one recipient gets it: own To, Date and Message-ID, no other recipient named anywhere.

    `stop_id` stands in the address that takes the request to send no more.
    """
    import copy
    from email.utils import format_datetime

    own = parsed(message) if isinstance(message, bytes) else copy.deepcopy(message)
    subject = str(own["Subject"] or "").strip()  # a folded line begins with a blank
    _stop_by(own, stop_id)
    for header in ("Subject", "To", "Cc", "Bcc", "Sender", "Return-Path", "Date", "Message-ID"):
        del own[header]
    own["Subject"] = clean(subject)
    own["To"] = recipient
    own["Date"] = format_datetime(date)
    own["Message-ID"] = identity
    return own


def sent_by(message: bytes, sender: str) -> tuple[bytes, str]:
    """Return the message as coming from the mailbox `sender`, and the bare address for the envelope.

    Servers refuse, and receivers distrust, a From that is not the account's. A display name of the message stays where `sender` has none.
    """
    from email.headerregistry import Address

    own = parsed(message)
    name, plain = mailbox(sender)
    before = own["From"].addresses if own["From"] else ()
    name = name or clean(before[0].display_name if before else "") or "Kontaktpuls"
    del own["From"]
    own["From"] = Address(name, addr_spec=plain)
    return to_bytes(own), plain


class _Addresses(str):
    """The value of a header whose addresses stay whole: `email` would encode long ones, and no reader's program decodes them there."""

    name = "List-Unsubscribe"

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self.replace(', ', f',{policy.linesep} ')}{policy.linesep}"


def to_bytes(message: EmailMessage) -> bytes:
    """Return the message with CRLF and, wherever its addresses allow it, in ASCII, so that every server can take it."""
    from email import policy

    if ways := message[_Addresses.name]:
        message.replace_header(_Addresses.name, _Addresses(" ".join(str(ways).split())))
    addresses = "".join(a.addr_spec for h in ("To", "From") if message[h] for a in message[h].addresses)
    return message.as_bytes(policy=policy.SMTP.clone(cte_type="7bit", utf8=not addresses.isascii()))


def _stop_by(own: EmailMessage, stop_id: str) -> None:
    """Let the request to send no more name this copy: whoever takes it has to know whose it is (RFC 8058)."""
    before = str(own["Message-ID"] or "").strip().strip("<>").partition("@")[0]
    ways = str(own["List-Unsubscribe"] or "")
    if before and f"id={before}>" in ways:
        own.replace_header("List-Unsubscribe", ways.replace(f"id={before}>", f"id={stop_id}>"))


def parsed(message: bytes) -> EmailMessage:
    """Return a message from its bytes."""
    import email
    from email import policy

    return email.message_from_bytes(message, policy=policy.SMTP)


def _ascii_domain(domain: str) -> str:
    """IDNA 2008 for names written in the usual way; the codec of the standard library would turn ß into ss, another domain."""
    labels = []
    for label in unicodedata.normalize("NFC", domain).lower().split("."):
        if not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label) or label != label.strip("-"):
            return ""
        label = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")  # noqa: PLW2901
        if not 0 < len(label) < 64:
            return ""
        labels.append(label)
    return ".".join(labels)


def clean(text: str) -> str:
    """Make text safe for a header: white space of any kind becomes a blank, control characters and changes of direction go.

    Line and paragraph separators would end the header in some readers; `email` cannot encode a lone no-break space.
    """
    spaced = "".join(" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if unicodedata.category(c) != "Cc" and c not in _BIDI)
