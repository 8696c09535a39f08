"""Whom an installation looks after: what members.toml says of members and their coaches.

Belongs here: reading members.toml into frozen values, with one sentence for each mistake. What single keys hold is read in `plans.py`,
`recipients.py` and `consent.py`; the environment and the folders are settings.py's.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.consent import Consent, read_consent
from pipelines.models import package_folder
from pipelines.plans import Goal, Session, read_goals, read_sessions, read_start, read_vacations
from pipelines.problem import Problem
from pipelines.recipients import Coach, Recipient, others_among, read_recipients

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# English is the language of the messages themselves, every other one a folder with their translations.
LANGUAGES = tuple(
    sorted({"en", *(path.parent.parent.name for path in package_folder("reports").glob("locales/*/*/messages.po"))})
)
DEFAULT_TIME_ZONE = "Europe/Berlin"
SELF = "self"
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_COACH_FIELDS = {"name", "language", "send_to"}
_MEMBER_FIELDS = {
    "name",
    "salutation",
    "tone",
    "language",
    "time_zone",
    "send_to",
    "coach",
    "consent",
    "owner",
    "vacations",
    "start",
    "sessions",
    "goals",
    "targets",
    "preview",
}


@dataclass(frozen=True)
class Member:
    """The person whose network a report is about, as members.toml or the command line describes them.

    `owner` lists further names or profile links under which the member's exports may run; `owner_confirmed` skips the comparison.
    `week` is the ISO week asked for (`2026-W46`), None for the last complete one. `vacations` are first and last days. `start` is the
    day on which the search or the coaching began, None where nobody says.
    `target_companies` and `target_roles` are where and as what the member would like to work, as they write it.
    `send_to` are the addresses of `recipients`, in their order. `coached_by` is what members.toml says of the coach, None where it says
    nothing; `consent` is what the member allows the coach to be sent. `salutation` is how the mail addresses the member, None for the name;
    `quiet` asks for a report that names one step, compares no week with another and counts nothing that was not done.
    `preview` lets Dagster's UI show the page, names and all. `is_listed` tells whether members.toml has the member, whom alone the
    commands `log` and `mark` know.
    """

    key: str
    name: str | None = None
    language: str = "de"
    time_zone: str = DEFAULT_TIME_ZONE
    send_to: tuple[str, ...] = ()
    coach: str = SELF
    owner: tuple[str, ...] = ()
    owner_confirmed: bool = False
    week: str | None = None
    vacations: tuple[tuple[date, date], ...] = ()
    start: date | None = None
    sessions: tuple[Session, ...] = ()
    goals: tuple[Goal, ...] = ()
    target_companies: tuple[str, ...] = ()
    target_roles: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    coached_by: Coach | None = None
    consent: Consent | None = None
    salutation: str | None = None
    quiet: bool = False
    preview: bool = False
    is_listed: bool = False

    def __post_init__(self) -> None:
        if not self.recipients:
            object.__setattr__(self, "recipients", tuple(map(Recipient, self.send_to)))

    def asked(self, *, week: str | None, language: str | None) -> Member:
        """Return the member with what the command line asked for laid over it."""
        return replace(self, week=week or self.week, language=language or self.language)


def read_members(path: Path, environment: Mapping[str, str] | None = None) -> dict[str, Member]:
    """Read members.toml; a missing file means no members. Raises Problem with the member and key that are wrong.

    `environment` holds the passwords that recipients name.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Problem("members.toml cannot be read: {error}.", error=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("members.toml cannot be read: {error}.", error=str(error).rstrip(".")) from error
    # A coach's table under a misspelt name would make the coach's address one of the member's own.
    if unknown := sorted(document.keys() - {"members", "coaches"}):
        raise Problem(
            "members.toml: “{key}” is unknown; everything stands below [members.…] and [coaches.…].", key=unknown[0]
        )
    entries, tables = document.get("members", {}), document.get("coaches", {})
    if not isinstance(entries, dict):
        raise Problem("members.toml: “members” must be tables such as [members.ada].")
    if not isinstance(tables, dict):
        raise Problem("members.toml: “coaches” must be tables such as [coaches.nora].")
    coaches = {key: _coach(key, entry, environment or {}) for key, entry in tables.items()}
    return {key: _member(key, entry, coaches, environment or {}) for key, entry in entries.items()}


def check_week(text: str) -> str:
    """Return `text` when it names an ISO week such as 2026-W46; raises Problem otherwise."""
    # What lies further away no export holds, and the calendar ends near it.
    if (found := _WEEK.fullmatch(text)) and 1900 <= int(found[1]) <= 2999:
        try:
            date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
        else:
            return text
    raise Problem("“{week}” is no ISO week; write it like 2026-W46.", week=text)


def check_key(text: str) -> str:
    """Return `text` when it can be a member's key, which names folders; raises Problem otherwise."""
    if not _KEY.fullmatch(text):
        raise Problem("“{key}” cannot be a member's key; use a-z, 0-9, - and _.", key=text)
    return text


def check_time_zone(name: str, where: str) -> str:
    """Return `name` when it is an IANA time zone; raises Problem naming `where` it was written otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Problem(
            "“{zone}” in {where} is no time zone; write one like Europe/Berlin.", zone=name, where=where
        ) from error
    return name


def slug(name: str) -> str:
    """Return a key made of a person's name: lower case, ASCII, words joined by hyphens; `self` where nothing is left."""
    import unicodedata

    folded = unicodedata.normalize("NFC", name).casefold().translate({0xE4: "ae", 0xF6: "oe", 0xFC: "ue", 0xDF: "ss"})
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-") or SELF


def _coach(key: str, entry: Any, environment: Mapping[str, str]) -> Coach:
    where = f"[coaches.{key}]"
    if not _KEY.fullmatch(key):
        raise Problem("members.toml: “{key}” cannot be a coach's key; use a-z, 0-9, - and _.", key=key)
    if not isinstance(entry, dict):
        raise Problem("members.toml: {where} must be a table.", where=where)
    if unknown := sorted(entry.keys() - _COACH_FIELDS):
        raise Problem("members.toml: {where} has an unknown key “{key}”.", where=where, key=unknown[0])
    recipients = read_recipients(entry.get("send_to", []), where, environment)
    if any(recipient.consent for recipient in recipients):
        raise Problem(
            "members.toml: consent is what a member gives; write it into [members.…], not into {where}.", where=where
        )
    return Coach(
        key,
        _text(entry, "name", where),
        _language(entry, where),
        tuple(replace(recipient, own=False) for recipient in recipients),
    )


def _language(entry: dict[str, Any], where: str) -> str:
    language = _text(entry, "language", where) or "de"
    if language not in LANGUAGES:
        raise Problem(
            "members.toml: {where} language “{language}” is not one of {languages}.",
            where=where,
            language=language,
            languages=", ".join(LANGUAGES),
        )
    return language


def _member(key: str, entry: Any, coaches: Mapping[str, Coach], environment: Mapping[str, str]) -> Member:
    where = f"[members.{key}]"
    if not _KEY.fullmatch(key):
        raise Problem("members.toml: “{key}” cannot be a member's key; use a-z, 0-9, - and _.", key=key)
    if not isinstance(entry, dict):
        raise Problem("members.toml: {where} must be a table.", where=where)
    if unknown := sorted(entry.keys() - _MEMBER_FIELDS):
        raise Problem("members.toml: {where} has an unknown key “{key}”.", where=where, key=unknown[0])
    coach = _text(entry, "coach", where) or SELF
    if not _KEY.fullmatch(coach):
        raise Problem("members.toml: “{key}” cannot be a coach's key; use a-z, 0-9, - and _.", key=coach)
    consent = read_consent(entry.get("consent"), where)
    targets = _targets(entry.get("targets", {}), where)
    recipients = others_among(
        read_recipients(entry.get("send_to", []), where, environment),
        coaches.get(coach, Coach(coach)),
        consent,
        list(coaches.values()),
    )
    return Member(
        key=key,
        name=_text(entry, "name", where),
        language=_language(entry, where),
        time_zone=check_time_zone(_text(entry, "time_zone", where) or DEFAULT_TIME_ZONE, f"members.toml {where}"),
        send_to=tuple(recipient.address for recipient in recipients),
        coach=coach,
        owner=_texts(entry, "owner", where),
        vacations=read_vacations(entry.get("vacations", []), where),
        start=read_start(entry.get("start"), where),
        sessions=read_sessions(entry.get("sessions", []), where),
        goals=read_goals(entry.get("goals", []), where),
        target_companies=_texts(targets, "companies", f"targets of {where}"),
        target_roles=_texts(targets, "roles", f"targets of {where}"),
        recipients=recipients,
        coached_by=coaches.get(coach),
        consent=consent,
        salutation=_text(entry, "salutation", where),
        quiet=_is_quiet(entry, where),
        preview=_switch(entry, "preview", where),
        is_listed=True,
    )


def _is_quiet(entry: dict[str, Any], where: str) -> bool:
    tone = _text(entry, "tone", where)
    if tone not in (None, "quiet"):
        raise Problem(
            'members.toml: {where} tone “{tone}” is unknown; write tone = "quiet" or leave it out.',
            where=where,
            tone=tone,
        )
    return tone == "quiet"


def _switch(entry: dict[str, Any], key: str, where: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise Problem("members.toml: “{key}” in {where} must be true or false.", key=key, where=where)
    return value


def _text(entry: dict[str, Any], key: str, where: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise Problem("members.toml: “{key}” in {where} must be a text in quotes.", key=key, where=where)
    return value or None


def _texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Problem('members.toml: “{key}” in {where} must be a list such as ["…"].', key=key, where=where)
    return tuple(value)


def _targets(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() - {"companies", "roles"}:
        raise Problem(
            "members.toml: “targets” in {where} must hold companies and roles, such as {example}.",
            where=where,
            example='{ companies = ["…"], roles = ["…"] }',
        )
    return value
