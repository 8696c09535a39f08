"""Page contexts as report.py makes them, for an invented member: what the templates must be able to draw.

Numbers are made up but agree with each other within a sample. Nothing here is a fixture; call the functions.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

MONDAY = date(2026, 11, 9)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x")',
    "{{ 7*7 }}{% raw %}",
    "Zoë\u202egnp.exe\u200b\u2066",
    "A" * 10_000,
    "a\r\nBcc: x@example.org",
    "'; drop table contacts; --",
    "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo & </style></title>",
    "ي" * 300,
    "👩\u200d💻 \ud800 \x00",
)


def weeks(count: int, last: date = MONDAY) -> list[dict[str, str]]:
    """The `count` weeks up to the one that begins at `last`."""
    mondays = [last - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    calendar = [monday.isocalendar() for monday in mondays]
    return [{"name": f"{c.year}-W{c.week:02}", "label": str(c.week)} for c in calendar]


def rhythm(count: int, seed: int, top: int) -> list[int]:
    """A plausible series without randomness: small whole numbers up to `top`."""
    return [
        (i * i * seed + i * 7 + seed * 3) % 11 * top // 10 if (i + seed) % 13 not in (3, 4) else 0 for i in range(count)
    ]


def _columns(values: list[int | None]) -> list[dict[str, Any]]:
    return [
        {"week": week["name"], "label": week["label"], "value": value}
        for week, value in zip(weeks(len(values)), values, strict=True)
    ]


def typical(language: str) -> dict[str, Any]:
    """A usual week: something of everything."""
    de = language == "de"

    def t(german: str, english: str) -> str:
        return german if de else english

    contacts = [2, 1, 0, 3, 2, 1, 4, 0, 0, 1, 2, 5, 3, 1, 2, 0, 1, 3, 2, 2, 4, 1, 0, 2, 2, 3]
    total = [268 - sum(contacts[i + 1 :]) for i in range(26)]
    sent, received = rhythm(26, 3, 11), rhythm(26, 5, 9)
    sent[-1], received[-1] = 4, 7
    public, in_groups = rhythm(26, 2, 5), rhythm(26, 4, 3)
    public[-2:], in_groups[-2:] = [3, 6], [2, 3]
    kinds = [
        (t("Nachrichten", "Messages"), rhythm(52, 1, 14)),
        (t("Einladungen", "Invitations"), rhythm(52, 2, 5)),
        (t("Beiträge", "Posts"), rhythm(52, 3, 2)),
        (t("Kommentare", "Comments"), rhythm(52, 5, 6)),
        (t("Reaktionen", "Reactions"), rhythm(52, 4, 9)),
    ]
    return {
        "language": language,
        "member": "ada",
        "member_name": "Ada Beispiel-Köhler",
        "salutation": "Ada Beispiel-Köhler",
        "readers": ["ada@example.org: diese Seite." if de else "ada@example.org: this page."],
        "week": {
            "name": "2026-W46",
            "number": 46,
            "year": 2026,
            "monday": MONDAY,
            "sunday": MONDAY + timedelta(days=6),
        },
        "subject": t(
            "KW 46: So sichtbar wie in keiner anderen Woche des letzten halben Jahres: 9 Aktivitäten",
            "Week 46: More visible than in any week of the last half year: 9 acts",
        ),
        "headline": t(
            "So sichtbar wie in keiner anderen Woche des letzten halben Jahres: 9 Aktivitäten",
            "More visible than in any week of the last half year: 9 acts",
        ),
        "lead": t(
            "Seit sieben Wochen jede Woche im Kontakt. In Gruppen haben Sie etwas mehr geschrieben als üblich, ein Gespräch haben Sie selbst begonnen.",
            "In touch every week for seven weeks. You wrote a little more in groups than usual and began one conversation yourself.",
        ),
        "running": None,
        "quiet": False,
        "data_state": [
            {"platform": "LinkedIn", "as_of": date(2026, 11, 20), "age": None, "stale": False},
            {
                "platform": "XING",
                "as_of": date(2026, 10, 14),
                "age": t("fünf Wochen alt", "five weeks old"),
                "stale": True,
            },
        ],
        "key_numbers": [
            {
                "name": "contacts_new",
                "label": t("Neue Kontakte", "New contacts"),
                "value": 3,
                "estimated": False,
                "detail": None,
                "direction": None,
                "running": None,
                "only": None,
                "change": t("einer mehr als in der Vorwoche", "one more than the week before"),
                "usual": t("meist 1 bis 3", "usually 1 to 3"),
                "reason": None,
                "columns": _columns(contacts[-12:]),
            },
            {
                "name": "visible_activity",
                "label": t("Sichtbare Aktivität", "Visible activity"),
                "value": 9,
                "estimated": False,
                "detail": t("davon drei in Gruppen", "three of them in groups"),
                "direction": "up",
                "running": None,
                "only": None,
                "change": t("vier mehr als in der Vorwoche", "four more than the week before"),
                "usual": t("mehr als üblich (2 bis 6)", "more than usual (2 to 6)"),
                "reason": None,
                "columns": _columns([a + b for a, b in zip(public[-12:], in_groups[-12:], strict=True)]),
            },
            {
                "name": "recruiter_contacts",
                "label": t("Recruiting-Kontakte", "Recruiting contacts"),
                "value": 2,
                "estimated": True,
                "detail": None,
                "direction": None,
                "running": None,
                "only": None,
                "change": t("so viele wie in der Vorwoche", "as many as the week before"),
                "usual": t("meist 0 bis 2", "usually 0 to 2"),
                "reason": None,
                "columns": _columns([1, 0, 0, 2, 1, 0, None, 0, 1, 0, 2, 2]),
            },
        ],
        "steps": [
            {
                "sentence": t(
                    "Beantworten Sie die zwei Anfragen aus dem Recruiting.", "Answer the two recruiting messages."
                ),
                "reason": t(
                    "Die ältere liegt seit neun Tagen; meist antworten Sie nach zwei Tagen.",
                    "The older one came nine days ago; you usually answer after two days.",
                ),
                "answer": t(
                    'Kein Recruiting? kontaktpuls mark ada "Name" kein-recruiter',
                    'Not recruiting? kontaktpuls mark ada "Name" kein-recruiter',
                ),
            },
            {
                "sentence": t("Fragen Sie Mira Holzapfel um Rat.", "Ask Mira Holzapfel for advice."),
                "reason": t(
                    "Sie arbeitet seit September bei der Sternwarte SE, die auf Ihrer Zielliste steht.",
                    "She has been at Sternwarte SE, which is on your list, since September.",
                ),
                "answer": None,
            },
            {
                "sentence": t("Beginnen Sie ein Gespräch selbst.", "Begin a conversation yourself."),
                "reason": t(
                    "Vier der letzten fünf Gespräche haben andere begonnen.",
                    "Others began four of the last five conversations.",
                ),
                "answer": None,
            },
        ],
        "how_to_answer": t(
            'Passt jemand nicht? kontaktpuls mark ada "Name" later',
            'Somebody does not fit? kontaktpuls mark ada "Name" later',
        ),
        "people": [
            {
                "name": "Mira Holzapfel",
                "platforms": ["LinkedIn"],
                "profile": "https://www.linkedin.com/in/mira-holzapfel-beispiel",
                "sentence": t(
                    "Neue Stelle als Data Engineer bei der Sternwarte SE, zwischen zwei Auszügen.",
                    "New position as data engineer at Sternwarte SE, between two exports.",
                ),
                "last_touch": t("März 2025", "March 2025"),
            },
            {
                "name": "Jörg Weißdorn",
                "platforms": ["LinkedIn", "XING"],
                "profile": None,
                "sentence": t("Früher haben Sie einander oft geschrieben.", "You used to write to each other often."),
                "last_touch": t("Juni 2023", "June 2023"),
            },
            {
                "name": "Thea Kranich",
                "platforms": ["XING"],
                "profile": "https://www.xing.com/profile/Thea_Kranich",
                "sentence": t(
                    "Hat Ihnen im August eine Empfehlung geschrieben.", "Wrote you a recommendation in August."
                ),
                "last_touch": None,
            },
        ],
        "since_sunday": t(
            "Seit Sonntag, bis zum 20. November 2026: ein neuer Kontakt, vier Nachrichten.",
            "Since Sunday, to 20 November 2026: one new contact, four messages.",
        ),
        "sections": [
            {
                "key": "contacts",
                "heading": t("Ihr Netzwerk wächst so ruhig wie üblich", "Your network grows as calmly as usual"),
                "sentence": t(
                    "Drei neue Kontakte, 268 insgesamt. Das helle Band ist Ihr üblicher Bereich der letzten 26 Wochen.",
                    "Three new contacts, 268 in all. The pale band is your usual range of the last 26 weeks.",
                ),
                "estimated": False,
                "charts": [
                    {
                        "kind": "columns",
                        "title": t("Neue Kontakte je Woche", "New contacts a week"),
                        "description": t(
                            "26 Wochen, zuletzt drei neue Kontakte, meist ein bis drei.",
                            "26 weeks, three new contacts in the last, usually one to three.",
                        ),
                        "unit": t("Kontakte", "contacts"),
                        "weeks": weeks(26),
                        "values": contacts,
                        "unfinished": False,
                        "band": {"low": 1, "high": 3},
                    },
                    {
                        "kind": "line",
                        "title": t("Kontakte insgesamt", "Contacts in all"),
                        "description": t("Von 222 auf 268 in 26 Wochen.", "From 222 to 268 in 26 weeks."),
                        "unit": t("Kontakte", "contacts"),
                        "weeks": weeks(26),
                        "values": total,
                        "band": None,
                    },
                ],
                "tables": [],
                "definitions": [
                    {
                        "label": t("Neue Kontakte", "New contacts"),
                        "text": t(
                            "Verbindungen, deren Datum in der Woche liegt, auf beiden Plattformen zusammen.",
                            "Connections whose date lies in the week, on both platforms together.",
                        ),
                    },
                    {
                        "label": t("Üblicher Bereich", "Usual range"),
                        "text": t(
                            "Vom 10. bis zum 90. Perzentil der letzten 26 ganzen Wochen.",
                            "From the 10th to the 90th percentile of the last 26 complete weeks.",
                        ),
                    },
                ],
            },
            {
                "key": "rhythm",
                "heading": t("Seit sieben Wochen jede Woche dabei", "There every week for seven weeks"),
                "sentence": t(
                    "Jedes Feld ist eine Woche, je kräftiger, desto mehr.",
                    "Each field is a week, the stronger the more.",
                ),
                "estimated": False,
                "charts": [
                    {
                        "kind": "heat",
                        "title": t("Aktivität je Woche im letzten Jahr", "Activity a week over the last year"),
                        "description": t("52 Wochen in fünf Zeilen.", "52 weeks in five rows."),
                        "unit": t("Handlungen", "acts"),
                        "weeks": weeks(52),
                        "rows": [{"label": label, "values": values} for label, values in kinds],
                    }
                ],
                "tables": [],
                "definitions": [
                    {
                        "label": t("Aktive Woche", "Active week"),
                        "text": t(
                            "Eine Woche mit mindestens einer eigenen Handlung.",
                            "A week with at least one act of your own.",
                        ),
                    }
                ],
            },
            {
                "key": "balance",
                "heading": t("Etwas mehr bekommen als gegeben", "A little more received than given"),
                "sentence": t(
                    "Vier Nachrichten haben Sie geschrieben, sieben bekommen. Über 26 Wochen ist es ausgeglichen.",
                    "You wrote four messages and received seven. Over 26 weeks it is balanced.",
                ),
                "estimated": False,
                "charts": [
                    {
                        "kind": "mirror",
                        "title": t("Nachrichten, gegeben und bekommen", "Messages, given and received"),
                        "description": t(
                            "Gegeben über der Linie, bekommen darunter.", "Given above the line, received below."
                        ),
                        "unit": t("Nachrichten", "messages"),
                        "weeks": weeks(26),
                        "above": {"label": t("gegeben", "given"), "values": sent},
                        "below": {"label": t("bekommen", "received"), "values": received},
                    },
                    {
                        "kind": "dots",
                        "title": t("Tage bis zur Antwort", "Days until the answer"),
                        "description": t("Mitte und übliche Spanne.", "Median and usual range."),
                        "unit": t("Tage", "days"),
                        "rows": [
                            {"label": t("Ihre Antworten", "Your answers"), "value": 2, "low": 1, "high": 4},
                            {
                                "label": t("Antworten der anderen", "Others' answers"),
                                "value": 3.5,
                                "low": 1,
                                "high": 11,
                            },
                            {"label": "Recruiting", "value": None, "low": None, "high": None},
                        ],
                    },
                ],
                "tables": [],
                "definitions": [],
            },
            {
                "key": "visible",
                "heading": t(
                    "Neun Mal sichtbar, davon drei Mal in Gruppen", "Visible nine times, three of them in groups"
                ),
                "sentence": t(
                    "Beiträge, Kommentare und Reaktionen nach Ort.", "Posts, comments and reactions by place."
                ),
                "estimated": False,
                "charts": [
                    {
                        "kind": "stacked",
                        "title": t("Sichtbare Aktivität je Woche", "Visible activity a week"),
                        "description": t(
                            "Zuletzt neun, davon drei in Gruppen.", "Nine in the last week, three of them in groups."
                        ),
                        "unit": t("Handlungen", "acts"),
                        "weeks": weeks(26),
                        "series": [
                            {"label": t("im Feed", "in the feed"), "values": public},
                            {"label": t("in Gruppen", "in groups"), "values": in_groups},
                        ],
                    }
                ],
                "tables": [
                    {
                        "title": t("Gruppen", "Groups"),
                        "columns": [
                            {"label": t("Gruppe", "Group"), "align": "left"},
                            {"label": t("12 Wochen", "12 weeks"), "align": "left"},
                            {"label": t("diese Woche", "this week"), "align": "right"},
                        ],
                        "rows": [
                            [
                                t("Datenhandwerk Ruhrgebiet", "Data Craft Ruhr"),
                                {
                                    "spark": [1, 0, 0, 2, 1, 3, 0, 1, 0, 2, 1, 2],
                                    "label": t("13 in zwölf Wochen", "13 in twelve weeks"),
                                },
                                2,
                            ],
                            [
                                t("Frauen in der Geoinformatik", "Women in Geoinformatics"),
                                {
                                    "spark": [0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 1],
                                    "label": t("vier in zwölf Wochen", "four in twelve weeks"),
                                },
                                1,
                            ],
                            [
                                t(
                                    "Eine Gruppe mit einem ausgesprochen langen Namen, der umbricht",
                                    "A group with a decidedly long name that has to wrap",
                                ),
                                {"spark": [0] * 12, "label": t("keine in zwölf Wochen", "none in twelve weeks")},
                                None,
                            ],
                        ],
                    }
                ],
                "definitions": [
                    {
                        "label": t("In Gruppen", "In groups"),
                        "text": t("Was der Link einer Gruppe zuordnet.", "What the link places in a group."),
                    }
                ],
            },
            {
                "key": "recruiting",
                "heading": t(
                    "Sieben Recruiting-Kontakte seit August, zwei noch unbeantwortet",
                    "Seven recruiting contacts since August, two not answered yet",
                ),
                "sentence": t(
                    "Aus Nachrichten, Einladungen und Titeln geschätzt; wer Ihr Profil nur ansieht, steht in keinem Export.",
                    "Estimated from messages, invitations and titles; who only looks at your profile is in no export.",
                ),
                "estimated": True,
                "charts": [
                    {
                        "kind": "sequence",
                        "title": t("Recruiting-Kontakte seit August", "Recruiting contacts since August"),
                        "description": t(
                            "Sieben haben zuerst geschrieben, fünf sind beantwortet.",
                            "Seven wrote first, five are answered.",
                        ),
                        "unit": t("Kontakte", "contacts"),
                        "bars": [
                            {"label": t("haben zuerst geschrieben", "wrote first"), "value": 7, "accent": False},
                            {"label": t("haben Sie beantwortet", "you answered"), "value": 5, "accent": False},
                            {"label": t("sind noch unbeantwortet", "are not answered yet"), "value": 2, "accent": True},
                        ],
                    }
                ],
                "tables": [],
                "definitions": [
                    {
                        "label": t("Recruiting-Kontakte", "Recruiting contacts"),
                        "text": t(
                            "Personen, die zuerst schreiben oder einladen und nach Titel, InMail oder Betreff aus dem Recruiting kommen.",
                            "Persons who write or invite first and who, by title, InMail or subject, work in recruiting.",
                        ),
                    }
                ],
            },
            {
                "key": "views",
                "heading": t("Zwölf Profilbesuche in dieser Woche", "Twelve profile views this week"),
                "sentence": t(
                    "So, wie Sie sie von den Bildschirmen der Plattformen abgeschrieben haben; in keinem Export stehen sie.",
                    "As you copied them from the platforms’ screens; no export holds them.",
                ),
                "estimated": False,
                "charts": [
                    {
                        "kind": "line",
                        "title": t("Profilbesuche je Woche", "Profile views per week"),
                        "description": t(
                            "Eine Linie durch die notierten Wochen, zuletzt zwölf.",
                            "A line through the weeks noted, twelve in the last.",
                        ),
                        "unit": t("Besuche", "views"),
                        "weeks": weeks(26),
                        "values": [*rhythm(25, 3, 9), 12],
                        "band": {"low": 1, "high": 8},
                    }
                ],
                "tables": [],
                "definitions": [],
            },
        ],
        "ledger": {
            "read": 2279,
            "kept": 2277,
            "refused": 2,
            "sentence": t(
                "2.279 Zeilen gelesen, zwei Einträge waren nicht lesbar.",
                "2,279 rows read, two entries could not be read.",
            ),
        },
        "checks": t("Alle 14 Prüfungen bestanden.", "All 14 checks passed."),
        "sources": [
            {"label": t("LinkedIn: Kontakte", "LinkedIn: connections"), "as_of": date(2026, 11, 20), "rows": 301},
            {"label": t("LinkedIn: Nachrichten", "LinkedIn: messages"), "as_of": date(2026, 11, 20), "rows": 1673},
            {"label": t("XING: Kontakte", "XING: contacts"), "as_of": date(2026, 10, 14), "rows": 305},
        ],
        "missing": [
            {
                "label": t("LinkedIn: Profilbesuche", "LinkedIn: profile visits"),
                "how": t("Stehen in keinem Export.", "Are in no export."),
            },
            {
                "label": t("Eigene Notizen", "Own notes"),
                "how": t(
                    "Legen Sie eine Tabelle mit Datum und Anlass in den Ordner Ihrer Exporte.",
                    "Put a table with date and occasion beside your exports.",
                ),
            },
        ],
        "why": t(
            "Sie bekommen diese Mail jeden Montag, weil Sie es so eingerichtet haben.",
            "You get this mail every Monday because you set it up so.",
        ),
        "stop": t("Antworten Sie mit „Stopp“, um sie abzubestellen.", "Answer with “stop” to end it."),
    }


def quiet(language: str) -> dict[str, Any]:
    """A week in which nothing happened: one step, nobody, one section."""
    de = language == "de"
    page = typical(language)
    page["quiet"] = True
    page["headline"] = "Eine ruhige Woche" if de else "A quiet week"
    page["subject"] = "KW 46: eine ruhige Woche" if de else "Week 46: a quiet week"
    page["lead"] = "Meist kommen ein bis drei Kontakte hinzu." if de else "Usually one to three contacts are added."
    page["data_state"] = page["data_state"][:1]
    page["steps"], page["people"], page["since_sunday"] = page["steps"][2:], [], None
    for entry in page["key_numbers"]:
        entry |= {
            "value": 0,
            "direction": "down",
            "detail": None,
            "change": "drei weniger als in der Vorwoche" if de else "three fewer than the week before",
        }
        entry["columns"][-1]["value"] = 0
    section = page["sections"][0]
    section["charts"] = [section["charts"][0] | {"values": [0] * 26, "band": None}]
    page["sections"] = [section]
    page["missing"] = []
    return page


def absent(language: str) -> dict[str, Any]:
    """A source that answers nothing: numbers without value, series without any, a week that is not over."""
    page = typical(language)
    reason = "Das steht in keinem Export." if language == "de" else "No export holds this."
    for entry in page["key_numbers"][1:]:
        entry |= {"value": None, "direction": None, "change": None, "usual": None, "detail": None, "reason": reason}
        entry["columns"] = _columns([None] * 12)
    for section in page["sections"]:
        for chart in section["charts"]:
            _empty(chart)
    columns = page["sections"][0]["charts"][0]
    columns |= {"values": [None] * 13 + [2, 1, 0, 3, 0, 2, 1, 0, None, 0, 2, 2, 1], "unfinished": True}
    page["sections"][0]["charts"][1] |= {
        "values": [None] * 5 + [8, 9, None, 12, 12, 13] + [None] * 4 + [20, 21, 21, None, 25] + list(range(25, 31))
    }
    page["checks"] = page["since_sunday"] = None
    return page


def _empty(chart: dict[str, Any]) -> None:
    for part in (
        chart,
        chart.get("above", {}),
        chart.get("below", {}),
        *chart.get("rows", []),
        *chart.get("series", []),
    ):
        if "values" in part:
            part["values"] = [None] * len(part["values"])
        if "low" in part:
            part |= {"value": None, "low": None, "high": None}
    for bar in chart.get("bars", []):
        bar["value"] = None


def small(language: str) -> dict[str, Any]:
    """Forty contacts and one message: almost every series is zero or has one value."""
    page = quiet(language)
    page["quiet"] = False
    page["headline"] = "Vierzig Kontakte, eine Nachricht" if language == "de" else "Forty contacts, one message"
    page["subject"] = ("KW" if language == "de" else "Week") + " 46: " + page["headline"]
    full = typical(language)["sections"]
    one = [0] * 25 + [1]
    full[0]["charts"][0] |= {"values": [0] * 26, "band": {"low": 0, "high": 0}}
    full[0]["charts"][1] |= {"values": [40] * 26}
    for row in full[1]["charts"][0]["rows"]:
        row["values"] = [0] * 52
    full[1]["charts"][0]["rows"][0]["values"] = [0] * 51 + [1]
    full[2]["charts"][0] |= {
        "above": full[2]["charts"][0]["above"] | {"values": one},
        "below": full[2]["charts"][0]["below"] | {"values": [0] * 26},
    }
    full[2]["charts"][1]["rows"] = [{"label": "x", "value": 0, "low": 0, "high": 0}]
    full[3]["charts"][0]["weeks"] = weeks(1)
    for series in full[3]["charts"][0]["series"]:
        series["values"] = [1]
    full[4]["charts"][0]["bars"] = [bar | {"value": 0} for bar in full[4]["charts"][0]["bars"]]
    page["sections"] = full
    return page


def huge(language: str) -> dict[str, Any]:
    """Numbers of eight digits wherever a number can stand."""
    page = deepcopy(typical(language))
    factor = 7_654_321
    for entry in page["key_numbers"]:
        entry["value"] *= factor
        for column in entry["columns"]:
            column["value"] = None if column["value"] is None else column["value"] * factor
    for section in page["sections"]:
        for chart in section["charts"]:
            for part in (
                chart,
                chart.get("above", {}),
                chart.get("below", {}),
                *chart.get("rows", []),
                *chart.get("series", []),
                *chart.get("bars", []),
            ):
                for key in ("value", "low", "high"):
                    if isinstance(part.get(key), (int, float)):
                        part[key] *= factor
                if "values" in part:
                    part["values"] = [value * factor for value in part["values"]]
            if chart.get("band"):
                chart["band"] = {"low": factor, "high": 3 * factor}
    return page


def hostile(language: str) -> dict[str, Any]:
    """Names, firms and titles of people who want the page to break, wherever text of an export can reach."""
    page = typical(language)
    evil = iter(HOSTILE * 20)
    urls = (
        "javascript:alert(1)",
        "https://linkedin.com.evil.example/in/x",
        "https://user@www.linkedin.com/in/x",
        'https://www.linkedin.com/in/"onmouseover=alert(1)',
    )
    page["member_name"] = page["salutation"] = HOSTILE[0]
    page["people"] = [
        {
            "name": name,
            "platforms": ["LinkedIn"],
            "profile": urls[i % 4],
            "sentence": f"{next(evil)} · {next(evil)}",
            "last_touch": None,
        }
        for i, name in enumerate(HOSTILE)
    ][:5] + [
        {"name": name, "platforms": ["XING"], "profile": None, "sentence": next(evil), "last_touch": None}
        for name in HOSTILE[5:]
    ]
    page["headline"], page["lead"] = f"{HOSTILE[0]} und {HOSTILE[5]}", f"{HOSTILE[1]} {HOSTILE[3]}"
    page["subject"] = "KW 46: \r\nBcc: x@example.org\x00\u2028\u202e" + "A" * 5000
    page["steps"][0]["sentence"] = f"Fragen Sie {HOSTILE[5]} um Rat."
    page["since_sunday"] = HOSTILE[8]
    for section in page["sections"]:
        section["heading"] = next(evil)
        for chart in section["charts"]:
            chart["title"] = next(evil)
            for part in (*chart.get("rows", []), *chart.get("series", []), *chart.get("bars", [])):
                part["label"] = next(evil)
        for table in section["tables"]:
            table["title"] = next(evil)
            table["columns"][0]["label"] = next(evil)
            for row in table["rows"]:
                row[0] = next(evil)
                row[1]["label"] = next(evil)
    page["sources"][0]["label"] = page["missing"][0]["label"] = HOSTILE[1]
    return page


SAMPLES = {"typical": typical, "quiet": quiet, "absent": absent, "small": small, "huge": huge, "hostile": hostile}
