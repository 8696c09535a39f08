"""A page is as long as it has something to say: what is as usual takes a line, what changes slowly is folded, nothing is lost."""

from __future__ import annotations

import re
import subprocess
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pipelines.pdf import make_pdf
from tests.scenario import Scenario
from tests.told_pages import Told, told_pages

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2026-11-20"
MONDAY = date(2026, 11, 9)
# Sections in full on a week like all others: the rhythm of a year, and the question for the log that is empty.
MOST = 4


def told(reported: int = 5) -> Told:
    """Forty weeks of five contacts, messages and comments each, the reported one of `reported`."""
    scenario = Scenario()
    export = scenario.member("ada").linkedin(AS_OF)
    for ago in range(-1, 40):
        for number in range(reported if ago == 0 else 5):
            name, on = f"Person {ago} Nr{number}", MONDAY - timedelta(weeks=ago) + timedelta(days=number % 5)
            export.connection(name, str(on), company=f"Firma {number % 2}", position="Leiterin")
            export.comment(f"{on} 12:00")
            export.message(f"{on} 12:00", name, "out").message(f"{on} 13:00", name, "in")
    return told_pages(scenario)["ada"]


def full(page: Told) -> list[str]:
    return [
        section
        for section in re.findall(r'<section id="s\d+">.*?</section>', page.html, flags=re.DOTALL)
        if "<h2>Wie üblich" not in section and "<h2>Was sich langsam ändert" not in section
    ]


def test_an_all_usual_week_shows_few_sections_in_full_and_the_others_in_a_line_each() -> None:
    page = told()
    assert len(full(page)) <= MOST
    for line in ("Neue Kontakte 5", "Gesendete Nachrichten 5", "Erhaltene Nachrichten 5", "Sichtbare Aktivität 5"):
        assert line in page.text
    assert "Ihr Netzwerk wächst" not in page.html
    # What the sections showed is still told to programs.
    assert page.document["details"]["composition"]


def test_a_number_outside_its_usual_range_has_its_section_back() -> None:
    page = told(reported=25)
    assert "Ihr Netzwerk ist schneller gewachsen als üblich" in page.headings
    assert "Sie waren sichtbarer als üblich" in page.headings
    assert "Wie üblich" not in page.headings
    assert re.search(r'<details class="fold"><summary><b>Firmen mit den meisten Kontakten</b>: Firma 0 \d+', page.html)


def test_steps_and_people_come_before_the_way_to_the_sections() -> None:
    html = told().html
    assert html.index('id="steps"') < html.index('<nav class="contents"') < html.index('<section id="s1">')


@pytest.mark.slow
def test_paper_shows_the_line_of_what_is_folded_and_not_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf(told(reported=25).html, week="2026-W46", language="de"))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Firmen mit den meisten Kontakten: Firma 0" in " ".join(text.split())
    assert text.count("Firmen mit den meisten Kontakten") == 1
