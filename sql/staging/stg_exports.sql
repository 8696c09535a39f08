-- Exports that are used: they could be opened and belong to the member.
-- Key: member, export
-- export: SHA-256 of the file
-- platform: linkedin, xing or own
-- as_of: the day that the export describes
-- owner: the name under which the export runs
-- owner_address: the member's own address in it, null where none shows
select
    member,
    export,
    platform,
    as_of,
    owner,
    owner_address
from raw_exports
where error is null and held_back is null and as_of is not null
