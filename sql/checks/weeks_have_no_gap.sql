-- A member's weeks run from the first event to the newest export without a gap, each a Monday.
-- member: whose weeks
-- what: how many weeks there are and should be, or which is none
select
    member,
    if(
        bool_or(isodow(week) != 1),
        'a week that begins on no Monday',
        count(week) || ' weeks instead of ' || (date_diff('day', min(week), max(week)) // 7 + 1)
    ) as what
from weeks
group by member
having
    count(week) != date_diff('day', min(week), max(week)) // 7 + 1
    or bool_or(isodow(week) != 1)
order by member
