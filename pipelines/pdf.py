"""The page as a PDF that a screen reader can read: tagged, with bookmarks, page numbers and the week below each page.

Belongs here: what a PDF needs beyond the page, and encrypting it. What the page says and how it is drawn stays in report.html, whose
text comes in; how paper differs from a screen is `reports/style/pdf.css`. WeasyPrint is imported only where a PDF is made: it is an
extra, and needs a library of the system.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from pipelines.catalogue import translations
from pipelines.language import date_range, week_label
from pipelines.models import package_folder
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import ModuleType

_SVG = "{http://www.w3.org/2000/svg}"


def make_pdf(html: str, *, week: str, language: str) -> bytes:
    """Return the page `html` of the ISO week `2026-W46` as PDF/UA-1 on A4; the same page gives the same bytes.

    Nothing is loaded, whatever the page names. Raises Problem when WeasyPrint or the library it needs is missing.
    """
    weasyprint = _engine()
    year, number = (int(part) for part in week.split("-W"))
    monday = date.fromisocalendar(year, number, 1)
    source = weasyprint.HTML(string=html, url_fetcher=_nothing(weasyprint))
    _leave_out(source.etree_element)
    _keep_tables_whole(source.etree_element)
    _describe_charts(source.etree_element)
    style = Element("style")
    style.text = (package_folder("reports") / "style" / "pdf.css").read_text(encoding="utf-8") + _foot(monday, language)
    source.etree_element.find("head").append(style)
    document = source.render()
    document.metadata.created = document.metadata.modified = f"{monday.isoformat()}T00:00:00Z"
    with _fonts_of(monday):
        return document.write_pdf(
            finisher=_finish, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=f"kontaktpuls {week}".encode()
        )


@contextlib.contextmanager
def _fonts_of(day: date) -> Generator[None]:
    """Let fonts that are embedded say that they were changed on `day`; fontTools would write down the present second."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str((day - date(1970, 1, 1)) // timedelta(seconds=1))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def encrypted(pdf: bytes, password: str) -> bytes:
    """Return the PDF so that it opens with the password alone (AES-256); screen readers may read it.

    The bytes differ each time: that is what encryption is. Raises Problem when pikepdf is missing.
    """
    try:
        import pikepdf
    except ImportError as error:
        raise _not_installed() from error
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()


def _engine() -> ModuleType:
    try:
        # Where the library of the system is missing, WeasyPrint prints several lines before it raises.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint
    except ImportError as error:
        raise _not_installed() from error
    except OSError as error:
        raise Problem(
            "A PDF needs the library Pango, which this system lacks; install it (Debian: apt-get install {packages}; macOS: brew install pango).",
            packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ) from error
    # Its warnings quote the text that no font can draw: names of people would stand in logs.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint


def _not_installed() -> Problem:
    return Problem("A PDF needs WeasyPrint; install it with: pip install 'kontaktpuls[pdf]'")


def _nothing(weasyprint: ModuleType) -> Any:
    """Return what is asked for every address that a page names, and gives none of them."""

    class Nothing(weasyprint.URLFetcher):
        def fetch(self, url: str, _headers: object = None) -> Any:
            raise ValueError(url)

    return Nothing()


def _leave_out(element: Any) -> None:
    """Drop what paper does not show: charts drawn for narrow screens, and the numbers behind charts, which the JSON has as well."""
    for child in list(element):
        if child.tag == "details" and child.get("class", "").startswith("fold"):
            _first_rows_alone(element, child)
            continue
        narrow = child.tag == f"{_SVG}svg" and "narrow" in child.get("class", "").split()
        folded = child.tag == "details" and child.find("div[@class]") is not None
        if narrow or folded:
            element.remove(child)
        else:
            _leave_out(child)


def _first_rows_alone(element: Any, folded: Any) -> None:
    """Leave of what is folded the line that stands for it, and nothing of a chart that has none."""
    if folded.get("class") == "fold" and folded.find("figure") is not None:
        element.remove(folded)
        return
    summary = folded.find("summary")
    folded.tag, folded.text = "p", None
    for child in list(folded):
        folded.remove(child)
    folded.extend(summary)
    folded.text = summary.text


def _keep_tables_whole(root: Any) -> None:
    """Put each table into a box of its own: WeasyPrint would leave its caption at the foot of the page before."""
    for parent in [element for element in root.iter() if element.find("table") is not None]:
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                box = Element("div", {"class": "whole"})
                parent[place] = box
                box.tail, child.tail = child.tail, None
                box.append(child)


def _describe_charts(root: Any) -> None:
    """Give each chart one text of title and description: a PDF takes its alternative text from the title alone."""
    for chart in root.iter(f"{_SVG}svg"):
        title, description = chart.find(f"{_SVG}title"), chart.find(f"{_SVG}desc")
        if title is not None and description is not None and description.text:
            title.text = f"{title.text}. {description.text}"


def _foot(monday: date, language: str) -> str:
    """Return the style of what stands below each page: the week at the left, the page's number at the right."""
    _ = translations(language).gettext
    label = week_label(monday.isocalendar().week, language)
    week = f"Kontaktpuls · {label[0].upper()}{label[1:]}, {date_range(monday, monday + timedelta(days=6), language)}"
    before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    number = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    return f"@page {{ @bottom-left {{ content: {_css(week)} }} @bottom-right {{ content: {number} }} }}"


def _css(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _finish(_document: Any, pdf: Any) -> None:
    """Say of each header of a table whether it heads a row or a column: some readers look for nothing else."""
    structure = {
        f"{element.number} 0 R".encode(): element for element in pdf.objects if "S" in getattr(element, "keys", dict)()
    }
    for row in structure.values():
        cells = [structure[kid] for kid in row["K"] if kid in structure] if row["S"] == "/TR" else []
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Column" if all(c["S"] == "/TH" for c in cells) else "/Row"
