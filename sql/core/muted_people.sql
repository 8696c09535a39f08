-- People whom no suggestion names for a while, because the member said so: done rests for twelve weeks, later for four,
-- never for good. Whoever the member met or called, as the own log says, rests for two weeks, like after a message.
-- Marks win over exports: nothing in an export shortens them.
-- Key: member, person
-- until: first day on which the person may be named again
with rests as (
    select
        member,
        person,
        case mark
            when 'done' then marked_on + 84
            when 'later' then marked_on + 28
            else date '9999-12-31'
        end as until
    from marks
    where mark in ('done', 'later', 'never')
),

met as (
    select
        entries.member,
        known.person,
        entries.day + 15 as until
    from own_entries as entries
    inner join names_known_once as known on entries.member = known.member and entries.other = known.folded_name
    where entries.kind in ('meeting', 'call')
),

together as (
    select member, person, until
    from rests
    union all
    select member, person, until
    from met
)

select
    member,
    person,
    max(until) as until
from together
group by member, person
