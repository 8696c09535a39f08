-- Question: Which dormant ties came back to life, and did they answer?
-- Definition: ties woken after at least three years of silence, by quarter: the quarter of the reported Sunday and the
-- three before, up to that Sunday. Quarters without one have no row.
-- Unit: ties.
-- Source: messages in conversations of two.
-- Absent: no row for a quarter without one, or where no file of messages was given.
-- Window: the quarter of the reported Sunday and the three before.
-- Maturity: answers are judged 28 days after the first message and open until then.
-- Research: three years of silence make a tie dormant (Levin, Walter and Murnighan 2011).
-- Key: member, quarter
-- quarter: first day of the quarter
-- woken: ties that the member woke
-- answered: those of them that were answered within 28 days
-- open: those that were not answered and have not had their 28 days
-- came_back: ties that the other person woke
with reached as (
    select
        availability.member,
        least(max(availability.until), max(members.week) + 6) as until
    from availability
    inner join report_members as members on availability.member = members.member
    where availability.source = 'messages'
    group by availability.member
),

recent as (
    select
        woken.member,
        date_trunc('quarter', woken.day)::date as quarter,
        woken.is_woken_by_member,
        coalesce(woken.answered_on <= reached.until, false) as is_answered,
        woken.day + 28 <= reached.until as is_final
    from woken_ties as woken
    inner join reached on woken.member = reached.member
    inner join report_members as members on woken.member = members.member
    where
        woken.day <= members.week + 6
        and woken.day >= date_trunc('quarter', members.week + 6) - interval 9 month
)

select
    member,
    quarter,
    count(quarter) filter (is_woken_by_member) as woken,
    count(quarter) filter (is_woken_by_member and is_answered) as answered,
    count(quarter) filter (is_woken_by_member and not is_answered and not is_final) as open,
    count(quarter) filter (not is_woken_by_member) as came_back
from recent
group by member, quarter
order by member, quarter
