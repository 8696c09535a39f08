"""Sentences as members write them, and what the program takes them for; what could mean two things is asked back."""

from __future__ import annotations

import pytest

from pipelines.phrases import Entry, find_name, understand
from pipelines.problem import Problem
from pipelines.readers import own

# Sentence, name, then each entry as a kind, with its direction where the kind leaves it open.
UNDERSTOOD = [
    ("Kaffee mit Jörg, Rat bekommen", "Jörg", "meeting", "advice_asked received"),
    ("Kaffee mit Jörg", "Jörg", "meeting"),
    ("Mittagessen mit Anna Arndt", "Anna Arndt", "meeting"),
    ("Anna Arndt getroffen", "Anna Arndt", "meeting"),
    ("Heute Bela Brandt getroffen", "Bela Brandt", "meeting"),
    ("Treffen mit Dr. Cem Cakir", "Dr. Cem Cakir", "meeting"),
    ("Spaziergang mit Frau Müller", "Müller", "meeting"),
    ("Stammtisch, viele neue Gesichter", None, "meeting"),
    ("Kaffee mit Jörg und Anna", "Jörg, Anna", "meeting"),
    ("Kaffee mit Jörg von Nordlicht", "Jörg", "meeting"),
    ("Kaffee mit Jörg bei Siemens", "Jörg", "meeting"),
    ("Frühstück mit Fatma Falk am Hafen", "Fatma Falk", "meeting"),
    ("Emil Engel besucht", "Emil Engel", "meeting"),
    ("Jörg angerufen", "Jörg", "call"),
    ("Mit Hanna Hirsch telefoniert", "Hanna Hirsch", "call"),
    ("Telefonat mit Gero Graf", "Gero Graf", "call"),
    ("Video-Call mit Dora Decker", "Dora Decker", "call"),
    ("Anruf von Bela", "Bela", "call"),
    ("Telefonat mit Ana de la Cruz", "Ana de la Cruz", "call"),
    ("Anna zum Geburtstag gratuliert", "Anna", "greeting"),
    ("Geburtstagsgruß an Anna Arndt", "Anna Arndt", "greeting"),
    ("Grüße an Jörg Groß", "Jörg Groß", "greeting"),
    ("Bei Jörg für die Empfehlung bedankt", "Jörg", "greeting"),
    ("Glückwunsch an Emil zur neuen Stelle", "Emil", "greeting"),
    ("Jörg um Rat gefragt", "Jörg", "advice_asked received"),
    ("Rat von Anna bekommen", "Anna", "advice_asked received"),
    ("Feedback von Bela Brandt zum Lebenslauf erhalten", "Bela Brandt", "advice_asked received"),
    ("Dora hat mir einen Rat gegeben", "Dora", "advice_asked received"),
    ("Cem Cakir Rat gegeben", "Cem Cakir", "advice_given given"),
    ("Emil hat mich um Rat gefragt", "Emil", "advice_given given"),
    ("Anna zur Bewerbung beraten", "Anna", "advice_given given"),
    ("Telefonat mit Gero, Rat gegeben", "Gero", "call", "advice_given given"),
    ("Anna Arndt und Jörg Groß vorgestellt", "Anna Arndt, Jörg Groß", "introduction given"),
    ("Anna mit Jörg bekannt gemacht", "Anna, Jörg", "introduction given"),
    ("Jörg hat mich seiner Chefin vorgestellt", "Jörg", "introduction received"),
    ("Intro von Hanna bekommen", "Hanna", "introduction received"),
    ("Fatma weiterempfohlen", "Fatma", "referral given"),
    ("Bela hat mich empfohlen", "Bela", "referral received"),
    ("Empfehlung für Dora geschrieben", "Dora", "referral given"),
    ("Jobtipp von Emil Engel", "Emil Engel", "referral received"),
    ("Recruiterin Eva Ernst hat mich angeschrieben", "Eva Ernst", "recruiter_contact"),
    ("Headhunter auf XING gemeldet", None, "recruiter_contact"),
    ("Coffee with Anna Arndt", "Anna Arndt", "meeting"),
    ("Met Bela Brandt for lunch", "Bela Brandt", "meeting"),
    ("Had dinner with Cem and Dora", "Cem, Dora", "meeting"),
    ("Went for a walk with Emil", "Emil", "meeting"),
    ("Coffee with Anna, got advice", "Anna", "meeting", "advice_asked received"),
    ("Caught up with Hanna Hirsch", "Hanna Hirsch", "meeting"),
    ("Called Gero Graf", "Gero Graf", "call"),
    ("Phone call with Fatma", "Fatma", "call"),
    ("Zoom with Jörg Groß", "Jörg Groß", "call"),
    ("Wished Anna a happy birthday", "Anna", "greeting"),
    ("Congratulated Bela on the new job", "Bela", "greeting"),
    ("Thanked Dora for the introduction", "Dora", "greeting"),
    ("Asked Emil for advice", "Emil", "advice_asked received"),
    ("Advice from Anna Arndt", "Anna Arndt", "advice_asked received"),
    ("Gave Jörg feedback", "Jörg", "advice_given given"),
    ("Cem asked me for advice", "Cem", "advice_given given"),
    ("Gero gave me advice", "Gero", "advice_asked received"),
    ("Introduced Anna to Jörg", "Anna, Jörg", "introduction given"),
    ("Hanna introduced me to her boss", "Hanna", "introduction received"),
    ("Recommended Fatma to a friend", "Fatma", "referral given"),
    ("Bela referred me", "Bela", "referral received"),
    ("Got a referral from Dora Decker", "Dora Decker", "referral received"),
    ("Recruiter Eva Ernst reached out on LinkedIn", "Eva Ernst", "recruiter_contact"),
]  # fmt: skip
ASKED_BACK = [
    "Mit Jörg",
    "Ein schöner Tag",
    "Vorstellungsgespräch bei Nordlicht",
    "Kaffee mit Jörg abgesagt",
    "Treffen mit Anna für nächste Woche vereinbart",
    "Anna nicht erreicht, Anruf morgen",
    "Jörg angerufen und dann getroffen",
    "Rat und Empfehlung von Anna bekommen",
    "Rat, Jörg",
    "Intro Jörg",
    "Kaffee mit Recruiterin Eva, Anruf danach",
    "With Anna",
    "A good day",
    "Coffee with Anna was cancelled",
    "Will call Bela tomorrow",
    "Didn't reach Anna, call again",
    "Called Cem, then met for lunch",
    "Advice and Anna",
    "",
]


@pytest.mark.parametrize("case", UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_a_sentence_is_understood(case: tuple[str, str | None, str]) -> None:
    sentence, name, *entries = case
    found = [f"{entry.kind} {entry.direction or ''}".strip() for entry in understand(sentence)]
    assert (found, {entry.name for entry in understand(sentence)}) == (list(entries), {name})


@pytest.mark.parametrize("sentence", ASKED_BACK)
def test_what_could_mean_two_things_or_none_is_asked_back(sentence: str) -> None:
    with pytest.raises(Problem, match="--kind"):
        understand(sentence)


def test_kinds_are_those_of_the_log() -> None:
    assert {entry.kind for sentence, *_ in UNDERSTOOD for entry in understand(sentence)} == set(own.KINDS)


def test_the_platform_of_a_recruiter_is_kept() -> None:
    assert understand("Headhunterin Eva Ernst hat mich auf XING kontaktiert") == [
        Entry("recruiter_contact", None, "Eva Ernst", "xing")
    ]


def test_letters_may_be_composed_or_not() -> None:
    assert find_name("Kaffee mit Jo\u0308rg") == "Jörg"
    assert understand("Gru\u0308\u00dfe an Anna")[0].kind == "greeting"
