-- Profile views. No export of LinkedIn or XING holds them: the member copies them from the screen into visitors.csv, a line a
-- week. Each line answers for its week alone, all others are absent.
-- Source: visitors.csv. Window: weeks that have a line. Maturity: final when the week is over.
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
