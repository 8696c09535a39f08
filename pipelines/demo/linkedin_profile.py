"""The smaller files of a LinkedIn export: profile, career, endorsements, follows, job search, and those nobody opens.

Belongs here: their names, headers and clocks. Every function takes the moment of the export and leaves out what is later.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.demo.career import LAST_DAY, SKILLS, started
from pipelines.demo.csvlines import month_year, records, slashed, unix_date, us_clock
from pipelines.demo.rhythm import SEARCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.demo.truth import DemoMember, Follow

_AD_COLUMNS = (
    "Member Age", "Buyer Groups", "Company Names", "Company Follower of", "Company Category", "Company Size", "Degrees",
    "degreeClass", "Recent Device OS", "Member Schools", "Company Growth Rate", "Fields of Study", "Company Connections",
    "Company Names", "Function By Size", "Job Functions", "Member Gender", "Graduation Year", "Member Skills", "Member Traits",
    "Member Groups", "Company Industries", "Member Interests", "interfaceLocale", "Company Names", "Job Seniorities",
    "Job Titles", "Job Titles", "Job Titles", "Profile Locations", "Years of Experience", "Company Revenue",
    "Product Interests", "High Value Audience Segments", "Member Devices",
)  # fmt: skip
_PREFERENCES = (
    "Locations", "Industries", "Company Employee Count", "Preferred Job Types", "Job Titles", "Open To Recruiters",
    "Dream Companies", "Profile Shared With Job Poster", "Job Title For Searching Fast Growing Companies",
    "Introduction Statement", "Phone Number", "Job Seeker Activity Level", "Preferred Start Time Range",
    "Commute Preference Starting Address", "Commute Preference Starting Time", "Mode Of Transportation",
    "Maximum Commute Duration", "Open Candidate Visibility", "Job Seeking Urgency Level",
)  # fmt: skip


def profile_files(member: DemoMember, cut: datetime) -> dict[str, Iterator[str]]:
    """Return the lines of each file by its name in the archive, header first."""
    return {
        "Profile.csv": _profile(member, cut),
        "Positions.csv": _positions(member, cut),
        "Skills.csv": _table(("Name",), [(skill,) for skill in SKILLS]),
        "Education.csv": _table(
            ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
            [("Hochschule am Domblick", "2008", "2013", "", "M.Sc. Statistik", "Fachschaft")],
        ),
        "Endorsement_Received_Info.csv": _endorsements(member, cut, given=False),
        "Endorsement_Given_Info.csv": _endorsements(member, cut, given=True),
        "Recommendations_Received.csv": _recommendations(member, cut, given=False),
        "Recommendations_Given.csv": _recommendations(member, cut, given=True),
        "Company Follows.csv": _table(
            ("Organization", "Followed On"),
            [(f.name, unix_date(f.since)) for f in _newest(member.follows, cut) if f.kind == "company"],
        ),
        "Member_Follows.csv": _table(
            ("Date", "Status", "FullName"),
            [
                (f.since.isoformat(" "), "Active" if f.active else "Unfollow", f.name)
                for f in _newest(member.follows, cut)
                if f.kind == "person"
            ],
        ),
        "Hashtag_Follows.csv": _table(
            ("HashTag", "CreatedTime", "LastModifiedTime", "State"),
            [
                (f.name, f.since.isoformat(" "), f.since.isoformat(" "), "FOLLOWED")
                for f in _newest(member.follows, cut)
                if f.kind == "hashtag"
            ],
        ),
        "Events.csv": _events(cut),
        "Jobs/Job Applications.csv": _applications(member, cut),
        "Jobs/Saved Jobs.csv": _saved_jobs(member, cut),
        "Jobs/Job Seeker Preferences.csv": _preferences(member, cut),
        "Ad_Targeting.csv": _ad_targeting(member, cut),
        "Learning.csv": _learning(),
        "Logins.csv": _table(
            ("Login Date", "IP Address", "User Agent", "Login Type"),
            [(unix_date(at), "192.0.2.17", "Mozilla/5.0 (invented)", "NORMAL") for at in (cut.replace(hour=6),)],
        ),
        "ImportedContacts.csv": _imported_contacts(),
    }


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    return records([header, *rows])


def _newest(follows: list[Follow], cut: datetime) -> list[Follow]:
    return [follow for follow in reversed(follows) if follow.since <= cut]


def _searching(cut: datetime) -> bool:
    return cut.date() >= SEARCH


def _profile(member: DemoMember, cut: datetime) -> Iterator[str]:
    header = (
        "First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code",
        "Geo Location", "Twitter Handles", "Websites", "Instant Messengers",
    )  # fmt: skip
    headline = "Senior Data Analyst" + (" | offen für neue Aufgaben in Köln und remote" if _searching(cut) else "")
    summary = "Ich mache aus Zahlen Antworten, am liebsten zusammen mit denen, die gefragt haben."
    row = (
        member.first, member.last, "", "", "", headline, summary, "Software Development", "", "Köln, Nordrhein-Westfalen",
        "", "[PORTFOLIO:https://ada.example.org]", "",
    )  # fmt: skip
    return _table(header, [row])


def _positions(member: DemoMember, cut: datetime) -> Iterator[str]:
    jobs = [job for job in member.positions if started(job) <= cut]
    ends = [job.since for job in jobs[1:]] + [LAST_DAY if cut.date() >= LAST_DAY else None]
    rows = [
        (job.company, job.title, "", "Köln", month_year(job.since), month_year(end) if end else "")
        for job, end in zip(jobs, ends, strict=True)
    ]
    header = ("Company Name", "Title", "Description", "Location", "Started On", "Finished On")
    return _table(header, rows[::-1])


def _endorsements(member: DemoMember, cut: datetime, *, given: bool) -> Iterator[str]:
    who = "Endorsee" if given else "Endorser"
    header = ("Endorsement Date", "Skill Name", f"{who} First Name", f"{who} Last Name", f"{who} Public Url")
    rows = [
        (
            slashed(e.done_at),
            e.skill,
            e.person.first,
            e.person.last,
            e.person.url.removeprefix("https://"),
            "ACCEPTED",
        )
        for e in reversed(member.endorsements)
        if e.given == given and e.done_at <= cut
    ]
    return _table((*header, "Endorsement Status"), rows)


def _recommendations(member: DemoMember, cut: datetime, *, given: bool) -> Iterator[str]:
    header = ("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status")
    rows = []
    for recommendation in reversed(member.recommendations):
        if recommendation.given == given and recommendation.done_at <= cut:
            person, job = recommendation.person, recommendation.person.job_on(cut.date())
            written = us_clock(recommendation.done_at)
            rows.append((person.first, person.last, job.company, job.title, recommendation.text, written, "VISIBLE"))
    return _table(header, rows)


def _events(cut: datetime) -> Iterator[str]:
    events = (
        ("Datenabend Köln: Kennzahlen, die helfen", datetime(2026, 12, 3, 17), datetime(2026, 11, 2)),  # noqa: DTZ001
        ("Karrieretag „Daten & Wirkung“", datetime(2026, 9, 23, 8), datetime(2026, 8, 24)),  # noqa: DTZ001
        ("dbt Meetup Rheinland", datetime(2025, 3, 12, 17, 30), datetime(2025, 2, 10)),  # noqa: DTZ001
    )
    rows = []
    for name, held, signed_up in events:
        if signed_up <= cut:
            hour = f"{held.hour % 12 or 12}:{held.minute:02d} {'AM' if held.hour < 12 else 'PM'}"
            month, year = month_year(held.date()).split()
            rows.append((name, f"{month} {held.day}, {year} {hour} - ", "APPROVED", "https://events.example.org/"))
    return _table(("Event Name", "Event Time", "Status", "External Url"), rows)


def _applications(member: DemoMember, cut: datetime) -> Iterator[str]:
    header = (
        "Application Date", "Contact Email", "Contact Phone Number", "Company Name", "Job Title", "Job Url", "Resume Name",
        "Question And Answers",
    )  # fmt: skip
    rows = [
        (
            us_clock(ad.done_at),
            "ada@example.org",
            "",
            ad.company,
            ad.title,
            _job_url(number),
            "lebenslauf.pdf",
            "",
        )
        for number, ad in enumerate(member.job_ads)
        if ad.applied and ad.done_at <= cut
    ]
    return _table(header, rows)


def _saved_jobs(member: DemoMember, cut: datetime) -> Iterator[str]:
    rows = [
        (us_clock(ad.done_at), _job_url(number), ad.title, ad.company)
        for number, ad in enumerate(member.job_ads)
        if not ad.applied and ad.done_at <= cut
    ]
    return _table(("Saved Date", "Job Url", "Job Title", "Company Name"), rows)


def _job_url(number: int) -> str:
    return f"https://www.linkedin.com/jobs/view/{4200000000 + number * 7919}"


def _preferences(member: DemoMember, cut: datetime) -> Iterator[str]:
    known = {
        "Locations": "Köln | Düsseldorf | Bonn",
        "Preferred Job Types": "FULL_TIME | PART_TIME",
        "Job Titles": "Senior Data Analyst | Analytics Engineer",
        "Open To Recruiters": "Yes",
        "Dream Companies": " | ".join(member.dream_companies),
        "Job Seeker Activity Level": "Actively looking",
        "Open Candidate Visibility": "RECRUITERS",
        "Job Seeking Urgency Level": "Immediately",
    }
    rows = [tuple(known.get(column, "") for column in _PREFERENCES)] if _searching(cut) else []
    return _table(_PREFERENCES, rows)


def _ad_targeting(member: DemoMember, cut: datetime) -> Iterator[str]:
    known = {
        "Company Follower of": "; ".join(f.name for f in _newest(member.follows, cut) if f.kind == "company"),
        "Member Groups": "; ".join(group.name for group in member.groups if group.since <= cut.date()),
        "Member Skills": "; ".join(SKILLS),
        "interfaceLocale": "de_DE",
        "Profile Locations": "Köln",
    }
    return _table(_AD_COLUMNS, [tuple(known.get(column, "") for column in _AD_COLUMNS)])


def _learning() -> Iterator[str]:
    header = (
        "Content Title", "Content Description", "Content Type", "Content Last Watched Date (if viewed)",
        "Content Completed At (if completed)", "Content Saved", "Notes taken on videos (if taken)", "",
    )  # fmt: skip
    row = (
        "Erzählen mit Daten",
        "<p>Ein Kurs,\r\nder erfunden ist</p>",
        "Course",
        "2025-01-14 18:20 UTC",
        "N/A",
        "false",
        "N/A",
        "",
    )
    return _table(header, [row])


def _imported_contacts() -> Iterator[str]:
    header = (
        "FirstName", "MiddleName", "LastName", "MaidenName", "NickName", "NamePrefix", "NameSuffix", "Title", "Emails",
        "PhoneNumbers", "CreatedAt", "UpdatedAt", "CountryCode", "RegionCode", "ThirdPartyVerified", "Location",
    )  # fmt: skip
    row = (
        "Erna",
        "",
        "Adressbuch",
        "",
        "",
        "",
        "",
        "",
        "erna@example.org",
        "",
        "1/2/20, 3:04 AM",
        "",
        "de",
        "",
        "",
        "",
    )
    return _table(header, [row])
