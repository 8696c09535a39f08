"""Finds every sentence that wants a translation, and keeps the catalogues in step with them.

`python tests/catalogue.py` adds new messages, drops stale ones and keeps every translation; it prints what is left to translate.
`python tests/catalogue.py fr` begins the catalogue of a further language.
Messages are `_`, gettext, ngettext, pgettext and `{% trans %}`, `N_` for those translated later, the text of a Problem, what commands
and options say as their help, and what the comments in sql/metrics say of each number, which is its definition on the page.
"""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from pipelines.models import load_models
from pipelines.sentences import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "reports" / "locales"
GERMAN = LOCALES / "de" / "LC_MESSAGES" / "messages.po"
_KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "Problem": None, "translate": None}
_HEADER = "# {language} translations of Kontaktpuls; English is the message id. `python tests/catalogue.py` keeps this file in step."


def python_messages(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Find the literal arguments of calls; Babel's own reader would also take strings from inside an expression, such as a key."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else "" for a in node.args]
            if name in keywords and literals and literals[0]:
                yield node.lineno, name, tuple(literals), []
            for keyword in node.keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield node.lineno, "_", (keyword.value.value,), []
        elif isinstance(node, ast.FunctionDef) and any(_makes_a_command(one) for one in node.decorator_list):
            yield node.lineno, "_", (ast.get_docstring(node) or "",), []


def _makes_a_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")


def template() -> Catalog:
    """Return all messages of pipelines/, reports/ and sql/metrics, each with the files that use it, without line numbers."""
    found = Catalog(fuzzy=False)
    jinja = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "silent": "false", "trimmed": "true"}
    for folder, pattern, method, options in (
        ("pipelines", "**.py", python_messages, {}),
        ("reports", "**.j2", "jinja2.ext:babel_extract", jinja),
    ):
        messages = extract_from_dir(ROOT / folder, [(pattern, method)], {pattern: options}, keywords=_KEYWORDS)
        for file, _, message, comments, context in messages:
            found.add(message, locations=[(f"{folder}/{file}", None)], auto_comments=comments, context=context)
    for model in load_models():
        if model.layer == "metrics":
            for column in sorted(model.columns.keys() & LABELS.keys()):
                found.add(model.columns[column], locations=[(f"sql/metrics/{model.path.name}", None)])
    return found


def german() -> Catalog:
    """Return the German catalogue as it is in the repository."""
    return read(GERMAN)


def read(path: Path) -> Catalog:
    """Return the catalogue of a language, an empty one where there is none yet."""
    language = path.parent.parent.name
    if not path.is_file():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(catalog: Catalog) -> bytes:
    """Return the catalogue's file with exactly today's messages, sorted by file, every translation kept."""
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.header_comment = _HEADER.format(language=Locale.parse(catalog.locale).english_name)
    out = io.BytesIO()
    write_po(out, catalog, width=130, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def strings(message: Message) -> list[str]:
    """Return the translations of one message, one for each plural form; an empty string where one is missing."""
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def main(begun: Sequence[str] = ()) -> int:
    """Write the catalogues back, those of languages just `begun` too; return 1 while something waits for its translation."""
    paths = {
        *LOCALES.glob("*/LC_MESSAGES/messages.po"),
        *(LOCALES / one / "LC_MESSAGES" / "messages.po" for one in begun),
    }
    waiting = []
    for path in sorted(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(read(path)))
        waiting += [message.id for message in read(path) if message.id and not all(strings(message))]
    for one in waiting:
        print(one)
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
