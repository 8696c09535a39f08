"""Whose export it is, and what is held back because it seems to be somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.members import Member
from pipelines.owner import addresses_of, folded
from pipelines.readers import never_open
from tests.reading_samples import Raw, lines, table, write_export

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada Beispiel-Köhler", "ada beispiel koehler"),
        ("Ada Beispiel-Köhler", "Dr. Ada  Beispiel-Köhler, PMP"),
        ("Ada Beispiel-Köhler 🌱", "ADA BEISPIEL-KÖHLER"),
        ("Prof. Dr. med. José Nuñez", "Jose Nunez"),
        ("Dipl.-Ing. Ian O'Brien", "Ian O’Brien"),
        ("Ko\u0308hler", "Köhler"),
        ("Anna Groß", "ANNA GROSS"),
        ("Professor Anna Arndt", "Anna Arndt"),
        ("Professorin Dr. h. c. Anna Arndt", "Anna Arndt"),
        ("J.R. Smith", "JR Smith"),
    ],
)
def test_two_ways_to_write_a_name_fold_to_one(one: str, two: str) -> None:
    forms = folded(steps.connect(), [one, two])
    assert forms[one] == forms[two]


def test_different_people_stay_different() -> None:
    names = ("Ada Köhler", "Ada Kohler", "Ada B. Köhler", "Ben Köhler", "Nat Cole", "Cole", "J. R. Smith", "J.R. Smith")
    assert len(set(folded(steps.connect(), names).values())) == len(names)


def test_of_a_title_alone_no_name_is_left() -> None:
    assert folded(steps.connect(), ["Dr", "Prof. Dr.", "🌱", "", None]) == {}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/ada-k%C3%B6hler-1a",
        "www.linkedin.com/in/Ada-Köhler-1a/",
        "https://de.linkedin.com/in/ada-k%c3%b6hler-1a?x=1#y",
        "https://www.linkedin.com/in/ada-ko%CC%88hler-1a",
    ],
)
def test_an_address_is_the_same_however_a_link_is_written(url: str) -> None:
    assert addresses_of(steps.connect(), [url]) == {url: "ada-köhler-1a"}


# Exports

MESSAGES = ["CONVERSATION ID", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "CONTENT"]
ADA, ADA_URL = "Ada Beispiel-Köhler", "ada-beispiel-köhler-1a"


def url(slug: str) -> str:
    return "https://www.linkedin.com/in/" + quote(slug)


def profile(name: str) -> bytes:
    first, _, last = name.partition(" ")
    return table(["First Name", "Last Name", "Headline", "Industry", "Geo Location"], [[first, last, "", "", ""]])


def messages(name: str, slug: str, others: int = 4, *, answered: int = 1) -> bytes:
    """Return conversations with several people; the first `answered` of them hold a message of the owner."""
    rows = []
    for i in range(others):
        other = (f"Person {i}", url(f"person-{i}"))
        for n in range(3):
            rows.append([f"2-{i}", *other, name, url(slug), f"2024-02-0{n + 1} 10:11:12 UTC", ""])
        if i < answered:
            rows.append([f"2-{i}", name, url(slug), *other, "2024-02-05 10:11:12 UTC", ""])
    return table(MESSAGES, rows)


def export(
    folder: Path, name: str = ADA, slug: str = ADA_URL, *, shows: str = "both", file: str = "Complete_11-20-2026.zip"
) -> Path:
    files = {"Connections.csv": lines("First Name,Last Name,Connected On", f"{slug},M,05 Feb 2024")}
    if shows in ("both", "name"):
        files["Profile.csv"] = profile(name)
    if shows in ("both", "address"):
        files["messages.csv"] = messages(name, slug)
    return write_export(folder, files, file)


def xing(folder: Path, name: str = ADA, others: tuple[str, ...] = ("Ben", "Eva", "Ute")) -> Path:
    rows = []
    for other in others:
        rows += [
            f'"x","2024-02-05 10:11:12 UTC","{name},{other}","","",""',
            f'"","","","{other}","2024-02-05 10:11:12 UTC","y"',
        ] * 2
    rows.append(f'"","","","{name}","2024-02-05 10:11:12 UTC","y"')
    return write_export(folder, {"data/7d20.csv": lines(*rows)}, "xing-datenauskunft.zip")


def owners(raw: Raw) -> list[tuple[str | None, str | None]]:
    return [(name, address) for name, address in raw.rows("select owner, owner_address from raw_exports order by path")]


def held(raw: Raw) -> list[str]:
    return [
        path.rsplit("/")[-1]
        for path in raw.column("select path from raw_exports where held_back is not null order by path")
    ]


def used(raw: Raw) -> list[str]:
    """Return whose connections are there."""
    return sorted(raw.column("select first_name from raw_linkedin_connections"))


def test_name_and_address_come_from_profile_and_messages(tmp_path: Path) -> None:
    assert owners(Raw(export(tmp_path))) == [(ADA, ADA_URL)]
    assert owners(Raw(export(tmp_path, shows="name"))) == [(ADA, None)]
    assert owners(Raw(export(tmp_path, shows="neither"))) == [(None, None)]


def test_without_a_profile_it_is_who_takes_part_in_most_conversations(tmp_path: Path) -> None:
    assert owners(Raw(export(tmp_path, shows="address"))) == [(ADA, ADA_URL)]


def test_a_profile_finds_its_address_under_another_spelling(tmp_path: Path) -> None:
    path = write_export(
        tmp_path,
        {
            "Profile.csv": profile("Ada Beispiel-Köhler"),
            "messages.csv": messages("Dr. Ada Beispiel-Köhler, PMP", ADA_URL),
        },
    )
    assert owners(Raw(path)) == [(ADA, ADA_URL)]


INVITATIONS = ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"]


def invitations(name: str = ADA, slug: str = ADA_URL) -> bytes:
    rows = []
    for n in (1, 2):
        other = (f"Person {n}", url(f"person-{n}"))
        rows.append([name, other[0], "2/5/24, 4:00 PM", "", "OUTGOING", url(slug), other[1]])
        rows.append([other[0], name, "2/5/24, 4:00 PM", "", "INCOMING", other[1], url(slug)])
    return table(INVITATIONS, rows)


def test_invitations_tell_whose_export_it_is_where_nothing_else_does(tmp_path: Path) -> None:
    connections = lines("First Name,Last Name,Connected On", "Mira,M,05 Feb 2024")
    path = write_export(tmp_path, {"Connections.csv": connections, "Invitations.csv": invitations()})
    assert owners(Raw(path)) == [(ADA, ADA_URL)]
    assert held(Raw(path, member=Member(key="ben", name="Ben Fremdling"))) == [
        "Complete_LinkedInDataExport_11-20-2026.zip"
    ]
    with_profile = write_export(tmp_path / "b", {"Profile.csv": profile("Ada B."), "Invitations.csv": invitations()})
    assert owners(Raw(with_profile)) == [("Ada B.", ADA_URL)]


def test_two_people_who_only_write_to_each_other_cannot_be_told_apart(tmp_path: Path) -> None:
    path = write_export(tmp_path, {"messages.csv": messages(ADA, ADA_URL, others=1)})
    assert owners(Raw(path)) == [(None, None)]


def test_messages_of_2018_show_who_sent_them(tmp_path: Path) -> None:
    header = ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"]
    path = write_export(
        tmp_path,
        {
            "Messages.csv": table(
                header,
                [
                    [ADA, "Ben", "2/5/18, 4:00 PM", "", "", "OUTGOING", "SENT"],
                    ["Ben", ADA, "2/5/18, 4:00 PM", "", "", "INCOMING", "INBOX"],
                ],
            )
        },
    )
    assert owners(Raw(path)) == [(ADA, None)]


def test_the_owner_of_a_xing_export_takes_part_in_every_conversation(tmp_path: Path) -> None:
    assert owners(Raw(xing(tmp_path))) == [(ADA, None)]
    assert owners(Raw(xing(tmp_path, name="Ada Beispiel-Köhler, PMP"))) == [(ADA, None)]
    assert owners(Raw(xing(tmp_path, others=("Ben",)))) == [(None, None)]
    assert owners(Raw(xing(tmp_path, others=("Ben",)), member=Member(key="ada", name=ADA))) == [(ADA, None)]


def test_one_persons_exports_of_both_platforms_agree(tmp_path: Path) -> None:
    old = export(tmp_path / "old", shows="name", file="Basic_08-01-2026.zip")
    raw = Raw(
        export(tmp_path), old, xing(tmp_path, name="Dr. Ada Beispiel Koehler"), export(tmp_path / "c", shows="neither")
    )
    assert held(raw) == []
    assert used(raw) == [ADA_URL] * 3


def test_exports_of_two_people_are_all_held_back_when_nobody_knows_whose_they_should_be(tmp_path: Path) -> None:
    hers, his = export(tmp_path / "a"), export(tmp_path / "b", "Ben Fremdling", "ben", file="Complete_B.zip")
    unknown = export(tmp_path / "c", shows="neither", slug="neither", file="Basic.zip")
    raw = Raw(hers, his, unknown)
    assert held(raw) == ["Complete_11-20-2026.zip", "Complete_B.zip"]
    assert used(raw) == ["neither"]
    sentence = raw.column("select held_back from raw_exports where owner = 'Ben Fremdling'")[0]
    for part in ("Complete_B.zip", "Ben Fremdling", ADA, "--owner-confirmed", "members.toml"):
        assert part in sentence
    # What it held is still in the ledger.
    assert raw.column("select sum(rows_kept)::integer from raw_files") == [sum((1, 1, 13, 1, 1, 13, 1))]


def test_a_known_member_keeps_her_own_and_the_strangers_is_held_back(tmp_path: Path) -> None:
    hers, his = export(tmp_path / "a"), export(tmp_path / "b", "Ben Fremdling", "ben", file="Complete_B.zip")
    raw = Raw(hers, his, xing(tmp_path, "Ben Fremdling"), member=Member(key="ada", name="Ada Beispiel Köhler"))
    assert held(raw) == ["Complete_B.zip", "xing-datenauskunft.zip"]
    assert used(raw) == [ADA_URL]


def test_a_namesake_with_another_address_is_no_proof_of_anything(tmp_path: Path) -> None:
    paths = export(tmp_path / "a"), export(tmp_path / "b", slug="ada-zwei", file="Complete_B.zip")
    raw = Raw(*paths, member=Member(key="ada", name=ADA))
    assert held(raw) == ["Complete_11-20-2026.zip", "Complete_B.zip"]
    assert "linkedin.com/in/ada-zwei" in raw.column("select held_back from raw_exports order by path")[0]
    known = Member(key="ada", name=ADA, owner=(url(ADA_URL),))
    assert used(Raw(*paths, member=known)) == [ADA_URL]
    both = Member(key="ada", name=ADA, owner=(url(ADA_URL), "www.linkedin.com/in/ada-zwei"))
    assert used(Raw(*paths, member=both)) == [ADA_URL, "ada-zwei"]


def test_further_names_are_the_members_own(tmp_path: Path) -> None:
    paths = export(tmp_path / "a"), export(tmp_path / "b", "Ada Mädchen", file="Complete_B.zip")
    assert used(Raw(*paths, member=Member(key="ada", name=ADA, owner=("Ada Mädchen",)))) == [ADA_URL] * 2
    assert held(Raw(*paths, member=Member(key="ada", name=ADA))) == ["Complete_B.zip"]


@pytest.mark.parametrize(
    ("key", "is_theirs"),
    [
        ("ada", True),
        ("beispiel", True),
        ("abeispiel", True),
        ("abk", True),
        ("noname", False),
        ("m17", False),
        ("eva", False),
    ],
)
def test_a_member_without_a_name_gets_what_the_key_goes_with(tmp_path: Path, key: str, is_theirs: bool) -> None:
    path = export(tmp_path)
    raw = Raw(path, member=Member(key=key, is_listed=True))
    assert held(raw) == ([] if is_theirs else [path.name])
    assert used(raw) == ([ADA_URL] if is_theirs else [])
    # Nobody but members.toml says that a key means somebody.
    assert held(Raw(path, member=Member(key=key))) == []
    assert held(Raw(path, member=Member(key=key, is_listed=True), owner_confirmed=True)) == []


def test_an_export_in_several_inboxes_is_only_used_by_whom_it_shows(tmp_path: Path) -> None:
    from pipelines.archive import open_export

    theirs, nobodys = export(tmp_path / "a"), export(tmp_path / "b", shows="neither", file="Basic.zip")
    elsewhere = {}
    for path in (theirs, nobodys):
        with open_export(path, Limits(), never_open=never_open) as opened:
            elsewhere[opened.sha256] = ("ada", "eva")

    def kept_from(member: Member, **options: Any) -> list[str]:
        return held(Raw(theirs, nobodys, member=member, elsewhere=elsewhere, **options))

    assert kept_from(Member(key="ada", is_listed=True)) == ["Complete_11-20-2026.zip", "Basic.zip"]
    assert kept_from(Member(key="ada", name=ADA)) == ["Basic.zip"]
    assert kept_from(Member(key="ada", owner=(url(ADA_URL),))) == ["Basic.zip"]
    assert kept_from(Member(key="ada"), owner_confirmed=True) == []


def test_confirmation_ends_all_doubts(tmp_path: Path) -> None:
    paths = export(tmp_path / "a"), export(tmp_path / "b", "Ben Fremdling", "ben", file="Complete_B.zip")
    assert held(Raw(*paths, owner_confirmed=True)) == []
    assert held(Raw(*paths, member=Member(key="ada", name=ADA, owner_confirmed=True))) == []


def test_other_members_exports_in_the_same_tables_are_left_alone(tmp_path: Path) -> None:
    from pipelines.archive import Limits
    from pipelines.ingest import ingest

    raw = Raw(export(tmp_path / "a"))
    ingest(
        raw.connection,
        Member(key="ben", name="Ben Fremdling"),
        [export(tmp_path / "b", "Ben Fremdling", "ben")],
        limits=Limits(),
        key=bytes(32),
    )
    assert held(raw) == []
    assert raw.rows("select member, first_name from raw_linkedin_connections order by all") == [
        ("ada", ADA_URL),
        ("ben", "ben"),
    ]
