-- How far contacts of different platforms were recognised as one person, over the newest export of each platform.
-- Key: member
-- matched: pairs that are one person
-- ambiguous: distinct folded names that both platforms know and at least one knows more than once; never merged
with newest as (
    select
        people.member,
        people.platform,
        people.folded_name,
        people.person
    from people
    inner join contacts
        on
            people.member = contacts.member
            and people.platform = contacts.platform
            and people.contact = contacts.contact
    where contacts.is_current and people.platform != 'own'
),

names as (
    select
        member,
        folded_name,
        count(folded_name) filter (platform = 'linkedin') as linkedin,
        count(folded_name) filter (platform = 'xing') as xing
    from newest
    group by all
),

ambiguous as (
    select
        member,
        count(folded_name) as names
    from names
    where linkedin > 0 and xing > 0 and (linkedin > 1 or xing > 1)
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
