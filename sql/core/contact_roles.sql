-- What a contact's title says about them, by whole words in German and English. Titles are those of the newest export.
-- Key: member, platform, contact
-- seniority: executive, lead, senior, professional, junior, or null without a title
-- is_recruiter: the title names recruiting as the work of today: not a product for it, not an employer's name
-- is_hr: the title names human resources in general
with titles as (
    select distinct title
    from contacts
    where title is not null
),

-- What somebody does, without where: the employer after "bei" and former jobs say nothing about the work of today.
present as (
    select
        title,
        regexp_replace(
            regexp_replace(
                lower(nfc_normalize(title)),
                '(\b(bei[mr]?|at)\s|@)[^|,;•·]*', ' ', 'g'
            ),
            '\b(ex|ehem|former|formerly|previously|retired|ehemals|vormals|früher|(ehemalige|frühere)[rn]?)\b[^|,;•·]*',
            ' ', 'g'
        ) as text
    from titles
),

-- Products for recruiting and searches for other people than candidates are no recruiting. One blank or hyphen joins a
-- product's name; a dash or a bar separates what a recruiter recruits for.
words as (
    select
        title,
        ' ' || regexp_replace(lower(nfc_normalize(title)), '[^\pL\pN]+', ' ', 'g') || ' ' as text,
        ' ' || regexp_replace(
            regexp_replace(
                regexp_replace(
                    text,
                    '\b(recruit(ing|ment)|talent([ -](acquisition|management))?|sourcing|staffing|hr|bewerber[^ ]*|personal)[ -](software[^ ]*|saas|platt?form[^ ]*|tools?|system[^ ]*|tech|apps?|suite|solutions?|lösung[^ ]*|cloud|ats|crm|portal[^ ]*|academy|akademie|marketing|advertising|analytics|daten|data|ops|produkt[^ ]*|products?)\b',  -- noqa: LT05
                    ' ', 'g'
                ),
                '\b(software|saas|tools?|platt?form(en)?|lösung(en)?|solutions?|technolog(y|ies|ien?)|produkte?|products?|apps?) (für|for|im|in|zur) ([^ ]+ )?(recruit|talent|personal|hr|staffing|headhunt)[^ ]*|\b((patient|participant|student|volunteer|donor|user)s?|patienten|probanden|spender|studierenden|mitglieder|member)[ -]recruit(ing|ment|er|erin)\b|\b(für|for|to|an) (die |den |the )?(recruiter|headhunter|sourcer|personalberater)(s|in|innen)?\b|\b(strategic|global|category|commodity|direct|indirect|strategischer?) sourcer',  -- noqa: LT05
                ' ', 'g'
            ),
            '[^\pL\pN]+', ' ', 'g'
        ) || ' ' as work
    from present
),

-- Three ways to name recruiting: the person who does it, the field with a rank, the field alone. People who sell, build,
-- count or teach are none of the last two, however often the field stands in their title.
signs as (
    select
        *,
        regexp_matches(
            work,
            ' ([^ ]*recruiter(in)?|[^ ]*head ?hunter(in)?|sourcer(in)?|rekrutier[^ ]+|personal(berater|vermittler|disponent)(in)?|talent (scout|sourcer|partner|advisor|finder|lead)|head of talent|talent acquisition (business )?(partner|manager|specialist|lead|advisor|expert|coordinator|director|associate)(in)?) '  -- noqa: LT05
        ) as is_person,
        regexp_matches(
            work,
            ' (recruiting|recruitment|staffing|talent (acquisition|attraction|sourcing)|active sourcing|executive search|headhunting|direktvermittlung) (business )?(partner|manager|specialist|spezialist|consultant|berater|lead|leiter|expert|experte|coordinator|koordinator|officer|advisor|director|associate|team ?lead|team ?leiter|referent)(in)? | (head|director|vp|lead|team ?lead|leiter(in)?|team ?leiter(in)?|leitung|manager(in)?|partner(in)?|consultant|berater(in)?|spezialist(in)?|referent(in)?|specialist) (of |für |for |im |der |des |global )?(recruiting|recruitment|talent (acquisition|attraction|sourcing)|active sourcing|executive search|headhunting|personal(gewinnung|vermittlung|beratung|beschaffung)) '  -- noqa: LT05
        ) as is_rank,
        regexp_matches(
            work,
            ' (recruiting|recruitment|staffing|talent (acquisition|attraction|sourcing)|active sourcing|executive search|headhunting|personal(beratung|vermittlung|gewinnung|beschaffung|dienstleist[^ ]*)|rekrutierung) '  -- noqa: LT05
        ) as is_field,
        regexp_matches(
            work,
            ' (sales|[^ ]*vertrieb[^ ]*|account (executive|manager)(in)?|key account|business development|customer success|[^ ]*kundenberat[^ ]*|sdr|bdr|(product|produkt|marketing|office) ?(manager|owner|lead|marketing)(in)?) '  -- noqa: LT05
        ) as sells,
        regexp_matches(
            work,
            ' (engineer(in)?|[^ ]*entwickler(in)?|developer|product|produkt[^ ]*|[^ ]*ingenieur(in)?|analyst(in)?|controller(in)?|buchhalter(in)?|accountant|coach|trainer(in)?|speaker(in)?|autor(in)?|author|podcast[^ ]*|redakteur(in)?|journalist(in)?|designer(in)?|[^ ]*jurist(in)?|[^ ]*anwalt|[^ ]*anwältin|office|assisten[^ ]+|marketing|investor(in)?) '  -- noqa: LT05
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
        is_person or (is_rank and not sells) or (is_field and not sells and not does_else) as is_recruiter,
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
