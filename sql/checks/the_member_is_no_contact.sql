-- The member is never among their own contacts, by link or, where a contact has none, by name.
-- member: whose contacts
-- what: the platform
select distinct
    contacts.member,
    contacts.platform as what
from contacts
inner join stg_owners as owners
    on
        contacts.member = owners.member
        and (
            contacts.address = owners.address
            or (contacts.address is null and contacts.folded_name = owners.folded_name)
        )
where contacts.platform != 'own'
order by contacts.member, what
