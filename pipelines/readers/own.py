"""The small tables that a member keeps by hand.

Belongs here: their description, with German and English headers. They are known by their file name, or by both their headers.
"""

from __future__ import annotations

from pipelines.readers.source import Source, text

GROUPS = Source(
    "own_groups",
    ("groups", "gruppen"),
    {"group_id": ("group_id", "Gruppen-ID", "Gruppen_ID", "Gruppe"), "name": ("name", "Gruppenname", "Bezeichnung")},
    (text("group_id"), text("name")),
)
GROUPS_BY_CONTENT = frozenset({"groupid", "name"})
SOURCES = (GROUPS,)
