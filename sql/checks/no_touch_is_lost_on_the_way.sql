-- Every message, invitation, act and recognition is in the weekly numbers, once.
-- member: whose weeks
-- what: the number that differs
with counted as (
    select
        member,
        count(kind) filter (kind = 'message') as messages,
        count(kind) filter (kind in ('post', 'comment', 'reaction', 'vote', 'repost')) as acts,
        count(kind) filter (kind = 'invitation') as invitations,
        count(kind) filter (kind in ('recommendation', 'endorsement')) as recognitions
    from touches
    group by all
),

summed as (
    select
        member,
        coalesce(sum(messages_sent), 0)::bigint + coalesce(sum(messages_received), 0)::bigint as messages,
        coalesce(sum(visible_activity), 0)::bigint as acts,
        coalesce(sum(invitations_sent), 0)::bigint + coalesce(sum(invitations_received), 0)::bigint as invitations,
        coalesce(sum(recommendations_given), 0)::bigint + coalesce(sum(recommendations_received), 0)::bigint
        + coalesce(sum(endorsements_given), 0)::bigint + coalesce(sum(endorsements_received), 0)::bigint
            as recognitions
    from weekly_metrics
    where platform = 'all'
    group by all
)

select
    counted.member,
    concat_ws(
        ', ',
        if(counted.messages != coalesce(summed.messages, 0), 'messages', null),
        if(counted.acts != coalesce(summed.acts, 0), 'visible activity', null),
        if(counted.invitations != coalesce(summed.invitations, 0), 'invitations', null),
        if(counted.recognitions != coalesce(summed.recognitions, 0), 'recommendations and endorsements', null)
    ) as what
from counted
left join summed on counted.member = summed.member
where
    counted.messages != coalesce(summed.messages, 0)
    or counted.acts != coalesce(summed.acts, 0)
    or counted.invitations != coalesce(summed.invitations, 0)
    or counted.recognitions != coalesce(summed.recognitions, 0)
order by counted.member
