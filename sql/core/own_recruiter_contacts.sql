-- Recruiters who approached the member, as the own log says: certain, and the only ones that XING can have.
-- Key: member, platform, other
-- platform: linkedin or xing where the entry names it, else own
-- other: name on one spelling; the day where the entry names nobody
-- name: as written, null where the entry names nobody
-- day: of the first entry
select
    member,
    coalesce(found_on, 'own') as platform,
    coalesce(other, strftime(day, '%Y-%m-%d') || ' #' || copy) as other,
    max(name) as name,
    min(day) as day
from own_entries
where kind = 'recruiter_contact'
group by member, coalesce(found_on, 'own'), coalesce(other, strftime(day, '%Y-%m-%d') || ' #' || copy)
