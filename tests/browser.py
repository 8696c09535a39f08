"""The browser that tests look at pages with: Debian's Chromium, told to keep to itself and to draw the same everywhere."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.gates.tools import GATES, needs

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--hide-scrollbars",
]


@contextmanager
def chromium() -> Generator[Browser]:
    """Start the browser; for tests marked `browser`, which are skipped, or fail, where there is none."""
    from playwright.sync_api import sync_playwright

    path = needs("chromium", "chromium")
    with sync_playwright() as playwright:
        fonts = {"FONTCONFIG_FILE": str(GATES / "fonts.conf")}
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS, env={**os.environ, **fonts})
        yield started
        started.close()
