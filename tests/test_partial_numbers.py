"""A number that rests on one platform, because the export of the other ends before the week, says on which."""

from __future__ import annotations

import quopri

import pytest

from pipelines.coach.overview import make_overview
from tests import coach_samples as samples
from tests.coach_samples import document, received, text
from tests.scenario import Scenario
from tests.told_pages import Told, told_pages


def told(linkedin: str, language: str) -> Told:
    scenario = Scenario()
    member = scenario.member("ada")
    member.linkedin(linkedin).connection("Anna Arndt", "2020-03-02")
    member.xing("2026-11-20").contact("Bea Brandt", "2026-11-11 08:00")
    return told_pages(scenario, language)["ada"]


@pytest.mark.parametrize(("language", "said"), [("de", "nur XING"), ("en", "XING only")])
def test_where_only_one_platform_covers_the_week_it_stands_beside_the_number(language: str, said: str) -> None:
    page = told("2026-10-14", language)
    assert f'<span class="tag">{said}</span>' in page.html
    assert f": 1 ({said})" in page.mail
    assert page.number("contacts_new")["only"] == "xing"
    whole = told("2026-11-20", language)
    assert said not in whole.html
    assert whole.number("contacts_new")["only"] is None


def test_the_coach_reads_it_as_well() -> None:
    report = document()
    samples.metric(report, "contacts_new")["only"] = "xing"
    for name, content in make_overview([received(report)], "de").files.items():
        assert "nur XING" in text(quopri.decodestring(content).decode() if name.endswith("eml") else content.decode())
