"""Finds every sentence that wants a translation, and keeps the German catalogue in step with them.

`python tests/catalogue.py` adds new messages, drops stale ones and keeps every translation; it prints what is left to translate.
Messages are `_`, gettext, ngettext, pgettext and `{% trans %}`, `N_` for those translated later, and the text of a Problem.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
GERMAN = ROOT / "reports" / "locales" / "de" / "LC_MESSAGES" / "messages.po"
_METHODS = [("pipelines/**.py", "python"), ("reports/**.j2", "jinja2.ext:babel_extract")]
_KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "Problem": None}
_HEADER = "# German translations of Kontaktpuls; English is the message id. `python tests/catalogue.py` keeps this file in step."


def template() -> Catalog:
    """Return all messages of pipelines/ and reports/, each with the files that use it, without line numbers."""
    found = Catalog(fuzzy=False)
    options = {
        "reports/**.j2": {
            "extensions": "jinja2.ext.i18n",
            "newstyle_gettext": "true",
            "silent": "false",
            "trimmed": "true",
        }
    }
    for folder in ("pipelines", "reports"):
        messages = extract_from_dir(
            ROOT / folder,
            [(p.removeprefix(f"{folder}/"), m) for p, m in _METHODS if p.startswith(folder)],
            {p.removeprefix(f"{folder}/"): o for p, o in options.items()},
            keywords=_KEYWORDS,
        )
        for file, _, message, comments, context in messages:
            found.add(message, locations=[(f"{folder}/{file}", None)], auto_comments=comments, context=context)
    return found


def german() -> Catalog:
    """Return the German catalogue as it is in the repository."""
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de")


def updated(catalog: Catalog) -> bytes:
    """Return the catalogue's file with exactly today's messages, sorted by file, every translation kept."""
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.header_comment = _HEADER
    out = io.BytesIO()
    write_po(out, catalog, width=130, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def strings(message: Message) -> list[str]:
    """Return the translations of one message, one for each plural form; an empty string where one is missing."""
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def main() -> int:
    """Write the catalogue back; return 1 while something waits for its translation."""
    GERMAN.write_bytes(updated(german()))
    waiting = [message.id for message in german() if message.id and not all(strings(message))]
    for one in waiting:
        print(one)
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
