"""One language: how it writes numbers, dates and weeks, and sentences that are finished already.

Belongs here: everything that Babel knows and that page, mail, JSON and command share. English is the message id, other languages come
from `reports/locales/<language>/LC_MESSAGES/messages.po`, which catalogue.py reads. No sentence is written here and no number computed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal

from pipelines.catalogue import messages, translations

if TYPE_CHECKING:
    from collections.abc import Sequence

# British English: day before month, as the German page has it, and 24 hours.
_REGIONS = {"en": "GB"}
_MINUS = "\u2212"
_COMPACT_FROM = 1_000_000
_DIGITS = re.compile(r"[#,0]+")
_DIGIT = re.compile(r"\d")
_PLACE = re.compile(r"\{(\w+)\}")
# So many fixed characters tell one message from another.
_TELLING = 12


def retold(sentence: str, language: str) -> str:
    """Return a finished English sentence in another language, by the message that it was made of; unknown ones stay.

    The ledger keeps its sentences as people read them in English; their values are found again between the fixed words.
    """
    texts = [text for text in messages(language) if "{" in text and "\0" not in text and "\4" not in text]
    for text in sorted(texts, key=lambda text: len(_PLACE.sub("", text)), reverse=True):
        fixed = _PLACE.split(text)
        names = fixed[1::2]
        if len(_PLACE.sub("", text)) < _TELLING or len(set(names)) < len(names):
            continue
        pattern = "".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(fixed))
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            return translations(language).gettext(text).format(**found.groupdict())
    return translations(language).gettext(sentence)


@cache
def _locale(language: str) -> Locale:
    return Locale(language, _REGIONS.get(language))


# A page writes the same few numbers hundreds of times.
@lru_cache(maxsize=4096)
def number(value: float | None, language: str, digits: int = 1) -> str:
    """Return a number with at most `digits` decimals, grouped, with a real minus; "n/a" for None."""
    if value is None:
        return translations(language).gettext("n/a")
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_locale(language)).replace("-", _MINUS)


def short_number(value: float | None, language: str) -> str:
    """Return a number for an axis or a mark: written out below a million, "1,2 Mio." from there on; "n/a" for None."""
    if value is None or abs(value) < _COMPACT_FROM:
        return number(value, language, 2 if value is not None and abs(value) < 1 else 1)
    return format_compact_decimal(value, fraction_digits=1, locale=_locale(language)).replace("-", _MINUS)


def percent(share: float | None, language: str, digits: int = 0) -> str:
    """Return a share of 1 as percent, "63 %" or "63%"; "n/a" for None."""
    if share is None:
        return translations(language).gettext("n/a")
    pattern = _locale(language).percent_formats[None].pattern.split(";")[0]
    return _DIGITS.sub(lambda _: number(share * 100, language, digits), pattern)


def listed(parts: Sequence[str], language: str) -> str:
    """Return “a”, “a and b” or “a, b and c”."""
    return format_list(parts, locale=_locale(language))


@lru_cache(maxsize=4096)
def date_long(day: date, language: str) -> str:
    """Return "20. November 2026" or "20 November 2026"."""
    return format_date(day, _day(language) + " MMMM y", locale=_locale(language))


def date_range(first: date, last: date, language: str) -> str:
    """Return "9.–15. November 2026", naming month and year once where both days share them."""
    if (first.year, first.month) == (last.year, last.month):
        begin, dash = _day(language), "–"
    else:
        begin, dash = _day(language) + (" MMMM" if first.year == last.year else " MMMM y"), " – "
    return format_date(first, begin, locale=_locale(language)) + dash + date_long(last, language)


@cache
def week_label(week_number: int, language: str) -> str:
    """Return "KW 46" or "week 46"."""
    return translations(language).gettext("week {number}").format(number=week_number)


@lru_cache(maxsize=4096)
def month_label(week: str, language: str) -> str:
    """Return the short name of the month that holds the Thursday of an ISO week such as 2026-W46: "Nov"."""
    year, _, number_in_year = week.partition("-W")
    return format_date(date.fromisocalendar(int(year), int(number_in_year), 4), "LLL", locale=_locale(language))


@cache
def _dates(language: str) -> re.Pattern[str]:
    months = "|".join(re.escape(name) for name in _locale(language).months["format"]["wide"].values())
    to = re.escape(translations(language).gettext("{low} to {high}").format(low="", high="").strip())
    return re.compile(rf"(?:\b\d{{1,2}}\.? (?:{months})|\b(?:{months}))(?: \d{{4}}\b)?|\d {to} (?=\d)")


def unbroken(text: str, language: str) -> str:
    """Return a text in which no line breaks within a date or between the two ends of a range of figures."""
    if " " not in text or not _DIGIT.search(text):
        return text
    return _dates(language).sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def _day(language: str) -> str:
    return "d." if "d." in _locale(language).date_formats["long"].pattern else "d"


def month_long(day: date, language: str) -> str:
    """Return the month of a day: "März 2025" or "March 2025"."""
    return format_date(day, "LLLL y", locale=_locale(language))


def day_short(day: date, language: str) -> str:
    """Return a day without its year: "12. November" or "12 November"."""
    return format_date(day, _day(language) + " MMMM", locale=_locale(language))
