-- Contacts of a XING Datenauskunft, one row per record: a name and, mostly, when the contact was confirmed.
-- Key: member, export, file, row
-- connected_on: the day of the confirmation on the member's clock, null where the export gives none
-- name: as written
-- folded_name: the name on one spelling
-- confirmed_at: UTC
select
    contacts.member,
    contacts.export,
    contacts.file,
    contacts.row,
    contacts.name,
    fold_name(contacts.name) as folded_name,
    contacts.confirmed_at,
    day_of(contacts.confirmed_at, members.time_zone) as connected_on
from raw_xing_contacts as contacts
inner join stg_members as members on contacts.member = members.member
