"""The overview: every member in one line, who needs the coach most on top; and the files it comes with.

Belongs here: which report stands for which member, the order of the lines, what each shows, and putting page, mail and sheets
together. The same function serves report.json files from afar and those of this installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines.coach.conversation import conversation
from pipelines.coach.received import monday_of
from pipelines.coach.signals import KEY_NUMBERS, Signals, newest_exports, signals
from pipelines.coach.words import About
from pipelines.members import DEFAULT_TIME_ZONE, slug
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from pipelines.coach.received import Received

    Row = dict[str, Any]

OVERVIEW = "overview.html"
MAIL = "mail.eml"
_CHART_WEEKS = 12
# A mail is read on the way; the attached page has everybody.
_LISTED = 6
_KEY_LENGTH = 32


@dataclass(frozen=True)
class Overview:
    """The overview of one ISO week, as the bytes of its files by name."""

    week: str
    files: dict[str, bytes]


def newest(reports: Sequence[Received]) -> tuple[list[Received], list[Problem]]:
    """Return one report a member, the one of the newest week, and a sentence on each other one.

    A member from afar is known by key and name together, for many call themselves `self`; where there is no name, or where two reports
    of the same week differ, they stay two lines. Two equal reports count once.
    """
    kept: list[Received] = []
    problems = []
    for report in sorted(reports, key=lambda one: (one.week, one.file), reverse=True):
        same = next((one for one in kept if _same_member(one, report)), None)
        if same is None:
            kept.append(report)
        elif same.week != report.week:
            problems.append(
                Problem(
                    "{file} is left aside: {other} is of the same member ({name}) and of a later week.",
                    file=report.file,
                    other=same.file,
                    name=report.name,
                )
            )
    return kept, problems


def _same_member(one: Received, other: Received) -> bool:
    if _content(one) == _content(other):
        return True
    known = one.name is not None and other.name is not None
    return known and (one.member, one.name) == (other.member, other.name) and one.week != other.week


def _content(report: Received) -> tuple[Any, ...]:
    return tuple(value for name, value in vars(report).items() if name != "file")


def make_overview(
    reports: Sequence[Received],
    language: str,
    *,
    named: Container[str] = (),
    sheets: bool = True,
    sender: str | None = None,
    recipient: str | None = None,
    unsubscribe: str | None = None,
    without: Sequence[str] = (),
    left_out: int = 0,
    week: str | None = None,
    attachment: str = OVERVIEW,
) -> Overview:
    """Make page and mail, and with `sheets` the Gesprächsvorlagen, of one report a member; their order does not matter.

    `named` are the keys of members whose sheets may name third parties, `without` are the names of members who got no report this week,
    `left_out` counts those who may not be shown. `week` is the one to look from, by default the newest of `reports` that an export
    covers; `attachment` is what the mail calls the page. Raises ValueError when there is no report.
    """
    from pipelines.render import render_sheet

    about = About(language)
    names = sheet_names(reports) if sheets else {}
    context = overview(reports, about, sheets=names, without=without, left_out=left_out, week=week)
    covered = covered_to(reports, context["week"]["monday"])
    return Overview(
        week=context["week"]["name"],
        files={
            OVERVIEW: render_sheet("overview", context).encode(),
            MAIL: _mail(
                context | about.overview_mail(len(reports) - _LISTED, attachment), sender, recipient, unsubscribe
            ),
            **{
                name: _sheet(conversation(report, about, covered, names=report.member in named))
                for name, report in names.items()
            },
        },
    )


def make_sheet(report: Received, language: str, *, names: bool) -> bytes:
    """Make the Gesprächsvorlage of one member."""
    return _sheet(conversation(report, About(language), covered_to([report], report.monday), names=names))


def make_mail_about(report: Received, language: str, attachment: str, *, page: bool) -> bytes:
    """Make the mail about one member to somebody else, with the sheet, or with the member's own `page`, as the file `attachment`.

    It has no sender yet.
    """
    about = About(language)
    words = about.page_mail(report, attachment) if page else about.sheet_mail(attachment)
    return _mail(overview([report], about) | words)


def _sheet(context: Row) -> bytes:
    from pipelines.render import render_sheet

    return render_sheet("conversation", context).encode()


def _mail(
    context: Row, sender: str | None = None, recipient: str | None = None, unsubscribe: str | None = None
) -> bytes:
    from pipelines.mail import build_mail

    monday_after = datetime.combine(context["week"]["sunday"] + timedelta(days=1), time(6), ZoneInfo(DEFAULT_TIME_ZONE))
    return build_mail(
        context, "overview_mail", sender=sender, recipient=recipient, date=monday_after, unsubscribe=unsubscribe
    )


def sheet_names(reports: Sequence[Received]) -> dict[str, Received]:
    """Return the reports by the names of their sheets; two members of one key get a number each."""
    names: dict[str, Received] = {}
    for report in sorted(reports, key=lambda one: (slug(one.member), one.name or "", one.file)):
        key = slug(report.member)[:_KEY_LENGTH].strip("-")
        number = next(n for n in count(1) if _sheet_name(key, n) not in names)
        names[_sheet_name(key, number)] = report
    return names


def _sheet_name(key: str, number: int) -> str:
    return f"gespraech-{key}{f'-{number}' if number > 1 else ''}.html"


def overview(
    reports: Sequence[Received],
    about: About,
    *,
    sheets: Mapping[str, Received] | None = None,
    without: Sequence[str] = (),
    left_out: int = 0,
    week: str | None = None,
) -> Row:
    """Return the context of the page: strings are finished sentences, numbers are numbers, None is absent."""
    week = week or _newest_week(reports)
    monday = monday_of(week)
    sunday = monday + timedelta(days=6)
    covered = covered_to(reports, monday)
    found = [(report, signals(report, covered)) for report in reports]
    found.sort(key=lambda pair: (*pair[1].rank(), about.name(pair[0]).casefold(), pair[0].member, pair[0].file))
    ambiguous = _ambiguous([about.name(report) for report in reports])
    lines = [_line(report, seen, about, week, ambiguous) for report, seen in found]
    names = {id(report): name for name, report in (sheets or {}).items()}
    for line, (report, _) in zip(lines, found, strict=True):
        line["sheet"] = names.get(id(report))
    attention = sum(seen.attention for _, seen in found)
    changed = sum(bool(seen.changes) for _, seen in found)
    year, number, _ = monday.isocalendar()
    headline = about.headline(attention, changed, len(reports))
    return {
        "language": about.language,
        "member": "coach overview",
        "week": {"name": week, "number": number, "year": year, "monday": monday, "sunday": sunday},
        "headline": headline,
        "subject": about.say.subject(headline, number),
        "lines": lines,
        "attention": attention,
        "columns": [{"name": name, "label": about.label(name)} for name in KEY_NUMBERS],
        "notes": [note for note in (about.without(without), about.left_out(left_out)) if note],
        "listed": _LISTED,
    }


def covered_to(reports: Sequence[Received], monday: date) -> date:
    """Return the day beyond which exports should reach: the Sunday of a week, the one before while nobody's export covers the week."""
    sunday = monday + timedelta(days=6)
    is_over = any(day > sunday for report in reports for day in newest_exports(report).values())
    return sunday if is_over else monday - timedelta(days=1)


