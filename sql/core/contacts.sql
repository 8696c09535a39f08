-- Every contact that any export of a platform has named, once, as the newest export that names them writes it.
-- Hidden contacts count only as far as no named contact of another snapshot can stand behind them: `contact_days` does that.
-- People of the member's own list are among them, with the platform `own`: persons whom no export can name, but no connections,
-- so contact_growth, which counts those, does not know them.
-- Key: member, platform, contact
-- first_seen: day of the first snapshot that holds the contact
-- last_seen: day of the last one
-- is_current: whether the newest snapshot of the platform holds the contact
-- connected_on: day of connecting, of people on the own list the day since which they are known
with newest as (
    select
        member,
        platform,
        max(as_of) as as_of
    from contact_snapshots
    group by all
)

select
    snapshots.member,
    snapshots.platform,
    snapshots.contact,
    snapshots.is_hidden,
    min(snapshots.as_of) as first_seen,
    max(snapshots.as_of) as last_seen,
    max(snapshots.as_of) = newest.as_of as is_current,
    max_by(snapshots.address, snapshots.as_of) as address,
    max_by(snapshots.profile, snapshots.as_of) as profile,
    max_by(snapshots.email_key, snapshots.as_of) as email_key,
    arg_max_null(snapshots.name, snapshots.as_of) as name,
    max_by(snapshots.folded_name, snapshots.as_of) as folded_name,
    arg_max_null(snapshots.company, snapshots.as_of) as company,
    arg_max_null(snapshots.title, snapshots.as_of) as title,
    min(snapshots.connected_on) as connected_on
from contact_snapshots as snapshots
inner join newest on snapshots.member = newest.member and snapshots.platform = newest.platform
group by snapshots.member, snapshots.platform, snapshots.contact, snapshots.is_hidden, newest.as_of
union all
select
    member,
    'own' as platform,
    contact,
    false as is_hidden,
    first_seen,
    last_seen,
    true as is_current,
    address,
    profile,
    email_key,
    name,
    folded_name,
    company,
    title,
    known_since as connected_on
from own_people
