"""The tables in an inbox that a member keeps by hand: adding lines to them, and the empty ones to begin with.

Belongs here: a file's own header, delimiter and encoding, the words that a line is written in, and putting the longer file in place of
the shorter one. What the tables mean is in `readers/own.py`, what a sentence means in `phrases.py`.
"""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import suppress
from typing import TYPE_CHECKING

from pipelines.files import replace_file
from pipelines.problem import Problem
from pipelines.readers import own
from pipelines.readers.content import Header, column_key, find_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.readers.source import Source

DELIMITERS = {"de": ";", "en": ","}
# Each table's file and its columns, a cell of the source (or `note`) with its header in German and in English.
TABLES: dict[str, tuple[Source, tuple[tuple[str, str, str], ...]]] = {
    "activity.csv": (
        own.ACTIVITY,
        (
            ("date", "Datum", "date"),
            ("kind", "Art", "kind"),
            ("name", "Mit", "with"),
            ("direction", "Richtung", "direction"),
            ("platform", "Plattform", "platform"),
            ("note", "Notiz", "note"),
        ),
    ),
    "people.csv": (
        own.PEOPLE,
        (
            ("name", "Name", "name"),
            ("company", "Firma", "company"),
            ("title", "Position", "position"),
            ("since", "bekannt seit", "known since"),
            ("email", "E-Mail", "e-mail"),
            ("profile", "Profil", "profile"),
        ),
    ),
    "visitors.csv": (
        own.VISITORS,
        (
            ("day", "Woche", "week"),
            ("profile_views", "Profilbesuche", "profile views"),
            ("recruiter_views", "davon aus dem Recruiting", "recruiter views"),
            ("platform", "Plattform", "platform"),
        ),
    ),
    "applications.csv": (
        own.APPLICATIONS,
        (
            ("company", "Firma", "company"),
            ("title", "Stelle", "role"),
            ("contact", "Kontakt", "contact"),
            ("application", "Bewerbung", "application"),
            ("interview", "Gespräch", "interview"),
            ("offer", "Angebot", "offer"),
            ("through", "über", "through"),
            ("status", "Stand", "status"),
        ),
    ),
    "marks.csv": (
        own.MARKED,
        (
            ("name", "Name", "name"),
            ("profile", "Profil", "profile"),
            ("mark", "Vermerk", "mark"),
            ("date", "Datum", "date"),
        ),
    ),
}
# What the program writes itself: words that the reader knows, in the language of the file.
_WRITTEN = {
    "de": {
        "meeting": "Treffen", "call": "Anruf", "greeting": "Gruß", "introduction": "Vorstellung", "referral": "Empfehlung",
        "advice_asked": "Rat bekommen", "advice_given": "Rat gegeben", "recruiter_contact": "Recruiter", "given": "gegeben",
        "received": "bekommen", "mutual": "beidseitig", "done": "erledigt", "later": "später", "never": "nie",
        "no_recruiter": "kein Recruiter", "linkedin": "LinkedIn", "xing": "XING",
    },
    "en": {
        "advice_asked": "advice received", "advice_given": "advice given", "recruiter_contact": "recruiter",
        "no_recruiter": "no recruiter", "linkedin": "LinkedIn", "xing": "XING",
    },
}  # fmt: skip
_MEANINGS = {"kind": own.KINDS, "direction": own.DIRECTIONS, "mark": own.MARKS, "platform": own.PLATFORMS}
_CODED = frozenset(_MEANINGS)
_FORMULA = tuple("=+-@＝＋－＠")


