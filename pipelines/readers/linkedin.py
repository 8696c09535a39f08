"""The files of a LinkedIn export: what each is called, which headers it has had since 2018, and what becomes of its records.

Belongs here: the description of every file that a metric needs, and the lists of those that none needs and of those that are never
opened. How bytes become records is in `content.py`, `batch.py` and `tabular.py`.
"""

from __future__ import annotations

from pipelines.readers.source import Column, Source, body_flags, instant, keyed, length, plain, text, trimmed

_NAMES = {"first_name": ("First Name", "Vorname"), "last_name": ("Last Name", "Nachname")}
_HIDDEN_URL = "https://www.linkedin.com/in"


def _act(name: str, files: tuple[str, ...], column: str, *, others: tuple[str, ...] = ()) -> Source:
    """Return an act of the member's own that is known by its date and link alone."""
    return Source(
        name,
        files,
        {"date": ("Date",), "link": ("Link", "Share Link")},
        (instant(column), plain("link")),
        when="{date}",
        others=others,
    )


def _without_na(cell: str) -> str:
    # People save this file again with programs that write NA for what is empty.
    return f"nullif({trimmed(cell)}, 'NA')"


CONNECTIONS = Source(
    "linkedin_connections",
    ("connections",),
    {
        **_NAMES,
        "url": ("URL", "Profile URL"),
        "email": ("Email Address", "E-Mail-Adresse"),
        "company": ("Company", "Unternehmen"),
        "position": ("Position",),
        "date": ("Connected On", "Verbunden am"),
    },
    (
        Column("first_name", "VARCHAR", _without_na("first_name")),
        Column("last_name", "VARCHAR", _without_na("last_name")),
        Column("url", "VARCHAR", _without_na("url")),
        Column(
            "email_key",
            "VARCHAR",
            "case when contains({email}, '@') and not starts_with(lower(trim({email})), 'urn:')"
            " then sha256($key || lower(trim({email}))) end",
        ),
        Column("company", "VARCHAR", _without_na("company")),
        Column("position", "VARCHAR", _without_na("position")),
        Column("connected_on", "DATE", "{when}::date"),
    ),
    when="{date}",
    field="Connected On",
    others=("Address", "Websites", "Instant Messengers"),
)

# What a table needs to be known as this one whatever its file is called.
CONNECTIONS_BY_CONTENT = frozenset({"firstname", "lastname", "connectedon"})


def _profile_url(cell: str) -> str:
    # At the end of 2023 every address was this one, without anybody's name.
    return f"nullif(rtrim({trimmed(cell)}, '/'), '{_HIDDEN_URL}')"


INVITATIONS = Source(
    "linkedin_invitations",
    ("invitations",),
    {
        "sender": ("From",),
        "recipient": ("To",),
        "date": ("Sent At",),
        "note": ("Message",),
        "direction": ("Direction",),
        "inviter": ("inviterProfileUrl",),
        "invitee": ("inviteeProfileUrl",),
    },
    (
        text("sender"),
        text("recipient"),
        instant("sent_at"),
        Column("note_key", "VARCHAR", keyed("note")),
        Column("direction", "VARCHAR", f"upper({trimmed('direction')})"),
        Column("inviter_url", "VARCHAR", _profile_url("inviter")),
        Column("invitee_url", "VARCHAR", _profile_url("invitee")),
    ),
    when="{date}",
    field="Sent At",
    others=("inviterProfileUrn", "inviteeProfileUrn"),
    local_clock=True,
)


def _is_yes(cell: str) -> str:
    return f"coalesce({{{cell}}} in ('Yes', 'yes', 'YES', 'true', 'TRUE'), false)"


