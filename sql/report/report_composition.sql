-- Question: Who are the contacts?
-- Definition: who the contacts are, as far as their titles and companies say: seniority, and the companies with most
-- contacts. Where any title tells a seniority, those that do not, and contacts without a title, are counted as well.
-- Titles and companies are those of the newest export, for contacts dated up to the reported week.
-- Unit: contacts.
-- Source: titles and companies of Connections.csv; XING's export holds neither.
-- Absent: no row of seniority where no title tells one; companies with fewer than two contacts.
-- Window: contacts dated up to the reported week, of those that the newest export still holds.
-- Maturity: changes with each export: titles are those of the newest.
-- Key: member, dimension, value
-- dimension: seniority or company
-- contacts: contacts at the end of the reported week that the newest export still holds
-- contacts_new: those of them made in the 12 weeks up to the reported one
-- value: the seniority, or `untold`, which is none; or the company as most of its contacts write it
-- place: place among the values of its dimension
with current_contacts as (
    select
        contacts.member,
        roles.seniority,
        works.company_key,
        works.company,
        contacts.connected_on > members.week + 6 - 84 as is_new
    from contacts
    inner join contact_roles as roles
        on
            contacts.member = roles.member
            and contacts.platform = roles.platform
            and contacts.contact = roles.contact
    left join contact_companies as works
        on
            contacts.member = works.member
            and contacts.platform = works.platform
            and contacts.contact = works.contact
    inner join report_members as members on contacts.member = members.member
    where contacts.is_current and contacts.connected_on <= members.week + 6
),

counted as (
    select
        member,
        'seniority' as dimension,
        coalesce(seniority, 'untold') as value,
        count(member) as contacts,
        count(member) filter (is_new) as contacts_new
    from current_contacts
    group by all
    union all
    select
        member,
        'company' as dimension,
        min(company) as value,
        count(member) as contacts,
        count(member) filter (is_new) as contacts_new
    from current_contacts
    where company_key is not null
    group by member, company_key
),

ranked as (
    select
        *,
        row_number() over (partition by member, dimension order by value = 'untold', contacts desc, value) as place,
        bool_or(value != 'untold') over (partition by member, dimension) as is_told
    from counted
)

select
    member,
    dimension,
    value,
    contacts,
    contacts_new,
    place
from ranked
where (dimension = 'seniority' and is_told) or (dimension = 'company' and place <= 5 and contacts >= 2)
order by member, dimension, place
