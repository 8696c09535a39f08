-- People beyond the list of contacts: those the member wrote with who were never connected, and contacts on XING without a
-- contact of the same name on LinkedIn. Each needs the list of contacts that they are missing from. Nobody whom suggestions
-- leave out: set aside, or muted by a mark or a meeting on the day of the newest export.
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
        beyond.*,
        row_number() over (
            partition by beyond.member, beyond.kind order by beyond.last_day desc nulls last, beyond.name, beyond.person
        ) as place
    from beyond
    inner join report_members as members on beyond.member = members.member
    anti join set_aside on beyond.member = set_aside.member and beyond.person = set_aside.person
    anti join muted_people as muted
        on beyond.member = muted.member and beyond.person = muted.person and members.as_of < muted.until
)

select
    member,
    kind,
    count(person) as people,
    list(name order by place) filter (place <= 5) as names
from ranked
group by member, kind
order by member, kind
