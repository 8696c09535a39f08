"""The weekly mail as programs and people get it: two parts that say the same, headers that hold, nothing to load, the same bytes."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
from datetime import datetime
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.mail import build_mail, subject
from pipelines.message import attach
from pipelines.problem import Problem
from pipelines.render import render_mail
from tests import page_samples

ROOT = Path(__file__).resolve().parent.parent
MONDAY = datetime(2026, 11, 16, 6, tzinfo=ZoneInfo("Europe/Berlin"))
every_sample = pytest.mark.parametrize("name", sorted(page_samples.SAMPLES))
both_languages = pytest.mark.parametrize("language", ["de", "en"])


class Reader(HTMLParser):
    """What a person reads: text outside of head and hidden elements; and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._skip = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        hidden = tag in ("style", "title") or "display:none" in (dict(attrs).get("style") or "")
        if self._skip or hidden:
            self._skip += tag not in ("br", "meta")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= bool(self._skip)

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words += data.split()


def mail(
    name: str = "typical",
    language: str = "de",
    sender: str | None = "bericht@example.org",
    recipient: str | None = "ada@example.org",
) -> bytes:
    return build_mail(page_samples.SAMPLES[name](language), sender=sender, recipient=recipient, date=MONDAY)


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def parts(raw: bytes) -> tuple[str, str]:
    message = parsed(raw)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return plain.get_content().replace("\r\n", "\n"), rich.get_content().replace("\r\n", "\n")


def test_blocks_stand_in_the_order_of_the_letter() -> None:
    plain, _ = parts(mail())
    context = page_samples.typical("de")
    flat = " ".join(plain.split())
    expected = [
        context["headline"],
        "Guten Tag, Ada Beispiel-Köhler.",
        "Datenstand: LinkedIn 20. November 2026",
        "Neue Kontakte: 3",
        "Recruiting-Kontakte (geschätzt): 2",
        "Mira Holzapfel · zuletzt im März 2025",
        "EIN SCHRITT FÜR DIESE WOCHE",
        context["steps"][0]["sentence"],
        "Die ganze Seite: report.html",
        context["ledger"]["sentence"],
        context["why"],
        context["stop"],
    ]
    places = [flat.index(text) for text in expected]
    assert places == sorted(places)
    assert context["steps"][1]["sentence"] not in flat


def test_at_most_three_people_and_estimated_in_both_parts() -> None:
    context = page_samples.typical("de")
    context["people"] = [context["people"][0] | {"name": f"Person {letter}"} for letter in "ABCDE"]
    for part in reversed(render_mail(context)):
        assert "Person C" in part
        assert "Person D" not in part
        assert "geschätzt" in part


def test_quiet_week_names_nobody_and_leaves_no_empty_heading() -> None:
    for part in parts(mail("quiet")):
        assert "melden könnten" not in part
        assert "Eine ruhige Woche" in part


def test_a_week_without_anything_new_takes_three_lines_and_counts_nothing() -> None:
    context = page_samples.quiet("de")
    for part in render_mail(context):
        flat = " ".join((" ".join(Reader(part).words) if "<html" in part else part).split())
        for line in (context["headline"], context["lead"], "Datenstand: LinkedIn", context["steps"][0]["sentence"]):
            assert line in flat
        for key in context["key_numbers"]:
            assert key["label"] not in flat
            assert key["change"] not in flat


@both_languages
def test_a_week_without_anything_new_has_three_paragraphs_between_masthead_and_footer(language: str) -> None:
    context = page_samples.quiet(language)
    context["key_numbers"][1] |= {"value": None, "reason": "Das steht in keinem Export."}
    html, plain = render_mail(context)
    sheet = html[html.index('class="muted mast"') : html.index('class="muted foot"')]
    assert len(re.findall(r"<(?:h1|h2|p)\b", sheet)) == 3
    _, headline, lead, step, _ = re.split(r"\n{2,}", plain, maxsplit=4)
    assert headline == context["headline"]
    assert context["lead"] in " ".join(lead.split())
    assert " ".join(step.split()) == " ".join(
        f"{context['steps'][0]['sentence']} {context['steps'][0]['reason']}".split()
    )


def test_without_a_lead_the_line_beside_the_subject_is_not_empty() -> None:
    html, _ = render_mail(page_samples.typical("de") | {"lead": ""})
    assert '<div style="display:none" aria-hidden="true">2.279 ' in html


def test_the_mail_beside_the_page_does_not_claim_that_the_page_is_attached() -> None:
    for part in render_mail(page_samples.typical("de")):
        assert "report.html" in part
        assert "hängt" not in part


def test_a_week_without_anything_new_names_what_is_missing() -> None:
    context = page_samples.quiet("de")
    context["key_numbers"][1] |= {"value": None, "reason": "Das steht in keinem Export."}
    for part in render_mail(context):
        assert "Sichtbare Aktivität: n/a. Das steht in keinem Export." in part
        assert "Neue Kontakte" not in part


def test_a_quiet_week_in_which_recruiting_wrote_is_told_in_full() -> None:
    context = page_samples.quiet("de")
    context["key_numbers"][2]["value"] = 1
    for part in render_mail(context):
        assert "Recruiting-Kontakte" in part


def test_a_quiet_member_whose_numbers_are_all_zero_gets_no_empty_table() -> None:
    context = page_samples.typical("de")
    context["key_numbers"] = []
    html, plain = render_mail(context)
    assert not re.search(r"<table[^>]*>\s*</table>", html)
    assert "\n\n\n\n" not in plain


