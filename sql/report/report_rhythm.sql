-- How the member keeps up: streaks as the page tells them, and the gaps between days with a direct touch that ended in the
-- 52 weeks up to the reported one. From ten gaps on; not where a platform with such touches in these weeks has an export
-- that ends before the week does, because what it lacks would look like a gap.
-- Key: member
-- streak: active weeks in a row up to the reported one, weeks of vacation aside
-- longest_streak: the longest streak of any week up to it
-- longest_before: the longest streak that ended before this one began, null where there was none
-- vacation_weeks: weeks of vacation within the streak
-- gaps: how many gaps ended in the 52 weeks
-- half_within: days within which half of the gaps ended, null below ten gaps
-- most_within: days within which nine of ten ended, null below ten gaps
with ends as (
    select
        availability.member,
        availability.platform,
        max(availability.until) as until
    from availability
    where availability.source = 'messages'
    group by all
),

patchy as (
    select distinct touches.member
    from touches
    inner join report_members as members on touches.member = members.member
    inner join ends on touches.member = ends.member and touches.platform = ends.platform
    where
        touches.kind = 'message'
        and touches.direction = 'given'
        and touches.day > members.week + 6 - 7 * 52
        and ends.until < members.week + 6
),

earlier as (
    select
        streaks.member,
        max(streaks.streak) as longest
    from streaks
    inner join report_members as members on streaks.member = members.member
    inner join streaks as reported
        on
            members.member = reported.member
            and members.week = reported.week
            and streaks.platform = reported.platform
    where
        streaks.platform = 'all'
        and streaks.week <= members.week - 7 * (reported.streak + reported.vacation_weeks)::integer
    group by streaks.member
),

measured as (
    select
        gaps.member,
        count(gaps.day) as gaps,
        quantile_disc(gaps.gap_days, 0.5) as half_within,
        quantile_disc(gaps.gap_days, 0.9) as most_within
    from care_gaps as gaps
    inner join report_members as members on gaps.member = members.member
    anti join patchy on gaps.member = patchy.member
    where
        gaps.platform = 'all'
        and gaps.day <= members.week + 6
        and gaps.day > members.week + 6 - 7 * 52
    group by gaps.member
    having count(gaps.day) >= 10
)

select
    members.member,
    streaks.streak,
    streaks.longest_streak,
    nullif(earlier.longest, 0) as longest_before,
    streaks.vacation_weeks,
    coalesce(measured.gaps, 0) as gaps,
    measured.half_within,
    measured.most_within
from report_members as members
left join streaks
    on members.member = streaks.member and members.week = streaks.week and streaks.platform = 'all'
left join earlier on members.member = earlier.member
left join measured on members.member = measured.member
order by members.member
