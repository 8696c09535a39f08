"""The week that holds the day of the newest export: said wherever its numbers stand, and never set beside a whole week."""

from __future__ import annotations

import quopri
import re
from datetime import date, timedelta

import pytest

from pipelines.coach.overview import make_overview
from pipelines.coach.signals import signals
from tests import coach_samples as samples
from tests.coach_samples import document, received, text
from tests.scenario import Scenario
from tests.told_pages import Told, told_pages

SAID = {
    "de": "Woche läuft noch, Stand 20. November",
    "en": "Week still running, as of 20 November",
}
# What sets one week beside others.
COMPARED = {"de": "Vorwoche|meist|üblich", "en": "week before|usual"}
both_languages = pytest.mark.parametrize("language", ["de", "en"])


def told(language: str, week: str | None) -> Told:
    """A member with thirty whole weeks of five contacts, and half a week with two."""
    scenario = Scenario()
    member = scenario.member("ada").asked(week=week)
    export = member.linkedin("2026-11-20")
    for ago in range(31):
        monday = date(2026, 11, 16) - timedelta(weeks=ago)
        for number in range(5 if ago else 2):
            export.connection(f"Person {ago} Nr{number}", str(monday + timedelta(days=number)))
            export.comment(f"{monday + timedelta(days=number)} 12:00")
            export.message(f"{monday + timedelta(days=number)} 12:00", f"Person {ago} Nr{number}", "out")
    return told_pages(scenario, language)["ada"]


@both_languages
def test_page_and_mail_say_that_the_week_goes_on_and_compare_it_with_nothing(language: str) -> None:
    made = told(language, "2026-W47")
    said = SAID[language]
    numbers = re.sub(r"\s+", " ", made.html[made.html.index('<dl class="numbers">') : made.html.index("</dl>")])
    assert numbers.count(said) == 3
    assert not re.search(COMPARED[language], numbers)
    assert f"{said}." in made.text
    assert made.mail.count(said) == 4
    assert not re.search(COMPARED[language], made.mail)
    assert not made.number("contacts_new")["is_whole"]


@both_languages
def test_a_week_that_is_over_is_not_running(language: str) -> None:
    made = told(language, None)
    assert SAID[language].partition(",")[0] not in made.html
    assert made.number("contacts_new")["is_whole"]


def running(report: dict) -> dict:
    """The same report, of a week that its newest export does not cover to its end."""
    for source in report["sources"]:
        source["as_of"] = "2026-11-12"
    for metric in report["metrics"]:
        metric["is_whole"] = False
    return report


@both_languages
def test_the_coach_reads_that_the_week_goes_on_and_no_comparison(language: str) -> None:
    made = make_overview([received(running(document()))], language)
    until = {"de": "Woche läuft noch, Stand 12. November", "en": "Week still running, as of 12 November"}[language]
    for name, content in made.files.items():
        shown = text(quopri.decodestring(content).decode() if name.endswith("eml") else content.decode())
        assert until in shown, name
        assert "Vorwoche" not in shown
        assert "week before" not in shown


def test_a_number_with_a_week_before_is_not_whole_by_that() -> None:
    report = document()
    samples.metric(report, "contacts_new").update(value=9, direction="up", is_whole=False)
    assert signals(received(report), date(2026, 11, 15)).changes == ()
    made = make_overview([received(report)], "de")
    [sheet] = [content.decode() for name, content in made.files.items() if name.startswith("gespraech")]
    assert text(sheet).count("wie in der Vorwoche") == 2


def test_a_running_week_is_no_whole_week_since_the_conversation() -> None:
    report = samples.worked_with()
    samples.weeks(report, 1)[0]["messages_sent"] = 0
    samples.metric(report, "messages_sent")["value"] = 0
    made = make_overview([received(running(report))], "de")
    [sheet] = [text(content.decode()) for name, content in made.files.items() if name.startswith("gespraech")]
    assert "Vier ganze Wochen sind seit dem Gespräch am 12. Oktober 2026 vergangen." in sheet
    assert "Gesendete Nachrichten 4,2 8,5 9 0" in sheet


def test_no_data_since_is_judged_by_the_week_of_the_overview() -> None:
    ahead = running(document("Bea Beispiel", "bea", date(2026, 11, 16)))
    for source in ahead["sources"]:
        source["as_of"] = "2026-11-20"
    made = make_overview([received(document()), received(ahead)], "de")
    assert made.week == "2026-W46"
    assert "Keine Daten seit" not in text(made.files["overview.html"].decode())
    behind = running(document("Cem Beispiel", "cem"))
    made = make_overview([received(document()), received(behind)], "de")
    assert "Keine Daten seit dem 12. November 2026." in text(made.files["overview.html"].decode())
