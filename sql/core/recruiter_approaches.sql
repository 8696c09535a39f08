-- People who wrote or invited first and look like recruiting: inferred, because no export marks them.
-- Only LinkedIn carries titles and subjects; XING's export holds names alone, so there and elsewhere only those count whom the
-- member's own log names. Whoever the member marked as no recruiter is none, for good. "First" is meant: whoever the member wrote to
-- or invited before is not counted, so nobody with an earlier exchange is. Conversations in the spam folder are left out.
-- Titles are those of the newest export; somebody who became a recruiter later counts by the first message of long ago.
-- Key: member, platform, other
-- other: profile address; the name where the export has no links or the log names them, the conversation where the account
--   is closed
-- person: the same for one person on all platforms, null for whom only the log knows
-- day: of their first message or invitation on the member's clock, of the entry for whom only the log knows
-- approached_at: UTC moment of their first message or invitation, null for whom only the log knows
-- grade: certain (the member says so in the own log), likely (a recruiting title; a job in the subject of somebody who was
--   no contact; a title in human resources with an InMail or a job in the subject), possible (an InMail without a job in
--   its subject, a contact's subject with one). Sentences and numbers rest on certain and likely.
-- evidence: title, subject, inmail or log
-- has_written: whether they wrote, not only invited
-- written_at: UTC moment of their first message, null where they only invited
-- answered_at: UTC moment of the member's first answer, null while there is none
-- answered_week: Monday of its week on the member's clock
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
        conversations.subject
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
        sent_at as approached_at
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
        arg_min_null(subject, (approached_at, coalesce(subject, ''))) as subject
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
        min(approached_at) as approached_at
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
        first_written.subject
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

contacts_by_address as (
    select
        contacts.member,
        contacts.platform,
        contacts.address,
        bool_or(roles.is_recruiter) as is_recruiter,
        bool_or(roles.is_hr) as is_hr,
        min(contacts.connected_on) as connected_on,
        max(contacts.title) as title,
        max(contacts.company) as company
    from contacts
    inner join contact_roles as roles
        on
            contacts.member = roles.member
            and contacts.platform = roles.platform
            and contacts.contact = roles.contact
    where contacts.address is not null
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
),

judged as (
    select
        first_come.*,
        known.title,
        known.company,
        coalesce(known.is_recruiter, false) as is_recruiter,
        coalesce(known.is_hr, false) as is_hr,
        first_come.subject is not null
        and coalesce(known.connected_on > first_come.written_at::date, true) as is_inmail,
        coalesce(subjects.offers_job, false) as offers_job
    from first_come
    anti join cleared on first_come.member = cleared.member and first_come.person = cleared.person
    left join contacts_by_address as known
        on
            first_come.member = known.member
            and first_come.platform = known.platform
            and first_come.address = known.address
    left join job_subjects as subjects
        on first_come.member = subjects.member and first_come.subject = subjects.subject
),

graded as (
    select
        *,
        case
            when is_recruiter or (is_hr and (is_inmail or offers_job)) then 'title'
            when offers_job then 'subject'
            when is_inmail then 'inmail'
        end as evidence,
        is_recruiter or (is_inmail and (offers_job or is_hr)) or (is_hr and offers_job) as is_likely
    from judged
),

inferred as (
    select
        graded.member,
        graded.platform,
        graded.other,
        graded.person,
        graded.address,
        graded.profile,
        graded.name,
        graded.title,
        graded.company,
        graded.approached_at,
        day_of(graded.approached_at, members.time_zone) as day,
        graded.written_at,
        graded.answered_at,
        week_of(graded.answered_at, members.time_zone) as answered_week,
        if(graded.is_likely, 'likely', 'possible') as grade,
        graded.evidence,
        fold_name(graded.name) as folded_name
    from graded
    inner join stg_members as members on graded.member = members.member
    where graded.evidence is not null
),

-- An entry in the log that names one inferred person is about that person, wherever it was noted.
named_once as (
    select
        member,
        folded_name,
        min(other) as other
    from inferred
    where folded_name is not null
    group by all
    having count(other) = 1
),

confirmed as (
    select distinct
        logged.member,
        named_once.other
    from own_recruiter_contacts as logged
    inner join named_once on logged.member = named_once.member and logged.other = named_once.folded_name
    where logged.platform != 'xing'
),

told as (
    select
        logged.member,
        logged.platform,
        logged.other,
        logged.name,
        logged.day
    from own_recruiter_contacts as logged
    left join named_once
        on
            logged.member = named_once.member
            and logged.other = named_once.folded_name
            and logged.platform != 'xing'
    where named_once.member is null
)

select
    inferred.member,
    inferred.platform,
    inferred.other,
    inferred.person,
    inferred.address,
    inferred.profile,
    inferred.name,
    inferred.title,
    inferred.company,
    inferred.approached_at,
    inferred.day,
    date_trunc('week', inferred.day)::date as week,
    inferred.written_at is not null as has_written,
    inferred.written_at,
    inferred.answered_at,
    inferred.answered_week,
    if(confirmed.member is null, inferred.grade, 'certain') as grade,
    if(confirmed.member is null, inferred.evidence, 'log') as evidence
from inferred
left join confirmed on inferred.member = confirmed.member and inferred.other = confirmed.other
union all
select
    member,
    platform,
    other,
    null as person,
    null as address,
    null as profile,
    name,
    null as title,
    null as company,
    null as approached_at,
    day,
    date_trunc('week', day)::date as week,
    false as has_written,
    null as written_at,
    null as answered_at,
    null as answered_week,
    'certain' as grade,
    'log' as evidence
from told
