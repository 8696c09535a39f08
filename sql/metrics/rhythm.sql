-- Question: How regularly does the member tend the network?
-- Definition: weeks with an own act, and weeks with a direct touch to a person, among the last 52, and active weeks in
-- a row.
-- Unit: weeks.
-- Source: messages, invitations, visible activity, recommendations and the own log, as far as they are there.
-- Absent: where none of the sources covers the week.
-- Window: all weeks; the first 51 weeks of a member count those there are.
-- Maturity: final when the exports cover the week.
-- Research: looking for work with intensity goes with interviews and offers, r = .23 and .14, not with the quality of
-- the job (van Hooft et al., 378 samples).
-- Key: member, platform, week
-- active_weeks: of the 52 weeks up to this one, those with at least one own act: a message or invitation sent, a post,
--   comment, reaction, vote or repost, an entry in the own log
-- streak_weeks: active weeks in a row up to and including this one
-- care_weeks: of the 52 weeks up to this one, those with a direct touch to a person: a message sent, a recommendation
--   given, a meeting or call in the own log
with given as (
    select
        member,
        platform,
        week,
        bool_or(kind not in ('recommendation', 'endorsement')) as is_active,
        bool_or(kind in ('message', 'recommendation', 'meeting', 'call')) as is_care
    from touches
    where direction = 'given' or platform = 'own'
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        weeks.messages or weeks.invitations or weeks.posts or weeks.comments or weeks.reactions or weeks.votes
        or weeks.reposts or weeks.log as knows_activity,
        weeks.messages or weeks.recommendations_given or weeks.log as knows_care,
        coalesce(given.is_active, false) as is_active,
        coalesce(given.is_care, false) as is_care
    from platform_weeks as weeks
    left join given on weeks.member = given.member and weeks.platform = given.platform and weeks.week = given.week
),

together as (
    select * from per_platform
    union all
    select
        member,
        'all' as platform,
        week,
        bool_or(knows_activity) as knows_activity,
        bool_or(knows_care) as knows_care,
        bool_or(is_active) as is_active,
        bool_or(is_care) as is_care
    from per_platform
    group by member, week
),

runs as (
    select
        *,
        max(if(is_active, null, week)) over (partition by member, platform order by week) as last_pause,
        min(week) over (partition by member, platform) as first_week
    from together
)

select
    member,
    platform,
    week,
    if(
        knows_activity,
        count(if(is_active, week, null)) over (
            partition by member, platform order by week rows between 51 preceding and current row
        ),
        null
    ) as active_weeks,
    if(
        knows_activity, date_diff('day', coalesce(last_pause, first_week - 7), week) // 7, null
    ) as streak_weeks,
    if(
        knows_care,
        count(if(is_care, week, null)) over (
            partition by member, platform order by week rows between 51 preceding and current row
        ),
        null
    ) as care_weeks
from runs
