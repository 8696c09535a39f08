"""The translations of one language, from its `messages.po`, read as it is: nothing has to be compiled before a first run.

Belongs here: finding and reading that file with nothing but the standard library, so that `--help` speaks a language as quickly as it
speaks English. How a language writes numbers and dates is language.py's.
"""

from __future__ import annotations

import gettext
import io
import json
import re
import struct
from functools import cache

from pipelines.models import package_folder

_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return an object with gettext, ngettext, pgettext and npgettext; a message without translation stays English."""
    found = messages(language)
    return gettext.GNUTranslations(io.BytesIO(_compiled(found))) if found else gettext.NullTranslations()


@cache
def messages(language: str) -> dict[str, str]:
    """Return the translated messages of a language as gettext keys them: after its context and U+0004, plural forms joined by U+0000."""
    path = package_folder("reports") / "locales" / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return {}
    found = {}
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        texts: dict[str, list[str]] = {}
        for field, quoted in _FIELD.findall(entry):
            texts.setdefault(field, []).append("".join(map(_unquoted, _QUOTED.findall(quoted))))
        # What is a guess, or has no translation yet, stays English; the entry without id says how plurals are formed.
        if "msgid" in texts and all(texts["msgstr"]) and not _FUZZY.search(entry):
            key = "\0".join(texts["msgid"] + texts.get("msgid_plural", []))
            found["\4".join([*texts.get("msgctxt", []), key])] = "\0".join(texts["msgstr"])
    return found


def _unquoted(text: str) -> str:
    return json.loads(text) if "\\" in text else text[1:-1]


def _compiled(found: dict[str, str]) -> bytes:
    """Return the messages in the form that Python's gettext reads (GNU .mo)."""
    pairs = sorted((key.encode(), text.encode()) for key, text in found.items())
    tables, strings = [b"", b""], b""
    start = 28 + 16 * len(pairs)
    for place in (0, 1):
        for pair in pairs:
            tables[place] += struct.pack("<II", len(pair[place]), start + len(strings))
            strings += pair[place] + b"\0"
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + strings
