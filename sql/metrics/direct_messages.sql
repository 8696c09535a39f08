-- Question: How much does the member write with others, and who begins?
-- Definition: direct messages without drafts, advertising and the notes of invitations; group conversations included.
-- Unit: messages; conversations for the two that count these.
-- Source: messages.csv, XING's messages.
-- Absent: where no file of messages covers the week.
-- Window: all weeks, as far as threads were not deleted.
-- Maturity: final when the export covers the week; an answer counts in its own week, so a week stays as it is.
-- Key: member, platform, week
-- messages_sent: direct messages that the member wrote
-- messages_received: direct messages that others wrote
-- conversations_started: conversations whose first message is the member's, in the week of that message
-- conversations_answered: the member's first answer to a conversation that another person began, in the week of the answer
with message_counts as (
    select
        member,
        platform,
        week,
        count(is_sent) filter (is_sent) as sent,
        count(is_sent) filter (not is_sent) as received
    from messages
    group by all
),

started as (
    select
        member,
        platform,
        started_week as week,
        count(conversation) as conversations
    from conversations
    where is_started
    group by all
),

answered as (
    select
        member,
        platform,
        answered_week as week,
        count(conversation) as conversations
    from conversations
    where answered_week is not null
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(weeks.messages, coalesce(message_counts.sent, 0), null) as messages_sent,
        if(weeks.messages, coalesce(message_counts.received, 0), null) as messages_received,
        if(weeks.messages, coalesce(started.conversations, 0), null) as conversations_started,
        if(weeks.messages, coalesce(answered.conversations, 0), null) as conversations_answered
    from platform_weeks as weeks
    left join message_counts
        on
            weeks.member = message_counts.member
            and weeks.platform = message_counts.platform
            and weeks.week = message_counts.week
    left join started
        on weeks.member = started.member and weeks.platform = started.platform and weeks.week = started.week
    left join answered
        on weeks.member = answered.member and weeks.platform = answered.platform and weeks.week = answered.week
)

select
    member,
    platform,
    week,
    messages_sent,
    messages_received,
    conversations_started,
    conversations_answered
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(messages_sent)::bigint as messages_sent,
    sum(messages_received)::bigint as messages_received,
    sum(conversations_started)::bigint as conversations_started,
    sum(conversations_answered)::bigint as conversations_answered
from per_platform
group by member, week
