-- The start of the search or the coaching, for members whose twelve weeks before it have been reported. The week in which the
-- start lies counts to neither side, unless it begins with it.
-- Key: member
-- started_on: day of the start
-- before_first: Monday of the first of the twelve weeks before
-- before_last: Monday of the last of them
-- before_first_name: that week as in 2026-W20
-- before_last_name: that week as in 2026-W31
-- since_first: Monday of the first whole week since the start
-- weeks_passed: whole weeks from then up to the reported one
with started as (
    select
        asked.member,
        asked.started_on,
        date_trunc('week', asked.started_on)::date - 7 * 12 as before_first,
        date_trunc('week', asked.started_on)::date - 7 as before_last,
        date_trunc('week', asked.started_on + 6)::date as since_first,
        members.week
    from stg_members as asked
    inner join report_members as members on asked.member = members.member
    where asked.started_on is not null
)

select
    member,
    started_on,
    before_first,
    before_last,
    week_name(before_first) as before_first_name,
    week_name(before_last) as before_last_name,
    since_first,
    greatest(date_diff('day', since_first, week) // 7 + 1, 0) as weeks_passed
from started
where before_last <= week
order by member
