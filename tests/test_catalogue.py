"""Every sentence of the program has its German, and the German catalogue holds nothing else; whoever breaks that is told."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")

template = cache(catalogue.template)


def _key(message: Message) -> tuple[str, str | None]:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def wrong(catalog: Catalog) -> Iterator[str]:
    """What a reader of this language would stumble over."""
    wanted = {_key(message) for message in template() if message.id}
    there = {_key(message) for message in catalog if message.id}
    yield from (f"missing: {key}" for key in sorted(map(str, wanted - there)))
    yield from (f"left over: {key}" for key in sorted(map(str, there - wanted)))
    yield from (f"obsolete: {key}" for key in catalog.obsolete)
    for message in catalog:
        if not message.id:
            continue
        texts = catalogue.strings(message)
        if not all(texts):
            yield f"not translated: {message.id}"
        if message.fuzzy:
            yield f"a guess: {message.id}"
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        names = {name for one in ids for name in PLACEHOLDER.findall(one)}
        if any(set(PLACEHOLDER.findall(text)) != names for text in texts if text) or list(message.check(catalog)):
            yield f"other placeholders: {message.id}"


def test_german_is_whole() -> None:
    assert list(wrong(catalogue.german())) == []


def _placeholder(catalog: Catalog) -> None:
    message = next(one for one in catalog if isinstance(one.id, str) and "{name}" in one.id)
    message.string = str(message.string).replace("{name}", "{Name}")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda catalog: catalog.delete("Contents"), "missing: "),
        (lambda catalog: catalog.add("Nobody says this.", "Das sagt niemand."), "left over: "),
        (lambda catalog: setattr(catalog.get("Contents"), "string", ""), "not translated: "),
        (lambda catalog: catalog.get("Contents").flags.add("fuzzy"), "a guess: "),
        (_placeholder, "other placeholders: "),
    ],
)
def test_faults_are_found(fault: Callable[[Catalog], object], told: str) -> None:
    catalog = catalogue.german()
    fault(catalog)
    [sentence] = wrong(catalog)
    assert sentence.startswith(told)


def test_file_is_in_the_order_that_the_script_writes() -> None:
    assert catalogue.GERMAN.read_bytes() == catalogue.updated(catalogue.german())
