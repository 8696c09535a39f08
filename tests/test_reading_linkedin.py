"""LinkedIn's files in every form that they have had, and what is taken from each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines.models import load_models
from pipelines.readers import SOURCES, claim, file_key, never_open
from tests.reading_samples import KEY, LINK, Raw, at, lines, read_file, table, write_export

if TYPE_CHECKING:
    from pathlib import Path

PREAMBLE = b'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing, see https://example.org"\n\n'
URL = "https://www.linkedin.com/in/ben-m%C3%BCller-1a2b"


# Names of files


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Connections.csv", "linkedin_connections"),
        ("connections (1).csv", "linkedin_connections"),
        ("Complete_LinkedInDataExport_11-20-2026/Connections.csv", "linkedin_connections"),
        ("Shares_1158443584.csv", "linkedin_shares"),
        ("Shares_1158443584 (2).csv", "linkedin_shares"),
        ("Instant_Reposts.csv", "linkedin_reposts"),
        ("reactions.CSV", "linkedin_reactions"),
        ("Messages.csv", "linkedin_messages"),
        ("Jobs/Job Applications_1.csv", "linkedin_job_applications"),
        ("Jobs/Job Applications_1_1158443584.csv", "linkedin_job_applications"),
        ("Shares_1158443584_1.csv", "linkedin_shares"),
        ("Shares 2.csv", "linkedin_shares"),
        ("Shares - Kopie (3).csv", "linkedin_shares"),
        ("Kopie von Shares.csv", "linkedin_shares"),
        ("Shares copy 2.csv", "linkedin_shares"),
        ("Endorsement Received Info.csv", "linkedin_endorsements_received"),
        ("Endorsement_Given_Info.csv", "linkedin_endorsements_given"),
        ("Company Follows.csv", "linkedin_company_follows"),
        ("Ad_Targeting.csv", "linkedin_member_groups"),
    ],
)
def test_drifting_names_are_the_same_file(name: str, source: str) -> None:
    claimed = claim(name).source
    assert claimed is not None
    assert claimed.name == source


@pytest.mark.parametrize(
    "name",
    [
        "Logins.csv", "Security Challenges.csv", "Security_Challenges.csv", "Contacts.csv", "ImportedContacts.csv", "Imported Contacts.csv",
        "Receipts.csv", "Receipts_v2.csv", "coach_messages.csv", "learning_coach_messages.csv", "learning_role_play_messages.csv",
        "guide_messages.csv", "LearningCoachMessages.csv", "export/logins (1).CSV", "Logins_1.csv",
        "Logins_1158443584_1.csv", "Logins 2.csv", "Contacts - Kopie.csv", "Copy of Logins.csv", "Logins_old.csv", "Receipts_v3.csv",
    ],
)  # fmt: skip
def test_private_files_are_never_opened(name: str) -> None:
    assert never_open(name)
    assert claim(name).kind == "never opened"


@pytest.mark.parametrize(
    "name",
    ["SearchQueries.csv", "Search Queries.csv", "Rich Media.csv", "Education.csv", "Articles/Articles/eins.html"],
)
def test_known_files_that_no_metric_needs_are_left_alone(name: str) -> None:
    assert claim(name).kind == "unused"
    assert not never_open(name)


def test_a_version_in_a_name_is_not_taken_for_a_part() -> None:
    assert file_key("Receipts_v2.csv") != file_key("Receipts.csv")
    assert file_key("Receipts_2.csv") == file_key("Receipts.csv")


def test_no_two_sources_claim_the_same_file() -> None:
    keys = [key for source in SOURCES for key in source.files]
    assert len(keys) == len(set(keys))


def test_never_opened_and_unknown_files_stay_in_the_ledger(tmp_path: Path) -> None:
    raw = Raw(
        write_export(
            tmp_path, {"Logins.csv": b"Login Date\n", "neu.csv": b"a,b\n1,2\n", "bild.xyz": b"x", "Education.csv": b""}
        )
    )
    assert {name: raw.file(name).status for name in ("Logins.csv", "neu.csv", "bild.xyz", "Education.csv")} == {
        "Logins.csv": "never opened",
        "neu.csv": "unknown",
        "bild.xyz": "unknown",
        "Education.csv": "unused",
    }


def test_parts_are_joined_and_equal_files_count_once(tmp_path: Path) -> None:
    first, second = (lines("Date,Link", *(f"2024-02-05 10:11:{i:02d},x" for i in range(n))) for n in (5, 7))
    raw = Raw(write_export(tmp_path, {"Votes.csv": first, "Votes_1.csv": second, "Votes (1).csv": first}))
    assert raw.column("select count(*) from raw_linkedin_votes") == [12]
    assert raw.file("Votes.csv").status == "unused"
    assert raw.file("Votes.csv").message == "The same bytes as Votes (1).csv, which was read."


# Connections


@pytest.mark.parametrize(
    ("header", "record", "body_before"),
    [
        ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", f"Ben,Müller,{URL},,A,B,05 Feb 2024", PREAMBLE),
        ("First Name,Last Name,Email Address,Company,Position,Connected On", "Ben,Müller,,A,B,05 Feb 2024", PREAMBLE),
        ("First Name,Last Name,Email Address,Company,Position,Connected On", 'Ben,Müller,,A,B,"2/5/24, 1:00 AM"', b""),
        ("First Name,Last Name,Address,Email Address,Company,Position,Connected On,Websites,Instant Messengers", "Ben,Müller,,,A,B,05 Feb 2024,,", b""),
        ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", f"Ben,Müller,{URL},,A,B,05-Feb-24", b"\xef\xbb\xbf"),
        (",First Name,Last Name,URL,Email Address,Company,Position,Connected On", f"1,Ben,Müller,{URL},NA,A,B,2024-02-05", b""),
        ("Vorname;Nachname;URL;E-Mail-Adresse;Unternehmen;Position;Verbunden am", f"Ben;Müller;{URL};;A;B;05.02.2024", b""),
    ],
    ids=["2023 to 2026", "2021", "2018", "2020", "saved by Excel", "saved by R", "German headers"],
)  # fmt: skip
def test_connections_of_every_year(tmp_path: Path, header: str, record: str, body_before: bytes) -> None:
    raw, ledger = read_file(tmp_path, "Connections.csv", body_before + lines(header, record))
    assert ledger.counts == (1, 1, 0)
    assert ledger.columns_unknown == []
    assert raw.rows(
        "select first_name, last_name, company, position, connected_on, email_key from raw_linkedin_connections"
    ) == [("Ben", "Müller", "A", "B", date(2024, 2, 5), None)]
    assert raw.column("select url from raw_linkedin_connections") == [URL if "URL" in header else None]
    assert ledger.columns_missing == ([] if "URL" in header else ["URL"])


def test_hidden_contacts_are_kept_with_their_date(tmp_path: Path) -> None:
    body = lines(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        ",,,,,,05 Feb 2024",
        "NA,NA,NA,NA,NA,NA,06 Feb 2024",
    )
    raw, ledger = read_file(tmp_path, "Connections.csv", body)
    assert ledger.counts == (2, 2, 0)
    assert raw.rows("select first_name, last_name, url, connected_on from raw_linkedin_connections order by row") == [
        (None, None, None, date(2024, 2, 5)),
        (None, None, None, date(2024, 2, 6)),
    ]


def test_an_address_is_kept_as_a_hash_and_what_is_none_is_not(tmp_path: Path) -> None:
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    mails = ("Ben@Example.org", " ben@example.org ", "urn:li:x@y", "NA", "")
    raw, _ = read_file(tmp_path, "Connections.csv", lines(header, *(f"B,M,,{mail},,,05 Feb 2024" for mail in mails)))
    keys = raw.column("select email_key from raw_linkedin_connections order by row")
    assert keys[0] == keys[1]
    assert len(keys[0]) == 64
    assert keys[2:] == [None, None, None]


def test_connections_are_known_by_their_columns_whatever_the_file_is_called(tmp_path: Path) -> None:
    body = PREAMBLE + lines(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On", "B,M,,,,,05 Feb 2024"
    )
    _, ledger = read_file(tmp_path, "meine kontakte.csv", body)
    assert ledger.source == "linkedin_connections"
    assert ledger.counts == (1, 1, 0)


# Invitations and messages


def test_invitations_with_and_without_addresses(tmp_path: Path) -> None:
    old = ["From", "To", "Sent At", "Message", "Direction"]
    row = ["Ada", "Ben", "2/5/24, 10:11 AM", "", "outgoing"]
    cases = [
        (old, row, (None, None)),
        ([*old, "inviterProfileUrn", "inviteeProfileUrn"], [*row, "urn:li:member:1", "urn:li:member:2"], (None, None)),
        (
            [*old, "inviterProfileUrl", "inviteeProfileUrl"],
            [*row, "https://www.linkedin.com/in", "https://www.linkedin.com/in/"],
            (None, None),
        ),
        ([*old, "inviterProfileUrl", "inviteeProfileUrl"], [*row, URL, f"{URL}x/"], (URL, f"{URL}x")),
    ]
    for i, (header, record, urls) in enumerate(cases):
        raw, ledger = read_file(tmp_path / str(i), "Invitations.csv", table(header, [record]))
        assert ledger.counts == (1, 1, 0)
        assert ledger.columns_unknown == []
        assert raw.rows("select direction, inviter_url, invitee_url from raw_linkedin_invitations") == [
            ("OUTGOING", *urls)
        ]


NEWEST = [
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT",
    "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT",
]  # fmt: skip


def message(**cells: str) -> list[str]:
    usual = {
        "CONVERSATION_ID": "2-abc==",
        "FROM": "Ben Müller",
        "SENDER_PROFILE_URL": URL,
        "TO": "Ada Beispiel",
        "RECIPIENT_PROFILE_URLS": "https://www.linkedin.com/in/ada",
        "DATE": "2024-02-05 10:11:12 UTC",
        "CONTENT": "Hallo",
        "FOLDER": "INBOX",
        "IS_MESSAGE_DRAFT": "No",
    }
    found = usual | cells
    return [found.get(name.replace(" ", "_"), "") for name in NEWEST]


@pytest.mark.parametrize(
    "dropped",
    [
        [],
        ["IS MESSAGE DRAFT"],
        ["ATTACHMENTS", "IS MESSAGE DRAFT"],
        ["ATTACHMENTS", "IS MESSAGE DRAFT", "RECIPIENT PROFILE URLS"],
    ],
    ids=["2026", "2025", "2023", "2021"],
)
def test_messages_of_every_year(tmp_path: Path, dropped: list[str]) -> None:
    kept = [i for i, name in enumerate(NEWEST) if name not in dropped]
    body = table([NEWEST[i] for i in kept], [[message()[i] for i in kept]])
    raw, ledger = read_file(tmp_path, "messages.csv", body)
    assert ledger.counts == (1, 1, 0)
    assert (ledger.columns_unknown, ledger.columns_missing) == ([], [])
    assert raw.rows(
        "select conversation_id, sender, sender_url, recipients, sent_at, is_draft, is_sponsored from raw_linkedin_messages"
    ) == [("2-abc==", "Ben Müller", URL, "Ada Beispiel", at("2024-02-05 10:11:12"), False, False)]


def test_messages_of_2018_tell_their_direction(tmp_path: Path) -> None:
    body = table(
        ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"],
        [["Ada", "Ben", "2/5/18, 4:00 PM", "", "Hallo", "OUTGOING", "SENT"]],
    )
    raw, ledger = read_file(tmp_path, "Messages.csv", body)
    assert ledger.counts == (1, 1, 0)
    assert ledger.columns_unknown == []
    assert raw.rows("select direction, sent_at, folder, conversation_id from raw_linkedin_messages") == [
        ("OUTGOING", at("2018-02-06 00:00:00"), "SENT", None)
    ]


def test_a_body_leaves_flags_behind_and_no_text(tmp_path: Path) -> None:
    rows = [
        message(CONTENT="Hast du morgen Zeit?"),
        message(CONTENT="Gern, ich kann Dir Helfen und helfe dir gern."),
        message(CONTENT="Was würdest du an meiner Stelle tun?"),
        message(CONTENT="We're hiring: an OPEN ROLE in our team"),
        message(CONTENT=""),
    ]
    raw, _ = read_file(tmp_path, "messages.csv", table(NEWEST, rows))
    assert raw.rows("select asks, offers, asks_advice from raw_linkedin_messages order by row") == [
        (True, False, False),
        (False, True, False),
        (True, False, True),
        (False, True, False),
        (False, False, False),
    ]
    for (name,) in raw.rows("select table_name from duckdb_tables()"):
        assert "Stelle" not in str(raw.rows(f"select * from {name}"))


def test_drafts_are_marked(tmp_path: Path) -> None:
    header = [*NEWEST, "IS CONVERSATION DRAFT"]
    rows = [
        [*message(IS_MESSAGE_DRAFT="Yes", CONVERSATION_ID="", TO="", FOLDER=""), "No"],
        [*message(), "Yes"],
        [*message(), "No"],
    ]
    raw, _ = read_file(tmp_path, "messages.csv", table(header, rows))
    assert raw.column("select is_draft from raw_linkedin_messages order by row") == [True, True, False]


def test_advertisements_are_marked(tmp_path: Path) -> None:
    gone = {"FROM": "LinkedIn Member", "SENDER_PROFILE_URL": ""}
    rows = [
        message(CONVERSATION_TITLE="Sponsored Conversation", CONVERSATION_ID="a"),
        message(CONTENT='<p class="spinmail-quill-editor__spin-break">x</p>', CONVERSATION_ID="b", **gone),
        # Newest first: who opens a titled conversation without name and address advertises, who answers in one has left.
        message(CONVERSATION_TITLE="Jetzt testen", CONVERSATION_ID="c", DATE="2024-02-06 10:11:12 UTC", **gone),
        message(CONVERSATION_TITLE="Jetzt testen", CONVERSATION_ID="c", **gone),
        message(CONVERSATION_TITLE="Stammtisch", CONVERSATION_ID="d", DATE="2024-02-06 10:11:12 UTC", **gone),
        message(CONVERSATION_TITLE="Stammtisch", CONVERSATION_ID="d"),
        message(CONVERSATION_ID="e", **gone),
    ]
    raw, _ = read_file(tmp_path, "messages.csv", table(NEWEST, rows))
    sponsored = raw.column("select is_sponsored from raw_linkedin_messages order by row")
    assert sponsored == [True, True, False, True, False, False, False]


def test_a_note_is_recognised_in_the_message_that_it_became(tmp_path: Path) -> None:
    note = 'Liebe Ada,\nwir kennen uns aus Köln,  "damals" im  Chor.\nGrüße 🙂'
    flat = ' Liebe Ada, wir kennen uns aus köln, "damals" im Chor. Grüße 🙂'
    header = ["From", "To", "Sent At", "Message", "Direction"]
    files = {
        "Invitations.csv": table(
            header, [["Ada", "Ben", "2/5/24, 10:11 AM", text, "OUTGOING"] for text in (note, "", " ")]
        ),
        "messages.csv": table(
            NEWEST, [message(CONTENT=text) for text in (flat, flat + "!", "", " ", "x" * 401, "x" * 400)]
        ),
    }
    raw = Raw(write_export(tmp_path, files))
    [key, *none] = raw.column("select note_key from raw_linkedin_invitations order by row")
    same, other, *without, long, longest = raw.column("select text_key from raw_linkedin_messages order by row")
    assert len(key) == 64
    assert key == same
    assert key != other
    assert none == without == [None, None]
    assert long is None
    assert longest is not None
    another = Raw(tmp_path / "none.zip")
    assert another.column("select count(*) from raw_linkedin_invitations") == [0]


def test_another_key_makes_other_hashes(tmp_path: Path) -> None:
    from pipelines.archive import Limits
    from pipelines.ingest import ingest
    from pipelines.members import Member

    path = write_export(tmp_path, {"messages.csv": table(NEWEST, [message()])})
    raw = Raw(path)
    ingest(raw.connection, Member(key="eva"), [path], limits=Limits(), key=bytes(reversed(KEY)))
    assert len(set(raw.column("select text_key from raw_linkedin_messages"))) == 2


# Shares and comments


def test_shares_of_2018_2021_and_2026(tmp_path: Path) -> None:
    head = "\t".join(
        f'"{h}"'
        for h in (
            "Date",
            "Share Title",
            "Share Description",
            "Share Link",
            "Share Commentary",
            "Shared URL",
            "Media URL",
            "Type",
            "Visibility",
        )
    )
    row = "\t".join(
        f'"{c}"' for c in ("2024/02/05 10:11:12 UTC", "", "", LINK, 'er sagte ""so""', "", "", "SHARE", "Public")
    )
    bodies = [
        f"{head}\n{row}\n".encode("utf-16"),
        lines("Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility", f'2024-02-05 10:11:12,{LINK},"eins""\r\n""zwei, drei","""""",,MEMBER_NETWORK', end="\r\n"),
        lines("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", f'2024-02-05 10:11:12,{LINK},"eins""\n""zwei, drei","""""",,MEMBER_NETWORK'),
    ]  # fmt: skip
    for i, body in enumerate(bodies):
        raw, ledger = read_file(tmp_path / str(i), "Shares.csv", body)
        assert ledger.counts == (1, 1, 0)
        assert (ledger.columns_unknown, ledger.columns_missing) == ([], [])
        assert raw.rows("select shared_at, link from raw_linkedin_shares") == [(at("2024-02-05 10:11:12"), LINK)]


def test_a_link_of_two_quotes_is_none(tmp_path: Path) -> None:
    raw, _ = read_file(tmp_path, "Shares.csv", lines("Date,ShareLink", '2024-02-05 10:11:12,""""""'))
    assert raw.column("select link from raw_linkedin_shares") == [None]


COMMENTS = "Date,Link,Message"
STAMP = "2024-02-05 10:11:12"


def texts(raw: Raw) -> list[int]:
    return raw.column("select text_length from raw_linkedin_comments order by row")


def test_old_comments_run_over_lines_without_quotes(tmp_path: Path) -> None:
    body = lines(
        COMMENTS,
        f"{STAMP},{LINK},eins",
        f"{STAMP},{LINK},Liebe alle",
        "",
        "das war sehr schön",
        "bis bald",
        f'{STAMP},{LINK},"danke, ""sehr"" nett',
        'wirklich, ja"',
        f"{STAMP},{LINK},",
        end="\r\n",
    )
    raw, ledger = read_file(tmp_path, "Comments.csv", body)
    assert ledger.counts == (4, 4, 0)
    first, second, third, last = texts(raw)
    assert (first, third, last) == (4, len('danke, "sehr" nett\nwirklich, ja'), 0)
    assert second >= len("Liebe alledas war sehr schönbis bald")


def test_new_comments_escape_their_quotes(tmp_path: Path) -> None:
    body = lines(
        COMMENTS,
        f'{STAMP},{LINK},"sie sagte \\"ja, gern\\"',
        'und ging"',
        f"{STAMP},{LINK},kurz",
        f'{STAMP},{LINK},"C:\\\\"',
    )
    raw, ledger = read_file(tmp_path, "Comments.csv", body)
    assert ledger.counts == (3, 3, 0)
    assert texts(raw) == [len('sie sagte "ja, gern"\nund ging'), 4, 3]


def test_a_line_of_two_commas_goes_on_the_comment_before(tmp_path: Path) -> None:
    raw, ledger = read_file(tmp_path, "Comments.csv", lines(COMMENTS, f"{STAMP},{LINK},Zutaten", ", ,"))
    assert ledger.counts == (1, 1, 0)
    assert texts(raw) == [len("Zutaten\n, ,")]


def test_a_date_and_a_link_within_quotes_begin_no_comment(tmp_path: Path) -> None:
    body = lines(COMMENTS, f'{STAMP},{LINK},"\\"so:', f'{STAMP},{LINK}\\""', f"{STAMP},{LINK},zwei")
    raw, ledger = read_file(tmp_path, "Comments.csv", body)
    assert ledger.counts == (2, 2, 0)
    assert texts(raw) == [len(f'"so:\n{STAMP},{LINK}"'), 4]


def test_a_comment_that_ends_in_a_backslash_does_not_turn_old_quotes_into_new_ones(tmp_path: Path) -> None:
    body = lines(COMMENTS, f'{STAMP},{LINK},"a, b\\"', f'{STAMP},{LINK},"c, ""d"""', end="\r\n")
    raw, ledger = read_file(tmp_path, "Comments.csv", body)
    assert ledger.counts == (2, 2, 0)
    assert texts(raw) == [5, 6]


