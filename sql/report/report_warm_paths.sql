-- Who of the contacts could tell about a place or a kind of work that the member looks for, the strongest path first, at
-- most eight: two for a company and three for the work alone, so that one big employer does not fill the list. Nobody whom
-- suggestions leave out: set aside, or muted by a mark or a meeting on the day of the newest export.
-- Key: member, person
-- position: place in the list
-- last_touch: day of the last message either way, null where there is none
-- company: where they work, on the spelling that most contacts there use
-- companies: how many companies that matter to the member have a path, those included that the list has no room for
with ranked as (
    select
        paths.*,
        row_number() over (
            partition by paths.member, coalesce(paths.target_key, '') order by paths.strength
        ) as place
    from warm_paths as paths
    inner join report_members as members on paths.member = members.member
    anti join set_aside on paths.member = set_aside.member and paths.person = set_aside.person
    anti join muted_people as muted
        on paths.member = muted.member and paths.person = muted.person and members.as_of < muted.until
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
),

spellings as (
    select distinct
        member,
        company_key,
        company
    from contact_companies
)

select
    chosen.member,
    chosen.position,
    chosen.person,
    chosen.name,
    chosen.profile,
    coalesce(spellings.company, chosen.company) as company,
    chosen.title,
    chosen.target,
    chosen.evidence,
    chosen.role,
    chosen.last_day as last_touch,
    totals.companies
from chosen
inner join totals on chosen.member = totals.member
left join spellings
    on chosen.member = spellings.member and company_key(chosen.company) = spellings.company_key
where chosen.position <= 8
order by chosen.member, chosen.position
