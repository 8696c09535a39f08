"""What people write, sentence by sentence, with what each sentence does.

Belongs here: German and English sentences and how they are joined. A question mark stands only in sentences that ask; who writes to
whom, and when, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.demo import names

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from pipelines.demo.truth import Person

Mood = Literal["says", "asks", "offers", "asks advice"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text and what it does: asks a question, offers help, asks for advice."""

    text: str
    asks: bool = False
    offers: bool = False
    asks_advice: bool = False


# {topic}, {company} and {day} are filled in, so that two messages are seldom the same.
_GERMAN: dict[Mood, Sequence[str]] = {
    "says": (
        "Danke für deine Nachricht, das hat mir weitergeholfen.",
        "Bei uns geht es gerade viel um {topic}.",
        "Ich habe am {day} mit jemandem von {company} gesprochen.",
        "Der Vortrag zu {topic} war wirklich gut.",
        "Ich melde mich am {day} noch einmal.",
        "Die Unterlagen zu {topic} sind angekommen.",
        "Bei {company} hat sich inzwischen einiges getan.",
        "Das machen wir so, bis {day}.",
        "Viele Grüße aus Köln.",
        "Schön, von dir zu hören.",
        "Am {day} passt es mir gut.",
        "Ich drücke die Daumen für das Gespräch bei {company}.",
    ),
    "asks": (
        "Bist du am {day} auch dabei?",
        "Arbeitet ihr noch mit {topic}?",
        "Wen kennst du bei {company}?",
        "Passt dir {day} für ein kurzes Telefonat?",
        "Wie läuft es mit {topic}?",
    ),
    "offers": (
        "Ich stelle dich gern bei {company} vor.",
        "Ich helfe dir gern, am {day} habe ich Zeit.",
        "Ich empfehle dich gern bei {company}.",
        "Ich helfe gern, wenn es um {topic} geht.",
    ),
    "asks advice": (
        "Hast du einen Tipp für mich, wie ich bei {topic} anfange?",
        "Wie ist deine Einschätzung zu {company}?",
        "Darf ich dich um Rat zu {topic} fragen?",
    ),
}
_ENGLISH: dict[Mood, Sequence[str]] = {
    "says": (
        "Thanks for getting back to me so quickly.",
        "We are moving a lot of work towards {topic} right now.",
        "I met someone from {company} on {day}.",
        "The talk about {topic} was a good one.",
        "Let us speak on {day}.",
        "Things have changed a lot at {company}.",
        "Good to hear from you.",
        "Fingers crossed for the interview at {company}.",
    ),
    "asks": (
        "Are you around on {day}?",
        "Do you still work on {topic}?",
        "Who do you know at {company}?",
        "How is {topic} going?",
    ),
    "offers": (
        "Happy to help with {topic}.",
        "I can introduce you to the team at {company}.",
        "I would be glad to refer you at {company}.",
    ),
    "asks advice": (
        "Could I ask your advice on {topic}?",
        "What would you look at first at {company}?",
    ),
}
_TOPICS = {
    "de": (
        "dbt", "SQL", "Power BI", "Prognosen", "Datenqualität", "A/B-Tests", "Python", "Controlling", "Kennzahlen",
        "Umfragen", "Preismodelle", "Statistik", "Dashboards", "Kundenwert", "Lieferketten", "Datenschutz",
    ),
    "en": (
        "dbt", "SQL", "Power BI", "forecasting", "data quality", "A/B testing", "Python", "data governance", "pricing",
        "surveys", "statistics", "dashboards", "customer value", "supply chains",
    ),
}  # fmt: skip
_DAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}
_MOODS: tuple[Mood, ...] = ("says", "asks", "offers", "asks advice")

