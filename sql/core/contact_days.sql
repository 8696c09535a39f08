-- For each snapshot and each day of connecting: how many contacts are known by then, and how many of them it lacks.
-- A hidden row may be a named contact of another snapshot, so hidden rows are compared as a number per day: a contact
-- whose account was closed is not lost.
-- Key: member, platform, as_of, connected_on
-- connected_on: day of connecting, null for undated contacts
-- rows: contacts of that day in the snapshot
-- known: contacts of that day that this or an earlier snapshot has shown
-- missing: known contacts of that day that the snapshot lacks
-- lost: missing ones that the snapshot before still had
with snapshots as (
    select distinct member, platform, as_of
    from contact_snapshots
),

days as (
    select distinct member, platform, connected_on
    from contacts
),

row_counts as (
    select
        snapshots.member,
        snapshots.platform,
        snapshots.as_of,
        contacts.connected_on,
        count(snapshots.contact) as rows
    from contact_snapshots as snapshots
    inner join contacts
        on
            snapshots.member = contacts.member
            and snapshots.platform = contacts.platform
            and snapshots.contact = contacts.contact
    group by all
),

first_named as (
    select
        member,
        platform,
        connected_on,
        first_seen,
        count(contact) as contacts
    from contacts
    where not is_hidden
    group by all
),

grid as (
    select
        days.member,
        days.platform,
        snapshots.as_of,
        days.connected_on,
        coalesce(row_counts.rows, 0) as rows,
        coalesce(first_named.contacts, 0) as first_named
    from days
    inner join snapshots on days.member = snapshots.member and days.platform = snapshots.platform
    left join row_counts
        on
            days.member = row_counts.member
            and days.platform = row_counts.platform
            and snapshots.as_of = row_counts.as_of
            and days.connected_on is not distinct from row_counts.connected_on
    left join first_named
        on
            days.member = first_named.member
            and days.platform = first_named.platform
            and snapshots.as_of = first_named.first_seen
            and days.connected_on is not distinct from first_named.connected_on
),

running as (
    select
        member,
        platform,
        as_of,
        connected_on,
        rows,
        greatest(
            sum(first_named) over (partition by member, platform, connected_on order by as_of),
            max(rows) over (partition by member, platform, connected_on order by as_of)
        )::bigint as known
    from grid
)

select
    member,
    platform,
    as_of,
    connected_on,
    rows,
    known,
    known - rows as missing,
    greatest(
        known - rows - coalesce(lag(known - rows) over (partition by member, platform, connected_on order by as_of), 0),
        0
    ) as lost
from running
