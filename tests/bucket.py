"""Reports of many members from one database: making its tables takes long, reading an export and drawing a page does not.

Belongs here: reading exports of several members and computing once, as one run does for all members of a coach. Which members, and
what is expected of their reports, stands in the tests.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines import steps
from pipelines.archive import Limits, exports_below
from pipelines.ingest import create_raw_tables, ingest
from pipelines.readers import own_list
from pipelines.report import broken, make_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipelines.members import Member
    from pipelines.models import Model
    from pipelines.report import Report

    Write = Callable[[Path], Sequence[Path]]


class Inboxes:
    """Functions that each write the exports of one member, named after the function: together one database, computed once."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.told: dict[str, tuple[Member, Write]] = {}

    def __call__(self, write: Write) -> Write:
        """Register a member; a decorator."""
        self.add(write.__name__, write)
        return write

    def add(self, key: str, write: Write, **fields: Any) -> None:
        """Register a member by key, with other fields than all have."""
        assert key not in self.told
        self.told[key] = (replace(self.member, key=key, **fields), write)

    def bucket(self, folder: Path) -> Bucket:
        """Write and read the exports of all members."""
        made = Bucket()
        for number, (member, write) in enumerate(self.told.values()):
            inbox = folder / str(number)
            inbox.mkdir()
            made.read(member, write(inbox))
        return made


class Bucket:
    """The exports of some members, computed when the first report is asked for."""

    def __init__(self) -> None:
        self.connection = steps.connect()
        create_raw_tables(self.connection)
        self.models: list[Model] = []
        self.members: dict[str, Member] = {}

    def read(self, member: Member, exports: Sequence[Path]) -> None:
        """Read the exports of a member."""
        assert not self.models, "read everybody before the first report"
        paths = [export for path in exports for export in exports_below(path, own_list=own_list)]
        ingest(self.connection, member, paths, limits=Limits(), key=b"key")
        self.members[member.key] = member

    def report(self, member: Member, sender: str | None = None, unsubscribe: str | None = None) -> Report:
        """Return the report of a member whose exports were read; language, tone and recipients may be others than then."""
        if not self.models:
            self.models = steps.compute(self.connection)
            assert broken(self.connection, self.models) == {}
        [made] = make_reports(self.connection, self.models, [member], sender, unsubscribe)
        return made

    def document(self, member: Member | str) -> dict[str, Any]:
        """Return report.json of a member, also named by key, with the page under `page`."""
        made = self.report(self.members[member] if isinstance(member, str) else member)
        return {**json.loads(made.json), "page": made.html.decode()}