def add(path: Path, rows: Sequence[Mapping[str, str]], *, language: str, again: bool = False) -> int:
    """Add lines to the table `path` (one of TABLES) and return how many; a missing file is begun with its header.

    `rows` hold the source's cells by name, codes such as `meeting` for kinds, directions, marks and platforms. A line that is there
    already is left out unless `again`. The file is replaced in one step and readable by its owner alone. Raises Problem where the
    file has no header or lacks a column that a line needs.
    """
    language = _headed(language)
    source, columns = TABLES[path.name]
    text, encoding = _read(path)
    if text.strip():
        header = find_header(text.encode(), {column_key(name) for name in _names(source)})
        if header is None:
            raise Problem(
                "{file} has no header; its first line should be {header}.",
                file=path.name,
                header=_line([name for _, name, _ in columns], ";").strip(),
            )
    else:
        names = [german if language == "de" else english for _, german, english in columns]
        text = _line(names, DELIMITERS[language])
        header = Header(tuple(names), DELIMITERS[language], len(text.encode()), 2)
    end = "\r\n" if "\r\n" in text else "\n"
    cells = _cells(source, header)
    there = {_meant(dict(zip(cells, record, strict=False))) for record in _records(text, header)}
    if text and not text.endswith(("\n", "\r")):
        text += end
    added = 0
    spoken = _language(cells, header, language)
    for row in rows:
        filled = {cell: value for cell, value in row.items() if value}
        if lacking := sorted(filled.keys() - set(cells) - {"note"}):
            raise Problem(
                "{file} has no column for {columns}; add it to its first line.",
                file=path.name,
                columns=", ".join(lacking),
            )
        if not again and _meant(filled) in there:
            continue
        there.add(_meant(filled))
        written = {c: _WRITTEN[spoken].get(v, v) if c in _CODED else v for c, v in filled.items()}
        text += _line([written.get(cell or "", "") for cell in cells], header.delimiter, end)
        added += 1
    if added:
        _replace(path, text, encoding)
    return added


def write_templates(folder: Path, language: str) -> list[Path]:
    """Write the empty tables and a README that explains them into `folder` and return their paths; what is there already stays."""
    language = _headed(language)
    written = []
    for name, (_, columns) in TABLES.items():
        names = [german if language == "de" else english for _, german, english in columns]
        if not (folder / name).exists():
            # Spreadsheets take a table for UTF-8 only where it begins so.
            _replace(folder / name, _line(names, DELIMITERS[language]), "utf-8-sig")
            written.append(folder / name)
    readme = folder / ("LIESMICH.txt" if language == "de" else "README.txt")
    _replace(readme, _EXPLAINED[language], "utf-8")
    return [*written, readme]


def _headed(language: str) -> str:
    """Return the language that a table's header is written in: readers know German and English ones."""
    return language if language in DELIMITERS else "en"


def _read(path: Path) -> tuple[str, str]:
    """Return a table's text and its encoding, UTF-8 for one that is not there."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", "utf-8"
    except OSError as error:
        raise Problem("{file} cannot be read: {error}.", file=path.name, error=error.strerror or str(error)) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "utf-16"
    for encoding in ("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8", "windows-1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    return data.decode("utf-8", "replace"), "utf-8"


def _replace(path: Path, text: str, encoding: str) -> None:
    """Put a text in place of a file in one step; characters that the file's encoding lacks make it UTF-8."""
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = text.encode("utf-8-sig")
    replace_file(path, data, lasting=True)


def _names(source: Source) -> list[str]:
    return [*(name for names in source.cells.values() for name in names), *(source.others or ())]


def _cells(source: Source, header: Header) -> list[str | None]:
    """Return for each column of a file the cell that it holds, None for one that the program does not know."""
    keys = {column_key(name): cell for cell, names in source.cells.items() for name in names}
    keys |= {column_key(name): "note" for name in source.others or ()}
    found: list[str | None] = []
    for name in header.cells:
        cell = keys.get(column_key(name))
        found.append(cell if cell not in found else None)
    return found


def _language(cells: Sequence[str | None], header: Header, language: str) -> str:
    """Return the language of a file's header, that of the member where it is the same in both."""
    columns = {cell: (german, english) for _, table in TABLES.values() for cell, german, english in table}
    for cell, name in zip(cells, header.cells, strict=True):
        german, english = columns.get(cell or "", ("", ""))
        if german != english and name.strip().casefold() in (german.casefold(), english.casefold()):
            return "de" if name.strip().casefold() == german.casefold() else "en"
    return language


def _records(text: str, header: Header) -> Iterator[list[str]]:
    below = text.encode()[header.offset :].decode()
    return (record for record in csv.reader(io.StringIO(below, newline=""), delimiter=header.delimiter) if record)