def _newest_week(reports: Sequence[Received]) -> str:
    """Return the newest week that an export covers; one asked for by mistake must not age all others."""
    covered = [report for report in reports if max(newest_exports(report).values(), default=date.min) > report.sunday]
    return max(report.week for report in covered or reports)


def _line(report: Received, seen: Signals, about: About, week: str, ambiguous: set[str]) -> Row:
    name = about.name(report)
    changed = {change.metric: change.direction for change in seen.changes}
    metrics = [(key, report.metrics.get(key)) for key in KEY_NUMBERS]
    return {
        "name": name,
        # Two people of one name are told apart by what their files are called.
        "file": report.file if name.casefold() in ambiguous else None,
        "week_number": report.monday.isocalendar().week if report.week != week else None,
        "numbers": [
            {
                "name": key,
                "value": metric.value if metric else None,
                "direction": changed.get(key),
                "only": about.say.only(metric.only if metric else None),
            }
            for key, metric in metrics
        ],
        "columns": [
            {"week": week_name, "label": str(int(week_name[-2:])), "value": values.get("visible_activity")}
            for week_name, values in report.weeks[-_CHART_WEEKS:]
        ],
        "week": report.week,
        "running": about.say.running(seen.running_until),
        "short": about.numbers(metrics),
        "attention": about.attention(seen),
        "changes": about.changes(seen.changes),
        "stale": [{"platform": about.say.platform(platform), "as_of": day} for platform, day in seen.stale],
    }


def _ambiguous(names: Sequence[str]) -> set[str]:
    folded = [name.casefold() for name in names]
    return {name for name in folded if folded.count(name) > 1}
