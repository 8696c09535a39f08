-- Every recruiter whom only the own log knows is in the weekly numbers, once.
-- member: whose weeks
-- what: the platform whose numbers differ
with logged as (
    select
        member,
        platform,
        count(other) as people
    from recruiter_approaches
    where platform != 'linkedin'
    group by all
),

counted as (
    select
        member,
        platform,
        sum(recruiter_contacts)::bigint as people
    from weekly_metrics
    group by all
)

select
    logged.member,
    logged.platform as what
from logged
left join counted on logged.member = counted.member and logged.platform = counted.platform
where logged.people is distinct from counted.people
order by logged.member, logged.platform
