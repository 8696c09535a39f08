-- First steps in each of the 26 weeks up to the reported one, as far as the platforms that cover the reported week cover
-- that week too: a platform that came or went in between must not look like a change of habit.
-- Key: member, week
-- requests_noted: requests sent that bore a note
-- requests_made: requests that the member sent
-- requests_got: requests that others sent
-- conversations_begun: conversations that the member began
-- conversations_got: conversations that others began
-- steps_made: requests and conversations by the member, null where a kind that is known today is not known of the week
-- steps_got: requests and conversations by others, likewise
with near as (
    select
        initiative.*,
        members.week as reported
    from initiative
    inner join report_members as members on initiative.member = members.member
    where
        initiative.platform != 'all'
        and initiative.week <= members.week
        and initiative.week > members.week - 7 * 26
),

chosen as (
    select
        member,
        platform,
        requests_made is not null as has_requests,
        conversations_begun is not null as has_conversations
    from near
    where week = reported
),

summed as (
    select
        near.member,
        near.week,
        bool_or(chosen.has_requests) as has_requests,
        bool_or(chosen.has_conversations) as has_conversations,
        bool_and(near.requests_made is not null or not chosen.has_requests) as knows_requests,
        bool_and(near.conversations_begun is not null or not chosen.has_conversations) as knows_conversations,
        sum(near.requests_noted) filter (chosen.has_requests) as requests_noted,
        sum(near.requests_made) filter (chosen.has_requests) as requests_made,
        sum(near.requests_got) filter (chosen.has_requests) as requests_got,
        sum(near.conversations_begun) filter (chosen.has_conversations) as conversations_begun,
        sum(near.conversations_got) filter (chosen.has_conversations) as conversations_got
    from near
    inner join chosen on near.member = chosen.member and near.platform = chosen.platform
    group by near.member, near.week
),

known as (
    select
        member,
        week,
        has_requests or has_conversations as is_known,
        knows_requests and knows_conversations as is_whole,
        if(knows_requests, requests_noted::bigint, null) as requests_noted,
        if(knows_requests, requests_made::bigint, null) as requests_made,
        if(knows_requests, requests_got::bigint, null) as requests_got,
        if(knows_conversations, conversations_begun::bigint, null) as conversations_begun,
        if(knows_conversations, conversations_got::bigint, null) as conversations_got
    from summed
)

select
    member,
    week,
    week_name(week) as week_name,
    requests_noted,
    requests_made,
    requests_got,
    conversations_begun,
    conversations_got,
    if(is_whole, coalesce(requests_made, 0) + coalesce(conversations_begun, 0), null) as steps_made,
    if(is_whole, coalesce(requests_got, 0) + coalesce(conversations_got, 0), null) as steps_got
from known
where is_known
order by member, week
