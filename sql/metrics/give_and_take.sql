-- Question: Do the member and others give each other, and how often?
-- Definition: the days on which one person wrote to another, so that nobody counts for more who cuts a thought into
-- five messages, and only between people who have both written: an unanswered approach, the member's or a stranger's,
-- is neither giving nor taking. How often there is exchange comes first, then how even it is.
-- Unit: days of writing, counted for each person; entries of the own log; messages for advice_messages.
-- Source: messages in conversations of two, and the own log, whose entries are given, received, or both where they are
-- mutual.
-- Absent: where no file of messages, or no own log, covers the week, each for its own columns.
-- Window: all weeks, as far as threads were not deleted.
-- Maturity: never quite: a day counts once the other side has written, so the latest weeks may still grow.
-- Research: exchange that is frequent raises status and productivity, generosity that is rare does not (Flynn 2003, 161
-- engineers).
-- Key: member, platform, week
-- turns_given: for each person, the days on which the member wrote
-- turns_received: for each person, the days on which that person wrote
-- log_given: entries of the own log that the member gave; meetings and calls are mutual and count on both sides
-- log_received: entries of the own log that others gave
-- advice_messages: messages by the member whose wording asks for advice, answered or not
with mutual as (
    select
        member,
        person
    from exchange_days
    group by all
    having sum(sent) > 0 and sum(received) > 0
),

turns as (
    select
        exchange_days.member,
        exchange_days.platform,
        date_trunc('week', exchange_days.day)::date as week,
        count(mutual.person) filter (exchange_days.sent > 0) as given,
        count(mutual.person) filter (exchange_days.received > 0) as received,
        sum(exchange_days.advice_asked)::bigint as advice
    from exchange_days
    left join mutual on exchange_days.member = mutual.member and exchange_days.person = mutual.person
    group by all
),

logged as (
    select
        member,
        week,
        count(kind) filter (direction != 'received') as given,
        count(kind) filter (direction != 'given') as received
    from own_entries
    where kind != 'recruiter_contact'
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(weeks.messages, coalesce(turns.given, 0), null) as turns_given,
        if(weeks.messages, coalesce(turns.received, 0), null) as turns_received,
        if(weeks.log and weeks.platform = 'own', coalesce(logged.given, 0), null) as log_given,
        if(weeks.log and weeks.platform = 'own', coalesce(logged.received, 0), null) as log_received,
        if(weeks.messages, coalesce(turns.advice, 0), null) as advice_messages
    from platform_weeks as weeks
    left join turns on weeks.member = turns.member and weeks.platform = turns.platform and weeks.week = turns.week
    left join logged on weeks.member = logged.member and weeks.week = logged.week
)

select
    member,
    platform,
    week,
    turns_given,
    turns_received,
    log_given,
    log_received,
    advice_messages
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(turns_given)::bigint as turns_given,
    sum(turns_received)::bigint as turns_received,
    sum(log_given)::bigint as log_given,
    sum(log_received)::bigint as log_received,
    sum(advice_messages)::bigint as advice_messages
from per_platform
group by member, week
