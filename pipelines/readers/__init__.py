"""One module per kind of source, each: claims files by name, and says what becomes of their records.

Belongs here: what a file's name tells. Reading is in `batch.py` and `tabular.py`; no reader knows a metric.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from pipelines.readers import linkedin, own, xing

if TYPE_CHECKING:
    from pipelines.readers.source import Source

__all__ = ["SOURCES", "Claim", "claim", "file_key", "never_open", "own_list"]

SOURCES: tuple[Source, ...] = (*linkedin.SOURCES, *xing.SOURCES, *own.SOURCES)
_BY_KEY = {key: source for source in SOURCES for key in source.files}
_PAGES = {".htm", ".html", ".pdf", ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg"}
_TEXTS = {"", ".txt", ".md"}
# What LinkedIn, browsers and people's systems put around a name: _1, _<member id>, " (1)", " 2", " - Kopie".
_ADDED = re.compile(r"^(?:Kopie von|Copy of)\s+|(?:\s*\(\d+\)|[\s_]+\d+|\s+(?:[-–]\s*)?(?:Kopie|copy))$", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """What a file's name says: a source that reads it, a table to be looked at, or why it is left alone.

    `platform` is None where the name alone does not tell it.
    """

    kind: Literal["source", "look", "unused", "never opened", "unknown"]
    source: Source | None = None
    platform: str | None = None


def file_key(name: str) -> str:
    """Return a file's name as it is compared: no folder, extension, numbers of copies, parts and members, case, blanks or underscores."""
    stem = PurePosixPath(name).stem.strip()
    while (shorter := _ADDED.sub("", stem)) not in ("", stem):
        stem = shorter
    return re.sub(r"[\s_]+", "", stem).casefold()


def never_open(name: str) -> bool:
    """Whether a file is left closed on principle, whatever was added to its name: logins, address books, receipts, talks with machines."""
    return file_key(name).startswith(linkedin.NEVER_OPENED)


def own_list(name: str) -> bool:
    """Whether a file's name is that of a list which members keep themselves."""
    return claim(name).platform == "own"


def claim(name: str) -> Claim:
    """Return who reads the file of this path inside an export."""
    key = file_key(name)
    if never_open(name):
        return Claim("never opened", platform="linkedin")
    extension = PurePosixPath(name).suffix.lower()
    if key in own.READMES and extension in _TEXTS:
        return Claim("unused", platform="own")
    if extension == ".csv" and (source := _BY_KEY.get(key)):
        return Claim("source", source, source.platform)
    if key in linkedin.UNUSED:
        return Claim("unused", platform="linkedin")
    if extension == ".csv":
        return Claim("look")
    return Claim("unused" if extension in _PAGES else "unknown")
