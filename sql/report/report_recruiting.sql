-- Question: What became of those who look like recruiting: wrote first, answered, open?
-- Definition: what became of recruiting contacts of the 26 weeks up to the reported one: inferred, see
-- recruiter_approaches.
-- Unit: people; days for median_days.
-- Source: messages.csv, Invitations.csv, titles of Connections.csv, the own log.
-- Absent: no row where nobody of these weeks looks like recruiting; median_days below five answers.
-- Window: the 26 weeks up to the reported one.
-- Maturity: an answer counts within 28 days; a message younger than that by the end of the week, or of the export where
-- that ends earlier, is open and stands in no rate.
-- Research: recruiters themselves call a reply to every fifth message acceptable (recruiting.xing.com); this is about
-- the member's own answers.
-- Key: member
-- wrote_first: people who look like recruiting and wrote first: answered, open and unanswered together
-- answered: those of them whom the member answered within 28 days
-- open: those without an answer whose first message is younger than 28 days
-- unanswered: those without an answer within 28 days
-- invited: people who look like recruiting and, by the end of the week, had only sent a request
-- logged: recruiters whom only the member's own log knows
-- ripe: those who wrote first at least 28 days before
-- ripe_answered: those of them whom the member answered within 28 days
-- median_days: median days from their first message to the member's answer within 28 days, days of the member's clock; null
--   below five answers
with message_ends as (
    select
        member,
        platform,
        max(until) as until
    from availability
    where source = 'messages'
    group by all
),

recent as (
    select
        approaches.member,
        -- Who had only invited by the reported Sunday and wrote later has not written yet.
        approaches.has_written and day_of(approaches.written_at, members.time_zone) <= members.week + 6 as has_written,
        approaches.approached_at is null as is_logged,
        day_of(approaches.written_at, members.time_zone) as written_on,
        if(approaches.answered_week <= members.week, day_of(approaches.answered_at, members.time_zone), null)
            as answered_on,
        least(members.week + 6, message_ends.until) as judged_on
    from recruiter_approaches as approaches
    inner join report_members as members on approaches.member = members.member
    left join message_ends
        on approaches.member = message_ends.member and approaches.platform = message_ends.platform
    where
        approaches.grade != 'possible'
        and approaches.week <= members.week
        and approaches.week > members.week - 7 * 26
),

judged as (
    select
        *,
        answered_on - written_on as days,
        coalesce(answered_on <= written_on + 28, false) as is_answered,
        written_on + 28 <= judged_on as is_ripe
    from recent
)

select
    member,
    count(member) filter (has_written) as wrote_first,
    count(member) filter (has_written and is_answered) as answered,
    count(member) filter (has_written and not is_answered and not is_ripe) as open,
    count(member) filter (has_written and not is_answered and is_ripe) as unanswered,
    count(member) filter (not has_written and not is_logged) as invited,
    count(member) filter (is_logged) as logged,
    count(member) filter (has_written and is_ripe) as ripe,
    count(member) filter (has_written and is_ripe and is_answered) as ripe_answered,
    case
        when count(days) filter (has_written and is_answered) >= 5
            then quantile_cont(days, 0.5) filter (has_written and is_answered)
    end as median_days
from judged
group by member
order by member
