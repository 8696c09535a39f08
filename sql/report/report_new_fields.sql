-- People beyond the list of contacts: those the member wrote with who were never connected, and contacts on XING without a
-- contact of the same name on LinkedIn. Each needs the list of contacts that they are missing from.
-- Key: member, kind
-- kind: unconnected (messages both ways, in no list of contacts), or xing_only
-- people: how many
-- names: up to five of them, those written with last first
with sources as (
    select distinct
        member,
        source,
        platform
    from stg_sources
    where source in ('linkedin_connections', 'xing_contacts')
),

unconnected as (
    select
        ties.member,
        'unconnected' as kind,
        ties.name,
        ties.person,
        ties.last_day
    from ties
    inner join sources on ties.member = sources.member and ties.last_platform = sources.platform
    anti join people on ties.member = people.member and ties.person = people.person
    anti join recruiter_approaches as approaches
        on ties.member = approaches.member and ties.person = approaches.platform || ' ' || approaches.other
    where ties.sent > 0 and ties.received > 0 and ties.name is not null
),

linkedin_names as (
    select distinct member, folded_name
    from people
    where platform = 'linkedin'
),

xing_only as (
    select
        people.member,
        'xing_only' as kind,
        ties.name,
        people.person,
        coalesce(ties.last_day, ties.connected_on) as last_day
    from people
    inner join ties on people.member = ties.member and people.person = ties.person
    inner join sources on people.member = sources.member and sources.source = 'linkedin_connections'
    anti join linkedin_names
        on people.member = linkedin_names.member and people.folded_name = linkedin_names.folded_name
    where people.platform = 'xing' and people.person = 'xing ' || people.contact and ties.is_contact
),

beyond as (
    select * from unconnected
    union all
    select * from xing_only
),

ranked as (
    select
        *,
        row_number() over (partition by member, kind order by last_day desc nulls last, name, person) as place
    from beyond
)

select
    ranked.member,
    ranked.kind,
    count(ranked.person) as people,
    list(ranked.name order by ranked.place) filter (ranked.place <= 5) as names
from ranked
inner join report_members as members on ranked.member = members.member
group by ranked.member, ranked.kind
order by ranked.member, ranked.kind
