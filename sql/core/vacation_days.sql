-- Every day of a member's vacations, as far as the member's weeks reach, each once however many vacations hold it.
-- Key: member, day
-- day: on the member's clock
with spans as (
    select
        member,
        min(week) as first_day,
        max(week) + 6 as last_day
    from weeks
    group by member
)

select distinct
    vacations.member,
    unnest(generate_series(
        greatest(vacations.first_day, spans.first_day)::timestamp,
        least(vacations.last_day, spans.last_day)::timestamp,
        interval 1 day
    ))::date as day
from stg_vacations as vacations
inner join spans on vacations.member = spans.member
