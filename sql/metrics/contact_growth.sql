-- Question: How does the network grow?
-- Definition: connections by their date, so survivors: who left before the first export is in none of them. Losses show
-- only between two exports of one platform.
-- Unit: contacts.
-- Source: Connections.csv, XING's contacts.
-- Absent: where no list of contacts covers the week; contacts_lost with one export only. Once given, a list carries its
-- last number on in contacts_total over all platforms.
-- Window: all weeks; contacts_lost from the week of the first export on.
-- Maturity: final when the export covers the week; a later export may show a contact of the week for the first time,
-- which the report tells as a correction.
-- Key: member, platform, week
-- contacts_total: connections with a date in or before the week, and undated ones, at its end
-- contacts_new: connections whose date lies in the week, those included that a later export lacks
-- contacts_lost: contacts of an earlier export that a later one lacks, in the week of the first export that lacks them
with snapshots as (
    select
        member,
        platform,
        as_of,
        date_trunc('week', as_of)::date as week,
        sum(missing)::bigint as missing,
        sum(lost)::bigint as lost
    from contact_days
    group by all
),

spans as (
    select
        member,
        platform,
        min(week) as first_week,
        count(as_of) as snapshots
    from snapshots
    group by all
),

newest as (
    select
        member,
        platform,
        connected_on,
        max(known) as known
    from contact_days
    group by all
),

additions as (
    select
        member,
        platform,
        date_trunc('week', connected_on)::date as week,
        sum(known)::bigint as contacts
    from newest
    group by all
),

undated as (
    select
        member,
        platform,
        contacts
    from additions
    where week is null
),

first_weeks as (
    select
        member,
        min(week) as week
    from weeks
    group by all
),

-- What was missing before the first dated event is missing in its week.
missing_by_week as (
    select
        snapshots.member,
        snapshots.platform,
        greatest(snapshots.week, first_weeks.week) as week,
        max_by(snapshots.missing, snapshots.as_of) as missing,
        (sum(snapshots.lost) filter (snapshots.week >= first_weeks.week))::bigint as lost
    from snapshots
    inner join first_weeks on snapshots.member = first_weeks.member
    group by all
),

-- Where a platform's contacts were ever given, an empty list among them, its last known number is carried on.
holders as (
    select distinct member, platform
    from availability
    where source = 'contacts'
),

counted as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        weeks.contacts as is_covered,
        coalesce(additions.contacts, 0) as contacts_new,
        coalesce(missing_by_week.lost, 0) as lost,
        missing_by_week.missing,
        coalesce(undated.contacts, 0) as undated,
        spans.snapshots > 1 and weeks.week >= spans.first_week as has_history,
        holders.member is not null as has_contacts
    from platform_weeks as weeks
    left join additions
        on weeks.member = additions.member and weeks.platform = additions.platform and weeks.week = additions.week
    left join holders on weeks.member = holders.member and weeks.platform = holders.platform
    left join undated on weeks.member = undated.member and weeks.platform = undated.platform
    left join spans on weeks.member = spans.member and weeks.platform = spans.platform
    left join missing_by_week
        on
            weeks.member = missing_by_week.member
            and weeks.platform = missing_by_week.platform
            and weeks.week = missing_by_week.week
),

running as (
    select
        *,
        undated
        + sum(contacts_new) over (partition by member, platform order by week)::bigint
        - coalesce(last_value(missing ignore nulls) over (partition by member, platform order by week), 0) as total
    from counted
),

per_platform as (
    select
        member,
        platform,
        week,
        if(is_covered, total, null) as contacts_total,
        if(is_covered, contacts_new, null) as contacts_new,
        if(is_covered and has_history, lost, null) as contacts_lost,
        if(has_contacts, total, null) as carried_total
    from running
)

select
    member,
    platform,
    week,
    contacts_total,
    contacts_new,
    contacts_lost
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(carried_total)::bigint as contacts_total,
    sum(contacts_new)::bigint as contacts_new,
    sum(contacts_lost)::bigint as contacts_lost
from per_platform
group by member, week
