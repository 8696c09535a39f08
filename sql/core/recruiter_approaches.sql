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
with contacts_by_address as (
    select
        contacts.member,
        contacts.platform,
        contacts.address,
        bool_or(roles.is_recruiter) as is_recruiter,
        bool_or(roles.is_hr) as is_hr,
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
        approaches.*,
        known.title,
        known.company,
        coalesce(known.is_recruiter, false) as is_recruiter,
        coalesce(known.is_hr, false) as is_hr
    from first_approaches as approaches
    left join contacts_by_address as known
        on
            approaches.member = known.member
            and approaches.platform = known.platform
            and approaches.address = known.address
),

graded as (
    select
        *,
        case
            when is_recruiter or (is_hr and (is_inmail or offers_job)) then 'title'
            when offers_job then 'subject'
            when is_inmail then 'inmail'
        end as evidence,
        looks_like_recruiting(is_recruiter, is_hr, is_inmail, offers_job) as is_likely
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
