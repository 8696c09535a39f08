-- Visible activity is the sum of its five kinds, known where one of them is, and activity in groups is part of it.
-- member: whose weeks
-- what: platform and week
select
    member,
    platform || ' ' || week as what
from weekly_metrics
where
    visible_activity != coalesce(posts, 0) + coalesce(comments, 0) + coalesce(reactions, 0) + coalesce(reposts, 0)
    + coalesce(votes, 0)
    or (visible_activity is null) != (coalesce(posts, comments, reactions, reposts, votes) is null)
    or group_activity > visible_activity
    or groups_active > group_activity
order by member, what
