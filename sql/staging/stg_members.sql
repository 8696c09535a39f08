-- Whom a report is made for and what was asked.
-- Key: member
-- member: key of the member
-- name: the member's name as members.toml or the export gives it, null where nobody says
-- language: de or en
-- time_zone: IANA zone in which the member's weeks and days are counted
-- started_on: day on which the search or the coaching began, null where members.toml names none
-- asked_week: Monday of the week asked for, null for the last complete one
select
    member,
    name,
    coalesce(language, 'de') as language,
    coalesce(time_zone, 'Europe/Berlin') as time_zone,
    started_on,
    try_cast(date_trunc('week', make_date(try_cast(left(week, 4) as integer), 1, 4)) as date)
    + 7 * (try_cast(right(week, 2) as integer) - 1) as asked_week
from raw_members
