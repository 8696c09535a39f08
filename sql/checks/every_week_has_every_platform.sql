-- Each week has one row of numbers for each platform with an export and one for all together.
-- member: whose weeks
-- what: the first week that differs
with expected as (
    select
        member,
        week,
        count(platform) + 1 as rows
    from platform_weeks
    group by all
),

found as (
    select
        member,
        week,
        count(platform) as rows
    from weekly_metrics
    group by all
)

select
    coalesce(expected.member, found.member) as member,
    min(coalesce(expected.week, found.week))::varchar as what
from expected
full join found on expected.member = found.member and expected.week = found.week
where coalesce(found.rows, 0) != coalesce(expected.rows, 0)
group by coalesce(expected.member, found.member)
order by member
