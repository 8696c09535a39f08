-- Recruiters who approached the member, as the own log says: certain, and the only ones that XING can have.
-- Without an export of XING there are no numbers of XING, and what LinkedIn's own numbers count is in LinkedIn's messages
-- and invitations; there these are numbers of the log itself.
-- Key: member, platform, other
-- platform: xing where the entry names it and an export of it is there, else own
-- other: name on one spelling; the day where the entry names nobody
-- name: as written, null where the entry names nobody
-- day: of the first entry
with logged as (
    select
        entries.member,
        if(exports.member is null, 'own', 'xing') as platform,
        coalesce(entries.other, strftime(entries.day, '%Y-%m-%d') || ' #' || entries.copy) as other,
        entries.name,
        entries.day
    from own_entries as entries
    left join (select distinct member, platform from stg_exports) as exports  -- noqa: ST05
        on entries.member = exports.member and entries.found_on = exports.platform and exports.platform = 'xing'
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
