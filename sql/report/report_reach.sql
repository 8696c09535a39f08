-- Question: How far does the network reach, and how concentrated is it?
-- Definition: how far the network reaches: in how many companies the contacts of the newest export work, those dated up
-- to the reported week, and how much of them the five largest hold. Only LinkedIn names companies.
-- Unit: contacts; companies.
-- Source: companies of Connections.csv; XING's export names none.
-- Absent: no row where no contact names a company; the share below 20 of these or ten companies.
-- Window: contacts dated up to the reported week, of those that the newest export still holds.
-- Maturity: changes with each export: companies are those of the newest.
-- Key: member
-- contacts: contacts with a company
-- companies: distinct companies, each on one spelling
-- largest_five: contacts in the five companies with most of them
-- share: their part of the contacts with a company; null below 20 of these or below ten companies
with current_contacts as (
    select
        works.member,
        works.company_key,
        count(works.contact) as contacts
    from contact_companies as works
    inner join contacts
        on
            works.member = contacts.member
            and works.platform = contacts.platform
            and works.contact = contacts.contact
    inner join report_members as members on works.member = members.member
    where contacts.is_current and contacts.connected_on <= members.week + 6
    group by works.member, works.company_key
),

ranked as (
    select
        *,
        row_number() over (partition by member order by contacts desc, company_key) as place
    from current_contacts
),

summed as (
    select
        member,
        sum(contacts)::bigint as contacts,
        count(company_key) as companies,
        sum(contacts) filter (place <= 5)::bigint as largest_five
    from ranked
    group by member
)

select
    member,
    contacts,
    companies,
    largest_five,
    if(contacts >= 20 and companies >= 10, largest_five / contacts, null) as share
from summed
order by member
