-- Ties that were woken: the first message either way after a silence of at least three years between two people who had
-- written to each other, both of them, before. Three years is what research on dormant ties takes (Levin, Walter and
-- Murnighan 2011), and the same limit as that of the band "dormant".
-- Key: member, person, day
-- person: the same for one person on all platforms
-- day: of the message that woke the tie, on the member's clock
-- silent_since: day of the last message before
-- is_woken_by_member: whether the member wrote first
-- answered_on: first day, up to 28 days later, on which the other side wrote; null while there is none
with person_days as (
    select
        member,
        person,
        day,
        sum(sent)::bigint as sent,
        sum(received)::bigint as received,
        -- On two platforms the same day: the member woke the tie only where nobody else began.
        bool_and(is_begun) as is_begun
    from exchange_days
    group by member, person, day
),

-- Few have been written with for so long that years of silence fit in.
long_known as (
    select
        member,
        person
    from person_days
    group by member, person
    having min(day) + interval 3 year <= max(day)
),

spaced as (
    select
        days.member,
        days.person,
        days.day,
        days.is_begun,
        lag(days.day) over (partition by days.member, days.person order by days.day) as silent_since
    from person_days as days
    inner join long_known on days.member = long_known.member and days.person = long_known.person
),

silences as (
    select *
    from spaced
    where silent_since + interval 3 year <= day
)

select
    silences.member,
    silences.person,
    silences.day,
    silences.silent_since,
    silences.is_begun as is_woken_by_member,
    min(person_days.day) filter (
        person_days.day between silences.day and silences.day + 28
        and if(silences.is_begun, person_days.received, person_days.sent) > 0
    ) as answered_on
from silences
inner join person_days on silences.member = person_days.member and silences.person = person_days.person
group by silences.member, silences.person, silences.day, silences.silent_since, silences.is_begun
having
    sum(person_days.sent) filter (person_days.day < silences.day) > 0
    and sum(person_days.received) filter (person_days.day < silences.day) > 0
