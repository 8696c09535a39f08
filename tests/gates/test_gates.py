"""Every document passes every gate, and every gate objects to the faults that it is there for, and to no others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests import page_samples
from tests.gates import axe, clients, documents, html, mutants, pdf, policy, screen, spam

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.gates.documents import Document

    Gate = Callable[[Sequence[Document]], dict[str, list[str]]]

GATES: dict[str, Gate] = {
    module.__name__.rpartition(".")[2]: module.findings for module in (html, clients, policy, spam, pdf, axe, screen)
}
IN_BROWSER = {"axe", "screen"}
LOOK_AT_HTML = IN_BROWSER | {"html", "clients"}

each_gate = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.browser if name in IN_BROWSER else pytest.mark.slow) for name in GATES],
)


@each_gate
def test_every_document_passes(name: str) -> None:
    found = GATES[name](documents.every())
    assert {document: wrong for document, wrong in found.items() if wrong} == {}


@each_gate
def test_objects_to_its_mutants_alone(name: str) -> None:
    sound = {document.html for document in documents.typical().values() if document.kind != "pdf"}
    broken = [mutant.document() for mutant in mutants.MUTANTS]
    if name in LOOK_AT_HTML:  # whose HTML is that of the sound mail was looked at already
        broken = [document for document in broken if document.kind != "pdf" and document.html not in sound]
    found = GATES[name](broken)
    objected = {mutant: wrong for mutant, wrong in found.items() if wrong}
    expected = {mutant.name for mutant in mutants.MUTANTS if name in mutant.gates}
    assert expected
    assert {mutant: objected.get(mutant) for mutant in objected.keys() ^ expected} == {}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("sample", sorted(page_samples.SAMPLES))
def test_every_kind_of_week_keeps_to_our_policy(sample: str, language: str) -> None:
    found = policy.findings(documents.of_sample(sample, language))
    assert {document: wrong for document, wrong in found.items() if wrong} == {}


def test_mutants_have_names_of_their_own_and_are_for_gates_that_exist() -> None:
    assert len({mutant.name for mutant in mutants.MUTANTS}) == len(mutants.MUTANTS)
    assert {gate for mutant in mutants.MUTANTS for gate in mutant.gates} == GATES.keys()


@pytest.mark.slow
def test_data_about_clients_cover_the_german_market() -> None:
    known = Counter(client for support in clients.features().values() for client in support)
    assert known.keys() == set(clients.CLIENTS)
    assert min(known["gmx"], known["web-de"], known["ionos-1and1"]) > 250
    assert clients.lacking("css-display-flex")[:2] == ["gmx (desktop-webmail)", "web-de (desktop-webmail)"]


@pytest.mark.slow
def test_what_may_get_lost_is_used_and_does_get_lost() -> None:
    mails = [document for document in documents.every() if document.kind == "mail"]
    used = {feature for mail in mails for feature in clients.used(mail)}
    assert [feature for feature in clients.MAY_GO if feature not in used or not clients.lacking(feature)] == []
