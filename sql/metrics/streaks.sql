-- Question: For how many weeks in a row has the member been active, vacations aside?
-- Definition: active weeks in a row as the page tells them: a week of vacation without an act is not counted and ends
-- nothing. Without vacations the streak is streak_weeks.
-- Unit: weeks.
-- Source: as for active_weeks, and members.toml.
-- Absent: where none of the sources of active_weeks covers the week.
-- Window: all weeks.
-- Maturity: final when the exports cover the week.
-- Key: member, platform, week
-- streak: active weeks in a row up to this one
-- longest_streak: the longest streak of any week up to this one
-- vacation_weeks: weeks of vacation without an act within the streak
with told as (
    select
        rhythm.member,
        rhythm.platform,
        rhythm.week,
        rhythm.streak_weeks,
        rhythm.streak_weeks > 0 as is_active,
        rhythm.streak_weeks = 0 and vacation_weeks.week is null as is_break
    from rhythm
    left join vacation_weeks on rhythm.member = vacation_weeks.member and rhythm.week = vacation_weeks.week
),

runs as (
    select
        *,
        count(week) filter (is_break) over (partition by member, platform order by week) as run
    from told
),

counted as (
    select
        *,
        count(week) filter (is_active) over (partition by member, platform, run order by week) as active_in_run,
        min(if(is_active, week, null)) over (partition by member, platform, run order by week) as active_since
    from runs
),

measured as (
    select
        *,
        count(week) filter (not is_active and not is_break and week > active_since)
            over (partition by member, platform, run order by week) as vacation_in_run
    from counted
)

select
    member,
    platform,
    week,
    if(streak_weeks is null, null, active_in_run) as streak,
    if(
        streak_weeks is null, null, max(active_in_run) over (partition by member, platform order by week)
    ) as longest_streak,
    if(streak_weeks is null, null, vacation_in_run) as vacation_weeks
from measured
