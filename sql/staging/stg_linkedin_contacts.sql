-- Connections.csv, one row per record. Company and title are those of the export's day, not of the day of connecting.
-- Rows of closed accounts carry a date and nothing else: they are contacts without being persons.
-- Key: member, export, file, row
-- address: canonical profile address, null in exports before 2023 and in hidden rows
-- profile: the link as the export writes it
-- folded_name: the name on one spelling
-- connected_on: the UTC day on which the connection was made
-- is_hidden: whether the row names nobody
-- email_key: keyed hash of the e-mail address, null where none is shown
-- name: first and last name as written
-- company: employer
-- title: position
select
    member,
    export,
    file,
    row,
    profile_address(url) as address,
    url as profile,
    email_key,
    nullif(trim(concat_ws(' ', first_name, last_name)), '') as name,
    fold_name(concat_ws(' ', first_name, last_name)) as folded_name,
    company,
    position as title,
    connected_on,
    profile_address(url) is null and first_name is null and last_name is null as is_hidden
from raw_linkedin_connections
