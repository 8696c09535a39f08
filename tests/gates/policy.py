"""Gate: what we promise about a page and a mail, and no other program knows: small, nothing loaded, nowhere linked, headers that hold.

Takes no tool and no second, so that it also runs among the fast tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from tests.gates.documents import Document

PAGE_BYTES = 300_000
# Gmail cuts at about 102 KB.
MAIL_BYTES = 80_000
MAIL_STYLE_BYTES = 8_000
MAIL_WORDS = 250
SUBJECT_LENGTH = 120
CONTENT_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

# Everything that runs, loads, frames, sends or moves.
_FORBIDDEN = frozenset((
    "applet", "area", "audio", "base", "button", "embed", "fieldset", "form", "frame", "iframe", "img", "image", "input", "link", "map",
    "marquee", "object", "picture", "portal", "script", "select", "source", "template", "textarea", "track", "use", "video",
    "foreignobject", "animate", "animatemotion", "animatetransform", "set",
))  # fmt: skip
_LOADING = frozenset((
    "action", "background", "cite", "data", "formaction", "longdesc", "manifest", "ping", "poster", "src", "srcdoc", "srcset",
))  # fmt: skip
# Addresses, looked at one by one, and what is read out.
_WORDS = frozenset(("href", "abbr", "alt", "aria-label", "content", "data-label", "title"))
_PROFILE_HOSTS = ("linkedin.com", "xing.com")
# Controls, directions and what takes no room: it hides text, or shows it in another order.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]"
)
# Beside the subject, programs show what the mail begins with; that is masthead and headline again where nothing stands before.
_PREHEADER = re.compile(r"<body[^>]*>\s*<div style=\"display:none\"[^>]*>\s*[^<\s][^<]{8,}</div>")
_UNSEEN = re.compile(r"display:\s*none")
# What pushes text out of sight, and costs a point with spam filters.
_HIDING = re.compile(r"font-size:\s*[01]px|opacity:\s*0(?!\.?[1-9])|max-height:\s*0|text-indent:\s*-")
_HEADERS = (
    "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Language", "Auto-Submitted", "List-Id",
    "List-Unsubscribe",
)  # fmt: skip


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return what is wrong with each page and mail, by its name."""
    rules: dict[str, Callable[[Document], Iterator[str]]] = {"page": _page, "mail": _mail}
    return {document.name: list(rules[document.kind](document)) for document in documents if document.kind in rules}


def _page(document: Document) -> Iterator[str]:
    if len(document.content) >= PAGE_BYTES:
        yield f"takes {len(document.content):,} bytes"
    tree = document.tree
    yield from _runs_or_loads(tree)
    head = list(tree.find("head") or ())
    equivalents = [(e.get("http-equiv") or "").lower() for e in head]
    policies = [place for place, name in enumerate(equivalents) if name == "content-security-policy"]
    if [head[place].get("content") for place in policies] != [CONTENT_POLICY]:
        yield "has another content policy"
    if any(element.tag != "meta" for element in head[: policies[0] if policies else 0]):
        yield "its content policy comes too late"
    for name, content in (("referrer", "no-referrer"), ("robots", "noindex")):
        if [e.get("content") for e in head if e.get("name") == name] != [content]:
            yield f"lacks {name}: {content}"
    ids = {element.get("id") for element in tree.iter()}
    for link in (e.get("href") for e in tree.iter() if "href" in e.attrib):
        if not (link.startswith("#") and link[1:] in ids) and link not in document.beside and not _is_profile(link):
            yield f"links to {link[:80]!r}"


def _mail(document: Document) -> Iterator[str]:
    yield from _headers(document)
    html, plain, tree = document.html, document.plain, document.tree
    if len(html.encode()) > MAIL_BYTES:
        yield f"takes {len(html.encode()):,} bytes"
    if not _PREHEADER.search(html):
        yield "begins with nothing that programs could show beside the subject"
    yield from _runs_or_loads(tree)
    for element in tree.iter():
        if "href" in element.attrib:
            yield f"links to {element.get('href')[:80]!r}"
        style = element.get("style") or ""
        if _HIDING.search(style):
            yield f"hides text: {style}"
        if element.tag in ("h1", "h2", "p") and not ("color:" in style and "font-family:" in style):
            yield f"<{element.tag}> looks otherwise where the style sheet is dropped"
        if element.tag == "table" and element.get("role") != "presentation":
            yield "a table for layout says that it holds data"
    if sum(len((style.text or "").encode()) for style in tree.iter("style")) > MAIL_STYLE_BYTES:
        yield "its style sheet is too long"
    shown = " ".join(_shown(tree.find("body")))
    for part, text in (("HTML part", shown), ("plain part", plain)):
        if len(text.split()) >= MAIL_WORDS:
            yield f"the {part} has {len(text.split())} words"
    if missing := _figures(plain) ^ _figures(shown):
        yield f"figures of one part only: {sorted(missing)}"
    if missing := _words(plain) ^ _words(shown):
        yield f"words of one part only: {sorted(missing)}"


