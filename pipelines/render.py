"""Draws a page context: the HTML page, and the two parts of the mail.

Belongs here: the Jinja environments, their filters, and the scale of a chart. What is said and every number comes with the context,
from report.py; how it looks is in `reports/`. Nothing here knows SQL, a metric or a file of an export.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from pipelines import language as words
from pipelines.catalogue import translations
from pipelines.display import context_for_display, name_for_display, safe_url, shorten
from pipelines.models import package_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_TEXT_WIDTH = 72


def render_page(page: Mapping[str, Any]) -> str:
    """Return the page as one HTML document that loads nothing."""
    return _template("report.html.j2", page["language"], html=True).render(page=_shown(page))


def render_sheet(name: str, sheet: Mapping[str, Any]) -> str:
    """Return one of the coach's sheets, `overview` or `conversation`, as one HTML document that loads nothing."""
    return _template(f"{name}.html.j2", sheet["language"], html=True).render(sheet=_displayed(sheet))


def render_mail(page: Mapping[str, Any], name: str = "mail") -> tuple[str, str]:
    """Return the HTML part and the plain part of a mail, which say the same; `name` is that of its two templates."""
    # The sections are most of a page, and no mail shows them.
    page = {key: value for key, value in page.items() if key != "sections"}
    shown = _shown(page) if name == "mail" else _displayed(page)
    html = _template(f"{name}.html.j2", page["language"], html=True).render(page=shown)
    plain = _template(f"{name}.txt.j2", page["language"], html=False).render(page=shown)
    return html, plain


def _shown(page: Mapping[str, Any]) -> dict[str, Any]:
    shown = _displayed(page)
    shown["member_name"] = name_for_display(shown["member_name"] or "")
    shown["salutation"] = name_for_display(shown["salutation"] or "")
    shown["people"] = [person | {"name": name_for_display(person["name"])} for person in shown["people"]]
    return shown


def _displayed(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context fit to be shown, its dates and ranges in one piece."""
    return _in_one_piece(context_for_display(context), context["language"])


def _in_one_piece(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return words.unbroken(value, language)
    if isinstance(value, dict):
        # Addresses and file names are no text.
        return {
            key: item if key in ("profile", "file", "subject") else _in_one_piece(item, language)
            for key, item in value.items()
        }
    return [_in_one_piece(item, language) for item in value] if isinstance(value, list) else value


def _template(name: str, language: str, *, html: bool) -> Any:
    return environment(language, html=html).get_template(name)


class _Environment(Environment):
    """Jinja's, quicker where pages look up most."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template calls `row.value`: mostly a key of a dict, which Jinja itself tries only after an exception."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment(language: str, *, html: bool) -> Environment:
    """Return the Jinja environment for one language; everything is escaped for HTML, nothing for plain text."""
    made = _Environment(
        loader=FileSystemLoader(package_folder("reports")),
        # select_autoescape() looks at the last suffix and would leave *.html.j2 unescaped.
        autoescape=html,  # false for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # ty: ignore[missing-attribute]
    made.filters.update(_filters(language))
    drawing: dict[str, Any] = {"scale": scale, "every": every, "gaps": gaps, "totals": totals}
    drawing["axis_width"] = lambda axis: 14 + 7 * max(len(words.short_number(t, language)) for t in axis["ticks"])
    made.globals.update(drawing)
    return made


@cache
def _compiled() -> FileSystemBytecodeCache | None:
    """Keep compiled templates where Python keeps compiled modules: compiling them takes ten times as long as drawing a page."""
    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not (folder.is_dir() and os.access(folder, os.W_OK)):
        return None
    # What another release of Jinja, or this module with other filters, has compiled must not be loaded.
    installed = Path(jinja2.__file__).stat().st_mtime_ns
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    return FileSystemBytecodeCache(str(folder), f"jinja-{installed}-{own}-%s.cache")


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    return {
        "number": lambda value, digits=1: words.number(value, language, digits),
        "short_number": lambda value: words.short_number(value, language),
        "date_long": lambda day: words.unbroken(words.date_long(day, language), language),
        "date_range": lambda week: words.date_range(week["monday"], week["sunday"], language),
        "week_label": lambda number: words.week_label(number, language),
        "week_name": lambda name: words.week_label(int(name.partition("-W")[2]), language),
        "month_label": lambda week: words.month_label(week, language),
        "safe_url": safe_url,
        "shorten": shorten,
        "fill": fill,
        "point": point,
        # Numbers alone; Jinja's own compare text too and take ten times as long.
        "max": max,
        "min": min,
        "has_gap": lambda values: any(value is None for value in values),
        "known_max": lambda values: max((value for value in values if value is not None), default=0),
    }


def point(value: float) -> str:
    """Return a coordinate with at most one decimal, so that equal data gives equal bytes on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def fill(text: str, indent: int = 0) -> str:
    """Return plain text broken into lines of a mail, the second and all further ones indented."""
    return textwrap.fill(
        text, _TEXT_WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


def scale(values: Iterable[float | None], lines: int = 3, *, from_zero: bool = True) -> dict[str, Any]:
    """Return `low`, `high` and the `ticks` between them, whole numbers where all values are, for an axis with about `lines` lines.

    It ends at the highest value: up to the next round number there would only be empty room. It begins at zero unless values are negative or `from_zero` is off; it never has length zero. `flat` when nothing rises
    above zero: such a chart needs its base line and nothing more.
    """
    known = [round(value, 6) for value in values if value is not None and math.isfinite(value)]
    whole = all(float(value).is_integer() for value in known)
    low, high = min(known, default=0), max(known, default=0)
    if from_zero or low < (high - low) * 2:
        low, high = min(low, 0), max(high, 0)
    flat = low == high == 0
    if low == high:
        low, high = (low, high + 1) if flat else (low - 1, high + 1)
    step = _nice((high - low) / (lines + 1), whole=whole)
    first, last = math.floor(low / step), math.floor(high / step + 1e-9)
    ticks = [round(step * index, 10) for index in range(first, last + 1)]
    return {"low": ticks[0], "high": max(high, ticks[-1]), "ticks": ticks[:1] if flat else ticks, "flat": flat}


def _nice(raw: float, *, whole: bool) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is above `raw`, a whole number where `whole`."""
    if whole and raw < 1:
        return 1
    power = 10 ** math.floor(math.log10(raw))
    steps = (power * factor for factor in (1, 2, 2.5, 5, 10))
    return next(step for step in steps if step > raw * 1.001 and (not whole or float(step).is_integer()))


def gaps(values: Sequence[float | None]) -> list[dict[str, int]]:
    """Return each run of absent values as `start` and `length`."""
    runs: list[dict[str, int]] = []
    for index, value in enumerate(values):
        if value is not None:
            continue
        if runs and runs[-1]["start"] + runs[-1]["length"] == index:
            runs[-1]["length"] += 1
        else:
            runs.append({"start": index, "length": 1})
    return runs


def totals(series: Sequence[Mapping[str, Any]]) -> list[float | None]:
    """Return the height of each pile: the sum of what is known, None where nothing is."""
    piles = zip(*(one["values"] for one in series), strict=True)
    return [sum(v for v in pile if v is not None) if any(v is not None for v in pile) else None for pile in piles]


def every(count: int, labels: int) -> int:
    """Return the step at which `count` columns carry about `labels` labels."""
    return max(1, math.ceil(count / labels))
