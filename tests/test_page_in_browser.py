"""The page in a real browser: nothing cut off, nothing too small, opened with the keyboard, printed. What holds of every document is in gates/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.render import render_page
from tests import page_samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (320, 400, 559, 560, 639, 640, 728, 1280)

# Text of every visible chart: its size as rendered, and how far it reaches out of its chart.
CHART_TEXT = """() => [...document.querySelectorAll('svg text')].filter(t => t.checkVisibility()).map(t => {
  const svg = t.ownerSVGElement, scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const box = t.getBoundingClientRect(), whole = svg.getBoundingClientRect();
  return {text: t.textContent, size: parseFloat(getComputedStyle(t).fontSize) * scale,
          out: Math.max(whole.left - box.left, box.right - whole.right, whole.top - box.top, box.bottom - whole.bottom)};
})"""


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[object]:
    """Return a function that opens HTML from a file; afterwards nothing may have been asked for and nothing said on the console."""
    asked: list[str] = []
    said: list[str] = []
    contexts = []

    def opened(html: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert all(url.startswith("file:") for url in asked)
    assert len(asked) == len(contexts)
    assert said == []


@pytest.mark.parametrize("name", sorted(page_samples.SAMPLES))
def test_nothing_is_cut_off_at_any_width(show, name: str) -> None:
    page = show(render_page(page_samples.SAMPLES[name]("de")))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        for text in page.evaluate(CHART_TEXT):
            assert text["size"] >= 11, (width, text)
            if name != "hostile":
                assert text["out"] <= 1, (width, text)


@pytest.mark.parametrize("width", WIDTHS)
def test_one_drawing_of_each_chart_is_shown(show, width: int) -> None:
    page = show(render_page(page_samples.typical("de")), width=width)
    shown = [figure.locator("svg:visible").count() for figure in page.locator("figure").all()]
    assert shown == [1] * len(shown)
    assert shown
    roles = page.locator("body").aria_snapshot()
    assert roles.count('img "Neue Kontakte je Woche') == 1


def test_dark_scheme_reaches_into_the_charts(show) -> None:
    html = render_page(page_samples.typical("de"))
    fills = [
        set(
            show(html, scheme=scheme).evaluate(
                "[...document.querySelectorAll('svg [class]')].map(e => getComputedStyle(e).fill)"
            )
        )
        for scheme in ("light", "dark")
    ]
    assert fills[0] & fills[1] <= {"none", "rgb(0, 0, 0)"}


def test_details_open_with_the_keyboard(show) -> None:
    page = show(render_page(page_samples.typical("de")))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None
    assert page.locator(".data").first.locator("tbody tr").count() == 26
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("data")


def test_the_numbers_of_every_chart_are_reached_with_the_keyboard(show) -> None:
    context = page_samples.typical("de")
    kinds = [chart["kind"] for section in context["sections"] for chart in section["charts"]]
    assert set(kinds) == {"columns", "line", "heat", "mirror", "dots", "stacked", "sequence"}
    page = show(render_page(context))
    reached = set()
    for _ in range(500):
        page.keyboard.press("Tab")
        # Whatever has the focus and folds numbers away is opened; the numbers themselves can be scrolled from the keyboard.
        title = page.evaluate("""() => {
          const one = document.activeElement, details = one.closest('details');
          if (one.matches('summary') && details.querySelector('.data')) return details.open ? null : 'open';
          return one.matches('.data') ? one.querySelector('caption')?.textContent : one === document.body ? 'end' : null;
        }""")
        if title == "open":
            page.keyboard.press("Enter")
        elif title == "end":
            break
        elif title:
            reached.add(title)
    charts = [chart for section in context["sections"] for chart in section["charts"]]
    assert [chart["title"] for chart in charts if not any(chart["title"] in title for title in reached)] == []


def test_print_opens_what_is_folded(show) -> None:
    page = show(render_page(page_samples.typical("de")))
    assert not page.locator(".defs").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".defs").first.is_visible()
    assert page.locator(".data").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
