-- Question: What is each number of the reported week, and is it usual?
-- Definition: each number of the reported week, once for all platforms together and once for each platform with an
-- export, beside what it is compared with. A week that its source does not cover whole compares with nothing; together,
-- only weeks that the same platforms cover are compared. Whether the week is unusual is judged here, once for page,
-- mail and coach: it lies outside the usual range and at least three beyond it. Numbers under ten a week, of the week
-- and of the median, are judged as the sum of four weeks against the four before: outside the usual range of such sums
-- that lie within the 26 weeks, at least three apart, and the week itself on the same side of the median. States and numbers that
-- are no sums (contacts in all, groups, weeks) are not judged.
-- Unit: see the column unit.
-- Source: see the column source.
-- Absent: value and status say so, reason says why; what is usual below 12 known weeks of the last 26.
-- Window: for each number as its table in sql/metrics says; usual is of the 26 weeks before the reported one.
-- Maturity: is_open says which numbers may still change.
-- Key: member, metric, platform
-- status: measured, inferred or absent
-- reason: why absent: never (no export holds it), not_noted (the own list has no line for the week), missing (no source
--   given), later (the source ends before the week), earlier (the source begins after the week), one_export, no_addresses,
--   names_only
-- source: the source that would answer
-- until: day up to which the source answers
-- previous_week: the week before
-- mean_4_weeks: mean of the four weeks before
-- mean_12_weeks: mean of the twelve weeks before
-- same_week_last_year: the ISO week of the same number a year before
-- usual_low: 10th percentile of the last 26 complete weeks, at least 12 of them
-- usual_high: 90th percentile of the same weeks
-- direction: up or down where the week is unusual, else null
-- four_weeks: sum of the reported week and the three before, where the judgement rests on it
-- four_weeks_before: sum of the four weeks before these, which it is compared with
-- value: the number in the reported week
-- is_whole: whether its sources cover the reported week to its end; what they do not compares with nothing
-- year_of_survivors: whether same_week_last_year counts contacts of which no export of that time tells who has left since
-- is_open: whether the value may still change: the week is not covered to its end, or requests have not had their 28 days
with first_weeks as (
    select
        member,
        min(week) as week
    from weeks
    group by all
),

long as (
    select
        numbers.member,
        numbers.platform,
        case numbers.platform when 'linkedin' then 1 when 'xing' then 2 else 4 end as sign,
        numbers.week,
        date_diff('day', numbers.week, members.week) // 7 as weeks_ago,
        isoyear(numbers.week) = isoyear(members.week) - 1 and weekofyear(numbers.week) = weekofyear(members.week)
            as is_year_before,
        numbers.metric,
        names.kind,
        numbers.value,
        ends.until,
        numbers.is_complete,
        -- A stock outlives its source: it is known before its last day and after, not while the last week is unfinished.
        if(
            names.kind = 'stock',
            ends.until is not null and not (numbers.week <= ends.until and ends.until <= numbers.week + 6),
            numbers.is_complete
        ) as counts_whole,
        if(names.kind = 'stock', ends.until is not null, numbers.value is not null) as counts
    from report_values as numbers
    inner join report_members as members on numbers.member = members.member
    inner join metric_names as names on numbers.metric = names.metric
    left join source_ends as ends
        on numbers.member = ends.member and numbers.platform = ends.platform and names.source = ends.source
),

-- Which platforms are known and which whole, as the sum of a sign for each.
platform_sets as (
    select
        member,
        metric,
        week,
        coalesce(sum(sign) filter (counts), 0) as known,
        coalesce(sum(sign) filter (counts_whole), 0) as whole
    from long
    where platform != 'all'
    group by all
),

reported_sets as (
    select
        long.member,
        long.metric,
        sets.known
    from long
    inner join platform_sets as sets
        on long.member = sets.member and long.metric = sets.metric and long.week = sets.week
    where long.platform = 'all' and long.weeks_ago = 0
),

comparable as (
    select
        long.member,
        long.platform,
        long.metric,
        long.kind,
        long.week,
        long.weeks_ago,
        long.is_year_before,
        long.value,
        if(
            long.platform = 'all',
            if(sets.whole = reported_sets.known and sets.whole > 0, long.value, null),
            if(long.is_complete, long.value, null)
        ) as whole_value
    from long
    left join platform_sets as sets
        on long.member = sets.member and long.metric = sets.metric and long.week = sets.week
    left join reported_sets on long.member = reported_sets.member and long.metric = reported_sets.metric
),

-- Sums of four weeks that lie among the 26 whole: whether earlier weeks are at hand depends on goals. Each week is a part of
-- its own sum and of those of the three weeks after it.
four_weeks as (
    select
        comparable.member,
        comparable.platform,
        comparable.metric,
        comparable.weeks_ago - later.weeks as weeks_ago,
        sum(comparable.whole_value) as four
    from comparable
    cross join (values (0), (1), (2), (3)) as later (weeks)
    where
        comparable.whole_value is not null
        and comparable.weeks_ago between later.weeks and 26
    group by all
    having count(comparable.whole_value) = 4
),

sums as (
    select
        member,
        platform,
        metric,
        max(four) filter (weeks_ago = 0) as four,
        max(four) filter (weeks_ago = 4) as four_before,
        quantile_disc(four, 0.1) filter (weeks_ago between 4 and 23) as four_low,
        quantile_disc(four, 0.9) filter (weeks_ago between 4 and 23) as four_high
    from four_weeks
    group by all
    having count(four) filter (weeks_ago between 4 and 23) >= 12
),

