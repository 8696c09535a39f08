-- Question: How often is there exchange, and is it even?
-- Definition: how often there was exchange in the 26 weeks up to the reported one, and how even it was: how often
-- first, because frequent exchange is what carries (Flynn 2003). With it the guard against self-exploitation.
-- is_one_sided is conservative on purpose: only people with whom both sides had written before these 26 weeks count, so
-- that looking for a job by writing to new people is never taken for it; the member wrote to at least ten of them, on
-- at least 60 days counted for each person, and in both halves of the time at least twice as often as they wrote back.
-- Recommendations, endorsements and the own log must not say the opposite: where more was received than given of them,
-- it is not one-sided.
-- Unit: weeks; people; acts; days of writing.
-- Source: messages in conversations of two, recommendations, endorsements and the own log: only channels with two
-- directions.
-- Absent: no row where no file of messages covers the reported week; advice_messages where no file of messages covers the weeks.
-- Window: the 26 weeks up to the reported one, twelve for advice.
-- Maturity: a day of writing counts once the other side has written, so the latest weeks may still grow.
-- Research: exchange that is frequent raises status and productivity, generosity that is rare does not (Flynn 2003).
-- Key: member
-- weeks: of the 26 weeks, those known
-- exchange_weeks: those in which the member and somebody else wrote, gave or received
-- people: people who wrote to the member and to whom the member wrote in these weeks
-- given: acts by the member on all channels with two directions
-- received: acts by others on them
-- old_people: people of longer standing to whom the member wrote
-- old_given: for each of them, the days on which the member wrote
-- old_received: for each of them, the days on which they wrote
-- is_one_sided: whether giving is clearly one-sided
-- advice_messages: messages by the member in the last twelve weeks whose wording asks for advice
-- advice_people: to how many people
with totals as (
    select
        weeks.member,
        count(weeks.week) as weeks,
        count(weeks.week) filter (weeks.given + weeks.received > 0) as exchange_weeks,
        sum(weeks.given)::bigint as given,
        sum(weeks.received)::bigint as received,
        sum(weeks.received - weeks.turns_received)::bigint > sum(weeks.given - weeks.turns_given)::bigint
            as is_recognised,
        sum(weeks.advice_messages) filter (weeks.week > members.week - 7 * 12)::bigint as advice_messages
    from report_exchange_weeks as weeks
    inner join report_members as members on weeks.member = members.member
    group by weeks.member
),

covering as (
    select distinct
        turns.member,
        turns.platform
    from give_and_take as turns
    inner join report_members as members on turns.member = members.member and turns.week = members.week
    where turns.platform != 'all' and turns.turns_given is not null
),

-- One row for each person, over the platforms that cover the reported week.
persons as (
    select
        days.member,
        days.person,
        bool_or(days.sent > 0) filter (days.day <= members.week + 6 - 182)
        and bool_or(days.received > 0) filter (days.day <= members.week + 6 - 182) as is_old,
        count(days.day) filter (days.sent > 0 and days.day > members.week + 6 - 182) as given,
        count(days.day) filter (days.received > 0 and days.day > members.week + 6 - 182) as received,
        count(days.day) filter (days.sent > 0 and days.day > members.week + 6 - 91) as given_late,
        count(days.day) filter (days.received > 0 and days.day > members.week + 6 - 91) as received_late,
        coalesce(sum(days.advice_asked) filter (days.day > members.week + 6 - 84), 0) > 0 as is_asked
    from exchange_days as days
    inner join report_members as members on days.member = members.member
    inner join covering on days.member = covering.member and days.platform = covering.platform
    where days.day <= members.week + 6
    group by days.member, days.person
),

sided as (
    select
        member,
        count(person) filter (given > 0 and received > 0) as people,
        count(person) filter (is_old and given > 0) as old_people,
        coalesce(sum(given) filter (is_old), 0)::bigint as old_given,
        coalesce(sum(received) filter (is_old), 0)::bigint as old_received,
        coalesce(sum(given_late) filter (is_old), 0)::bigint as given_late,
        coalesce(sum(received_late) filter (is_old), 0)::bigint as received_late,
        count(person) filter (is_asked) as advice_people
    from persons
    group by member
)

select
    totals.member,
    totals.weeks,
    totals.exchange_weeks,
    coalesce(sided.people, 0) as people,
    totals.given,
    totals.received,
    coalesce(sided.old_people, 0) as old_people,
    coalesce(sided.old_given, 0) as old_given,
    coalesce(sided.old_received, 0) as old_received,
    coalesce(
        totals.weeks = 26
        and not totals.is_recognised
        and sided.old_people >= 10
        and sided.old_given >= 60
        and sided.given_late >= 2 * sided.received_late
        and sided.old_given - sided.given_late >= 2 * (sided.old_received - sided.received_late)
        and sided.given_late > 0
        and sided.old_given > sided.given_late,
        false
    ) as is_one_sided,
    totals.advice_messages,
    coalesce(sided.advice_people, 0) as advice_people
from totals
left join sided on totals.member = sided.member
order by totals.member
