"""What a member means by a sentence such as “Kaffee mit Jörg, Rat bekommen”: kind, direction and name of entries of the own log.

Belongs here: the table of German and English phrases, and the rules by which a sentence is understood or asked back. A sentence that
could mean two things is never guessed. Writing entries down is done in `handwritten.py`, what kinds there are is in `readers/own.py`.

A sentence holds at most one way of meeting (meeting, call, greeting) and one thing given or received (advice, an introduction, a
referral), or that a recruiter got in touch. Plans and what did not take place are no entries.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.problem import Problem

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Entry:
    """One entry of the own log. `direction` is given or received where the kind leaves it open; `name` None where nobody is named."""

    kind: str
    direction: str | None = None
    name: str | None = None
    platform: str | None = None


# Ways of meeting: any of these words, in lower case.
MEETINGS = {
    "meeting": (
        r"kaffee(trinken|pause)?|treffen|getroffen|traf|mittagessen|mittag gegessen|lunch|abendessen|dinner|frühstück|gefrühstückt|"
        r"spaziergang|spazieren|besucht?|stammtisch|meetup|messe|veranstaltung|bier|essen gegangen|essen|coffee|met|meet|meeting|met up|"
        r"breakfast|(went for )?a walk|visited|visit|drinks?|caught up|conference|konferenz"
    ),
    "call": (
        r"anruf|angerufen|rief|telefonat|telefoniert|telefon|video-?(call|anruf|gespräch)|zoom|skype|call|called|phone|phoned|phone call|"
        r"rang|spoke on the phone"
    ),
    "greeting": (
        r"geburtstag\w*|gratuliert|glückwunsch|glückwünsche|gru(ß|ss)|gr(ü|ue)(ß|ss)e|gegr(ü|ue)(ß|ss)t|karte|alles gute|bedankt|danke|dank|"
        r"birthday|congratulated|congratulations|congrats|greeted|greetings?|said hello|hallo gesagt|thanked|thank-you|thanks|wished"
    ),
}  # fmt: skip
# What was given or received: the thing, then what tells the direction. The first direction that is found counts.
_THINGS = {
    "advice": r"rat|ratschlag|ratschläge|tipps?|feedback|beraten|geraten|advice|advised|tips?",
    "introduction": (
        r"vorgestellt|vorstellung|bekannt ?gemacht|intro|introduction|introduced|in kontakt gebracht|vernetzt|zusammengebracht|connected"
    ),
    "referral": (
        r"empfohlen|weiterempfohlen|empfehlung|weiterempfehlung|referral|referred|recommended|recommendation|jobtipp|stellentipp|job tip|"
        r"job lead"
    ),
}  # fmt: skip
_ME = r"mich|mir|me"
_DIRECTIONS = {
    "advice": (
        ("given", r"\b(mich|me)\b.*\b(um rat|for (some )?(my )?(advice|feedback|tips?))\b|\bwurde\b.*\bum rat\b|\bwas asked\b"),
        ("received", r"\b(mir|me)\b.*\b(gegeben|gab|rat|tipps?|feedback|geraten|beraten|advice|tips?)\b|\bgave me\b|\badvised me\b"),
        ("received", r"\bum (einen )?(rat|tipp|feedback)\b|\basked\b.*\bfor\b|\b(bekommen|erhalten|geholt|bekam|got|received|sought|took)\b"),
        ("received", r"\b(rat|tipps?|feedback|advice|tips?) (von|from)\b"),
        ("given", r"\b(gegeben|gab|erteilt|geraten|beraten|gave|given|giving|advised)\b|\b(rat|tipps?|feedback|advice|tips?) (für|an|for|to)\b"),
    ),
    "introduction": (
        ("received", rf"\b({_ME})\b.*\b(vorgestellt|bekannt ?gemacht|in kontakt gebracht|vernetzt)\b|\b(introduced|connected) me\b"),
        ("received", r"\bintroduced by\b|\bwas introduced\b|\b(bekommen|erhalten|bekam|got|received)\b|\bintro(duction)? (from|von)\b"),
        ("given", r"\b(vorgestellt|bekannt ?gemacht|in kontakt gebracht|vernetzt|zusammengebracht|introduced|connected)\b"),
        ("given", r"\b(gegeben|gemacht|gave|made)\b"),
    ),
    "referral": (
        ("received", rf"\b({_ME})\b.*\b(empfohlen|weiterempfohlen)\b|\b(recommended|referred) me\b|\b(von|by) .*\b(empfohlen|weiterempfohlen) worden\b"),
        ("received", r"\b(was|been) (referred|recommended)\b|\b(bekommen|erhalten|bekam|got|received)\b"),
        ("received", r"\b(empfehlung|referral|recommendation|jobtipp|stellentipp|job tip|job lead) (von|from)\b"),
        ("given", r"\b(empfohlen|weiterempfohlen|recommended|referred|gegeben|geschrieben|gave|wrote|made|passed on|weitergegeben)\b"),
        ("given", r"\b(empfehlung|referral|recommendation|jobtipp|stellentipp|job tip|job lead) (für|an|for|to)\b"),
    ),
}  # fmt: skip
_ADVICE_KINDS = {"given": "advice_given", "received": "advice_asked"}
_RECRUITER = r"recruiter(in)?|headhunter(in)?|personalberater(in)?|personalvermittler(in)?"
_APPROACH = (
    r"angeschrieben|schrieb|geschrieben|gemeldet|meldete|angesprochen|kontaktiert|anfrage|angefragt|wrote|contacted|reached out|messaged|"
    r"approached|got in touch|emailed|called me|rief (mich )?an|hat (mich )?angerufen"
)
# Thanks name what they are for, and that was another day.
_THANKS = r"bedankt|danke|dank|thanked|thank-you|thanks"
_NOT_DONE = (
    r"nicht|kein(e|en|er|em)?|abgesagt|verschoben|ausgefallen|geplant|verabredet|ausgemacht|vereinbart|morgen|nächste[nrs]?|not|didn.t|"
    r"cancel+ed|postponed|planned|arranged|scheduled|tomorrow|next|will|missed|verpasst"
)
_PLATFORMS = r"linkedin|xing"
# Capitalised words that are no names: what begins a sentence, German nouns of the table, days.
_NO_NAME = """
ich wir heute gestern vorgestern vormittags mittags abends i we today yesterday had got gave met called phoned asked thanked
introduced recommended referred received congratulated visited coffee lunch dinner breakfast drinks call zoom skype video meeting
advice feedback intro introduction referral tip tips greeted greetings wished rang spoke made took passed said wrote a an the my on
at in after before short long quick birthday thanks thank-you happy went sent caught connected been was
kaffee kaffeetrinken kaffeepause treffen mittagessen abendessen frühstück spaziergang besuch stammtisch messe veranstaltung bier
essen konferenz anruf telefonat telefon videocall video-call videoanruf gespräch videogespräch geburtstag geburtstagsgruß
geburtstagskarte glückwunsch glückwünsche gruß gruss grüße grüsse karte rat ratschlag ratschläge tipp tipps vorstellung kontakt
empfehlung weiterempfehlung jobtipp stellentipp stelle anfrage linkedin xing recruiter recruiterin headhunter headhunterin
personalberater personalberaterin personalvermittler personalvermittlerin danke dank alles gute hallo kurz kurzes kurzer langes
langer mit von für an bei dem der die den das ein eine einen einem meinen meinem meine
montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday sunday
frau herr herrn mr mrs ms rief traf gab habe hatte hat wurde zum zur im am beim um per telefonisch
"""
_NO_NAMES = frozenset(_NO_NAME.split())
_PARTICLES = ("van", "de", "der", "den", "la", "di", "da", "del", "dos", "bin", "al", "el", "zu")
_WEEKDAYS = (
    "montags?|monday", "dienstags?|tuesday", "mittwochs?|wednesday", "donnerstags?|thursday", "freitags?|friday",
    "samstags?|sonnabends?|saturday", "sonntags?|sunday",
)  # fmt: skip
_JOINED = ("und", "and", "&", ",")
# Before whom: the first of these groups that is followed by a name counts.
_BEFORE = (
    ("mit", "with"),
    ("von", "from", "by", "durch"),
    ("an", "bei", "für", "to", "for"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|,|&")


def understand(sentence: str) -> list[Entry]:
    """Return the entries that a sentence stands for, one or two.

    Raises Problem, which asks for --kind or --direction, where it stands for none, for several things, or for a plan.
    """
    text = " ".join(unicodedata.normalize("NFC", sentence).split())
    lower = text.lower()
    if _has(_NOT_DONE, lower):
        raise Problem(
            "“{said}” may be a plan or something that did not take place; if it did, say what it was with --kind.",
            said=text,
        )
    ways = [kind for kind, words in MEETINGS.items() if _has(words, lower)]
    things = [thing for thing, words in _THINGS.items() if _has(words, lower)]
    if things == ["advice", "referral"] and _has(r"jobtipp|stellentipp|job tip", lower):
        things = ["referral"]
    platform = next(iter(re.findall(rf"\b({_PLATFORMS})\b", lower)), None)
    if _has(_RECRUITER, lower) and _has(_APPROACH, lower):
        return [Entry("recruiter_contact", None, find_name(text), platform)]
    if "greeting" in ways and _has(_THANKS, lower):
        ways, things = ["greeting"], []
    if len(ways) > 1 or len(things) > 1:
        raise Problem(
            "“{said}” could mean several things ({kinds}); say which with --kind, one call for each.",
            said=text,
            kinds=", ".join([*ways, *things]),
        )
    name = find_name(text)
    entries = [Entry(way, None, name) for way in ways]
    entries += [_given_or_received(thing, text, name) for thing in things]
    if not entries:
        raise Problem("“{said}” was not understood; say what it was with --kind.", said=text)
    return entries


def find_name(sentence: str) -> str | None:
    """Return whom a sentence names, several people joined by a comma, None where nobody is recognised.

    A name is a run of capitalised words after a word such as “mit”, else the first run that is not a word of the table. “von” ends
    a name, because a company stands behind it more often than a family.
    """
    tokens = _WORD.findall(unicodedata.normalize("NFC", sentence))
    for group in _BEFORE:
        for i, token in enumerate(tokens):
            if token.lower() in group and (names := _names_from(tokens, _skip(tokens, i + 1))):
                return ", ".join(_with_object(tokens, i, group, names))
    start = next((i for i, token in enumerate(tokens) if _begins_name(token)), None)
    if start is None or "," in tokens[:start]:
        return None
    return ", ".join(_names_from(tokens, start)) or None


def _with_object(tokens: list[str], before: int, group: tuple[str, ...], names: list[str]) -> list[str]:
    """Return both whom an introduction brought together: “Anna mit Jörg bekannt gemacht”."""
    words = " ".join(tokens).lower()
    if group == _BEFORE[1] or not _has(_THINGS["introduction"], words):
        return names
    start = next((i for i, token in enumerate(tokens[:before]) if _begins_name(token)), None)
    return [*(_names_from(tokens[:before], start) if start is not None else []), *names]


def _given_or_received(thing: str, sentence: str, name: str | None) -> Entry:
    lower = sentence.lower()
    direction = next((way for way, pattern in _DIRECTIONS[thing] if re.search(pattern, lower)), None)
    if direction is None:
        raise Problem(
            "“{said}” does not say whether you gave or received it; add --kind and --direction given or received.",
            said=sentence,
        )
    if thing == "advice":
        return Entry(_ADVICE_KINDS[direction], direction, name)
    return Entry(thing, direction, name)


def _has(words: str, text: str) -> bool:
    return re.search(rf"(?<![\w-])({words})(?![\w-])", text) is not None


def _skip(tokens: list[str], start: int) -> int:
    """Return where a name may begin behind articles and forms of address."""
    while start < len(tokens) and tokens[start].lower().rstrip(".") in _NO_NAMES:
        start += 1
    return start


def _begins_name(token: str) -> bool:
    return token[0].isupper() and token.lower().rstrip(".") not in _NO_NAMES


def _names_from(tokens: list[str], start: int) -> list[str]:
    """Return the names that begin at a token: runs of capitalised words, joined by “und” or a comma."""
    names: list[str] = []
    while True:
        run: list[str] = []
        i = start
        while i < len(tokens):
            # “de la Cruz”: particles belong to a name that goes on behind them.
            end = next((j for j in range(i, len(tokens)) if tokens[j] not in _PARTICLES), len(tokens))
            if end == len(tokens) or not _begins_name(tokens[end]) or (end > i and not run):
                break
            run += tokens[i : end + 1]
            i = end + 1
        if not run:
            return names
        names.append(re.sub(r"['’]s$", "", " ".join(run)).rstrip("."))
        if i >= len(tokens) or tokens[i].lower() not in _JOINED:
            return names
        start = _skip(tokens, i + 1) if tokens[i] != "," else i + 1


def days_ago(sentence: str, today: date) -> int:
    """Return how many days before `today` a sentence places what it tells: yesterday, the last Monday; 0 where it does not say."""
    lower = unicodedata.normalize("NFC", sentence).lower()
    if _has("vorgestern|the day before yesterday", lower):
        return 2
    if _has("gestern|yesterday", lower):
        return 1
    for weekday, words in enumerate(_WEEKDAYS):
        if _has(words, lower):
            return (today.weekday() - weekday - 1) % 7 + 1
    return 0
