"""Makes text of strangers fit to be shown: names, firms and titles come from exports, and anybody can call themselves anything.

Belongs here: what a reader must not be shown, or not at that length, and which links are links. Escaping is not done here: the
templates do it, for HTML alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

NAME_LENGTH = 60
_WORD_LENGTH = 60
_TEXT_LENGTH = 1200
_MARKS = 3
_NOT_SHOWN = frozenset({"profile", "key", "kind", "member"})
_NO_NAMES = frozenset({"profile", "member", "person", "other", "agreed"})
_LONG_WORD = re.compile(rf"\S{{{_WORD_LENGTH + 1},}}")
_BLANKS = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
# No marks are in these blocks: Latin, and the dashes, quotes and arrows of a sentence.
_UNMARKED = re.compile("[\\x00-\\u02ff\\u2010-\\u20cf]*")
_OBEYED = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
_PROFILE_HOSTS = ("linkedin.com", "xing.com")


def clean(text: str) -> str:
    """Return one line without control, zero-width and bidirectional characters, and with at most three marks on a letter."""
    if text.isprintable() and "  " not in text and _UNMARKED.fullmatch(text):
        return text.strip(" ")
    kept: list[str] = []
    marks = 0
    for character in _BLANKS.sub(" ", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        # Cf are the invisible ones, Cs would break the encoding, Co look different everywhere.
        if category not in ("Cc", "Cf", "Cs", "Co") and marks <= _MARKS:
            kept.append(character)
    return _BLANKS.sub(" ", "".join(kept)).strip(" ")


def written_out(text: str) -> str:
    """Return text in which what a terminal obeys instead of showing it (controls, directions) is written out, as JSON does it."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shorten(text: str, length: int) -> str:
    """Return text of at most `length` characters, the last of them an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def name_for_display(name: str) -> str:
    """Return a name (of a person, a firm, a group) as it may stand in a sentence or a table."""
    return shorten(clean(name), NAME_LENGTH)


def text_for_display(text: str) -> str:
    """Return a sentence as it may be shown, no word of it longer than a name and the whole not longer than a paragraph."""
    cleaned = clean(text)
    if len(cleaned) <= _WORD_LENGTH:
        return cleaned
    return shorten(_LONG_WORD.sub(lambda found: shorten(found[0], _WORD_LENGTH), cleaned), _TEXT_LENGTH)


def context_for_display(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of nested mappings and sequences with every text in it fit to be shown; keys and addresses stay."""
    return {key: value if key in _NOT_SHOWN else _shown(value) for key, value in context.items()}


def rows_for_display(rows: Iterable[Mapping[str, Any]], texts: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows of sql/report, of which the columns `texts` hold text, with every text as it may stand in a sentence.

    What members agreed, keys and addresses stay. Such rows hold names, of people, firms, groups or posts, and codes, which are shorter.
    """
    names = [column for column in texts if column not in _NO_NAMES]
    return [{**row, **{column: _named(row[column]) for column in names}} for row in rows]


def _named(value: Any) -> Any:
    if isinstance(value, str):
        return name_for_display(value)
    if isinstance(value, Mapping):
        return {key: item if key in _NO_NAMES else _named(item) for key, item in value.items()}
    return [_named(item) for item in value] if isinstance(value, list) else value


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return text_for_display(value)
    if isinstance(value, Mapping):
        return context_for_display(value)
    if isinstance(value, (list, tuple)):
        return [_shown(item) for item in value]
    return value


def safe_url(url: str | None) -> str | None:
    """Return the address of a profile when it is https at LinkedIn or XING and nothing else hides in it, else None."""
    if (
        not url
        or len(url) > 500
        or not url.isascii()
        or not url.isprintable()
        or any(c in url for c in " \\\"'<>`{}|^")
    ):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    known = any(host == name or host.endswith(f".{name}") for name in _PROFILE_HOSTS)
    plain = parts.scheme == "https" and port is None and "@" not in parts.netloc and not parts.netloc.endswith(":")
    return url if known and plain and re.fullmatch(r"[a-z0-9.-]+", host) else None
