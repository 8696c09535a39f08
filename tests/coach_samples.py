"""report.json documents as members send them: an invented member's plain week, to be changed one thing at a time."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.coach.received import Received, read

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 11, 9)
AS_OF = "2026-11-20"
NUMBERS = {
    "contacts_total": 200,
    "contacts_new": 3,
    "invitations_sent": 2,
    "messages_sent": 9,
    "messages_received": 7,
    "conversations_started": 1,
    "visible_activity": 12,
    "group_activity": 4,
    "recruiter_contacts": 0,
    "streak_weeks": 1,
}
SOURCES = (
    "linkedin_connections",
    "linkedin_messages",
    "linkedin_invitations",
    "linkedin_shares",
    "linkedin_comments",
    "linkedin_reactions",
)


def document(name: str | None = "Ada Beispiel-Köhler", member: str = "ada", monday: date = MONDAY) -> dict[str, Any]:
    """A member whose 60 weeks are all alike, up to the one that begins on `monday`."""
    week = _name(monday)
    as_of = (monday + timedelta(days=11)).isoformat()
    return {
        "version": 1,
        "member": member,
        "name": name,
        "week": week,
        "language": "de",
        "time_zone": "Europe/Berlin",
        "sources": [{"source": source, "platform": "linkedin", "as_of": as_of, "rows": 9} for source in SOURCES],
        "metrics": [
            {
                "name": metric,
                "platform": platform,
                "week": week,
                "value": value,
                "unit": "acts",
                "status": "measured",
                "reason": None,
                "previous_week": value,
                "mean_4_weeks": float(value),
                "mean_12_weeks": float(value),
                "same_week_last_year": None,
                "definition": "…",
                "usual_low": value,
                "usual_high": value,
                "direction": None,
                "is_whole": True,
                "four_weeks": None,
                "four_weeks_before": None,
            }
            for metric, value in NUMBERS.items()
            for platform in ("all", "linkedin")
        ],
        "people": [],
        "steps": [],
        "matches": {"matched": 0, "ambiguous": 0},
        "weeks": [
            {"week": _name(monday - timedelta(weeks=back)), "platform": platform, **NUMBERS}
            for back in range(59, -1, -1)
            for platform in ("all", "linkedin")
        ],
        "details": {},
    }


def _name(day: date) -> str:
    calendar = day.isocalendar()
    return f"{calendar.year}-W{calendar.week:02}"


def metric(report: dict[str, Any], name: str) -> dict[str, Any]:
    """The number of all platforms in the reported week, to be changed."""
    return next(row for row in report["metrics"] if (row["name"], row["platform"]) == (name, "all"))


def weeks(report: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """The last `count` weeks of all platforms, oldest first, to be changed."""
    return [row for row in report["weeks"] if row["platform"] == "all"][-count:]


def silent(report: dict[str, Any], count: int) -> dict[str, Any]:
    """The same member without an act in the last `count` weeks."""
    for row in weeks(report, count):
        row.update(dict.fromkeys(("invitations_sent", "messages_sent", "visible_activity", "streak_weeks"), 0))
    for name in ("invitations_sent", "messages_sent", "visible_activity", "streak_weeks"):
        metric(report, name)["value"] = 0
    return report


def first_recruiting(report: dict[str, Any]) -> dict[str, Any]:
    """The same member with the first recruiting contact in more than a year."""
    weeks(report, 1)[0]["recruiter_contacts"] = metric(report, "recruiter_contacts")["value"] = 1
    return report


def write(folder: Path, *reports: dict[str, Any]) -> list[Path]:
    """Each report as a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}.json" for number, _ in enumerate(reports)]
    for path, report in zip(paths, reports, strict=True):
        path.write_text(json.dumps(report, ensure_ascii=False) + "\n", encoding="utf-8")
    return paths


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202egnp\u0000\u2066'


def received(report: dict[str, Any], file: str = "report.json") -> Received:
    """The document as it comes out of its file."""
    return read(json.dumps(report).encode(), file)


def text(html: str) -> str:
    """What a person reads of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>|<title.*?</title>", " ", html)).split())


def worked_with() -> dict[str, Any]:
    """A member with a conversation, an Ausgangslage, a goal, somebody who waits, and a step about them."""
    return document() | {
        "sessions": [
            {"on": "2026-09-01", "agreed": ["etwas Älteres"]},
            {"on": "2026-10-12", "agreed": ["Profiltext überarbeiten", "Mira Holzapfel anrufen"]},
        ],
        "baseline": {
            "from": "2026-W19",
            "to": "2026-W30",
            "start": "2026-08-03",
            "numbers": [
                {"name": "messages_sent", "unit": "messages", "baseline": 4.25, "since": 8.5, "weeks_since": 15},
                {"name": "conversations_started", "unit": "conversations", "baseline": None, "since": 1, "weeks_since": 15},
            ],
        },
        "goals": [
            {"metric": "conversations_started", "amount": 2, "per": "week", "weeks": 14, "weeks_met": 3, "this_week": 1, "reached": False}
        ],
        "outcomes": {"applications": 4, "interviews": 1, "offers": 0, "helpers": [{"name": "Mira Holzapfel"}]},
        "people": [{"name": "Jörg Weißdorn", "reason": "waiting"}, {"name": "Mira Holzapfel", "reason": "dormant"}],
        "steps": [{"kind": "answer_waiting"}, {"kind": "thank"}],
    }  # fmt: skip
