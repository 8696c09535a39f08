"""The sheet for a conversation: what it holds, whom it names, that it speaks about the member and fits one page."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from pipelines.coach.overview import MAIL, OVERVIEW, make_overview, make_sheet
from pipelines.pdf import make_pdf
from tests import coach_samples as samples
from tests.coach_samples import HOSTILE, document, received, text, worked_with
from tests.gates.tools import needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

both_languages = pytest.mark.parametrize("language", ["de", "en"])


def sheet(report: dict[str, Any], language: str = "de", *, names: bool = False) -> str:
    made = make_overview([received(report)], language, named={report["member"]} if names else ())
    [content] = [content for name, content in made.files.items() if name.startswith("gespraech-")]
    return text(content.decode())


def test_the_sheet_holds_what_was_agreed_what_moved_and_what_to_ask() -> None:
    shown = sheet(worked_with(), names=True)
    for expected in (
        "Zuletzt vereinbart 12. Oktober 2026 Profiltext überarbeiten Mira Holzapfel anrufen",
        "Fünf ganze Wochen sind seit dem Gespräch am 12. Oktober 2026 vergangen.",
        "Ausgangslage, KW 19 bis 30 seit 3. August 2026 seit dem Gespräch Woche 46",
        "Gesendete Nachrichten 4,2 8,5 9 9",
        "Begonnene Gespräche n/a 1 1 1",
        "Ziel: Begonnene Gespräche, 2 pro Woche: in drei von 14 Wochen erreicht, in dieser Woche 1.",
        "Seit dem Start: vier Bewerbungen und ein Vorstellungsgespräch.",
        "Was ist aus dem geworden, was am 12. Oktober 2026 vereinbart wurde?",
        "Passt das Ziel noch (Begonnene Gespräche, 2 pro Woche)",
        "Wie könnte eine Antwort an Jörg Weißdorn aussehen?",
        "Jörg Weißdorn (hat zuletzt geschrieben)",
        "Treffen und Telefonate zählen nur, wo sie notiert wurden; bisher ist nichts notiert.",
    ):
        assert expected in shown
    assert "etwas Älteres" not in shown


@both_languages
def test_numbers_alone_name_no_third_party(language: str) -> None:
    shown = sheet(worked_with(), language)
    assert "Holzapfel" not in shown
    assert "Weißdorn" not in shown
    assert "Profiltext" not in shown
    assert "Ada Beispiel-Köhler" in shown


def test_without_a_start_the_sheet_compares_with_what_is_usual_and_still_asks_three_questions() -> None:
    shown = sheet(document())
    assert "Noch ist kein Gespräch notiert." in shown
    assert "Gesendete Nachrichten 9 9" in shown
    assert len(re.findall(r"\?", shown)) == 3


@both_languages
def test_no_sheet_speaks_to_the_member(language: str) -> None:
    forbidden = {"de": r"\b(Ihnen|Ihre?[mnrs]?|[Dd]u|[Dd]ein\w*)\b", "en": r"\b(?:you|your)\b"}[language]
    silent = samples.silent(worked_with(), 6)
    old = document("Olga Alt", "olga", samples.MONDAY - timedelta(weeks=4))
    made = make_overview(
        [received(one) for one in (silent, old, samples.first_recruiting(document("Rita", "rita")))],
        language,
        named={"ada"},
    )
    for name, content in made.files.items():
        if name != MAIL:
            assert not re.search(forbidden, text(content.decode())), name


def test_seen_from_a_later_week_the_sheet_says_since_when_data_are_missing() -> None:
    old = document("Olga Alt", "olga", samples.MONDAY - timedelta(weeks=4))
    made = make_overview([received(old), received(document())], "de")
    assert "Keine Daten seit dem 23. Oktober 2026" in text(made.files["gespraech-olga.html"].decode())


def test_however_many_goals_there_are_one_is_asked_about_and_the_open_messages_still_are() -> None:
    reached = worked_with()
    goal = reached["goals"][0] | {"reached": True, "amount": 1}
    reached["goals"] = [goal | {"metric": "comments"}, goal, goal | {"metric": "posts", "reached": False}]
    for row in samples.weeks(reached, 2)[:1]:
        row |= {"comments": 1, "conversations_started": 0}  # reached every week, and reached for the first time
    shown = sheet(reached, names=True)
    assert len(re.findall(r"Was hat geholfen, das Ziel", shown)) == 1
    assert "Was hat geholfen, das Ziel zu erreichen (Begonnene Gespräche, 1 pro Woche)" in shown
    assert "Passt das Ziel noch" not in shown
    assert "Wie könnte eine Antwort an Jörg Weißdorn aussehen?" in shown


def test_sheets_of_two_members_of_one_key_do_not_overwrite_each_other() -> None:
    made = make_overview([received(document("Ada", "self"), "a"), received(document("Eva", "self"), "b")], "de")
    assert "Ada" in text(made.files["gespraech-self.html"].decode())
    assert "Eva" in text(made.files["gespraech-self-2.html"].decode())


def overfull() -> dict[str, Any]:
    """Everything at its longest: a sheet for which one page is hardly enough."""
    report = samples.silent(worked_with() | {"name": "Dr. Maximiliane-Alexandra Freifrau von Wurmbrand-Stuppach"}, 30)
    report["sources"].append({"source": "xing_contacts", "platform": "xing", "as_of": "2026-03-01", "rows": 1})
    report["sessions"] = [
        {"on": "2026-10-12", "agreed": ["Bis zum nächsten Mal zwei frühere Kolleginnen anschreiben " * 9] * 9}
    ]
    report["goals"] = [
        report["goals"][0] | {"metric": metric}
        for metric in ("recommendations_given", "conversations_answered", "visible_activity", "comments")
    ]
    numbers = report["baseline"]["numbers"][0]
    report["baseline"]["numbers"] = [numbers | {"name": name, "since": 1234.5} for name in samples.NUMBERS]
    report["people"] = [
        {"name": f"Wilhelmine-Charlotte Gräfin von Sonnenschein-Regenbogen {n}", "reason": "thanks"} for n in range(5)
    ]
    return report


def printed(report: dict[str, Any], language: str = "de") -> bytes:
    made = make_sheet(received(report), language, names=True)
    return make_pdf(made.decode(), week="2026-W46", language=language)


def words_on(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """Each word of a PDF with its left edge, its right edge and its foot, in points from the upper left corner."""
    done = subprocess.run([needs("pdftotext", "poppler-utils"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)  # fmt: skip
    found = re.findall(
        rb'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', done.stdout
    )
    return [(word.decode(), float(left), float(right), float(foot)) for left, right, foot, word in found]


@pytest.mark.slow
@both_languages
def test_the_sheet_is_one_page_as_a_pdf_with_room_to_write(language: str) -> None:
    for report, room in ((overfull(), 30), (worked_with(), 150)):
        pdf = printed(report, language)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert len(document.pages) == 1
        found = words_on(pdf)
        last = [foot for word, _, _, foot in found if word in ("nächste", "next")][-1]
        [foot] = [foot for word, left, _, foot in found if word in ("können", "cannot") and foot > last]
        assert foot - last > room
        # Below the rule for the foot and above the page's own foot.
        assert foot < max(foot for _, _, _, foot in found) - 40


@pytest.mark.slow
def test_numbers_of_the_pdf_stand_in_line_and_the_table_ends_where_the_page_does() -> None:
    found = words_on(printed(worked_with()))
    labels = [next(foot for word, _, _, foot in found if word == label) for label in ("Neue", "Sichtbare", "Recruiting-Kontakte")]  # fmt: skip
    assert max(labels) - min(labels) < 0.5
    margin = 595.28 - 17 / 25.4 * 72
    [header] = [right for (word, _, _, _), (number, _, right, _) in pairwise(found) if (word, number) == ("Woche", "46") and right > 500]  # fmt: skip
    assert abs(header - margin) < 1


@pytest.mark.slow
def test_what_only_screen_readers_read_leaves_no_trace_on_paper() -> None:
    made = make_sheet(received(worked_with()), "de", names=True).decode()
    without = re.sub(r'(<(caption|h2) class="sr">).*?(</\2>)', r"\1\3", made)
    assert without != made
    drawn = [
        subprocess.run([needs("pdftoppm", "poppler-utils"), "-r", "150", "-"], input=make_pdf(one, week="2026-W46", language="de"), capture_output=True, check=True).stdout
        for one in (made, without)
    ]  # fmt: skip
    assert drawn[0] == drawn[1]


@pytest.mark.browser
@both_languages
def test_the_sheet_is_one_page_from_the_printer_and_nothing_is_wider_than_a_telephone(
    browser: Browser, language: str
) -> None:
    made = make_overview([received(overfull()), received(document(HOSTILE, "eva"))], language, named={"ada", "eva"})
    for name, content in made.files.items():
        if name == MAIL:
            continue
        with browser.new_page(viewport={"width": 320, "height": 900}) as page:
            page.set_content(content.decode())
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
            if name != OVERVIEW:
                with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
                    assert len(printed.pages) == 1


@pytest.mark.browser
def test_labels_stay_on_a_line_and_a_telephone_has_the_numbers_of_a_person_side_by_side(browser: Browser) -> None:
    made = make_overview([received(worked_with())], "de")
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.set_content(made.files["gespraech-ada.html"].decode())
        heights = page.evaluate(
            "[...document.querySelectorAll('tbody th')].map(th => th.getBoundingClientRect().height)"
        )
        assert len(heights) == 6
        assert max(heights) < 50
    with browser.new_page(viewport={"width": 320, "height": 900}) as page:
        page.set_content(made.files[OVERVIEW].decode())
        feet = page.evaluate("[...document.querySelectorAll('td.count')].map(td => td.getBoundingClientRect().bottom)")
        assert len(feet) == 3
        assert max(feet) - min(feet) < 1
        said = "td => getComputedStyle(td, '::before').content"
        assert "zwölf Wochen" in page.eval_on_selector("td:last-child", said)


@pytest.mark.parametrize(
    ("met", "weeks", "said"),
    [
        (0, 0, "Noch ist keine Woche davon gezählt."),
        (0, 1, "bisher eine Woche, in dieser Woche 1."),
        (1, 1, "in der einen Woche bisher erreicht, in dieser Woche 1."),
        (0, 5, "bisher fünf Wochen, in dieser Woche 1."),
        (1, 5, "in einer von fünf Wochen erreicht, in dieser Woche 1."),
        (4, 14, "in vier von 14 Wochen erreicht, in dieser Woche 1."),
    ],
)
def test_a_goal_is_told_by_its_numbers(met: int, weeks: int, said: str) -> None:
    report = worked_with()
    report["goals"][0] |= {"weeks": weeks, "weeks_met": met, "reached": None}
    assert f"Ziel: Begonnene Gespräche, 2 pro Woche: {said}" in sheet(report)
