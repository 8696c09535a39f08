"""Whose export it is, and whether several exports are one person's.

Belongs here: the name and the address that an export shows of its owner, the comparison of names, and holding back what seems to be
somebody else's. What a report says about it is not decided here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.members import SELF, slug
from pipelines.readers.source import N_
from pipelines.untrusted import called

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import duckdb

    from pipelines.members import Member

# What the end of a profile address looks like where it stands alone.
_SLUG = re.compile(r"[\w%-]*[\d-][\w%-]*")
# With fewer conversations than this, who takes part in all of them is no evidence.
_ENOUGH = 3
_STRANGER = N_(
    "{file} seems to be the export of {owner}, not of {member}; if it is theirs, use --owner-confirmed or add that name to"
    ' owner = ["…"] in members.toml.'
)
_CONTRADICTION = N_(
    "{file} shows {owner} as its owner, {other_file} shows {other}; give one person's exports, or use --owner-confirmed, or list both"
    ' under owner = ["…"] in members.toml.'
)
_UNNAMED = N_(
    "{file} seems to be the export of {owner}, and members.toml does not say who {member} is; if it is theirs, write"
    ' name = "…" there, or use --owner-confirmed.'
)
_SHARED = N_(
    "{file} lies in the inboxes of {members}, and nothing says that it is the export of {member}; leave it in the right one alone, or"
    ' write name = "…" for each of them in members.toml.'
)
SENTENCES = (_STRANGER, _CONTRADICTION, _UNNAMED, _SHARED)


@dataclass(frozen=True)
class Owner:
    """Whom an export shows as its owner: display name and, on LinkedIn, the canonical end of the profile address."""

    name: str | None
    address: str | None


def folded(connection: duckdb.DuckDBPyConnection, names: Iterable[str | None]) -> dict[str, str]:
    """Return each name on the spelling by which names are compared everywhere; one of which nothing is left is not there."""
    return _through("fold_name", connection, names)


def addresses_of(connection: duckdb.DuckDBPyConnection, links: Iterable[str | None]) -> dict[str, str]:
    """Return the canonical end of each profile link; other links are not there."""
    return _through("profile_address", connection, links)


def _through(macro: str, connection: duckdb.DuckDBPyConnection, texts: Iterable[str | None]) -> dict[str, str]:
    given = sorted({text for text in texts if text})
    if not given:
        return {}
    found = connection.execute(
        f"select text, {macro}(text) from (select unnest(from_json_strict($1, '[\"VARCHAR\"]')) as text)",
        [json.dumps(given)],
    ).fetchall()
    return {text: form for text, form in found if form}


_PROFILES = """
    select member, export, concat_ws(' ', first_name, last_name)
    from raw_linkedin_profile
    where coalesce(first_name, last_name) is not null
    order by file, row
"""
# Drafts and advertisements lack addresses; what is left of a conversation has all who take part in it.
_SENDERS = """
    select member, export, sender, profile_address(sender_url) as address, sum(talks)::bigint
    from (
        select member, export, sender, sender_url, count(distinct conversation_id) as talks
        from raw_linkedin_messages
        group by all
    )
    where address is not null
    group by all
"""
_PARTICIPANTS = """
    select member, export, profile_address(url) as address, sum(talks)::bigint
    from (
        select member, export, url, count(distinct conversation_id) as talks
        from (
            select member, export, conversation_id, sender_url as url from raw_linkedin_messages
            union all
            select member, export, conversation_id, unnest(string_split(recipient_urls, ',')) as url
            from raw_linkedin_messages
        )
        where conversation_id is not null
        group by all
    )
    where address is not null
    group by all
"""
# Whoever sent an invitation that went out, or got one that came in.
_INVITING = """
    select member, export, own.name, profile_address(own.url)
    from (
        select
            member, export,
            unnest(case direction
                when 'OUTGOING' then [{'name': sender, 'url': inviter_url}]
                when 'INCOMING' then [{'name': recipient, 'url': invitee_url}]
            end) as own
        from raw_linkedin_invitations
    )
"""
# What exports of 2018 tell alone.
_OUTGOING = """
    select member, export, sender, count(*)
    from raw_linkedin_messages
    where direction = 'OUTGOING' and sender is not null
    group by member, export, sender
"""
_XING = """
    select member, export, file, conversation, is_conversation, participants, sender
    from raw_xing_messages
