-- Question: What was a week like before the start, and what is it like since?
-- Definition: what a week was like in the twelve weeks before the start, and what one is like since. Both sides rest on
-- the same platforms: those that cover the twelve weeks from Monday to Sunday and reach furthest. Weeks of vacation are
-- on neither side. Contacts by date are those who are contacts still: whoever left is missing in the earlier weeks
-- rather than in the later.
-- Unit: of each number, as a mean a week.
-- Source: for each number the sources of its table.
-- Absent: a side without a week that the same platforms cover whole; the reason says why.
-- Window: the twelve weeks before the start, and the weeks from it to the reported one.
-- Maturity: final as the weeks are that it rests on.
-- Key: member, metric
-- position: place in the report
-- status: measured, inferred or absent
-- reason: why absent: never (no export holds it), not_noted (the own list lacks weeks), missing (no source given), later (the
--   source ends before the start), earlier (it does not reach back twelve weeks), vacation (all twelve were)
-- until: day up to which the source answers
-- platforms: platforms that both sides rest on
-- before_mean: mean per week before the start
-- before_weeks: weeks it rests on, at most twelve
-- since_mean: mean per week since the start
-- since_weeks: weeks it rests on
with compared as (
    select
        numbers.member,
        numbers.metric,
        numbers.platform,
        numbers.week,
        numbers.value,
        numbers.is_full,
        numbers.week <= started.before_last as is_before,
        vacation_weeks.week is not null as is_off
    from report_values as numbers
    inner join report_members as members on numbers.member = members.member
    inner join report_start as started on numbers.member = started.member
    inner join metric_names as names on numbers.metric = names.metric
    left join vacation_weeks on numbers.member = vacation_weeks.member and numbers.week = vacation_weeks.week
    where
        numbers.platform != 'all'
        and names.progress is not null
        and numbers.week <= members.week
        and (
            numbers.week between started.before_first and started.before_last or numbers.week >= started.since_first
        )
),

covering as (
    select
        member,
        metric,
        platform,
        max(week) filter (is_full) as last_week
    from compared
    group by all
    having count(week) filter (is_full and is_before) = 12
),

reaching as (
    select
        member,
        metric,
        max(last_week) as last_week
    from covering
    group by all
),

chosen as (
    select
        covering.member,
        covering.metric,
        covering.platform,
        count(covering.platform) over (partition by covering.member, covering.metric) as platforms
    from covering
    inner join reaching
        on
            covering.member = reaching.member
            and covering.metric = reaching.metric
            and covering.last_week = reaching.last_week
),

weekly as (
    select
        compared.member,
        compared.metric,
        compared.week,
        compared.is_before,
        sum(compared.value)::bigint as value,
        list(compared.platform order by compared.platform) as platforms
    from compared
    inner join chosen
        on
            compared.member = chosen.member
            and compared.metric = chosen.metric
            and compared.platform = chosen.platform
    where compared.is_full and not compared.is_off
    group by all
    having count(compared.platform) = max(chosen.platforms)
),

means as (
    select
        member,
        metric,
        max(platforms) as platforms,
        avg(value) filter (is_before) as before_mean,
        count(week) filter (is_before) as before_weeks,
        avg(value) filter (not is_before) as since_mean,
        count(week) filter (not is_before) as since_weeks
    from weekly
    group by all
),

covered as (
    select distinct member, metric
    from chosen
),

ends as (
    select
        member,
        source,
        max(until) as until
    from source_ends
    group by all
)

select
    started.member,
    names.position,
    names.metric,
    names.unit,
    names.progress,
    case
        when means.before_mean is null then 'absent'
        when names.kind = 'inferred' then 'inferred'
        else 'measured'
    end as status,
    case
        when means.before_mean is not null then null
        when names.source = 'views' then if(ends.until is null, 'never', 'not_noted')
        when ends.until is null then 'missing'
        when ends.until <= started.before_last + 6 then 'later'
        when covered.member is not null then 'vacation'
        else 'earlier'
    end as reason,
    ends.until,
    coalesce(means.platforms, []) as platforms,
    means.before_mean,
    coalesce(means.before_weeks, 0) as before_weeks,
    if(means.before_mean is null, null, means.since_mean) as since_mean,
    if(means.before_mean is null, 0, coalesce(means.since_weeks, 0)) as since_weeks
from report_start as started
cross join metric_names as names
left join means on started.member = means.member and names.metric = means.metric
left join ends on started.member = ends.member and names.source = ends.source
left join covered on started.member = covered.member and names.metric = covered.metric
where names.progress is not null
order by started.member, names.position
