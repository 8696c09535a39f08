-- The messages between the member and one other person on one platform, in conversations of two.
-- Key: member, platform, other
-- other: profile address, on XING folded name, of the other person
-- contact: the connection behind it, null for people who are no contact
-- person: the same for one person on all platforms
-- sent: messages by the member
-- received: messages by the other person
-- unanswered: messages by the member since the other person last wrote
-- first_at: UTC moment of the first message
-- last_at: UTC moment of the last message
-- last_day: day of the last message on the member's clock
-- last_is_sent: whether the member wrote it
-- last_asks: whether the last message asks or offers something
with groups as (
    select member, platform, conversation
    from conversations
    where is_group
),

pairs as (
    select
        messages.member,
        messages.platform,
        messages.other,
        messages.sent_at,
        messages.is_sent,
        messages.asks or messages.offers as asks,
        messages.other_name
    from messages
    anti join groups
        on
            messages.member = groups.member
            and messages.platform = groups.platform
            and messages.conversation = groups.conversation
    where messages.other is not null
),

counted as (
    select
        member,
        platform,
        other,
        count(is_sent) filter (is_sent) as sent,
        count(is_sent) filter (not is_sent) as received,
        min(sent_at) as first_at,
        max(sent_at) as last_at,
        max(sent_at) filter (is_sent) as last_sent_at,
        max(sent_at) filter (not is_sent) as last_received_at,
        max(other_name) as name
    from pairs
    group by all
),

totals as (
    select
        *,
        last_received_at is null or coalesce(last_sent_at >= last_received_at, false) as last_is_sent
    from counted
),

endings as (
    select
        totals.member,
        totals.platform,
        totals.other,
        count(pairs.sent_at) filter (
            pairs.is_sent and (totals.last_received_at is null or pairs.sent_at >= totals.last_received_at)
        ) as unanswered,
        coalesce(
            bool_or(pairs.asks) filter (pairs.sent_at = totals.last_at and pairs.is_sent = totals.last_is_sent), false
        ) as last_asks
    from totals
    inner join pairs
        on totals.member = pairs.member and totals.platform = pairs.platform and totals.other = pairs.other
    where
        totals.last_received_at is null
        or pairs.sent_at >= totals.last_received_at
    group by all
),

addressed as (
    select
        member,
        platform,
        address as other,
        min(contact) as contact
    from contacts
    where address is not null
    group by all
    union all
    select
        member,
        platform,
        folded_name as other,
        min(contact) as contact
    from contacts
    where platform = 'xing' and folded_name is not null
    group by all
    having count(contact) = 1
)

select
    totals.member,
    totals.platform,
    totals.other,
    addressed.contact,
    coalesce(people.person, totals.platform || ' ' || totals.other) as person,
    totals.name,
    links.profile,
    totals.sent,
    totals.received,
    endings.unanswered,
    totals.first_at,
    totals.last_at,
    day_of(totals.last_at, members.time_zone) as last_day,
    totals.last_is_sent,
    endings.last_asks
from totals
inner join endings
    on totals.member = endings.member and totals.platform = endings.platform and totals.other = endings.other
inner join stg_members as members on totals.member = members.member
left join profiles as links
    on totals.member = links.member and totals.platform = 'linkedin' and totals.other = links.address
left join addressed
    on totals.member = addressed.member and totals.platform = addressed.platform and totals.other = addressed.other
left join people
    on
        addressed.member = people.member
        and addressed.platform = people.platform
        and addressed.contact = people.contact
