-- What the member did in public, across all exports: posts once per link, of all other equal records the largest number
-- in any one export.
-- kind: post, comment, reaction, vote or repost
-- acted_at: UTC
-- week: Monday of the week on the member's clock
-- group_id: the group that the link places the act in, null outside groups
with numbered as (
    select
        acts.*,
        exports.platform,
        case
            when acts.kind = 'post' then 1
            else row_number() over (
                partition by acts.member, acts.export, acts.kind, acts.acted_at, acts.link, acts.detail
                order by acts.file, acts.row
            )
        end as copy
    from stg_linkedin_acts as acts
    inner join stg_exports as exports on acts.member = exports.member and acts.export = exports.export
),

once as (
    select
        member,
        platform,
        kind,
        acted_at,
        link,
        detail,
        copy
    from numbered
    where kind != 'post' or link is null
    group by all
    union all
    select
        member,
        platform,
        kind,
        min(acted_at) as acted_at,
        link,
        null as detail,
        1 as copy
    from numbered
    where kind = 'post' and link is not null
    group by member, platform, kind, link
)

select
    once.member,
    once.platform,
    once.kind,
    once.acted_at,
    day_of(once.acted_at, members.time_zone) as day,
    week_of(once.acted_at, members.time_zone) as week,
    once.link,
    once.detail,
    once.copy,
    nullif(regexp_extract(once.link, 'groupPost:(\d+)-', 1), '') as group_id
from once
inner join stg_members as members on once.member = members.member
