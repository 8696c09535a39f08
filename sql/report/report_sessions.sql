-- Sessions with a coach up to the day of the newest export.
-- Key: member, held_on
-- held_on: day of the session
-- agreed: what was agreed, a text each
select
    sessions.member,
    sessions.held_on,
    sessions.agreed
from stg_sessions as sessions
inner join report_members as members on sessions.member = members.member
where sessions.held_on <= members.as_of
order by sessions.member, sessions.held_on
