"""Writes a member's story the way LinkedIn exports it (format of 2026): one archive, of today or of an earlier day.

Belongs here: contacts, invitations, messages and public acts, and the archive around them; profile and job files are in
linkedin_profile.py. What happened is decided elsewhere; nothing here is random.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipelines.demo.csvlines import day_month_year, records, us_clock
from pipelines.demo.linkedin_profile import profile_files
from pipelines.demo.rhythm import AS_OF, exported_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from pipelines.demo.truth import Act, ActKind, Conversation, DemoMember, Message

INVITATION_WINDOW = timedelta(days=270)
_PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. '
    "You will only see email addresses for connections who have allowed their connections to see or download their "
    "email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
_FEED = "https://www.linkedin.com/feed/update/"


def write_linkedin(
    member: DemoMember, path: Path, *, as_of: date | None = None, compression: int = zipfile.ZIP_STORED
) -> Path:
    """Write what LinkedIn would have exported on `as_of` (default: the story's end) as a ZIP archive at `path`.

    The bytes depend on the story and the day alone. Stored by default, because builds of zlib pack the same bytes differently;
    `zipfile.ZIP_DEFLATED` gives an archive of the usual size. Files without content are left out, as LinkedIn does.
    """
    cut = exported_at(as_of or AS_OF)
    with zipfile.ZipFile(path, "w") as archive:
        for name, lines in linkedin_files(member, cut):
            info = zipfile.ZipInfo(name, (cut.year, cut.month, cut.day, cut.hour, 0, 0))
            info.compress_type, info.create_system, info.external_attr = compression, 3, 0o644 << 16
            with archive.open(info, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
                file.writelines(lines)
    return path


def write_contacts(member: DemoMember, folder: Path, as_of: date) -> Path:
    """Write contacts and profile as LinkedIn would have exported them on `as_of` into `folder`, an unpacked archive; return the folder."""
    folder.mkdir(exist_ok=True)
    cut = exported_at(as_of)
    for name in ("Connections.csv", "Profile.csv"):
        path = folder / name
        path.write_text("".join(dict(linkedin_files(member, cut))[name]), encoding="utf-8", newline="")
        _date(path, as_of)
    return folder


def write_groups(member: DemoMember, path: Path) -> Path:
    """Write the member's own list of groups: LinkedIn's archive names ids only."""
    rows = [("group_id", "name"), *((group.number, group.name) for group in member.groups)]
    path.write_text("".join(records(rows)), encoding="utf-8", newline="")
    _date(path, AS_OF)
    return path


def _date(path: Path, day: date) -> None:
    moment = exported_at(day).replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))


def linkedin_files(member: DemoMember, cut: datetime) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each file's name in the archive with its lines, header first; those without a row are left out."""
    files = {
        "Connections.csv": _connections(member, cut),
        "Invitations.csv": _invitations(member, cut),
        "messages.csv": _messages(member, cut),
        "Shares.csv": _shares(member, cut),
        "Comments.csv": _comments(member, cut),
        "Reactions.csv": _reactions(member, cut),
        "Votes.csv": _votes(member, cut),
        "InstantReposts.csv": _reposts(member, cut),
    }
    for name, lines in (files | profile_files(member, cut)).items():
        head, first = next(lines), next(lines, None)
        if first is not None:
            yield name, _chain(head, first, lines)


def _chain(head: str, first: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield first
    yield from rest


def _connections(member: DemoMember, cut: datetime) -> Iterator[str]:
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    yield _PREAMBLE + header
    rows = []
    for contact in reversed(member.contacts):
        if not contact.on(cut.date()):
            continue
        day, person = day_month_year(contact.connected_on), contact.person
        if contact.hidden:
            rows.append(("", "", "", "", "", "", day))
        else:
            job = person.job_on(cut.date())
            rows.append((person.first, person.last, person.url, person.email, job.company, job.title, day))
    yield from records(rows)


def _invitations(member: DemoMember, cut: datetime) -> Iterator[str]:
    header = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
    yield from records([header])
    me = (member.name, member.url)
    rows = []
    for invitation in reversed(member.invitations):
        # Incoming ones that were not accepted are hardly ever listed; here they never are.
        open_incoming = not invitation.outgoing and (invitation.accepted_at is None or invitation.accepted_at > cut)
        if not cut - INVITATION_WINDOW <= invitation.sent_at <= cut or open_incoming:
            continue
        them = (invitation.person.name, invitation.person.url)
        sender, recipient = (me, them) if invitation.outgoing else (them, me)
        direction = "OUTGOING" if invitation.outgoing else "INCOMING"
        sent = us_clock(invitation.sent_at)
        rows.append((sender[0], recipient[0], sent, invitation.note, direction, sender[1], recipient[1]))
    yield from records(rows)


def _conversation_id(number: int) -> str:
    """Return an identifier of LinkedIn's shape and length, different for each number."""
    return "2-" + base64.b64encode(hashlib.sha512(f"thread {number}".encode()).digest()[:40]).decode()


_MESSAGE_COLUMNS = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT",
)  # fmt: skip


def _messages(member: DemoMember, cut: datetime) -> Iterator[str]:
    """Yield conversations, the one with the newest message first, each from its newest message to its oldest."""
    yield from records([_MESSAGE_COLUMNS])
    until_cut = [(talk, [m for m in talk.messages if m.sent_at <= cut]) for talk in member.conversations]
    shown = [(talk, messages) for talk, messages in until_cut if messages]
    shown.sort(key=lambda pair: (pair[1][-1].sent_at, pair[0].number), reverse=True)
    for talk, messages in shown:
        yield from records(_thread(member, talk, messages))


def _thread(member: DemoMember, talk: Conversation, messages: list[Message]) -> Iterator[tuple[str, ...]]:
    key = _conversation_id(talk.number) if talk.others or talk.title else ""  # a draft to nobody has none
    names, urls = ",".join(p.name for p in talk.others), ",".join(p.url for p in talk.others)
    me = (member.name, member.url)
    for message in reversed(messages):
        if message.mine:
            sender, to = me, (names, urls)
        elif message.sender is None:
            sender, to = ("LinkedIn Member", ""), me
        else:
            rest = [p for p in talk.others if p is not message.sender]
            sender = (message.sender.name, message.sender.url)
            to = (",".join([me[0], *(p.name for p in rest)]), ",".join([me[1], *(p.url for p in rest)]))
        # Only the first message of a thread carries the subject.
        subject = talk.subject if message is talk.messages[0] else ""
        attachment = "https://www.linkedin.com/dms/prv/image/0" if message.text.startswith("Die Unterlagen") else ""
        yield (
            key, talk.title, *sender, *to, message.sent_at.isoformat(" ") + " UTC", subject, message.text,
            talk.folder, attachment, "Yes" if message.kind == "draft" else "No",
        )  # fmt: skip


def _acts(member: DemoMember, cut: datetime, kind: ActKind) -> Iterator[Act]:
    return (act for act in reversed(member.acts) if act.kind == kind and act.done_at <= cut)


def _urn(act: Act) -> str:
    if act.group:
        return f"groupPost:{act.group}-{act.post}"
    if act.kind == "post":
        return f"share:{act.post}" if act.post % 3 else f"ugcPost:{act.post}"
    return f"ugcPost:{act.post}" if act.post % 5 == 0 else f"activity:{act.post}"


def _link(act: Act) -> str:
    link = _FEED + quote(f"urn:li:{_urn(act)}", safe="")
    if act.comment is not None:
        link += "?commentUrn=" + quote(f"urn:li:comment:({_urn(act)},{act.comment})", safe="")
    return link


def _shares(member: DemoMember, cut: datetime) -> Iterator[str]:
    """Yield posts: line ends inside a text are written as quote, line end, quote, an empty cell often as two quotes."""
    yield "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    for act in _acts(member, cut, "post"):
        text = act.text.replace('"', '""').replace("\n", '""\n""')
        empty = '""""""' if act.post % 2 else ""
        yield f'{act.done_at.isoformat(" ")},{_link(act)},"{text}",{empty},,MEMBER_NETWORK\n'
        if act.post % 7 == 0:  # a post with two pictures is listed twice
            yield f'{act.done_at.isoformat(" ")},{_link(act)},"{text}",{empty},,MEMBER_NETWORK\n'


def _comments(member: DemoMember, cut: datetime) -> Iterator[str]:
    """Yield comments: this one file escapes quotes with a backslash."""
    yield "Date,Link,Message\n"
    for act in _acts(member, cut, "comment"):
        text = act.text
        if any(sign in text for sign in ',"\n\\'):
            text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        yield f"{act.done_at.isoformat(' ')},{_link(act)},{text}\n"


def _reactions(member: DemoMember, cut: datetime) -> Iterator[str]:
    yield "Date,Type,Link\n"
    for act in _acts(member, cut, "reaction"):
        yield f"{act.done_at.isoformat(' ')},{act.detail},{_link(act)}\n"


def _votes(member: DemoMember, cut: datetime) -> Iterator[str]:
    """Yield votes: this one file leaves its links as they are."""
    rows = (
        (act.done_at.isoformat(" "), f"{_FEED}urn:li:{_urn(act)}", act.detail) for act in _acts(member, cut, "vote")
    )
    yield from records([("Date", "Link", "OptionText")])
    yield from records(rows)


def _reposts(member: DemoMember, cut: datetime) -> Iterator[str]:
    yield "Date,Link\n"
    for act in _acts(member, cut, "repost"):
        yield f"{act.done_at.isoformat(' ')},{_link(act)}\n"
