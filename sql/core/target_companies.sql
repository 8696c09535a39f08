-- Companies that the member wants to work for, as far as they say so, each once on one spelling. A wish of long ago is none:
-- applications, saved jobs and follows count for a year before the newest export, job preferences as it has them. Companies
-- that the member has worked for and only follows are no targets.
-- Key: member, company_key
-- company_key: the name without legal form and country, lower case, whole words
-- company: the name as the member's list writes it
-- evidence: own (members.toml), dream (job preferences), applied, saved or followed; the strongest
with newest as (
    select
        member,
        max(as_of) as as_of
    from stg_exports
    group by all
),

preference_exports as (
    select
        member,
        arg_max(export, (as_of, export)) as export
    from stg_sources
    where source = 'linkedin_job_preferences'
    group by all
),

-- Lists are written with bars, in files of 2018 with brackets.
dreams as (
    select
        preferences.member,
        unnest(regexp_split_to_array(trim(preferences.dream_companies, '[] '), '\s*\|\s*|\]\s*,\s*\[')) as company
    from raw_linkedin_job_preferences as preferences
    inner join preference_exports
        on preferences.member = preference_exports.member and preferences.export = preference_exports.export
),

dated as (
    select member, company, applied_at as wished_at, 3 as place, 'applied' as evidence
    from raw_linkedin_job_applications
    union all
    select member, company, saved_at as wished_at, 4 as place, 'saved' as evidence
    from raw_linkedin_saved_jobs
    union all
    select member, company, followed_at as wished_at, 5 as place, 'followed' as evidence
    from raw_linkedin_company_follows
),

named as (
    select member, name as company, 1 as place, 'own' as evidence
    from raw_member_targets
    where kind = 'company'
    union all
    select member, company, 2 as place, 'dream' as evidence
    from dreams
    union all
    select dated.member, dated.company, dated.place, dated.evidence
    from dated
    inner join newest on dated.member = newest.member
    where dated.wished_at >= newest.as_of - 365
),

-- Each company is spelled once, however many lists name it.
wishes as (
    select
        member,
        company,
        min(place) as place,
        arg_min(evidence, place) as evidence
    from named
    where company is not null
    group by member, company
),

keyed as (
    select
        member,
        company_key(company) as company_key,
        company,
        place,
        evidence
    from wishes
),

employers as (
    select distinct
        member,
        company_key(company) as company_key
    from raw_linkedin_positions
)

select
    keyed.member,
    keyed.company_key,
    arg_min(keyed.company, (keyed.place, keyed.company)) as company,
    arg_min(keyed.evidence, (keyed.place, keyed.company)) as evidence
from keyed
anti join employers
    on
        keyed.member = employers.member
        and keyed.company_key = employers.company_key
        and keyed.evidence = 'followed'
group by keyed.member, keyed.company_key
having count(keyed.company_key) > 0
