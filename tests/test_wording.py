"""What no sentence may say, in either language: blame, slogans, morals, comparisons with other people, and praise for its own sake.

The words are looked for in every message of the catalogue and in drawn pages and mails; a phrase that is needed after all has to be
taken off the list here, with a reason.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from pipelines.render import render_mail, render_page
from pipelines.sentences import Sentences
from tests import catalogue, page_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

GERMAN = {
    "blame": r"schulde[nt]?\b|versäum|verpasst|vernachlässig|vergessen haben|\bleider\b|\bendlich\b|schon wieder|immer noch (nicht|kein)"
    r"|zu (wenig|selten)\b|\b(nur|bloß) (eine?n?|zwei|drei|\{n\}) (neue|Kontakt|Nachricht|Mensch|Person|Woche|Aktivität)|(?-i:\bStille\b)|faul\b|im Rückstand|überfällig|haben Sie nicht",
    "morals": r"Sie (sollten|müssen|dürfen nicht)\b|und das ist gut so|gehört sich|eigentlich|Anstand|wer .* gibt, dem",
    "slogans": r"durchstarten|nächste[sn]? Level|Turbo|boost|maximier|Wachstum|Reichweite steigern|weiter so\b|großartig|fantastisch"
    r"|Glückwunsch|Hurra|bleiben Sie dran|Erfolgsgeheimnis|netzwerken",
    "comparison": r"im Vergleich zu anderen|als (die meisten|der Durchschnitt|\d+ % der)|andere Mitglieder|Top[ -]?\d",
    # “kein Recruiter” is what a member writes into marks.csv, “kein-recruiter” what the command takes.
    "gender": r"(?<!kein[ -])\bRecruiter(n|in|innen)?\b|[a-zäöüß]:innen\b|[a-zäöüß]\*innen\b|[a-zäöüß](?-i:I)nnen\b",
    "shouting": r"!|😀|🎉|🚀|👍",
}
ENGLISH = {
    "blame": r"\bowe[sd]?\b|you (failed|forgot|missed|neglected|have not (written|answered|replied|posted|commented|thanked))|unfortunately|\bfinally\b|\bonly (one|two|\{n\})|too (few|little)\b"
    r"|once again|overdue|lazy|falling behind|\bstill (not|no)\b",
    "morals": r"you (should|must|ought|need to)\b|as it should|and that is (good|fine)|good manners|those who give",
    "slogans": r"boost|level up|supercharge|skyrocket|hustle|keep it up|well done|great job|amazing|awesome|grow your network|game.?changer"
    r"|unlock|thrive",
    "comparison": r"compared (to|with) (others|other members)|than (most|the average|\d+% of)|other members|top \d",
    "shouting": r"!|😀|🎉|🚀|👍",
}


def forbidden(text: str, language: str) -> list[str]:
    """Return what must not be said, with the kind of it."""
    rules = GERMAN if language == "de" else ENGLISH
    return [f"{kind}: {found[0]}" for kind, rule in rules.items() for found in re.finditer(rule, text, re.IGNORECASE)]


def messages() -> Iterator[tuple[str, str]]:
    for message in catalogue.german():
        if not message.id:
            continue
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            yield "en", text
        for text in catalogue.strings(message):
            yield "de", text


def test_no_sentence_of_the_catalogue_blames_preaches_or_cheers() -> None:
    # `{name!r}` is filled in and not said.
    said = ((text, forbidden(text.replace("!r}", "}"), language)) for language, text in messages())
    found = {text: wrong for text, wrong in said if wrong}
    assert found == {}


@pytest.mark.parametrize("name", sorted(page_samples.SAMPLES.keys() - {"hostile"}))
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_drawn_page_or_mail_does(name: str, language: str) -> None:
    page = page_samples.SAMPLES[name](language)
    for document in (render_page(page), *render_mail(page)):
        text = re.sub(r"<style>.*?</style>|<!--.*?-->|<!DOCTYPE[^>]*>|<[^>]+>", " ", document, flags=re.DOTALL)
        assert forbidden(html.unescape(text), language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sie schulden drei Menschen eine Antwort."),
        ("de", "Sie geben mehr, als Sie bekommen, und das ist gut so."),
        ("de", "Leider haben Sie in dieser Woche nur zwei Menschen geschrieben."),
        ("de", "Damit sind Sie aktiver als die meisten."),
        ("de", "Sie sollten öfter kommentieren."),
        ("de", "Zwei Recruiter warten auf Sie"),
        ("en", "You owe three people an answer."),
        ("en", "You should comment more often."),
        ("en", "Great job, keep it up"),
        ("en", "You have not written to anybody."),
    ],
)
def test_what_must_not_be_said_is_found(language: str, text: str) -> None:
    assert forbidden(text, language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("quiet", [False, True])
def test_no_subject_tells_a_lock_screen_that_somebody_looks_for_work(language: str, quiet: bool) -> None:
    say = Sentences(language, quiet=quiet)
    numbers = {
        name: {"value": 3}
        for name in (
            *("contacts_new", "visible_activity", "messages_sent", "messages_received"),
            *("posts", "comments", "reactions", "reposts", "votes"),
        )
    }
    noted = [{"kind": "meeting", "entries_in_week": 3}]
    unusual = [
        {"kind": kind, "metric": metric, "value": 12}
        for kind in ("rise", "fall", "rise_four_weeks", "fall_four_weeks")
        for metric in ("contacts_new", "visible_activity", "conversations_started")
    ]
    plain = [
        {"kind": kind, "metric": None, "value": 13}
        for kind in (
            "round_number",
            "streak",
            "ordinary",
            "messages",
            "correspondents",
            "network",
            "acts",
            "own",
            "quiet",
        )
    ]
    for row in [*unusual, *plain]:
        subject = say.subject(say.headline(row, numbers, {"vacation_weeks": 2}, noted), 46)
        assert not re.search(r"recruit|bewerb|stelle|applica|\bjobs?\b", subject, re.IGNORECASE), subject
        assert subject.startswith(("KW 46: ", "Week 46: "))
        assert re.search(r"\d|eine|drei|three|quiet", subject), subject