def test_absent_number_comes_with_its_reason() -> None:
    plain, html = parts(mail("absent"))
    assert "Sichtbare Aktivität: n/a\n  Das steht in keinem Export." in plain
    assert html.count("Das steht in keinem Export.") == 2


def test_headers_say_what_programs_need() -> None:
    message = parsed(mail())
    assert message["Subject"] == (
        "KW 46: So sichtbar wie in keiner anderen Woche des letzten halben Jahres: 9 Aktivitäten"
    )
    assert message["Date"].datetime == MONDAY
    assert str(message["From"]) == "Kontaktpuls <bericht@example.org>"
    assert message["To"] == "ada@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "kontaktpuls" in message["List-Id"]
    assert message["List-Unsubscribe"] == "<mailto:bericht@example.org?subject=Stopp>"
    assert message["List-Unsubscribe-Post"] is None
    assert message["Content-Language"] == "de"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part["Content-Transfer-Encoding"] for part in message.iter_parts()] == ["quoted-printable"] * 2
    assert len(message.keys()) == len(set(message.keys()))


@pytest.mark.parametrize("url", ["https://example.org/stop", f"https://example.org/{'x' * 150}?list=kontaktpuls"])
def test_one_click_is_offered_where_an_address_takes_it(url: str) -> None:
    raw = build_mail(
        page_samples.typical("de"),
        sender="bericht@example.org",
        recipient="ada@example.org",
        date=MONDAY,
        unsubscribe=url,
    )
    message = parsed(raw)
    own_id = message["Message-ID"].strip("<>").partition("@")[0]
    joined = "&" if "?" in url else "?"
    assert message["List-Unsubscribe"].split() == [
        f"<{url}{joined}id={own_id}>,",
        "<mailto:bericht@example.org?subject=Stopp>",
    ]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"=?utf-8?" not in raw.partition(b"List-Unsubscribe:")[2].partition(b"\r\nList-Unsubscribe-Post")[0]


def test_without_addresses_there_is_no_recipient_and_no_way_to_unsubscribe_by_mail() -> None:
    message = parsed(mail(sender=None, recipient=None))
    assert message["To"] is None
    assert message["List-Unsubscribe"] is None
    assert message["From"].addresses[0].domain == "localhost"


def test_message_id_is_of_member_and_week() -> None:
    first = parsed(mail())["Message-ID"]
    context = page_samples.typical("en") | {"headline": "x"}
    assert parsed(build_mail(context, sender=None, recipient=None, date=MONDAY))["Message-ID"] == first
    assert (
        parsed(build_mail(context | {"member": "bob"}, sender=None, recipient=None, date=MONDAY))["Message-ID"] != first
    )
    later = context | {"week": context["week"] | {"name": "2026-W47"}}
    assert parsed(build_mail(later, sender=None, recipient=None, date=MONDAY))["Message-ID"] != first


@every_sample
def test_no_text_reaches_the_headers_as_anything_but_the_subject(name: str) -> None:
    message = parsed(mail(name))
    assert set(message.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "List-Id",
        "List-Unsubscribe",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    }
    assert "46" in message["Subject"]
    assert len(message["Subject"]) <= 120
    assert message["Subject"].isprintable()


@pytest.mark.parametrize(
    "text", ["ruhig\r\nBcc: x@example.org", "a\x00b\x0bc\u2028d\u0085e\u202ef", "x" * 400, "", "\n"]
)
def test_subject_is_one_short_line_that_names_the_week(text: str) -> None:
    context = page_samples.typical("de") | {"subject": text}
    assert re.match(r"KW 46: ", subject(context))
    assert subject(context).isprintable()
    raw = build_mail(context, sender="a@example.org", recipient=None, date=MONDAY)
    assert parsed(raw)["Bcc"] is None
    assert subject(page_samples.typical("en") | {"subject": "a quiet one"}) == "Week 46: a quiet one"


@pytest.mark.parametrize(
    "wrong",
    ["", "ada", "ada@", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "ada@exa mple.org"],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    if wrong:
        with pytest.raises(Problem):
            mail(recipient=wrong)
    with pytest.raises(Problem):
        mail(sender=wrong or "@")


def test_the_address_that_stops_mails_is_written_as_an_address() -> None:
    raw = mail(sender="ada&cc=eva@example.org")
    assert parsed(raw)["List-Unsubscribe"] == "<mailto:ada%26cc%3Deva@example.org?subject=Stopp>"


def test_date_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        build_mail(page_samples.typical("de"), sender=None, recipient=None, date=MONDAY.replace(tzinfo=None))


def test_same_context_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests import page_samples as s; from pipelines.mail import build_mail; from datetime import datetime; from zoneinfo import ZoneInfo;"
        "sys.stdout.buffer.write(build_mail(s.typical('de'), sender='bericht@example.org', recipient='ada@example.org', date=datetime(2026, 11, 16, 6, tzinfo=ZoneInfo('Europe/Berlin'))))"
    )
    for environment in (
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, str(ROOT)], capture_output=True, check=True, env=os.environ | environment
        )
        assert done.stdout == mail()


def test_page_can_be_attached_without_losing_a_part_or_the_language() -> None:
    message = email.message_from_bytes(mail(), policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    whole = parsed(
        attach(message, "kontaktpuls-2026-W46.html", b"<p>x</p>", "text/html; charset=utf-8", "ada 2026-W46").as_bytes()
    )
    assert whole.get_content_type() == "multipart/mixed"
    assert whole["Content-Language"] == "de"
    assert parts(whole.as_bytes()) == parts(mail())
    assert [attachment.get_filename() for attachment in whole.iter_attachments()] == ["kontaktpuls-2026-W46.html"]
