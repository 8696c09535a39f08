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

ordered as (
    select
        member,
        person,
        day,
        is_begun,
        lag(day) over before as silent_since,
        sum(sent) over before > sent and sum(received) over before > received as was_mutual,
        min(if(sent > 0, day, null)) over after as next_sent_on,
        min(if(received > 0, day, null)) over after as next_received_on
    from person_days
    window
        before as (partition by member, person order by day),
        after as (
            partition by member, person order by day rows between current row and unbounded following
        )
)

select
    member,
    person,
    day,
    silent_since,
    is_begun as is_woken_by_member,
    case
        when is_begun and next_received_on <= day + 28 then next_received_on
        when not is_begun and next_sent_on <= day + 28 then next_sent_on
    end as answered_on
from ordered
where was_mutual and silent_since + interval 3 year <= day
