"""Page and mail look as they did when somebody last looked at them, and a small fault in how they look is noticed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.gates import goldens
from tests.gates.documents import VIEWS
from tests.gates.mutants import swap

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.gates.documents import View

pytestmark = pytest.mark.browser

WIDE, NARROW, DARK = VIEWS[0], VIEWS[2], VIEWS[1]
# A fault by its name: the document, what stands there, what would stand there instead, and where it is seen.
FAULTS: dict[str, tuple[str, str, str, View]] = {
    "smaller title": ("page", "</style>", "h1 { font-size: 41px !important }</style>", WIDE),
    "line lost": ("page", "</style>", ".steps > *, .people > * { border-color: transparent !important }</style>", WIDE),
    "week without accent": ("page", "</style>", "svg .a { fill: #839a94 !important }</style>", WIDE),
    "light in the dark": ("page", "</style>", ".lead { color: #5c6570 !important }</style>", DARK),
    "wide chart on a telephone": ("page", "</style>", "@media (max-width: 560px) { .wide { display: block !important } }</style>", NARROW),
    "column without height": ("mail", 'class="accent-bar"', 'class="quiet-bar" hidden', WIDE),
    "text moved by a pixel": ("mail", "margin:24px 0 12px", "margin:25px 0 11px", WIDE),
    "another face": ("mail", "font-weight:bold", "font-weight:normal", NARROW),
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
@pytest.mark.parametrize("name", goldens.NAMES)
def test_looks_as_it_did(browser: Browser, name: str, view: View) -> None:
    found = goldens.compared(browser, goldens.sample(name), name, view)
    assert found is None, f"{name} {found} (if it is meant so: make goldens)"


@pytest.mark.parametrize("fault", FAULTS)
def test_small_faults_are_seen_and_shown(browser: Browser, fault: str, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(goldens, "SEEN", tmp_path)
    name, old, new, view = FAULTS[fault]
    sound = goldens.sample(name)
    changed = replace(sound, content=swap(old, new, sound))
    assert goldens.compared(browser, changed, name, view)
    assert (tmp_path / goldens.golden(name, view).name).is_file()