compared as (
    select
        member,
        platform,
        metric,
        max(value) filter (weeks_ago = 0) as value,
        coalesce(bool_or(whole_value is not null) filter (weeks_ago = 0), false) as is_whole,
        max(whole_value) filter (weeks_ago = 1) as previous_week,
        case
            when count(whole_value) filter (weeks_ago between 1 and 4) = 4
                then avg(whole_value) filter (weeks_ago between 1 and 4)
        end as mean_4_weeks,
        case
            when count(whole_value) filter (weeks_ago between 1 and 12) = 12
                then avg(whole_value) filter (weeks_ago between 1 and 12)
        end as mean_12_weeks,
        max(whole_value) filter (is_year_before) as same_week_last_year,
        case
            when count(whole_value) filter (weeks_ago between 1 and 26) >= 12
                then quantile_disc(whole_value, 0.1) filter (weeks_ago between 1 and 26)
        end as usual_low,
        case
            when count(whole_value) filter (weeks_ago between 1 and 26) >= 12
                then quantile_disc(whole_value, 0.9) filter (weeks_ago between 1 and 26)
        end as usual_high,
        quantile_disc(whole_value, 0.5) filter (weeks_ago between 1 and 26) as median
    from comparable
    group by all
),

judged as (
    select
        compared.member,
        compared.platform,
        compared.metric,
        sums.four,
        sums.four_before,
        compared.value < 10 and compared.median < 10 as is_small,
        case
            when names.kind = 'stock' or names.unit in ('groups', 'weeks') then null
            when not compared.is_whole or compared.usual_low is null then null
            when compared.value < 10 and compared.median < 10
                then case
                    when
                        compared.value > compared.median and sums.four > sums.four_high
                        and sums.four - sums.four_before >= 3 then 'up'
                    when
                        compared.value < compared.median and sums.four < sums.four_low
                        and sums.four_before - sums.four >= 3 then 'down'
                end
            when compared.value - compared.usual_high >= 3 then 'up'
            when compared.usual_low - compared.value >= 3 then 'down'
        end as direction
    from compared
    inner join metric_names as names on compared.metric = names.metric
    left join sums
        on
            compared.member = sums.member
            and compared.platform = sums.platform
            and compared.metric = sums.metric
),

-- Who left between that week and the next export is in none: an export of the four weeks after it misses hardly anybody.
lists_of_then as (
    select
        sources.member,
        sources.platform,
        bool_or(sources.as_of between members.week - 358 and members.week - 330) as is_there
    from stg_sources as sources
    inner join report_members as members on sources.member = members.member
    where sources.source in ('linkedin_connections', 'xing_contacts')
    group by all
),

lists_together as (
    select member, platform, is_there
    from lists_of_then
    union all
    select
        member,
        'all' as platform,
        bool_and(is_there) as is_there
    from lists_of_then
    group by member
),

ends_together as (
    select member, platform, source, until, since
    from source_ends
    union all
    select
        member,
        'all' as platform,
        source,
        max(until) as until,
        min(since) as since
    from source_ends
    group by all
)

select
    compared.member,
    names.position,
    compared.metric,
    compared.platform,
    names.unit,
    names.source,
    case
        when compared.value is null then 'absent'
        when names.kind = 'inferred' then 'inferred'
        else 'measured'
    end as status,
    case
        when compared.value is not null then null
        when names.source = 'views' then if(ends.until is null, 'never', 'not_noted')
        when compared.platform = 'own' and names.source not in ('acts', 'care', 'contacts', 'recruiting') then 'never'
        when
            compared.platform = 'xing'
            and names.source not in ('contacts', 'messages', 'acts', 'care', 'recruiting') then 'never'
        when compared.platform = 'xing' and names.kind = 'inferred' then 'names_only'
        when ends.until is null then 'missing'
        when members.week > ends.until then 'later'
        when members.week < coalesce(ends.since, first_weeks.week) then 'earlier'
        when compared.metric = 'contacts_lost' then 'one_export'
        when compared.metric = 'invitations_accepted' then 'no_addresses'
        when names.source = 'invitations' then 'earlier'
        else 'missing'
    end as reason,
    ends.until,
    compared.value,
    compared.is_whole,
    compared.value is not null
    and (
        not compared.is_whole
        or (compared.metric = 'invitations_accepted' and coalesce(members.week + 6 + 28 > contact_ends.until, true))
    ) as is_open,
    compared.previous_week,
    compared.mean_4_weeks,
    compared.mean_12_weeks,
    compared.same_week_last_year,
    coalesce(
        compared.metric = 'contacts_new'
        and compared.same_week_last_year is not null
        and not lists_together.is_there,
        false
    ) as year_of_survivors,
    compared.usual_low,
    compared.usual_high,
    judged.direction,
    if(judged.direction is not null and judged.is_small, judged.four, null)::bigint as four_weeks,
    if(judged.direction is not null and judged.is_small, judged.four_before, null)::bigint as four_weeks_before
from compared
inner join judged
    on
        compared.member = judged.member
        and compared.platform = judged.platform
        and compared.metric = judged.metric
inner join metric_names as names on compared.metric = names.metric
inner join report_members as members on compared.member = members.member
inner join first_weeks on compared.member = first_weeks.member
left join ends_together as ends
    on compared.member = ends.member and compared.platform = ends.platform and names.source = ends.source
left join lists_together on compared.member = lists_together.member and compared.platform = lists_together.platform
left join source_ends as contact_ends
    on compared.member = contact_ends.member and contact_ends.platform = 'linkedin' and contact_ends.source = 'contacts'
order by compared.member, names.position, compared.platform
