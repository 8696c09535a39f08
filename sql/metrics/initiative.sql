-- Question: Who takes the first step?
-- Definition: requests and conversations begun by the member beside those begun by others. Conversations in the spam
-- folder are nobody's first step. LinkedIn hardly lists requests that the member ignored, so those received are too few
-- rather than too many. What became of requests is judged in request_outcomes.
-- Unit: requests; conversations.
-- Source: Invitations.csv, messages.csv, XING's messages.
-- Absent: requests where Invitations.csv does not reach back to the week or is missing, conversations where no file of
-- messages covers it.
-- Window: requests from the file's oldest row on, six to eleven months back; conversations all weeks.
-- Maturity: final when the export covers the week.
-- Research: networking by job seekers goes with more offers beyond advertisements and agencies, not with finding work
-- as such (Van Hoye et al. 2009, 1,177 people); training it raises the quality of the new job (Wanberg et al. 2020).
-- Key: member, platform, week
-- requests_noted: requests sent in the week that bore a note
-- requests_made: requests that the member sent in the week
-- requests_got: requests that others sent in the week
-- conversations_begun: conversations whose first message, in this week, is the member's
-- conversations_got: conversations whose first message, in this week, is another person's
with requests as (
    select
        member,
        platform,
        week,
        count(note_key) filter (is_sent) as noted,
        count(is_sent) filter (is_sent) as made,
        count(is_sent) filter (not is_sent) as got
    from invitations
    group by all
),

begun as (
    select
        conversations.member,
        conversations.platform,
        conversations.started_week as week,
        count(conversations.is_started) filter (conversations.is_started) as made,
        count(conversations.is_started) filter (not conversations.is_started) as got
    from conversations
    anti join stg_linkedin_spam as spam
        on
            conversations.member = spam.member
            and conversations.conversation = spam.conversation
            and conversations.platform = 'linkedin'
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(weeks.invitations, coalesce(requests.noted, 0), null) as requests_noted,
        if(weeks.invitations, coalesce(requests.made, 0), null) as requests_made,
        if(weeks.invitations, coalesce(requests.got, 0), null) as requests_got,
        if(weeks.messages, coalesce(begun.made, 0), null) as conversations_begun,
        if(weeks.messages, coalesce(begun.got, 0), null) as conversations_got
    from platform_weeks as weeks
    left join requests
        on weeks.member = requests.member and weeks.platform = requests.platform and weeks.week = requests.week
    left join begun
        on weeks.member = begun.member and weeks.platform = begun.platform and weeks.week = begun.week
)

select
    member,
    platform,
    week,
    requests_noted,
    requests_made,
    requests_got,
    conversations_begun,
    conversations_got
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(requests_noted)::bigint as requests_noted,
    sum(requests_made)::bigint as requests_made,
    sum(requests_got)::bigint as requests_got,
    sum(conversations_begun)::bigint as conversations_begun,
    sum(conversations_got)::bigint as conversations_got
from per_platform
group by member, week
