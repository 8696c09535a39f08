-- How far contacts of different platforms were recognised as one person, over the newest export of each platform.
-- Key: member
-- matched: pairs that are one person
-- ambiguous: how many names report_ambiguous_names lists; never merged
with newest as (
    select
        people.member,
        people.platform,
        people.person
    from people
    inner join contacts
        on
            people.member = contacts.member
            and people.platform = contacts.platform
            and people.contact = contacts.contact
    where contacts.is_current and people.platform != 'own'
),

ambiguous as (
    select
        member,
        count(folded_name) as names
    from report_ambiguous_names
    group by all
),

joined as (
    select
        member,
        person
    from newest
    group by all
    having count(distinct platform) > 1
),

matched as (
    select
        member,
        count(person) as pairs
    from joined
    group by all
)

select
    members.member,
    coalesce(matched.pairs, 0) as matched,
    coalesce(ambiguous.names, 0) as ambiguous
from report_members as members
left join matched on members.member = matched.member
left join ambiguous on members.member = ambiguous.member
order by members.member
