-- Requests to connect, by time of sending. The file reaches back some months only; earlier weeks are unknown.
-- Source: Invitations.csv (clock of Los Angeles). Window: from its oldest row on. Maturity: 28 days for acceptance.
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
