"""What the gates look at: pages, mails and PDFs as the program makes them of invented members.

Belongs here: making each document once a process. What must hold of one is in the modules beside, one for each gate.
"""

from __future__ import annotations

import email
import json
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import tinyhtml5

from pipelines.mail import build_mail
from pipelines.message import to_bytes
from pipelines.render import render_page
from tests import coach_samples, page_samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from pipelines.recipients import Recipient
    from pipelines.report import Report

Kind = Literal["page", "mail", "pdf"]
# Width in CSS pixels and colour scheme in which a document is looked at.
View = tuple[int, Literal["light", "dark"]]

VIEWS: tuple[View, ...] = ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark"))
DEMOS = (("typical", "de"), ("typical", "en"), ("small", "de"), ("small", "en"))
SAMPLES = (*((name, "de") for name in sorted(page_samples.SAMPLES)), ("typical", "en"))
SENDER = "Kontaktpuls <bericht@example.org>"
RECIPIENT = "ada@example.org"
UNSUBSCRIBE = "https://example.org/stop"
WEEK = "2026-W46"


@dataclass(frozen=True)
class Document:
    """One output. `content` is the HTML of a page, a whole message or a PDF; `names` are the people whom it names."""

    name: str
    kind: Kind
    language: str
    content: bytes
    names: tuple[str, ...] = ()
    views: tuple[View, ...] = VIEWS
    # The files that lie beside it.
    beside: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """Return the page, or the HTML part of the mail."""
        if self.kind == "page":
            return self.content.decode()
        part = self.message.get_body(("html",))
        assert part is not None
        return part.get_content().replace("\r\n", "\n")

    @property
    def plain(self) -> str:
        """Return the plain part of the mail, nothing where it has none."""
        part = self.message.get_body(("plain",))
        return part.get_content().replace("\r\n", "\n") if part else ""

    @property
    def message(self) -> EmailMessage:
        """Return the mail as programs read it."""
        message = email.message_from_bytes(self.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def tree(self) -> Element:
        """Return the HTML as a browser understands it; elements of SVG keep their namespace."""
        return tinyhtml5.parse(self.html, namespace_html_elements=False)


def every() -> list[Document]:
    """Return every page and mail, copies of the mail as they are sent, PDFs, and each German mail as GMX and WEB.DE show it."""
    pages_and_mails = [document for size, language in DEMOS for document in of_demo(size, language)]
    pages_and_mails += [document for name, language in SAMPLES for document in of_sample(name, language)]
    pages_and_mails += [document for language in ("de", "en") for document in of_coach(language)]
    german = [document for document in pages_and_mails if document.language == "de"]
    ours = [one for one in pages_and_mails if one.kind == "page" and not one.name.startswith("coach")]
    # A sheet is one page in either language; the overview is mailed without its links to them.
    printable = [one for one in ours if one.language == "de" or one.name.startswith("demo")]
    printable += [one for language in ("de", "en") for one in of_coach(language, sheets=False) if one.kind == "page"]
    printable += [one for one in pages_and_mails if "gespraech-ada" in one.name]
    return [
        *pages_and_mails,
        *(sent(form, language) for form in ("html", "pdf") for language in ("de", "en")),
        sent_about("de"),
        *(printed(one) for one in printable),
        *(bare(one) for one in german if one.kind == "mail"),
    ]


def typical() -> dict[str, Document]:
    """Return page, mail, PDF and the mail as it is sent of the typical invented member in German: what mutants are made of."""
    page, mail = of_demo("typical", "de")
    return {"page": page, "mail": mail, "pdf": printed(page), "sent": sent("pdf", "de")}


@cache
def sent(form: str, language: str) -> Document:
    """Return the member's mail as the outbox sends it, with the page attached or, for `pdf`, its PDF."""
    from pipelines.recipients import Recipient

    return _sent(f"sent-{form}-{language}.mail", language, Recipient(RECIPIENT, form))


@cache
def sent_about(language: str) -> Document:
    """Return the mail about the member to somebody else, with the member's page attached."""
    from pipelines.consent import Consent
    from pipelines.recipients import Recipient

    other = Recipient("nora@example.org", own=False, consent=Consent("page", date(2026, 8, 31)))
    return _sent(f"sent-about-{language}.mail", language, other)


def _sent(name: str, language: str, recipient: Recipient) -> Document:
    from pipelines.delivery import queue_report
    from pipelines.message import sent_by
    from pipelines.outbox import Outbox

    with tempfile.TemporaryDirectory() as folder:
        demo_report("typical", language).write(Path(folder, "report"))
        outbox = Outbox(Path(folder, "outbox"))
        moment = datetime(2026, 11, 16, 6, tzinfo=ZoneInfo("Europe/Berlin"))
        [entry] = queue_report(Path(folder, "report"), outbox, [recipient], moment)
        content, _ = sent_by((outbox.folder / f"{entry.id}.eml").read_bytes(), SENDER)
    page, _ = of_demo("typical", language)
    # How it looks is looked at before it is sent.
    return Document(name, "mail", language, content, page.names, views=())


def bare(mail: Document) -> Document:
    """Return a mail without its style sheet."""
    message = mail.message
    part = message.get_body(("html",))
    assert part is not None
    html = re.sub(r"<style>.*?</style>", "", mail.html, flags=re.DOTALL)
    part.set_content(html, subtype="html", cte="quoted-printable")
    views: tuple[View, ...] = ((1280, "light"), (320, "light"))
    return replace(mail, name=f"{mail.name}.bare", content=to_bytes(message), views=views)


@cache
def printed(page: Document) -> Document:
    """Return the PDF of a page."""
    from pipelines.pdf import make_pdf

    pdf = make_pdf(page.html, week=WEEK, language=page.language)
    return replace(page, name=f"{page.name.removesuffix('.page')}.pdf", kind="pdf", content=pdf)


@cache
def of_demo(size: str, language: str) -> tuple[Document, ...]:
    """Return page and mail of the invented member, made of their exports by the steps that `kontaktpuls report` takes."""
    from pipelines.demo import NAME

    report = demo_report(size, language)
    assert report.week == WEEK
    names = (NAME, *(person["name"] for person in json.loads(report.json)["people"]))
    return _both(f"demo-{size}-{language}", language, report.html, report.mail, names, VIEWS)


@cache
def demo_report(size: str, language: str) -> Report:
    """Return the report of the invented member."""
    from pipelines.demo import SIZES, make_member, write_exports

    with tempfile.TemporaryDirectory() as folder:
        return report_of(write_exports(make_member(1, SIZES[size]), Path(folder)), language)


def report_of(exports: Sequence[Path], language: str) -> Report:
    """Return the report of `exports`, with a mail as it is sent; none of them may have been refused."""
    from pipelines import steps
    from pipelines.members import Member

    member = Member(key="ada", language=language, send_to=(RECIPIENT,))
    report, notes = steps.report(member, exports, SENDER, unsubscribe=UNSUBSCRIBE)
    assert report, list(map(str, notes))
    return report


@cache
def of_coach(language: str, *, sheets: bool = True) -> tuple[Document, ...]:
    """Return what a coach gets about three members, one of them with a plain week: overview, mail and a sheet for each, names in it."""
    from pipelines.coach.overview import make_overview
    from pipelines.coach.received import read

    told = [json.loads(demo_report(size, "de").json) for size in ("typical", "small")]
    told[1] |= {"member": "bela", "name": "Bela Brandt"}
    told.append(coach_samples.silent(coach_samples.document("Cem Cakir", "cem"), 6))
    received = [read(json.dumps(report).encode(), f"{report['member']}.json") for report in told]
    named = {report["member"] for report in told}
    made = make_overview(received, language, named=named, sheets=sheets, sender=SENDER, recipient=RECIPIENT)
    names = tuple(report["name"] for report in told)
    return tuple(
        Document(
            f"coach-{language}.{name}",
            "page" if name.endswith(".html") else "mail",
            language,
            content,
            names,
            beside=tuple(made.files),
        )
        for name, content in made.files.items()
    )


@cache
def of_coach_sample(language: str) -> tuple[Document, Document]:
    """Return the overview of three members told in `coach_samples`, and the sheet of the one who has worked with the coach."""
    from pipelines.coach.overview import OVERVIEW, make_overview

    told = [
        coach_samples.worked_with(),
        coach_samples.silent(coach_samples.document("Bela Brandt", "bela"), 6),
        coach_samples.first_recruiting(coach_samples.document("Cem Çakır", "cem")),
    ]
    made = make_overview([coach_samples.received(one) for one in told], language, named={"ada"}).files
    overview, sheet = (
        Document(name, "page", language, made[file])
        for name, file in (("overview", OVERVIEW), ("sheet", "gespraech-ada.html"))
    )
    return overview, sheet


@cache
def of_sample(name: str, language: str) -> tuple[Document, ...]:
    """Return page and mail of a week told in `page_samples`."""
    context = page_samples.SAMPLES[name](language)
    monday = datetime(2026, 11, 16, 6, tzinfo=ZoneInfo("Europe/Berlin"))
    mail = build_mail(context, sender=SENDER, recipient=RECIPIENT, date=monday, unsubscribe=UNSUBSCRIBE)
    # The hostile week puts what its people are called into the subject too.
    names = () if name == "hostile" else (context["member_name"], *(person["name"] for person in context["people"]))
    # The ways in which weeks differ are seen in one view as well as in the other.
    views = VIEWS[:1] + VIEWS[-1:]
    return _both(f"{name}-{language}", language, render_page(context).encode(), mail, names, views)


def _both(
    name: str, language: str, page: bytes, mail: bytes, names: tuple[str, ...], views: tuple[View, ...]
) -> tuple[Document, ...]:
    return (
        Document(f"{name}.page", "page", language, page, names, views),
        Document(f"{name}.mail", "mail", language, mail, names, views),
    )
