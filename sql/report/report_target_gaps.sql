-- Companies on the member's list at which no contact works, as far as the newest export says. Companies that are only
-- followed are left out: a follow is no wish to work there.
-- Key: member, company
-- position: place in the list: own and dream companies first
-- companies: how many there are in all
with gaps as (
    select
        targets.member,
        targets.company,
        case targets.evidence when 'own' then 1 when 'dream' then 2 when 'applied' then 3 else 4 end as place
    from target_companies as targets
    anti join warm_paths as paths
        on targets.member = paths.member and targets.company_key = paths.target_key
    where targets.evidence != 'followed'
),

ranked as (
    select
        gaps.member,
        row_number() over (partition by gaps.member order by gaps.place, gaps.company) as position,
        gaps.company,
        count(gaps.company) over (partition by gaps.member) as companies
    from gaps
    inner join stg_sources as sources on gaps.member = sources.member and sources.source = 'linkedin_connections'
    group by gaps.member, gaps.company, gaps.place
)

select
    ranked.member,
    ranked.position,
    ranked.company,
    ranked.companies
from ranked
inner join report_members as members on ranked.member = members.member
where ranked.position <= 5
order by ranked.member, ranked.position
