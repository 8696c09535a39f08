-- Dated recommendations, endorsements and logged help with the person behind them: the contact with the recognition's
-- address, where it has none the only contact of its name; for the own log the only person of the name. Namesakes are
-- nobody's friends.
-- kind: recommendation or endorsement; of the own log introduction, referral, advice_asked or advice_given
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
union all
select
    entries.member,
    known.person,
    entries.kind,
    entries.direction,
    entries.day
from own_entries as entries
inner join names_known_once as known on entries.member = known.member and entries.other = known.folded_name
where entries.kind in ('introduction', 'referral', 'advice_asked', 'advice_given')
