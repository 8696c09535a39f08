-- Question: How many requests to connect go out and come in, and how many are accepted?
-- Definition: requests by the time of sending, on the clock of Los Angeles as the file writes them; accepted ones by a
-- connection of that day or later with the same profile address.
-- Unit: requests.
-- Source: Invitations.csv; Connections.csv for those accepted.
-- Absent: where the file does not reach back to the week or is missing; invitations_accepted also where it has no
-- usable addresses.
-- Window: from the file's oldest row on, six to eleven months back.
-- Maturity: final when the export covers the week; invitations_accepted is open until 28 days after the week.
-- Research: 31 % were accepted of 200,000 sales requests (a vendor, 2025/26), an orientation that no sentence uses.
-- Key: member, platform, week
-- invitations_sent: requests that the member sent in the week
-- invitations_received: requests that the member received in the week
-- invitations_accepted: requests sent in the week whose receiver became a contact on that day or later, by profile
--   address; absent where the file has no usable addresses
with addressed as (
    select
        member,
        platform,
        count(address) > 0 as has_addresses
    from invitations
    group by all
),

counts as (
    select
        member,
        platform,
        week,
        count(is_sent) filter (is_sent) as sent,
        count(is_sent) filter (not is_sent) as received,
        count(accepted_on) filter (is_sent) as accepted
    from invitations
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(weeks.invitations, coalesce(counts.sent, 0), null) as invitations_sent,
        if(weeks.invitations, coalesce(counts.received, 0), null) as invitations_received,
        if(
            weeks.invitations and weeks.contacts and addressed.has_addresses, coalesce(counts.accepted, 0), null
        ) as invitations_accepted
    from platform_weeks as weeks
    left join addressed on weeks.member = addressed.member and weeks.platform = addressed.platform
    left join counts
        on weeks.member = counts.member and weeks.platform = counts.platform and weeks.week = counts.week
)

select
    member,
    platform,
    week,
    invitations_sent,
    invitations_received,
    invitations_accepted
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(invitations_sent)::bigint as invitations_sent,
    sum(invitations_received)::bigint as invitations_received,
    sum(invitations_accepted)::bigint as invitations_accepted
from per_platform
group by member, week
