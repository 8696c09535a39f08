-- Exports that were held back because they are somebody else's, or nobody can tell whose.
-- Severity: warn
-- member: whose inbox
-- what: the export
select
    member,
    export as what
from raw_exports
where held_back is not null
order by member, what
