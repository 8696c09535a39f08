"""The page as a PDF: for screen readers and paper, the same bytes for the same page, closed to whom lacks the password."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipelines.demo import SIZES, make_member, write_exports
from pipelines.pdf import encrypted, make_pdf
from pipelines.render import render_page
from tests import page_samples
from tests.gates.pdf import elements
from tests.gates.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
WEEK = "2026-W46"


def pdf_of(name: str, language: str = "de") -> bytes:
    return make_pdf(render_page(page_samples.SAMPLES[name](language)), week=WEEK, language=language)


@pytest.fixture(scope="module")
def typical() -> bytes:
    return pdf_of("typical")


@pytest.fixture
def document(typical: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(typical)) as opened:
        yield opened


def text_of(pdf: bytes) -> str:
    """Return what a person reads, in reading order; for tests where poppler is installed."""
    done = subprocess.run(
        [needs("pdftotext", "poppler-utils"), "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_long_german_words_are_divided_where_german_divides_them() -> None:
    context = page_samples.quiet("de")
    context["sections"][0]["sentence"] = " ".join(
        f"Zuständigkeitsverteilung {'o' * n} Verantwortungsbereich" for n in range(1, 24)
    )
    pdf = make_pdf(render_page(context), week=WEEK, language="de")
    # Its plain text has words whole again; as boxes they are as they stand on paper.
    done = subprocess.run([needs("pdftotext", "poppler-utils"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)  # fmt: skip
    words = re.findall(r">([^<>]+)</word>", done.stdout.decode())
    begun = {word[:-1] for word in words if word[-1] in "-\u2010\u00ad"}
    # After a syllable, as the dictionary of German has it.
    places = {"Verant", "Verantwor", "Verantwortungs", "Verantwortungsbe", "Zustän", "Zuständig", "Zuständigkeits", "Zuständigkeitsver", "Zuständigkeitsvertei"}  # fmt: skip
    assert begun & places
    assert {word for word in begun if word.startswith(("Verant", "Zustän"))} <= places


def test_says_what_a_screen_reader_needs(document: pikepdf.Pdf) -> None:
    assert str(document.Root.Lang) == "de"
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert document.open_metadata()["pdfuaid:part"] == "1"
    assert str(document.docinfo["/Title"]).startswith("So sichtbar wie in keiner anderen Woche")
    for page in document.pages:
        for link in page.get("/Annots", []):
            assert str(link.Contents).startswith("https://")


def test_every_chart_has_its_title_and_description_as_alternative_text(document: pikepdf.Pdf) -> None:
    figures = [str(element.get("/Alt", "")) for element in elements(document) if element.S == "/Figure"]
    context = page_samples.typical("de")
    charts = [chart for section in context["sections"] for chart in section["charts"]]
    assert all(figures)
    for chart in charts:
        assert f"{chart['title']}. {chart['description']}" in figures
    assert len(figures) >= len(charts) + len(context["key_numbers"])


def test_headings_leave_out_no_level_and_are_the_bookmarks(document: pikepdf.Pdf) -> None:
    levels = [int(str(e.S)[2:]) for e in elements(document) if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    with document.open_outline() as outline:
        [first] = outline.root
        assert first.title == page_samples.typical("de")["headline"]
        assert len(first.children) == len(levels) - 1


def test_every_page_has_the_week_and_its_number_and_a_usual_week_takes_few(typical: bytes) -> None:
    with pikepdf.open(io.BytesIO(typical)) as document:
        pages = len(document.pages)
    assert 2 <= pages <= 4
    text = text_of(typical)
    for number in range(1, pages + 1):
        assert f"Seite {number} von {pages}" in text
    assert text.count("Kontaktpuls · KW 46, 9.–15. November 2026") == pages


def test_shows_definitions_and_leaves_the_numbers_behind_charts_to_the_screen(typical: bytes) -> None:
    text = " ".join(text_of(typical).split())
    context = page_samples.typical("de")
    for section in context["sections"]:
        for definition in section["definitions"]:
            assert definition["label"] in text
    assert "Als Tabelle" not in text
    assert "2026-W30" not in text


def test_umlauts_and_names_can_be_read_and_searched(typical: bytes) -> None:
    text = " ".join(text_of(typical).split())
    for words in ("Ada Beispiel-Köhler", "Jörg Weißdorn", "Neue Kontakte", "geschätzt"):
        assert words in text


@pytest.mark.slow
def test_speaks_english_too() -> None:
    pdf = pdf_of("typical", "en")
    assert "Page 1 of" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(page_samples.SAMPLES))
def test_every_kind_of_week_becomes_a_pdf(name: str) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(name))) as document:
        assert all(str(e.get("/Alt", "")) for e in elements(document) if e.S == "/Figure")
        assert 1 <= len(document.pages) <= 12
        assert "/AcroForm" not in document.Root
        assert "/JavaScript" not in document.Root.get("/Names", {})
        assert "/OpenAction" not in document.Root


@pytest.mark.slow
def test_names_of_strangers_stay_text() -> None:
    context = page_samples.typical("de")
    context["people"] = [context["people"][0] | {"name": name} for name in page_samples.HOSTILE]
    text = " ".join(text_of(make_pdf(render_page(context), week=WEEK, language="de")).split())
    assert "<script>alert(1)</script>" in text
    assert "<img src=x onerror=alert(1)>" in text
    assert "{{ 7*7 }}" in text
    assert "'; drop table contacts; --" in text
    assert "\u202e" not in text


def test_text_that_no_font_can_draw_is_no_failure_and_reaches_no_log(caplog: pytest.LogCaptureFixture) -> None:
    nobody = "\U000e0041\ue123 Nemo\U0001fbff"
    with caplog.at_level(logging.DEBUG):
        pdf = make_pdf(f'<html lang="de"><head><title>x</title></head><body><p>{nobody}</p></body></html>', week=WEEK, language="de")  # fmt: skip
    assert "Nemo" in text_of(pdf)
    assert not [record for record in caplog.records if record.name == "weasyprint"]


def test_a_page_that_names_addresses_and_files_loads_none(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Geheimnis")
    (tmp_path / "style.css").write_text("p::after { content: 'Geheimnis' }")
    there = tmp_path.as_uri()
    page = f"""<html lang="de"><head><title>x</title><link rel="stylesheet" href="{there}/style.css">
      <link rel="attachment" href="{there}/secret.txt"><style>@import url({there}/style.css);</style></head>
      <body><p>Text</p><img alt="Bild" src="{there}/secret.txt"><object data="{there}/secret.txt"></object></body></html>"""
    pdf = make_pdf(page, week=WEEK, language="de")
    assert "Geheimnis" not in text_of(pdf)
    assert b"EmbeddedFile" not in pdf


@pytest.mark.slow
def test_the_same_page_gives_the_same_bytes_in_another_process(typical: bytes) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests import test_pdf;"
        "sys.stdout.buffer.write(test_pdf.pdf_of('typical'))"
    )
    for environment in ({"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}):
        done = subprocess.run(
            [sys.executable, "-c", code, str(ROOT)], capture_output=True, check=True, env=os.environ | environment
        )
        assert done.stdout == typical


def test_an_encrypted_pdf_opens_with_its_password_alone(typical: bytes) -> None:
    closed = encrypted(typical, "Über 12 Brücken")
    for wrong in ("", "Über 12 Brucken"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(closed), password=wrong)
    with pikepdf.open(io.BytesIO(closed), password="Über 12 Brücken") as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert document.allow.accessibility
        assert bool(document.Root.MarkInfo.Marked)
    assert b"Brecken" not in closed
    assert b"Drei neue Kontakte" not in closed


@pytest.mark.parametrize(
    ("missing", "said"),
    [("ImportError('no module')", "pip install 'kontaktpuls[pdf]'"), ("OSError('no pango')", "libpango-1.0-0")],
)
def test_what_is_missing_is_one_sentence(missing: str, said: str) -> None:
    # A finder that fails as the import of WeasyPrint does where it, or the library it needs, is not there.
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == 'weasyprint': raise {missing}\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from pipelines.pdf import make_pdf\n"
        "from pipelines.problem import Problem\n"
        "try:\n"
        "    make_pdf('<p>', week='2026-W46', language='de')\n"
        "except Problem as problem:\n"
        "    print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr == ""
    assert said in done.stdout
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_the_command_writes_the_pdf_beside_the_page_and_takes_an_old_one_away(tmp_path: Path) -> None:
    exports = write_exports(make_member(1, SIZES["small"]), tmp_path / "exports")
    environment = {"KONTAKTPULS_HOME": str(tmp_path / "home"), "PATH": "", "PYTHONUTF8": "1"}

    def report(*options: str) -> set[str]:
        command = [sys.executable, "-m", "pipelines.cli", "report", *map(str, exports), "--out", str(tmp_path / "out")]
        subprocess.run([*command, *options], check=True, capture_output=True, env=environment, cwd=ROOT)
        return {path.name for path in (tmp_path / "out").iterdir()}

    files = {"report.html", "report.json", "mail.eml"}
    assert report("--pdf") == files | {"report.pdf"}
    written = tmp_path / "out" / "report.pdf"
    with pikepdf.open(written) as document:
        assert str(document.Root.Lang) == "de"
    if os.name == "posix":
        assert written.stat().st_mode & 0o777 == 0o600
    assert report() == files
