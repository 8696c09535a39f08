-- Question: How long does it take until the member turns to a person again?
-- Definition: the days between two days with a direct touch, as care_weeks counts them (a message sent, a
-- recommendation given, a meeting or call in the own log). Days of vacation between them are left out.
-- Unit: days from one day with a touch to the next, 1 for the next day.
-- Source: messages, Recommendations_Given, the own log, members.toml for vacations.
-- Absent: no row where there are not yet two such days, or no source that holds them.
-- Window: all weeks, as far as threads were not deleted.
-- Maturity: final with the later of the two days; the time since the last touch is no gap, since it has not ended.
-- Key: member, platform, day
-- platform: `all` or one platform
-- day: on which the gap ended, on the member's clock
-- previous_day: day of the touch before
-- gap_days: days from the one to the other without those of vacations between them; 1 for the next day
with touched as (
    select distinct
        member,
        platform,
        day
    from touches
    where
        (direction = 'given' and kind in ('message', 'recommendation'))
        or (platform = 'own' and kind in ('meeting', 'call'))
),

scoped as (
    select * from touched
    union all
    select distinct
        member,
        'all' as platform,
        day
    from touched
),

paired as (
    select
        member,
        platform,
        day,
        lag(day) over (partition by member, platform order by day) as previous_day
    from scoped
),

days_off as (
    select
        paired.member,
        paired.platform,
        paired.day,
        count(vacation_days.day) as days
    from paired
    inner join vacation_days
        on
            paired.member = vacation_days.member
            and paired.previous_day < vacation_days.day
            and paired.day > vacation_days.day
    group by paired.member, paired.platform, paired.day
)

select
    paired.member,
    paired.platform,
    paired.day,
    paired.previous_day,
    date_diff('day', paired.previous_day, paired.day) - coalesce(days_off.days, 0) as gap_days
from paired
left join days_off
    on paired.member = days_off.member and paired.platform = days_off.platform and paired.day = days_off.day
where paired.previous_day is not null
