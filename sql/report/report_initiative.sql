-- Who took the first step in the twelve weeks up to the reported one and in the twelve before: null where one of the weeks
-- is not known.
-- Key: member, period
-- period: last or before
-- requests_noted: requests sent that bore a note
-- requests_made: requests that the member sent
-- requests_got: requests that others sent, as far as LinkedIn lists them
-- conversations_begun: conversations that the member began
-- conversations_got: conversations that others began
-- steps_made: requests and conversations by the member
-- steps_got: requests and conversations by others
with phased as (
    select
        steps.*,
        if(steps.week > members.week - 7 * 12, 'last', 'before') as period
    from report_first_steps as steps
    inner join report_members as members on steps.member = members.member
    where steps.week > members.week - 7 * 24
),

summed as (
    select
        member,
        period,
        if(count(requests_noted) = 12, sum(requests_noted)::bigint, null) as requests_noted,
        if(count(requests_made) = 12, sum(requests_made)::bigint, null) as requests_made,
        if(count(requests_got) = 12, sum(requests_got)::bigint, null) as requests_got,
        if(count(conversations_begun) = 12, sum(conversations_begun)::bigint, null) as conversations_begun,
        if(count(conversations_got) = 12, sum(conversations_got)::bigint, null) as conversations_got,
        if(count(steps_made) = 12, sum(steps_made)::bigint, null) as steps_made,
        if(count(steps_got) = 12, sum(steps_got)::bigint, null) as steps_got
    from phased
    group by member, period
)

select
    member,
    period,
    requests_noted,
    requests_made,
    requests_got,
    conversations_begun,
    conversations_got,
    steps_made,
    steps_got
from summed
order by member, period
