"""Exports in which everybody and everything is called what would do harm if it were not shown as plain text.

Belongs here: such texts, and an export written by hand that carries one of them wherever an export has room for text. Everything in
it happened so that each section of the page has something to say.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.gates.documents import RECIPIENT, SENDER, VIEWS, WEEK, Document
from tests.reading_samples import table, write_export

if TYPE_CHECKING:
    from pipelines.report import Report

TEXTS = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "closing tags": "</title></style></textarea>--><svg onload=alert(1)>",
    "address": "javascript:alert(1)",
    "quotes": """O'Neill "Nell" `x` & Söhne &amp; &lt;b&gt;""",
    "template": "{{ 7*7 }}{% raw %}{# x #}",
    "placeholders": "{name} {0} %s %(name)s 100% ${x}",
    "formula": "=cmd|' /C calc'!A0",
    "another formula": "@SUM(1+9)*cmd|' /C calc'!A0",
    "query": "'; drop table contacts; --",
    "header": "Anna\r\nBcc: x@example.org\r\n\r\n<b>",
    "terminal": "An\x1b[31mna\x07\x9b2J\x08\x7f",
    "bidi": "Anna\u202egnp.exe\u2066\u200b\u00ad\ufeff",
    "marks": "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "emoji": "👩\u200d💻 Anna 🎉🇩🇪",
    "other scripts": "محمد 王小明 이서연 Ольга",
    "long": "A" * 10_000,
    "long words": "Donaudampfschifffahrt " * 400 + "Anna",
    "markdown": "[x](javascript:alert(1)) | **b** ![x](https://example.org/x.png) ```",
}

NAME = "Ada Beispiel"
_ME = "https://www.linkedin.com/in/ada-beispiel"
_GROUP = "https://www.linkedin.com/feed/update/urn%3Ali%3AgroupPost%3A8123401-75258362194854{:05}"
_PEOPLE = 30


@cache
def documents(name: str) -> tuple[Document, ...]:
    """Return page, mail and the coach's sheets of a member in whose exports everything is called as TEXTS says under `name`."""
    from pipelines.coach.overview import make_overview
    from pipelines.coach.received import read

    made = report(name)
    received = read(made.json, f"{name}.json")
    sheets = make_overview([received], "de", named={received.member}, sender=SENDER, recipient=RECIPIENT).files
    views = VIEWS[:1] + VIEWS[-1:]
    found = [Document(f"{name}.page", "page", "de", made.html), Document(f"{name}.mail", "mail", "de", made.mail)]
    found += [
        Document(f"{name}.{file}", "mail" if file.endswith(".eml") else "page", "de", content, beside=tuple(sheets))
        for file, content in sheets.items()
    ]
    return tuple(replace(one, views=views) for one in found)


@cache
def report(name: str) -> Report:
    """Return the report that the steps make of it."""
    from pipelines import steps
    from pipelines.members import Member

    text = TEXTS[name]
    wishes = {"target_companies": (text,), "target_roles": (text,)}
    member = Member(key="ada", name=text, send_to=(RECIPIENT,), owner_confirmed=True, week=WEEK, **wishes)
    with TemporaryDirectory() as folder:
        made, notes = steps.report(member, write(Path(folder), text), SENDER)
    assert made, list(map(str, notes))
    return made


def write(folder: Path, text: str) -> list[Path]:
    """Write the exports and return their paths: LinkedIn's archive and the tables that a member keeps by hand."""
    archive = write_export(folder, {**_network(text), **_messages(text), **_acts(text)})
    by_hand = {
        "groups.csv": table(["group_id", "name"], [["8123401", text]]),
        "activity.csv": table(
            ["Datum", "Art", "Mit", "Notiz"],
            [["2026-11-10", "Treffen", text, text], ["2026-11-11", "Rat bekommen", text, text]],
        ),
        "applications.csv": table(
            ["Firma", "Stelle", "Kontakt", "Bewerbung", "Gespräch", "über"],
            [[text, text, text, "2026-11-02", "2026-11-12", text], [text, text, "", "2026-10-02", "", ""]],
        ),
        "people.csv": table(["Name", "Firma", "Position", "bekannt seit"], [[text, text, text, "2019"]]),
    }
    for name, content in by_hand.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (moment := datetime(2026, 11, 20, tzinfo=UTC).timestamp(), moment))
    return [archive, *(folder / name for name in by_hand)]


