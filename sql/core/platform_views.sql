-- Profile views by week, as the member copied them. A line is about its week alone: weeks without a line are unknown, not
-- zero. A line names the platform whose screen it was copied from; without an export of that platform it is an own number.
-- Two lines about the same week of the same platform are two copies of one screen: the larger number counts.
-- Key: member, platform, week
-- week: Monday
-- profile_views: how often the profile was seen
-- recruiter_views: how often by recruiters
with exported as (
    select distinct member, platform
    from stg_exports
),

screens as (
    select
        lines.member,
        lines.platform,
        lines.week,
        max(lines.profile_views) as profile_views,
        max(lines.recruiter_views) as recruiter_views
    from stg_own_views as lines
    inner join stg_exports as exports on lines.member = exports.member and lines.export = exports.export
    group by all
)

select
    screens.member,
    coalesce(exported.platform, 'own') as platform,
    screens.week,
    sum(screens.profile_views)::bigint as profile_views,
    sum(screens.recruiter_views)::bigint as recruiter_views
from screens
left join exported on screens.member = exported.member and screens.platform = exported.platform
group by screens.member, exported.platform, screens.week
