-- The days on which the member and one other person wrote in conversations of two: what bands of ties, woken ties and the
-- balance of giving and taking rest on. A day counts once however many messages somebody cuts a thought into.
-- Key: member, platform, person, day
-- person: the same for one person on all platforms
-- day: on the member's clock
-- sent: messages by the member
-- received: messages by the other person
-- is_begun: whether the member wrote the first message of the day; not where both wrote in the same second
-- advice_asked: messages by the member whose wording asks for advice
with groups as (
    select member, platform, conversation
    from conversations
    where is_group
),

pairs as (
    select
        messages.member,
        messages.platform,
        exchanges.person,
        messages.day,
        messages.sent_at,
        messages.is_sent,
        messages.asks_advice
    from messages
    anti join groups
        on
            messages.member = groups.member
            and messages.platform = groups.platform
            and messages.conversation = groups.conversation
    inner join exchanges
        on
            messages.member = exchanges.member
            and messages.platform = exchanges.platform
            and messages.other = exchanges.other
)

select
    member,
    platform,
    person,
    day,
    count(is_sent) filter (is_sent) as sent,
    count(is_sent) filter (not is_sent) as received,
    coalesce(
        min(sent_at) filter (is_sent) < coalesce(min(sent_at) filter (not is_sent), timestamp 'infinity'), false
    ) as is_begun,
    count(is_sent) filter (is_sent and asks_advice) as advice_asked
from pairs
group by member, platform, person, day
