"""Faults that somebody could make in a page, a mail or a PDF, and which gates must object to each; no other may.

A gate proves by them that it looks. Each is made of the typical member's document, which passes every gate.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pikepdf

from pipelines.message import to_bytes
from tests.gates import documents
from tests.gates.pdf import elements

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gates.documents import Document, Kind, View

    Change = Callable[[Document], bytes]


@dataclass(frozen=True)
class Mutant:
    """A fault by its name: how the document is changed, the gates that must object, and where it is looked at."""

    name: str
    kind: Kind | Literal["sent"]
    change: Change
    gates: frozenset[str]
    view: View = (1280, "light")

    def document(self) -> Document:
        """Return the document with the fault in it."""
        sound = documents.typical()[self.kind]
        changed = self.change(sound)
        assert changed != sound.content, f"{self.name} changes nothing"
        return replace(sound, name=self.name, content=changed, views=(self.view,))


def swap(old: str, new: str, document: Document) -> bytes:
    """Change the first `old` in the page, or in the HTML part of the mail, to `new`."""
    assert old in document.html, f"{old} is no longer there"
    return _with_html(document, document.html.replace(old, new, 1))


def _with_html(document: Document, html: str) -> bytes:
    return html.encode() if document.kind == "page" else _with_parts(document, document.plain, html)


def _with_parts(document: Document, plain: str, html: str) -> bytes:
    message = document.message
    for subtype, text in (("plain", plain), ("html", html)):
        part = message.get_body((subtype,))
        assert part is not None
        part.set_content(text, subtype=subtype, cte="quoted-printable")
    return to_bytes(message)


def in_plain(old: str, new: str, document: Document) -> bytes:
    """Change the first `old` in the plain part of the mail to `new`."""
    assert old in document.plain, f"{old} is no longer there"
    return _with_parts(document, document.plain.replace(old, new, 1), document.html)


def in_both(text: str, document: Document) -> bytes:
    """Add a sentence to both parts of the mail."""
    html = document.html.replace("</h1>", f"</h1>\n<div>{text}</div>", 1)
    return _with_parts(document, f"{text}\n\n{document.plain}", html)


def header(name: str, value: str | None, document: Document) -> bytes:
    """Give the mail another value of a header, or none."""
    message = document.message
    assert message[name] is not None, f"{name} is no longer there"
    del message[name]
    if value is not None:
        message[name] = value
    return to_bytes(message)


def html_alone(document: Document) -> bytes:
    """Leave out the plain part of the mail."""
    message = document.message
    plain = message.get_body(("plain",))
    message.set_payload([part for part in message.iter_parts() if part is not plain])
    return to_bytes(message)


def raw(old: bytes, new: bytes, document: Document) -> bytes:
    """Change all of `old` in the bytes to `new`."""
    assert old in document.content, f"{old!r} is no longer there"
    return document.content.replace(old, new)


def first(old: bytes, new: bytes, document: Document) -> bytes:
    """Change the first `old` in the bytes to `new`."""
    assert old in document.content, f"{old!r} is no longer there"
    return document.content.replace(old, new, 1)


def two_files(document: Document) -> bytes:
    """Attach the file of the mail once more."""
    message = document.message
    message.attach(list(message.walk())[-1])
    return to_bytes(message)


def in_pdf(change: Callable[[pikepdf.Pdf], object], document: Document) -> bytes:
    """Change what is in the PDF."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document.content)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def _drop(path: str, document: pikepdf.Pdf) -> None:
    *way, last = path.split()
    place: Any = document.Root
    for step in way:
        place = place[step]
    del place[last]


def _drop_of(place: Any, key: str) -> None:
    del place[key]


def _first(kind: str, document: pikepdf.Pdf) -> pikepdf.Dictionary:
    return next(element for element in elements(document) if str(element.S) == kind)


