"""Gate: a spam filter that asks nobody finds nothing to object to. SpamAssassin with the rules that Debian gives it, no network."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gates.tools import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.gates.documents import Document

LIMIT = 1.0
# The verdict comes before the message, as it was or within another; the program sorts messages as it likes.
_VERDICT = re.compile(
    r"^X-Spam-Status: \w+, score=(-?[\d.]+) required=\S+\s+tests=([\w,\s]+?)\s+autolearn.*?^X-Place: (\d+)$",
    re.MULTILINE | re.DOTALL,
)


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return points and rules of each mail that has LIMIT points or more, by its name."""
    mails = [document for document in documents if document.kind == "mail"]
    program = needs("spamassassin", "spamassassin")
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        # One process for all, since its start takes longest.
        mailbox = Path(folder, "mailbox")
        mailbox.write_bytes(b"".join(_in_mailbox(place, mail.content) for place, mail in enumerate(mails)))
        command = [program, "--local", "--test-mode", "--nocreate-prefs", "--mbox", str(mailbox)]
        environment = {"HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, check=True, stdin=subprocess.DEVNULL, env=environment)
    for points, rules, place in _VERDICT.findall(done.stdout.decode(errors="replace")):
        broken = [f"{points} points", *re.split(r"[,\s]+", rules)]
        found[mails[int(place)].name] = broken if float(points) >= LIMIT else []
    assert len(found) == len(mails), done.stderr.decode(errors="replace")
    return found


def _in_mailbox(place: int, message: bytes) -> bytes:
    lines = message.replace(b"\r\n", b"\n").split(b"\n")
    quoted = [b">" + line if line.startswith(b"From ") else line for line in lines]
    return b"From x Mon Nov 16 06:00:00 2026\nX-Place: %d\n%b\n\n" % (place, b"\n".join(quoted))