"""


class Owners:
    """Whom exports show as their owner by the rows in `connection`, which are all asked at once, each question when it comes up."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._answers: dict[str, dict[tuple[str, str], list[tuple[Any, ...]]]] = {}

    def of(self, member: Member, export: str, platform: str) -> Owner:
        """Return whom the rows of an export show as its owner; parts that cannot be told are None."""
        here = member.key, export
        if platform == "linkedin":
            return self._linkedin_owner(here, member)
        if platform == "xing":
            return Owner(self._xing_owner(here, member), None)
        return Owner(None, None)

    def _rows(self, question: str, here: tuple[str, str]) -> list[tuple[Any, ...]]:
        if question not in self._answers:
            answers: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
            for member, export, *values in self.connection.execute(question).fetchall():
                answers.setdefault((member, export), []).append(tuple(values))
            self._answers[question] = answers
        return self._answers[question].get(here, [])

    def _linkedin_owner(self, here: tuple[str, str], member: Member) -> Owner:
        profile = next((name for (name,) in self._rows(_PROFILES, here)), None)
        senders = self._rows(_SENDERS, here)
        if profile is not None:
            named = [row for row in senders if row[0] == profile]
            if not named:
                forms = folded(self.connection, [profile, *(name for name, _, _ in senders)])
                named = [row for row in senders if profile in forms and forms.get(row[0]) == forms[profile]]
            if named:
                return Owner(profile, _most(_summed((address, n) for _, address, n in named)))
        talks = Counter(dict(self._rows(_PARTICIPANTS, here)))
        inviting = self._rows(_INVITING, here)
        address = _most(Counter(own for _, own in inviting if own))
        address = address or _only_one(talks, _known_addresses(self.connection, member))
        if profile is not None:
            return Owner(profile, address)
        names = _summed((name, n) for name, known, n in senders if name and known == address)
        invited = Counter(name for name, _ in inviting if name)
        of_2018 = Counter(dict(self._rows(_OUTGOING, here)))
        return Owner(_most(names) or _most(invited) or _most(of_2018), address)

    def _xing_owner(self, here: tuple[str, str], member: Member) -> str | None:
        """Return who takes part in most conversations. Names with a comma fall apart in the list of participants, so names are folded."""
        shown = [
            (
                file,
                conversation,
                is_conversation,
                (participants or "").split(",") if is_conversation else [sender or ""],
            )
            for file, conversation, is_conversation, participants, sender in self._rows(_XING, here)
        ]
        known = [name for name in (member.name, *member.owner) if name]
        forms = folded(self.connection, [*known, *(name for *_, names in shown for name in names)])
        talks: Counter[str] = Counter()
        wrote: Counter[str] = Counter()
        written: dict[str, Counter[str]] = {}
        present: dict[tuple[str, int], set[str]] = {}
        for file, conversation, is_conversation, names in shown:
            for name in names:
                if form := forms.get(name):
                    present.setdefault((file, conversation), set()).add(form)
                    written.setdefault(form, Counter())[name.strip()] += 1
                    wrote[form] += not is_conversation
        for names in present.values():
            talks.update(names)
        owner = _only_one(talks, {forms[name] for name in known if name in forms})
        if owner is None and max(talks.values(), default=0) >= _ENOUGH:
            # The title behind a comma counts as somebody who never wrote.
            most = max(talks.values())
            writers = [form for form in talks if talks[form] == most and wrote[form]]
            owner = writers[0] if len(writers) == 1 else None
        return _most(written[owner]) if owner else None


