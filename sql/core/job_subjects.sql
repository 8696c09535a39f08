-- Subjects of messages on LinkedIn, each once, and whether they offer a job: by whole words in German and English. A job
-- word alone proves little, since people who sell use them too ("Ihr Job wird leichter"): what is sold, promised or taught
-- outweighs it, and only a vacancy's own marks outweigh that: (m/w/d), or a profession with a word for the vacancy.
-- Key: member, subject
-- subject: as the export writes it
-- offers_job: whether it reads like the offer of a job
with subjects as (
    select distinct member, subject
    from conversations
    where platform = 'linkedin' and subject is not null
),

-- "Stelle", "Rolle" and "Job" also stand in phrases that offer none.
words as (
    select
        member,
        subject,
        lower(nfc_normalize(subject)) as raw,
        regexp_replace(
            regexp_replace(
                ' ' || regexp_replace(lower(nfc_normalize(subject)), '[^\pL\pN%]+', ' ', 'g') || ' ',
                ' (an|zur|auf der) ([^ ]+ )?stelle | (spielt|spielen) ([^ ]+ )?([^ ]+ )?rolle | role (of|model|play) | (great|good|nice|amazing|guter|super|toller) job | job done | (die|der) rolle (von|der|des) | wir stellen (um|vor|uns|ihnen|fest|sicher) | stellen sie | job (ticket|rad|center) | pole position | position paper | position (bei|on|in) google ',  -- noqa: LT05
                '  ', 'g'
            ),
            ' (ihren|ihrem|deinen|deinem|euren|my|meinen|meinem|(zum|im|dem|den|deinem|ihrem|the|your) (neuen|ersten|new|first)|of your|do your|make your|love your|im|am) jobs? ',  -- noqa: LT05
            '  ', 'g'
        ) as text
    from subjects
),

-- "Software" is sold, a "Software Engineer" is looked for.
titled as (
    select
        *,
        regexp_replace(
            text,
            ' (software|platt?form|solutions?|growth|community|event|customer|automation|automatisierungs|versicherungs|investment|outsourcing|revenue|seo) ([^ ]+ )?(engineer|architect|architekt|manager|developer|entwickler|lead|analyst|consultant|berater|designer|director|mathematiker)(in)? ',  -- noqa: LT05
            '  ', 'g'
        ) as pitch
    from words
),

