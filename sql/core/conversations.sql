-- One row per conversation: who began it, whether and when the member answered.
-- Where several messages share the first second, the member's own one does not count as the beginning.
-- Key: member, platform, conversation
-- started_at: UTC moment of the first message
-- is_started: whether the member wrote first
-- answered_at: UTC moment of the member's first message after another person began; null while there is none
-- is_group: whether more than one other person takes part
-- other: address, on XING folded name, of the other person in a conversation of two
-- profile: link of that person, null where the source has none
-- messages_sent: messages by the member
-- messages_received: messages by others
-- last_at: UTC moment of the last message
-- started_week: Monday of the week of the first message on the member's clock
-- answered_week: Monday of the week of that answer
-- first_received_at: UTC moment of the first message by another person
-- received_since: day of the first export that holds a message by another person
with grouped as (
    select
        member,
        platform,
        conversation,
        min(sent_at) as started_at,
        min(sent_at) filter (is_sent) as first_sent_at,
        min(sent_at) filter (not is_sent) as first_received_at,
        min(first_seen) filter (not is_sent) as received_since,
        max(sent_at) as last_at,
        bool_or(is_group) or coalesce(min(other) != max(other), false) as is_group,
        min(other) as other,
        min(other_name) as other_name,
        max(subject) as subject,
        max(title) as title,
        count(is_sent) filter (is_sent) as messages_sent,
        count(is_sent) filter (not is_sent) as messages_received
    from messages
    group by all
),

directed as (
    select
        *,
        first_received_at is null or coalesce(first_sent_at < first_received_at, false) as is_started
    from grouped
)

select
    directed.member,
    directed.platform,
    directed.conversation,
    directed.started_at,
    week_of(directed.started_at, members.time_zone) as started_week,
    directed.is_started,
    if(directed.is_started, null, directed.first_sent_at) as answered_at,
    week_of(if(directed.is_started, null, directed.first_sent_at), members.time_zone) as answered_week,
    directed.is_group,
    if(directed.is_group, null, directed.other) as other,
    if(directed.is_group, null, links.profile) as profile,
    if(directed.is_group, null, directed.other_name) as other_name,
    directed.subject,
    directed.title,
    directed.messages_sent,
    directed.messages_received,
    directed.first_received_at,
    directed.last_at,
    directed.received_since
from directed
inner join stg_members as members on directed.member = members.member
left join profiles as links
    on directed.member = links.member and directed.platform = 'linkedin' and directed.other = links.address
