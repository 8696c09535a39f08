-- Every message and every act between the first and the last week is in the weekly numbers, once.
-- member: whose weeks
-- what: the number that differs
with counted as (
    select
        member,
        count(kind) filter (kind = 'message') as messages,
        count(kind) filter (kind in ('post', 'comment', 'reaction', 'vote', 'repost')) as acts,
        count(kind) filter (kind = 'invitation') as invitations
    from touches
    group by all
),

summed as (
    select
        member,
        coalesce(sum(messages_sent), 0)::bigint + coalesce(sum(messages_received), 0)::bigint as messages,
        coalesce(sum(visible_activity), 0)::bigint as acts,
        coalesce(sum(invitations_sent), 0)::bigint + coalesce(sum(invitations_received), 0)::bigint as invitations
    from weekly_metrics
    where platform = 'all'
    group by all
)

select
    counted.member,
    concat_ws(
        ', ',
        if(counted.messages != summed.messages, 'messages', null),
        if(counted.acts != summed.acts, 'visible activity', null),
        if(counted.invitations != summed.invitations, 'invitations', null)
    ) as what
from counted
inner join summed on counted.member = summed.member
where
    counted.messages != summed.messages
    or counted.acts != summed.acts
    or counted.invitations != summed.invitations
order by counted.member
