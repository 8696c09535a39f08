-- People who wrote or invited before the member did, whoever they are, with what tells recruiting apart, titles aside. Whoever
-- the member wrote to or invited before is not among them, so nobody with an earlier exchange is, one on XING included where the
-- person is known to be the same. Conversations in the spam folder are left out, and whoever the member marked as no recruiter,
-- for good. Only LinkedIn carries subjects.
-- Key: member, platform, other
-- other: profile address; the name where the export has no links, the conversation where the account is closed
-- person: the same for one person on all platforms
-- approached_at: UTC moment of their first message or invitation
-- written_at: UTC moment of their first message, null where they only invited
-- answered_at: UTC moment of the member's first answer, null while there is none
-- subject: of their first message
-- known_since: day of the first export that holds it
-- is_inmail: whether it had a subject, as messages between contacts do not
-- offers_job: whether the subject offers a job
with written as (
    select
        conversations.member,
        conversations.platform,
        -- Every closed account is called LinkedIn Member: its conversation tells it from the others.
        coalesce(
            conversations.other,
            nullif(conversations.other_name, 'LinkedIn Member'),
            'conversation ' || conversations.conversation
        ) as other,
        conversations.other as address,
        nullif(conversations.other_name, 'LinkedIn Member') as name,
        conversations.profile,
        conversations.first_received_at as approached_at,
        conversations.answered_at,
        conversations.subject,
        conversations.received_since as known_since
    from conversations
    anti join stg_linkedin_spam as spam
        on conversations.member = spam.member and conversations.conversation = spam.conversation
    where conversations.platform = 'linkedin' and not conversations.is_started and not conversations.is_group
),

invited as (
    select
        member,
        platform,
        other,
        address,
        name,
        profile,
        sent_at as approached_at,
        first_seen as known_since
    from invitations
    where not is_sent
),

first_written as (
    select
        member,
        platform,
        other,
        max(address) as address,
        max(name) as name,
        max(profile) as profile,
        min(approached_at) as approached_at,
        min(answered_at) as answered_at,
        arg_min_null(subject, (approached_at, coalesce(subject, ''))) as subject,
        min(known_since) as known_since
    from written
    group by all
),

first_invited as (
    select
        member,
        platform,
        other,
        max(address) as address,
        max(name) as name,
        max(profile) as profile,
        min(approached_at) as approached_at,
        min(known_since) as known_since
    from invited
    group by all
),

approached as (
    select
        coalesce(first_written.member, first_invited.member) as member,
        coalesce(first_written.platform, first_invited.platform) as platform,
        coalesce(first_written.other, first_invited.other) as other,
        coalesce(first_written.address, first_invited.address) as address,
        coalesce(first_written.name, first_invited.name) as name,
        coalesce(first_written.profile, first_invited.profile) as profile,
        least(first_written.approached_at, first_invited.approached_at) as approached_at,
        first_written.approached_at as written_at,
        first_written.answered_at,
        first_written.subject,
        least(first_written.known_since, first_invited.known_since) as known_since
    from first_written
    full join first_invited
        on
            first_written.member = first_invited.member
            and first_written.platform = first_invited.platform
            and first_written.other = first_invited.other
),

own_firsts as (
    select
        member,
        platform,
        coalesce(other, nullif(other_name, 'LinkedIn Member')) as other,
        min(sent_at) as first_at
    from messages
    where is_sent and not is_group and coalesce(other, nullif(other_name, 'LinkedIn Member')) is not null
    group by all
    union all
    select
        member,
        platform,
        other,
        min(sent_at) as first_at
    from invitations
    where is_sent
    group by all
),

first_own as (
    select
        member,
        platform,
        other,
        min(first_at) as first_at
    from own_firsts
    group by all
),

connected as (
    select
        member,
        platform,
        address,
        min(connected_on) as connected_on
    from contacts
    where address is not null
    group by all
),

contact_people as (
    select
        contacts.member,
        contacts.platform,
        contacts.address,
        min(people.person) as person
    from contacts
    inner join people
        on
            contacts.member = people.member
            and contacts.platform = people.platform
            and contacts.contact = people.contact
    where contacts.address is not null
    group by all
),

written_elsewhere as (
    select
        exchanges.member,
        exchanges.person,
        min(messages.sent_at) as first_at
    from exchanges
    inner join messages
        on
            exchanges.member = messages.member
            and exchanges.platform = messages.platform
            and exchanges.other = messages.other
    where exchanges.platform != 'linkedin' and messages.is_sent
    group by all
),

cleared as (
    select distinct member, person
    from marks
    where mark = 'no_recruiter'
),

first_come as (
    select
        approached.*,
        coalesce(contact_people.person, approached.platform || ' ' || approached.other) as person
    from approached
    anti join first_own
        on
            approached.member = first_own.member
            and approached.platform = first_own.platform
            and approached.other = first_own.other
            and approached.approached_at > first_own.first_at
    left join contact_people
        on
            approached.member = contact_people.member
            and approached.platform = contact_people.platform
            and approached.address = contact_people.address
)

select
    first_come.member,
    first_come.platform,
    first_come.other,
    first_come.person,
    first_come.address,
    first_come.name,
    first_come.profile,
    first_come.approached_at,
    first_come.written_at,
    first_come.answered_at,
    first_come.subject,
    first_come.known_since,
    first_come.subject is not null
    and coalesce(connected.connected_on > first_come.written_at::date, true) as is_inmail,
    coalesce(subjects.offers_job, false) as offers_job
from first_come
anti join cleared on first_come.member = cleared.member and first_come.person = cleared.person
anti join written_elsewhere as elsewhere
    on
        first_come.member = elsewhere.member
        and first_come.person = elsewhere.person
        and first_come.approached_at > elsewhere.first_at
left join connected
    on
        first_come.member = connected.member
        and first_come.platform = connected.platform
        and first_come.address = connected.address
left join job_subjects as subjects
    on first_come.member = subjects.member and first_come.subject = subjects.subject
