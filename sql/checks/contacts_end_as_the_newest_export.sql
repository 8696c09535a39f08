-- At the end of its newest export a platform has as many contacts as that export has rows, apart from the member's own.
-- member: whose contacts
-- what: platform and both numbers
with newest as (
    select
        member,
        platform,
        max(as_of) as as_of
    from contact_snapshots
    group by all
),

snapshot_rows as (
    select
        snapshots.member,
        snapshots.platform,
        snapshots.as_of,
        count(snapshots.contact) as contacts
    from contact_snapshots as snapshots
    inner join newest
        on
            snapshots.member = newest.member
            and snapshots.platform = newest.platform
            and snapshots.as_of = newest.as_of
    group by all
)

select
    snapshot_rows.member,
    concat(
        snapshot_rows.platform, ': ', coalesce(growth.contacts_total::varchar, 'nothing'), ' instead of ',
        snapshot_rows.contacts
    ) as what
from snapshot_rows
inner join weeks
    on snapshot_rows.member = weeks.member and date_trunc('week', snapshot_rows.as_of)::date = weeks.week
left join contact_growth as growth
    on
        snapshot_rows.member = growth.member
        and snapshot_rows.platform = growth.platform
        and weeks.week = growth.week
where growth.contacts_total is distinct from snapshot_rows.contacts
order by snapshot_rows.member, what
