"""Writes a member's story the way XING answers a request for one's data: a folder of pages with CSV files below data/.

Belongs here: paths, headers, quoting. File names are hashes that say nothing, so the contents must speak for themselves.
"""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.demo.csvlines import records
from pipelines.demo.rhythm import END

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.demo.truth import DemoMember

FOLDER = "xing-datenauskunft"


def write_xing(member: DemoMember, folder: Path) -> list[Path]:
    """Write the bundle as `folder`/xing-datenauskunft and return its files; they carry the story's last day as their date."""
    contents = {
        _hashed("network-inquiry", "contacts"): _contacts(member),
        _hashed("network-inquiry", "notes"): _notes(member),
        _hashed("messages-backend", "messages"): _messages(member),
        "index.html": iter(["<!doctype html><html lang=de><title>Datenauskunft</title><p>Ihre Daten</p></html>\n"]),
    }
    written = []
    for name, lines in contents.items():
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        moment = END.replace(tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        written.append(path)
    return written


def _hashed(service: str, what: str) -> str:
    return f"data/{service}/files/{hashlib.sha256(what.encode()).hexdigest()[:40]}.csv"


def _stamp(moment: datetime | None) -> str:
    return f"{moment.isoformat(' ')} UTC" if moment else ""


def _contacts(member: DemoMember) -> Iterator[str]:
    rows = [(contact.name, _stamp(contact.confirmed_at)) for contact in reversed(member.xing_contacts)]
    return records([("Name", "Kontakt bestätigt am"), *rows], quote_all=True)


def _notes(member: DemoMember) -> Iterator[str]:
    rows = [(note.name, _stamp(note.created_at), note.text) for note in member.xing_notes]
    return records([("Name", "Erstellt am", "Text der Notiz"), *rows], quote_all=True)


def _messages(member: DemoMember) -> Iterator[str]:
    """Yield each conversation as one record, its messages as records below it; there is no header."""
    rows = []
    for talk in member.xing_conversations:
        names = ",".join([member.name, *(person.plain_name for person in talk.others)])
        begun = talk.messages[0].sent_at if talk.messages else datetime(2016, 4, 5, 10, talk.number % 60)  # noqa: DTZ001
        rows.append((talk.subject, _stamp(begun), names, "", "", ""))
        for message in talk.messages:
            sender = member.name if message.sender is None else message.sender.plain_name
            rows.append(("", "", "", sender, _stamp(message.sent_at), message.text))
    return records(rows, quote_all=True)
