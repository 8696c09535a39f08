"""The invented member's story as the plain lists of `reference_recruiting.py`: what her newest exports show of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.demo.linkedin import INVITATION_WINDOW
from pipelines.demo.rhythm import AS_OF, EARLIER, exported_at
from tests.reference import folded, monday
from tests.reference_recruiting import Request, Story, Word

if TYPE_CHECKING:
    from pipelines.demo import DemoMember

REPORTED = monday(AS_OF) - timedelta(days=7)


def story_of(member: DemoMember, roles: dict[str, tuple[bool, bool]], job_subjects: set[str]) -> Story:
    """Return the story up to the newest export; what titles and subjects mean is told."""
    cut = exported_at(AS_OF)
    story = Story("Europe/Berlin", has_xing=True, reported=REPORTED, messages_until=AS_OF, contacts_until=AS_OF)
    story.roles, story.job_subjects = roles, job_subjects
    ever = [c for c in member.contacts if not c.hidden and (c.on(AS_OF) or c.on(EARLIER))]
    story.connected = {c.person.slug: c.connected_on for c in ever}
    for talk in member.conversations:
        if len(talk.others) != 1 or any(message.kind == "sponsored" for message in talk.messages):
            continue
        [other] = talk.others
        for message in talk.direct:
            if message.sent_at <= cut:
                who, key, is_spam = None if other.deleted else other.slug, str(talk.number), talk.folder == "SPAM"
                story.words.append(Word(message.sent_at, message.mine, who, key, talk.subject or None, is_spam=is_spam))
    for invitation in member.invitations:
        is_listed = invitation.outgoing or (invitation.accepted_at is not None and invitation.accepted_at <= cut)
        if is_listed and cut - INVITATION_WINDOW <= invitation.sent_at <= cut and invitation.person.url:
            story.requests.append(
                Request(invitation.sent_at, invitation.outgoing, invitation.person.slug, has_note=bool(invitation.note))
            )
    # One person on both platforms where each knows the name once.
    on_linkedin: defaultdict[str, list[str]] = defaultdict(list)
    for contact in ever:
        on_linkedin[folded(contact.person.name)].append(contact.person.slug)
    on_xing = Counter(folded(contact.name) for contact in member.xing_contacts)
    twins = {n: slugs[0] for n, slugs in on_linkedin.items() if len(slugs) == 1 and on_xing[n] == 1}
    story.xing_contacts = set(twins.values())
    for talk in member.xing_conversations:
        if len(talk.others) == 1 and (slug := twins.get(folded(talk.others[0].plain_name))):
            story.xing_words += [Word(m.sent_at, m.mine, slug, "", None) for m in talk.messages]
    return story


def last_weeks(numbers: dict[tuple[str, str, date], int | None], name: str, platform: str) -> list[int | None]:
    """Return a number of the weeks up to the reported one; together, of those that the same platforms cover as that one."""

    def knows(week: date) -> list[bool]:
        return [numbers.get((name, one, week)) is not None for one in ("linkedin", "xing")]

    weeks = [REPORTED - timedelta(weeks=back) for back in range(60)][::-1]
    is_one = platform != "all"
    return [numbers.get((name, platform, week)) if is_one or knows(week) == knows(REPORTED) else None for week in weeks]
