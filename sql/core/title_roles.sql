-- Which titles name recruiting or human resources, by whole words in German and English.
-- is_recruiter measured on 150 invented titles on which nothing was tuned (tests/recruiting_unseen.py): of 69 taken for recruiting
-- 67 are (precision 0.97), of 68 that are 67 are found (recall 0.99).
-- Key: member, title
-- is_recruiter: the title names recruiting as the work of today: not a product for it, not an employer's name
-- is_hr: the title names human resources in general
with texts as (
    select
        title,
        min(work) as text
    from contact_titles
    group by title
),

-- Products for recruiting, searches for other people than candidates and the names of firms are no recruiting. One blank or
-- hyphen joins a product's name; a dash or a bar separates what a recruiter recruits for.
words as (
    select
        title,
        ' ' || regexp_replace(
            regexp_replace(
                regexp_replace(
                    text,
                    '\b(recruit(ing|ment|er)|talent([ -](acquisition|management))?|sourcing|staffing|hiring|hr|bewerber[^ ]*|personal)[ -](software[^ ]*|saas|platt?form[^ ]*|tools?|system[^ ]*|tech|apps?|suite|solutions?|lösung[^ ]*|cloud|ats|crm|portal[^ ]*|academy|akademie|marketing|advertising|analytics|daten|daten|produkt[^ ]*|products?|startup|controlling|research)\b',  -- noqa: LT05
                    ' ', 'g'
                ),
                concat_ws(
                    '|',
                    '\b(software|saas|tools?|platt?form(en)?|lösung(en)?|solutions?|technolog(y|ies|ien?)|produkte?|products?|apps?) (für|for|im|in|zur) ([^ ]+ )?(recruit|talent|personal|hr|staffing|headhunt)[^ ]*',  -- noqa: LT05
                    '\b(trial|study|studies|(patient|participant|student|volunteer|donor|subject|user)s?|studien|patienten|probanden|spender|studierenden|mitglieder|member)[ -]recruit(ing|ment|er|erin)\b',  -- noqa: LT05
                    '\b(für|for|to|an|von|of) (die |den |the )?(recruiter|headhunter|sourcer|personalberater)(s|in|innen)?\b',  -- noqa: LT05
                    '\b(recruiter|headhunter|personalberater|personalvermittlungs)[ -](boutique|agentur|kanzlei|firma|büro|netzwerk|verband)',  -- noqa: LT05
                    '\b(strategic|category|commodity|direct|indirect|product|deal|strategischer?) sourcer'
                ),
                ' ', 'g'
            ),
            between_words(), ' ', 'g'
        ) || ' ' as work
    from texts
),

