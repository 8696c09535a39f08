"""Gate: what programs and web sites for mail do to our mail, by the data of caniemail.com, those of the German market included.

A feature that one of them does not know is a finding, unless the mail is whole without it. The checker that comes with the data knows
neither GMX nor WEB.DE, so that what a mail uses is found out here.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import tinycss2

from tests.gates.tools import node_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.gates.documents import Document

CLIENTS = (
    "gmx", "web-de", "t-online-de", "ionos-1and1", "gmail", "outlook", "apple-mail", "yahoo", "thunderbird", "samsung-email",
)  # fmt: skip

# What may be dropped without a word or a number getting lost.
MAY_GO = {
    "html-style": "every element carries its styles",
    "css-at-media": "narrow screens show the numbers beside each other, small",
    "css-at-media-prefers-color-scheme": "the light colours can be read after a forced inversion",
    "html-meta-color-scheme": "as above",
    "css-color-scheme": "as above",
    "css-important": "only in the style sheet",
    "html-role": "tables are read as tables, in the right order",
    "html-lang": "the letter names its language in its header too",
    "html-aria-hidden": "empty cells are read as nothing",
    "html-body": "a table paints the ground again",
    "css-table-layout": "columns are said by attributes too",
    "css-word-break": "a long word makes the letter wider",
    "css-display-none": "the first sentence is shown twice",
    "css-height": "cells have the attribute as well",
    "css-white-space": "a tag of two words may break",
}


def findings(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Return which features of each mail some program does not know, by its name."""
    return {document.name: list(_unknown(document)) for document in documents if document.kind == "mail"}


@cache
def features() -> dict[str, dict[str, list[str]]]:
    """Return, for each feature of the data, the platforms of each of CLIENTS whose newest version does not know it."""
    data: dict[str, Any] = json.loads(node_package("caniemail/data/caniemail.json").read_text(encoding="utf-8"))
    found = {}
    for feature in data["data"]:
        found[feature["slug"]] = {
            client: [
                platform
                for platform, versions in feature["stats"][client].items()
                if versions[max(versions, key=_version)].startswith("n")
            ]
            for client in CLIENTS
            if client in feature["stats"]
        }
    return found


def lacking(slug: str) -> list[str]:
    """Return those who do not know a feature, each with the platforms on which they do not; nobody for one that is in no data."""
    return [f"{client} ({', '.join(found)})" for client, found in features().get(slug, {}).items() if found]


def _version(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]


def _unknown(document: Document) -> Iterator[str]:
    for slug in sorted(set(used(document)) - MAY_GO.keys()):
        if without := lacking(slug):
            yield f"{slug} is unknown to {', '.join(without)}"


def used(document: Document) -> Iterator[str]:
    """Yield the name of each feature that the mail uses, as the data calls it; also of some that are in no data."""
    for element in document.tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        yield "html-h1-h6" if re.fullmatch(r"h\d", tag) else f"html-{tag}"
        if tag in ("ul", "ol", "dl"):
            yield "html-lists"
        if tag in ("article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "nav", "section"):
            yield "html-semantics"
        for name, value in element.attrib.items():
            yield f"html-{name}"
            if name in ("src", "background", "srcset"):
                yield "image-base64" if value.startswith("data:") else f"image-{value.rpartition('.')[2].lower()}"
            if name == "href":
                yield "html-anchor-links" if value.startswith("#") else f"html-{value.partition(':')[0]}-links"
            if name == "name" and value == "color-scheme":
                yield "html-meta-color-scheme"
        yield from _declared(tinycss2.parse_declaration_list(element.get("style") or "", skip_whitespace=True))
        if tag == "style":
            yield from _ruled(tinycss2.parse_stylesheet(element.text or "", skip_comments=True, skip_whitespace=True))


def _ruled(rules: Sequence[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            yield f"css-at-{rule.lower_at_keyword}"
            condition = tinycss2.serialize(rule.prelude)
            for feature in re.findall(r"\(\s*(?:any-)?([a-z-]+)", condition):
                yield f"css-at-{rule.lower_at_keyword}-{feature}"
            yield from _ruled(tinycss2.parse_rule_list(rule.content or (), skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            yield from _declared(tinycss2.parse_declaration_list(rule.content, skip_whitespace=True))


def _declared(declarations: Sequence[Any]) -> Iterator[str]:
    for one in declarations:
        if one.type != "declaration":
            continue
        yield "css-variables" if one.name.startswith("--") else f"css-{one.lower_name}"
        if one.important:
            yield "css-important"
        yield from _valued(one.lower_name, one.value)


def _valued(name: str, tokens: Sequence[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "ident":
            yield f"css-{name}-{token.lower_value}"
        elif token.type == "dimension":
            yield f"css-unit-{token.lower_unit}"
        elif token.type == "percentage":
            yield "css-unit-percent"
        elif token.type == "function":
            function = token.lower_name
            yield {"var": "css-variables", "calc": "css-unit-calc"}.get(function, f"css-function-{function}")
            yield f"css-{function}"
            yield from _valued(name, token.arguments)
