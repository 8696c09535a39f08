-- Recruiters who approached the member, as the own log says: certain, and the only ones that XING can have.
-- Without an export of XING there are no numbers of XING, and what LinkedIn's own numbers count is in LinkedIn's messages
-- and invitations; there these are numbers of the log itself. Whoever the member marked as no recruiter is none, whatever was
-- noted before: by the name of the mark, and by the name of the person that a marked profile belongs to.
-- Key: member, platform, other
-- platform: xing where the entry names it and an export of it is there, else own
-- other: name on one spelling; day and place where the entry names nobody
-- name: as written, null where the entry names nobody
-- day: of the first entry
with cleared as (
    select answers.member, answers.folded_name
    from stg_own_marks as answers
    inner join stg_exports as exports on answers.member = exports.member and answers.export = exports.export
    where answers.mark = 'no_recruiter' and answers.address is null
    union
    select known.member, known.folded_name
    from marks
    inner join names_known_once as known on marks.member = known.member and marks.person = known.person
    where marks.mark = 'no_recruiter'
),

logged as (
    select
        entries.member,
        if(exports.member is null, 'own', 'xing') as platform,
        coalesce(
            entries.other,
            concat_ws(' ', strftime(entries.day, '%Y-%m-%d'), entries.found_on, '#' || entries.copy)
        ) as other,
        entries.name,
        entries.day
    from own_entries as entries
    left join (select distinct member, platform from stg_exports) as exports  -- noqa: ST05
        on entries.member = exports.member and entries.found_on = exports.platform and exports.platform = 'xing'
    anti join cleared on entries.member = cleared.member and entries.other = cleared.folded_name
    where entries.kind = 'recruiter_contact'
)

select
    member,
    platform,
    other,
    max(name) as name,
    min(day) as day
from logged
group by member, platform, other
