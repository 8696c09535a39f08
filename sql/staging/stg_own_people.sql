-- People whom the member knows offline, one row per record of the own list.
-- Key: member, export, file, row
-- address: canonical profile address, null where the list gives none
-- profile: the link as the list writes it
-- email_key: keyed hash of the e-mail address, null where the list gives none
-- folded_name: the name on one spelling
-- name: as written
-- company: employer
-- title: position
-- known_since: day since which they know each other; the first one of the month or the year where the list gives no day
select
    member,
    export,
    file,
    row,
    profile_address(profile) as address,
    profile,
    email_key,
    name,
    fold_name(name) as folded_name,
    company,
    title,
    known_since
from raw_own_people
where name is not null
