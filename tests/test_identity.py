"""One person on two platforms: how often the program is right, measured on members whose truth is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pipelines import steps
from pipelines.archive import Limits
from pipelines.demo import AS_OF, SIZES, make_member, write_exports
from pipelines.ingest import create_raw_tables, ingest
from pipelines.members import Member
from pipelines.models import load_models
from tests.reference import folded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("size", "seed"),
    [("small", 1), ("small", 2), ("small", 3), ("small", 4), pytest.param("typical", 1, marks=pytest.mark.slow)],
)
def test_people_are_joined_rightly_and_nearly_all_that_names_can_join(size: str, seed: int, tmp_path: Path) -> None:
    member = make_member(seed, SIZES[size])
    [newest, _, xing, _] = write_exports(member, tmp_path)
    connection = steps.connect()
    create_raw_tables(connection)
    ingest(connection, Member("ada"), [newest, xing], limits=Limits(), key=bytes(32))
    for model in load_models():
        steps.build(connection, model)
        if model.name == "report_matches":
            break

    joined = connection.execute(
        """
        select linkedin.address, xing.name
        from people as a
        inner join people as b using (person)
        inner join contacts as linkedin on a.contact = linkedin.contact and a.platform = linkedin.platform
        inner join contacts as xing on b.contact = xing.contact and b.platform = xing.platform
        where a.platform = 'linkedin' and b.platform = 'xing'
        """
    ).fetchall()
    one_human = {
        (contact.person.slug.lower(), on_xing.name)
        for contact, on_xing in member.on_both_platforms
        if contact.on(AS_OF) and not contact.hidden
    }
    right = sum(pair in one_human for pair in joined)
    assert right >= 0.99 * len(joined)

    here = Counter(folded(c.person.name) for c in member.contacts if c.on(AS_OF) and not c.hidden)
    there = Counter(folded(c.name) for c in member.xing_contacts)
    can_be_told = sum(here[folded(name)] == 1 and there[folded(name)] == 1 for _, name in one_human)
    assert right >= 0.95 * can_be_told > 0

    [(matched, ambiguous)] = connection.execute("select matched, ambiguous from report_matches").fetchall()
    assert matched == len(joined)
    assert ambiguous == sum(1 for name in there if here[name] and here[name] + there[name] > 2)
    assert not [name for _, name in joined if here[folded(name)] > 1 or there[folded(name)] > 1]
