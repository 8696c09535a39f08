"""The coach's sheets: who stands on top and why, what is data and what is silence, and what files from afar may not do."""

from __future__ import annotations

import contextlib
import email
import json
import re
from datetime import date, timedelta
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coach.overview import MAIL, OVERVIEW, make_overview, newest
from pipelines.coach.received import LIMIT, read, receive
from pipelines.coach.signals import signals
from pipelines.problem import Problem
from tests import coach_samples as samples
from tests.coach_samples import HOSTILE, document, received, text, worked_with

if TYPE_CHECKING:
    from pathlib import Path


SUNDAY = samples.MONDAY + timedelta(days=6)
both_languages = pytest.mark.parametrize("language", ["de", "en"])


def page(*reports: dict[str, Any], language: str = "de", **more: Any) -> str:
    found = [received(report, f"{number}.json") for number, report in enumerate(reports)]
    return make_overview(found, language, **more).files[OVERVIEW].decode()


@pytest.mark.parametrize(
    ("unusual", "members", "headline"),
    [
        (0, 1, "Nichts Dringendes in dieser Woche"),
        (1, 1, "Ungewöhnliche Zahlen in dieser Woche"),
        (0, 3, "Nichts Dringendes bei drei Personen"),
        (1, 3, "Ungewöhnliche Zahlen bei einer von drei Personen"),
        (2, 12, "Ungewöhnliche Zahlen bei zwei von 12 Personen"),
    ],
)
def test_a_week_in_which_nobody_needs_the_coach_says_so(unusual: int, members: int, headline: str) -> None:
    reports = [document(f"Ada {number}", f"ada{number}") for number in range(members)]
    for report in reports[:unusual]:
        samples.metric(report, "contacts_new").update(value=40, direction="up")
    made = make_overview([received(report) for report in reports], "de")
    assert f"<h1>{headline}</h1>" in made.files[OVERVIEW].decode()
    assert message(made.files[MAIL])["Subject"] == f"KW 46: {headline}"
    told = " ".join(part(made.files[MAIL], "plain").split())
    assert told.count("Neue Kontakte: 40, mehr als üblich (3).") == unusual
    assert ("weitere Personen stehen im ganzen Überblick" in told) == (members == 12)


def test_a_small_number_is_told_as_the_sum_that_it_was_judged_by() -> None:
    report = document()
    samples.metric(report, "contacts_new").update(value=4, direction="up", four_weeks=12, four_weeks_before=5)
    told = make_overview([received(report)], "de").files
    assert "Neue Kontakte: 4, mehr als üblich: in vier Wochen 12, in den vier davor 5." in told[OVERVIEW].decode()
    [sheet] = [content.decode() for name, content in told.items() if name not in (OVERVIEW, MAIL)]
    assert "↑</span> mehr als üblich: in vier Wochen 12, in den vier davor 5</span>" in sheet


def test_the_coach_judges_no_week_that_the_report_does_not() -> None:
    report = document()
    row = samples.metric(report, "contacts_new")
    row["value"] = 40
    for column in ("direction", "four_weeks", "four_weeks_before"):
        del row[column]
    assert signals(received(report), SUNDAY).changes == ()


def test_a_goal_that_is_reached_every_week_is_no_news() -> None:
    goal = worked_with()["goals"][0] | {"metric": "messages_sent", "amount": 9, "reached": True}
    report = document() | {"goals": [goal]}
    assert signals(received(report), SUNDAY).goals_reached == ()
    samples.weeks(report, 2)[0]["messages_sent"] = 8
    assert [one.metric for one in signals(received(report), SUNDAY).goals_reached] == ["messages_sent"]


