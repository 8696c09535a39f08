"""Pictures of page, mail and the coach's sheets as they should look, and how far the present ones are from them.

`make goldens` draws them anew; look at each before it is committed. They are of the invented weeks in page_samples and coach_samples,
drawn with the fonts that .ci/run installs.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw

from tests.browser import chromium
from tests.gates import documents
from tests.gates.documents import VIEWS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.gates.documents import Document, View

GOLDENS = Path(__file__).with_name("goldens")
# Where a test that fails puts what it saw.
SEEN = Path(__file__).resolve().parents[2] / ".goldens"
NAMES = ("page", "mail", "overview", "sheet")

# How far a channel of a pixel may be off, and how many pixels in a million may be further off. Pictures are kept in few colours,
# and another version of the browser draws the edges of letters a little otherwise.
_TOLERANCE, _PER_MILLION = 24, 100
_COLOURS = 64


def golden(name: str, view: View) -> Path:
    """Return where the picture of a document lies."""
    width, scheme = view
    return GOLDENS / f"{name}-{width}-{scheme}.png"


def sample(name: str) -> Document:
    """Return a document of the usual week in German."""
    return (*documents.of_sample("typical", "de"), *documents.of_coach_sample("de"))[NAMES.index(name)]


def picture(browser: Browser, document: Document, view: View) -> Image.Image:
    """Return the whole document as it is drawn."""
    width, scheme = view
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        device_scale_factor=1,
        reduced_motion="reduce",
        locale="de-DE",
        offline=True,
    )
    page = context.new_page()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "document.html")
        file.write_text(document.html, encoding="utf-8")
        page.goto(file.as_uri())
        shot = page.screenshot(full_page=True, animations="disabled")
    context.close()
    with Image.open(io.BytesIO(shot)) as drawn:
        return drawn.convert("RGB")


def difference(expected: Image.Image, actual: Image.Image) -> tuple[str | None, Image.Image]:
    """Return in one sentence how two pictures differ, None where they do not, and the places in red on what was expected."""
    size = (max(expected.width, actual.width), max(expected.height, actual.height))
    both = [Image.new("RGB", size, "white") for _ in range(2)]
    for whole, part in zip(both, (expected, actual), strict=True):
        whole.paste(part.convert("RGB"))
    strongest = None
    for channel in ImageChops.difference(*both).split():
        strongest = channel if strongest is None else ImageChops.lighter(strongest, channel)
    assert strongest is not None
    mask = strongest.point(lambda value: 255 if value > _TOLERANCE else 0)
    marked = Image.blend(both[0], Image.new("RGB", size, "white"), 0.6)
    marked.paste((220, 0, 0), mask=mask)
    if expected.size != actual.size:
        return f"is {actual.width} by {actual.height} pixels instead of {expected.width} by {expected.height}", marked
    off = mask.histogram()[255]
    share = off * 1_000_000 // (size[0] * size[1])
    return (f"{off} pixels differ, {share} in a million" if share > _PER_MILLION else None), marked


def side_by_side(*pictures: Image.Image) -> Image.Image:
    """Return what was expected, what was drawn and the difference in one picture."""
    gap, top = 16, 20
    width = sum(one.width for one in pictures) + gap * (len(pictures) - 1)
    whole = Image.new("RGB", (width, top + max(one.height for one in pictures)), "white")
    draw, left = ImageDraw.Draw(whole), 0
    for title, one in zip(("expected", "actual", "difference"), pictures, strict=True):
        draw.text((left, 4), title, fill="black")
        whole.paste(one.convert("RGB"), (left, top))
        left += one.width + gap
    return whole


def compared(browser: Browser, document: Document, name: str, view: View) -> str | None:
    """Return how a document differs from its golden, with the picture that shows it, or None."""
    path = golden(name, view)
    actual = picture(browser, document, view)
    with Image.open(path) as expected:
        sentence, marked = difference(expected, actual)
        if sentence is None:
            return None
        SEEN.mkdir(exist_ok=True)
        side_by_side(expected, actual, marked).save(SEEN / path.name)
    return f"{sentence}; see {SEEN.name}/{path.name}"


def main() -> int:
    """Draw every golden anew."""
    GOLDENS.mkdir(exist_ok=True)
    with chromium() as browser:
        for name in NAMES:
            for view in VIEWS:
                drawn = picture(browser, sample(name), view)
                # This way of choosing colours also keeps those of few pixels, such as the accent's.
                few = drawn.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                few.save(golden(name, view), optimize=True)
                print(golden(name, view))
    return 0


if __name__ == "__main__":
    sys.exit(main())
