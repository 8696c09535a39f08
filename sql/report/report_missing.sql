-- What a full report of the member would need beyond what is there, and can be had: what takes longest to get first.
-- Key: member, source
select
    states.member,
    states.source,
    states.platform,
    states.position,
    states.metrics,
    states.way,
    states.state,
    states.as_of
from source_states as states
inner join report_members as members on states.member = members.member
where states.state != 'available' and states.way is not null
order by states.member, states.position
