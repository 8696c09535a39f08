-- The member's goals: in how many weeks each was reached. A week counts where the platforms that reach furthest cover it from
-- Monday to Sunday; a week of vacation counts only where the goal was reached in it.
-- Key: member, metric, first_day
-- position: place in the report
-- amount: so many in a week reach the goal
-- first_day: first day of the goal
-- last_day: last day of the goal
-- is_begun: whether a whole week of the goal has been reported
-- is_over: whether its last whole week lies before the reported one
-- weeks: weeks that count, up to the reported one
-- weeks_met: those in which the goal was reached
-- this_week: the number in the reported week, null where it is no week of the goal or not covered
-- is_reached: whether the goal was reached in the reported week; null where nobody can say and in a vacation without it
with spans as (
    select
        goals.member,
        goals.metric,
        goals.amount,
        goals.first_day,
        goals.last_day,
        members.week as reported,
        date_trunc('week', goals.first_day + 6)::date as first_week,
        date_trunc('week', goals.last_day - 6)::date as last_week
    from stg_goals as goals
    inner join report_members as members on goals.member = members.member
),

known as (
    select
        spans.member,
        spans.metric,
        spans.first_day,
        numbers.platform,
        numbers.week,
        numbers.value
    from spans
    inner join report_values as numbers
        on
            spans.member = numbers.member
            and spans.metric = numbers.metric
            and numbers.week between spans.first_week and least(spans.last_week, spans.reported)
    where numbers.platform != 'all' and numbers.is_full
),

covering as (
    select
        member,
        metric,
        first_day,
        platform,
        max(week) as last_week
    from known
    group by all
),

reaching as (
    select
        member,
        metric,
        first_day,
        max(last_week) as last_week
    from covering
    group by all
),

chosen as (
    select
        covering.member,
        covering.metric,
        covering.first_day,
        covering.platform,
        count(covering.platform) over (partition by covering.member, covering.metric, covering.first_day) as platforms
    from covering
    inner join reaching
        on
            covering.member = reaching.member
            and covering.metric = reaching.metric
            and covering.first_day = reaching.first_day
            and covering.last_week = reaching.last_week
),

weekly as (
    select
        known.member,
        known.metric,
        known.first_day,
        known.week,
        sum(known.value)::bigint as value
    from known
    inner join chosen
        on
            known.member = chosen.member
            and known.metric = chosen.metric
            and known.first_day = chosen.first_day
            and known.platform = chosen.platform
    group by all
    having count(known.platform) = max(chosen.platforms)
),

judged as (
    select
        weekly.member,
        weekly.metric,
        weekly.first_day,
        weekly.week,
        weekly.value,
        case
            when weekly.value >= spans.amount then true
            when vacation_weeks.week is null then false
        end as is_reached
    from weekly
    inner join spans
        on
            weekly.member = spans.member
            and weekly.metric = spans.metric
            and weekly.first_day = spans.first_day
    left join vacation_weeks on weekly.member = vacation_weeks.member and weekly.week = vacation_weeks.week
)

select
    spans.member,
    names.position,
    spans.metric,
    names.unit,
    spans.amount,
    spans.first_day,
    spans.last_day,
    spans.first_week <= spans.reported as is_begun,
    spans.last_week < spans.reported as is_over,
    count(judged.is_reached) as weeks,
    count(judged.week) filter (judged.is_reached) as weeks_met,
    max(judged.value) filter (judged.week = spans.reported) as this_week,
    bool_or(judged.is_reached) filter (judged.week = spans.reported) as is_reached
from spans
inner join metric_names as names on spans.metric = names.metric
left join judged
    on spans.member = judged.member and spans.metric = judged.metric and spans.first_day = judged.first_day
group by all
order by spans.member, names.position, spans.first_day
