-- What became of the member's requests to connect, judged 28 days after sending, the same time for each: requests to
-- people with a known profile address only, since nothing else tells whether they accepted.
-- Key: member, platform, sent_at, other, copy
-- sent_at: UTC
-- other: profile address of the receiver
-- copy: 1 for the first of equal records, 2 for the second
-- day: of sending, on the member's clock
-- has_note: whether the request bore a note
-- accepted_on: day of the connection, within 28 days; null where there is none by then
-- days: days from sending to that connection
-- judged_on: day on which the outcome is final; null where the export of contacts does not reach that far
with reached as (
    select
        member,
        platform,
        max(until) as until
    from availability
    where source = 'contacts'
    group by member, platform
),

timed as (
    select
        *,
        -- The export gives the day of connecting in UTC.
        date_diff('day', sent_at::date, accepted_on) as days
    from invitations
    where is_sent and address is not null
)

select
    timed.member,
    timed.platform,
    timed.sent_at,
    timed.other,
    timed.copy,
    timed.day,
    timed.note_key is not null as has_note,
    if(timed.days <= 28, timed.accepted_on, null) as accepted_on,
    if(timed.days <= 28, timed.days, null) as days,
    if(timed.day + 28 <= reached.until, timed.day + 28, null) as judged_on
from timed
left join reached on timed.member = reached.member and timed.platform = reached.platform
