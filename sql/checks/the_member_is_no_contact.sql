-- The member is never among their own contacts.
-- member: whose contacts
-- what: the platform
select distinct
    contacts.member,
    contacts.platform as what
from contacts
inner join stg_owners as owners
    on contacts.member = owners.member and contacts.address = owners.address
order by contacts.member, what
