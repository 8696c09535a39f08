-- Names that the member gave to group ids in groups.csv: LinkedIn's export holds ids only.
-- Key: member, group_id
-- group_id: LinkedIn's number of the group, as in the links of posts
-- name: the member's name for it
select
    member,
    group_id,
    max(name) as name
from raw_own_groups
where group_id is not null and name is not null
group by all
