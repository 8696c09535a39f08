"""Gate: a PDF that a screen reader can read and every machine can draw: tagged as PDF/UA-1 asks, its fonts inside, nothing in it runs.

No program at hand checks all of PDF/UA; these are the points that a reader notices.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.gates.documents import Document


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return what is wrong with each PDF, by its name."""
    found: dict[str, list[str]] = {}
    for document in documents:
        if document.kind == "pdf":
            with pikepdf.open(io.BytesIO(document.content)) as opened:
                found[document.name] = list(_wrong(opened, document.language))
    return found


def elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return every element of the structure, in reading order."""
    found: list[pikepdf.Dictionary] = []

    def visit(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                visit(kid)

    for kid in document.Root.get("/StructTreeRoot", {}).get("/K", []):
        visit(kid)
    return found


def _wrong(document: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = document.Root
    if str(root.get("/Lang", "")) != language:
        yield "does not say its language"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "is not tagged"
    shown = bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
    if not shown or not document.docinfo.get("/Title"):
        yield "shows no title"
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not claim PDF/UA-1"
    if not (root.get("/Outlines") or {}).get("/Count"):
        yield "has no bookmarks"
    for key in ("/AcroForm", "/OpenAction", "/AA"):
        if key in root:
            yield f"holds {key}"
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in root.get("/Names", {}):
            yield f"holds {key}"
    for number, page in enumerate(document.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"page {number} has no order of its own"
        for note in page.get("/Annots", []):
            action = note.get("/A", {})
            if "/URI" in action and not str(action.URI).startswith("https://"):
                yield f"page {number} links to {action.URI}"
            if note.get("/Subtype") == "/Link" and not str(note.get("/Contents", "")):
                yield f"page {number} has a link without words"
    yield from _structure(elements(document))
    yield from _fonts(document)


def _structure(found: Sequence[pikepdf.Dictionary]) -> Iterator[str]:
    if any(element.S == "/Figure" and not str(element.get("/Alt", "")) for element in found):
        yield "has a figure without alternative text"
    levels = [int(str(element.S)[2:]) for element in found if re.fullmatch(r"/H\d", str(element.S))]
    if levels[:1] != [1] or any(later - earlier > 1 for earlier, later in pairwise(levels)):
        yield f"leaves out a level of headings: {levels}"
    headers = [element for element in found if element.S == "/TH"]
    if any(str(header.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column") for header in headers):
        yield "has a header of a table that heads nothing"
    ids = {bytes(header.ID) for header in headers if "/ID" in header}
    for cell in (element for element in found if element.S == "/TD"):
        names = {bytes(name) for name in cell.get("/A", {}).get("/Headers", [])}
        if not names or not names <= ids:
            yield "has a cell without a header"
            break


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for one in document.objects:
        kind = str(one.get("/Type", "")) if isinstance(one, pikepdf.Dictionary) else ""
        if kind == "/FontDescriptor" and not any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"does not bring its font {one.FontName}"
        if kind == "/Font" and one.Subtype == "/Type0" and "/ToUnicode" not in one:
            yield f"cannot be searched in {one.BaseFont}"
        # Without a descriptor it is one of the fonts that every reader should have.
        if (
            kind == "/Font"
            and not {"/FontDescriptor", "/DescendantFonts"} & set(one.keys())
            and one.Subtype != "/Type3"
        ):
            yield f"does not bring its font {one.get('/BaseFont')}"
