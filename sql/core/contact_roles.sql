-- What a contact's title says about them, by whole words in German and English. Titles are those of the newest export.
-- Key: member, platform, contact
-- seniority: executive, lead, senior, professional, junior, or null without a title
-- is_recruiter: the title names recruiting as the job
-- is_hr: the title names human resources in general
with titles as (
    select distinct title
    from contacts
    where title is not null
),

words as (
    select
        title,
        ' ' || regexp_replace(lower(nfc_normalize(title)), '[^\pL\pN]+', ' ', 'g') || ' ' as text
    from titles
),

traits as (
    select
        title,
        regexp_matches(
            text,
            ' (recruit(er|erin|ers|ing|ment)|(tech|it|senior|sourcing|talent) ?recruit\pL*|talent (acquisition|scout|sourcer|sourcing|attraction|partner|advisor)|active sourc\pL*|sourcer(in)?|head ?hunt(er|erin|ing)|executive search|staffing|personalberat(er|erin|ung)|personalvermittl(er|erin|ung)|personaldienstleist\pL*|personalgewinnung|personalmarketing|personalbeschaffung) '  -- noqa: LT05
        ) as is_recruiter,
        regexp_matches(
            text,
            ' (hr|human resources?|personalreferent(in)?|personalleit(er|erin|ung)|personalmanag\pL*|personalsachbearbeit\pL*|people (partner|operations|manager|lead|and culture)|hrbp) '  -- noqa: LT05
        ) as is_hr,
        case
            when
                regexp_matches(
                    text,
                    ' (ceo|cto|cfo|coo|cio|cmo|chro|cpo|chief|geschäftsführ\pL*|vorst(and|ändin|and\pL*)|founder|co ?founder|gründer(in)?|mitgründer(in)?|inhaber(in)?|owner|president|vice president|vp|evp|svp|director|direktor(in)?|managing director|managing partner) '  -- noqa: LT05
                ) then 'executive'
            when
                regexp_matches(
                    text,
                    ' (head|lead|leader|leiter(in)?|leitung|\pL*leit(er|erin|ung)|manager(in)?|\pL*manager(in)?|teamlead|supervisor) '  -- noqa: LT05
                ) then 'lead'
            when regexp_matches(text, ' (senior|sr|principal|staff|expert(e|in)?) ') then 'senior'
            when
                regexp_matches(
                    text,
                    ' (student(in)?|werkstudent(in)?|working student|praktikant(in)?|intern|internship|trainee|junior|jr|azubi|auszubildende[rn]?|volontär(in)?) '  -- noqa: LT05
                ) then 'junior'
            else 'professional'
        end as seniority
    from words
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
