"""What every test file may rely on: profiles of hypothesis, the meaning of the markers, a browser, the built wheel.

Belongs here: fixtures and hooks that several files need. Members, exports and expected numbers are plain constants and builders in
the modules beside.
"""

from __future__ import annotations

import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.browser import chromium
from tests.gates.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Files whose outcome has nothing to do with DuckDB's version: words, forms and mail, or what other files try on every version that is
# supported. A test among them that is tried on every version all the same bears the marker itself.
OTHER_FILES = (
    "test_archives.py",
    "test_as_far_as_known.py",
    "test_catalogue.py",
    "test_coach*.py",
    "test_command.py",
    "test_consent.py",
    "test_delivery.py",
    "test_demo.py",
    "test_example_settings.py",
    "test_gates.py",
    "test_goldens.py",
    "test_hostile.py",
    "test_how_to_answer.py",
    "test_mail.py",
    "test_no_clock.py",
    "test_nobody_elses_name.py",
    "test_orchestration.py",
    "test_own_log*.py",
    "test_own_report.py",
    "test_packaging.py",
    "test_program.py",
    "test_page*.py",
    "test_pdf.py",
    "test_plans.py",
    "test_quiet_tone.py",
    "test_section_goals.py",
    "test_sections_exchange.py",
    "test_settings.py",
    "test_short_page.py",
    "test_third_language.py",
    "test_what_sentences_rest_on.py",
    "test_wording.py",
)

# Files about what single findings say. On the older DuckDB they run in `make test-all` alone: in `make test` every table is made there
# by files that compare tables and readers with what is expected.
LATER_FILES = (
    "test_asking_for_advice.py",
    "test_goals.py",
    "test_headlines.py",
    "test_history.py",
    "test_identity.py",
    "test_inventory.py",
    "test_metrics_paths.py",
    "test_metrics_people.py",
    "test_metrics_recruiting.py",
    "test_missing.py",
    "test_owner.py",
    "test_partial_numbers.py",
    "test_running_week.py",
    "test_unusual_numbers.py",
    "test_waiting_headline.py",
)

# No deadlines: how long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("fast", max_examples=15, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=150, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests whose outcome may depend on DuckDB."""
    for item in items:
        if not any(fnmatch(item.path.name, pattern) for pattern in OTHER_FILES):
            item.add_marker("engine")
        if item.path.name in LATER_FILES:
            item.add_marker("later")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a browser where there is none; where the tests decide about a change, that is a failure."""
    if item.get_closest_marker("browser"):
        needs("chromium", "chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser; for tests marked `browser`."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what would be published and return its path; for tests marked `slow`."""
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "uv",
        "build",
        "--quiet",
        "--wheel",
        "--out-dir",
        str(out),
        str(Path(__file__).parent.parent),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    [path] = out.glob("*.whl")
    return path
