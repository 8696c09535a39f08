-- Figures of complete earlier weeks that the newest export corrects: the exports before it said less.
-- Key: member, metric, platform, week
-- week_number: number of the ISO week
-- before: what the exports before the newest one said
-- now: what all exports say
with newest as (
    select
        member,
        platform,
        metric,
        max(as_of) as as_of
    from export_weeks
    group by all
),

earlier as (
    select
        weeks.member,
        weeks.platform,
        weeks.metric,
        max(weeks.as_of) as as_of
    from export_weeks as weeks
    inner join newest
        on weeks.member = newest.member and weeks.platform = newest.platform and weeks.metric = newest.metric
    where weeks.as_of < newest.as_of
    group by all
),

compared as (
    select
        weeks.member,
        weeks.platform,
        weeks.metric,
        weeks.week,
        coalesce(max(weeks.value) filter (weeks.as_of <= earlier.as_of), 0) as before,
        max(weeks.value) as now
    from export_weeks as weeks
    inner join earlier
        on weeks.member = earlier.member and weeks.platform = earlier.platform and weeks.metric = earlier.metric
    -- Only weeks that the earlier export covered whole.
    where weeks.week + 6 < earlier.as_of
    group by all
)

select
    compared.member,
    compared.metric,
    compared.platform,
    compared.week,
    week_name(compared.week) as week_name,
    weekofyear(compared.week) as week_number,
    compared.before,
    compared.now
from compared
inner join report_members as members on compared.member = members.member
where
    compared.now > compared.before
    and compared.week <= members.week
    and compared.week > members.week - 84
order by compared.member, compared.week desc, compared.metric, compared.platform