_NAMELESS = "sender = 'LinkedIn Member' and sender_url is null and conversation_title is not null and not is_sponsored"
MESSAGES = Source(
    "linkedin_messages",
    ("messages",),
    {
        "conversation": ("CONVERSATION ID",),
        "title": ("CONVERSATION TITLE",),
        "sender": ("FROM",),
        "sender_url": ("SENDER PROFILE URL",),
        "recipients": ("TO",),
        "recipient_urls": ("RECIPIENT PROFILE URLS",),
        "date": ("DATE",),
        "subject": ("SUBJECT",),
        "content": ("CONTENT",),
        "folder": ("FOLDER",),
        "direction": ("Direction",),
        "message_draft": ("IS MESSAGE DRAFT",),
        "conversation_draft": ("IS CONVERSATION DRAFT",),
    },
    (
        plain("conversation_id", "conversation"),
        text("conversation_title", "title"),
        text("sender"),
        plain("sender_url"),
        text("recipients"),
        plain("recipient_urls"),
        instant("sent_at"),
        text("subject"),
        plain("folder"),
        Column("direction", "VARCHAR", f"upper({trimmed('direction')})"),
        Column("is_draft", "BOOLEAN", f"{_is_yes('message_draft')} or {_is_yes('conversation_draft')}"),
        Column(
            "is_sponsored",
            "BOOLEAN",
            # Advertisements come from no profile; looking into every body for their editor would be slow.
            "coalesce({title} = 'Sponsored Conversation', false)"
            " or ({sender_url} is null and coalesce(contains({content}, 'spinmail-quill-editor'), false))",
        ),
        Column("text_key", "VARCHAR", keyed("content")),
        *body_flags("content"),
    ),
    when="{date}",
    field="DATE",
    optional=frozenset(
        {"title", "recipient_urls", "subject", "folder", "direction", "message_draft", "conversation_draft"}
    ),
    others=("ATTACHMENTS",),
    finish=(
        _NAMELESS,
        # A sender without name and address who opens a conversation that has a title is an advertisement; later in one it is
        # somebody who left. A conversation is written newest first.
        f"""
        update raw_linkedin_messages as message set is_sponsored = true
        from (
            select conversation_id, min((sent_at, -row)) as opening
            from raw_linkedin_messages
            where member = $member and export = $export and file = $file
            group by conversation_id
        ) as thread
        where member = $member and export = $export and file = $file and {_NAMELESS}
            and message.conversation_id = thread.conversation_id and (message.sent_at, -message.row) = thread.opening
        """,
    ),
)

SHARES = Source(
    "linkedin_shares",
    ("shares",),
    {"date": ("Date",), "link": ("ShareLink",)},
    # An empty cell may hold two quotes.
    (instant("shared_at"), Column("link", "VARCHAR", "nullif(nullif(trim({link}), ''), '\"\"')")),
    when="{date}",
    others=(
        "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility", "Share Title", "Share Description", "Type",
    ),
)  # fmt: skip

COMMENTS = Source(
    "linkedin_comments",
    ("comments",),
    {"date": ("Date",), "link": ("Link",), "message": ("Message",)},
    (instant("commented_at"), plain("link"), Column("text_length", "INTEGER", length("message"))),
    when="{date}",
    backslashes=True,
)

REACTIONS = Source(
    "linkedin_reactions",
    ("reactions",),
    {"date": ("Date",), "type": ("Type",), "link": ("Link",)},
    (instant("reacted_at"), plain("type"), plain("link")),
    when="{date}",
)

VOTES = _act("linkedin_votes", ("votes",), "voted_at", others=("OptionText",))
REPOSTS = _act("linkedin_reposts", ("instantreposts",), "reposted_at")


def _endorsements(name: str, files: tuple[str, ...], person: str) -> Source:
    return Source(
        name,
        files,
        {
            "date": ("Endorsement Date",),
            "skill": ("Skill Name",),
            "first_name": (f"{person} First Name",),
            "last_name": (f"{person} Last Name",),
            "url": (f"{person} Public Url",),
            "status": ("Endorsement Status",),
        },
        (instant("endorsed_at"), *map(text, ("skill", "first_name", "last_name", "url", "status"))),
        when="{date}",
        field="Endorsement Date",
        optional=frozenset({"url"}),
    )


def _recommendations(name: str, files: tuple[str, ...]) -> Source:
    return Source(
        name,
        files,
        {
            **_NAMES,
            "company": ("Company",),
            "title": ("Job Title",),
            "date": ("Creation Date",),
            "status": ("Status",),
        },
        (text("first_name"), text("last_name"), instant("recommended_at"), text("status")),
        when="{date}",
        field="Creation Date",
        others=("Text",),
    )


def _jobs(name: str, files: tuple[str, ...], column: str, header: str, *, others: tuple[str, ...] = ()) -> Source:
    return Source(
        name,
        files,
        {"date": (header,), "company": ("Company Name",), "title": ("Job Title",), "url": ("Job Url",)},
        (instant(column), *map(text, ("company", "title", "url"))),
        when="{date}",
        field=header,
        others=others,
    )


