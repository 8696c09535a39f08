-- What the member did in public, across all exports: posts once per link, of all other equal records the largest number
-- in any one export.
-- kind: post, comment, reaction, vote or repost
-- acted_at: UTC
-- week: Monday of the week on the member's clock
-- link: the post that the act belongs to, decoded
-- detail: kind of reaction, null elsewhere
-- group_id: the group that the link places the act in, null outside groups
-- day: on the member's clock
-- first_seen: day of the first export that holds the record
with records as not materialized (
    select
        acts.member,
        acts.export,
        acts.file,
        acts.row,
        acts.kind,
        acts.acted_at,
        acts.link,
        acts.detail,
        exports.platform,
        exports.as_of
    from stg_linkedin_acts as acts
    inner join stg_exports as exports on acts.member = exports.member and acts.export = exports.export
),

several as (
    select member, platform
    from stg_sources
    where
        source in (
            'linkedin_shares', 'linkedin_comments', 'linkedin_reactions', 'linkedin_votes', 'linkedin_reposts'
        )
    group by all
    having count(distinct export) > 1
),

posts as (
    select
        member,
        platform,
        kind,
        max(acted_at) as acted_at,
        link,
        null as detail,
        min(as_of) as first_seen
    from records
    where kind = 'post' and link is not null
    group by member, platform, kind, link
),

-- With one export every kept record counts; only where there are several must equal records be found.
alone as (
    select
        records.member,
        records.platform,
        records.kind,
        records.acted_at,
        records.link,
        records.detail,
        records.as_of as first_seen
    from records
    anti join several on records.member = several.member and records.platform = several.platform
    where records.kind != 'post' or records.link is null
),

numbered as (
    select
        records.member,
        records.platform,
        records.kind,
        records.acted_at,
        records.link,
        records.detail,
        records.as_of,
        row_number() over (
            partition by
                records.member,
                records.export,
                records.kind,
                date_trunc('minute', records.acted_at),
                records.link,
                records.detail
            order by records.acted_at, records.file, records.row
        ) as copy
    from records
    inner join several on records.member = several.member and records.platform = several.platform
    where records.kind != 'post' or records.link is null
),

-- A spreadsheet that saves an export again drops the seconds: records are equal by the minute.
repeated as (
    select
        member,
        platform,
        kind,
        max(acted_at) as acted_at,
        link,
        detail,
        min(as_of) as first_seen
    from numbered
    group by member, platform, kind, date_trunc('minute', acted_at), link, detail, copy
),

once as (
    select member, platform, kind, acted_at, link, detail, first_seen from posts
    union all
    select member, platform, kind, acted_at, link, detail, first_seen from alone
    union all
    select member, platform, kind, acted_at, link, detail, first_seen from repeated
),

dated as (
    select
        once.*,
        day_of(once.acted_at, members.time_zone) as day
    from once
    inner join stg_members as members on once.member = members.member
)

select
    member,
    platform,
    kind,
    acted_at,
    day,
    date_trunc('week', day)::date as week,
    link,
    detail,
    nullif(regexp_extract(link, 'groupPost:(\d+)-', 1), '') as group_id,
    first_seen
from dated
