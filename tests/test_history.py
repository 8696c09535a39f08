"""Exports as history: what each new one changed is told, and none changes a count that it has no say in."""

from __future__ import annotations

import json
import random
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import steps
from pipelines.demo import AS_OF, SIZES, make_member, write_exports
from pipelines.demo.rhythm import EARLIER
from pipelines.members import Member
from pipelines.models import load_models
from tests.bucket import Bucket, Inboxes
from tests.crowd import crowd
from tests.reading_samples import LINK, lines, write_export
from tests.scenario import OWNER, Scenario, ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

OLDER = "Complete_LinkedInDataExport_10-30-2026.zip"
NEWER = "Complete_LinkedInDataExport_11-20-2026.zip"
REVISIONS = ancestors(load_models(), "report_revisions", "weekly_metrics")
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


def contact(name: str, day: str, company: str = "Sternwarte SE", title: str = "Ärztin") -> str:
    first, last = name.split()
    return f"{first},{last},https://www.linkedin.com/in/{first}-{last},,{company},{title},{day}"


def reaction(day: str, number: int = 0) -> str:
    return f"{day} 10:11:12,LIKE,{LINK[:-4]}{number:04d}"


def export(folder: Path, name: str, contacts: Sequence[str], reactions: Sequence[str] = ()) -> Path:
    files = {"Connections.csv": lines(HEAD, *contacts)}
    if reactions:
        files["Reactions.csv"] = lines("Date,Type,Link", *reactions)
    return write_export(folder, files, name)


def reported(*exports: Path, week: str = "2026-W46") -> dict[str, Any]:
    made, _ = steps.report(Member("ada", week=week, language="en"), exports, None)
    assert made is not None
    return {**json.loads(made.json), "page": made.html.decode()}


inboxes = Inboxes(Member("ada", week="2026-W46", language="en"))


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    return inboxes.bucket(tmp_path_factory.mktemp("inboxes"))


BASE = [
    contact("Mira Holzapfel", "05 Feb 2024"),
    contact("Jörg Weißdorn", "06 Oct 2026"),
    contact("Thea Kranich", "07 Oct 2026"),
]


def other_contacts(inbox: Path) -> list[Path]:
    changed = [
        contact("Mira Holzapfel", "05 Feb 2024", company="Rheinwerk KG"),
        BASE[1],
        contact("Nils Pfeffer", "12 Nov 2026"),
    ]
    return [export(inbox, OLDER, BASE), export(inbox, NEWER, changed)]


inboxes.add("other_contacts", other_contacts, week="2026-W47")


def test_what_a_new_export_changed_is_told_with_both_its_days(bucket: Bucket) -> None:
    found = bucket.document("other_contacts")
    [change] = found["details"]["history"]
    counts = ("contacts_added", "contacts_lost", "companies_changed", "titles_changed", "renamed")
    assert [change[name] for name in counts] == [1, 1, 1, 0, 0]
    said = found["page"].replace("\N{NO-BREAK SPACE}", " ")
    assert "20 November 2026, compared with that of 30 October 2026: one new contact" in said
    assert "one contact no longer there" in found["page"]


@inboxes
def one_more_reaction(inbox: Path) -> list[Path]:
    older = export(inbox, OLDER, BASE, [reaction("2026-10-13", 1)])
    return [older, export(inbox, NEWER, BASE, [reaction("2026-10-13", 1), reaction("2026-10-14", 2)])]


def test_a_figure_that_a_newer_export_corrects_is_told(bucket: Bucket) -> None:
    found = bucket.document("one_more_reaction")
    [revision] = found["details"]["revisions"]
    assert (revision["metric"], revision["week_name"], revision["before"], revision["now"]) == (
        "visible_activity", "2026-W42", 1, 2,
    )  # fmt: skip
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found["page"]))
    assert "The newest export corrects figures of earlier weeks." in text
    assert "Week 42 Visible activity (LinkedIn) 1 2" in text


@inboxes
def one_more_reaction_in_an_open_week(inbox: Path) -> list[Path]:
    older = export(inbox, OLDER, BASE, [reaction("2026-10-26", 1)])
    return [older, export(inbox, NEWER, BASE, [reaction("2026-10-26", 1), reaction("2026-10-31", 2)])]


def test_a_week_that_the_older_export_did_not_cover_whole_is_no_correction(bucket: Bucket) -> None:
    assert bucket.document("one_more_reaction_in_an_open_week")["details"]["revisions"] == []


