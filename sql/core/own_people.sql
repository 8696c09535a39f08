-- People whom the member knows offline, across all copies of the own list, each once. The member is never among them.
-- Key: member, contact
-- contact: the same for the same person in every copy: profile address, else the name
-- first_seen: day of the first copy that names the person
-- last_seen: day of the last one
-- known_since: earliest day that a copy gives
with own_addresses as (
    select distinct member, address
    from stg_owners
    where address is not null
),

own_names as (
    select distinct
        owners.member,
        owners.folded_name,
        own_addresses.member is not null as has_address
    from stg_owners as owners
    left join own_addresses on owners.member = own_addresses.member
    where owners.folded_name is not null
),

others as (
    select
        listed.*,
        exports.as_of,
        row_number() over (
            partition by listed.member, listed.export, coalesce(listed.address, listed.folded_name, listed.name)
            order by listed.file, listed.row
        ) as copy
    from stg_own_people as listed
    inner join stg_exports as exports on listed.member = exports.member and listed.export = exports.export
    anti join own_addresses on listed.member = own_addresses.member and listed.address = own_addresses.address
    anti join own_names
        on
            listed.member = own_names.member
            and listed.folded_name = own_names.folded_name
            and (listed.address is null or not own_names.has_address)
)

select
    member,
    coalesce(address, folded_name, name) || if(copy > 1, ' #' || copy, '') as contact,
    min(as_of) as first_seen,
    max(as_of) as last_seen,
    max(address) as address,
    max_by(profile, (as_of, export)) as profile,
    max_by(email_key, (as_of, export)) as email_key,
    max_by(name, (as_of, export)) as name,
    max_by(folded_name, (as_of, export)) as folded_name,
    max_by(company, (as_of, export)) as company,
    max_by(title, (as_of, export)) as title,
    min(known_since) as known_since
from others
group by member, contact
