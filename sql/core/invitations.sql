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
-- other: address of the other person, else the name
-- copy: 1 for the first of equal records, 2 for the second
with numbered as (
    select
        invitations.*,
        exports.platform,
        exports.as_of,
        row_number() over (
            partition by
                invitations.member,
                invitations.export,
                invitations.is_sent,
                invitations.sent_at,
                coalesce(invitations.address, invitations.name)
            order by invitations.file, invitations.row
        ) as copy
    from stg_linkedin_invitations as invitations
    inner join stg_exports as exports
        on invitations.member = exports.member and invitations.export = exports.export
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
        max(note_key) as note_key
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
    connections.connected_on as accepted_on
from merged
inner join stg_members as members on merged.member = members.member
left join connections
    on
        merged.member = connections.member
        and merged.platform = connections.platform
        and merged.address = connections.address
        and connections.connected_on >= merged.sent_at::date
