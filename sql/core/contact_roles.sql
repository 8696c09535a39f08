-- What a contact's title says about them. Titles are those of the newest export.
-- Key: member, platform, contact
-- seniority: see title_ranks; null without a title and where the title does not tell
-- is_recruiter: the title names recruiting as the work of today, see title_roles
-- is_hr: the title names human resources in general
select
    contacts.member,
    contacts.platform,
    contacts.contact,
    ranks.seniority,
    coalesce(roles.is_recruiter, false) as is_recruiter,
    coalesce(roles.is_hr, false) as is_hr
from contacts
left join title_roles as roles on contacts.member = roles.member and contacts.title = roles.title
left join title_ranks as ranks on contacts.member = ranks.member and contacts.title = ranks.title
