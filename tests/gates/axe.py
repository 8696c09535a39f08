"""Gate: nothing that axe-core finds against WCAG 2.2 AA, in both colour schemes, wide and narrow, with everything folded opened."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser import chromium
from tests.gates.tools import node_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

    from tests.gates.documents import Document

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  found => found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' ')).slice(0, 3)]))"""
OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return which rules each page and mail breaks, and where, by its name."""
    source = node_package("axe-core/axe.min.js").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for document in documents:
            if document.kind == "pdf":
                continue
            # The page's own policy lets nothing run, axe included; screen.py looks at the page under it.
            context = browser.new_context(offline=True, bypass_csp=True, reduced_motion="reduce")
            page = context.new_page()
            file = Path(folder, "document.html")
            file.write_text(document.html, encoding="utf-8")
            page.goto(file.as_uri())
            page.evaluate(source)
            page.evaluate(OPEN)
            found[document.name] = _broken(page, document)
            context.close()
    return found


def _broken(page: Page, document: Document) -> list[str]:
    found: list[str] = []
    for width, scheme in document.views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        rules: list[Any] = page.evaluate(_RUN, _TAGS)
        found += [f"{rule} at {', '.join(places)} ({width} px, {scheme})" for rule, places in rules]
    return found