def _no_claim(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfuaid:part"]


def _no_font(document: pikepdf.Pdf) -> None:
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor" and key in one:
                del one[key]


def _no_letters(document: pikepdf.Pdf) -> None:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def _runs(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def _runs_on_closing(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.AA = pikepdf.Dictionary(WC=action)


def _file_within(document: pikepdf.Pdf) -> None:
    document.attachments["x.txt"] = b"x"


def _font_of_the_reader(document: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].Resources.Font["/Fx"] = document.make_indirect(font)


def _link(document: pikepdf.Pdf, address: str, words: str) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action, Contents=words
    )
    document.pages[0].Annots = document.make_indirect(pikepdf.Array([*document.pages[0].get("/Annots", []), link]))


def _mutants(
    kind: Kind | Literal["sent"], *rows: tuple[str, Any, str] | tuple[str, Any, str, View]
) -> tuple[Mutant, ...]:
    """Return a table's mutants: name, change, gates that must object and, where the view from afar does not show it, the view."""
    return tuple(Mutant(f"{kind}: {row[0]}", kind, row[1], frozenset(row[2].split()), *row[3:]) for row in rows)


def _swap(old: str, new: str) -> Change:
    return partial(swap, old, new)


def _after_title(new: str) -> Change:
    return partial(swap, "</h1>", f"</h1>{new}")


_LATE = '<meta charset="utf-8">'
_NARROW, _DARK = (320, "light"), (1280, "dark")

PAGES = _mutants(
    "page",
    ("no language", _swap('<html lang="de">', "<html>"), "html axe"),
    ("no title", _swap("<title>", "<!--title-->\n<style>"), "html axe"),
    ("image without text", _after_title('<img src="data:,">'), "html axe policy"),
    ("element left open", _after_title("<div>"), "html"),
    ("two of one id", _swap('<section id="people">', '<section id="steps">'), "html"),
    ("sign not written out", _after_title("<p>Zeit & Geld < nichts</p>"), "html"),
    ("heading left out", _after_title("<h4>Ein Punkt</h4>"), "axe"),
    ("empty link", _after_title('<a href="#steps"></a>'), "html axe"),
    ("chart without name", _after_title('<svg role="img" viewBox="0 0 1 1"></svg>'), "axe"),
    ("pale text", _swap("</style>", ".lead { color: #b0b0b0 }</style>"), "axe"),
    ("pale text at night", _swap("</style>", "@media (prefers-color-scheme: dark) { .lead { color: #444 } }</style>"), "axe", _DARK),
    ("too wide for a telephone", _after_title('<div style="width: 400px">x</div>'), "screen", _NARROW),
    ("script", _after_title("<script>document.title = 1</script>"), "policy screen"),
    ("handler", _swap("<h1>", '<h1 onclick="document.title = 1">'), "policy screen"),
    ("handler that runs at once", _after_title('<video onloadstart="x" src="data:,"></video>'), "policy screen"),
    ("link that runs", _swap('href="#sources"', 'href="javascript:alert(1)"'), "policy"),
    ("link elsewhere", _swap('href="#sources"', 'href="https://linkedin.com.example.org/in/x"'), "policy"),
    ("link to nothing", _swap('href="#sources"', 'href="#nowhere"'), "policy"),
    ("image of somebody else", _after_title('<img src="https://example.org/x.png" alt="">'), "policy screen"),
    ("style of somebody else", _swap("<style>", '<link rel="stylesheet" href="https://example.org/x.css"><style>'), "policy screen"),
    ("style that loads", _swap("<style>", "<style>@import url(https://example.org/x.css);"), "policy screen"),
    ("ground that loads", _after_title('<p style="background: url(https://example.org/x.png)">x</p>'), "policy screen"),
    ("goes elsewhere", _swap(_LATE, f'{_LATE}<meta http-equiv="refresh" content="9;url=https://example.org/">'), "policy html axe"),
    ("frame", _after_title('<iframe title="x" srcdoc="x"></iframe>'), "policy"),
    ("form", _after_title('<form action="https://example.org/"><button type="submit">x</button></form>'), "policy"),
    ("text turned round", _after_title("<p>exe.\u202egnp</p>"), "policy"),
    ("weaker policy", _swap("default-src 'none'; ", ""), "policy"),
    ("policy too late", _swap(_LATE, f"{_LATE}<style>p {{ color: inherit }}</style>"), "policy"),
    ("may be indexed", _swap('<meta name="robots" content="noindex">', ""), "policy"),
    ("says where one comes from", _swap('<meta name="referrer" content="no-referrer">', ""), "policy"),
    ("too long", _after_title(f"<!--{'x' * 300_000}-->"), "policy"),
)  # fmt: skip

MAILS = _mutants(
    "mail",
    ("no language", _swap('<html lang="de">', "<html>"), "html axe"),
    ("no title", _swap("<title>", "<!--title-->\n<style>"), "html axe"),
    ("image without text", _after_title('<img src="cid:x">'), "html axe policy screen"),
    ("cell left open", _swap("</td></tr></table>\n</div>", "</tr></table>\n</div>"), "html"),
    ("two of one id", _after_title('<span id="a"></span><span id="a"></span>'), "html"),
    ("link that runs", _after_title('<a href="javascript:alert(1)">Mehr</a>'), "policy"),
    ("inline chart", _after_title('<svg viewBox="0 0 1 1"></svg>'), "clients"),
    ("image in the text", _after_title('<img alt="" src="data:image/png;base64,iVBORw0KGgo=">'), "clients policy"),
    ("flexible boxes", _after_title('<div style="display:flex">&nbsp;</div>'), "clients"),
    ("variables", _after_title('<div style="color:var(--x)">&nbsp;</div>'), "clients"),
    ("style of somebody else", _swap("<style>", '<link rel="stylesheet" href="https://example.org/x.css"><style>'), "clients policy screen"),
    ("pale text", _after_title('<p style="font-family:Arial;color:#c0c0c0">10</p>'), "axe"),
    ("too long", _after_title(f"<!--{'x' * 80_000}-->"), "policy"),
    ("script", _after_title("<script>document.title = 1</script>"), "policy"),
    ("image that tells", _after_title('<img alt="" src="https://example.org/x.png">'), "policy screen"),
    ("empty link", _after_title('<a href="https://example.org/"></a>'), "html axe policy"),
    ("heading left out", _after_title('<h4 style="margin:0">10</h4>'), "axe"),
    ("sign not written out", _after_title("<span>& <</span>"), "html"),
    # Of our own.
    ("asks something", _after_title("<script>alert(1)</script>"), "policy screen"),
    ("script that fails", _after_title("<script>throw Error('x')</script>"), "policy screen"),
    ("style sheet too long", _swap("<style>", f"<style>/* {'x' * 8_000} */"), "policy"),
    ("line too long", partial(first, b"\r\n\r\n--=_", b"\r\n\r\n" + b"x" * 79 + b"\r\n--=_"), "policy"),
    ("letters beyond ASCII", partial(first, b"\r\n\r\n--=_", b"\r\n\r\n\xc3\xbc\r\n--=_"), "policy"),
    ("bell in a header", partial(first, b"List-Id: Kontakt", b"List-Id: Kontakt\x07"), "policy"),
    ("MIME of another version", partial(first, b"MIME-Version: 1.0", b"MIME-Version: 1.1"), "policy spam"),
    ("subject too long", partial(header, "Subject", f"KW 46: {'neue Kontakte und ' * 7}mehr"), "policy"),
    ("see-through for GMX", _after_title('<div style="opacity:0.9">&nbsp;</div>'), "clients"),
    ("font of somebody else", _swap("<style>", "<style>@font-face { font-family: x; src: local(x) }"), "clients policy"),
    ("pale text at night", _swap(".muted { color: #a5adb6", ".muted { color: #444444"), "axe", _DARK),
    ("too wide for a telephone", _after_title('<div style="width:400px">&nbsp;</div>'), "screen", _NARROW),
    ("nothing beside the subject", _swap('<div style="display:none" aria-hidden="true">', '<div style="display:none" aria-hidden="true"></div><div style="display:none">'), "policy"),
    ("text pushed out of sight", _after_title('<span style="font-size:1px">10</span>'), "policy"),
    ("style that only the sheet knows", _after_title("<p>10</p>"), "policy"),
    ("table that claims data", _swap('<table role="presentation" class="rule"', '<table class="rule"'), "policy"),
    ("form", _after_title('<form action="https://example.org/"></form>'), "policy clients html"),
    ("number of one part only", _swap("9.–15. November", "9.–16. November"), "policy"),
    ("word of one part only", partial(in_plain, "Guten Tag", "Guten Morgen"), "policy"),
    ("too many words", partial(in_both, "Noch ein Wort. " * 70), "policy"),
    ("sounds like spam", partial(in_both, "Dear friend, you are a WINNER: CLICK HERE, 100% FREE MONEY, viagra, act now!!!"), "spam"),
    ("subject names somebody", partial(header, "Subject", "KW 46: Ada hat drei neue Kontakte"), "policy"),
    ("subject tells of a search", partial(header, "Subject", "KW 46: zwei Recruiter haben geschrieben"), "policy"),
    ("subject without week", partial(header, "Subject", "Drei neue Kontakte"), "policy"),
    ("no way to stop it", partial(header, "List-Unsubscribe", None), "policy"),
    ("one click that nothing takes", partial(header, "List-Unsubscribe", "<mailto:bericht@example.org?subject=Stopp>"), "policy"),
    ("may be answered by a machine", partial(header, "Auto-Submitted", None), "policy"),
    ("header twice", partial(raw, b"\r\nAuto-Submitted:", b"\r\nList-Id: x\r\nAuto-Submitted:"), "policy"),
    ("header of somebody", partial(raw, b"\r\nAuto-Submitted:", b"\r\nBcc: x@example.org\r\nAuto-Submitted:"), "policy"),
    ("identity by chance", partial(header, "Message-ID", "<1763270400.4711@vm>"), "policy"),
    ("language lost", partial(header, "Content-Language", None), "policy"),
    ("boundary by chance", partial(raw, b"=_", b"=_0"), "policy"),
    ("text turned round", partial(in_both, "exe.\u202egnp"), "policy"),
    ("no plain part", html_alone, "policy spam"),
)  # fmt: skip

PDFS = _mutants(
    "pdf",
    ("no language", partial(in_pdf, partial(_drop, "/Lang")), "pdf"),
    ("not marked as tagged", partial(in_pdf, partial(_drop, "/MarkInfo")), "pdf"),
    ("no structure", partial(in_pdf, partial(_drop, "/StructTreeRoot")), "pdf"),
    ("no title shown", partial(in_pdf, partial(_drop, "/ViewerPreferences")), "pdf"),
    ("no bookmarks", partial(in_pdf, partial(_drop, "/Outlines")), "pdf"),
    ("no claim", partial(in_pdf, _no_claim), "pdf"),
    ("chart without text", partial(in_pdf, lambda pdf: _drop_of(_first("/Figure", pdf), "/Alt")), "pdf"),
    ("heading left out", partial(in_pdf, lambda pdf: _first("/H2", pdf).update({"/S": pikepdf.Name.H4})), "pdf"),
    ("header that heads nothing", partial(in_pdf, lambda pdf: _drop_of(_first("/TH", pdf).A, "/Scope")), "pdf"),
    ("cell without header", partial(in_pdf, lambda pdf: _drop_of(_first("/TD", pdf).A, "/Headers")), "pdf"),
    ("font left out", partial(in_pdf, _no_font), "pdf"),
    ("cannot be searched", partial(in_pdf, _no_letters), "pdf"),
    ("script", partial(in_pdf, _runs), "pdf"),
    ("order by chance", partial(in_pdf, lambda pdf: _drop_of(pdf.pages[0].obj, "/Tabs")), "pdf"),
    ("form", partial(in_pdf, _form), "pdf"),
    ("runs when it is closed", partial(in_pdf, _runs_on_closing), "pdf"),
    ("file within", partial(in_pdf, _file_within), "pdf"),
    ("font of the reader's program", partial(in_pdf, _font_of_the_reader), "pdf"),
    ("link that runs", partial(in_pdf, partial(_link, address="javascript:alert(1)", words="x")), "pdf"),
    ("link without words", partial(in_pdf, partial(_link, address="https://www.linkedin.com/in/x", words="")), "pdf"),
)  # fmt: skip

SENT = _mutants(
    "sent",
    ("file that opens by itself", partial(first, b"Content-Disposition: attachment", b"Content-Disposition: inline"), "policy"),
    ("file of another name", partial(raw, b'filename="kontaktpuls-', b'filename="kontaktpuls-x-'), "policy"),
    ("program attached", partial(raw, b"Content-Type: application/pdf", b"Content-Type: application/x-msdownload"), "policy"),
    ("two files", two_files, "policy"),
    ("sounds like spam", partial(in_both, "Dear friend, you are a WINNER: CLICK HERE, 100% FREE MONEY, viagra, act now!!!"), "spam"),
)  # fmt: skip

MUTANTS = (*PAGES, *MAILS, *PDFS, *SENT)
