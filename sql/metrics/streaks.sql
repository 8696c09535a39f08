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

-- Everything is counted from the first week on: what lies in a run is what came since its first active week.
counted as (
    select
        *,
        max(if(is_break, week, null)) over so_far as last_break,
        count(week) filter (is_active) over so_far as active,
        count(week) filter (not is_active and not is_break) over so_far as vacation
    from told
    window so_far as (partition by member, platform order by week)
),

runs as (
    select
        member,
        platform,
        last_break,
        min(active) - 1 as active_before,
        min(vacation) as vacation_before
    from counted
    where is_active
    group by all
),

measured as (
    select
        counted.member,
        counted.platform,
        counted.week,
        counted.streak_weeks,
        coalesce(counted.active - runs.active_before, 0) as active_in_run,
        coalesce(greatest(counted.vacation - runs.vacation_before, 0), 0) as vacation_in_run
    from counted
    left join runs
        on
            counted.member = runs.member
            and counted.platform = runs.platform
            and counted.last_break is not distinct from runs.last_break
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