def _summed(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, count in rows:
        counts[value] += count
    return counts


def _most(counts: Counter[str]) -> str | None:
    """Return what occurs most; of several the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _only_one(counts: Counter[str], expected: set[str]) -> str | None:
    """Return who takes part in more conversations than anybody else, or, where several do, whom of them one expects."""
    most = max(counts.values(), default=0)
    first = [value for value in counts if counts[value] == most]
    if len(first) == 1 and most >= _ENOUGH:
        return first[0]
    known = [value for value in first if value in expected]
    return known[0] if len(known) == 1 else None


@dataclass(frozen=True)
class _Shown:
    """An export, what sentences call it, and whom it shows; both are None where nothing tells."""

    export: str
    file: str
    platform: str
    name: str | None
    address: str | None
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.name or f"linkedin.com/in/{self.address}"


def settle(
    connection: duckdb.DuckDBPyConnection, member: Member, *, confirmed: bool, elsewhere: Mapping[str, Collection[str]]
) -> None:
    """Hold back the exports of a member that seem to be somebody else's: note why, and remove their rows.

    With a known name those that do not match it are held back; where only the exports contradict each other, all that do; without a name
    in members.toml those that show a name of which the member's key has nothing. `elsewhere` are exports that lie in the inboxes of several
    members, with whose: of these none is used but by a member whom it shows as its owner.
    """
    rows = connection.execute(
        "select export, path, platform, owner, owner_address from raw_exports where member = $1 and error is null"
        " and platform in ('linkedin', 'xing') order by path, export",
        [member.key],
    ).fetchall()
    files = called(path for _, path, _, _, _ in rows)
    names = [name for name in (member.name, *member.owner) if name and "/in/" not in name]
    forms = folded(connection, [*names, *(name for _, _, _, name, _ in rows)])
    # Platforms differ in what they put first.
    words = {name: tuple(sorted(form.split())) for name, form in forms.items()}
    exports = [
        _Shown(export, files[path], platform, name, address, words.get(name, ()))
        for export, path, platform, name, address in rows
    ]
    known = {words[name] for name in names if name in words}
    addresses = _known_addresses(connection, member)
    held = {}
    if not confirmed:
        held = _shared(member, exports, known, addresses, elsewhere)
        shown = [one for one in exports if (one.name or one.address) and one.export not in held]
        nameless = member.is_listed and not known and not addresses
        held |= _of_others(member, shown) if nameless else _held_back(member, shown, known, addresses)
    for export, sentence in held.items():
        connection.execute(
            "update raw_exports set held_back = $3 where member = $1 and export = $2", [member.key, export, sentence]
        )
        for table in _source_tables(connection):
            connection.execute(f"delete from {table} where member = $1 and export = $2", [member.key, export])


def _source_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    from pipelines.readers import SOURCES

    there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    return [source.table for source in SOURCES if source.table in there]


def _held_back(
    member: Member, shown: Sequence[_Shown], names: set[tuple[str, ...]], addresses: set[str]
) -> dict[str, str]:
    """Return the sentence for each export that is held back, by its SHA-256; `names` and `addresses` are the member's own."""
    held = {}
    for one in shown:
        if one.address in addresses and one.platform == "linkedin":
            continue
        stranger = one.words not in names if one.name else one.platform == "linkedin" and bool(addresses)
        if names and stranger:
            whom = member.name or next(iter(member.owner))
            held[one.export] = _STRANGER.format(file=one.file, owner=one.label, member=whom)
    left = [one for one in shown if one.export not in held]
    for one in left:
        other = next((two for two in left if _contradict(one, two, names, addresses)), None)
        if other is not None and one.address not in addresses:
            held[one.export] = _CONTRADICTION.format(
                file=one.file, owner=_whom(one, other), other_file=other.file, other=_whom(other, one)
            )
    return held


def _shared(
    member: Member,
    exports: Sequence[_Shown],
    names: set[tuple[str, ...]],
    addresses: set[str],
    elsewhere: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """Return the sentence for each export that lies in other members' inboxes too and does not show this one as its owner."""
    return {
        one.export: _SHARED.format(file=one.file, members=", ".join(sorted(elsewhere[one.export])), member=member.key)
        for one in exports
        if one.export in elsewhere
        and one.address not in addresses
        # A known member's export that shows somebody else's name is that person's, wherever else it lies.
        and not (one.name and names)
    }


def _of_others(member: Member, shown: Sequence[_Shown]) -> dict[str, str]:
    """Return the sentence for each export whose owner's name and the member's key have nothing in common, and for contradictions."""
    held = {
        one.export: _UNNAMED.format(file=one.file, owner=one.label, member=member.key)
        for one in shown
        if not _is_called_after(member.key, one.name or one.address or "")
    }
    return held | _held_back(member, [one for one in shown if one.export not in held], set(), set())


def _is_called_after(key: str, name: str) -> bool:
    """Whether a member's key has a word of a name in it, or the other way round, or is its initials."""
    words = slug(name).split("-")
    parts = [part for part in re.split(r"[^a-z]+", key) if part]
    alike = any(len(word) > 2 and word in key for word in words) or any(
        len(p) > 2 and p in "".join(words) for p in parts
    )
    return alike or "".join(parts) == "".join(word[0] for word in words) or key == SELF


def _known_addresses(connection: duckdb.DuckDBPyConnection, member: Member) -> set[str]:
    """Return the ends of the profile addresses that the member calls their own, whether they wrote the link or its end alone."""
    links = [f"/in/{text}" if _SLUG.fullmatch(text) else text for text in member.owner]
    return set(addresses_of(connection, links).values())


def _contradict(one: _Shown, two: _Shown, names: set[tuple[str, ...]], addresses: set[str]) -> bool:
    if one.name and two.name and one.words != two.words and not {one.words, two.words} <= names:
        return True
    if one.platform != two.platform or not one.address or not two.address:
        return False
    return one.address != two.address and not {one.address, two.address} <= addresses


def _whom(one: _Shown, other: _Shown) -> str:
    """Return the name, or the address where the names are the same."""
    return one.label if one.words != other.words or not one.address else f"linkedin.com/in/{one.address}"
