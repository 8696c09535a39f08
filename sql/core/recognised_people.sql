-- Dated recommendations and endorsements with the person behind them: the contact with the recognition's address, where it
-- has none the only contact of its name. Namesakes are nobody's friends.
-- kind: recommendation or endorsement
-- direction: given or received
-- day: on the member's clock
with addressed as (
    select
        contacts.member,
        contacts.platform,
        contacts.address,
        people.folded_name,
        people.person
    from contacts
    inner join people
        on
            contacts.member = people.member
            and contacts.platform = people.platform
            and contacts.contact = people.contact
),

named as (
    select
        member,
        platform,
        folded_name,
        min(person) as person
    from addressed
    group by all
    having count(distinct person) = 1
)

select
    recognitions.member,
    addressed.person,
    recognitions.kind,
    recognitions.direction,
    recognitions.day
from recognitions
inner join addressed
    on
        recognitions.member = addressed.member
        and recognitions.platform = addressed.platform
        and recognitions.address = addressed.address
union all
select
    recognitions.member,
    named.person,
    recognitions.kind,
    recognitions.direction,
    recognitions.day
from recognitions
inner join named
    on
        recognitions.member = named.member
        and recognitions.platform = named.platform
        and recognitions.folded_name = named.folded_name
where recognitions.address is null
