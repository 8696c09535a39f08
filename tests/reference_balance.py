"""Giving and taking, and how far a network reaches, again, in plain Python over plain lists: slow, obvious, written from what each number promises to count.

Belongs here: the counting, over the story that `reference_recruiting.py` describes. It knows nothing of SQL, files or formats.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.reference import monday

if TYPE_CHECKING:
    from tests.reference_recruiting import Story

# Who wrote, the member or not, by platform, person and day.
Days = dict[tuple[str, str, "date"], set[bool]]


def days_of_writing(story: Story) -> Days:
    """Return the days on which the member and one other person wrote, as long as it is told who that is."""
    days: defaultdict[tuple[str, str, date], set[bool]] = defaultdict(set)
    for word in story.words:
        if word.who:
            days["linkedin", word.who, story.day(word.at)].add(word.mine)
    for word in story.xing_words:
        known_on_both = word.who in story.connected and word.who in story.xing_contacts
        days["xing", word.who if known_on_both else f"{word.who} of XING", story.day(word.at)].add(word.mine)
    return days


def both_wrote(days: Days) -> set[str]:
    """Return the people from whom there is a word in both directions."""
    sides: defaultdict[str, set[bool]] = defaultdict(set)
    for (_, who, _), wrote in days.items():
        sides[who] |= wrote
    return {who for who, told in sides.items() if len(told) == 2}


def balance(story: Story, weeks: list[date]) -> dict[str, int] | None:
    """Return how often there was exchange in the 26 weeks up to the reported one, and how even; None where nothing tells."""
    reported = story.reported
    sunday = reported + timedelta(days=6)
    near = [week for week in weeks if reported - timedelta(weeks=25) <= week <= reported]
    ends = {"linkedin": story.messages_until, "xing": story.xing_until}
    covering = {platform for platform, until in ends.items() if until >= reported}
    if reported not in weeks or not covering:
        return None
    every_day = days_of_writing(story)
    mutual = both_wrote(every_day)
    given, received = Counter[date](), Counter[date]()
    for (platform, who, day), wrote in every_day.items():
        if platform in covering and who in mutual:
            given[monday(day)] += True in wrote
            received[monday(day)] += False in wrote
    # A channel counts where both its directions are covered.
    for kind in ("recommendation", "endorsement"):
        if all(
            story.thanks_until.get((kind, side), reported - timedelta(days=1)) >= reported for side in (True, False)
        ):
            for thanks in story.thanks:
                if thanks.kind == kind:
                    (given if thanks.is_given else received)[monday(story.day(thanks.at))] += 1
    if story.log_until >= reported:
        for noted in story.noted:
            given[monday(noted.day)] += noted.direction != "received"
            received[monday(noted.day)] += noted.direction != "given"
    before = sunday - timedelta(days=182)
    days = {key: wrote for key, wrote in every_day.items() if key[0] in covering and key[2] <= sunday}
    recent = {key: wrote for key, wrote in days.items() if key[2] > before}
    old = both_wrote({key: wrote for key, wrote in days.items() if key[2] <= before})
    return {
        "weeks": len(near),
        "exchange_weeks": sum(given[week] + received[week] > 0 for week in near),
        "people": len(both_wrote(recent)),
        "given": sum(given[week] for week in near),
        "received": sum(received[week] for week in near),
        "old_people": len({who for (_, who, _), wrote in recent.items() if who in old and True in wrote}),
        "old_given": sum(who in old and True in wrote for (_, who, _), wrote in recent.items()),
        "old_received": sum(who in old and False in wrote for (_, who, _), wrote in recent.items()),
    }


def reach(story: Story) -> dict[str, float | None] | None:
    """Return contacts of the newest export by company, those dated up to the reported Sunday; None where nobody names one."""
    sunday = story.reported + timedelta(days=6)
    sizes = Counter(company for who, company in story.works_at.items() if story.connected[who] <= sunday)
    if not sizes:
        return None
    contacts, largest = sum(sizes.values()), sum(sorted(sizes.values(), reverse=True)[:5])
    share = largest / contacts if contacts >= 20 and len(sizes) >= 10 else None
    return {"contacts": contacts, "companies": len(sizes), "largest_five": largest, "share": share}
