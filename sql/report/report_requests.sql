-- Question: How many of the member's requests are accepted, how soon, and does a note help?
-- Definition: how many of the member's requests were accepted within 28 days: those of the 26 weeks before the last 28
-- days, as far as the export reaches back, so that none is judged too early; the younger ones are open.
-- Unit: requests; days for half_within.
-- Source: Invitations.csv with profile addresses, Connections.csv.
-- Absent: no row where no request of these weeks has an address; half_within below ten accepted ones.
-- Window: the 26 weeks before the last 28 days, as far as Invitations.csv reaches back, which is six to eleven months.
-- Maturity: each request is judged 28 days after it was sent, the same time for all, and open until then.
-- Research: only a vendor's sales requests are published (31 % accepted), an orientation that no sentence uses.
-- Key: member, note
-- note: all, with or without
-- sent: requests that had their 28 days by the end of the reported week
-- accepted: those of them whose receiver became a contact within these days
-- open: requests that have not had their 28 days and are not accepted yet
-- half_within: days within which half of the accepted ones were accepted, null below ten
with recent as (
    select
        outcomes.member,
        outcomes.has_note,
        outcomes.judged_on is not null and outcomes.judged_on <= members.week + 6 as is_judged,
        outcomes.accepted_on is not null and outcomes.accepted_on <= members.week + 6 as is_accepted,
        outcomes.days
    from request_outcomes as outcomes
    inner join report_members as members on outcomes.member = members.member
    where
        outcomes.day <= members.week + 6
        and outcomes.day > members.week + 6 - 28 - 7 * 26
),

grouped as (
    select *, 'all' as note
    from recent
    union all
    select *, if(has_note, 'with', 'without') as note
    from recent
)

select
    member,
    note,
    count(member) filter (is_judged) as sent,
    count(member) filter (is_judged and is_accepted) as accepted,
    count(member) filter (not is_judged and not is_accepted) as open,
    case
        when count(member) filter (is_judged and is_accepted) >= 10
            then quantile_disc(days, 0.5) filter (is_judged and is_accepted)
    end as half_within
from grouped
group by member, note
order by member, note
