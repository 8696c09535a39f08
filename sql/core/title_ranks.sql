-- How senior the title of a contact says that somebody is, by whole words in German and English. Only what titles tell: a word
-- for leading people or a house, for experience, for learning, or an occupation. Managers of projects, products and accounts lead
-- nobody by their title, owners of products own no house, and assistants, deputies and staff of the management are not the
-- management. Who looks for work, is retired or keeps house has no rank, and neither has a slogan.
-- Key: member, title
-- seniority: executive (the management of a house, founders, owners), lead (leads people), senior, junior (learning or in the
--   first job), professional (an occupation without a rank), or null where the title does not tell
with texts as (
    select
        title,
        min(work) as work
    from contact_titles
    group by title
),

-- What looks like a rank and is none goes first, as far as the next comma or bar where work is looked for.
cleared as (
    select
        title,
        ' ' || regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            work,
                            '(\b((job|stellen|arbeits?)(suche|suchend[^ ]*)|job ?seek(er|ing)|open (to|for)|arbeitslos[^ ]*|unemployed|suche|rentner(in)?|pensionär(in)?|haus(frau|mann))\b)[^|,;•·]*',  -- noqa: LT05
                            ' ', 'g'
                        ),
                        '\b(mitglied|vorsitzende[rn]?|vorsitz|sprecher(in)?|vorsitzende) (der|des) (geschäftsführung|geschäftsleitung|vorstand(s|es)?)\b|\bmember of the (executive |management )?board\b',  -- noqa: LT05
                        'vorstand', 'g'
                    ),
                    '\b(der|des|für|von|zur|an) (die |den )?(geschäftsführung|geschäftsleitung|vorst[aä]nd(s|es|e)?)\b|\b(to|for|of) (the |our )?(ceo|cto|cfo|coo|board|founders?|managing directors?)\b|\bchief of staff\b',  -- noqa: LT05
                    ' ', 'g'
                ),
                '\b(product|produkt|process|prozess|service|system|platform|data|application|epic|solution|feature|domain|component|risk|asset|business process|value stream)([ -])owner(in)?\b',  -- noqa: LT05
                'specialist', 'g'
            ),
            '\bhead[ -](hunt[^ ]*|office|count)\b|\b(art|creative|music|casting) director(in)?\b|\b(thought|opinion|market|industry|worship) leader\b|\blead(s)? (gen|generation|nurturing|management|auditor)\b|\b(teil)?(projekt|bau|reise|beg|an|ab|zu|frei|rohr|fern|halb|übungs|kurs|wander)leit(er|erin|ung)(en)?\b|\bstudent (recruit[^ ]*|success|services?|advis[^ ]+|affairs|relations|support|counsel[^ ]+|life)\b|\btrainee[ -](programm?e?|manage[^ ]+)\b',  -- noqa: LT05
            ' specialist ', 'g'
        ) || ' ' as work
    from texts
),

words as (
    select
        title,
        regexp_replace(work, between_words(), ' ', 'g') as work
    from cleared
),

signs as (
    select
        title,
        work,
        regexp_matches(
            work, ' ([^ ]*assist[^ ]*|[^ ]*sekret[^ ]*|secretary|pa|ea|deputy|stellvertret[^ ]*|stv|stellv|vize[^ ]*) '
        ) as is_second
    from words
)