def _meant(row: Mapping[str | None, str] | Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a line says, whatever its words and its way to write a day; notes aside."""
    meant = {}
    for cell, value in row.items():
        if cell in (None, "note") or not value.strip():
            continue
        plain = " ".join(value.removeprefix("'").replace("-", " ").replace("_", " ").lower().split())
        words = _MEANINGS.get(cell or "", {})
        plain = next(
            (code for code, group in words.items() if plain == code.replace("_", " ") or plain in group), plain
        )
        parts = value.strip().split(".")
        if cell == "date" and len(parts) == 3:
            plain = f"{parts[2].strip()} {parts[1].strip():0>2} {parts[0].strip():0>2}"
        meant[cell or ""] = plain
    if meant.get("kind") in ("advice_asked", "advice_given", "recruiter_contact"):
        meant.pop("direction", None)
    return tuple(sorted(meant.items()))


def _line(cells: Sequence[str], delimiter: str, end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerow(
        _as_text(" ".join(cell.split())) for cell in cells
    )
    return out.getvalue()


def _as_text(cell: str) -> str:
    """Return a cell that no spreadsheet computes: anybody can call themselves like a formula. Names are compared without the sign."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


_EXPLAINED = {
    "de": """\
Fünf Tabellen für das, was in keinem Export steht. Füllen Sie aus, was Sie mögen; leere Tabellen stören nicht. Legen Sie sie in
Ihren Eingang (inbox) zu den Exporten. Trennzeichen ist ; oder , und ein Tag heißt 2026-11-12 oder 12.11.2026. Notizen werden
nicht gespeichert, sie sind nur für Sie.

activity.csv: Ihr Tagebuch. Eine Zeile je Treffen, Anruf, Gruß, Vorstellung, Empfehlung, Rat bekommen, Rat gegeben oder Recruiter.
    Beispiel: 12.11.2026;Treffen;Jörg Beispiel;;;Kaffee am Hafen
    Richtung ist gegeben oder bekommen und nötig bei Vorstellung und Empfehlung; Plattform nur bei Recruitern.
    Einfacher: kontaktpuls log KÜRZEL "Kaffee mit Jörg, Rat bekommen"

people.csv: Menschen, die Sie kennen, ohne auf einer Plattform verbunden zu sein. Nur der Name ist nötig.
    Beispiel: Jörg Beispiel;Nordlicht GmbH;Analyst;2015;;

visitors.csv: eine Zeile je Woche, abgeschrieben vom Bildschirm der Plattform.
    Beispiel: 2026-W46;12;3;LinkedIn

applications.csv: eine Zeile je Bewerbung. Kontakt, Bewerbung, Gespräch und Angebot sind Tage; bei den letzten beiden geht auch ja.
    „über“ ist, wer geholfen hat. Stand: offen, beworben, Gespräch, Angebot, Zusage, Absage oder zurückgezogen.
    Beispiel: Nordlicht GmbH;Analystin;01.11.2026;03.11.2026;;;Jörg Beispiel;offen

marks.csv: wen die Vorschläge ruhen lassen: erledigt zwölf Wochen, später vier Wochen, nie für immer, kein Recruiter für immer.
    Beispiel: Jörg Beispiel;;erledigt;12.11.2026
    Einfacher: kontaktpuls mark KÜRZEL "Jörg Beispiel" done
""",
    "en": """\
Five tables for what is in no export. Fill in what you like; empty tables do no harm. Put them into your inbox beside the exports.
Cells are parted by , or ; and a day is 2026-11-12 or 12.11.2026. Notes are not stored, they are for you alone.

activity.csv: your log. One line for each meeting, call, greeting, introduction, referral, advice received, advice given or recruiter.
    Example: 2026-11-12,meeting,Jörg Beispiel,,,coffee at the harbour
    The direction is given or received and needed for introductions and referrals; the platform only for recruiters.
    Simpler: kontaktpuls log KEY "Coffee with Jörg, got advice"

people.csv: people whom you know without being connected on a platform. Only the name is needed.
    Example: Jörg Beispiel,Nordlicht GmbH,analyst,2015,,

visitors.csv: one line a week, copied from the platform's screen.
    Example: 2026-W46,12,3,LinkedIn

applications.csv: one line for each application. Contact, application, interview and offer are days; yes will do for the last two.
    “through” is who helped. Status: open, applied, interview, offer, accepted, rejected or withdrawn.
    Example: Nordlicht GmbH,analyst,2026-11-01,2026-11-03,,,Jörg Beispiel,open

marks.csv: whom suggestions leave alone: done for twelve weeks, later for four, never for good, no recruiter for good.
    Example: Jörg Beispiel,,done,2026-11-12
    Simpler: kontaktpuls mark KEY "Jörg Beispiel" done
""",
}
