"""The invented member: the same for the same seed, consistent in itself, and written the way the platforms write."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipelines.demo import AS_OF, NAME, SIZES, DemoMember, make_member, write_exports, write_linkedin
from pipelines.demo.rhythm import END, LOS_ANGELES, REPORTED, SEARCH, monday_of

ROOT = Path(__file__).parent.parent
SMALL = SIZES["small"]
FILES = {
    "Connections.csv", "Invitations.csv", "messages.csv", "Shares.csv", "Comments.csv", "Reactions.csv", "Votes.csv",
    "InstantReposts.csv", "Profile.csv", "Positions.csv", "Skills.csv", "Education.csv", "Endorsement_Received_Info.csv",
    "Endorsement_Given_Info.csv", "Recommendations_Received.csv", "Recommendations_Given.csv", "Company Follows.csv",
    "Member_Follows.csv", "Hashtag_Follows.csv", "Events.csv", "Jobs/Job Applications.csv", "Jobs/Saved Jobs.csv",
    "Jobs/Job Seeker Preferences.csv", "Ad_Targeting.csv", "Learning.csv", "Logins.csv", "ImportedContacts.csv",
}  # fmt: skip


@pytest.fixture(scope="module", params=(1, 2, 77))
def member(request: pytest.FixtureRequest) -> DemoMember:
    return make_member(request.param, SMALL)


def archive_texts(member: DemoMember, folder: Path, as_of: date | None = None) -> dict[str, str]:
    """The files of an archive by name, each decoded strictly."""
    path = write_linkedin(member, folder / f"{as_of}.zip", as_of=as_of)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def table(text: str, *, backslashes: bool = False) -> list[dict[str, str]]:
    """The rows of a well-formed CSV file, every one as wide as the header; quotes are doubled or escaped by backslashes."""
    file, escape = io.StringIO(text, newline=""), "\\" if backslashes else None
    rows = list(csv.reader(file, strict=True, doublequote=not backslashes, escapechar=escape))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def contacts_table(text: str) -> list[dict[str, str]]:
    preamble, _, rest = text.partition("\n\n")
    assert preamble.startswith('Notes:\n"When exporting')
    return table(rest)


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def from_us_clock(text: str) -> datetime:
    local = datetime.strptime(text, "%m/%d/%y, %I:%M %p").replace(tzinfo=LOS_ANGELES)
    return local.astimezone(UTC).replace(tzinfo=None)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for folder, seed in (("a", 3), ("b", 3), ("c", 4)):
        write_exports(make_member(seed, SMALL), tmp_path / folder)
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    other = digest(tmp_path / "c")
    alike = [
        name
        for name, value in digest(tmp_path / "a").items()
        if name.endswith((".zip", ".csv")) and other[name] == value
    ]
    # Her groups and her profile are the story's, not chance's.
    assert sorted(alike) == ["Complete_LinkedInDataExport_08-03-2026/Profile.csv", "groups.csv"]


def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from pipelines.demo import *;"
        "write_exports(make_member(5, SIZES['small']), pathlib.Path(sys.argv[1]))"
    )
    for number, zone in enumerate(("UTC", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "TZ": zone}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / zone)], check=True, cwd=ROOT, env=environment)
    assert digest(tmp_path / "UTC") == digest(tmp_path / "Asia/Tokyo")


def test_an_existing_folder_is_written_over(tmp_path: Path) -> None:
    write_exports(make_member(3, SMALL), tmp_path / "twice")
    write_exports(make_member(4, SMALL), tmp_path / "twice")
    write_exports(make_member(4, SMALL), tmp_path / "once")
    assert digest(tmp_path / "twice") == digest(tmp_path / "once")


def test_an_archive_an_earlier_one_a_bundle_and_the_names_of_groups_are_written(
    member: DemoMember, tmp_path: Path
) -> None:
    written = write_exports(member, tmp_path)
    assert sorted(written) == sorted(tmp_path.iterdir())
    assert [path.name for path in written] == [
        "Complete_LinkedInDataExport_11-20-2026.zip",
        "Complete_LinkedInDataExport_08-03-2026",
        "xing-datenauskunft",
        "groups.csv",
    ]
    assert [path.name for path in tmp_path.rglob("*.zip")] == ["Complete_LinkedInDataExport_11-20-2026.zip"]
    bundle = tmp_path / "xing-datenauskunft"
    assert {datetime.fromtimestamp(p.stat().st_mtime, UTC).date() for p in bundle.rglob("*.csv")} == {AS_OF}
    assert len(list(bundle.glob("data/network-inquiry/files/*.csv"))) == 2
    assert len(list(bundle.glob("data/messages-backend/files/*.csv"))) == 1


def test_nothing_in_the_archive_tells_where_or_when_it_was_made(member: DemoMember, tmp_path: Path) -> None:
    with zipfile.ZipFile(write_linkedin(member, tmp_path / "a.zip")) as archive:
        infos = archive.infolist()
    assert {info.filename for info in infos} == FILES
    assert {(info.date_time, info.create_system, info.external_attr) for info in infos} == {
        ((2026, 11, 20, 9, 0, 0), 3, 0o644 << 16)
    }


def test_a_packed_archive_holds_the_same_files(member: DemoMember, tmp_path: Path) -> None:
    stored = zipfile.ZipFile(write_linkedin(member, tmp_path / "stored.zip"))
    packed = zipfile.ZipFile(write_linkedin(member, tmp_path / "packed.zip", compression=zipfile.ZIP_DEFLATED))
    with stored, packed:
        assert {n: stored.read(n) for n in stored.namelist()} == {n: packed.read(n) for n in packed.namelist()}
    assert (tmp_path / "packed.zip").stat().st_size < (tmp_path / "stored.zip").stat().st_size / 2


def check_size(size_name: str, tmp_path: Path) -> dict[str, str]:
    size = SIZES[size_name]
    files = archive_texts(make_member(1, size), tmp_path)
    assert len(contacts_table(files["Connections.csv"])) == size.connections
    assert len(table(files["messages.csv"])) == size.messages
    assert len(table(files["Reactions.csv"])) == size.reactions
    assert len(table(files["Comments.csv"], backslashes=True)) == size.comments
    assert len({row["ShareLink"] for row in table(files["Shares.csv"])}) == size.posts
    assert len(table(files["Votes.csv"])) == size.votes
    assert len(table(files["InstantReposts.csv"])) == size.reposts
    return files


@pytest.mark.parametrize("size_name", ["small", "typical"])
def test_sizes_hold(size_name: str, tmp_path: Path) -> None:
    check_size(size_name, tmp_path)


@pytest.mark.slow
def test_the_large_size_is_about_100_megabytes_of_csv(tmp_path: Path) -> None:
    files = check_size("large", tmp_path)
    sizes = {name: len(text.encode()) for name, text in files.items()}
    assert 85e6 < sum(sizes.values()) < 115e6
    assert max(sizes.values()) < 64 * 1024 * 1024


def test_contacts_are_written_newest_first_and_hidden_ones_as_a_date_alone(member: DemoMember, tmp_path: Path) -> None:
    rows = contacts_table(archive_texts(member, tmp_path)["Connections.csv"])
    assert list(rows[0]) == ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    days = [datetime.strptime(row["Connected On"], "%d %b %Y").date() for row in rows]  # noqa: DTZ007
    assert days == sorted(days, reverse=True)
    hidden = [row for row in rows if not row["URL"]]
    assert len(hidden) == sum(c.hidden for c in member.contacts) >= 3
    assert all(not any(value for key, value in row.items() if key != "Connected On") for row in hidden)
    shown = {row["URL"]: row for row in rows if row["URL"]}
    for contact in member.contacts:
        if not contact.hidden and contact.lost_on is None:
            row, job = shown[contact.person.url], contact.person.job_on(AS_OF)
            assert (row["First Name"], row["Last Name"]) == (contact.person.first, contact.person.last)
            assert (row["Company"], row["Position"]) == (job.company, job.title)
    assert any("%C3%" in url for url in shown)
    assert any("GmbH" in row["Company"] for row in rows)


def test_invitations_are_written_on_the_clock_of_los_angeles(member: DemoMember, tmp_path: Path) -> None:
    rows = table(archive_texts(member, tmp_path)["Invitations.csv"])
    truth = {(i.person.url, i.sent_at): i for i in member.invitations}
    for row in rows:
        outgoing = row["Direction"] == "OUTGOING"
        other = row["inviteeProfileUrl" if outgoing else "inviterProfileUrl"]
        assert row["inviterProfileUrl" if outgoing else "inviteeProfileUrl"] == member.url
        invitation = truth[other, from_us_clock(row["Sent At"])]
        assert (invitation.outgoing, invitation.note) == (outgoing, row["Message"])
    assert {row["Direction"] for row in rows} == {"OUTGOING", "INCOMING"}
    assert min(from_us_clock(row["Sent At"]) for row in rows) < END - timedelta(days=200)


def test_messages_lie_together_by_thread_newest_first(member: DemoMember, tmp_path: Path) -> None:
    rows = table(archive_texts(member, tmp_path)["messages.csv"])
    threads: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        threads.setdefault(row["CONVERSATION ID"], []).append(row)
    assert [row for thread in threads.values() for row in thread] == rows
    for key, thread in threads.items():
        assert not key or re.fullmatch(r"2-[A-Za-z0-9+/]{54}==", key)
        assert [row["DATE"] for row in thread] == sorted((row["DATE"] for row in thread), reverse=True)
    kinds = Counter(message.kind for _, message in member.messages())
    assert set(kinds) == {"chat", "inmail", "note", "sponsored", "draft"}
    assert sum(row["IS MESSAGE DRAFT"] == "Yes" for row in rows) == kinds["draft"]
    assert sum(row["CONVERSATION TITLE"] == "Sponsored Conversation" for row in rows) == kinds["sponsored"]
    assert sum(bool(row["SUBJECT"]) for row in rows) == kinds["inmail"]
    mine = sum(message.mine for _, message in member.messages())
    assert sum(row["SENDER PROFILE URL"] == member.url for row in rows) == mine
    assert any(row["RECIPIENT PROFILE URLS"].count(",") >= 2 for row in rows)
    assert {row["FOLDER"] for row in rows} == {"INBOX", "ARCHIVE", "SPAM", ""}


def test_posts_come_back_from_their_odd_line_ends(member: DemoMember, tmp_path: Path) -> None:
    rows = table(archive_texts(member, tmp_path)["Shares.csv"])
    found = {row["ShareLink"]: row["ShareCommentary"].replace('"\n"', "\n") for row in rows}
    assert sorted(found.values()) == sorted(act.text for act in member.acts if act.kind == "post")
    assert len(rows) > len(found)  # a post with two pictures is listed twice
    assert {row["SharedUrl"] for row in rows} == {"", '""'}


def test_comments_come_back_from_their_backslashes(member: DemoMember, tmp_path: Path) -> None:
    rows = table(archive_texts(member, tmp_path)["Comments.csv"], backslashes=True)
    comments = [act for act in reversed(member.acts) if act.kind == "comment"]
    assert [row["Message"] for row in rows] == [act.text for act in comments]
    assert any('"' in act.text for act in comments)
    assert any("\n" in act.text for act in comments)


def test_links_name_the_group_and_a_post_no_later_than_the_act(member: DemoMember, tmp_path: Path) -> None:
    files = archive_texts(member, tmp_path)
    places: Counter[str | None] = Counter()
    for name in ("Reactions.csv", "Votes.csv", "Comments.csv"):
        for row in table(files[name], backslashes=name == "Comments.csv"):
            link, at = unquote(row["Link"]), datetime.fromisoformat(row["Date"])
            found = re.search(r"update/urn:li:(?:activity:|ugcPost:|groupPost:(\d+)-)(\d+)", link)
            assert found
            assert datetime.fromtimestamp((int(found[2]) >> 22) / 1000, UTC).replace(tzinfo=None) <= at
            places[found[1]] += 1
            places["comment"] += "commentUrn" in link
    assert {group.number for group in member.groups} < set(places)
    assert places["comment"]


def test_dates_are_written_as_each_file_writes_them(member: DemoMember, tmp_path: Path) -> None:
    seconds, american = r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", r"\d\d?/\d\d?/\d\d, \d\d?:\d\d [AP]M"
    files = archive_texts(member, tmp_path)
    for name, column, pattern in (
        ("messages.csv", "DATE", seconds + " UTC"),
        ("Shares.csv", "Date", seconds),
        ("Comments.csv", "Date", seconds),
        ("Reactions.csv", "Date", seconds),
        ("Votes.csv", "Date", seconds),
        ("InstantReposts.csv", "Date", seconds),
        ("Member_Follows.csv", "Date", seconds),
        ("Hashtag_Follows.csv", "CreatedTime", seconds),
        ("Invitations.csv", "Sent At", american),
        ("Recommendations_Received.csv", "Creation Date", american),
        ("Recommendations_Given.csv", "Creation Date", american),
        ("Jobs/Job Applications.csv", "Application Date", american),
        ("Jobs/Saved Jobs.csv", "Saved Date", american),
        ("Endorsement_Received_Info.csv", "Endorsement Date", seconds.replace("-", "/") + " UTC"),
        ("Endorsement_Given_Info.csv", "Endorsement Date", seconds.replace("-", "/") + " UTC"),
        ("Company Follows.csv", "Followed On", r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC 20\d\d"),
    ):
        rows = table(files[name], backslashes=name == "Comments.csv")
        assert [row[column] for row in rows if not re.fullmatch(pattern, row[column])] == [], name


def test_no_row_is_later_than_the_export(member: DemoMember, tmp_path: Path) -> None:
    for as_of in (None, date(2024, 5, 3)):
        last = datetime.combine(as_of or AS_OF, END.time())
        files = archive_texts(member, tmp_path, as_of)
        for name, text in files.items():
            if name == "Events.csv":  # a calendar looks ahead
                continue
            iso = [datetime.fromisoformat(stamp) for stamp in re.findall(r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", text)]
            slashed = [
                datetime.fromisoformat(s.replace("/", "-"))
                for s in re.findall(r"20\d\d/\d\d/\d\d \d\d:\d\d:\d\d", text)
            ]
            american = [from_us_clock(s) for s in re.findall(r"\d+/\d+/\d\d, \d+:\d\d [AP]M", text)]
            days = [datetime.strptime(s, "%d %b %Y") for s in re.findall(r"\d\d [A-Z][a-z]{2} 20\d\d", text)]  # noqa: DTZ007
            assert all(moment <= last for moment in iso + slashed + american + days), name
    assert all(c.confirmed_at is None or c.confirmed_at <= END for c in member.xing_contacts)
    assert all(m.sent_at <= END for talk in member.xing_conversations for m in talk.messages)


def test_an_accepted_note_is_a_message_at_that_moment(member: DemoMember) -> None:
    notes = {
        (talk.others[0], message.sent_at): (message.text, message.mine)
        for talk, message in member.messages()
        if message.kind == "note"
    }
    accepted = {(i.person, i.accepted_at): (i.note, i.outgoing) for i in member.invitations if i.note and i.accepted_at}
    assert notes == accepted
    assert len(notes) > 5
    assert any(i.note and not i.accepted_at for i in member.invitations)
    connected = {c.person: c.connected_at for c in member.contacts}
    assert all(connected[i.person] == i.accepted_at >= i.sent_at for i in member.invitations if i.accepted_at)


def test_labels_agree_with_the_text(member: DemoMember) -> None:
    talks = [*member.conversations, *member.xing_conversations]
    written = [message for talk in talks for message in talk.messages if message.kind in ("chat", "inmail")]
    assert all(message.asks == ("?" in message.text) for message in written)
    assert all(message.mine == (message.sender is None) for message in written)
    for label in ("asks", "offers", "asks_advice"):
        assert any(getattr(message, label) for message in written)
    assert all(message.sender in talk.others for talk in talks for message in talk.messages if message.sender)


def test_recruiting_is_what_the_story_says(member: DemoMember) -> None:
    genuine = [a for a in member.approaches if a.genuine and a.first_at.date() >= date(2026, 8, 1)]
    assert len(genuine) == 7
    assert sum(a.answered_at is not None for a in genuine) == 5
    assert [monday_of(a.first_at) for a in genuine].count(REPORTED) == 2
    assert {a.channel for a in genuine} == {"inmail", "invitation", "xing"}
    contacts = {c.person for c in member.contacts}
    for approach in member.approaches:
        assert (approach.person in contacts) == (approach.channel == "invitation")
        assert approach.genuine == (approach.person.role == "recruiter")
    assert {p.role for talk in member.conversations for p in talk.others} >= {"sales", "spam", "fake recruiter", "hr"}
    titles = " ".join(a.person.job_on(AS_OF).title for a in member.approaches)
    assert re.search("Recruit|Talent|Sourc|Personal|Headhunt", titles)


def test_somebody_is_there_for_every_reason_to_write(member: DemoMember) -> None:
    assert len(member.waiting(AS_OF)) >= 3
    assert len(member.silent()) >= 3
    assert len(member.dormant(AS_OF)) >= 4
    changed = member.job_changes(SEARCH, AS_OF)
    assert len(changed) >= 4
    wanted = {" ".join(name.split()[:2]).lower() for name in member.dream_companies}
    named = [c.person.job_on(AS_OF).company for c in member.contacts if not c.hidden and c.lost_on is None]
    assert len([company for company in named if " ".join(company.split()[:2]).lower() in wanted]) >= 3
    received = [r for r in member.recommendations if not r.given]
    assert max(r.done_at for r in received).date() >= date(2026, 10, 1)


def test_the_reported_week_is_a_good_one_and_the_days_after_it_are_not_empty(member: DemoMember) -> None:
    contacts = [monday_of(c.connected_at) for c in member.contacts if c.lost_on is None]
    acts = [monday_of(act.done_at) for act in member.acts]
    group_acts = [monday_of(act.done_at) for act in member.acts if act.group]
    assert 3 <= contacts.count(REPORTED) <= 6
    assert 5 <= group_acts.count(REPORTED) <= 12
    after = REPORTED + timedelta(weeks=1)
    assert contacts.count(after)
    assert acts.count(after)


def test_the_search_shows_and_the_holiday_is_quiet(member: DemoMember) -> None:
    connected = [c.connected_on for c in member.contacts]
    assert min(connected).year == 2014
    before = sum(SEARCH - timedelta(weeks=20) <= day < SEARCH for day in connected)
    assert sum(day >= SEARCH for day in connected) > 3 * before
    own = {monday_of(act.done_at) for act in member.acts}
    own |= {monday_of(invitation.sent_at) for invitation in member.invitations if invitation.outgoing}
    assert not {date(2026, 8, 3), date(2026, 8, 10)} & own
    streak = [date(2026, 8, 17) + timedelta(weeks=n) for n in range(13)]
    sent = {monday_of(m.sent_at) for _, m in member.messages() if m.mine and m.kind == "chat"}
    assert set(streak) <= own | sent


def test_moments_at_the_turn_of_odd_weeks_are_there(member: DemoMember) -> None:
    moments = {message.sent_at.isoformat() for _, message in member.messages()}
    assert {"2026-03-29T21:59:59", "2026-03-29T22:00:00", "2026-10-25T22:59:59", "2026-10-25T23:00:00"} <= moments
    assert {"2020-12-27T22:59:59", "2020-12-27T23:00:00", "2021-01-03T22:59:59", "2021-01-03T23:00:00"} <= moments


def test_names_repeat_and_some_people_are_on_both_platforms(member: DemoMember) -> None:
    names = Counter(c.person.plain_name for c in member.contacts)
    assert any(count > 1 for count in names.values())
    urls = [c.person.url for c in member.contacts]
    assert len(set(urls)) == len(urls)
    both = member.on_both_platforms
    assert 0.2 < len(both) / len(member.contacts) < 0.35
    assert len(member.xing_contacts) > 1.5 * len(both)
    xing = Counter(c.name for c in member.xing_contacts)
    assert any(xing[name] and names[name] + xing[name] > 2 for name in names)
    assert any(c.confirmed_at is None for c in member.xing_contacts)


def test_the_xing_bundle_follows_its_grammar(member: DemoMember, tmp_path: Path) -> None:
    write_exports(member, tmp_path)
    tables = {}
    for path in (tmp_path / "xing-datenauskunft").rglob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True))
        tables[tuple(rows[0]) if len(rows[0]) < 6 else "messages"] = rows
    contacts, notes = tables["Name", "Kontakt bestätigt am"], tables["Name", "Erstellt am", "Text der Notiz"]
    assert [row[0] for row in contacts[1:]] == [c.name for c in reversed(member.xing_contacts)]
    assert member.name in [row[0] for row in notes]
    conversations = [row for row in tables["messages"] if row[0]]
    messages = [row for row in tables["messages"] if not row[0]]
    assert all(row[3:] == ["", "", ""] and member.name in row[2].split(",") for row in conversations)
    assert all(row[:3] == ["", "", ""] and row[4].endswith(" UTC") for row in messages)
    assert len(conversations) == len(member.xing_conversations)
    assert len(messages) == sum(len(talk.messages) for talk in member.xing_conversations)
    assert any(row[2].count(",") > 1 for row in conversations)
    assert any(not talk.messages for talk in member.xing_conversations)


def test_an_older_snapshot_says_what_was_true_then(member: DemoMember, tmp_path: Path) -> None:
    then = date(2026, 7, 10)
    old = {row["URL"]: row for row in contacts_table(archive_texts(member, tmp_path, then)["Connections.csv"])}
    new = {row["URL"]: row for row in contacts_table(archive_texts(member, tmp_path)["Connections.csv"])}
    lost = {c.person.url for c in member.contacts if c.lost_on and c.lost_on > then and c.connected_on < then}
    assert lost
    assert lost <= set(old)
    assert not lost & set(new)
    later = {c.person.url for c in member.contacts if c.connected_on > then and not c.hidden}
    assert later <= set(new)
    assert not later & set(old)
    changed = {person.url: job for person, job in member.job_changes(then, AS_OF)}
    for url, job in changed.items():
        assert (new[url]["Company"], new[url]["Position"]) == (job.company, job.title)
        assert (old[url]["Company"], old[url]["Position"]) != (job.company, job.title)


def test_a_snapshot_from_before_she_did_something_lacks_the_file(member: DemoMember, tmp_path: Path) -> None:
    files = archive_texts(member, tmp_path, date(2019, 6, 3))
    assert set(files) < FILES
    assert not {"Votes.csv", "InstantReposts.csv", "Jobs/Job Applications.csv"} & set(files)


def test_another_name_changes_nothing_but_the_name(tmp_path: Path) -> None:
    files = archive_texts(make_member(1, SMALL, name="Kim Probe"), tmp_path)
    as_usual = archive_texts(make_member(1, SMALL), tmp_path)
    assert NAME not in files["messages.csv"]
    assert {name: text.replace(NAME, "Kim Probe") for name, text in as_usual.items() if name != "Profile.csv"} == {
        name: text for name, text in files.items() if name != "Profile.csv"
    }
