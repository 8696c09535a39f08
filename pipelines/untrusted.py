"""What holds for every file of an export, wherever it comes from: limits, paths, streams that keep to their size, refusals.

Belongs here: the rules that a folder, a ZIP and a single file share. What only one kind of container knows, and how exports are
found and opened, is `archive.py`, through which everybody else gets all of this.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, BinaryIO

from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from _typeshed import WriteableBuffer

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIB = 1024 * 1024
_JUNK = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Limits:
    """How much one export may hold, over all its levels: files, unpacked bytes, and the ratio above which a large member is a bomb."""

    members: int = 2000
    total: int = 512 * MIB
    member: int = 64 * MIB
    ratio: int = 200


@dataclass(frozen=True)
class Entry:
    """One file of an export: its path inside the export ("/"-separated, NFC) and its unpacked size in bytes."""

    name: str
    size: int
    opener: Callable[[], BinaryIO] = field(repr=False, compare=False)

    def open(self) -> BinaryIO:
        """Return a new stream of the bytes, as often as wanted while the export is open.

        Opening or reading raises Problem when the file is damaged, not as long as declared, or one that is never opened.
        """
        return self.opener()


class Budget:
    """What all levels of one export have used up of its limits."""

    def __init__(self, limits: Limits, name: str) -> None:
        self._limits, self._name = limits, name
        self._members = self._bytes = 0

    def add(self, size: int) -> None:
        """Count one more member of this many unpacked bytes; raises Problem once the limits are passed."""
        self._members += 1
        self._bytes += size
        if self._members > self._limits.members:
            raise too_many(self._name, self._limits.members)
        if self._bytes > self._limits.total:
            raise Problem(
                "{file} holds more than {limit} MiB unpacked; if it is an export as downloaded, allow more with --max-size.",
                file=shown(self._name),
                limit=f"{self._limits.total / MIB:g}",
            )


class Exactly(io.RawIOBase):
    """A stream that yields the declared number of bytes or raises Problem; `damage` is what its source raises when broken."""

    def __init__(
        self, stream: IO[bytes], size: int, problem: Callable[[], Problem], damage: tuple[type[Exception], ...]
    ) -> None:
        self._stream, self._left, self._problem, self._damage = stream, size, problem, damage
        self._ended = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as one read of the source does; 0 only at the declared end."""
        view = memoryview(buffer).cast("B")
        data = self._read(min(view.nbytes, self._left)) if self._left else b""
        view[: len(data)] = data
        return len(data) if data else self._end()

    def readall(self) -> bytes:
        """Return all that is left."""
        chunks = []
        while self._left:
            chunks.append(self._read(min(self._left, MIB)))
        self._end()
        return b"".join(chunks)

    def close(self) -> None:
        """Close the source too."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except self._damage as error:
            raise self._problem() from error
        if size and not data:
            raise self._problem()
        self._left -= len(data)
        return data

    def _end(self) -> int:
        # One more byte would be more than declared; asking for it also makes zipfile compare the checksum of an empty member.
        if not self._ended:
            self._ended = True
            try:
                more = self._stream.read(1)
            except self._damage as error:
                raise self._problem() from error
            if more:
                raise self._problem()
        return 0


def file_entry(inner: str, path: Path, size: int, *, never: bool) -> Entry:
    """Return the entry of a file on disk, which is opened only when asked for, and not at all if `never`."""

    def changed() -> Problem:
        return Problem("{file} cannot be read or changes while it is read; try again.", file=shown(inner))

    def opener() -> BinaryIO:
        if never:
            raise never_opened(inner)
        try:
            stream = path.open("rb", buffering=0)
        except OSError as error:
            raise changed() from error
        return io.BufferedReader(Exactly(stream, size, changed, (OSError,)), 64 * 1024)

    return Entry(inner, size, opener)


def refuse_twice(paths: Iterable[str], label: str) -> None:
    """Raise Problem where two paths would be one file for whoever unpacks the export."""
    seen: set[str] = set()
    for path in paths:
        # Equal for file systems that ignore case, or the way in which an umlaut is composed.
        key = unicodedata.normalize("NFC", path.casefold())
        if key in seen:
            raise Problem(
                "{file} holds {member} twice, upper and lower case being the same; give the export as downloaded.",
                file=shown(label),
                member=shown(path),
            )
        seen.add(key)


def path_inside(name: str, label: str) -> str:
    """Return the "/"-separated path of a member, or raise Problem where it leads outside or cannot be shown."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    outside = path.startswith("/") or ".." in parts or re.match("[A-Za-z]:", path)
    if outside or not parts or any(unicodedata.category(c) in ("Cc", "Cs") for c in path):
        raise Problem(
            "{file} holds the path {member}, which leads outside of it or is none; give the export as downloaded.",
            file=shown(label),
            member=shown(name),
        )
    return unicodedata.normalize("NFC", "/".join(parts))


def is_archive(name: str) -> bool:
    """Tell by the name whether this has to be a ZIP."""
    return name.lower().endswith(".zip")


def is_junk(parts: list[str]) -> bool:
    """Tell what systems leave beside files: macOS' shadow files, folder views, thumbnails."""
    return "__MACOSX" in parts or parts[-1].lower() in _JUNK or parts[-1].startswith("._")


def shown(name: str) -> str:
    """Return a name that fits a sentence: nothing that moves a terminal's cursor or turns the text, and no pages of it."""
    text = "".join(c if c.isprintable() else "?" for c in name)
    return text if len(text) <= 120 else f"{text[:60]}…{text[-59:]}"


def called(paths: Iterable[str]) -> dict[str, str]:
    """Return what each path is called in a sentence: its last part, or all of it where another one ends alike."""
    ends = {path: re.split(r"[/\\]", path.rstrip("/\\"))[-1] for path in paths}
    counts = Counter(ends.values())
    return {path: shown(end) if counts[end] == 1 else path for path, end in ends.items()}


def damaged_archive(label: str) -> Problem:
    """Say that the container itself is broken."""
    return Problem("{file} is damaged or not complete; download the export again.", file=shown(label))


def too_many(label: str, members: int) -> Problem:
    """Say that there are more members than an export has."""
    return Problem("{file} holds more than {limit} files, as no export does; give the export as downloaded.",
                   file=shown(label), limit=members)  # fmt: skip


def link(inner: str, label: str) -> Problem:
    """Say that a member is a link, a pipe or a device."""
    return Problem("{member} in {file} is a link or no ordinary file; give the export as downloaded.",
                   member=shown(inner), file=shown(label))  # fmt: skip


def workbook(label: str) -> Problem:
    """Say that Excel wrote this."""
    return Problem(
        "{file} is an Excel workbook; give the CSV file or the ZIP archive as downloaded.", file=shown(label)
    )


def never_opened(inner: str) -> Problem:
    """Say that a file stays closed on principle."""
    return Problem("{file} is never opened.", file=shown(inner))


def unreadable(name: str, error: OSError) -> Problem:
    """Say what the operating system says."""
    return Problem("{file} cannot be read: {reason}.", file=shown(name), reason=error.strerror or str(error))
