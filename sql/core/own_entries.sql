-- The entries of the member's own log across all its copies: of equal ones the largest number in any one export counts.
-- Key: member, day, kind, direction, other, found_on, copy
-- day: as the member noted it
-- week: Monday of that week
-- kind: meeting, call, greeting, introduction, referral, advice_asked, advice_given or recruiter_contact
-- direction: given, received or mutual, seen from the member
-- other: name of the other person on one spelling, null where the entry names nobody
-- name: that name as written
-- found_on: platform on which a recruiter was met, null elsewhere
-- copy: 1 for the first of equal entries, 2 for the second
with numbered as (
    select
        entries.member,
        entries.export,
        entries.day,
        entries.kind,
        entries.direction,
        coalesce(entries.folded_name, entries.name) as other,
        entries.name,
        entries.platform as found_on,
        row_number() over (
            partition by
                entries.member,
                entries.export,
                entries.day,
                entries.kind,
                entries.direction,
                coalesce(entries.folded_name, entries.name),
                entries.platform
            order by entries.file, entries.row
        ) as copy
    from stg_own_activity as entries
    inner join stg_exports as exports on entries.member = exports.member and entries.export = exports.export
)

select
    member,
    day,
    date_trunc('week', day)::date as week,
    kind,
    direction,
    other,
    max(name) as name,
    found_on,
    copy
from numbered
group by member, day, kind, direction, other, found_on, copy
