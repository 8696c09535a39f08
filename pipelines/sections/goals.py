"""Where the member started from and what they set themselves: the section on baseline and goals, and the same in report.json.

Two sides of a start stand beside each other, without a judgement. A week without the goal is told by its number alone: nothing is
broken, nothing is missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.sentences import N_, upper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.sections.view import Tables, View
    from pipelines.sentences import Sentences

    Row = Mapping[str, Any]

# What the page sets side by side; report.json has all of them.
SHOWN = (
    "contacts_new",
    "invitations_sent",
    "messages_sent",
    "conversations_started",
    "visible_activity",
    "group_activity",
    "recruiter_contacts",
    "profile_views",
)
# Below these, a mean since the start says little yet.
FEW = 4
REASONS = {
    "never": N_("No export holds who looked at a profile."),
    "not_noted": N_("visitors.csv has no lines for the twelve weeks before the start."),
    "missing": N_("No export with this was given."),
    "later": N_("The export ends on {until}, before the start."),
    "earlier": N_("The export does not reach back to the twelve weeks before the start."),
    "vacation": N_("The twelve weeks before the start were vacation."),
}
SURVIVORS = N_("Counts contacts that still exist today.")
_HOW = (
    N_("Before and since the start"),
    N_(
        "The mean of the twelve weeks before the start beside that of the whole weeks since. Only weeks that the exports cover from "
        "Monday to Sunday count, on both sides on the same platforms; weeks of vacation count on neither. New contacts are those "
        "that still exist today: earlier weeks have lost more of theirs."
    ),
)
_GOALS = (
    N_("Goals"),
    N_(
        "Each whole week, from Monday to Sunday, for itself. A week of vacation counts only where the goal was reached in it, a week "
        "that the exports do not cover does not count."
    ),
)


def section(view: View) -> dict[str, Any] | None:
    """Return the section, or None for members without a start, goals and sessions."""
    say, tables = view.say, view.tables
    numbers = [
        row for row in tables["report_baseline"] if row["metric"] in SHOWN and (row["before_mean"] or row["since_mean"])
    ]
    start = next(iter(tables["report_start"]), None) if numbers else None
    goals = tables["report_goals"]
    if say.quiet:
        # No week stands beside another, and of goals only those that were reached.
        start, goals = None, [row for row in goals if row["is_reached"]]
    listed = [] if say.quiet or len(goals) == 1 else goals
    sentences = [
        *(goal_sentence(say, row) for row in goals if not listed),
        *_outcomes(say, tables["report_outcomes"]),
        *(_sides(say, start, numbers) if start else []),
        *_agreed(say, tables["report_sessions"]),
    ]
    if not sentences and not listed:
        return None
    return {
        "key": "goals",
        "heading": _heading(say, start, goals),
        "sentence": " ".join(sentences),
        "estimated": False,
        "charts": [],
        "tables": [
            *([_goal_table(view, listed)] if listed else []),
            *([_baseline_table(view, start, numbers)] if start else []),
        ],
        "definitions": view.explained(*([_GOALS] if goals else []), *([_HOW] if start else [])),
    }


def documents(tables: Tables, say: Sentences) -> dict[str, Any]:
    """Return sessions, baseline, goals and outcomes as report.json has them."""
    return {
        "sessions": [{"on": row["held_on"], "agreed": row["agreed"]} for row in tables["report_sessions"]],
        "baseline": _baseline(tables, say),
        "goals": [
            {
                "metric": row["metric"],
                "label": say.label(row["metric"]),
                "amount": row["amount"],
                "per": "week",
                "from": row["first_day"],
                "to": row["last_day"],
                "weeks": row["weeks"],
                "weeks_met": row["weeks_met"],
                "this_week": row["this_week"],
                "reached": row["is_reached"],
                "sentence": goal_sentence(say, row),
            }
            for row in tables["report_goals"]
        ],
        "outcomes": next(
            (
                {name: row[name] for name in ("applications", "interviews", "offers", "helpers")}
                for row in tables["report_outcomes"]
            ),
            None,
        ),
    }


def _baseline(tables: Tables, say: Sentences) -> dict[str, Any] | None:
    rows = tables["report_baseline"]
    if all(row["before_mean"] is None for row in rows):
        return None
    [start] = tables["report_start"]
    return {
        "from": start["before_first_name"],
        "to": start["before_last_name"],
        "start": start["started_on"],
        "numbers": [
            {
                "name": row["metric"],
                "unit": row["unit"],
                "status": row["status"],
                "reason": _reason(say, row),
                "baseline": row["before_mean"],
                "since": row["since_mean"],
                "weeks_since": row["since_weeks"],
                "weeks": row["before_weeks"],
                "platforms": row["platforms"],
                "label": _label(say, row["metric"]),
                "note": say.translate(SURVIVORS) if row["metric"] == "contacts_new" else None,
            }
            for row in rows
        ],
    }


def _reason(say: Sentences, row: Row) -> str | None:
    """Say why the weeks before the start have no number: from `reason`, `until` of report_baseline."""
    if row["reason"] is None:
        return None
    return say.translate(REASONS[row["reason"]]).format(until=say.day(row["until"]) if row["until"] else "")


def _label(say: Sentences, metric: str) -> str:
    return say.translate(N_("New contacts that still exist today")) if metric == "contacts_new" else say.label(metric)


def goal_sentence(say: Sentences, row: Row) -> str:
    """Say where a goal stands: from report_goals. What was not reached is a number beside another, and nothing else."""
    label, amount, value = say.label(row["metric"]), say.number(row["amount"]), row["this_week"]
    met, weeks = row["weeks_met"], row["weeks"]
    if say.quiet:
        met, value = 0, value if row["is_reached"] else None
    if not row["is_begun"]:
        text = say.translate("{label}: from {day} on at least {amount} a week.")
        return text.format(label=label, day=say.day(row["first_day"]), amount=amount)
    if value is None:
        text = say.translate("{label}: the goal was at least {amount} a week.") if row["is_over"] else ""
        text = text or say.translate("{label}: the goal is at least {amount} a week.")
    elif row["is_reached"]:
        text = say.translate("{label}: {value} this week, the goal of {amount} is reached.")
    else:
        text = say.translate("{label}: {value} this week, the goal is {amount}.")
    said = text.format(label=label, amount=amount, value=None if value is None else say.number(value))
    if met == 0 or (weeks == 1 and value is not None):
        return said
    if met == weeks:
        text = (
            say.translate("Reached in each of {weeks} weeks.") if weeks > 1 else say.translate("Reached in one week.")
        )
    else:
        text = say.translate("Reached in {met} of {weeks} weeks.")
    return f"{said} {text.format(met=say.number(met), weeks=say.number(weeks))}"


def _heading(say: Sentences, start: Row | None, goals: Sequence[Row]) -> str:
    """Head the section: from `is_reached` of report_goals and `weeks_passed` of report_start."""
    reached = sum(bool(row["is_reached"]) for row in goals)
    if reached:
        if len(goals) == 1:
            return say.translate("The goal of this week is reached")
        if reached == 1:
            return say.translate("One goal of this week is reached")
        return say.translate("{n} goals of this week are reached").format(n=upper(say.number(reached)))
    if start is None:
        if not goals:
            return say.translate("What you agreed on, and what came of it")
        return say.translate("Your goal") if len(goals) == 1 else say.translate("Your goals")
    weeks = start["weeks_passed"]
    if weeks == 0:
        return say.translate("Where you start from: the twelve weeks before")
    return (
        say.translate("One week since the start")
        if weeks == 1
        else say.translate("{n} weeks since the start").format(n=upper(say.number(weeks)))
    )


def _sides(say: Sentences, start: Row, numbers: Sequence[Row]) -> list[str]:
    """Say what the table sets side by side: from report_start, and messages_sent of report_baseline where it did not fall."""
    day, weeks = say.day(start["started_on"]), start["weeks_passed"]
    written = next((row for row in numbers if row["metric"] == "messages_sent" and row["since_weeks"] >= FEW), None)
    if written and written["since_mean"] >= written["before_mean"]:
        text = say.translate(
            "In {n} weeks since {day} you wrote {since} messages a week on average, in {weeks} weeks before it {before}."
        )
        values = [written[name] for name in ("since_mean", "before_mean", "since_weeks", "before_weeks")]
        since, before, n, weeks = say.numbers(*(int(value) if value == int(value) else value for value in values))
        return [text.format(day=day, n=n, since=since, before=before, weeks=weeks)]
    if weeks == 0:
        text = say.translate(
            "This is what your exports say of the twelve weeks before {day}. Later weeks will stand beside it."
        )
        return [text.format(day=day)]
    parts = [say.translate("The table sets the weeks since {day} beside the twelve before.").format(day=day)]
    if weeks < FEW:
        parts.append(say.translate("These are few weeks yet; their mean says little."))
    return parts


def _outcomes(say: Sentences, rows: Sequence[Row]) -> list[str]:
    """Say what became of applications since the start and who helped: from report_outcomes."""
    row = next(iter(rows), None)
    if row is None or not any(row[name] for name in ("applications", "interviews", "offers")):
        return []
    counts = {
        "applications": (say.translate("one application"), say.translate("{n} applications")),
        "interviews": (say.translate("one interview"), say.translate("{n} interviews")),
        "offers": (say.translate("one offer"), say.translate("{n} offers")),
    }
    what = say.listed(
        [
            one if row[name] == 1 else many.format(n=say.number(row[name]))
            for name, (one, many) in counts.items()
            if row[name]
        ]
    )
    parts = [say.translate("Since the start: {what}.").format(what=what)]
    if names := say.listed([helper["name"] for helper in row["helpers"]]):
        parts.append(say.translate("With help from {names}.").format(names=names))
    return parts


def _agreed(say: Sentences, sessions: Sequence[Row]) -> list[str]:
    """Repeat what the newest session agreed on: from `held_on`, `agreed` of report_sessions."""
    newest = next((row for row in reversed(sessions) if row["agreed"]), None)
    if newest is None:
        return []
    what = "; ".join(text.strip().rstrip(".") for text in newest["agreed"])
    return [say.translate("Agreed on {day}: {what}.").format(day=say.day(newest["held_on"]), what=what)]


def _goal_table(view: View, goals: Sequence[Row]) -> dict[str, Any]:
    say = view.say
    met = say.translate("{met} of {weeks}")
    return view.table(
        N_("Goals for each week"),
        (N_("What"), N_("Goal"), N_("This week"), N_("Weeks reached")),
        [
            [
                say.label(row["metric"]),
                row["amount"],
                row["this_week"],
                met.format(met=row["weeks_met"], weeks=row["weeks"]) if row["weeks"] else None,
            ]
            for row in goals
        ],
    )


def _baseline_table(view: View, start: Row, numbers: Sequence[Row]) -> dict[str, Any]:
    say = view.say
    estimated = say.translate("{label} (estimated)")
    rows = [
        [
            (estimated if row["status"] == "inferred" else "{label}").format(label=_label(say, row["metric"])),
            row["before_mean"],
            row["since_mean"],
            row["since_weeks"],
        ]
        for row in numbers
    ]
    if start["weeks_passed"] == 0:
        columns = (N_("Mean per week"), N_("Before the start"))
        return view.table(N_("The twelve weeks before the start"), columns, [row[:2] for row in rows])
    title = N_("Before and since the start, mean per week")
    counts = {row["since_weeks"] for row in numbers}
    if counts == {1} or len(counts) > 1:
        return view.table(title, (N_("What"), N_("Twelve weeks before"), N_("Since then"), N_("Weeks")), rows)
    since = say.translate("{n} weeks since").format(n=upper(say.number(*counts)))
    return view.table(title, (N_("What"), N_("Twelve weeks before"), since), [row[:3] for row in rows])
