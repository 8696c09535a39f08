-- Which contacts on different platforms are one person. Two are when their profile address or e-mail agrees, or their
-- folded name where each platform knows that name exactly once: a name that one platform knows twice joins nobody.
-- Key: member, platform, contact
-- person: the same for the contacts of one person
with named as (
    select
        member,
        platform,
        contact,
        address,
        email_key,
        folded_name
    from contacts
    where folded_name is not null
),

known_once as (
    select
        member,
        platform,
        folded_name,
        min(contact) as contact
    from named
    group by all
    having count(contact) = 1
),

pairs as (
    select
        xing.member,
        xing.contact as xing_contact,
        linkedin.contact as linkedin_contact
    from known_once as xing
    inner join known_once as linkedin
        on
            xing.member = linkedin.member
            and xing.folded_name = linkedin.folded_name
            and linkedin.platform = 'linkedin'
    where xing.platform = 'xing'
    union
    select
        xing.member,
        xing.contact as xing_contact,
        linkedin.contact as linkedin_contact
    from named as xing
    inner join named as linkedin
        on
            xing.member = linkedin.member
            and linkedin.platform = 'linkedin'
            and (xing.address = linkedin.address or xing.email_key = linkedin.email_key)
    where xing.platform = 'xing' and (xing.address is not null or xing.email_key is not null)
),

matches as (
    select
        member,
        xing_contact,
        min(linkedin_contact) as linkedin_contact
    from pairs
    group by all
)

select
    named.member,
    named.platform,
    named.contact,
    named.folded_name,
    if(
        matches.linkedin_contact is null,
        named.platform || ' ' || named.contact,
        'linkedin ' || matches.linkedin_contact
    ) as person
from named
left join matches
    on named.member = matches.member and named.platform = 'xing' and named.contact = matches.xing_contact
