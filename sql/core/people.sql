-- Which contacts on different platforms are one person. Two are when their profile address or e-mail agrees, or their
-- folded name where each platform knows that name exactly once: a name that one platform knows twice joins nobody. What
-- the newest exports know decides; a contact of the past stands for a name that nobody bears today.
-- People of the own list are joined in the same way. Only persons are here: no closed accounts, no second rows of one link.
-- Key: member, platform, contact
-- person: the same for the contacts of one person
with named as (
    select
        member,
        platform,
        contact,
        address,
        email_key,
        folded_name,
        is_current
    from contacts
    -- A link that one export holds twice is one person: only its first row stands for them.
    where folded_name is not null and (address is null or not starts_with(contact, address || ' #'))
),

known_once as (
    select
        member,
        platform,
        folded_name,
        coalesce(min(contact) filter (is_current), min(contact)) as contact
    from named
    group by all
    having
        count(contact) filter (is_current) = 1
        or (count(contact) filter (is_current) = 0 and count(contact) = 1)
),

-- LinkedIn knows most of a person, the own list least: the name of the one that knows more stands for both.
pairs as (
    select
        lesser.member,
        lesser.platform,
        lesser.contact,
        greater.platform as other_platform,
        greater.contact as other_contact
    from known_once as lesser
    inner join known_once as greater
        on lesser.member = greater.member and lesser.folded_name = greater.folded_name
    where
        (lesser.platform = 'xing' and greater.platform = 'linkedin')
        or (lesser.platform = 'own' and greater.platform in ('linkedin', 'xing'))
    union
    select
        lesser.member,
        lesser.platform,
        lesser.contact,
        greater.platform as other_platform,
        greater.contact as other_contact
    from named as lesser
    inner join named as greater
        on
            lesser.member = greater.member
            and (lesser.address = greater.address or lesser.email_key = greater.email_key)
    where
        (lesser.address is not null or lesser.email_key is not null)
        and (
            (lesser.platform = 'xing' and greater.platform = 'linkedin')
            or (lesser.platform = 'own' and greater.platform in ('linkedin', 'xing'))
        )
),

matches as (
    select
        member,
        platform,
        contact,
        min(other_contact) filter (other_platform = 'linkedin') as linkedin_contact,
        min(other_contact) filter (other_platform = 'xing') as xing_contact
    from pairs
    group by all
),

-- A name that LinkedIn knows twice may still be told by the own list, which knows the link.
told as (
    select
        member,
        xing_contact,
        min(linkedin_contact) as linkedin_contact
    from matches
    where platform = 'own' and xing_contact is not null and linkedin_contact is not null
    group by all
),

joined as (
    select
        named.member,
        named.platform,
        named.contact,
        named.folded_name,
        case
            when named.platform = 'linkedin' then named.contact
            else coalesce(matches.linkedin_contact, told.linkedin_contact, through.linkedin_contact)
        end as linkedin_contact,
        if(named.platform = 'xing', named.contact, matches.xing_contact) as xing_contact
    from named
    left join matches
        on
            named.member = matches.member
            and named.platform = matches.platform
            and named.contact = matches.contact
    left join told on named.member = told.member and named.platform = 'xing' and named.contact = told.xing_contact
    left join matches as through
        on
            matches.member = through.member
            and matches.platform = 'own'
            and through.platform = 'xing'
            and matches.xing_contact = through.contact
)

select
    member,
    platform,
    contact,
    folded_name,
    case
        when linkedin_contact is not null then 'linkedin ' || linkedin_contact
        when xing_contact is not null then 'xing ' || xing_contact
        else platform || ' ' || contact
    end as person
from joined
