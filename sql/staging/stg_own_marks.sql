-- How the member answered suggestions, one row per line of marks.csv or call of `kontaktpuls mark`.
-- Key: member, export, file, row
-- name: as written, null where the line gives a link alone
-- folded_name: that name on one spelling
-- address: canonical profile address, null where the line gives a name alone
-- mark: done, later, never or no_recruiter
-- marked_on: the day of the mark
select
    member,
    export,
    file,
    row,
    name,
    fold_name(name) as folded_name,
    profile_address(profile) as address,
    mark,
    marked_on
from raw_own_marks
where mark is not null and marked_on is not null