select
    titles.member,
    titles.title,
    case
        when
            not signs.is_second
            and regexp_matches(
                signs.work,
                ' (' || concat_ws(
                    '|',
                    'ceo', 'cto', 'cfo', 'coo', 'cio', 'cmo', 'chro', 'cpo', 'cso', 'cro', 'cdo', 'ciso',
                    'chief ([^ ]+ ){1,3}officer', 'geschäftsführ(er|erin|ung|ende[rn]?)', 'geschäftsleit(er|erin|ung)',
                    'vorst(and|ändin|andsmitglied|andsvorsitzende[rn]?|andssprecher(in)?)', 'managing (director|partner)',  -- noqa: LT05
                    '(co ?)?founder(in)?', '(mit)?gründer(in)?', '(mit)?inhaber(in)?', 'owner(in)?', 'president',
                    'vice president', '[se]?vp'
                ) || ') '
            ) then 'executive'
        when
            not signs.is_second
            and regexp_matches(
                signs.work,
                ' (' || concat_ws(
                    '|',
                    'head', 'lead', '(team|squad|chapter|tech) ?lead(er|erin)?',
                    'leader', '[^ ]*leit(er|erin|ung)', 'leitende[rn]?', '(direktor|director)(in)?', 'supervisor',
                    'manager(in)? of',
                    '(team|people|general|engineering|store|branch|department|plant|shift|abteilungs|bereichs|gruppen|filial)'  -- noqa: LT05
                    || ' ?manager(in)?',
                    'teamchef(in)?', 'chef(arzt|ärztin|redakteur(in)?)', 'ober(arzt|ärztin)', 'vorarbeiter(in)?',
                    'dekan(in)?', 'rektor(in)?'
                ) || ') '
            ) then 'lead'
        when
            regexp_matches(
                signs.work,
                ' (senior|sr|principal|expert(e|in)?|staff ([^ ]+ )?(engineer|developer|scientist|designer|architect)(in)?) '  -- noqa: LT05
            ) then 'senior'
        when
            regexp_matches(
                signs.work,
                ' (' || concat_ws(
                    '|',
                    '(werk)?student(in)?', 'studierende[rn]?', 'praktikant(in)?', 'praktikum', 'intern', 'internship',
                    'trainee', 'junior', 'jr', 'azubi', 'auszubildende[rn]?', 'volontär(in)?', 'apprentice',
                    'berufseinsteiger(in)?', 'absolvent(in)?', 'graduate'
                ) || ') '
            ) then 'junior'
        when
            regexp_matches(
                signs.work,
                ' [^ ]*(' || concat_ws(
                    '|',
                    'manage(r|ment)', 'engineer', 'ingenieur', 'entwickler', 'developer', 'programm(er|ierer)',
                    'consultant', 'berat(er|ung)', 'consulting', 'analy(st|tiker)', 'designer', 'ar(ch|k)itekt',
                    'architect', 'speciali[sz]t', 'spezialist', 'referent', 'sachbearbeit(er|ung)',
                    'fach(kraft|frau|mann|angestellter?|wirt)', 'kauf(frau|mann)', 'buchhalt(er|ung)', 'accountant',
                    'controller', 'coordinator', 'koordinator', 'administrator', 'officer', 'representative',
                    'vertreter', 'vertriebler', 'verkäufer', 'agent', 'advis[eo]r', 'editor', 'redakteur',
                    'journalist', 'writer', 'author', 'autor', 'lawyer', 'attorney', 'counsel', 'anwalt', 'anwält',
                    'jurist', 'notar', 'richter', 'doctor', 'physician', 'arzt', 'ärzt', 'mediziner',
                    'psycholog(e|ist)', 'therap(eut|ist)', 'nurse', 'pfleger?', 'pflegekraft', 'pharmacist',
                    'apotheker', 'teacher', 'lehr(er|kraft|beauftragter?)', 'dozent', 'lecturer', 'professor',
                    'scientist', 'wissenschaft(ler|liche[rn]?)', 'research(er)?', 'forscher', 'chemi(st|ker)',
                    'physi(cist|ker)', 'biolog(e|ist)', 'mathemati(cian|ker)', 'informatik(er)?',
                    'statisti(cian|ker)', 'ökonom', 'economist', 'volkswirt', 'betriebswirt', 'techni(ker|cian)',
                    'mechani(ker|c)', 'mechatroniker', 'elektr(iker|oniker)', 'electrician', 'handwerker', 'meister',
                    'tischler', 'schreiner', 'gärtner', 'koch', 'köch', 'chef de [^ ]*', 'bäcker', 'friseur',
                    'fahrer', 'driver', 'pilot', 'lotse', 'mitarbeiter', 'angestellter?', 'beamter?', 'beamtin',
                    'doktorand', 'aktuar', 'vermittler', 'scout', 'assist(ent|enz|ant)', 'sekret(är|ariat)',
                    'secretary', 'receptionist', 'clerk', 'associate', 'owner', 'recruiter', 'sourcer', 'disponent',
                    'einkäuf(er)?', 'buyer', 'einkauf', 'planer', 'planner', 'prüfer', 'auditor', 'tester', 'coach',
                    'trainer', 'moderator', 'übersetzer', 'translator', 'dolmetscher', 'bibliothekar', 'librarian',
                    'pädagog', 'erzieher', 'sozialarbeiter', 'social worker', 'fotograf', 'photographer', 'musiker',
                    'künstler', 'artist', 'schauspieler', 'producer', 'produzent', 'texter', 'makler', 'broker',
                    'banker', 'scrum master', 'partner', 'executive', 'strateg(ist|e)', 'marketer', 'geograph',
                    'historiker', 'polizist', 'steuerfach[^ ]*', 'optiker', 'laborant', 'logopäd', 'hebamme',
                    'landwirt', 'monteur', 'maler', 'schlosser'
                ) || ')(in|innen|n|s|en)? '
            ) then 'professional'
    end as seniority
from contact_titles as titles
inner join signs on titles.title = signs.title
