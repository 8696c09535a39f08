-- People who wrote or invited first and look like recruiting: inferred, because no export marks them.
-- Only LinkedIn carries titles and subjects; XING's export holds names alone. "First" is meant: whoever the member wrote to
-- or invited before is not counted, so nobody with an earlier exchange is. Conversations in the spam folder are left out.
-- Titles are those of the newest export; somebody who became a recruiter later counts by the first message of long ago.
-- Key: member, platform, other
-- other: profile address; the name where the export has no links, the conversation where the account is closed
-- approached_at: UTC moment of their first message or invitation
-- grade: certain (the member says so in the own log), likely (a recruiting title; a job in the subject of somebody who was
--   no contact; a title in human resources with an InMail or a job in the subject), possible (an InMail without a job in
--   its subject, a contact's subject with one). Sentences and numbers rest on certain and likely.
-- evidence: title, subject or inmail
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

judged as (
    select
        approached.*,
        known.title,
        known.company,
        coalesce(known.is_recruiter, false) as is_recruiter,
        coalesce(known.is_hr, false) as is_hr,
        approached.subject is not null
        and coalesce(known.connected_on > approached.written_at::date, true) as is_inmail,
        coalesce(subjects.offers_job, false) as offers_job
    from approached
    anti join first_own
        on
            approached.member = first_own.member
            and approached.platform = first_own.platform
            and approached.other = first_own.other
            and approached.approached_at > first_own.first_at
    left join contacts_by_address as known
        on
            approached.member = known.member
            and approached.platform = known.platform
            and approached.address = known.address
    left join job_subjects as subjects
        on approached.member = subjects.member and approached.subject = subjects.subject
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
)

select
    graded.member,
    graded.platform,
    graded.other,
    graded.address,
    graded.profile,
    graded.name,
    graded.title,
    graded.company,
    graded.approached_at,
    day_of(graded.approached_at, members.time_zone) as day,
    week_of(graded.approached_at, members.time_zone) as week,
    graded.written_at is not null as has_written,
    graded.written_at,
    graded.answered_at,
    week_of(graded.answered_at, members.time_zone) as answered_week,
    if(graded.is_likely, 'likely', 'possible') as grade,
    graded.evidence
from graded
inner join stg_members as members on graded.member = members.member
where graded.evidence is not null
