-- Weeks of vacation: those of which most days, four or more, are days of a vacation.
-- Key: member, week
-- week: Monday
select
    member,
    date_trunc('week', day)::date as week
from vacation_days
group by all
having count(day) >= 4