@pytest.mark.parametrize("text", [f"{STAMP},{LINK}", f"{STAMP},{LINK},a,b"])
def test_a_comment_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    _, ledger = read_file(
        tmp_path, "Comments.csv", lines(COMMENTS, f"{STAMP},{LINK},eins", text, f"{STAMP},{LINK},zwei")
    )
    assert ledger.counts == (3, 2, 1)
    assert ledger.refusals[0][0] == 3


def test_a_comment_ends_where_the_next_one_begins_whatever_stands_in_it(tmp_path: Path) -> None:
    ends_in_a_backslash = lines(COMMENTS, f'{STAMP},{LINK},"a, b\\"', f'{STAMP},{LINK},"""so"""', end="\r\n")
    holds_a_date = lines(COMMENTS, f"{STAMP},{LINK},Termin:", STAMP, "2024-03-01", f"{STAMP},https://x.de/1,zwei")
    for i, (body, expected) in enumerate(((ends_in_a_backslash, [5, 4]), (holds_a_date, [38, 4]))):
        raw, ledger = read_file(tmp_path / str(i), "Comments.csv", body)
        assert ledger.counts == (2, 2, 0)
        assert texts(raw) == expected


@pytest.mark.parametrize("rest", [STAMP, f"{STAMP},{LINK[:20]}", f'{STAMP},{LINK},"zw'])
def test_a_file_of_comments_that_is_cut_off_refuses_the_last_one(tmp_path: Path, rest: str) -> None:
    _, ledger = read_file(tmp_path, "Comments.csv", lines(COMMENTS, f"{STAMP},{LINK},eins") + rest.encode())
    assert ledger.counts == (2, 1, 1)
    assert ledger.refusals[0][0] == 3


