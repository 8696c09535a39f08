-- How many of the member's requests were accepted, judged 28 days after sending so that none is counted too early.
-- Key: member
-- sent: requests of the 26 weeks before those 28 days, as far as the export reaches back
-- accepted: those whose receiver became a contact on the day of sending or later
-- open: requests sent later than that, not judged yet
with sent as (
    select
        invitations.member,
        invitations.day <= members.week + 6 - 28 as is_ripe,
        invitations.accepted_on is not null as is_accepted
    from invitations
    inner join report_members as members on invitations.member = members.member
    where
        invitations.is_sent
        and invitations.address is not null
        and invitations.day <= members.week + 6
        and invitations.day > members.week + 6 - 28 - 7 * 26
)

select
    member,
    count(member) filter (is_ripe) as sent,
    count(member) filter (is_ripe and is_accepted) as accepted,
    count(member) filter (not is_ripe and not is_accepted) as open
from sent
group by member
order by member
