-- What a contact's title says about them, by whole words in German and English. Titles are those of the newest export.
-- is_recruiter measured on 150 invented titles on which nothing was tuned (tests/recruiting_unseen.py): of 69 taken for recruiting
-- 67 are (precision 0.97), of 68 that are 67 are found (recall 0.99).
-- Key: member, platform, contact
-- seniority: executive, lead, senior, professional, junior, or null without a title
-- is_recruiter: the title names recruiting as the work of today: not a product for it, not an employer's name
-- is_hr: the title names human resources in general
with titles as (
    select distinct title
    from contacts
    where title is not null
),

-- What somebody does, without where: the employer after "bei" and former or coming jobs say nothing about the work of today.
present as (
    select
        title,
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        replace(lower(nfc_normalize(title)), 'working student', 'werkstudent'),
                        '(\pL)([:*_]|/-|/)(in|innen)\b', '\1\3', 'g'
                    ),
                    '(\b(bei[mr]?|at)\s|@|\bin (einer|einem|der|a|an)\s)[^|,;•·]*', ' ', 'g'
                ),
                '\b(ex|ehem|former|formerly|previously|ehemals|vormals|früher|(ehemalige|frühere)[rn]?|[0-9]+ (jahre|years)|auf der suche|seeking|looking for|searching for|interesse an|interested in)\b[^|,;•·]*',  -- noqa: LT05
                ' ', 'g'
            ),
            '^.*(\b(retired|im ruhestand|pensioniert|in rente)\b|\b[ai]\. ?[dr]\.).*$',
            ' ', 'g'
        ) as text
    from titles
),

-- Products for recruiting, searches for other people than candidates and the names of firms are no recruiting. One blank or
-- hyphen joins a product's name; a dash or a bar separates what a recruiter recruits for.
words as (
    select
        title,
        ' ' || regexp_replace(lower(nfc_normalize(title)), '[^\pL\pN]+', ' ', 'g') || ' ' as text,
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
            '[^\pL\pN]+', ' ', 'g'
        ) || ' ' as work
    from present
),

-- Three ways to name recruiting: the person who does it, the field with a rank, the field alone. People who sell, build,
-- count, study or teach are none of the last two, however often the field stands in their title.
signs as (
    select
        *,
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
        is_personnel and not sells as is_hr,
        case
            when
                regexp_matches(
                    text,
                    ' (ceo|cto|cfo|coo|cio|cmo|chro|cpo|chief|geschäftsführ[^ ]*|vorst(and|ändin|and[^ ]*)|founder|co ?founder|gründer(in)?|mitgründer(in)?|inhaber(in)?|owner|president|vice president|vp|evp|svp|director|direktor(in)?|managing director|managing partner) '  -- noqa: LT05
                ) then 'executive'
            when
                regexp_matches(
                    text,
                    ' (head|lead|leader|leiter(in)?|leitung|[^ ]*leit(er|erin|ung)|manager(in)?|[^ ]*manager(in)?|teamlead|supervisor) '  -- noqa: LT05
                ) then 'lead'
            when regexp_matches(text, ' (senior|sr|principal|staff|expert(e|in)?) ') then 'senior'
            when
                regexp_matches(
                    text,
                    ' (student(in)?|werkstudent(in)?|working student|praktikant(in)?|intern|internship|trainee|junior|jr|azubi|auszubildende[rn]?|volontär(in)?) '  -- noqa: LT05
                ) then 'junior'
            else 'professional'
        end as seniority
    from signs
)

select
    contacts.member,
    contacts.platform,
    contacts.contact,
    traits.seniority,
    coalesce(traits.is_recruiter, false) as is_recruiter,
    coalesce(traits.is_hr, false) as is_hr
from contacts
left join traits on contacts.title = traits.title
