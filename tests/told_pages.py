"""The pages of members told row by row, as a reader sees them: the text of the page up to its sources, and report.json."""

from __future__ import annotations

import email
import html
import json
import re
from dataclasses import dataclass
from email import policy
from typing import TYPE_CHECKING, Any

from pipelines.members import Member
from pipelines.report import make_reports
from tests.scenario import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

    from tests.scenario import Scenario


@dataclass(frozen=True)
class Told:
    """One member's report: `text` is the page in one line, `headline` its heading, `mail` the plain part of the mail."""

    html: str
    document: dict[str, Any]
    mail: str

    @property
    def text(self) -> str:
        """The page up to its sources, without drawings and what is folded away."""
        body = self.html[self.html.index("<main") : self.html.index("</main>")]
        return _flat(re.sub(r"<svg.*?</svg>|<details>.*?</details>", " ", body, flags=re.DOTALL))

    @property
    def headline(self) -> str:
        """The finding that opens the page."""
        return _flat(self.html[self.html.index("<h1>") : self.html.index("</h1>")])

    @property
    def headings(self) -> list[str]:
        """The headings below the finding."""
        return [_flat(found) for found in re.findall(r"<h2>.*?</h2>", self.html)]

    def number(self, name: str) -> dict[str, Any]:
        """A number over all platforms, as report.json has it."""
        return next(row for row in self.document["metrics"] if (row["name"], row["platform"]) == (name, "all"))


def told_pages(told: Scenario, language: str = "de", **fields: Any) -> dict[str, Told]:
    """Return the report of every member who gets one; `fields` are those of `Member`."""
    return pages_of(told.database(), [row["member"] for row in told.rows["raw_members"]], language, **fields)


def pages_of(database: DuckDBPyConnection, keys: Iterable[str], language: str = "de", **fields: Any) -> dict[str, Told]:
    """Return the reports of some members of a database; neither language nor tone is of any concern to the SQL."""
    members = [Member(key, language=language, **fields) for key in keys]
    return {
        made.member: Told(
            made.html.decode(),
            json.loads(made.json),
            " ".join(
                email.message_from_bytes(made.mail, policy=policy.default).get_body(("plain",)).get_content().split()
            ),
        )
        for made in make_reports(database, MODELS, members, None)
    }


def _flat(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())
