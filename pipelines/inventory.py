"""What is in the exports, what was refused, what is missing and how to get it: `kontaktpuls inspect`.

Belongs here: the ledger of the raw tables as the JSON that other programs read and as text for a terminal. What is missing is told by
sql/core/source_states.sql, in the words of `missing.py`. No value of a field is ever shown, the owner's name aside.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from pipelines import ingest, owner
from pipelines.missing import how
from pipelines.models import load_models
from pipelines.readers import content, own, salvage, tabular, xing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import duckdb

_WIDTH = 100
_REFUSALS_SHOWN = 5
# Everything that a ledger says in words, so that it can be said in another language.
_SENTENCES = (
    *content.SENTENCES,
    *salvage.REASONS,
    *tabular.REASONS,
    *tabular.SENTENCES,
    *xing.SENTENCES,
    *own.SENTENCES,
    *ingest.SENTENCES,
    *owner.SENTENCES,
)


def inventory(connection: duckdb.DuckDBPyConnection, members: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the ledger of these members' exports (None: of all) in the shape of `inspect --json`.

    Exports are ordered by path, their files by name.
    """
    chosen = None if members is None else sorted(set(members))
    mine = "($1::varchar[] is null or list_contains($1::varchar[], member))"
    exports = connection.execute(
        "select member, export, path, platform, owner, as_of, error, held_back from raw_exports"
        f" where {mine} order by path, export, member",
        [chosen],
    ).fetchall()
    refused: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for member, export, file, line, reason in connection.execute(
        f"select member, export, file, line, reason from raw_refusals where {mine} order by all", [chosen]
    ).fetchall():
        refused.setdefault((member, export, file), []).append({"line": line, "reason": reason})
    files: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for member, export, *values in connection.execute(
        "select member, export, file, source, status, encoding, columns_unknown, columns_missing, rows_read, rows_kept, rows_refused,"
        f" message from raw_files where {mine} order by member, export, file",
        [chosen],
    ).fetchall():
        files.setdefault((member, export), []).append(_file(values, refused.get((member, export, values[0]), [])))
    listed = [
        {
            "path": path,
            "sha256": export,
            "platform": platform,
            "owner": name,
            "as_of": as_of.isoformat() if as_of else None,
            "error": error,
            "held_back": held_back,
            "files": files.get((member, export), []),
        }
        for member, export, path, platform, name, as_of, error, held_back in exports
    ]
    states = _source_states(connection, chosen)
    return {
        "exports": listed,
        "missing": [{"source": row["source"], "how": how(row)} for row in states if row["as_of"] is None],
        "stale": [
            {"source": row["source"], "as_of": row["as_of"].isoformat(), "how": how(row)}
            for row in states
            if row["as_of"] is not None
        ],
    }


def _file(values: list[Any], refused: list[dict[str, Any]]) -> dict[str, Any]:
    name, source, status, encoding, unknown, missing, read, kept, refused_count, message = values
    return {
        "name": name,
        "table": source,
        "status": status,
        "encoding": encoding,
        "columns_unknown": unknown,
        "columns_missing": missing,
        "rows_read": read,
        "rows_kept": kept,
        "rows_refused": refused_count,
        "refused": refused,
        "message": message,
    }


def _source_states(connection: duckdb.DuckDBPyConnection, chosen: list[str] | None) -> list[dict[str, Any]]:
    """Return the rows of source_states of these members that something can be said of, computed from the raw tables."""
    wanted = {"source_states"}
    models = load_models()
    for model in reversed(models):
        if model.name in wanted:
            wanted.update(model.depends_on)
    for model in models:
        if model.name in wanted:
            connection.execute(f"create or replace table {model.name} as {model.sql}")
    result = connection.execute(
        "select source, way, state, as_of from source_states where state != 'available' and way is not null"
        " and ($1::varchar[] is null or list_contains($1::varchar[], member)) order by member, position",
        [chosen],
    )
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def localised(sentence: str, gettext: Callable[[str], str]) -> str:
    """Return a sentence of the ledger in another language; values in it stay, and so do sentences that are not known here."""
    for message in sorted(_SENTENCES, key=len, reverse=True):
        parts = re.split(r"\{(\w+)\}", message)
        pattern = "".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        if message == parts[0]:
            sentence = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda _, text=message: gettext(text), sentence)
        else:
            sentence = re.sub(pattern, lambda found, text=message: gettext(text).format(**found.groupdict()), sentence)
    return sentence