-- Three ways to name recruiting: the person who does it, the field with a rank, the field alone. People who sell, build,
-- count, study or teach are none of the last two, however often the field stands in their title.
signs as (
    select
        title,
        regexp_matches(
            work,
            ' (' || concat_ws(
                '|',
                '[^ ]*recruiter(in)?', '[^ ]*head ?hunter(in)?', 'sourcer(in)?', 'rekrutier[^ ]+',
                'personal(berater|vermittler|disponent)(in)?',
                'talent (scout|sourcer|partner|advisor|advisory|consultant|finder|lead|researcher)(in)?',
                'head of talent',
                '(talent acquisition|ta) (business )?(partner|manager|specialist|lead|leader|advisor|expert|coordinator|director|associate)(in)?',  -- noqa: LT05
                'bewerbermanager(in)?', '(tech |talent )?hiring (partner|lead|specialist|consultant)',
                '(recruiting|recruitment|staffing) team ?(lead|leader|leit(er|erin|ung))',
                'rpo (consultant|manager|lead|partner|specialist)(in)?',
                '(disponent|niederlassungsleit(er|erin|ung)|personaldisposition|filialleit(er|erin|ung)|vertriebsdisponent)(in)? ([^ ]+ )?(zeitarbeit|arbeitnehmerüberlassung|personaldienstleist[^ ]*|personal)'  -- noqa: LT05
            ) || ') '
        ) as is_person,
        regexp_matches(
            work,
            ' (' || concat_ws(
                '|',
                '(recruiting|recruitment|staffing|talent (acquisition|attraction|sourcing)|active sourcing|executive search|direct search|headhunting|direktvermittlung) (business )?(partner|manager|specialist|spezialist|consultant|berater|lead|leiter|expert|experte|coordinator|koordinator|officer|advisor|director|associate|team ?lead|team ?leiter|referent)(in)?',  -- noqa: LT05
                '(head|director|vp|lead|team ?lead|leiter(in)?|team ?leiter(in)?|leitung|manager(in)?|partner(in)?|consultant|berater(in)?|spezialist(in)?|referent(in)?|specialist) (of |für |for |im |der |des |global |campus )?(recruiting|recruitment|talent (acquisition|attraction|sourcing)|active sourcing|executive search|direct search|headhunting|direktsuche|bewerbermanagement|personal(gewinnung|vermittlung|beratung|beschaffung))'  -- noqa: LT05
            ) || ') '
        ) as is_rank,
        regexp_matches(
            work,
            ' (' || concat_ws(
                '|',
                'recruiting', 'recruitment', 'staffing', 'talent (acquisition|attraction|sourcing)',
                'active sourcing', 'executive search', 'direct search', 'headhunting',
                'direkt(suche|ansprache|vermittlung)',
                'personal(beratung|vermittlung|gewinnung|beschaffung|dienstleist[^ ]*)', 'rekrutierung',
                'bewerbermanagement', 'zeitarbeit', 'arbeitnehmerüberlassung', 'fachkräftegewinnung',
                'mitarbeitergewinnung'
            ) || ') '
        ) as is_field,
        regexp_matches(
            work,
            ' (' || concat_ws(
                '|',
                'sales', '[^ ]*vertrieb[^ ]*', 'account (executive|manager)(in)?', 'key account',
                'business development', 'customer success', '[^ ]*kundenberat[^ ]*', 'sdr', 'bdr',
                '(product|produkt|marketing|office) ?(manager|owner|lead|marketing)(in)?'
            ) || ') '
        ) as sells,
        regexp_matches(
            work, ' (clinical|probanden|patient(s|en)?|donors?|volunteers?|students?|studierende|studentin) '
        ) as seeks_others,
        regexp_matches(
            work,
            ' (' || concat_ws(
                '|',
                'engineer(in)?', '[^ ]*entwickler(in)?', 'developer', 'product', 'produkt[^ ]*',
                '[^ ]*ingenieur(in)?', 'architekt(in)?', '[^ ]*administrator(in)?', '[^ ]*informatiker(in)?', 'data',
                'analyst(in)?', 'controlling', '[^ ]*controller(in)?', '[^ ]*buchhalt(er|erin|ung)', 'accountant',
                'payroll', '[^ ]*abrechnung', '[^ ]*coach(in|ing)?', '[^ ]*trainer(in)?', '[^ ]*dozent(in)?',
                'professor(in)?', '[^ ]*wissenschaftler(in)?', 'speaker(in)?', 'autor(in)?', 'author', 'podcast[^ ]*',
                '[^ ]*redakteur(in)?', '[^ ]*journalist(in)?', '[^ ]*designer(in)?', '[^ ]*jurist(in)?',
                '[^ ]*anwalt', '[^ ]*anwältin', 'office', 'back ?office', 'empfang', 'assisten[^ ]+', 'sekretariat',
                'sekretärin', 'marketing', 'investor(in)?', 'studium', 'candidate', 'job ?seeker', 'betriebsrat',
                'betriebsrätin', 'einkäufer(in)?', 'einkauf'
            ) || ') '
        ) as does_else,
        regexp_matches(
            work,
            ' (hr|human resources?|hrbp|chro|personalreferent(in)?|personalleit(er|erin|ung)|personalmanag[^ ]*|personalsachbearbeit[^ ]*|personalentwickl[^ ]*|personalchef(in)?|(leiter(in)?|leitung|referent(in)?|bereichsleit(er|erin|ung)|abteilungsleit(er|erin|ung)|head of) personal|people (partner|operations|manager|lead|business partner|and culture|culture)|talent (management|development|and culture|culture)|personalmarketing) '  -- noqa: LT05
        ) as is_personnel
    from words
),

traits as (
    select
        title,
        is_person
        or (is_rank and not sells and not seeks_others)
        or (is_field and not sells and not seeks_others and not does_else) as is_recruiter,
        is_personnel and not sells as is_hr
    from signs
)

select
    titles.member,
    titles.title,
    traits.is_recruiter,
    traits.is_hr
from contact_titles as titles
inner join traits on titles.title = traits.title
