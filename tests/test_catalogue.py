"""Every sentence of the program has its German, and the German catalogue holds nothing else."""

from __future__ import annotations

import re

import pytest

from tests import catalogue

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")


@pytest.fixture(scope="module")
def german():
    return catalogue.german()


def _key(message) -> tuple[str, str | None]:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def test_nothing_is_missing_and_nothing_is_left_over(german) -> None:
    wanted = {_key(message) for message in catalogue.template() if message.id}
    there = {_key(message) for message in german if message.id}
    assert sorted(map(str, wanted - there)) == []
    assert sorted(map(str, there - wanted)) == []
    assert not german.obsolete


def test_everything_is_translated_and_nothing_is_a_guess(german) -> None:
    assert [message.id for message in german if message.id and not all(catalogue.strings(message))] == []
    assert [message.id for message in german if message.id and message.fuzzy] == []


def test_translations_keep_the_placeholders(german) -> None:
    for message in german:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = {name for one in ids for name in PLACEHOLDER.findall(one)}
            for text in catalogue.strings(message):
                assert set(PLACEHOLDER.findall(text)) == wanted, message.id
            assert list(message.check(german)) == [], message.id


def test_file_is_in_the_order_that_the_script_writes(german) -> None:
    assert catalogue.GERMAN.read_bytes() == catalogue.updated(german)
