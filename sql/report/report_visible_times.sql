-- When the member is mostly visible, as far as the sample shows a habit: the weekday and the part of the day of their own
-- acts in the 26 weeks up to the reported one. It says when the member is there, never what works: no export holds what
-- others did on the member's posts.
-- Acts come in bursts, so hours in which something was done are counted, not acts. A weekday is named from 100 such hours
-- upwards and where they do not spread evenly over the seven days, a part of the day where they do not over the six between
-- six o'clock and midnight. "Not evenly" is a chi-squared beyond the 99th percentile: 16.81 with six degrees of freedom,
-- 15.09 with five.
-- Key: member
-- hours: hours of the 26 weeks in which the member did something visible
-- weekday: ISO number of the weekday with most of them, 1 is Monday; null where no habit shows
-- from_hour: begin of the three hours with most of them, on the member's clock; null where no habit shows
with hours as (
    select distinct
        acts.member,
        date_trunc('hour', clock_of(acts.acted_at, members.time_zone)) as hour
    from acts
    inner join report_members as members on acts.member = members.member
    where acts.week <= members.week and acts.week > members.week - 7 * 26
),

totals as (
    select
        member,
        count(hour) as hours
    from hours
    group by all
),

weekday_counts as (
    select
        member,
        isodow(hour) as weekday,
        count(hour) as hours
    from hours
    group by all
),

part_counts as (
    select
        member,
        hour(hour) // 3 * 3 as from_hour,
        count(hour) as hours
    from hours
    where hour(hour) >= 6
    group by all
),

-- Chi-squared against an even spread over k fields is k times the sum of squares by the total, less the total.
weekdays as (
    select
        member,
        arg_max(weekday, (hours, -weekday)) as weekday,
        7 * sum(hours * hours) / sum(hours) - sum(hours) as chi_squared
    from weekday_counts
    group by all
),

parts as (
    select
        member,
        arg_max(from_hour, (hours, -from_hour)) as from_hour,
        6 * sum(hours * hours) / sum(hours) - sum(hours) as chi_squared
    from part_counts
    group by all
)

select
    totals.member,
    totals.hours,
    if(totals.hours >= 100 and weekdays.chi_squared > 16.81, weekdays.weekday, null) as weekday,
    if(totals.hours >= 100 and parts.chi_squared > 15.09, parts.from_hour, null) as from_hour
from totals
inner join weekdays on totals.member = weekdays.member
left join parts on totals.member = parts.member
order by totals.member
