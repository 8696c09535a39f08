"""The programs beside Python that some gates need, and what happens where one is not installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

GATES = Path(__file__).resolve().parent
NODE_MODULES = GATES / "node_modules"


def needs(command: str, package: str) -> str:
    """Return the path of `command`; skip the test where it is missing, or fail where tests decide about a change."""
    return shutil.which(command) or _missing(f"{command} is not installed (Debian: apt-get install {package})")


def node_package(path: str) -> Path:
    """Return a file of the Node packages that package-lock.json names."""
    needs("node", "nodejs npm")
    file = NODE_MODULES / path
    return file if file.is_file() else _missing(f"{file.name} is not installed (`make test-slow` does it, with npm)")


def _missing(reason: str) -> Path:  # ty: ignore[invalid-return-type]
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