Correction = tuple[str, str, str, int, int]


def corrections(told: Scenario) -> dict[str, set[Correction]]:
    """Return the corrections that each member is told."""
    statement = "select member, platform, metric, week_name, before, now from report_revisions"
    found: dict[str, set[Correction]] = {row["member"]: set() for row in told.rows["raw_members"]}
    for member, *correction in told.database(models=REVISIONS).execute(statement).fetchall():
        found[member].add(tuple(correction))
    return found


def test_every_kind_of_figure_that_changes_is_told():
    told = Scenario()
    member = told.member("ada")
    older, newer = member.linkedin("2026-10-30"), member.linkedin("2026-11-20")
    for one in (older, newer):
        # She wrote as an engineer and is a recruiter by the title of the newer export; he is one no longer.
        one.message("2026-10-13 10:00", "Anna Arndt", "in").message("2026-10-06 10:00", "Bela Brandt", "in")
        one.invitation("2026-09-01 10:00", "Dora Decker", "out").recommendation(
            "2026-01-14 10:00", "Gero Graf", "given"
        )
        one.empty("linkedin_recommendations_received", "linkedin_endorsements_given")
        one.connection("Anna Arndt", "2026-01-01", position="Ingenieurin" if one is older else "Recruiterin")
        one.connection("Bela Brandt", "2026-01-01", position="Recruiter" if one is older else "Ingenieur")
    newer.recommendation("2026-10-14 10:00", "Gero Graf", "received").endorsement(
        "2026-10-14 10:00", "Gero Graf", "given"
    )
    newer.invitation("2026-10-14 10:00", "Emil Engel", "out").connection("Hanna Hirsch", "2026-10-14")
    # No figure was told of a source that the older export did not hold, or before it began.
    newer.comment("2026-10-14 10:00").invitation("2026-08-25 10:00", "Emil Engel", "out")
    first, second = member.xing("2026-10-30"), member.xing("2026-11-20")
    talk = ("2026-10-13 09:00", "Hallo", f"Fatma Falk, {OWNER}", ("2026-10-13 09:00", "Fatma Falk"))
    first.contact("Fatma Falk", "2024-01-01 10:00").talk(*talk)
    second.contact("Fatma Falk", "2024-01-01 10:00").contact("Cem Cakir", "2026-10-14 10:00")
    second.talk(*talk, ("2026-10-14 09:00", OWNER))
    assert corrections(told)["ada"] == {
        ("linkedin", "recruiter_contacts", "2026-W42", 0, 1),
        ("linkedin", "recruiter_contacts", "2026-W41", 1, 0),
        ("linkedin", "recommendations_received", "2026-W42", 0, 1),
        ("linkedin", "endorsements_given", "2026-W42", 0, 1),
        ("linkedin", "invitations_sent", "2026-W42", 0, 1),
        ("linkedin", "contacts_new", "2026-W42", 0, 1),
        ("xing", "messages_sent", "2026-W42", 0, 1),
        ("xing", "contacts_new", "2026-W42", 0, 1),
    }


def test_a_correction_is_told_with_the_export_that_caused_it_and_not_again():
    told = Scenario()

    def given(member: str, *days: str) -> None:
        ada = told.member(member)
        for day in days:
            export = ada.linkedin(day).message("2026-10-13 10:00", "Anna Arndt", "in")
            if day > "2026-10-30":
                export.message("2026-10-14 10:00", "Anna Arndt", "in")

    given("one", "2026-10-30")
    given("two", "2026-10-30", "2026-11-06")
    # Two exports since the last report: what the first of them changed is told as well.
    given("two since the last report", "2026-10-30", "2026-11-12", "2026-11-13")
    given("three", "2026-10-30", "2026-11-06", "2026-11-13")
    correction = {("linkedin", "messages_received", "2026-W42", 1, 2)}
    assert corrections(told) == {
        "one": set(),
        "two": correction,
        "two since the last report": correction,
        "three": set(),
    }


def test_an_old_export_beside_a_new_one_of_another_platform_corrects_nothing_any_more():
    told = Scenario()
    member = told.member("ada")
    member.linkedin("2026-10-30").message("2026-10-13 10:00", "Anna Arndt", "in")
    newer = member.linkedin("2026-11-06").message("2026-10-13 10:00", "Anna Arndt", "in")
    newer.message("2026-10-14 10:00", "Anna Arndt", "in")
    member.xing("2026-11-25").contact("Fatma Falk", "2024-01-01 10:00")
    assert corrections(told) == {"ada": set()}


