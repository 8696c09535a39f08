-- Question: How often is the profile seen, and how often by recruiters?
-- Definition: what the member copies from the platform's screen, since no export of LinkedIn or XING holds views. Each
-- line answers for its week alone.
-- Unit: views.
-- Source: visitors.csv, a line a week.
-- Absent: in all weeks without a line.
-- Window: weeks that have a line.
-- Maturity: final when the week is over and its line written.
-- Key: member, platform, week
-- profile_views: how often the member's profile was seen, only from sources that carry it
-- recruiter_views: views by recruiters, only from sources that carry it
with per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        platform_views.profile_views,
        platform_views.recruiter_views
    from platform_weeks as weeks
    left join platform_views
        on
            weeks.member = platform_views.member
            and weeks.platform = platform_views.platform
            and weeks.week = platform_views.week
)

select
    member,
    platform,
    week,
    profile_views,
    recruiter_views
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(profile_views)::bigint as profile_views,
    sum(recruiter_views)::bigint as recruiter_views
from per_platform
group by member, week