@pytest.mark.parametrize("date", ["gestern", "2023-02-29 10:11:12"])
def test_a_comment_of_no_day_is_refused_and_not_added_to_the_one_before(tmp_path: Path, date: str) -> None:
    _, ledger = read_file(tmp_path, "Comments.csv", lines(COMMENTS, f"{STAMP},{LINK},eins", f"{date},{LINK},zwei"))
    assert ledger.counts == (2, 1, 1)


def test_a_line_before_the_first_comment_goes_on_nothing(tmp_path: Path) -> None:
    _, ledger = read_file(tmp_path, "Comments.csv", lines(COMMENTS, "das war schön", f"{STAMP},{LINK},eins", "zwei"))
    assert ledger.counts == (2, 1, 1)
    assert ledger.refusals == [(2, "the record has fewer fields than the header")]


def test_a_broken_comment_is_refused_and_not_added_to_the_one_before(tmp_path: Path) -> None:
    body = lines(COMMENTS, f"{STAMP},{LINK},eins", f'{STAMP},{LINK},"zwei', f"{STAMP},{LINK},drei")
    raw, ledger = read_file(tmp_path, "Comments.csv", body)
    assert ledger.counts == (3, 2, 1)
    assert ledger.refusals == [(3, "a quote is never closed")]
    assert texts(raw) == [4, 4]


