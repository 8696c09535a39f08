-- Question: How often do recruiters turn to the member?
-- Definition: inferred from titles, first messages and subjects, because no export marks recruiters and none holds who
-- only looked at the profile; see recruiter_approaches. XING's export holds names alone, so there the number is absent
-- until the member's own log names a recruiter.
-- Unit: persons for recruiter_contacts; conversations for recruiter_replies.
-- Source: messages.csv, Invitations.csv, titles of Connections.csv, the own log.
-- Absent: where no messages.csv covers the week; outside LinkedIn before the first week that the log names.
-- Window: all weeks; outside LinkedIn from the first week on that the log names.
-- Maturity: final when the export covers the week, as far as titles stay as they are: who becomes a recruiter later
-- counts by the first message of long ago. Whether a message was answered is judged 28 days after it, in
-- report_recruiting; recruiter_replies counts answers in their own week.
-- Research: recruiters themselves call a reply to every fifth message acceptable (recruiting.xing.com); almost half of
-- them get at most 20 of 100 (ICR 2013).
-- Key: member, platform, week
-- recruiter_contacts: people who wrote or invited first and look like recruiting by title, first message or subject,
--   each once, in the week of their first message or invitation
-- recruiter_replies: the member's first answer to one of them, in the week of the answer
with approaches as (
    select
        member,
        platform,
        week,
        count(other) as contacts
    from recruiter_approaches
    where grade != 'possible'
    group by all
),

replies as (
    select
        member,
        platform,
        answered_week as week,
        count(other) as replies
    from recruiter_approaches
    where grade != 'possible' and answered_week is not null
    group by all
),

logs as (
    select
        approaches.member,
        approaches.platform,
        min(approaches.week) as first_week
    from approaches
    where approaches.platform != 'linkedin'
    group by all
),

log_weeks as (
    select
        weeks.member,
        logs.platform,
        weeks.week
    from platform_weeks as weeks
    inner join logs on weeks.member = logs.member and weeks.week >= logs.first_week
    where weeks.platform = 'own' and weeks.log
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(
            (weeks.messages and weeks.platform = 'linkedin') or log_weeks.week is not null,
            coalesce(approaches.contacts, 0),
            null
        ) as recruiter_contacts,
        if(weeks.messages and weeks.platform = 'linkedin', coalesce(replies.replies, 0), null) as recruiter_replies
    from platform_weeks as weeks
    left join approaches
        on
            weeks.member = approaches.member
            and weeks.platform = approaches.platform
            and weeks.week = approaches.week
    left join log_weeks
        on weeks.member = log_weeks.member and weeks.platform = log_weeks.platform and weeks.week = log_weeks.week
    left join replies
        on weeks.member = replies.member and weeks.platform = replies.platform and weeks.week = replies.week
)

select
    member,
    platform,
    week,
    recruiter_contacts,
    recruiter_replies
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(recruiter_contacts)::bigint as recruiter_contacts,
    sum(recruiter_replies)::bigint as recruiter_replies
from per_platform
group by member, week
