"""Who gets a member's report, and in which form: what `send_to` of members.toml says, for members and for coaches.

Belongs here: reading and checking that one key, and telling the member's own addresses from everybody else's. Sending is done by delivery.py; everything else of members.toml is members.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipelines.consent import Consent, read_consent
from pipelines.message import same_address
from pipelines.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")
_FORMATS = ("html", "pdf")
_PASSWORD = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")


@dataclass(frozen=True)
class Recipient:
    """Who gets a report, and as what: the page as a PDF, which every mail program opens, or as it is (`html`).

    `password_from` names the variable of the environment that holds the password the PDF opens with; `password` is its value, None
    where it is not set. An address alone gets the PDF.

    `own` is false for everybody other than the member: they get what `consent` allows, and nothing without it.
    """

    address: str
    format: str = "pdf"
    password_from: str | None = None
    password: str | None = field(default=None, repr=False)
    own: bool = True
    consent: Consent | None = None

    def level(self, monday: date) -> str | None:
        """Return what may be sent of the week that begins on `monday`: numbers, names or page; None for nothing."""
        if self.own:
            return "page"
        return self.consent.level if self.consent and self.consent.holds(monday) else None


@dataclass(frozen=True)
class Coach:
    """Who looks after members, as `[coaches.<key>]` says it; the overview goes to `recipients`, in `language`."""

    key: str
    name: str | None = None
    language: str = "de"
    recipients: tuple[Recipient, ...] = ()


def others_among(
    recipients: Sequence[Recipient], coach: Coach, consent: Consent | None, coaches: Sequence[Coach]
) -> tuple[Recipient, ...]:
    """Return a member's recipients with everybody marked who is not the member: those with a consent of their own, and every coach.

    For the member's own `coach` the member's `consent` holds, unless the entry has one.
    """
    of_coaches = {same_address(one.address) for other in coaches for one in other.recipients}
    of_own = {same_address(one.address) for one in coach.recipients}
    found = []
    for recipient in recipients:
        address = same_address(recipient.address)
        allowed = recipient.consent or (consent if address in of_own else None)
        other = recipient.consent is not None or address in of_coaches
        found.append(replace(recipient, own=not other, consent=allowed))
    return tuple(found)


def read_recipients(value: Any, where: str, environment: Mapping[str, str]) -> tuple[Recipient, ...]:
    """Read `send_to`: an address, or a list of addresses and tables with address, format, password and consent.

    `where` names the member in sentences, `environment` holds the passwords. Raises Problem for whatever is wrong; no sentence repeats
    what stands where the name of a password's variable belongs.
    """
    entries = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str | dict) for entry in entries):
        raise Problem(
            "members.toml: “send_to” in {where} must be a list of addresses, or of tables such as {example}.",
            where=where,
            example='{ address = "ada@example.org", format = "html" }',
        )
    recipients = tuple(_recipient(entry, where, environment) for entry in entries)
    seen: set[str] = set()
    for recipient in recipients:
        if same_address(recipient.address) in seen:
            raise Problem(
                "members.toml: send_to of {where} names {address} twice.", where=where, address=recipient.address
            )
        seen.add(same_address(recipient.address))
    return recipients


def _recipient(entry: str | dict[str, Any], where: str, environment: Mapping[str, str]) -> Recipient:
    table = {"address": entry} if isinstance(entry, str) else entry
    where = f"send_to of {where}"
    if unknown := sorted(table.keys() - {"address", "format", "password", "consent"}):
        raise Problem("members.toml: {where} has an unknown key “{key}”.", where=where, key=unknown[0])
    address = _text(table, "address", where) or ""
    if not _ADDRESS.fullmatch(address):
        raise Problem(
            "members.toml: “{address}” in {where} is no address; write it like ada@example.org.",
            address=" ".join(address.split()),
            where=where,
        )
    password = _text(table, "password", where)
    form = _text(table, "format", where) or "pdf"
    if form not in _FORMATS:
        raise Problem(
            "members.toml: the format “{format}” of {address} in {where} is not one of html, pdf.",
            format=form,
            address=address,
            where=where,
        )
    consent = read_consent(table.get("consent"), where)
    if password is None:
        return Recipient(address, form, consent=consent)
    if form != "pdf":
        raise Problem(
            'members.toml: {address} in {where} has a password, which only a PDF can have; write format = "pdf".',
            address=address,
            where=where,
        )
    named = _PASSWORD.fullmatch(password)
    if not named:  # the sentence must not repeat what may be the password itself
        raise Problem(
            "members.toml: the password of {address} in {where} must name a variable, such as {example}.",
            address=address,
            where=where,
            example="env:KONTAKTPULS_PDF_PASSWORD",
        )
    return Recipient(address, form, named[1], environment.get(named[1]) or None, consent=consent)


def _text(table: dict[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise Problem("members.toml: “{key}” in {where} must be a text in quotes.", key=key, where=where)
    return value or None
