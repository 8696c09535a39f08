-- The ISO weeks of a member: from the first dated event in any source to the week of the newest export, without gaps.
-- Since when somebody is known offline is no event, and a list of groups or marks describes no week.
-- Key: member, week
-- week: Monday
-- name: as in 2026-W46
with events as (
    select member, min(week) as week
    from touches
    group by all
    union all
    select member, min(date_trunc('week', connected_on)::date) as week
    from contacts
    where platform != 'own'
    group by all
    union all
    select member, min(week) as week
    from platform_views
    group by all
    union all
    select member, min(date_trunc('week', least(contact_on, applied_on, interview_on, offer_on))::date) as week
    from applications
    group by all
),

spans as (
    select
        exports.member,
        min(events.week) as first_week,
        max(date_trunc('week', exports.as_of)::date) as last_week
    from stg_exports as exports
    inner join events on exports.member = events.member
    where exports.tells_days
    group by all
),

days as (
    select
        member,
        unnest(generate_series(first_week::timestamp, last_week::timestamp, interval 7 day))::date as week
    from spans
)

select
    member,
    week,
    week_name(week) as name
from days
