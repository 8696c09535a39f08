"""The member's own career and search: positions, endorsements, recommendations, follows, applications.

Belongs here: what stands in the smaller files of an export. Contacts and conversations do not.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pipelines.demo import names
from pipelines.demo.rhythm import BEGIN, SEARCH, moment_between
from pipelines.demo.truth import Contact, Endorsement, Follow, Job, JobAd, Recommendation

if TYPE_CHECKING:
    import random

POSITIONS = (
    Job("Ahornblatt Handel GmbH", "Junior Analystin", date(2014, 3, 1)),
    Job("Blaumeise Medien GmbH", "Data Analyst", date(2017, 4, 1)),
    Job("Zeitraum Software AG", "Senior Data Analyst", date(2021, 2, 1)),
)
LAST_DAY = date(2026, 6, 30)
SKILLS = ("SQL", "Datenanalyse", "Python", "Power BI", "Statistik", "dbt", "A/B-Tests", "Moderation")


def endorsements(rng: random.Random, known: list[Contact], count: int) -> list[Endorsement]:
    """Return skills confirmed in both directions, in order of time."""
    named = [contact for contact in known if not contact.hidden]
    found = []
    for number in range(count):
        contact = rng.choice(named)
        at = moment_between(rng, max(contact.connected_on, SEARCH if number % 5 == 0 else BEGIN), date(2026, 11, 9))
        found.append(Endorsement(contact.person, rng.choice(SKILLS), given=number % 3 == 0, done_at=at))
    return sorted(found, key=lambda endorsement: endorsement.done_at)


def recommendations(rng: random.Random, known: list[Contact]) -> list[Recommendation]:
    """Return recommendations; the newest was written for her in October, and she has not thanked for it since."""
    older = [c.person for c in known if not c.hidden and c.connected_on < date(2024, 1, 1)][-4:]
    received = "Ada fragt so lange, bis die Zahlen eine Antwort haben. Ich würde jederzeit wieder mit ihr arbeiten."
    written = 'Hat unser Team "ganz nebenbei" besser gemacht, mit Ruhe, Humor und sauberem SQL.'
    days = (
        (False, date(2021, 1, 18)),
        (True, date(2021, 2, 15)),
        (True, date(2026, 9, 7)),
        (False, date(2026, 10, 12)),
    )
    return [
        Recommendation(person, given, moment_between(rng, day, day), written if given else received)
        for person, (given, day) in zip(older, days, strict=True)
    ]


def follows(rng: random.Random, known: list[Contact]) -> list[Follow]:
    """Return followed companies (those she would like to work for among them), people and hashtags, in order of time."""
    found = [
        Follow("company", name, moment_between(rng, SEARCH, date(2026, 9, 7))) for name in names.TARGET_COMPANIES[:4]
    ]
    found += [
        Follow("company", f"{head} Labor GmbH", moment_between(rng, date(2018, 1, 1), date(2025, 6, 2)))
        for head in names.COMPANY_HEADS[10:16]
    ]
    for number, contact in enumerate([c for c in known if not c.hidden][::29][:12]):
        name, since = contact.person.plain_name, moment_between(rng, contact.connected_on, date(2026, 10, 5))
        found.append(Follow("person", name, since, active=number % 4 != 3))
    found += [
        Follow("hashtag", tag, moment_between(rng, date(2022, 1, 3), date(2026, 8, 3)))
        for tag in ("datenanalyse", "opentowork", "köln")
    ]
    return sorted(found, key=lambda follow: follow.since)


def job_ads(rng: random.Random) -> list[JobAd]:
    """Return vacancies she applied for or kept since the search began, in order of time; some name no company."""
    titles = (
        "Senior Data Analyst (m/w/d)",
        "Analytics Engineer",
        "Data Analyst, Pricing",
        "BI Analystin (w/m/d)",
    )
    found = []
    for number in range(18):
        applied = number % 2 == 0
        house = names.TARGET_COMPANIES[number % 6] if number % 3 else f"{rng.choice(names.COMPANY_HEADS)} Labor GmbH"
        at = moment_between(rng, SEARCH, date(2026, 11, 9))
        found.append(JobAd("" if number == 7 else house, rng.choice(titles), at, applied))
    return sorted(found, key=lambda ad: ad.done_at)


def started(job: Job) -> datetime:
    """Return the moment a position appears in the profile."""
    return datetime(job.since.year, job.since.month, job.since.day)  # noqa: DTZ001
