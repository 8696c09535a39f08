-- Companies that the member wants to work for, as far as the exports say so, each once on one spelling.
-- Key: member, company_key
-- company_key: the name without legal form and country, lower case, whole words
-- company: the name as the member's list writes it
-- evidence: dream (job preferences), applied, saved or followed; the strongest
with named as (
    select
        member,
        trim(unnest(string_split(dream_companies, '|'))) as company,
        1 as place,
        'dream' as evidence
    from raw_linkedin_job_preferences
    union all
    select member, company, 2 as place, 'applied' as evidence
    from raw_linkedin_job_applications
    union all
    select member, company, 3 as place, 'saved' as evidence
    from raw_linkedin_saved_jobs
    union all
    select member, company, 4 as place, 'followed' as evidence
    from raw_linkedin_company_follows
),

keyed as (
    select
        member,
        company_key(company) as company_key,
        company,
        place,
        evidence
    from named
    where company is not null
)

select
    member,
    company_key,
    arg_min(company, (place, company)) as company,
    arg_min(evidence, (place, evidence)) as evidence
from keyed
where company_key is not null
group by member, company_key
