-- Vacations as members.toml gives them, each once.
-- Key: member, first_day, last_day
-- first_day: first day off
-- last_day: last day off
select distinct
    member,
    first_day,
    last_day
from raw_member_vacations
