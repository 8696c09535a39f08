"""The colours of charts tell their marks apart: on the band and the ground, in both schemes, and for those who see no red or no green."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from pipelines.models import package_folder
from pipelines.render import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

# Linear RGB as it is seen without the cones for red or for green, of severity 1. Gustavo M. Machado, Manuel M. Oliveira, Leandro
# A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency. IEEE TVCG 15 (6), 2009, pp. 1291-1298.
SEEN = {
    "by most": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
# sRGB to XYZ (IEC 61966-2-1) and its white, D65.
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)
# CIE76; about 2 is just seen where two fields touch. Marks here are small and apart.
FAR = 12.0
SCHEMES = ("light", "dark", "print")


def colours(scheme: str) -> dict[str, str]:
    """The custom properties of a scheme, as the page's style sheet has them."""
    css = (package_folder("reports") / "style" / "page.css").read_text(encoding="utf-8")
    light, dark, printed = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", light))
    told = {"light": "", "dark": dark, "print": printed}[scheme]
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", told))


def charts(name: str):
    return getattr(environment("de", html=True).get_template("macros/charts.svg.j2").make_module(), name)


def linear(colour: str) -> list[float]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def times(matrix, vector) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    dark, light = sorted(times(_XYZ, linear(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, eyes: str) -> list[float]:
    seen = [min(1.0, max(0.0, share)) for share in times(SEEN[eyes], linear(colour))]
    x, y, z = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
        for t in (value / white for value, white in zip(times(_XYZ, seen), _WHITE, strict=True))
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, eyes: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5


def pile(told: Mapping[str, str], kind: str) -> list[tuple[bool, str]]:
    """How the series of a pile are drawn, from the bottom up: outlined or not, and in which colour."""
    named = {"a": "accent", "q": "quiet", "t": "strong", "d": "deep", "s": "second", "q2": "quiet2"}
    return [(paint["outlined"], told[named[paint[kind]["name"]]]) for paint in charts("PILE")]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_stand_out_from_the_band_and_the_ground(scheme: str) -> None:
    told = colours(scheme)
    for mark in ("quiet", "accent"):
        assert contrast(told[mark], told["band"]) >= 3, (mark, "band")
    for mark in ("quiet", "quiet2", "deep", "strong", "accent", "second"):
        assert contrast(told[mark], told["ground"]) >= 3, (mark, "ground")


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["this", "other"])
def test_the_series_of_a_pile_differ(kind: str, scheme: str, eyes: str) -> None:
    told = colours(scheme)
    series = pile(told, kind)
    assert len(series) == 5
    for (outlined, one), (also, other) in combinations(series, 2):
        if outlined == also:
            assert difference(one, other, eyes) >= FAR, (one, other)
        else:  # one is full of its colour, the other of the band's
            filled = other if outlined else one
            assert difference(filled, told["band"], eyes) >= 2 * FAR, (filled, "band")
    # Whatever happens to hues, no two neighbours are drawn alike.
    assert all(before[0] != after[0] for before, after in pairwise(series))


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_given_and_received_and_this_week_and_others_differ(scheme: str, eyes: str) -> None:
    told = colours(scheme)
    for one, other in (("quiet", "quiet2"), ("accent", "second"), ("accent", "quiet"), ("second", "quiet2")):
        assert difference(told[one], told[other], eyes) >= FAR, (one, other)


def test_red_and_green_of_equal_lightness_would_not_pass() -> None:
    red, green = "#b5523c", "#6f7a2b"
    assert difference(red, green, "by most") > 3 * FAR
    assert difference(red, green, "deuteranopia") < FAR


def test_what_paper_and_mail_draw_has_the_same_colours() -> None:
    told = colours("light")
    light = charts("LIGHT")
    assert {name: light[name] for name in light if name in told} == {name: told[name] for name in light if name in told}
    assert light["heat"] == [told[f"heat{step}"] for step in range(1, 5)]
    mail = environment("de", html=True).get_template("macros/mail.html.j2").make_module().C  # ty: ignore[unresolved-attribute]
    assert {name: mail[name] for name in mail if name in told} == {name: told[name] for name in mail if name in told}