# The others

E_HEAD = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name"


def test_of_what_no_table_reads_nothing_but_its_date_is_stored() -> None:
    models = load_models()
    read = {table for model in models if model.name != "tables_hold_what_was_kept" for table in model.depends_on}
    unread = {source.name: source for source in SOURCES if source.table not in read}
    assert set(unread) == {
        "linkedin_events", "linkedin_hashtag_follows", "linkedin_member_follows", "linkedin_member_groups", "linkedin_profile",
        "linkedin_skills", "xing_notes",
    }  # fmt: skip
    # The owner is found by the profile's name.
    stored = {c.name for source in unread.values() for c in source.columns if c is not source.dated_column()}
    assert stored == {"first_name", "last_name"}


@pytest.mark.parametrize(
    ("name", "header", "record", "query", "row"),
    [
        ("Votes.csv", "Date,Link,OptionText", f"{STAMP},x,Ja", "select voted_at, link from raw_linkedin_votes", (at("2024-02-05 10:11:12"), "x")),
        ("Endorsement_Received_Info.csv", f"{E_HEAD},Endorser Public Url,Endorsement Status", "2024/02/05 10:11:12 UTC,SQL,Ben,M,www.linkedin.com/in/ben,ACCEPTED", "select endorsed_at, skill, url, status from raw_linkedin_endorsements_received", (at("2024-02-05 10:11:12"), "SQL", "www.linkedin.com/in/ben", "ACCEPTED")),
        ("Endorsement Received Info.csv", f"{E_HEAD},Endorsement Status", "2024/02/05 10:11:12 UTC,SQL,Ben,M,ACCEPTED", "select url from raw_linkedin_endorsements_received", (None,)),
        ("Recommendations_Given.csv", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status", 'Ben,M,A,B,"Sehr, gut","2/5/24, 10:11 AM",VISIBLE', "select recommended_at, status from raw_linkedin_recommendations_given", (at("2024-02-05 18:11:00"), "VISIBLE")),
        ("Company Follows.csv", "Organization,Followed On", "Blaufuchs,Mon Feb 05 10:11:12 UTC 2024", "select company, followed_at from raw_linkedin_company_follows", ("Blaufuchs", at("2024-02-05 10:11:12"))),
        ("Member_Follows.csv", "Date,Status,FullName", f"{STAMP},Active,Ben M", "select followed_at from raw_linkedin_member_follows", (at("2024-02-05 10:11:12"),)),
        ("Hashtag_Follows_77.csv", "HashTag,CreatedTime,LastModifiedTime,State", f"#x,{STAMP},{STAMP},Active", "select followed_at from raw_linkedin_hashtag_follows", (at("2024-02-05 10:11:12"),)),
        ("Events.csv", "Event Name,Event Time,Status,External Url", 'Messe,"Sep 23, 2022 12:00 PM - 1:00 PM",APPROVED,', "select row from raw_linkedin_events", (1,)),
        ("Positions.csv", "Company Name,Title,Description,Location,Started On,Finished On", "A,B,,,Feb 2024,", "select company, started_on, finished_on from raw_linkedin_positions", ("A", "Feb 2024", None)),
        ("Jobs/Job Applications.csv", "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers", '"2/5/24, 10:11 AM",,,A,B,x,,q:a | q:a', "select applied_at, company from raw_linkedin_job_applications", (at("2024-02-05 18:11:00"), "A")),
        ("Jobs/Saved Jobs.csv", "Saved Date,Job Url,Job Title,Company Name", '"2/5/24, 10:11 AM",x,B,A', "select saved_at, title from raw_linkedin_saved_jobs", (at("2024-02-05 18:11:00"), "B")),
        ("Jobs/Job Seeker Preferences.csv", "Locations,Job Titles,Open To Recruiters,Dream Companies,Job Seeker Activity Level", "Köln,Analystin,Yes,A | B,ACTIVE", "select dream_companies, open_to_recruiters, urgency_level from raw_linkedin_job_preferences", ("A | B", "Yes", None)),
        ("Ad_Targeting.csv", "Member Age,Company Names,Company Names,Member Groups,Company Names", '30,a,b,"Eins; Zwei",c', "select row from raw_linkedin_member_groups", (1,)),
    ],
)  # fmt: skip
def test_every_other_file(
    tmp_path: Path, name: str, header: str, record: str, query: str, row: tuple[object, ...]
) -> None:
    raw, ledger = read_file(tmp_path, name, lines(header, record))
    assert ledger.counts == (1, 1, 0)
    assert (ledger.columns_unknown, ledger.columns_missing) == ([], [])
    assert raw.rows(query) == [row]
