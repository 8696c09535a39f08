-- Everybody the member is connected with, has written with or knows offline, once, over all platforms.
-- Key: member, person
-- name: as the newest source writes it, LinkedIn first
-- profile: link as the newest export writes it, null where the source has none
-- platforms: platforms that know the person, sorted
-- is_contact: whether the newest export of a platform holds the connection, or the own list the person
-- connected_on: first day of connecting on any platform, null where undated or not connected
-- sent: messages by the member in conversations of two
-- received: messages by the person in conversations of two
-- unanswered: messages by the member since the person last wrote, on the platform of the last message
-- last_day: day of the last message either way on the member's clock, null where there is none
-- last_is_sent: whether the member wrote it
-- last_asks: whether it asks or offers something
-- last_platform: where it was written
-- is_recruiting: whether a title names recruiting
with connected as (
    select
        contacts.member,
        people.person,
        contacts.platform,
        contacts.contact,
        contacts.name,
        contacts.profile,
        contacts.company,
        contacts.title,
        contacts.connected_on,
        contacts.is_current,
        roles.seniority,
        roles.is_recruiter as is_recruiting,
        contacts.folded_name
    from contacts
    inner join people
        on
            contacts.member = people.member
            and contacts.platform = people.platform
            and contacts.contact = people.contact
    inner join contact_roles as roles
        on
            contacts.member = roles.member
            and contacts.platform = roles.platform
            and contacts.contact = roles.contact
),

-- LinkedIn sorts before XING and knows more of a person: where both do, it speaks.
spans as (
    select
        member,
        person,
        arg_min({'platform': platform, 'contact': contact}, (platform, not is_current, name, contact)) as chosen,
        bool_or(is_recruiting) as is_recruiting,
        bool_or(is_current) as is_contact,
        min(connected_on) filter (platform != 'own') as connected_on,
        bool_or(platform = 'linkedin') as on_linkedin,
        bool_or(platform = 'own') as on_own,
        bool_or(platform = 'xing') as on_xing
    from connected
    group by all
),

known as (
    select
        connected.member,
        connected.person,
        connected.name,
        connected.folded_name,
        connected.profile,
        connected.company,
        connected.title,
        connected.seniority,
        spans.is_recruiting,
        spans.is_contact,
        spans.connected_on,
        spans.on_linkedin,
        spans.on_own,
        spans.on_xing
    from connected
    inner join spans
        on
            connected.member = spans.member
            and connected.platform = spans.chosen.platform
            and connected.contact = spans.chosen.contact
),

written as (
    select
        member,
        person,
        arg_min(name, (platform, name)) as name,
        arg_min(profile, (platform, profile)) as profile,
        bool_or(platform = 'linkedin') as on_linkedin,
        bool_or(platform = 'own') as on_own,
        bool_or(platform = 'xing') as on_xing,
        sum(sent)::bigint as sent,
        sum(received)::bigint as received,
        min(first_at) as first_at,
        max(last_at) as last_at,
        max(last_day) as last_day,
        arg_max(
            {'unanswered': unanswered, 'is_sent': last_is_sent, 'asks': last_asks, 'platform': platform},
            (last_at, platform)
        ) as newest
    from exchanges
    group by all
)

select
    coalesce(known.member, written.member) as member,
    coalesce(known.person, written.person) as person,
    coalesce(known.name, written.name) as name,
    coalesce(known.folded_name, fold_name(written.name)) as folded_name,
    coalesce(known.profile, written.profile) as profile,
    list_filter(
        [
            if(coalesce(known.on_linkedin, false) or coalesce(written.on_linkedin, false), 'linkedin', null),
            if(coalesce(known.on_own, false) or coalesce(written.on_own, false), 'own', null),
            if(coalesce(known.on_xing, false) or coalesce(written.on_xing, false), 'xing', null)
        ],
        lambda item: item is not null
    ) as platforms,
    coalesce(known.is_contact, false) as is_contact,
    known.connected_on,
    known.company,
    known.title,
    known.seniority,
    coalesce(known.is_recruiting, false) as is_recruiting,
    coalesce(written.sent, 0) as sent,
    coalesce(written.received, 0) as received,
    coalesce(written.newest.unanswered, 0) as unanswered,
    written.first_at,
    written.last_day,
    written.newest.is_sent as last_is_sent,
    written.newest.asks as last_asks,
    written.newest.platform as last_platform
from known
full join written on known.member = written.member and known.person = written.person
