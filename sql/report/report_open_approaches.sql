-- Messages of the last 30 days that look like recruiting and have no answer: to be checked, not simply answered.
-- Key: member, other
-- day: when they first wrote
-- position: place in the list, newest first
select
    approaches.member,
    approaches.other,
    approaches.name,
    approaches.day,
    row_number() over (partition by approaches.member order by approaches.day desc, approaches.other) as position
from recruiter_approaches as approaches
inner join report_members as members on approaches.member = members.member
where
    approaches.grade != 'possible'
    and approaches.has_written
    and approaches.answered_at is null
    and approaches.name is not null
    and approaches.day between members.as_of - 30 and members.as_of
order by approaches.member, position
