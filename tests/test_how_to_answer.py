"""What the page offers to copy can be copied: commands only for members whom they know, with quotes that a shell reads."""

from __future__ import annotations

import re
import shlex

import pytest

from pipelines.diary import MARKS
from pipelines.phrases import understand
from tests.scenario import NAMES, Scenario
from tests.told_pages import Told, told_pages


def page_of(*, is_listed: bool, language: str = "de") -> Told:
    told = Scenario()
    export = told.member("ada", week="2026-W46").linkedin("2026-11-20")
    for number in range(4):
        for name in NAMES:
            export.connection(f"{name.split()[0]} Weit{number}", "2026-11-02")
    export.message("2026-11-10 08:00", "Ida Igel", "in", subject="Spannende Position als Data Engineer (m/w/d)")
    return told_pages(told, language, is_listed=is_listed)["ada"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_member_of_members_toml_is_shown_commands_that_work(language: str) -> None:
    page = page_of(is_listed=True, language=language)
    lines = re.findall(r'kontaktpuls (log|mark) (ada) ("[^"]+")( [a-z-]+)?', page.text)
    assert len(lines) == 3
    for command, member, text, answer in lines:
        [told] = shlex.split(text)
        assert member == "ada"
        if command == "log":
            assert {entry.kind for entry in understand(told)} == {"meeting", "advice_asked"}
        else:
            assert answer.strip() in MARKS
    assert "marks.csv" not in page.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_whoever_is_not_in_members_toml_is_shown_the_lists_and_no_command_for_a_member(language: str) -> None:
    page = page_of(is_listed=False, language=language)
    assert not re.search("kontaktpuls (log|mark)", page.html)
    assert page.text.count("marks.csv") == 2
    assert "activity.csv" in page.text


def test_the_mail_is_spared_how_to_answer() -> None:
    page = page_of(is_listed=True)
    assert "kontaktpuls mark" in page.text
    assert "kontaktpuls mark" not in page.mail


def test_where_nobody_is_suggested_there_is_nothing_to_answer() -> None:
    told = Scenario()
    told.member("ada", week="2026-W46").linkedin("2026-11-20").connection("Anna Arndt", "2019-03-04")
    assert 'class="answer"' not in told_pages(told)["ada"].html
