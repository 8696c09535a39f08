-- Profile links in messages, each spelling once: few distinct links stand for many messages.
-- Key: member, link
-- link: as the export writes it
-- address: canonical profile address behind it
-- as_of: day of the newest export that writes it so
with links as (
    select distinct member, export, sender_url as link
    from raw_linkedin_messages
    union
    select distinct member, export, recipient_urls as link
    from raw_linkedin_messages
    where not contains(recipient_urls, ',')
)

select
    links.member,
    links.link,
    profile_address(links.link) as address,
    max(exports.as_of) as as_of
from links
inner join stg_exports as exports on links.member = exports.member and links.export = exports.export
where links.link is not null
group by all
