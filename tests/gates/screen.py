"""Gate: in a browser, under its own policy, a page or mail asks for nothing, says nothing on the console and is no wider than the screen."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import chromium
from tests.gates.axe import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from tests.gates.documents import Document

# What sticks out to the right, though the document may hide it.
_WIDEST = """() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"""


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return what is wrong with each page and mail, by its name."""
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        return {
            document.name: _seen(browser, document, Path(folder, "document.html"))
            for document in documents
            if document.kind != "pdf"
        }


def _seen(browser: Browser, document: Document, file: Path) -> list[str]:
    found: list[str] = []
    file.write_text(document.html, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: request.url == file.as_uri() or found.append(f"asks for {request.url}"))
    page.on("console", lambda message: found.append(f"says {message.text}"))
    page.on("pageerror", lambda error: found.append(f"fails with {error}"))
    page.on("dialog", lambda dialog: (found.append(f"asks {dialog.message}"), dialog.dismiss()))
    for width, scheme in document.views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        for state in ("as it opens", "with everything opened"):
            if (widest := page.evaluate(_WIDEST)) > width:
                found.append(f"is {widest} px wide on {width} px, {state}")
            page.evaluate(OPEN)
    context.close()
    return found
