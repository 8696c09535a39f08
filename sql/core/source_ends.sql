-- Up to which day, and since when, the sources behind a number answer on each platform. Numbers that rest on several sources
-- are complete where the first of them is.
-- Key: member, platform, source
-- source: as in availability; and activity, acts, care and recruiting, which stand for several
-- until: day up to which it answers
-- since: Monday of the first week it answers for, null for all weeks of the member
with untils as (
    select
        member,
        platform,
        source,
        max(until) as until,
        min(since) as since
    from availability
    group by all
),

together as (
    select member, platform, source, until, since
    from untils
    union all
    select
        member,
        platform,
        'activity' as source,
        max(until) as until,
        null as since
    from untils
    where source in ('posts', 'comments', 'reactions', 'votes', 'reposts')
    group by all
    union all
    select
        member,
        platform,
        'acts' as source,
        max(until) as until,
        if(count(source) = count(since), min(since), null) as since
    from untils
    where source in ('messages', 'invitations', 'posts', 'comments', 'reactions', 'votes', 'reposts', 'log')
    group by all
    union all
    select
        member,
        platform,
        'care' as source,
        max(until) as until,
        null as since
    from untils
    where source in ('messages', 'recommendations_given', 'log')
    group by all
    union all
    select
        member,
        platform,
        'recruiting' as source,
        until,
        since
    from untils
    where platform = 'linkedin' and source = 'messages'
    union all
    select distinct
        logged.member,
        logged.platform,
        'recruiting' as source,
        untils.until,
        untils.since
    from own_recruiter_contacts as logged
    inner join untils on logged.member = untils.member and untils.source = 'log'
    where logged.platform != 'linkedin'
)

select
    member,
    platform,
    source,
    until,
    since
from together
