"""What a reader gets as a page: valid, self-contained, the same bytes every time, and harmless whatever a contact calls themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.display import clean, context_for_display, name_for_display, safe_url, text_for_display
from pipelines.language import date_range, number, percent, short_number, week_label
from pipelines.render import gaps, point, render_mail, render_page, scale, totals
from tests import page_samples

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de", "en")
VOID = {"meta", "br", "img", "input", "hr", "link", "rect", "path", "circle"}
every_sample = pytest.mark.parametrize("name", sorted(page_samples.SAMPLES))
both_languages = pytest.mark.parametrize("language", LANGUAGES)


class Tree(HTMLParser):
    """Start tags with attributes in order, and the text between them; complains about tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID or (tag in ("rect", "circle") and not self.get_starttag_text().endswith("/>")):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def words(self) -> set[str]:
        return set(re.findall(r"[A-Za-zÄÖÜäöüß]+", " ".join(self.text)))


def page(name: str, language: str = "de") -> str:
    return render_page(page_samples.SAMPLES[name](language))


def svgs(html: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


@every_sample
@both_languages
def test_structure_can_be_followed_without_seeing_it(name: str, language: str) -> None:
    tree = Tree(page(name, language))
    ids = [attributes["id"] for _, attributes in tree.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert tree.having("html")[0]["lang"] == language
    assert (
        len(tree.having("h1"))
        == len(tree.having("main"))
        == len(tree.having("header"))
        == len(tree.having("footer"))
        == 1
    )
    for _, attributes in tree.tags:
        for reference in (attributes.get("aria-labelledby") or "").split():
            assert reference in ids
        if (attributes.get("href") or "").startswith("#"):
            assert attributes["href"][1:] in ids
    levels = [int(tag[1]) for tag, _ in tree.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    for svg in tree.having("svg"):
        assert svg["role"] == "img"
        assert svg["aria-labelledby"]


@every_sample
def test_every_chart_is_well_formed_named_and_has_its_numbers_behind_it(name: str) -> None:
    html = page(name)
    for svg in svgs(html):
        assert svg[0].tag == "title"
        assert svg[0].text
        _, _, width, height = map(float, svg.attrib["viewbox" if "viewbox" in svg.attrib else "viewBox"].split())
        assert width > 0
        assert height > 0
    figures = html.count("<figure>")
    assert html.count('class="wide"') == html.count('class="narrow"') == figures
    assert html.count('<div class="data') == figures + 1
    assert not re.search(r'(="|[ MHVL])-?(nan|inf)\b', html)


@every_sample
def test_coordinates_have_at_most_one_decimal(name: str) -> None:
    for svg in svgs(page(name)):
        for element in svg.iter():
            for key in ("x", "y", "width", "height", "cx", "cy", "d"):
                assert not re.search(r"\d\.\d\d|e-?\d", element.attrib.get(key, "")), (element.tag, element.attrib)


def test_speaks_one_language_at_a_time() -> None:
    german, english = (Tree(page("typical", language)) for language in LANGUAGES)
    assert {"Kontakte", "Woche", "Nachrichten", "Datenstand", "geschätzt"} <= german.words()
    assert (
        not {"Kontakte", "Woche", "Nachrichten", "Gruppen", "Datenstand", "geschätzt", "und", "oder", "KW"}
        & english.words()
    )
    assert not {"estimated", "usual", "weeks", "Since", "table", "wk", "the", "and"} & german.words()
    assert "20. November 2026" in " ".join(" ".join(german.text).split())
    assert "9.–15. November 2026" in " ".join(german.text)
    assert "20 November 2026" in " ".join(" ".join(english.text).split())
    assert "9–15 November 2026" in " ".join(english.text)


def test_same_context_gives_the_same_bytes_in_another_process() -> None:
    code = "import sys; sys.path[:0] = sys.argv[1:]; import pipelines.render as r; from tests import page_samples; sys.stdout.buffer.write(r.render_page(page_samples.typical('de')).encode())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT)],
            capture_output=True,
            check=True,
            env=os.environ | environment,
        ).stdout
        for environment in (
            {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
        )
    }
    assert runs == {page("typical").encode()}


def test_absent_is_said_and_never_zero() -> None:
    html = page("absent")
    assert "Das steht in keinem Export." in html
    assert html.count('<dd class="value none">n/a') == 2
    absent_key = re.search(r"Sichtbare Aktivität</dt>.*?</svg>", html, re.DOTALL)[0]
    assert "n/a" in absent_key
    assert "url(#k2h)" in absent_key
    assert 'class="q"' not in absent_key


def test_zero_is_a_visible_line() -> None:
    context = page_samples.quiet("de")
    wide = next(svg for svg in svgs(render_page(context)) if svg.attrib.get("class") == "wide")
    marks = list(wide.iter("rect"))
    assert len(marks) == 26
    assert all(float(mark.attrib["height"]) == 2 for mark in marks)


def test_one_mark_a_value_and_only_the_reported_week_in_the_accent_colour() -> None:
    chart = page_samples.typical("de")["sections"][0]["charts"][0]
    wide, narrow = [svg for svg in svgs(page("typical")) if svg.attrib.get("class") in ("wide", "narrow")][:2]
    for svg, count in ((wide, 26), (narrow, 12)):
        accents = [element for element in svg.iter("rect") if element.attrib.get("class") == "a"]
        quiet = [rect for group in svg.iter("g") if group.attrib.get("class") == "q" for rect in group.iter("rect")]
        assert len(accents) == 1
        assert len(quiet) == count - 1
        assert svg.findall("text")[-1].text == str(chart["values"][-1])
        heights = [float(rect.attrib["height"]) for rect in (*quiet, *accents)]
        tallest = max(chart["values"][-count:])
        unit = max(heights) / tallest
        assert all(
            abs(h - max(value * unit, 2)) < 0.2 for h, value in zip(heights, chart["values"][-count:], strict=True)
        )


def test_week_that_is_not_over_is_drawn_open() -> None:
    html = page("absent")
    assert "Woche noch nicht zu Ende" in html
    assert html.count("stroke-dasharray") == 2
    assert "stroke-dasharray" not in page("typical")


def test_reported_week_is_marked_where_later_weeks_follow() -> None:
    context = page_samples.typical("de")
    chart = context["sections"][0]["charts"][0]
    chart |= {
        "weeks": page_samples.weeks(27, page_samples.MONDAY.replace(day=16)),
        "values": [*chart["values"], 9],
        "unfinished": True,
    }
    context["sections"] = context["sections"][:1]
    wide = next(svg for svg in svgs(render_page(context)) if svg.attrib.get("class") == "wide")
    assert [text.text for text in wide.iter("text") if text.attrib.get("class") == "i k"] == ["3", "9"]
    [accent] = [element for element in wide.iter("rect") if element.attrib.get("class") == "a"]
    assert accent[0].text == "KW 46: 3"


def test_empty_parts_leave_no_heading_behind() -> None:
    context = page_samples.typical("de") | {
        "steps": [],
        "people": [],
        "sections": [],
        "missing": [],
        "sources": [],
        "data_state": [],
        "since_sunday": None,
        "checks": None,
        "member_name": "",
    }
    tree = Tree(render_page(context))
    text = " ".join(tree.text)
    assert not re.search(
        r"Schritt|melden könnten|Seit Sonntag|Was fehlt|Was gelesen|Datenstand|Inhalt\b(?! springen)", text
    )
    assert tree.having("nav") == []


def test_estimated_stands_wherever_an_inferred_number_does() -> None:
    html = page("typical")
    assert re.search(r'<dd class="value">2 <span class="tag">geschätzt</span>', html)
    assert html.count('<span class="tag">geschätzt</span>') == 2


@both_languages
def test_hostile_text_stays_text(language: str) -> None:
    html = page("hostile", language)
    tree = Tree(html)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}{% raw %}" in html
    assert {tag for tag, _ in tree.tags} <= {
        tag for name in ("typical", "absent") for tag, _ in Tree(page(name, language)).tags
    }
    assert "A" * 61 not in html
    assert not [c for c in html if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]
    assert all((link["href"] or "").startswith("#") for link in tree.having("a"))
    html.encode()


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "http://www.linkedin.com/in/x",
        "https://linkedin.com.evil.example/in/x",
        "https://evil-linkedin.com/in/x",
        "https://evil.example/?https://www.linkedin.com",
        "https://user@www.linkedin.com/in/x",
        "https://www.linkedin.com@evil.example/",
        "https://www.linkedin.com:443/in/x",
        "https://www.linkedin.com:/in/x",
        "https://www.linkedin.com\\@evil.example/",
        "https://www.linkedin.com/in/x\r\nSet-Cookie: a",
        "https://www.linkedin.com/in/\u202ex",
        'https://www.linkedin.com/in/"onclick=x',
        "https://www.linkedin.com/in/a b",
        "https://[::1/in/x",
        "https://www.linkedin.com./in/x",
        "//www.linkedin.com/in/x",
        "https://www.linkedin.com/" + "x" * 600,
    ],
)
def test_only_plain_profile_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/j%C3%B6rg-1a2",
        "https://linkedin.com/in/x",
        "https://de.linkedin.com/in/x?trk=y",
        "https://www.xing.com/profile/A_B",
    ],
)
def test_profile_addresses_of_both_platforms_are_links(url: str) -> None:
    assert safe_url(url) == url


