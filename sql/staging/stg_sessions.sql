-- Sessions with a coach as members.toml gives them.
-- Key: member, held_on
-- held_on: day of the session
-- agreed: what was agreed, a text each
select
    member,
    held_on,
    agreed
from raw_member_sessions
