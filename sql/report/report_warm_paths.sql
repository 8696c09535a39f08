-- Who of the contacts could tell about a place or a kind of work that the member looks for, the strongest path first, at
-- most eight: two for a company and three for the work alone, so that one big employer does not fill the list. Nobody who
-- left the member's last two messages unanswered.
-- Key: member, person
-- position: place in the list
-- last_touch: day of the last message either way, null where there is none
-- companies: how many companies that matter to the member have a path, those included that the list has no room for
with ranked as (
    select
        *,
        row_number() over (
            partition by member, coalesce(target_key, '') order by strength
        ) as place
    from warm_paths
    where unanswered < 2
),

totals as (
    select
        member,
        count(distinct target_key) as companies
    from ranked
    group by all
),

chosen as (
    select
        *,
        row_number() over (partition by member order by strength) as position
    from ranked
    where place <= if(target_key is null, 3, 2)
)

select
    chosen.member,
    chosen.position,
    chosen.person,
    chosen.name,
    chosen.profile,
    chosen.company,
    chosen.title,
    chosen.target,
    chosen.evidence,
    chosen.role,
    chosen.last_day as last_touch,
    totals.companies
from chosen
inner join report_members as members on chosen.member = members.member
inner join totals on chosen.member = totals.member
where chosen.position <= 8
order by chosen.member, chosen.position
