"""Gate: what is sent and shown is valid HTML. html-validate says so, with its recommended rules but for those named here."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.gates.tools import node_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.gates.documents import Document

_LEFT_OUT = {
    "page": (
        "long-title",  # the title is the week's finding; no search engine shows it
        "no-inline-style",  # the policy of the page allows styles and no scripts
        "no-redundant-role",  # a table that is laid out as blocks on narrow screens stays a table to a screen reader
    ),
    # A mail is laid out by tables and attributes, for programs that know nothing newer.
    "mail": (
        "long-title",
        "no-inline-style",
        "no-deprecated-attr",
        "no-conditional-comment",
        "prefer-tbody",
        "prefer-native-element",  # GMX and WEB.DE drop <main>
    ),
}


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return what is wrong with each page and mail, by its name."""
    found: dict[str, list[str]] = {}
    for kind, left_out in _LEFT_OUT.items():
        named = {document.name: document.html for document in documents if document.kind == kind}
        if named:
            found |= _validated(named, left_out)
    return found


def _validated(named: dict[str, str], left_out: Sequence[str]) -> dict[str, list[str]]:
    program = node_package("html-validate/bin/html-validate.mjs")
    configuration: dict[str, Any] = {
        "root": True,
        "extends": ["html-validate:recommended"],
        "rules": dict.fromkeys(left_out, "off"),
    }
    found: dict[str, list[str]] = {name: [] for name in named}
    with tempfile.TemporaryDirectory() as folder:
        settings, out = Path(folder, "settings.json"), Path(folder, "out.json")
        settings.write_text(json.dumps(configuration), encoding="utf-8")
        files = {str(Path(folder, f"{name}.html")): name for name in named}
        for path, name in files.items():
            Path(path).write_text(named[name], encoding="utf-8")
        # Into a file: through a pipe it ends after 64 KiB.
        command = ["node", str(program), "--config", str(settings), "--formatter", f"json={out}", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        assert done.returncode in (0, 1), done.stderr
        for result in json.loads(out.read_text(encoding="utf-8")):
            for message in result["messages"]:
                where = f"line {message['line']}"
                found[files[result["filePath"]]].append(f"{message['ruleId']}, {where}: {message['message']}")
    return found