@given(st.text(st.characters(exclude_categories=[])))
def test_cleaned_text_is_one_visible_line(text: str) -> None:
    shown = clean(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")]
    assert clean(shown) == shown
    assert len(name_for_display(text)) <= 60
    text_for_display(text).encode()


def test_names_of_everybody_stay_as_they_are_written() -> None:
    for name in (
        "Jörg Weißdorn",
        "Nguyễn Thị Ánh",
        "이서연",
        "Ольга Ёлкина",
        "O’Brien-Łukasz",
        "محمد",
        "王小明",
        "Zoe\u0308",
    ):
        assert name_for_display(name) == name


def test_addresses_and_keys_are_not_cut() -> None:
    url = "https://www.linkedin.com/in/" + "x" * 90
    assert context_for_display({"profile": url, "people": [{"profile": url, "name": "x" * 90}]})["people"][0] == {
        "profile": url,
        "name": "x" * 59 + "…",
    }


values = st.lists(
    st.none() | st.integers(-1000, 10**12) | st.floats(-1e6, 1e9).map(lambda value: round(value, 3)), max_size=30
)


@given(values, st.integers(1, 5), st.booleans())
def test_scale_holds_every_value_and_has_a_length(series: list[float | None], lines: int, from_zero: bool) -> None:
    axis = scale(series, lines, from_zero=from_zero)
    known = [value for value in series if value is not None]
    assert axis["low"] < axis["high"]
    assert len(axis["ticks"]) <= 3 * lines + 4
    assert axis["ticks"] == sorted(set(axis["ticks"]))
    for value in known:
        assert axis["low"] <= value * (1 - 1e-9) or axis["low"] <= value
        assert axis["high"] >= value * (1 - 1e-9)
    if from_zero:
        assert axis["low"] <= 0 <= axis["high"]
    if known and all(float(value).is_integer() for value in known):
        assert all(float(tick).is_integer() for tick in axis["ticks"])


@pytest.mark.parametrize(
    ("series", "ticks"),
    [([3, 1], [0, 1, 2, 3]), ([0, 0], [0]), ([], [0]), ([None], [0]), ([1], [0, 1]), ([268, 5], [0, 100, 200])],
)
def test_scale_has_round_lines(series: list[float | None], ticks: list[float]) -> None:
    assert scale(series)["ticks"] == ticks


@pytest.mark.parametrize(("highest", "lines"), [(23, 4), (23, 3), (33, 3), (33, 2)])
def test_an_axis_leaves_no_empty_room_above_its_highest_value(highest: int, lines: int) -> None:
    axis = scale([highest, 1], lines)
    assert axis["high"] == highest
    assert highest * 0.6 <= axis["ticks"][-1] <= highest


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("de", "Sehen Sie die Nachricht vom 12. November an, 0 bis 13", ["12.\u00a0November", "0\u00a0bis\u00a013"]),
        ("en", "the message of 12 November 2026, usually 1 to 4", ["12\u00a0November\u00a02026", "1\u00a0to\u00a04"]),
    ],
)
def test_no_line_breaks_within_a_date_or_a_range(language: str, text: str, kept: list[str]) -> None:
    page = page_samples.typical(language)
    page["steps"][0]["sentence"] = text
    page["subject"] = text
    html, plain = render_mail(page)
    for shown in (render_page(page), html, plain):
        for piece in kept:
            assert piece in shown
    assert f"<title>{text}</title>" in html


