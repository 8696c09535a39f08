"""Puts a member's story together, in order, and writes its exports.

Belongs here: the sizes, and which part draws from which stream of chance. Each part has its own stream, so that a change to one does
not rewrite the others.
"""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from pipelines.demo import career, feed, names, network, scenes, talks
from pipelines.demo.linkedin import write_contacts, write_groups, write_linkedin
from pipelines.demo.people import Crowd
from pipelines.demo.rhythm import AS_OF, EARLIER
from pipelines.demo.truth import Contact, DemoMember, Person, Size
from pipelines.demo.xing import write_xing

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Ada Beispiel-Köhler"
SIZES = {
    "small": Size(180, 600, 400, 120, 40, 14, 10, older_recruiting=10, sentences=2),
    "typical": Size(2_000, 10_000, 4_000, 900, 160, 60, 80, older_recruiting=24, sentences=3),
    "large": Size(30_000, 200_000, 100_000, 25_000, 2_500, 1_000, 1_500, older_recruiting=300, sentences=12),
}
_SLUG = "ada-beispiel-köhler-46b"


def make_member(seed: int, size: Size, *, name: str = NAME) -> DemoMember:
    """Return the story that belongs to `seed` and `size`, the same on every machine; `name` changes nothing else."""

    def stream(part: str) -> random.Random:
        return random.Random(f"{seed}/{part}")  # noqa: S311

    first, last = name.split(" ", 1)
    member = DemoMember(seed, size, first, last, _SLUG, list(career.POSITIONS), groups=list(feed.GROUPS))
    member.dream_companies = list(names.TARGET_COMPANIES[:4])
    crowd, threads = Crowd(stream("people")), talks.Threads()

    recruiting = scenes.recruiting(stream("recruiting"), crowd, threads, size.older_recruiting)
    colleague, invited = scenes.hr_colleague(stream("colleague"), crowd, threads)
    member.approaches = recruiting.approaches + scenes.lookalikes(crowd, threads)
    own = [*recruiting.contacts, colleague]
    grown = network.contacts(stream("network"), crowd, size.connections - len(own))
    network_invitations = network.invitations(stream("invitations"), crowd, grown)
    member.contacts = sorted([*grown, *own], key=lambda contact: contact.connected_at)
    member.invitations = sorted(
        [*network_invitations, *recruiting.invitations, invited], key=lambda invitation: invitation.sent_at
    )

    cast = _Cast(grown)
    talks.notes(threads, member.invitations)
    scenes.open_ends(stream("open ends"), threads, cast.take(6, date(2021, 1, 1), date(2025, 12, 1)))
    old = cast.take(6, date(2014, 3, 1), date(2020, 6, 1))
    scenes.old_friends(stream("old friends"), threads, [c for c in grown if c.person in old])
    scenes.others(stream("others"), crowd, threads, cast.take(9, date(2014, 3, 1), date(2020, 12, 1)))
    rest = size.messages - threads.messages()
    talks.everyday(stream("talks"), threads, grown, cast.taken, rest)
    for conversation in threads.all:
        conversation.messages.sort(key=lambda message: message.sent_at)
    member.conversations = [conversation for conversation in threads.all if conversation.messages]

    member.acts = feed.acts(stream("feed"), size)
    member.endorsements = career.endorsements(stream("endorsements"), grown, max(12, size.connections // 9))
    member.recommendations = career.recommendations(stream("recommendations"), grown)
    member.follows = career.follows(stream("follows"), grown)
    member.job_ads = career.job_ads(stream("job ads"))
    member.xing_contacts, member.xing_notes = network.xing(stream("xing"), crowd, grown, member.name)
    people = [contact.person for contact in member.xing_contacts[:: max(1, len(member.xing_contacts) // 24)]]
    member.xing_conversations, on_xing = scenes.xing_talks(stream("xing talks"), crowd, people)
    member.approaches = sorted([*member.approaches, on_xing], key=lambda approach: approach.first_at)
    return member


class _Cast:
    """Gives scenes people who are contacts already, each only once."""

    def __init__(self, contacts: list[Contact]) -> None:
        self._contacts = [c for c in contacts if not c.hidden and c.lost_on is None and c.person.role == "acquaintance"]
        self.taken: set[Person] = set()

    def take(self, count: int, after: date, before: date) -> list[Person]:
        """Return `count` people who became contacts between the two days; fewer where there are not so many."""
        free = [c.person for c in self._contacts if after <= c.connected_on < before and c.person not in self.taken][
            ::2
        ][:count]
        self.taken.update(free)
        return free


def write_exports(member: DemoMember, folder: Path) -> list[Path]:
    """Write what the member has in the inbox into `folder` (made if missing) and return the exports, each a path to give on.

    LinkedIn's archive of the story's end, an earlier one of which only contacts and profile were kept, XING's unpacked bundle, and the
    member's own list of group names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    archive = write_linkedin(member, folder / f"Complete_LinkedInDataExport_{AS_OF:%m-%d-%Y}.zip")
    earlier = write_contacts(member, folder / f"Complete_LinkedInDataExport_{EARLIER:%m-%d-%Y}", EARLIER)
    write_xing(member, folder)
    return [archive, earlier, folder / "xing-datenauskunft", write_groups(member, folder / "groups.csv")]
