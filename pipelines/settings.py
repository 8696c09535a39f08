"""Where an installation lives and how mail leaves it.

Belongs here: reading the environment (prefix `KONTAKTPULS_`) and the home's `.env` into frozen values, in that order of precedence,
with one sentence for each mistake. members.toml is read in `members.py`. Nothing here opens an export or a connection, and nothing else reads the
environment.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.files import private_folder
from pipelines.members import DEFAULT_TIME_ZONE, Member, check_time_zone, read_members
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_CRON = re.compile(r"\S+( +\S+){4}")
_TLS_MODES = ("starttls", "implicit", "none")


@dataclass(frozen=True)
class Smtp:
    """The server that takes mail, from `KONTAKTPULS_SMTP_*`."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str = "kontaktpuls@localhost"
    tls: str = "starttls"


@dataclass(frozen=True)
class Settings:
    """One installation: its folder, its members and how its mail leaves.

    `unsubscribe` is the https address that takes a mail reader's one-click request to send no more of these mails.
    """

    home: Path
    members: dict[str, Member]
    smtp: Smtp | None
    sender: str | None
    schedule_cron: str
    schedule_time_zone: str
    unsubscribe: str | None = None

    @property
    def inbox(self) -> Path:
        """`inbox/<member>/…`, the only store of history."""
        return self.home / "inbox"

    @property
    def lake(self) -> Path:
        """`lake/<table>/coach=<key>/data.parquet`, rebuilt from the inbox at any time."""
        return self.home / "lake"

    @property
    def reports(self) -> Path:
        """`reports/<member>/<week>/`."""
        return self.home / "reports"

    @property
    def outbox(self) -> Path:
        """Messages that wait, and the record of those that went."""
        return self.home / "outbox"

    def coaches(self) -> list[str]:
        """Every coach of members.toml once, sorted."""
        return sorted({member.coach for member in self.members.values()})

    def of_coach(self, coach: str) -> list[Member]:
        """Members whom one coach looks after, sorted by key."""
        return sorted((m for m in self.members.values() if m.coach == coach), key=lambda member: member.key)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment, the `.env` in KONTAKTPULS_HOME and members.toml.

    Raises Problem naming the variable or the line of members.toml that is wrong.
    """
    home, values = _told(os.environ if environment is None else environment)
    cron = values.get("KONTAKTPULS_SCHEDULE") or "0 6 * * 1"
    zone = values.get("KONTAKTPULS_TIME_ZONE") or DEFAULT_TIME_ZONE
    if not _CRON.fullmatch(cron):
        raise not_a_schedule(cron)
    smtp = _smtp(values)
    return Settings(
        home=home,
        members=read_members(home / "members.toml", values),
        smtp=smtp,
        sender=smtp.sender if smtp else values.get("KONTAKTPULS_SMTP_FROM") or None,
        schedule_cron=cron,
        schedule_time_zone=check_time_zone(zone, "KONTAKTPULS_TIME_ZONE"),
        unsubscribe=_unsubscribe(values.get("KONTAKTPULS_UNSUBSCRIBE_URL") or None),
    )


def not_a_schedule(cron: str) -> Problem:
    """Return the sentence on a schedule that is none; which times there are is known to the scheduler alone."""
    return Problem("KONTAKTPULS_SCHEDULE is “{value}”; it must be a cron expression such as 0 6 * * 1.", value=cron)


def setting(name: str) -> str | None:
    """Return one setting of how mistakes are told, which needs no others to be right: a `.env` that cannot be read sets nothing."""
    try:
        return _told(os.environ)[1].get(name)
    except Problem:
        return os.environ.get(name)


def prepare_home(home: Path) -> None:
    """Create the installation's folders, readable by their owner alone."""
    for folder in (home, home / "inbox", home / "lake", home / "reports", home / "outbox"):
        private_folder(folder)


def secret_key(home: Path) -> bytes:
    """Return the installation's key for hashed texts (32 bytes), made on first use; nothing printed depends on it."""
    path = home / "key"
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        key = b""
    # A file cut short would make hashes that anybody can compute.
    if len(key) != 32:
        key = secrets.token_bytes(32)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(key.hex())
    return key


def _told(environment: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """Return the home and all that is set.

    The `.env` of the working folder may name the home and nothing else: whoever can put a file where the command happens to be started
    must not decide where mails go.
    """
    home = _home(_dotenv(Path(".env")) | dict(environment))
    return home, _dotenv(home / ".env") | dict(environment)


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        values = dotenv_values(path, encoding="utf-8-sig", interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("{file} cannot be read; save it as text in UTF-8.", file=path) from error
    return {key: value for key, value in values.items() if value is not None}


def _home(values: Mapping[str, str]) -> Path:
    if given := values.get("KONTAKTPULS_HOME"):
        return Path(given).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("kontaktpuls", appauthor=False)


def _smtp(values: Mapping[str, str]) -> Smtp | None:
    host = values.get("KONTAKTPULS_SMTP_HOST")
    if not host:
        return None
    tls = values.get("KONTAKTPULS_SMTP_TLS") or "starttls"
    if tls not in _TLS_MODES:
        raise Problem("KONTAKTPULS_SMTP_TLS is “{value}”; it must be starttls, implicit or none.", value=tls)
    port = values.get("KONTAKTPULS_SMTP_PORT") or {"starttls": "587", "implicit": "465", "none": "25"}[tls]
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Problem("KONTAKTPULS_SMTP_PORT is “{value}”; it must be a number from 1 to 65535.", value=port)
    user = values.get("KONTAKTPULS_SMTP_USER") or None
    sender = values.get("KONTAKTPULS_SMTP_FROM") or user
    if not sender or "@" not in sender:
        raise Problem("KONTAKTPULS_SMTP_FROM must name the address that mails come from.")
    return Smtp(host, int(port), user, values.get("KONTAKTPULS_SMTP_PASSWORD") or None, sender, tls)


def _unsubscribe(url: str | None) -> str | None:
    if url and not (
        url.isascii() and len(url) <= 500 and re.fullmatch(r"https://[^\s<>\"\\/?#@]+([/?][^\s<>\"\\#]*)?", url)
    ):
        raise Problem(
            "KONTAKTPULS_UNSUBSCRIBE_URL is “{value}”; it must be an address that begins with https://.", value=url
        )
    return url