signs as (
    select
        member,
        subject,
        text,
        regexp_matches(
            raw, '\b[mwfdxi]\s?[/|*,]\s?[mwfdxi](\s?[/|*,]\s?[mwfdxia*])?\b|\ball genders?\b|\(gn\)|\(a\)|\(divers\)'
        ) as has_gender_mark,
        regexp_matches(
            text,
            ' [^ ]*(engineer|entwickler|developer|programmer|programmierer|analyst|scientist|architekt|architect|manager|leiter|leitung|berater|consultant|designer|ingenieur|referent|controller|buchhalter|accountant|administrator|techniker|mechaniker|spezialist|specialist|lead|assistant|assistent|assistenz|sachbearbeiter|jurist|redakteur|pfleger|forscher|researcher|aktuar|planer|einkäufer|statistiker|owner|master|officer|koordinator|coordinator|fachkraft|kaufmann|kauffrau|ärzt|arzt|lehrer|erzieher)(in)? | head of [^ ]+ | c[efiotm]o '  -- noqa: LT05
        ) as has_profession,
        regexp_matches(
            text,
            ' (stelle|stellen|stellenangebot[^ ]*|stellenausschreibung|jobangebot[^ ]*|jobchance[^ ]*|jobmöglichkeit[^ ]*|jobanfrage|jobs?|positions?|positionen|vakanz|vakanzen|vacanc(y|ies)|roles?|rollen?|openings?|festanstellung|direktvermittlung|hiring|recruiting|verstärkung|projektanfrage|freelanc[^ ]*|freiberuflich[^ ]*|interim[^ ]*|opportunit(y|ies)|karriere[^ ]*|career|(werkstudenten|vollzeit|teilzeit|fach|führungs|leitungs|praktikums|trainee)stellen?|head ?hunt[^ ]*|recruiter(in)?|personal(berat|vermittl)[^ ]*|candidate|kandidat(in)?|bewerbung|applications?|(leitungs|führungs|fach)position(en)?|personalanfrage) '  -- noqa: LT05
        ) as has_vacancy,
        regexp_matches(
            text,
            ' (your next (role|job|position|challenge|move|step|opportunity|chapter)|next (career )?(step|move)|(new|neue|berufliche|nächste) (challenge|herausforderung|aufgabe|role|rolle|stelle|position)|(wir|ich) suchen? (dich|sie|eine|einen|jemanden|verstärkung)|(we|i) (are|am) (hiring|looking for an?|recruiting)|(we re|i m) (hiring|looking for an?|recruiting)|join (us|our ([^ ]+ )?team|the team)|(interessante|spannende|neue|nächste|exciting|interesting) (aufgabe|chance|gelegenheit|tätigkeit|chapter)|(kunde|kundin|mandantin?|auftraggeber|client) (sucht|is (looking|hiring|searching))|(your|ihr|dein|next|a) (move|wechsel|change) (in|to|into|zu)|about a (move|change)|komm(en sie)? zu|wir stellen ein|(auf|an|für|über) ([^ ]+ )?(wechsel|veränderung)|(fit for|passen? zu) (our|us|uns|unserem)|(teil|mitglied) unseres teams|zu uns ins team|(zukunft|karriere|arbeiten) (bei|mit uns)|(ich|wir) besetzen?|(ihr|dein|your|ihren|deinen) ([^ ]+ )?(profil|profile|background|experience|werdegang|lebenslauf|cv|resume)|(ihre|deine) ([^ ]+ )?(erfahrung|laufbahn|qualifikation)|(job|stellen)wechsel|wechsel(wunsch|bereit)|offen für (etwas )?neues|open to (new|a new|something new)|beruflich(e|er|en)? (veränderung|perspektive|zukunft)) '  -- noqa: LT05
        ) as is_addressed,
        regexp_matches(
            text,
            ' (gesucht|sought|wanted|vollzeit|teilzeit|full time|part time|unbefristet|befristet|ab sofort|[0-9]+ ?k|permanent|remote|hybrid|home ?office|contract|fit for|work (with|for) (us|our)|für (unsere?n?|meinen?) (kunden|mandanten|klienten|klinik|standort)|(our|my) client|mandat) '  -- noqa: LT05
        ) as has_terms,
        regexp_matches(text, ' (you|your|yours|we|our|i|my|me|sie|ihr|ihre|ihren|ihrem|ihrer|du|dein|deine|deinen|wir|unser|unsere|ich|mein|euer|eure|warum|why|how|wie|was|what|mit|with|an|frage|question|für|for) ') as speaks,  -- noqa: LT05
        regexp_matches(text, ' ([^ ]*glückwunsch[^ ]*|gratul[^ ]*|congrat[^ ]*|danke?|thanks?|thank you) ') as is_kind,
        -- What nobody offers together with a job, whatever else the subject says.
        regexp_matches(
            text,
            ' (webinar[^ ]*|rabatt[^ ]*|discount|gratis|kostenlos[^ ]*|kostenfrei[^ ]*|free (trial|demo|ebook|guide)|demo|whitepaper|e ?book|newsletter|podcast|[^ ]*kurs(e|es)?|courses?|bootcamp|[^ ]*coaching|[^ ]*seminar[^ ]*|[^ ]*schulung[^ ]*|masterclass|workshop|zertifi[^ ]*|certifi[^ ]*|[^ ]*studium|studiengang|[^ ]*umfrage|survey|krypto[^ ]*|crypto|bitcoin|forex|trading|nebenverdienst|heimarbeit|telegram|whatsapp|verdien[^ ]*|earn|income|einkommen|stellenanzeigen?|stellenmarkt|job ?börse[^ ]*|jobmesse|karrieremesse|karrieretag|fachkräftemangel|bewerber|bewerbungen|applicants|lebenslauf(check| check)|cost per hire|time to hire|hiring (costs?|process|software|tools?|platt?form|managers?|tips)|recruit(ing|ment) ?(software|tools?|platt?form|suite|kosten|costs?|process|prozess[^ ]*|partner|agentur|event|trends?)|your (hiring|open (roles|positions|jobs)|vacancies|recruit[^ ]*|candidates)|(ihr|euer|dein) recruiting|(ihre|eure|deine) (offenen |vakanten )?(stellen|vakanzen|positionen)|(stellen|positionen|vakanzen) (schneller|günstig[^ ]*|besser|einfach[^ ]*|schalten|besetzen)|(for|in) your team|für (ihr|euer|dein) team|mitarbeiter (finden|gewinnen)|(business|investment|partnership|partner|sales|speaking|networking|sponsor[^ ]*|franchise|learning|marketing) opportunit(y|ies)) '  -- noqa: LT05
        ) as is_sold,
        -- What is mostly sold, but is also what jobs are about.
        regexp_matches(
            pitch,
            ' (software|saas|tools?|platt?form(en|s)?|lösung(en)?|solutions?|leads|lead (gen|generation|generierung)|umsatz[^ ]*|kunden|neukunden|customers|clients|termine|appointments|werbung|ads|seo|website|webseite|google|invest[^ ]*|immobilien?|finanzierung|kredit[^ ]*|versicherung|angebot für ihr[^ ]*|sparen|save|(halben?|bester) preis|günstig[^ ]*|briefing|kooperation|collaboration|partnerschaft|partnership|messe|konferenz|conference|summit|meetup|community|event|optimi[^ ]*|easier|leichter|einfacher|schneller|faster|automat[^ ]*|roi|revenue|growth|wachstum|outsourc[^ ]*|nearshor[^ ]*|offshor[^ ]*|entwicklerteam|engineers|developers|entwickler teams?|ranking|warenkorb|bestellung|lieferung|rechnung|buchung|steuer[^ ]*|views|besucher) '  -- noqa: LT05
        ) as is_pitched,
        regexp_matches(
            raw, '([€$£]|\b(eur|euro|usd|dollars?)\b).{0,20}\b(per|pro|am|a|each|every|im)\b ?(day|tag|hour|stunde|week|woche|monat|month)\b|\b(täglich|wöchentlich|daily|weekly) .{0,12}([€$]|euro|auszahl|pay)|\b(from home|von zu ?hause|no (experience|interview)|ohne (erfahrung|vorkenntnisse)|easy money|schnelles geld)\b'  -- noqa: LT05
        ) as is_bait
    from titled
)

select
    member,
    subject,
    not is_sold
    and (
        has_gender_mark
        or (has_profession and (has_vacancy or is_addressed or has_terms) and not (is_pitched and speaks))
        or (has_profession and not speaks and not is_pitched and not is_bait)
        or ((has_vacancy or is_addressed) and not is_pitched and not is_bait and not is_kind)
    ) as offers_job
from signs