@pytest.mark.parametrize("seed", range(3))
def test_the_changes_of_all_exports_together_make_the_figures(seed: int):
    database = crowd(random.Random(seed), 40).database(models=REVISIONS)
    names = [name for (name,) in database.execute("select distinct metric from export_weeks").fetchall()]
    assert len(names) > 8
    for name in names:
        # Recruiters whom only the member's own log names are in no export.
        wrong = database.execute(f"""
            select numbers.member, numbers.platform, numbers.week, numbers.{name}, sum(changes.change)
            from weekly_metrics as numbers
            semi join (
                select member, platform from stg_exports group by all having count(distinct as_of) > 1
            ) as several on numbers.member = several.member and numbers.platform = several.platform
            left join export_weeks as changes on numbers.member = changes.member
                and numbers.platform = changes.platform and numbers.week = changes.week and changes.metric = '{name}'
            where numbers.platform in ('linkedin', 'xing') and not ('{name}' = 'recruiter_contacts' and numbers.platform = 'xing')
            group by all having numbers.{name} != coalesce(sum(changes.change), 0)
        """).fetchall()
        assert wrong == [], name


def invented(seed: int, inbox: Path) -> list[Path]:
    return write_exports(make_member(seed, SIZES["small"]), inbox)


for seed in (1, 5):
    inboxes.add(f"invented{seed}", partial(invented, seed))


@pytest.mark.parametrize("seed", [1, 5])
def test_the_invented_members_changes_are_the_ones_of_her_story(seed: int, bucket: Bucket) -> None:
    found, member = bucket.document(f"invented{seed}"), make_member(seed, SIZES["small"])
    [change] = [row for row in found["details"]["history"] if row["platform"] == "linkedin"]
    assert change["contacts_added"] == sum(c.on(AS_OF) and not c.on(EARLIER) for c in member.contacts)
    assert change["contacts_lost"] == sum(c.on(EARLIER) and not c.on(AS_OF) for c in member.contacts)


def numbers(found: dict[str, Any]) -> list[dict[str, Any]]:
    return found["weeks"]


@inboxes
def once(inbox: Path) -> list[Path]:
    return [export(inbox, NEWER, BASE, [reaction("2026-10-13")])]


@inboxes
def three_times(inbox: Path) -> list[Path]:
    [path] = once(inbox)
    (inbox / "copy").mkdir()
    copy = inbox / "copy" / NEWER.replace(".zip", " (1).zip")
    copy.write_bytes(path.read_bytes())
    return [path, path, copy]


def test_the_same_export_again_changes_nothing(bucket: Bucket) -> None:
    assert numbers(bucket.document("once")) == numbers(bucket.document("three_times"))


def test_an_older_export_after_a_newer_one_is_the_same_as_before_it(tmp_path: Path) -> None:
    older, newer = export(tmp_path, OLDER, BASE), export(tmp_path, NEWER, BASE[1:])
    assert reported(older, newer) == reported(newer, older)


RESAVED = {
    "a byte order mark, semicolons and Windows line ends": lambda text: (
        b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode()
    ),
    "UTF-16 with tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "other dates, without seconds": lambda text: re.sub(r"2026-10-13 10:11:\d\d", "10/13/2026 10:11", text).encode(),
}


ROWS = [f"2026-10-13 10:11:{second},LIKE,{LINK}" for second in ("12", "40")]


@inboxes
def newest_alone(inbox: Path) -> list[Path]:
    return [export(inbox, NEWER, BASE, ROWS)]


def beside_it_saved_again(resave: Callable[[str], bytes], inbox: Path) -> list[Path]:
    saved_again = resave("\n".join(["Date,Type,Link", *ROWS]) + "\n")
    again = {"Connections.csv": lines(HEAD, *BASE), "Reactions.csv": saved_again}
    return [*newest_alone(inbox), write_export(inbox, again, OLDER)]


for how, resave in RESAVED.items():
    inboxes.add(how, partial(beside_it_saved_again, resave))


@pytest.mark.parametrize("how", RESAVED)
def test_an_export_that_a_spreadsheet_saved_again_adds_nothing(bucket: Bucket, how: str) -> None:
    alone, both = bucket.document("newest_alone"), bucket.document(how)
    for name in ("reactions", "visible_activity", "contacts_new", "contacts_total"):
        assert [row[name] for row in numbers(alone)] == [row[name] for row in numbers(both)]