def _headers(document: Document) -> Iterator[str]:
    message = document.message
    names = message.keys()
    for name in sorted({*names, *_HEADERS} - {"List-Unsubscribe-Post"}):
        if (name in _HEADERS) != (names.count(name) == 1):
            yield f"has the header {name} {names.count(name)} times"
    for name, value in message.items():
        if not value.isprintable():
            yield f"{name} holds what cannot be printed"
    expected = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": document.language,
        "MIME-Version": "1.0",
    }
    for name, value in expected.items():
        if message[name] != value:
            yield f"{name} is {message[name]!r}"
    if not re.fullmatch(r"<[0-9a-f-]{36,40}@kontaktpuls>", message["Message-ID"] or ""):
        yield f"Message-ID is {message['Message-ID']!r}"
    if not re.fullmatch(r"=_[0-9a-f]{40}", message.get_boundary() or ""):
        yield f"the boundary is {message.get_boundary()!r}"
    ways = (message["List-Unsubscribe"] or "").replace(",", " ").split()
    if not any(way.startswith("<mailto:") for way in ways):
        yield "names no address that ends it"
    if (message["List-Unsubscribe-Post"] is not None) != any(way.startswith("<https://") for way in ways):
        yield "promises one click that nothing takes, or hides one"
    yield from _parts(document)
    head, _, body = document.content.partition(b"\r\n\r\n")
    # An address that takes one-click requests cannot be folded.
    for text, longest in ((head, 998), (body, 78)):
        if not text.isascii() or max(map(len, text.split(b"\r\n"))) > longest:
            yield "has lines that some servers break"
    # What was folded begins with a blank.
    yield from _subject((message["Subject"] or "").strip(), document.names)


def _parts(document: Document) -> Iterator[str]:
    """A copy that is sent carries one file, which both parts of the text call by its name."""
    message = document.message
    parts = [part.get_content_type() for part in message.walk()]
    alternatives = ["multipart/alternative", "text/plain", "text/html"]
    if parts == alternatives:
        return
    if parts[:-1] != ["multipart/mixed", *alternatives] or parts[-1] not in ("text/html", "application/pdf"):
        yield f"is made of {parts}"
        return
    [file] = list(message.walk())[-1:]
    name = file.get_filename() or ""
    if file.get_content_disposition() != "attachment" or not re.fullmatch(r"kontaktpuls-[a-z0-9W-]+\.(html|pdf)", name):
        yield f"its file is {file['Content-Disposition']!r}"
    if name not in document.plain or name not in document.html:
        yield f"speaks of another file than {name!r}"


def _subject(subject: str, names: Sequence[str]) -> Iterator[str]:
    """It lies on locked screens, and on those of present employers."""
    if not re.match(r"(KW|Week) \d", subject) or len(subject) > SUBJECT_LENGTH:
        yield f"its subject is {subject!r}"
    if re.search(r"recruit|bewerb|applica|stellensuch|job", subject, re.IGNORECASE):
        yield f"its subject tells of a search: {subject!r}"
    parts = {part.casefold() for name in names for part in re.findall(r"[^\W\d_]{3,}", name)}
    if told := parts & {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", subject)}:
        yield f"its subject names somebody: {sorted(told)}"


def _runs_or_loads(tree: Element) -> Iterator[str]:
    if unseen := sorted({f"U+{ord(found):04X}" for text in tree.itertext() for found in _INVISIBLE.findall(text)}):
        yield f"holds what nobody sees: {', '.join(unseen)}"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        tag = element.tag.rpartition("}")[2].lower()
        if tag in _FORBIDDEN:
            yield f"holds <{tag}>"
        if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "goes elsewhere by itself"
        for key, value in element.attrib.items():
            name = key.rpartition("}")[2].lower()
            if name.startswith("on") or name in _LOADING or (key != name and name == "href"):
                yield f"<{tag}> has {name}"
            if name not in _WORDS and re.search(r"url\((?!#)|(java|vb)script:", value, re.IGNORECASE):
                yield f"{name} of <{tag}> names an address: {value[:60]!r}"
        if tag == "style" and re.search(r"@import|@font-face|url\(|var\(--[^)]*,\s*url", element.text or ""):
            yield "its style sheet loads something"


def _is_profile(link: str) -> bool:
    parts = urlsplit(link)
    known = any(parts.netloc == host or parts.netloc.endswith(f".{host}") for host in _PROFILE_HOSTS)
    return parts.scheme == "https" and known


def _shown(element: Element | None) -> Iterator[str]:
    """Yield the texts that a person reads."""
    if element is None or not isinstance(element.tag, str) or _UNSEEN.search(element.get("style") or ""):
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""


def _figures(text: str) -> set[str]:
    return {figure.rstrip(".,") for figure in re.findall(r"\d[\d.,]*", text)}


def _words(text: str) -> set[str]:
    """Return the words; capitals are the headings of a plain part, arrows the ornaments of the other."""
    return {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)}
