"""What the member does in public: posts, comments, reactions, votes, reposts, some of it in groups.

Belongs here: acts and the posts they are about. How a link is written is linkedin.py's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.demo import phrases
from pipelines.demo.rhythm import BEGIN, REPORTED, SEARCH, moment, spread
from pipelines.demo.truth import Act, Group

if TYPE_CHECKING:
    import random

    from pipelines.demo.truth import ActKind, Size

GROUPS = (
    Group("8123401", "Datenanalyse Rheinland", date(2024, 5, 6)),
    Group("9034417", "Frauen, Daten & Technik", date(2026, 7, 6)),
    Group("12755280", "Jobsuche NRW – offen und ehrlich", date(2026, 7, 13)),
)
_REACTIONS = ("LIKE",) * 34 + ("APPRECIATION", "PRAISE", "PRAISE", "EMPATHY", "ENTERTAINMENT", "INTEREST")
_OPTIONS = ("Ja", "Nein", "Kommt darauf an", "Remote, meistens", "SQL")
_HOUR_BOTH = datetime(2026, 10, 25, 0, 30)  # noqa: DTZ001  half past two in Berlin, the first time


def acts(rng: random.Random, size: Size) -> list[Act]:
    """Return all public acts in order of time, as many of each kind as `size` says."""
    plan: tuple[tuple[ActKind, int, float, int, date], ...] = (
        ("post", size.posts, 0.5, 1, date(2016, 1, 4)),
        ("comment", size.comments, 2.5, 4, BEGIN),
        ("reaction", size.reactions, 5.0, 7, BEGIN),
        ("vote", size.votes, 0.4, 1, date(2021, 1, 4)),
        ("repost", size.reposts, 0.2, 1, date(2022, 1, 3)),
    )
    found = []
    for kind, total, search, reported, begin in plan:
        after = 1 if kind in ("comment", "reaction") else 0
        for monday, count in spread(rng, total, search=search, reported=reported, after=after, begin=begin):
            found += [_act(rng, size, kind, moment(rng, monday), number) for number in range(count)]
    # One hour happens twice when the clocks go back; one older reaction is moved into each of the two.
    reactions = [number for number, act in enumerate(found) if act.kind == "reaction" and act.done_at.year == 2025][:2]
    for number, hours in zip(reactions, (0, 1), strict=False):
        found[number] = _reaction_at(rng, _HOUR_BOTH + timedelta(hours=hours))
    return sorted(found, key=lambda act: act.done_at)


def _act(rng: random.Random, size: Size, kind: ActKind, at: datetime, number: int) -> Act:
    group = _group(rng, kind, at, number)
    about = at if kind == "post" else at - timedelta(seconds=90 + int(rng.expovariate(1 / 90_000)))
    text = detail = ""
    if kind == "post":
        text = phrases.post(rng, size.sentences)
    elif kind == "comment":
        text = phrases.comment(rng, size.sentences)
    else:
        detail = rng.choice(_REACTIONS if kind == "reaction" else _OPTIONS)
    comment = None
    if kind == "reaction" and rng.random() < 0.06:
        comment = post_number(rng, about + (at - about) / 2)
    return Act(kind, at, post_number(rng, about), group, text, detail, comment)


def _reaction_at(rng: random.Random, at: datetime) -> Act:
    return Act("reaction", at, post_number(rng, at - timedelta(hours=5)), detail="LIKE")


def _group(rng: random.Random, kind: ActKind, at: datetime, number: int) -> str | None:
    """Return the group it happens in: sometimes since she is in one, often during the search."""
    joined = [group for group in GROUPS if group.since <= at.date()]
    if kind == "repost" or not joined:
        return None
    if at.date() >= REPORTED:
        return joined[number % len(joined)].number if number % 2 == 0 else None
    chance = 0.3 if at.date() >= SEARCH else 0.05
    return rng.choice(joined).number if rng.random() < chance else None


def post_number(rng: random.Random, at: datetime) -> int:
    """Return a post's number, which holds its time in milliseconds above the lowest 22 bits."""
    return (int(at.replace(tzinfo=UTC).timestamp()) * 1000 << 22) + rng.randrange(1 << 22)
