"""What the sections of a page share: one member's tables, looked up by week and number, and charts and tables over them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipelines import language as words
from pipelines.sentences import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.sentences import Sentences

    Row = dict[str, Any]
    Tables = Mapping[str, list[Row]]

# A quiet page sets no week against another.
_UNCOMPARED: Row = dict.fromkeys(
    (
        "previous_week",
        "mean_4_weeks",
        "same_week_last_year",
        "usual_low",
        "usual_high",
        "direction",
        "four_weeks",
        "four_weeks_before",
    )
)
CHART_WEEKS = 26
YEAR = 52


class View:
    """The tables of one member, looked up by week and number for charts and sections.

    `is_listed` tells whether members.toml has the member: commands that name the member work for no one else.
    """

    def __init__(
        self, tables: Tables, definitions: Mapping[str, str], sentences: Sentences, *, is_listed: bool = False
    ) -> None:
        self.tables = tables
        self.is_listed = is_listed
        self.definitions = definitions
        self.say = sentences
        self.numbers: dict[str, Row] = {
            row["metric"]: row | (_UNCOMPARED if sentences.quiet else {})
            for row in tables["report_metrics"]
            if row["platform"] == "all"
        }
        self.weeks = [row for row in tables["report_weeks"] if row["platform"] == "all"]
        [head] = tables["report_members"]
        self.running_until = _running_until(head, tables["report_sources"])
        # The newest export may be the member's own log while another source ends within the week.
        self.unfinished = head["as_of"] <= head["week"] + timedelta(days=6) or any(
            self.known(name) and not self.numbers[name]["is_whole"]
            for name in ("contacts_new", "messages_sent", "visible_activity")
        )

    def known(self, metric: str) -> bool:
        """Whether the reported week has a value."""
        return self.numbers[metric]["value"] is not None

    def says_something(self, metric: str) -> bool:
        """Whether the reported week's value is worth its place: a quiet page shows no zero."""
        return not self.say.quiet or self.numbers[metric]["value"] != 0

    def labels(self, count: int) -> list[Row]:
        """Return the last `count` weeks as a chart names them."""
        return [{"name": row["week_name"], "label": str(int(row["week_name"][-2:]))} for row in self.weeks[-count:]]

    def values(self, metric: str, count: int) -> list[int | None]:
        """Return a number of all platforms in the last `count` weeks."""
        return [row[metric] for row in self.weeks[-count:]]

    def key_number(self, name: str) -> Row:
        """Return one of the three numbers that open the page."""
        row = self.numbers[name]
        detail = None
        if name == "visible_activity" and row["value"] and self.numbers["group_activity"]["value"]:
            detail = self.say.count("group_activity", self.numbers["group_activity"]["value"], row["value"])
        return {
            "name": name,
            "label": self.say.label(name),
            "value": row["value"],
            "estimated": name == "recruiter_contacts",
            "detail": detail,
            "direction": row["direction"],
            "change": self.say.change(row),
            "usual": self.say.usual(row),
            "running": self.say.running(self.running_until),
            "only": self.say.only(only_platform(self.tables["report_metrics"], name)),
            "reason": self.say.reason(row),
            "columns": [
                {**label, "week": label["name"], "value": value}
                for label, value in zip(self.labels(12), self.values(name, 12), strict=True)
            ],
        }

    def is_usual(self, metric: str) -> bool:
        """Whether a whole week lies within its usual range and nothing about it is unusual."""
        row = self.numbers[metric]
        if not row["is_whole"] or row["direction"] or not row["usual_high"]:
            return False
        return row["usual_low"] <= row["value"] <= row["usual_high"]

    def usual_line(self, metric: str) -> list[Any]:
        """Return a number that is as usual in one line: label, number, twelve weeks, usual range."""
        row = self.numbers[metric]
        label = self.say.label(metric)
        if row["status"] == "inferred":
            label = self.say.translate(N_("{label}, estimated")).format(label=label)
        values = self.values(metric, 12)
        drawn = {"spark": values, "label": ", ".join(words.number(value, self.say.language) for value in values)}
        return [label, row["value"], drawn, self.say.span(row["usual_low"], row["usual_high"])]

    def definition_list(self, *metrics: str) -> list[Row]:
        """Return how numbers are counted, with the mean of the four weeks before, for the fold below a section."""
        found = []
        for name in metrics:
            texts = [self.say.definition(self.definitions[name])]
            if (mean := self.numbers[name]["mean_4_weeks"]) is not None:
                texts.append(
                    self.say.translate(N_("Mean of the four weeks before: {mean}.")).format(
                        mean=words.number(mean, self.say.language)
                    )
                )
            found.append({"label": self.say.label(name), "text": " ".join(texts)})
        return found

    def explained(self, *pairs: tuple[str, str]) -> list[Row]:
        """Return how what has no place among the weekly numbers is counted; pairs of message ids, label and text."""
        return [{"label": self.say.translate(label), "text": self.say.translate(text)} for label, text in pairs]

    def aligned(self, rows: list[Row], column: str, count: int) -> list[int | None]:
        """Return a column of rows with a `week_name` in the last `count` weeks, None where no row knows the week."""
        known = {row["week_name"]: row[column] for row in rows}
        return [known.get(row["week_name"]) for row in self.weeks[-count:]]

    def chart(self, kind: str, title: str, description: str, unit: str, **more: Any) -> Row:
        """Return a chart; texts are message ids."""
        return {
            "kind": kind,
            "title": self.say.translate(title),
            "description": self.say.translate(description),
            "unit": self.say.translate(unit),
            "unfinished": self.unfinished,
            **more,
        }

    def _first_rows(self, rows: list[list[Any]]) -> str:
        """Return what a folded table begins with: “Leads 236, Experts 62 …”, by its first and its last column of numbers."""
        numbers = [i for i, cell in enumerate(rows[0]) if isinstance(cell, int | float)]
        told = [f"{row[0]} {words.number(row[numbers[-1]], self.say.language)}" for row in rows[:2] if numbers]
        return ", ".join(told) + (" …" if len(rows) > 2 else "")

    def band(self, metric: str) -> Row | None:
        """Return the usual range as a band, None where too few weeks are known or nothing is usual."""
        row = self.numbers[metric]
        if not row["usual_high"]:
            return None
        return {"low": row["usual_low"], "high": row["usual_high"]}

    def table(
        self,
        title: str,
        columns: tuple[str, ...],
        rows: list[list[Any]],
        *,
        texts: tuple[int, ...] = (0,),
        folded: bool = False,
    ) -> Row:
        """Return a table; texts but those in rows are message ids, `texts` are the columns that hold no numbers.

        A `folded` one is opened by whoever wants to know; until then its first rows stand for it.
        """
        return {
            "folded": self._first_rows(rows) if folded else None,
            "title": self.say.translate(title),
            "columns": [
                {"label": self.say.translate(label), "align": "left" if i in texts else "right"}
                for i, label in enumerate(columns)
            ],
            "rows": rows,
        }


def only_platform(rows: list[Row], metric: str) -> str | None:
    """Return the one platform that a number of all platforms rests on, None where none is left out.

    Left out is a platform whose export answers the question, but for other weeks: from `reason`, `value` of report_metrics.
    """
    own = [row for row in rows if row["metric"] == metric and row["platform"] in ("linkedin", "xing")]
    known = [row["platform"] for row in own if row["value"] is not None]
    is_left_out = any(row["value"] is None and row["reason"] in ("later", "earlier") for row in own)
    return known[0] if len(known) == 1 and is_left_out else None


def _running_until(head: Row, sources: list[Row]) -> date | None:
    """Return the day up to which exports know the reported week, None where one covers it to its end or none reaches it.

    The member's own files count where there is no other: a note of today makes no older export newer.
    """
    ends = [row["as_of"] for row in sources if row["platform"] != "own"] or [row["as_of"] for row in sources]
    newest = max(ends, default=None)
    return newest if newest and head["week"] <= newest <= head["week"] + timedelta(days=6) else None
