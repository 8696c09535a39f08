"""What a message does, by its wording in German and English: whether it offers something, whether it asks for advice.

Belongs here: the phrases, and the SQL that looks for them in a text. They are regular expressions of RE2, without braces because the
SQL is a format string. Which messages are judged, and whose they are, is decided elsewhere; no text is kept.
"""

from __future__ import annotations

_OFFERS = (
    "kann ich dir helfen", "kann ich ihnen helfen", "helfe dir", "helfe ihnen", "helfe gern", "biete dir", "biete ihnen",
    "bieten ihnen", "empfehle dich", "stelle dich", "vernetze dich", "wir suchen", "offene stelle", "offene position",
    "spannende position", "happy to help", "glad to help", "can i help", "happy to introduce", "introduce you", "recommend you",
    "refer you", "we are hiring", "we're hiring", "is hiring", "open position", "open role", "job opportunity",
    r"wenn ich (dir |ihnen |euch |irgendwie |dabei |was |etwas )*helfen kann", r"ich kann (dich|sie) [^.!?]*(empfehlen|vorstellen|vernetzen)",
    "if i can help", "let me know if i can",
)  # fmt: skip

# Words between, as what they are not: classes of letters would make the search ten times slower. What is wanted is not with "mein", which is the member's own advice, nor with "kein".
_WORD = r"( [^ .,!?]+)?"
_YOUR = r"(deine?n?|ihre?n?|eure?n?|euer)( [^ .,!?]+)?"
_FILLER = r"(vielleicht|eventuell|evtl\.?|zufällig|da|mal|noch|für mich|für uns)"
_COUNSEL = r"(rat|ratschlag|ratschläge|tipps?|meinung|einschätzung|feedback)\b"
_ONE = r"(eine?n?|ein paar|irgendeinen|irgendwelche|etwas)( [^ .,!?]+)?"
_GERMAN = (
    rf"\b(hast|hättest|habt|hättet|haben|hätten) (du|ihr|sie)( {_FILLER})*( {_ONE} (rat|tipp|tipps|ratschläge)| (gute |konkrete )?(tipps|ratschläge))\b[^.!?]*\?",
    rf"\b(darf|dürfte|kann|könnte|möchte|wollte|würde|muss) ich (dich|sie|euch){_WORD}{_WORD}{_WORD}{_WORD} um (({_YOUR}|{_ONE}) )?{_COUNSEL}",
    rf"\b(ich|und) (möchte|wollte|würde|muss|müsste|bitte) (dich|sie|euch){_WORD}{_WORD} um (({_YOUR}|{_ONE}) )?{_COUNSEL}",
    rf"\bhätte( ich)?{_WORD}{_WORD} gerne? ({_YOUR}|eine?n?) {_COUNSEL}[.,!?: ]*( zu| ob| wie|[.!?,:]|$)",
    rf"\bhätte ich{_WORD}{_WORD} gerne? {_YOUR} {_COUNSEL}",
    rf"\bgerne? hätte ich{_WORD} {_YOUR} {_COUNSEL}",
    rf"\bich (brauche|bräuchte|suche|benötige)( mal| gerade| dringend| noch)* ({_YOUR}|{_ONE}) {_COUNSEL}",
    rf"\b(wie|was) (ist|wäre) {_YOUR} (meinung|einschätzung|rat|tipp)\b",
    rf"\b(was|welche[nrs]?)( [^ .,!?]+)? (würdest|würden) (du|sie) (mir|uns){_WORD}{_WORD}{_WORD} (raten|empfehlen)\b",
    r"\b(würdest|würden) (du|sie) an meiner stelle\b",
    r"\bwas (rätst|empfiehlst|raten|empfehlen) (du|sie) (mir|uns|jemande[mn])\b",
    r"\b(würdest|würden) (du|sie) mir ([^ .,!?]+ )*(raten|abraten)\b",
    r"\bwie (würdest|würden) (du|sie) ([^ .,!?]+ )*(vorgehen|herangehen|angehen)\b",
    r"\bworauf (soll|sollte|muss|müsste) ich ([^ .,!?]+ )*achten\b",
    rf"\b(kannst|könntest|können|könnten|magst|möchtest) (du|sie) mir (bitte |mal |vielleicht |kurz )*({_ONE} )?{_COUNSEL}",
    r"\birgendwelche (tipps|ratschläge)\b",
    rf"\b(für|über) (jeden|einen|jegliche[nrs]?)( [^ .,!?]+)? {_COUNSEL}{_WORD}{_WORD} (bin|wäre|würde) ich\b",
    rf"\b(für|über) {_YOUR} {_COUNSEL}{_WORD}{_WORD} (wäre|würde) ich\b",
    rf"\b(wäre|würde) (ich )?(mich )?(dir|ihnen|euch)?( sehr)?( dankbar)? ?(für|über) ({_YOUR}|{_ONE}|jeden) {_COUNSEL}",
    rf"\bwürde{_WORD} {_YOUR} (meinung|einschätzung|sicht)\b[^.!?]*interessier",
    r"\b(deine|ihre|eure)( [^ .,!?]+)? (meinung|einschätzung|sicht)( dazu| hierzu)? (würde|interessiert)",
    r"\bwürde ([^ .,!?]+ )?gerne? (deine|ihre|eure)( [^ .,!?]+)? (meinung|einschätzung|sicht)( [^ .,!?]+)? (hören|wissen|erfahren|einholen)",
)  # fmt: skip
_MINE = r"(your|some|any|a bit of|a little)( [^ .,!?]+)?"
# A noun may follow that makes something else of it: a feedback form, a thoughts column.
_WISDOM = r"(advice|guidance|opinion|perspective|pointers|(take|thoughts|feedback|input|view|tips)( on| about| for|[.,?!:]|$))"
_ENGLISH = (
    rf"\b(could|can|may|might) (i|we) ([^ .,!?]+ )?(ask|get|have|hear)( you)?( for)? {_MINE} {_WISDOM}",
    rf"\b(like|love|want|wanted) to ([^ .,!?]+ )?(ask|get|have|hear)( you)?( for)? {_MINE} {_WISDOM}",
    r"\b(could|can|may|might|like to|love to|want to|wanted to)( i)?( [^ .,!?]+)? pick your brain\b",
    rf"\b(would|['’]d) (really )?(love|appreciate|value|welcome) (your|some|any)( [^ .,!?]+)? {_WISDOM}",
    rf"\b(would|['’]d) be (very |so |most )?(grateful|thankful|glad) for (your|some|any)( [^ .,!?]+)? {_WISDOM}",
    r"\bi (could use|need) (your|some|a bit of)( [^ .,!?]+)? (advice|guidance|opinion|take on|feedback on|input on)\b",
    r"\bi( am|['’]m) (looking for|seeking) (some |your |any )?(advice|guidance|tips on|feedback on)\b",
    r"\bhoping for (your|some) (advice|guidance|opinion|feedback on)\b",
    r"\b(what|how)(['’]s| is| are| would be) your( [^ .,!?]+)? (advice|opinion|recommendation|(thoughts|take|view)( on| about|\?))",
    r"\b(do|would|might) you ([^ .,!?]+ )?have (any|some)( [^ .,!?]+)? (advice|tips|pointers)\b",
    r"\b(have you )?got any( [^ .,!?]+)? (advice|tips|pointers)\b",
    r"(^|[.!?,:\n] *)any( [^ .,!?]+)? (advice|tips|pointers)\b[^.!?]*\?",
    r"(^|[.!?,:\n] *)(any|your) (thoughts|take|opinion)( on (this|that|it))?\?",
    r"\bwhat would you (do (if|in my)|recommend (i|for me|to me|as|to somebody|to someone)|suggest i|advise|look at|focus on|learn)\b",
    r"\bwhich [^.!?]*would you recommend\b",
    r"\bwhat advice would you\b",
    r"\bwould you [^.!?]*\b(in my (shoes|place|position)|if you were me)\b",
    r"\bif you were me\b[^.!?]*\?",
    r"\bwould you (recommend|suggest|advise) ([a-z]+ing|that i|i)\b",
    r"\b(would|could|can) you advise me\b",
    r"\bhow would you (approach|go about|tackle|prepare for)\b",
    r"\b(could|can|would) you ([^ .,!?]+ )?(give|share|send)( me)? (some|any|a few|your)( [^ .,!?]+)? (advice|guidance|opinion|pointers|(thoughts|feedback|tips|take)( on| about| for|\?))",
    r"\bcould you give me a tip\b",
)  # fmt: skip


def offers(text: str) -> str:
    """Return SQL that tells whether a text, itself an SQL expression, offers help, an introduction or work."""
    return f"coalesce(regexp_matches({text}, {_any_of(_OFFERS)}), false)"


def asks_advice(text: str) -> str:
    """Return SQL that tells whether a text asks for advice: of ten that it names, nine do."""
    return f"coalesce(regexp_matches({text}, {_any_of(_GERMAN + _ENGLISH)}), false)"


def _any_of(phrases: tuple[str, ...]) -> str:
    # One expression takes less time than looking for each phrase.
    return "'(?i)" + "|".join(phrase.replace("'", "''") for phrase in phrases) + "'"
