-- Requests to connect, sent and received, across all exports.
-- Of equal records the largest number in any one export counts.
-- Key: member, platform, is_sent, sent_at, other, copy
-- sent_at: UTC
-- week: Monday of the week on the member's clock
-- is_sent: true when the member invited
-- address: canonical profile address of the other person, null where the file has no usable link
-- accepted_on: day of the connection with that address at or after the day of sending; null while there is none and
--   where the address is unknown
-- day: on the member's clock
-- first_seen: day of the first export that holds the request
-- other: address of the other person, else the name
-- copy: 1 for the first of equal records, 2 for the second
with records as (
    select
        invitations.*,
        exports.platform,
        exports.as_of
    from stg_linkedin_invitations as invitations
    inner join stg_exports as exports
        on invitations.member = exports.member and invitations.export = exports.export
),

lookalikes as (
    select
        member,
        export,
        as_of,
        is_sent,
        sent_at,
        name,
        count(sent_at) as rows,
        min(address) as least_address,
        max(address) as address
    from records
    where name is not null
    group by all
),

-- Older exports hold no usable links, and links change: one name and moment that no export has twice is one request, under
-- its newest link.
addressed as (
    select
        member,
        is_sent,
        sent_at,
        name,
        max_by(address, (as_of, export)) as address
    from lookalikes
    group by all
    having min(least_address) = max(address) or max(rows) = 1
),

identified as (
    select
        records.* exclude (address),
        coalesce(addressed.address, records.address) as address
    from records
    left join addressed
        on
            records.member = addressed.member
            and records.is_sent = addressed.is_sent
            and records.sent_at = addressed.sent_at
            and records.name = addressed.name
),

numbered as (
    select
        *,
        row_number() over (
            partition by member, export, is_sent, sent_at, coalesce(address, name)
            order by file, row
        ) as copy
    from identified
),

merged as (
    select
        member,
        platform,
        is_sent,
        sent_at,
        coalesce(address, name) as other,
        copy,
        max(address) as address,
        max(profile) as profile,
        max(name) as name,
        max(note_key) as note_key,
        min(as_of) as first_seen
    from numbered
    group by all
),

connections as (
    select
        member,
        platform,
        address,
        max(connected_on) as connected_on
    from contacts
    where address is not null
    group by all
)

select
    merged.member,
    merged.platform,
    merged.is_sent,
    merged.sent_at,
    day_of(merged.sent_at, members.time_zone) as day,
    week_of(merged.sent_at, members.time_zone) as week,
    merged.other,
    merged.copy,
    merged.address,
    merged.profile,
    merged.name,
    fold_name(merged.name) as folded_name,
    merged.note_key,
    connections.connected_on as accepted_on,
    merged.first_seen
from merged
inner join stg_members as members on merged.member = members.member
left join connections
    on
        merged.member = connections.member
        and merged.platform = connections.platform
        and merged.address = connections.address
        and connections.connected_on >= merged.sent_at::date