XING_NOTES = (
    "aus dem Verein,\nsehr hilfsbereit",
    "Messe Köln, Gespräch über Datenqualität",
    'war bei "Grünzeug", kennt dort alle',
    "Studienkollegin; meldet sich im Frühjahr",
)
SPONSORED = (
    '<p class="spinmail-quill-editor__spin-break">Jetzt 14 Tage testen: Berichte ohne Handarbeit.</p>',
    '<p class="spinmail-quill-editor__spin-break">Der Masterstudiengang für Berufstätige</p><p>Mehr erfahren</p>',
    '<p class="spinmail-quill-editor__spin-break">Your whole stack in one place.</p>',
)
_POSTS = (
    'Was ich diese Woche über {topic} gelernt habe:\n\n1. klein anfangen\n2. messen, "dann" reden\n3. aufschreiben',
    "Zehn Jahre Analyse, und {topic} überrascht mich immer noch. 🙂",
    "Neuer Artikel über {topic}, mit Beispielen, Zahlen und einer Bitte um Widerspruch.",
    "I am looking for my next role in analytics, in or around Cologne.\nThank you for every hint.",
    'Ein Satz aus dem Vortrag am {day}: "Daten sind kein Öl."\nDarüber denke ich noch nach.',
)
_COMMENTS = (
    "Danke, das passt genau zu {topic}.",
    "Sehe ich auch so, {topic} wird oft unterschätzt.",
    'Der Satz "erst fragen, dann rechnen" gefällt mir.',
    "Bei uns war es umgekehrt:\nerst {topic}, dann alles andere.",
    "Glückwunsch! 🎉",
    "Gute Liste. Ich würde {topic} ergänzen, siehe C:\\daten\\beispiel.",
    "Thanks for sharing, especially the part about {topic}.",
    "Ich kenne jemanden bei {company}, der dazu arbeitet.",
)
_NOTES = {
    ("de", True): (
        "Guten Tag {first}, wir waren beide beim Datenabend am {day}. Ich freue mich über den Kontakt.",
        "Hallo {first}, ich orientiere mich gerade neu im Bereich {topic} und würde mich gern vernetzen.",
        "Hallo {first}, dein Beitrag zu {topic} hat mir geholfen. Viele Grüße aus Köln",
    ),
    ("de", False): ("Hallo, wir sind in derselben Gruppe zu {topic}. Schön, sich zu vernetzen.",),
    ("en", True): ("Hi {first}, your post on {topic} helped me a lot. I would be glad to connect.",),
    ("en", False): ("Hi, I enjoyed your post about {topic}. Let us connect.",),
}


def fill(rng: random.Random, sentence: str, language: str = "de", first: str = "") -> str:
    """Return the sentence with its placeholders filled."""
    if "{topic}" in sentence:
        sentence = sentence.replace("{topic}", rng.choice(_TOPICS[language]))
    if "{day}" in sentence:
        sentence = sentence.replace("{day}", rng.choice(_DAYS[language]))
    if "{company}" in sentence:
        house = f"{rng.choice(names.COMPANY_HEADS)} {rng.choice(names.COMPANY_TAILS)}"
        sentence = sentence.replace("{company}", house)
    return sentence.replace("{first}", first)


def talk(rng: random.Random, language: str, *, mood: Mood | None = None, closing: bool = False) -> Text:
    """Return a message of one to three sentences; with `mood` it does that and nothing else, `closing` wants no answer."""
    sentences = _ENGLISH if language == "en" else _GERMAN
    moods: list[Mood] = ["says"]
    if mood:
        moods.append(mood)
    elif not closing:
        moods = rng.choices(_MOODS, (70, 15, 8, 7), k=rng.choice((1, 1, 2, 2, 3)))
    text = " ".join([fill(rng, rng.choice(sentences[m]), language) for m in moods])
    return Text(text, "?" in text, "offers" in moods, "asks advice" in moods)


def note(rng: random.Random, person: Person, *, outgoing: bool) -> str:
    """Return an invitation's note, to `person` or by them."""
    first = person.plain_name.split(" ", 1)[0]
    return fill(rng, rng.choice(_NOTES[person.language, outgoing]), person.language, first)


def post(rng: random.Random, sentences: int) -> str:
    """Return a post of several lines, longer where `sentences` says so."""
    return "\n".join(fill(rng, rng.choice(_POSTS)) for _ in range(1 + int(rng.random() * sentences / 2)))


def comment(rng: random.Random, sentences: int) -> str:
    """Return a comment of up to `sentences` sentences."""
    return " ".join(fill(rng, rng.choice(_COMMENTS)) for _ in range(1 + int(rng.random() * sentences)))
