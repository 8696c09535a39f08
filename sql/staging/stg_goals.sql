-- Goals for each whole week as members.toml gives them.
-- Key: member, metric, first_day
-- metric: a weekly number of the member's own acts
-- amount: so many in a week reach the goal
-- first_day: first day of the goal
-- last_day: last day of the goal
select
    member,
    metric,
    amount,
    first_day,
    last_day
from raw_member_goals
