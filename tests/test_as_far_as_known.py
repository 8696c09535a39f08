"""Nothing is said to be unwritten where no export tells: sentences about messages reach as far as the export that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scenario import NAMES, Member, Stories
from tests.told_pages import Told, told_pages

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = "2026-11-20"
# People take turns by their names: among so many, some have theirs in any week.
MANY = [f"{name.split()[0]} Weit{number}" for number in range(4) for name in NAMES]


stories = Stories()


@pytest.fixture(scope="module")
def pages() -> dict[str, Told]:
    return told_pages(stories.scenario(week="2026-W46"))


def story(tell: Callable[..., None], **how: str | None) -> str:
    """Register one way to tell a member and return the member's key."""

    def told(member: Member) -> None:
        tell(member, **how)

    told.__name__ = f"{tell.__name__} {how}"
    if told.__name__ not in {one.__name__ for one in stories}:
        stories(told)
    return told.__name__


def new_contacts(member: Member, *, messages_until: str | None) -> None:
    export = member.linkedin(AS_OF)
    for name in MANY:
        export.connection(name, "2026-11-02")
    if messages_until:
        older = member.linkedin(messages_until) if messages_until != AS_OF else export
        older.connection("Anna Arndt", "2019-03-04").message("2026-06-01 10:00", "Anna Arndt", "in")


@pytest.mark.parametrize(
    ("key", "is_said"),
    [
        (story(new_contacts, messages_until=AS_OF), True),
        (story(new_contacts, messages_until="2026-11-06"), True),
        (story(new_contacts, messages_until="2026-11-05"), False),
        (story(new_contacts, messages_until=None), False),
    ],
)
def test_a_new_contact_is_without_a_message_only_where_messages_are_known(
    pages: dict[str, Told], key: str, is_said: bool
) -> None:
    page = pages[key]
    assert "seit dem 2. November 2026 in Ihren Kontakten" in page.text
    assert ("noch ohne Nachricht" in page.text) == is_said


@stories
def old_xing(member: Member) -> None:
    new_contacts(member, messages_until=AS_OF)
    old = member.xing("2026-06-15")
    for name in MANY:
        old.contact(name, "2019-03-04 10:00")
        old.talk("2026-04-13 09:00", "Hallo", "Karl Karg, Ada Beispiel", ("2026-04-13 09:00", "Karl Karg"))


def test_on_two_platforms_a_new_contact_is_without_a_message_only_where_both_tell(pages: dict[str, Told]) -> None:
    page = pages["old_xing"]
    assert "noch ohne Nachricht" not in page.text


def recommended(member: Member, *, messages_until: str | None) -> None:
    new_contacts(member, messages_until=messages_until)
    export = member.linkedin(AS_OF)
    for name in MANY:
        export.recommendation("2026-10-20 10:00", name, "received")


@pytest.mark.parametrize(
    ("key", "is_said"),
    [
        (story(recommended, messages_until=AS_OF), True),
        (story(recommended, messages_until="2026-06-15"), False),
        (story(recommended, messages_until=None), False),
    ],
)
def test_thanks_are_outstanding_only_where_messages_are_known(pages: dict[str, Told], key: str, is_said: bool) -> None:
    page = pages[key]
    assert "hat Sie am 20. Oktober empfohlen" in page.text
    assert ("seither haben Sie einander nicht geschrieben." in page.text) == is_said


def old_exchange(member: Member, *, last: str, xing_as_of: str) -> None:
    member.linkedin(AS_OF).connection("Anna Arndt", "2019-03-04").message("2026-11-11 10:00", "Anna Arndt", "out")
    old = member.xing(xing_as_of)
    for name in MANY:
        old.contact(name, "2019-03-04 10:00")
        for day, sender in ((f"{last}-13", name), (f"{last}-14", "Ada Beispiel")):
            old.talk(f"{day} 09:00", "Hallo", f"{name}, Ada Beispiel", (f"{day} 09:00", sender))


OLD_RECENT, FRESH_RECENT, OLD_DORMANT, FRESH_DORMANT = (
    story(old_exchange, last=last, xing_as_of=as_of)
    for last in ("2026-04", "2022-04")
    for as_of in ("2026-06-15", AS_OF)
)


@pytest.mark.parametrize(
    ("old", "fresh", "said"),
    [
        (OLD_RECENT, FRESH_RECENT, "letzte Nachricht im April 2026"),
        (OLD_DORMANT, FRESH_DORMANT, "zuletzt haben Sie einander im April 2022 geschrieben"),
    ],
)
def test_the_last_message_of_an_old_export_is_dated_with_its_day(
    pages: dict[str, Told], old: str, fresh: str, said: str
) -> None:
    old, fresh = pages[old], pages[fresh]
    assert "laut XING-Export bis 15. Juni 2026" in old.text
    assert "Export bis" not in fresh.text
    assert "laut XING bis 15. Juni 2026" in " ".join(old.html.replace("\u00a0", " ").split())
    assert "laut XING" not in " ".join(fresh.headings)


def test_a_dormant_contact_is_told_by_what_the_export_holds(pages: dict[str, Told]) -> None:
    page = pages[FRESH_DORMANT]
    assert "Seit April 2022 steht keine Nachricht mehr im Export. Ein Gruß genügt." in page.text
    assert "aus den Augen" not in page.text


def test_an_absent_twin_is_one_of_name_alone(pages: dict[str, Told]) -> None:
    page = pages[FRESH_RECENT]
    assert "Auf XING, unter diesem Namen nicht in Ihren LinkedIn-Kontakten" in page.text
