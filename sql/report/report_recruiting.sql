-- What became of recruiting contacts of the 26 weeks up to the reported one: inferred, see recruiter_approaches.
-- Maturity: an answer is waited for 28 days; until then a message is open and stands in no rate.
-- Research: recruiters themselves call a reply to every fifth message acceptable; this is about the member's own answers.
-- Key: member
-- wrote_first: people who look like recruiting and wrote first
-- answered: those of them whom the member answered
-- open: those not answered yet
-- invited: people who look like recruiting and only sent a request
-- logged: recruiters whom only the member's own log knows
-- ripe: those who wrote first at least 28 days before the end of the reported week
-- ripe_answered: those of them whom the member answered
-- median_days: median days from their first message to the member's answer, null below five answers
with recent as (
    select
        approaches.member,
        approaches.has_written,
        approaches.approached_at is null as is_logged,
        coalesce(approaches.answered_week <= members.week, false) as is_answered,
        approaches.day <= members.week + 6 - 28 as is_ripe,
        date_diff('day', approaches.written_at, approaches.answered_at) as days
    from recruiter_approaches as approaches
    inner join report_members as members on approaches.member = members.member
    where
        approaches.grade != 'possible'
        and approaches.week <= members.week
        and approaches.week > members.week - 7 * 26
)

select
    member,
    count(member) filter (has_written) as wrote_first,
    count(member) filter (has_written and is_answered) as answered,
    count(member) filter (has_written and not is_answered) as open,
    count(member) filter (not has_written and not is_logged) as invited,
    count(member) filter (is_logged) as logged,
    count(member) filter (has_written and is_ripe) as ripe,
    count(member) filter (has_written and is_ripe and is_answered) as ripe_answered,
    case
        when count(days) filter (has_written and is_answered) >= 5
            then quantile_cont(days, 0.5) filter (has_written and is_answered)
    end as median_days
from recent
group by member
order by member
