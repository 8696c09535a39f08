"""Opens what a member downloaded and hands out its files as named byte streams, without trusting any of it.

Belongs here: finding exports in folders, opening a ZIP (or the one ZIP inside it), an unpacked folder or a single file, every
refusal of a hostile or broken container, and the day that the names and dates of a container tell. Nothing is ever unpacked to a
path. What a file means, and whether its bytes are a table, is for the readers.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from pipelines.problem import Problem
from pipelines.untrusted import (
    OLD_EXCEL,
    Budget,
    Entry,
    Exactly,
    Limits,
    damaged_archive,
    file_entry,
    is_archive,
    is_junk,
    link,
    never_opened,
    path_inside,
    refuse_twice,
    shown,
    too_many,
    unreadable,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator


_CHUNK = 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second one begins a ZIP without members
_WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
_NAME_DATE = re.compile(r"(?<![0-9])(?:([0-9]{2})-([0-9]{2})-([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2}))(?![0-9])")
_TABLES_AND_PAGES = {".csv", ".htm", ".html"}
_ZIP_EPOCH = date(1980, 1, 1)  # what a ZIP says that was written without dates
_MEMBER_BYTES = 1024  # room for one member's name and extra fields in a ZIP's directory
_MAX_ARCHIVES = 2  # a ZIP in a ZIP
_MAX_FOLDERS = 32
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
# All that zipfile raises on damaged bytes; RuntimeError includes what it does not implement, ValueError includes UnicodeError.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, RuntimeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class Export:
    """One export: the path as given, its own file name, SHA-256 (hex), the day its names or dates tell, and its files by name."""

    path: Path
    name: str
    sha256: str
    dated: date
    entries: tuple[Entry, ...]


def exports_below(path: Path, *, own_list: Callable[[str], bool]) -> list[Path]:
    """Return the exports that a path stands for: itself, or for a folder of exports those below it, by name.

    A folder with a table or page directly in it is one unpacked export, archives somewhere below it are exports of their own. Where
    these tables are the member's own lists, which `own_list` tells by their names, the folders beside them are exports as well.
    A path that does not exist, a link or an empty folder stands for itself, so that opening it says what is wrong.
    """
    if path.is_symlink() or not path.is_dir():
        return [path]
    return _exports_in(path, 1, own_list) or [path]


def exports_in_inbox(folder: Path, *, own_list: Callable[[str], bool]) -> list[Path]:
    """Return the exports of an inbox: every file directly in it is one, folders as `exports_below`. A missing inbox holds none."""
    if not folder.is_dir():
        return []
    return [
        export
        for child in _visible(folder)
        for export in ([child] if child.is_symlink() or not child.is_dir() else _exports_in(child, 1, own_list))
    ]


def _exports_in(folder: Path, depth: int, own_list: Callable[[str], bool]) -> list[Path]:
    if depth > _MAX_FOLDERS:
        raise Problem("{file} lies too many folders deep; move it up.", file=shown(folder.name))
    children = _visible(folder)
    # A link is never followed, but never passed over in silence either: opening it says so.
    folders = [c for c in children if c.is_dir() and not c.is_symlink()]
    others = [c for c in children if c not in folders]
    tables = [c for c in others if c.suffix.lower() in _TABLES_AND_PAGES]
    beside = bool(folders) and all(own_list(c.name) for c in tables)
    unpacked = bool(tables) and not beside
    found = [folder] if unpacked else []
    for child in children:
        if child in folders:
            # The folders of an unpacked export belong to it; only the archives in them are looked for.
            found += [e for e in _exports_in(child, depth + 1, own_list) if not unpacked or not e.is_dir()]
        elif is_archive(child.name) or (child.is_symlink() and not unpacked) or (beside and child in tables):
            found.append(child)
    return found or ([folder] if others else [])


def _visible(folder: Path) -> list[Path]:
    try:
        children = sorted(folder.iterdir(), key=lambda child: child.name)
    except OSError as error:
        raise unreadable(folder.name, error) from error
    return [c for c in children if not c.name.startswith(".") and not is_junk([c.name])]


@contextmanager
def open_export(path: Path, limits: Limits, *, never_open: Callable[[str], bool]) -> Generator[Export]:
    """Open a ZIP, a folder or a single file; `never_open` tells by an entry's name that it must stay unread.

    The entries can be read until the context ends. Raises Problem, one sentence that names the file, for whatever is refused.
    """
    name = path.name if path.name not in ("", "..") else path.resolve().name
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem("{file} does not exist; check the path.", file=shown(name)) from error
    except OSError as error:
        raise unreadable(name, error) from error
    with ExitStack() as stack:
        if stat.S_ISDIR(status.st_mode):
            export = _open_folder(path, name, limits, never_open)
        elif stat.S_ISLNK(status.st_mode):
            raise Problem("{file} is a symbolic link; give the file or folder that it points to.", file=shown(name))
        elif not stat.S_ISREG(status.st_mode):
            raise Problem("{file} is neither a file nor a folder; give the export as downloaded.", file=shown(name))
        else:
            export = _open_file(path, name, status, limits, never_open, stack)
        yield export


def _open_folder(path: Path, name: str, limits: Limits, never_open: Callable[[str], bool]) -> Export:
    files = sorted(_files_of(path, name, limits), key=lambda found: found[0])
    if not files:
        raise Problem("{file} holds no file that could be read; give the folder of an export.", file=shown(name))
    refuse_twice((inner for inner, _, _ in files), name)
    digest = hashlib.sha256()
    entries = []
    for inner, file, status in files:
        entry = file_entry(inner, file, status.st_size, never=never_open(inner))
        digest.update(inner.encode() + b"\0" + str(status.st_size).encode() + b"\0")
        if not never_open(inner):
            with entry.open() as stream:
                _hash(stream, digest)
        entries.append(entry)
    newest = max(_utc_date(status.st_mtime) for _, _, status in files)
    return Export(path, name, digest.hexdigest(), _date_in(name) or newest, tuple(entries))


def _files_of(root: Path, name: str, limits: Limits) -> Iterator[tuple[str, Path, os.stat_result]]:
    """Yield path inside the folder, path and status of every file that belongs to an unpacked export."""
    budget = Budget(limits, name)
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            children = [(c, c.lstat()) for c in folder.iterdir()]
        except OSError as error:
            raise unreadable(f"{name}/{folder.relative_to(root).as_posix()}", error) from error
        for child, status in children:
            # Linux allows any bytes as a name; a name that is no text becomes one.
            relative = os.fsencode(child.relative_to(root).as_posix()).decode(errors="replace")
            inner = path_inside(relative, name)
            folder_of_files = stat.S_ISDIR(status.st_mode)
            # An archive beside the files is an export of its own, see `exports_below`.
            if is_junk(inner.split("/")) or (is_archive(inner) and not folder_of_files):
                continue
            regular = stat.S_ISREG(status.st_mode)
            budget.add(status.st_size if regular else 0)
            if folder_of_files:
                folders.append(child)
            elif regular:
                yield inner, child, status
            else:
                raise link(inner, name)


def _open_file(
    path: Path, name: str, status: os.stat_result, limits: Limits, never_open: Callable[[str], bool], stack: ExitStack
) -> Export:
    dated = _utc_date(status.st_mtime)
    never = never_open(name) and not is_archive(name)
    digest = hashlib.sha256()
    if never:
        digest.update(name.encode(errors="replace") + b"\0" + str(status.st_size).encode())
    else:
        Budget(limits, name).add(status.st_size)
        try:
            file = stack.enter_context(path.open("rb", buffering=0))
            head = file.read(1024)
            file.seek(0)
            _hash(file, digest)
        except OSError as error:
            raise unreadable(name, error) from error
        if is_archive(name) or head.startswith(_ZIP):
            _refuse_no_zip(head, name)
            return _open_zip(path, name, file, digest.hexdigest(), dated, _Opening(limits, never_open, stack))
        if head.startswith(OLD_EXCEL):
            raise workbook(name)
    inner = path_inside(os.fsencode(name).decode(errors="replace"), name)
    entry = file_entry(inner, path, status.st_size, never=never)
    return Export(path, name, digest.hexdigest(), dated, (entry,))


@dataclass(frozen=True)
class _Opening:
    """What all levels of one archive share."""

    limits: Limits
    never_open: Callable[[str], bool]
    stack: ExitStack


def _open_zip(
    path: Path, name: str, file: io.FileIO | io.BytesIO, sha256: str, dated: date, opening: _Opening
) -> Export:
    budget = Budget(opening.limits, name)
    levels = [_ZipLevel(name, "", file, opening, budget)]
    while (inner := levels[-1].only_archive()) is not None:
        if len(levels) == _MAX_ARCHIVES:
            raise Problem("{file} is an archive in an archive in an archive; unpack the outer one.", file=shown(name))
        label = f"{name}/{inner.name}"
        with inner.open() as stream:
            body = stream.read()
        _refuse_no_zip(body[:1024], label)
        levels.append(_ZipLevel(label, f"{inner.name}/", io.BytesIO(body), opening, budget))
    innermost = levels[-1]
    if not innermost.entries:
        raise Problem("{file} holds no files; download the export again.", file=shown(innermost.label))
    names = [*(level.label.rsplit("/", 1)[-1] for level in levels), *(level.top_folder for level in reversed(levels))]
    days = [_date_in(text) for text in names] + [level.newest for level in reversed(levels)]
    return Export(path, name, sha256, next((day for day in days if day), dated), tuple(innermost.entries))


class _ZipLevel:
    """One ZIP, checked member by member before any of them is unpacked; `prefix` is its own path inside the export."""

    def __init__(
        self, label: str, prefix: str, file: io.FileIO | io.BytesIO, opening: _Opening, budget: Budget
    ) -> None:
        self.label = label
        bounded = opening.stack.enter_context(_BoundedReads(file, label, opening.limits.members))
        try:
            archive = opening.stack.enter_context(zipfile.ZipFile(bounded))
        except _DAMAGE as error:
            raise damaged_archive(label) from error
        bounded.directory_is_read()
        infos = archive.infolist()
        if "[Content_Types].xml" in archive.namelist() and any(n.startswith("xl/") for n in archive.namelist()):
            raise workbook(label)
        if sum(info.compress_size for info in infos) > bounded.seek(0, io.SEEK_END):
            # Members that share bytes, or lie about how many they have.
            raise damaged_archive(label)
        self.entries: list[Entry] = []
        paths: list[str] = []
        days: list[date] = []
        for info in infos:
            inner = path_inside(_decoded_name(info), label)
            _refuse_member(info, inner, label, opening.limits)
            budget.add(info.file_size)
            if info.orig_filename.endswith(("/", "\\")) or is_junk(inner.split("/")):
                continue
            paths.append(inner)
            days += [day] if (day := _valid_date(*info.date_time[:3])) and day > _ZIP_EPOCH else []
            path = prefix + inner
            self.entries.append(_zip_entry(path, archive, info, label, never=opening.never_open(path)))
        self.entries.sort(key=lambda entry: entry.name)
        refuse_twice(paths, label)
        self.newest = max(days, default=None)
        tops = {p.partition("/")[0] if "/" in p else "" for p in paths}
        self.top_folder = tops.pop() if len(tops) == 1 else ""

    def only_archive(self) -> Entry | None:
        """Return the archive that is all this one is for; beside tables or pages an archive is just one more file."""
        archives = [entry for entry in self.entries if is_archive(entry.name)]
        if not archives or any(Path(entry.name).suffix.lower() in _TABLES_AND_PAGES for entry in self.entries):
            return None
        if len(archives) > 1:
            raise Problem(
                "{file} holds {count} archives; give each of them as an export of its own.",
                file=shown(self.label),
                count=len(archives),
            )
        return archives[0]


class _BoundedReads(io.BufferedReader):
    """A file that refuses one huge read: zipfile reads the whole directory of a ZIP into memory, however long it claims to be."""

    def __init__(self, file: io.FileIO | io.BytesIO, label: str, members: int) -> None:
        super().__init__(file, 64 * 1024)
        self._label = label
        self._members: int | None = members

    def directory_is_read(self) -> None:
        self._members = None

    def read(self, size: int | None = -1, /) -> bytes:
        # The tail, in which zipfile looks for the end record, is up to 64 KiB.
        if self._members is not None and size is not None and size > self._members * _MEMBER_BYTES + 128 * 1024:
            raise too_many(self._label, self._members)
        return super().read(size)


def _zip_entry(inner: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, *, never: bool) -> Entry:
    def damaged() -> Problem:
        return Problem(
            "{member} in {file} is damaged or not as long as the archive says; download the export again.",
            member=shown(inner),
            file=shown(label.partition("/")[0]),
        )

    def opener() -> BinaryIO:
        if never:
            raise never_opened(inner)
        if archive.fp is None:
            raise ValueError("the export is closed")
        try:
            stream = archive.open(info)
        except _DAMAGE as error:
            raise damaged() from error
        return io.BufferedReader(Exactly(stream, info.file_size, damaged, _DAMAGE), 64 * 1024)

    return Entry(inner, info.file_size, opener)


def _refuse_no_zip(head: bytes, label: str) -> None:
    file = shown(label)
    if not head:
        raise Problem("{file} is empty; download the export again.", file=file)
    if _WEB_PAGE.match(head):
        raise Problem(
            "{file} is a web page and not a ZIP archive, probably the login page; sign in and download the export again.",
            file=file,
        )
    if head.startswith(OLD_EXCEL):
        raise workbook(label)
    if not head.startswith(_ZIP):
        raise Problem("{file} is not a ZIP archive; download the export again.", file=file)


def _refuse_member(info: zipfile.ZipInfo, inner: str, label: str, limits: Limits) -> None:
    member, file = shown(inner), shown(label)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise link(inner, label)
    if info.flag_bits & _ENCRYPTED:
        raise Problem("{file} is protected with a password; unpack it and give the folder.", file=file)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Problem(
            "{file} packs {member} in a way that is not read here; unpack it and give the folder.",
            file=file,
            member=member,
        )
    if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
        raise damaged_archive(label)
    if info.file_size > limits.member and info.file_size > limits.ratio * info.compress_size:
        raise Problem(
            "{member} in {file} unpacks to more than {ratio} times its size, as no export does; download the export again.",
            file=file,
            member=member,
            ratio=limits.ratio,
        )


def _decoded_name(info: zipfile.ZipInfo) -> str:
    name = info.orig_filename  # `filename` ends at a NUL and has other separators on Windows
    if info.flag_bits & _UTF_8_NAME:
        return name
    try:
        return name.encode("cp437").decode()  # macOS writes UTF-8 without saying so
    except UnicodeError:
        return name


def _date_in(name: str) -> date | None:
    for month, day, year, iso_year, iso_month, iso_day in _NAME_DATE.findall(name):
        if found := _valid_date(int(year or iso_year), int(month or iso_month), int(day or iso_day)):
            return found
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _utc_date(timestamp: float) -> date:
    # Added to the epoch, because Windows converts no time before it.
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=timestamp)).date()


def _hash(stream: IO[bytes] | io.FileIO, digest: hashlib._Hash) -> None:
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
