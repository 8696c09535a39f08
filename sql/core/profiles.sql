-- The link of everybody the member wrote with on LinkedIn, as the newest export writes it.
-- Key: member, address
-- address: canonical profile address
-- profile: the link
select
    member,
    address,
    max_by(link, (as_of, link)) as profile
from stg_linkedin_links
where address is not null
group by member, address
