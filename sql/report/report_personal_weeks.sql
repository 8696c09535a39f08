-- The own log week by week, of the 26 weeks up to the reported one those from the first entry on to the day of the log.
-- Key: member, week
-- week_name: as in 2026-W46
-- meetings: meetings of the week
-- calls: calls
-- greetings: greetings
-- advice: advice got and given
-- introductions: introductions and recommendations to others, got and given
with counted as (
    select
        member,
        week,
        count(day) filter (kind = 'meeting') as meetings,
        count(day) filter (kind = 'call') as calls,
        count(day) filter (kind = 'greeting') as greetings,
        count(day) filter (kind in ('advice_asked', 'advice_given')) as advice,
        count(day) filter (kind in ('introduction', 'referral')) as introductions
    from own_entries
    group by member, week
),

begun as (
    select
        member,
        min(week) as first_week
    from counted
    group by member
)

select
    weeks.member,
    weeks.week,
    week_name(weeks.week) as week_name,
    coalesce(counted.meetings, 0) as meetings,
    coalesce(counted.calls, 0) as calls,
    coalesce(counted.greetings, 0) as greetings,
    coalesce(counted.advice, 0) as advice,
    coalesce(counted.introductions, 0) as introductions
from platform_weeks as weeks
inner join report_members as members on weeks.member = members.member
inner join begun on weeks.member = begun.member and weeks.week >= begun.first_week
left join counted on weeks.member = counted.member and weeks.week = counted.week
where
    weeks.platform = 'own'
    and weeks.log
    and weeks.week <= members.week
    and weeks.week > members.week - 7 * 26
order by weeks.member, weeks.week