def message(mail: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(mail, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(mail: bytes, kind: str) -> str:
    found = message(mail).get_body((kind,))
    assert found is not None
    return found.get_content()


def test_who_needs_the_coach_most_stands_on_top() -> None:
    goal = {
        "metric": "comments",
        "amount": 2,
        "per": "week",
        "weeks": 4,
        "weeks_met": 4,
        "this_week": 2,
        "reached": True,
    }
    many = document("Fritz Viel", "fritz")
    samples.metric(many, "contacts_new").update(value=40, direction="up")
    reports = [
        document("Anna Ruhig", "anna"),
        many,
        document("Gerd Ziel", "gerd") | {"goals": [goal]},
        samples.first_recruiting(document("Rita Erst", "rita")),
        samples.silent(document("Stefan Still", "stefan"), 3),
        samples.silent(document("Sabine Still", "sabine"), 8),
        document("Olga Alt", "olga", samples.MONDAY - timedelta(weeks=4)),
        document("Otto Älter", "otto", samples.MONDAY - timedelta(weeks=9)),
    ]
    order = [
        "Otto Älter",
        "Olga Alt",
        "Sabine Still",
        "Stefan Still",
        "Rita Erst",
        "Gerd Ziel",
        "Fritz Viel",
        "Anna Ruhig",
    ]
    for order_given in (reports, reports[::-1]):
        assert re.findall(r'class="who"><a [^>]+>([^<]+)<', page(*order_given)) == order
    assert "Bei sechs von acht Personen gibt es etwas zu besprechen" in page(*reports)


def test_a_week_that_no_export_covers_does_not_age_everybody_else() -> None:
    late = document("Olga Übermorgen", "olga", samples.MONDAY + timedelta(weeks=9))
    for source in late["sources"]:
        source["as_of"] = samples.AS_OF
    shown = text(page(late, document()))
    assert "Woche 46, 9.–15. November 2026" in shown
    assert "Keine Daten seit" not in shown
    assert "Olga Übermorgen Zahlen der KW 2." in shown


def test_weeks_without_data_are_no_silence() -> None:
    report = samples.silent(document(monday=samples.MONDAY - timedelta(weeks=6)), 6)
    found = signals(received(report), SUNDAY)
    assert found.no_data_since == date(2026, 10, 9)
    assert found.silent_weeks == 0
    assert "Keine Daten seit dem 9. Oktober 2026." in text(page(report, document("Eva Andere", "eva")))
    # The very same weeks, seen from their own end, are silence.
    assert signals(received(report), date(2026, 10, 4)).silent_weeks == 6


def test_a_source_that_ends_earlier_or_was_never_given_leaves_silence_open() -> None:
    early, never = samples.silent(document(), 6), samples.silent(document(), 6)
    early["sources"][1]["as_of"] = "2026-10-01"
    for row in samples.weeks(never, 60):
        row["visible_activity"] = None
    assert signals(received(early), SUNDAY).silent_weeks == 0
    assert signals(received(never), SUNDAY).silent_weeks == 0


def test_two_silent_weeks_are_none_worth_a_word_and_vacations_are_passed_over() -> None:
    assert signals(received(samples.silent(document(), 2)), SUNDAY).silent_weeks == 0
    away = samples.silent(document(), 5) | {"vacations": [["2026-11-02", "2026-11-15"]]}
    assert signals(received(away), SUNDAY).silent_weeks == 3
    assert signals(received(away | {"vacations": [["2026-10-20", "2026-11-15"]]}), SUNDAY).silent_weeks == 0


def test_a_recruiting_contact_is_the_first_only_after_many_known_weeks_without_one() -> None:
    assert signals(received(samples.first_recruiting(document())), SUNDAY).first_recruiting == 52
    again = samples.first_recruiting(document())
    samples.weeks(again, 30)[0]["recruiter_contacts"] = 1
    assert signals(received(again), SUNDAY).first_recruiting == 0
    young = samples.first_recruiting(document())
    for row in samples.weeks(young, 60)[:-8]:
        row["recruiter_contacts"] = None
    assert signals(received(young), SUNDAY).first_recruiting == 0


@both_languages
def test_hostile_names_are_shown_and_do_nothing(language: str) -> None:
    report = document(HOSTILE, HOSTILE)
    report["sessions"] = [{"on": "2026-10-12", "agreed": [HOSTILE, "A" * 10_000]}]
    made = make_overview([received(report)], language)
    for shown in (made.files[OVERVIEW].decode(), part(made.files[MAIL], "html")):
        assert "<script" not in shown
        assert "<img" not in shown
        assert not re.search("[\u0000\u202e\u2066]", shown)
    assert "default-src 'none'" in made.files[OVERVIEW].decode()
    assert not re.search(r'(src|href)="(?!#|gespraech-[a-z0-9-]+\.html")', made.files[OVERVIEW].decode())


BROKEN = {
    "empty": b"",
    "no JSON": b"<!DOCTYPE html>",
    "no UTF-8": b"\xff\xfe{}",
    "nothing of ours": b'{"a": 1}',
    "a list": b"[1]",
    "too deep": b"[" * 100_000,
    "a number of thousands of digits": b'{"version": ' + b"9" * 10_000 + b"}",
    "not a number": json.dumps(document()).replace('"value": 3', '"value": NaN').encode(),
    "infinite": json.dumps(document()).replace('"value": 3', '"value": 1e999').encode(),
    "another version": json.dumps(document() | {"version": 2}).encode(),
    "no week": json.dumps(document() | {"week": "2026-W60"}).encode(),
    "a week beyond all calendars": json.dumps(document() | {"week": "9999-W52"}).encode(),
    "a name that is none": json.dumps(document() | {"name": ["Ada"]}).encode(),
    "weeks that are none": json.dumps(document() | {"weeks": [7]}).encode(),
    "a day that is none": json.dumps(document() | {"sources": [{"source": "x", "platform": "y", "as_of": "gestern"}]}).encode(),
    "a goal that is none": json.dumps(document() | {"goals": [{}]}).encode(),
    "a text instead of a number": json.dumps(document()).replace('"value": 3', '"value": "3"').encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_file_is_one_sentence_that_names_it_and_costs_no_other(tmp_path: Path, name: str) -> None:
    [good] = samples.write(tmp_path, document())
    (tmp_path / "schlecht.json").write_bytes(BROKEN[name])
    used, problems = receive([tmp_path / "schlecht.json", good, tmp_path / "fehlt.json", tmp_path])
    assert [report.name for report in used] == ["Ada Beispiel-Köhler"]
    assert ["schlecht.json" in str(problems[0]), "fehlt.json" in str(problems[1]), len(problems)] == [True, True, 3]
    assert not [problem for problem in problems if "\n" in str(problem)]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([HOSTILE, "2026-W46", "2026-10-12", 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_whatever_stands_in_a_field_is_used_or_refused_in_a_sentence(data: st.DataObject) -> None:
    report = worked_with() | {"vacations": [["2026-11-02", "2026-11-15"]]}
    report["weeks"], report["metrics"] = report["weeks"][-4:], report["metrics"][:6]
    place: Any = report
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(ANYTHING)
    with contextlib.suppress(Problem):
        found = read(json.dumps(report).encode(), "report.json")
        make_overview([found, received(document("Eva Andere", "eva"))], "de", named={"ada"})


def test_a_file_larger_than_any_report_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "riesig.json").open("wb") as file:
        file.truncate(LIMIT + 1)
    [], [problem] = receive([tmp_path / "riesig.json"])
    assert str(problem) == f"{tmp_path / 'riesig.json'} is larger than 32 MB, which no report.json is."


def test_of_two_reports_of_a_member_the_newer_week_counts_and_the_other_is_named() -> None:
    older, newer = document(monday=samples.MONDAY - timedelta(weeks=1)), document()
    for pair in ([older, newer], [newer, older]):
        kept, [problem] = newest([received(report, report["week"]) for report in pair])
        assert [report.week for report in kept] == ["2026-W46"]
        assert str(problem).startswith("2026-W45 is left aside: 2026-W46 is of the same member")
    twice, problems = newest([received(newer, "a"), received(newer, "b")])
    assert (len(twice), problems) == (1, [])


@pytest.mark.parametrize("names", [("Ada Beispiel", "Eva Andere"), (None, None), ("Ada Beispiel", "Ada Beispiel")])
def test_two_members_who_call_themselves_the_same_stay_two(names: tuple[str | None, ...]) -> None:
    one, other = (document(name, "self") for name in names)
    samples.metric(other, "contacts_new").update(value=40, direction="up")
    kept, problems = newest([received(one, "a/report.json"), received(other, "b/report.json")])
    assert (len(kept), problems) == (2, [])
    shown = text(make_overview(kept, "de").files[OVERVIEW].decode())
    assert ("a/report.json" in shown and "b/report.json" in shown) == (names[0] == names[1])


@both_languages
def test_page_and_mail_say_the_same_and_the_same_files_give_the_same_bytes(language: str) -> None:
    reports = [received(document(name, name.lower()), name) for name in ("Ada", "Eva", "Uwe")]
    made = make_overview(reports, language, sender="post@example.org", recipient="nora@example.org")
    assert made == make_overview(reports[::-1], language, sender="post@example.org", recipient="nora@example.org")
    assert made.week == "2026-W46"
    for name in ("Ada", "Eva", "Uwe"):
        assert name.encode() in made.files[OVERVIEW]
        assert name.encode() in made.files[MAIL]


@both_languages
def test_a_mail_about_forty_members_is_read_on_the_way(language: str) -> None:
    reports = [samples.silent(document(f"Ada Beispiel-Köhler {number}", f"ada{number}"), 8) for number in range(40)]
    for report in reports:
        samples.metric(report, "contacts_new").update(value=40, direction="up")
    mail = make_overview([received(report) for report in reports], language).files[MAIL]
    plain, html = part(mail, "plain"), part(mail, "html")
    assert len(plain.split()) < 250
    assert len(html.encode()) < 80_000
    assert "34" in plain
    assert plain.count("Ada Beispiel-Köhler") == html.count("<b>Ada Beispiel-Köhler") == 6


def test_the_subject_names_nobody_and_never_recruiting() -> None:
    mail = make_overview([received(samples.first_recruiting(document()))], "de").files[MAIL]
    assert message(mail)["Subject"] == "KW 46: Es gibt etwas zu besprechen"


def test_nothing_to_read_raises_a_sentence() -> None:
    with pytest.raises(Problem, match="bericht is no report"):
        read(b"{}", "bericht")