def test_scale_of_a_stock_need_not_begin_at_zero() -> None:
    assert scale([222, 268], from_zero=False)["ticks"] == [220, 240, 260]
    assert scale([40, 40], from_zero=False)["ticks"] == [39, 40, 41]


@given(st.floats(-1e5, 1e5))
def test_points_have_one_decimal_and_no_negative_zero(value: float) -> None:
    assert re.fullmatch(r"-?\d+(\.[1-9])?", point(value))
    assert point(value) != "-0"


def test_gaps_and_piles_tell_absent_from_zero() -> None:
    assert gaps([None, 0, None, None]) == [{"start": 0, "length": 1}, {"start": 2, "length": 2}]
    assert totals([{"values": [1, None, None]}, {"values": [2, 0, None]}]) == [3, 0, None]


def test_numbers_dates_and_weeks_as_each_language_writes_them() -> None:
    assert [number(v, "de") for v in (None, 0, 1974, 8.25, -4)] == ["n/a", "0", "1.974", "8,2", "−4"]
    assert [number(v, "en") for v in (1974, 8.3)] == ["1,974", "8.3"]
    assert [percent(0.625, "de"), percent(0.625, "en", 1), percent(None, "de")] == ["62\u00a0%", "62.5%", "n/a"]
    assert [short_number(v, "de") for v in (999_999, 1_234_567)] == ["999.999", "1,2\u00a0Mio."]
    monday = page_samples.MONDAY
    assert (
        date_range(monday.replace(month=9, day=28), monday.replace(month=10, day=4), "de")
        == "28. September – 4. Oktober 2026"
    )
    assert (
        date_range(monday.replace(month=12, day=28), monday.replace(year=2027, month=1, day=3), "en")
        == "28 December 2026 – 3 January 2027"
    )
    assert [week_label(46, language) for language in LANGUAGES] == ["KW 46", "week 46"]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    style = (ROOT / "reports" / "style" / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return {
        name: dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))
        for name, block in zip(("light", "dark", "print"), blocks, strict=True)
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_their_ground(scheme: str) -> None:
    colours = palettes()[scheme]
    for ground in (colours["ground"],):
        for text in ("ink", "muted", "accent", "second", "strong"):
            assert contrast(colours[text], ground) >= 4.5, text
        for mark in ("quiet", "quiet2", "deep", "heat1", "heat2", "heat3", "heat4"):
            assert contrast(colours[mark], ground) >= 3, mark
    assert contrast(colours["muted"], colours["band"]) >= 4.5