SOURCES = (
    CONNECTIONS,
    INVITATIONS,
    MESSAGES,
    SHARES,
    COMMENTS,
    REACTIONS,
    VOTES,
    REPOSTS,
    _endorsements(
        "linkedin_endorsements_received", ("endorsementreceivedinfo", "endorsementsreceivedinfo"), "Endorser"
    ),
    _endorsements("linkedin_endorsements_given", ("endorsementgiveninfo", "endorsementsgiveninfo"), "Endorsee"),
    _recommendations("linkedin_recommendations_received", ("recommendationsreceived",)),
    _recommendations("linkedin_recommendations_given", ("recommendationsgiven",)),
    Source(
        "linkedin_company_follows",
        ("companyfollows",),
        {"company": ("Organization",), "date": ("Followed On",)},
        (text("company"), instant("followed_at")),
        when="{date}",
        field="Followed On",
    ),
    Source(
        "linkedin_member_follows",
        ("memberfollows",),
        {"date": ("Date",), "status": ("Status",), "name": ("FullName",)},
        (instant("followed_at"),),
        when="{date}",
    ),
    Source(
        "linkedin_hashtag_follows",
        ("hashtagfollows",),
        {"hashtag": ("HashTag",), "date": ("CreatedTime",), "state": ("State",)},
        (instant("followed_at"),),
        when="{date}",
        field="CreatedTime",
        others=("LastModifiedTime",),
    ),
    Source(
        "linkedin_events",
        ("events",),
        {"name": ("Event Name",), "held_at": ("Event Time",), "status": ("Status",)},
        (),
        others=("External Url",),
    ),
    Source(
        "linkedin_profile",
        ("profile",),
        {**_NAMES, "headline": ("Headline",), "industry": ("Industry",), "location": ("Geo Location",)},
        (text("first_name"), text("last_name")),
        optional=frozenset({"location"}),
        others=(
            "Maiden Name", "Address", "Birth Date", "Summary", "Zip Code", "Twitter Handles", "Websites", "Instant Messengers",
            "Contact Instructions", "Country",
        ),
    ),
    Source(
        "linkedin_positions",
        ("positions",),
        {"company": ("Company Name",), "title": ("Title",), "started_on": ("Started On",), "finished_on": ("Finished On",)},
        tuple(map(text, ("company", "title", "started_on", "finished_on"))),
        others=("Description", "Location"),
    ),
    Source("linkedin_skills", ("skills",), {"name": ("Name",)}, ()),
    _jobs(
        "linkedin_job_applications",
        ("jobapplications",),
        "applied_at",
        "Application Date",
        others=("Contact Email", "Contact Phone Number", "Resume Name", "Question And Answers"),
    ),
    _jobs("linkedin_saved_jobs", ("savedjobs",), "saved_at", "Saved Date"),
    Source(
        "linkedin_job_preferences",
        ("jobseekerpreferences",),
        {
            "job_titles": ("Job Titles",),
            "dream_companies": ("Dream Companies",),
            "locations": ("Locations",),
            "open_to_recruiters": ("Open To Recruiters",),
            "activity_level": ("Job Seeker Activity Level",),
            "open_candidate_visibility": ("Open Candidate Visibility",),
            "urgency_level": ("Job Seeking Urgency Level",),
        },
        tuple(
            map(
                text,
                (
                    "job_titles", "dream_companies", "locations", "open_to_recruiters", "activity_level",
                    "open_candidate_visibility", "urgency_level",
                ),
            )
        ),
        optional=frozenset({"open_candidate_visibility", "urgency_level"}),
        others=(
            "Industries", "Company Employee Count", "Preferred Job Types", "Profile Shared With Job Poster",
            "Job Title For Searching Fast Growing Companies", "Introduction Statement", "Phone Number", "Preferred Start Time Range",
            "Commute Preference Starting Address", "Commute Preference Starting Time", "Mode Of Transportation",
            "Maximum Commute Duration",
        ),
    ),
    # The only place with the names of the member's groups, among thirty columns that advertisers ask for: `inspect` tells that it is there.
    Source(
        "linkedin_member_groups",
        ("adtargeting",),
        {"member_groups": ("Member Groups",)},
        (),
        others=None,
    ),
)  # fmt: skip

# Passwords' neighbours, other people's address books, receipts and talks with machines: how names of files begin that are refused on
# principle.
NEVER_OPENED = (
    "logins", "securitychallenges", "contacts", "importedcontacts", "receipts", "coachmessages", "learningcoachmessages",
    "learningroleplaymessages", "guidemessages",
)  # fmt: skip

UNUSED = frozenset(
    {
        "accountstatushistory", "adsclicked", "articles", "calendar", "causesyoucareabout", "certifications", "courses", "education",
        "emailaddresses", "honors", "inferencesaboutyou", "jobapplicantsavedanswers", "lanadsengagement", "languages", "learning",
        "memberhashtags", "onlinejobpostings", "organizations", "patents", "phonenumbers", "privateidentityasset", "profilesummary",
        "projects", "publications", "registration", "reviews", "richmedia", "savedarticles", "saveditems", "savedjobalerts",
        "savedscreeningquestionresponses", "searchqueries", "servicesmarketplaceengagements", "servicesmarketplaceopportunities",
        "servicesmarketplaceopprtunities", "testscores", "verifications", "videos", "volunteering", "whatsappphonenumbers",
    }
)  # fmt: skip
