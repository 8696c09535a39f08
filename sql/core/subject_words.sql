-- Subjects of messages on LinkedIn, each once, made ready for asking what they mean: one spelling, without phrases in which the
-- words of vacancies mean something else, and with a mark in place of professions.
-- Key: member, subject
-- subject: as the export writes it
-- raw: in lower case
-- text: words between single blanks, one form for women and men, without phrases like "an erster Stelle" and "im neuen Job"
-- pitch: the same without professions and clients, in which "Software" and "Kunden" speak of work and not of a sale
-- marked: the same with § for each profession
with subjects as (
    select distinct member, subject
    from conversations
    where platform = 'linkedin' and subject is not null
),

-- One form for women and men: "Entwickler:in", "Entwickler*innen" and "Analyst/in" are one word with "Entwickler" and "Analyst".
spelled as (
    select
        member,
        subject,
        lower(nfc_normalize(subject)) as raw,
        ' ' || regexp_replace(
            regexp_replace(
                regexp_replace(
                    lower(nfc_normalize(subject)),
                    '([^\x00-@\[-`{-\x7f' || signs() || '])([:*/_]|/-|\()(in|innen|r|frau)\b', '\1', 'g'
                ),
                '''(s|m|re|ve|d)\b', ' \1', 'g'
            ),
            '[\x00-$&-/:-@\[-`{-\x7f' || signs() || ']+', ' ', 'g'
        ) || ' ' as spelled
    from subjects
),

-- "Stelle", "Rolle", "Job" and "Kunde" also stand in phrases that offer none.
words as (
    select
        member,
        subject,
        raw,
        regexp_replace(
            regexp_replace(
                spelled,
                ' (' || concat_ws(
                    '|',
                    '(an|zur|auf der|an dieser) ([^ ]+ )?stelle', '(spielt|spielen) ([^ ]+ )?([^ ]+ )?rolle',
                    'role (of|models?|play)', '(great|good|nice|amazing|guter|super|toller) job', 'job done',
                    '(die|der) rolle (von|der|des)', 'wir stellen (um|vor|uns|ihnen|fest|sicher)', 'stellen sie',
                    'job (ticket|rad|center|coach)', 'pole position', 'position papers?',
                    'position (bei|on|in) google', 'recruit(ing|er)? (event|messe)'
                ) || ') ',
                '  ', 'g'
            ),
            ' (' || concat_ws(
                '|',
                '(ihren|ihrem|deinen|deinem|euren|my|meinen|meinem) jobs?',
                '(zum|im|dem|den|deinem|ihrem|the|your) (neuen|ersten|new|first) jobs?',
                '(of your|do your|make your|love your|im|am|neben dem) jobs?'
            ) || ') ',
            '  ', 'g'
        ) as text
    from spelled
),

-- "Software" is sold, a "Software Engineer" is looked for; "unsere Kunden" look for people, "neue Kunden" are promised.
narrowed as (
    select
        *,
        regexp_replace(
            regexp_replace(
                text,
                ' (software|platt?form|solutions?|growth|community|event|customer|automation|automatisierungs|versicherungs|investment|outsourcing|revenue|seo|kunden|immobilien|partner|steuer|invest|property) ?([^ ]+ )?(engineer|architect|architekt|manager|developer|entwickler|lead|analyst|consultant|berater|designer|director|mathematiker|verwalter|makler|fachangestellte|fachwirt|betreuer|service)(in)? ',  -- noqa: LT05
                '  ', 'g'
            ),
            ' (mein|unser|(my|our) (fintech |pharma )?|meine[mnrs]?|unsere[mnrs]?|im|eine[nmr]?) (kunden?(auftrag)?|clients?|mandant(en|in)?|klient(en|in)?|auftraggeber(in)?) ',  -- noqa: LT05
            '  ', 'g'
        ) as pitch
    from words
)

-- A mark in place of each profession, known by how it ends, so that compounds are found too: "Betriebselektronikerin".
select
    member,
    subject,
    raw,
    text,
    pitch,
    regexp_replace(
        regexp_replace(text, ' (für|for) (sie|dich|euch|you|uns|us) ', ' ', 'g'),
        ' ([^ ]*(' || concat_ws(
            '|',
            'engineer', 'entwickler', 'developer', 'programmierer', 'programmer', 'informatiker', 'architekt',
            'architect', 'administrator', 'tester', 'devops', 'analyst', 'scientist', 'statistiker', 'statistician',
            'mathematiker', 'mathematician', 'aktuar', 'actuary', 'steward', 'modell?er', 'economist', 'ökonom',
            'forscher', 'researcher', 'wissenschaftler', 'postdoc', 'doktorand', 'professor', 'professur', 'dozent',
            'lecturer', 'manager', 'leiter', 'leitung', 'leitende[rn]?', '(team|tech|project|delivery) ?lead',
            'director', 'direktor', 'direktion', 'geschäftsführ(er|ung)', 'vorstand', 'vice president', 'controller',
            'buchhalter', 'accountant', 'bookkeeper', 'auditor', 'prüfer', 'revisor', 'treasurer', 'treasury',
            'steuerfachangestellte', 'berater', 'consultant', 'advisor', 'referent', 'referat', 'spezialist',
            'specialist', 'expert', 'sachbearbeiter', 'sachbearbeitung', 'kauf(mann|frau|leute)', 'fachwirt',
            '(fach|lehr|pflege|büro|bürokauf)kraft', 'einkäufer', 'buyer', 'planer', 'planner', 'disponent',
            'koordinator', 'coordinator', 'assist(ant|ent|enz)', 'associate', 'officer', 'clerk', 'representative',
            'verkäufer', 'vertriebler', 'underwriter', 'trader', 'händler', 'broker', 'makler', 'verwalter',
            'executive', 'jurist', 'anwalt', 'anwält', 'counsel', 'lawyer', 'paralegal', 'notar', 'arzt', 'ärzt',
            'pfleger', 'pflegedienst', 'nurse', 'physician', 'doctor', 'apotheker', 'pharmacist', 'therapeut',
            'therapist', 'psycholog(e|in)', 'hebamme', 'sanitäter', 'angestellte', 'lehrer', 'teacher', 'erzieher',
            'pädagog(e)?', 'arbeiter', 'betreuer', 'techniker', 'technician', 'mechaniker', 'mechatroniker',
            'elektroniker', 'elektriker', 'monteur', 'meister', 'schlosser', 'schweißer', 'installateur', 'fahrer',
            'driver', 'lagerist', 'küchenchef', 'kellner', 'bäcker', 'gärtner', 'tischler', 'zeichner', 'polier',
            'operator', 'designer', 'redakteur', 'editor', 'writer', 'texter', 'journalist', 'producer', 'fotograf',
            'fundraiser', 'owner', 'scrum master', 'agile coach', 'bibliothekar', 'gutachter', 'inspektor',
            'ingenieur', 'chemiker', 'physiker', 'biolog(e)?', 'laborant', 'geolog(e)?',
            '[^ ]{3,}(er|ist|log|eur|ant|ent|är|at)in', '[^ ]+iker',
            '[^ ]+(eur|wirt|elier|ologist|ologe|loge|schwester|helfer|geselle|[kmgt]führer|macher)',
            'sachverständige[rn]?', 'trainee', 'werkstudent', 'praktikant', 'praktikum', 'volontär', 'volontariat',
            'azubi', 'beauftragte[rn]?', 'beamte[rn]?', 'bereichsleitung'
        ) || ')|head|lead|admin|dba|quant|koch|köch|intern|c[efiotmp]o|e?vp|phd position)(e|in|innen|en|s)? ',
        ' § ', 'g'
    ) as marked
from narrowed