def inventory_text(found: dict[str, Any], gettext: Callable[[str], str]) -> str:
    """Return an inventory as plain text of up to 100 columns, its sentences through `gettext` (message id to message)."""
    lines: list[str] = []
    for export in found["exports"]:
        lines += [*_export_lines(export, gettext), ""]
    missing: dict[str, list[str]] = {}
    for item in found["missing"]:
        missing.setdefault(item["how"], []).append(item["source"])
    if missing:
        lines.append(gettext("Missing for a full report:"))
        for how, sources in missing.items():
            lines += _wrapped(f"{', '.join(sources)}. {gettext(how)}", "  ", "- ")
    else:
        lines.append(gettext("Nothing is missing for a full report."))
    if found["stale"]:
        lines.append(gettext("Known up to an earlier day only:"))
        for item in found["stale"]:
            lines += _wrapped(f"{item['source']}, {item['as_of']}. {gettext(item['how'])}", "  ", "- ")
    return "\n".join(lines)


def _export_lines(export: dict[str, Any], _: Callable[[str], str]) -> Iterator[str]:
    yield _shown(export["path"])
    if export["error"]:
        yield from _wrapped(localised(export["error"], _), "  ")
        return
    platforms = {"linkedin": "LinkedIn", "xing": "XING", "own": _("own tables"), "unknown": _("unknown")}
    whose = _shown(export["owner"]) if export["owner"] else _("owner not told")
    as_of = _("as of {day}").format(day=export["as_of"])
    yield f"  {platforms.get(export['platform'], export['platform'])}, {whose}, {as_of}"
    if export["held_back"]:
        yield from _wrapped(_("Held back: {reason}").format(reason=localised(export["held_back"], _)), "  ")
    yield ""
    read = [file for file in export["files"] if file["status"] in ("read", "empty", "failed")]
    if read:
        statuses = {"read": _("read"), "empty": _("empty"), "failed": _("failed")}
        yield _row(_("File"), _("Table"), _("Status"), _("Read"), _("Kept"), _("Refused"))
        for file in read:
            counts = [str(file[f"rows_{what}"]) for what in ("read", "kept", "refused")]
            yield _row(_shown(file["name"]), file["table"] or "", statuses[file["status"]], *counts)
            yield from _details(file, _)
    others = {
        "unused": _("Not needed:"),
        "never opened": _("Never opened, on principle:"),
        "unknown": _("Not known:"),
    }
    for status, label in others.items():
        names = [_shown(file["name"]) for file in export["files"] if file["status"] == status]
        if names:
            yield from _wrapped(f"{label} {', '.join(names)}", "  ")


def _details(file: dict[str, Any], _: Callable[[str], str]) -> Iterator[str]:
    if file["message"]:
        yield from _wrapped(localised(file["message"], _), "      ")
    for label, columns in (
        (_("Columns that are not known:"), file["columns_unknown"]),
        (_("Columns that are missing:"), file["columns_missing"]),
    ):
        if columns:
            yield from _wrapped(f"{label} {', '.join(map(_shown, columns))}", "      ")
    for refusal in file["refused"][:_REFUSALS_SHOWN]:
        yield from _wrapped(
            _("Line {line}: {reason}").format(line=refusal["line"], reason=localised(refusal["reason"], _)), "      "
        )
    if (more := len(file["refused"]) - _REFUSALS_SHOWN) > 0:
        yield "      " + _("Further refused rows: {count}").format(count=more)


def _row(name: str, table: str, status: str, *counts: str) -> str:
    numbers = "".join(f"{count:>9}" for count in counts)
    return f"  {_short(name, 30):<30} {_short(table, 31):<31} {_short(status, 7):<7} {numbers}"


def _short(text: str, width: int) -> str:
    """Cut a text in its middle: folders and hashes begin alike, names end in what tells them apart."""
    if len(text) <= width:
        return text
    head = (width - 1) // 3
    return f"{text[:head]}…{text[head + 1 - width :]}"


def _shown(text: str) -> str:
    """Return somebody else's text without anything that a terminal would act on."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _wrapped(text: str, indent: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent + mark,
        subsequent_indent=indent + " " * len(mark),
        break_long_words=True,
        break_on_hyphens=False,
    )