def _link(text: str, number: int) -> str:
    host = "www.linkedin.com.example.org" if text == TEXTS["address"] else "www.linkedin.com"
    return f"https://{host}/in/anna-arndt-{number}"


def _network(text: str) -> dict[str, bytes]:
    title = [f"Recruiter {text}", text, f"Head of {text}"]
    contacts = [
        [text, str(i) if i else "", _link(text, i), "", text, title[i % 3], f"{9 + i % 6:02} Nov {2026 - i // 6}"]
        for i in range(_PEOPLE)
    ]
    invitations = [
        [text, NAME, f"11/{9 + i % 6}/26, 11:35 AM", text, "INCOMING", _link(text, 100 + i), _ME] for i in range(3)
    ]
    invitations += [[NAME, text, "11/10/26, 7:43 AM", text, "OUTGOING", _ME, _link(text, 103)]]
    recognition = [["2026/11/10 08:13:38 UTC", text, text, "", _link(text, i), "ACCEPTED"] for i in range(9)]
    return {
        "Profile.csv": table(["First Name", "Last Name", "Headline", "Summary"], [[*NAME.split(), text, text]]),
        "Connections.csv": table(
            ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"], contacts
        ),
        "Invitations.csv": table(
            ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"], invitations
        ),
        "Endorsement_Received_Info.csv": table(
            ["Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name", "Endorser Public Url", "Endorsement Status"],
            recognition,
        ),
        "Company Follows.csv": table(["Organization", "Followed On"], [[text, "Wed Sep 09 06:13:24 UTC 2026"]]),
        "Jobs/Job Applications.csv": table(
            ["Application Date", "Contact Email", "Contact Phone Number", "Company Name", "Job Title", "Job Url", "Resume Name", "Question And Answers"],
            [["11/9/26, 1:06 AM", "", "", text, text, "https://www.linkedin.com/jobs/view/1", text, text]],
        ),
    }  # fmt: skip


def _messages(text: str) -> dict[str, bytes]:
    rows = []

    def write(talk: int, sent: bool, moment: str, content: str) -> None:
        them, me = (text, _link(text, talk)), (NAME, _ME)
        one, other = (me, them) if sent else (them, me)
        rows.append([f"2-{talk}", text, *one, *other, f"{moment} UTC", text, f"{content} {text}", "INBOX", text, "No"])

    for i in range(10):  # went quiet years ago
        write(i, True, f"2022-03-{i + 1:02} 08:00:00", "Hallo")
        write(i, False, f"2022-03-{i + 2:02} 09:00:00", "Danke")
    for i in range(10, 16):  # wait for an answer
        write(i, True, f"2026-10-{i + 1:02} 08:00:00", "Hallo")
        write(i, False, f"2026-11-{i - 2:02} 09:00:00", "Können wir am Montag telefonieren?")
    for i in range(18, 30, 3):  # recruiting, by their titles
        write(i, False, f"2026-11-{i // 3 + 4:02} 10:00:00", "Ich habe eine spannende Stelle für Sie und würde gern mit Ihnen sprechen. Passt das?")  # fmt: skip
    header = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT"]  # fmt: skip
    return {"messages.csv": table(header, rows)}


def _acts(text: str) -> dict[str, bytes]:
    days = [f"2026-{month:02}-{day:02} 08:26:18" for month in (9, 10, 11) for day in (2, 9, 12, 13)]
    shared = [[day, _GROUP.format(i), text, "", "", "MEMBER_NETWORK"] for i, day in enumerate(days)]
    return {
        "Shares.csv": table(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"], shared),
        "Comments.csv": table(
            ["Date", "Link", "Message"], [[day, _GROUP.format(i), text] for i, day in enumerate(days)]
        ),
        "Reactions.csv": table(
            ["Date", "Type", "Link"], [[day, "LIKE", _GROUP.format(i)] for i, day in enumerate(days)]
        ),
    }
