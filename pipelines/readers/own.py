"""The small tables that a member keeps by hand.

Belongs here: their description, with German and English headers, and the words that stand for a kind, a direction or a mark. They are
known by their file name; a list of groups by both its headers too. What people wrote down in words, a note beside an entry, is
never stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.readers.source import N_, Column, Source, keyed, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GROUPS = Source(
    "own_groups",
    ("groups", "gruppen"),
    {"group_id": ("group_id", "Gruppen-ID", "Gruppen_ID", "Gruppe"), "name": ("name", "Gruppenname", "Bezeichnung")},
    (text("group_id"), text("name")),
)
GROUPS_BY_CONTENT = frozenset({"groupid", "name"})

# The first word of each language is the one that the program writes itself.
KINDS: dict[str, tuple[str, ...]] = {
    "meeting": (
        "meeting", "treffen", "meet", "met", "coffee", "kaffee", "kaffeetrinken", "lunch", "mittagessen", "dinner", "abendessen",
        "breakfast", "frühstück", "besuch", "visit", "walk", "spaziergang", "event", "veranstaltung", "stammtisch", "messe",
        "getroffen", "begegnung", "termin", "persönliches treffen", "in person",
    ),
    "call": (
        "call", "anruf", "telefonat", "telefon", "phone", "phone call", "video call", "videocall", "video", "videoanruf",
        "telefoniert", "angerufen", "zoom", "teams",
    ),
    "greeting": (
        "greeting", "gruß", "gruss", "grüße", "grüsse", "greetings", "birthday", "geburtstag", "glückwunsch", "glückwünsche",
        "congratulation", "congratulations", "dank", "thanks", "karte", "card",
    ),
    "introduction": ("introduction", "vorstellung", "intro", "introductions", "vorgestellt", "kontakt vermittelt", "introduced"),
    "referral": (
        "referral", "empfehlung", "referrals", "empfohlen", "weiterempfehlung", "recommendation", "tip", "tipp", "jobtipp",
        "job tip", "stellentipp", "stellenhinweis", "referred",
    ),
    "advice_asked": (
        "advice asked", "rat erbeten", "asked for advice", "advice received", "rat bekommen", "rat erhalten", "um rat gefragt",
        "rat geholt", "got advice",
    ),
    "advice_given": ("advice given", "rat gegeben", "gave advice", "rat erteilt", "geraten", "beraten"),
    "recruiter_contact": (
        "recruiter", "recruiting", "recruiter contact", "recruiter kontakt", "recruiting contact", "recruiting kontakt", "ansprache",
        "headhunter", "headhunterin", "recruiterin", "personalberater", "personalberaterin", "personalvermittler",
        "personalvermittlerin",
    ),
}  # fmt: skip
# Which way advice went stands in the direction.
_ADVICE = ("advice", "rat", "ratschlag", "feedback")
DIRECTIONS: dict[str, tuple[str, ...]] = {
    "given": ("given", "gegeben", "gave", "give", "geben", "out", "outgoing", "von mir", "from me"),
    "received": (
        "received", "bekommen", "erhalten", "taken", "got", "asked", "gefragt", "erbeten", "genommen", "in", "incoming", "an mich",
        "to me",
    ),
    "mutual": ("mutual", "beidseitig", "beide", "both", "gegenseitig"),
}  # fmt: skip
MARKS: dict[str, tuple[str, ...]] = {
    "done": ("done", "erledigt", "fertig", "ok"),
    "later": ("later", "später", "spaeter"),
    "never": ("never", "nie", "niemals"),
    "no_recruiter": (
        "no recruiter", "kein recruiter", "keine recruiterin", "not a recruiter", "kein recruiting", "no recruiting",
    ),
}  # fmt: skip
PLATFORMS: dict[str, tuple[str, ...]] = {
    "linkedin": ("linkedin", "linked in"),
    "xing": ("xing",),
    "own": ("own", "eigene"),
}
STATUSES: dict[str, tuple[str, ...]] = {
    "open": ("open", "offen", "läuft", "laufend", "waiting", "wartet", "in progress"),
    "applied": ("applied", "application", "beworben", "bewerbung", "abgeschickt", "sent"),
    "interview": ("interview", "gespräch", "vorstellungsgespräch", "bewerbungsgespräch", "eingeladen", "invited"),
    "offer": ("offer", "angebot", "offered"),
    "accepted": ("accepted", "angenommen", "zusage", "zugesagt", "signed", "unterschrieben", "hired", "eingestellt"),
    "rejected": ("rejected", "absage", "abgesagt", "abgelehnt", "declined", "rejection"),
    "withdrawn": ("withdrawn", "zurückgezogen", "withdrew", "rückzug"),
}
_NOBODY = ("-", "–", "nein", "no", "none", "keine", "keiner", "kein", "niemand", "nobody", "n/a")

NO_KIND = N_("kind: not one of those that the list knows")
NO_DIRECTION = N_("direction: given or received was expected")
NO_DAY = N_("date: there is none")
NO_NAME = N_("name: there is none")
NO_MARK = N_("mark: done, later, never or no recruiter was expected")
NO_PLATFORM = N_("platform: LinkedIn or XING was expected")
NO_COMPANY = N_("company: there is none")
NO_NUMBER = N_("views: a whole number was expected")
NO_SINCE = N_("known since: a date, a month or a year was expected")
NO_STEP = N_("contact, interview, offer: a date, yes or no was expected")
SENTENCES = (
    NO_KIND, NO_DIRECTION, NO_DAY, NO_NAME, NO_MARK, NO_PLATFORM, NO_COMPANY, NO_NUMBER, NO_SINCE, NO_STEP,
)  # fmt: skip


def _words(cell: str) -> str:
    """Return SQL for a cell as words are compared: lower case, composed letters, blanks for hyphens and underscores."""
    return f"nullif(trim(regexp_replace(lower(nfc_normalize({{{cell}}})), '[\\s_-]+', ' ', 'g')), '')"


def _listed(words: Iterable[str]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _meaning(cell: str, meanings: Mapping[str, tuple[str, ...]], *more: str) -> str:
    """Return SQL for what the words of a cell stand for, NULL for others; `more` are further WHEN branches."""
    branches = [f"when {_words(cell)} in ({_listed(words)}) then '{meaning}'" for meaning, words in meanings.items()]
    return f"case {' '.join([*branches, *more])} end"


def _day(cell: str) -> str:
    """Return SQL for the text of a day, German days as ISO: people and spreadsheets mix both in one column."""
    plain = f"trim({{{cell}}})"
    full = f"regexp_replace({plain}, '^([0-9]{{{{1,2}}}})[.] ?([0-9]{{{{1,2}}}})[.] ?([0-9]{{{{4}}}})$', '\\3-\\2-\\1')"
    return (
        f"regexp_replace({full}, '^([0-9]{{{{1,2}}}})[.] ?([0-9]{{{{1,2}}}})[.] ?([0-9]{{{{2}}}})$', '20\\3-\\2-\\1')"
    )


def _date(cell: str) -> str:
    """Return SQL for the date in a cell, NULL where it is none."""
    return f"try_cast({_day(cell)} as date)"


def _there(cell: str) -> str:
    """Return SQL for whether a cell says something other than no."""
    return f"coalesce({_words(cell)} not in ({_listed(_NOBODY)}), false)"


def _blank(cell: str) -> str:
    return f"coalesce(trim({{{cell}}}), '') = ''"


_NOTES = ("note", "notes", "Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Anmerkung")
_GIVEN_ADVICE = f"when {_words('kind')} in ({_listed(_ADVICE)}) then case {_meaning('direction', DIRECTIONS)}"
_KIND = _meaning(
    "kind", KINDS, f"{_GIVEN_ADVICE} when 'given' then 'advice_given' when 'received' then 'advice_asked' end"
)

ACTIVITY = Source(
    "own_activity",
    ("activity", "activities", "aktivität", "aktivitäten", "aktivitaet", "aktivitaeten"),
    {
        "date": ("date", "Datum", "Tag", "day"),
        "kind": ("kind", "Art", "type"),
        "name": ("with", "mit", "name", "person", "Gegenüber", "Gegenueber", "counterpart", "with whom", "mit wem"),
        "direction": ("direction", "Richtung"),
        "platform": ("platform", "Plattform"),
    },
    (
        Column("done_on", "DATE", "{when}::date"),
        Column("kind", "VARCHAR", _KIND),
        text("name"),
        Column("direction", "VARCHAR", _meaning("direction", DIRECTIONS)),
        Column("platform", "VARCHAR", _meaning("platform", PLATFORMS)),
    ),
    when=_day("date"),
    field="date",
    optional=frozenset({"name", "direction", "platform"}),
    others=_NOTES,
    invalid=(
        (_blank("date"), NO_DAY),
        (f"{_words('kind')} in ({_listed(_ADVICE)}) and {_KIND} is null", NO_DIRECTION),
        (f"{_KIND} is null", NO_KIND),
        (f"{_words('direction')} is not null and {_meaning('direction', DIRECTIONS)} is null", NO_DIRECTION),
        (f"{_words('platform')} is not null and {_meaning('platform', PLATFORMS)} is null", NO_PLATFORM),
    ),
)

_SINCE = (
    f"coalesce({_date('since')}, try_strptime(trim({{since}}), '%Y-%m')::date, try_strptime(trim({{since}}), '%m.%Y')::date,"
    " try_strptime(trim({since}), '%m/%Y')::date, try_strptime(trim({since}), '%Y')::date)"
)
PEOPLE = Source(
    "own_people",
    ("people", "persons", "personen", "menschen"),
    {
        "name": ("name", "Person"),
        "company": ("company", "Firma", "Unternehmen", "Arbeitgeber", "employer"),
        "title": ("position", "title", "Stelle", "Beruf", "role", "Rolle"),
        "since": ("known since", "bekannt seit", "since", "seit", "Kontakt seit"),
        "email": ("email", "e-mail", "mail", "E-Mail-Adresse", "email address"),
        "profile": ("profile", "Profil", "link", "url", "Profillink"),
    },
    (
        text("name"),
        text("company"),
        text("title"),
        Column("known_since", "DATE", _SINCE),
        Column("email_key", "VARCHAR", keyed("email")),
        text("profile"),
    ),
    optional=frozenset({"company", "title", "since", "email", "profile"}),
    others=_NOTES,
    invalid=((_blank("name"), NO_NAME), (f"not {_blank('since')} and {_SINCE} is null", NO_SINCE)),
)

_WEEK = "upper(trim({day}))"
_YEAR_FIRST = r"'^(\d{{4}})[-/ ]*(?:W|KW|CW) ?(\d{{1,2}})$'"
_WEEK_FIRST = r"'^(?:W|KW|CW|WOCHE|WEEK)[. ]*(\d{{1,2}})[-/., ]+(\d{{4}})$'"


def _monday(pattern: str, year: int, week: int) -> str:
    """Return SQL for the Monday of the ISO week that a text names, NULL where the year has no such week."""
    numbers = [f"try_cast(regexp_extract({_WEEK}, {pattern}, {group}) as integer)" for group in (year, week)]
    monday = f"(date_trunc('week', make_date({numbers[0]}, 1, 4))::date + 7 * ({numbers[1]} - 1))"
    return f"case when isoyear({monday}) = {numbers[0]} and {numbers[1]} > 0 then {monday} end"


def _count(cell: str) -> str:
    """Return SQL for a whole number, with or without separators between thousands; NULL for anything else."""
    plain = f"trim({{{cell}}})"
    grouped = f"regexp_full_match({plain}, '[0-9]{{{{1,9}}}}|[0-9]{{{{1,3}}}}([., ][0-9]{{{{3}}}}){{{{1,2}}}}')"
    return f"case when {grouped} then try_cast(regexp_replace({plain}, '[., ]', '', 'g') as integer) end"


def _no_count(cell: str) -> str:
    return f"(not {_blank(cell)} and {_count(cell)} is null)"


_MONDAY = f"coalesce({_monday(_YEAR_FIRST, 1, 2)}, {_monday(_WEEK_FIRST, 2, 1)})"
_COUNTS = ("profile_views", "recruiter_views")
VISITORS = Source(
    "own_visitors",
    ("visitors", "views", "besucher", "profilbesucher"),
    {
        "day": ("week", "Woche", "KW", "date", "Datum", "Kalenderwoche"),
        "profile_views": (
            "profile views",
            "Profilbesuche",
            "Profilaufrufe",
            "views",
            "visitors",
            "Besucher",
            "Aufrufe",
        ),
        "recruiter_views": (
            "recruiter views",
            "Recruiter-Besuche",
            "Recruiter",
            "davon aus dem Recruiting",
            "davon Recruiter",
            "recruiters",
            "Recruiterbesuche",
        ),
        "platform": ("platform", "Plattform"),
    },
    (
        # A week stands for its Monday, a day for the week that it lies in.
        Column("day", "DATE", "{when}::date"),
        *(Column(name, "INTEGER", _count(name)) for name in _COUNTS),
        Column("platform", "VARCHAR", _meaning("platform", PLATFORMS)),
    ),
    when=f"coalesce(strftime({_MONDAY}, '%Y-%m-%d'), {_day('day')})",
    field="week",
    optional=frozenset({"recruiter_views", "platform"}),
    # No number rests on how often a profile came up in searches; LinkedIn shows it beside the views.
    others=(*_NOTES, "search appearances", "Suchtreffer", "in Suchergebnissen", "Sucherwähnungen", "Suchen"),
    invalid=(
        (_blank("day"), NO_DAY),
        (" or ".join(map(_no_count, _COUNTS)), NO_NUMBER),
        (" and ".join(map(_blank, _COUNTS)), NO_NUMBER),
        (f"{_words('platform')} is not null and {_meaning('platform', PLATFORMS)} is null", NO_PLATFORM),
    ),
)

_STEPS = ("contact", "interview", "offer")
_YES = ("ja", "yes", "x", "j", "y", "✓", "done", "erledigt")


def _no_step(cell: str) -> str:
    return f"({_there(cell)} and {_date(cell)} is null and {_words(cell)} not in ({_listed(_YES)}))"


APPLICATIONS = Source(
    "own_applications",
    ("applications", "bewerbungen"),
    {
        "company": ("company", "Firma", "Unternehmen", "Arbeitgeber", "employer"),
        "title": ("role", "Stelle", "Rolle", "position", "title"),
        "contact": ("contact", "Kontakt", "first contact", "Erstkontakt"),
        "application": ("application", "Bewerbung", "applied", "applied on", "beworben am", "date", "Datum"),
        "interview": ("interview", "Gespräch", "Vorstellungsgespräch"),
        "offer": ("offer", "Angebot"),
        "through": ("through", "über", "ueber", "durch", "through whom", "über wen", "durch wen", "Empfehlung durch"),
        "status": ("status", "Stand"),
    },
    (
        text("company"),
        text("title"),
        Column("applied_on", "DATE", "{when}::date"),
        *(
            column
            for cell in _STEPS
            for column in (
                Column(f"{cell}_on", "DATE", _date(cell)),
                Column(f"has_{cell}", "BOOLEAN", _there(cell)),
            )
        ),
        Column("through", "VARCHAR", f"case when {_there('through')} then trim({{through}}) end"),
        Column("status", "VARCHAR", _meaning("status", STATUSES)),
    ),
    when=f"case when {_there('application')} then {_day('application')} end",
    field="application",
    optional=frozenset({"title", "contact", "interview", "offer", "through", "status"}),
    others=_NOTES,
    invalid=((_blank("company"), NO_COMPANY), (" or ".join(map(_no_step, _STEPS)), NO_STEP)),
)

MARKED = Source(
    "own_marks",
    ("marks", "markierungen", "vermerke"),
    {
        "name": ("name", "Person"),
        "profile": ("profile", "Profil", "link", "url", "Profillink"),
        "mark": ("mark", "Markierung", "Vermerk"),
        "date": ("date", "Datum"),
    },
    (
        text("name"),
        text("profile"),
        Column("mark", "VARCHAR", _meaning("mark", MARKS)),
        Column("marked_on", "DATE", "{when}::date"),
    ),
    when=_day("date"),
    field="date",
    optional=frozenset({"profile"}),
    others=_NOTES,
    invalid=(
        (f"{_blank('name')} and {_blank('profile')}", NO_NAME),
        (f"{_meaning('mark', MARKS)} is null", NO_MARK),
        (_blank("date"), NO_DAY),
    ),
)
SOURCES = (GROUPS, ACTIVITY, PEOPLE, VISITORS, APPLICATIONS, MARKED)
# What `kontaktpuls template` puts beside the tables; no export, and nothing to complain about.
READMES = frozenset({"readme", "liesmich"})
