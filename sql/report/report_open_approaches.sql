-- Messages younger than 28 days that look like recruiting and have no answer: to be checked, not simply answered. A source
-- of messages older than 14 days names none: the member may have answered since. Nobody whom the member marked as done, later or
-- never, or met since, is named.
-- Key: member, other
-- day: when they first wrote
-- position: place in the list, the newest first
with message_ends as (
    select
        member,
        platform,
        max(until) as until
    from availability
    where source = 'messages'
    group by all
)

select
    approaches.member,
    approaches.other,
    approaches.name,
    day_of(approaches.written_at, members.time_zone) as day,
    row_number() over (
        partition by approaches.member order by approaches.written_at desc, approaches.other
    ) as position
from recruiter_approaches as approaches
inner join report_members as members on approaches.member = members.member
inner join message_ends on approaches.member = message_ends.member and approaches.platform = message_ends.platform
anti join muted_people as muted
    on
        approaches.member = muted.member
        and approaches.person = muted.person
        and members.as_of < muted.until
where
    approaches.grade != 'possible'
    and approaches.answered_at is null
    and approaches.name is not null
    and day_of(approaches.written_at, members.time_zone) between members.as_of - 27 and members.as_of
    and message_ends.until >= members.as_of - 14
order by approaches.member, position
