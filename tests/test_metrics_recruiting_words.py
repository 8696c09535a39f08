"""Which titles name recruiting and which subjects offer a job: how often the rules are right, also on texts they were not made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests import recruiting_unseen as unseen
from tests import recruiting_words as tuned
from tests.scenario import MODELS, Scenario, ancestors

if TYPE_CHECKING:
    from types import ModuleType


class Quality(NamedTuple):
    """How many were found, how many of these rightly, and how many there were to find."""

    right: int
    found: int
    genuine: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.genuine


@pytest.fixture(scope="module")
def judged() -> dict[str, bool]:
    """Return for every title and subject whether it is taken for recruiting."""
    told = Scenario()
    export = told.member("ada").linkedin("2026-11-20")
    titles = (*tuned.RECRUITING_TITLES, *tuned.OTHER_TITLES, *unseen.RECRUITING_TITLES, *unseen.OTHER_TITLES)
    for number, title in enumerate(titles):
        export.connection(f"Anna Arndt{number}", "2026-11-02", position=title)
    subjects = (*tuned.JOB_SUBJECTS, *tuned.OTHER_SUBJECTS, *unseen.JOB_SUBJECTS, *unseen.OTHER_SUBJECTS)
    for number, subject in enumerate(subjects):
        export.message("2026-11-03 08:00", f"Bela Brandt{number}", "in", subject=subject)
    assert len({*titles, *subjects}) == len(titles) + len(subjects)
    database = told.database(models=ancestors(MODELS, "contact_roles", "job_subjects"))
    statement = (
        "select contacts.title, roles.is_recruiter from contacts "
        "inner join contact_roles as roles using (member, platform, contact)"
    )
    found = dict(database.execute(statement).fetchall())
    return found | dict(database.execute("select subject, offers_job from job_subjects").fetchall())


def told_apart(judged: dict[str, bool], texts: ModuleType, of: str) -> Quality:
    genuine, others = {
        "titles": (texts.RECRUITING_TITLES, texts.OTHER_TITLES),
        "subjects": (texts.JOB_SUBJECTS, texts.OTHER_SUBJECTS),
    }[of]
    right = sum(judged[text] for text in genuine)
    return Quality(right, right + sum(judged[text] for text in others), len(genuine))


@pytest.mark.parametrize("of", ["titles", "subjects"])
def test_texts_that_the_rules_were_tuned_on_are_told_apart(judged: dict[str, bool], of: str):
    quality = told_apart(judged, tuned, of)
    assert quality.precision >= 0.97, quality
    assert quality.recall >= 0.97, quality


def test_unseen_titles_are_told_apart_as_the_model_says(judged: dict[str, bool]):
    assert told_apart(judged, unseen, "titles") == Quality(right=67, found=69, genuine=68)


def test_unseen_subjects_are_told_apart_as_the_model_says(judged: dict[str, bool]):
    assert told_apart(judged, unseen, "subjects") == Quality(right=170, found=175, genuine=182)


@pytest.mark.parametrize("of", ["titles", "subjects"])
def test_unseen_texts_are_told_apart_well_enough_to_print_a_number(judged: dict[str, bool], of: str):
    quality = told_apart(judged, unseen, of)
    assert quality.precision >= 0.95, quality
    assert quality.recall >= 0.9, quality