def test_paper_shows_the_light_colours() -> None:
    light, paper = palettes()["light"], palettes()["print"]
    assert {name: light[name] for name in paper if name not in ("ground", "muted", "line")} == {
        name: paper[name] for name in paper if name not in ("ground", "muted", "line")
    }


def test_charts_carry_the_light_colours_and_a_class_for_the_dark_ones() -> None:
    css_classes = {
        "q": "quiet",
        "q2": "quiet2",
        "a": "accent",
        "s": "second",
        "d": "deep",
        "t": "strong",
        "i": "ink",
        "m": "muted",
        "b": "band",
        "g": "ground",
        "h1": "heat1",
        "h2": "heat2",
        "h3": "heat3",
        "h4": "heat4",
    }
    strokes = {"l": "line", "sq": "quiet", "sa": "accent", "st": "strong", "sd": "deep", "sm": "muted"}
    light = palettes()["light"]
    seen = set()
    for name in page_samples.SAMPLES:
        for svg in svgs(page(name)):
            for element in svg.iter():
                classes = (element.attrib.get("class") or "").split()
                for attribute, names in (("fill", css_classes), ("stroke", strokes)):
                    if (colour := element.attrib.get(attribute, "")).startswith("#"):
                        [known] = [c for c in classes if c in names]
                        assert light[names[known]] == colour, (element.tag, element.attrib)
                        seen.add(known)
    assert {"q", "q2", "a", "s", "i", "m", "b", "h1", "h4", "l", "sq", "sa"} <= seen
