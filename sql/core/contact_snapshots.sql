-- Who was a contact on which platform, by every export that says so: the history of the network.
-- Exports of one platform and day are one snapshot. The member is never among them, whatever the spelling.
-- Key: member, platform, as_of, contact
-- as_of: day of the snapshot
-- contact: the same for the same contact in every snapshot; profile address, else name and day of connecting
-- is_hidden: a closed account: counted as a contact, not a person; numbered within its day
with linkedin as (
    select
        contacts.member,
        'linkedin' as platform,
        exports.as_of,
        contacts.export,
        contacts.file,
        contacts.row,
        contacts.address,
        contacts.profile,
        contacts.email_key,
        contacts.name,
        contacts.folded_name,
        contacts.company,
        contacts.title,
        contacts.connected_on,
        contacts.is_hidden
    from stg_linkedin_contacts as contacts
    inner join stg_exports as exports on contacts.member = exports.member and contacts.export = exports.export
),

xing as (
    select
        contacts.member,
        'xing' as platform,
        exports.as_of,
        contacts.export,
        contacts.file,
        contacts.row,
        null as address,
        null as profile,
        null as email_key,
        contacts.name,
        contacts.folded_name,
        null as company,
        null as title,
        contacts.connected_on,
        contacts.folded_name is null as is_hidden
    from stg_xing_contacts as contacts
    inner join stg_exports as exports on contacts.member = exports.member and contacts.export = exports.export
),

records as (
    select * from linkedin
    union all
    select * from xing
),

own_addresses as (
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

-- A contact of the member's name is the member unless both links are known and differ: then it is a namesake.
others as (
    select records.*
    from records
    left join own_addresses on records.member = own_addresses.member and records.address = own_addresses.address
    left join own_names
        on
            records.member = own_names.member
            and records.folded_name = own_names.folded_name
            and (records.address is null or not own_names.has_address)
    where own_addresses.member is null and own_names.member is null
),

lookalikes as (
    select
        member,
        platform,
        export,
        as_of,
        folded_name,
        connected_on,
        count(folded_name) as rows,
        min(address) as least_address,
        max(address) as address
    from others
    where folded_name is not null
    group by all
),

-- Exports before 2023 write no links, and links change: one name and day of connecting that no export has twice is one
-- contact, under its newest link.
addressed as (
    select
        member,
        platform,
        folded_name,
        connected_on,
        max_by(address, (as_of, export)) as address
    from lookalikes
    group by all
    having min(least_address) = max(address) or (max(rows) = 1 and connected_on is not null)
),

named as (
    select
        others.* exclude (address),
        coalesce(others.address, addressed.address) as address,
        case
            when others.is_hidden then 'hidden ' || coalesce(strftime(others.connected_on, '%Y-%m-%d'), '')
            else coalesce(
                addressed.address,
                others.address,
                others.folded_name || ' ' || coalesce(strftime(others.connected_on, '%Y-%m-%d'), ''),
                others.name || ' ' || coalesce(strftime(others.connected_on, '%Y-%m-%d'), '')
            )
        end as identity
    from others
    left join addressed
        on
            others.member = addressed.member
            and others.platform = addressed.platform
            and others.folded_name = addressed.folded_name
            and others.connected_on is not distinct from addressed.connected_on
),

-- Few stand twice in an export.
twice as (
    select
        member,
        platform,
        export,
        identity
    from named
    group by all
    having count(file) > 1
),

copies as (
    select
        named.member,
        named.export,
        named.file,
        named.row,
        row_number() over (
            partition by named.member, named.platform, named.export, named.identity order by named.file, named.row
        ) as copy
    from named
    inner join twice
        on
            named.member = twice.member
            and named.platform = twice.platform
            and named.export = twice.export
            and named.identity = twice.identity
),

numbered as (
    select
        named.*,
        named.identity || if(copies.copy > 1, ' #' || copies.copy, '') as contact
    from named
    left join copies
        on
            named.member = copies.member
            and named.export = copies.export
            and named.file = copies.file
            and named.row = copies.row
),

-- Only where a day has several exports may a contact stand in more than one.
several as (
    select member, platform, as_of
    from others
    group by all
    having min(export) < max(export)
),

alone as (
    select
        numbered.member,
        numbered.platform,
        numbered.as_of,
        numbered.contact,
        numbered.is_hidden,
        numbered.address,
        numbered.profile,
        numbered.email_key,
        numbered.name,
        numbered.folded_name,
        numbered.company,
        numbered.title,
        numbered.connected_on
    from numbered
    anti join several
        on
            numbered.member = several.member
            and numbered.platform = several.platform
            and numbered.as_of = several.as_of
),

once as (
    select
        numbered.member,
        numbered.platform,
        numbered.as_of,
        numbered.contact,
        numbered.is_hidden,
        max_by(numbered.address, (numbered.export, numbered.file, numbered.row)) as address,
        max_by(numbered.profile, (numbered.export, numbered.file, numbered.row)) as profile,
        max_by(numbered.email_key, (numbered.export, numbered.file, numbered.row)) as email_key,
        max_by(numbered.name, (numbered.export, numbered.file, numbered.row)) as name,
        max_by(numbered.folded_name, (numbered.export, numbered.file, numbered.row)) as folded_name,
        max_by(numbered.company, (numbered.export, numbered.file, numbered.row)) as company,
        max_by(numbered.title, (numbered.export, numbered.file, numbered.row)) as title,
        max_by(numbered.connected_on, (numbered.export, numbered.file, numbered.row)) as connected_on
    from numbered
    inner join several
        on
            numbered.member = several.member
            and numbered.platform = several.platform
            and numbered.as_of = several.as_of
    group by numbered.member, numbered.platform, numbered.as_of, numbered.contact, numbered.is_hidden
)

select
    member, platform, as_of, contact, is_hidden, address, profile, email_key, name, folded_name, company, title,
    connected_on
from alone
union all
select
    member, platform, as_of, contact, is_hidden, address, profile, email_key, name, folded_name, company, title,
    connected_on
from once
