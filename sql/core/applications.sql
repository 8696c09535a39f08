-- Applications, each once: those of the own list and those that LinkedIn's export holds, which are only the ones made there.
-- One of either that names the same company in the same month is the same application; of several the larger number counts.
-- Key: member, company_key, month, copy
-- company_key: the name without legal form and country, lower case, whole words
-- month: first day of the month of the application, of the first contact where there is no application yet, null where
--   the own list gives no day
-- copy: 1 for the first of several in a month
-- company: as the own list writes it, else as LinkedIn does
-- title: the role applied for, null where nobody says
-- applied_on: day of the application, null while there is none
-- has_contact: whether the member spoke with the company before, as the own list says
-- contact_on: day of that
-- has_interview: whether an interview is noted
-- interview_on: day of it
-- has_offer: whether an offer is noted
-- offer_on: day of it
-- through: who helped, as the own list writes it, null where nobody did
-- status: open, applied, interview, offer, accepted, rejected or withdrawn, as the own list says; null where it does not
-- stage: how far it got: contact, application, interview or offer
-- is_listed: whether the own list holds it
with listed as (
    select
        applications.member,
        company_key(applications.company) as company_key,
        date_trunc(
            'month', coalesce(applications.applied_on, applications.contact_on, applications.interview_on)
        )::date as month,
        applications.company,
        coalesce(applications.title, '') as role,
        max(applications.applied_on) as applied_on,
        bool_or(applications.has_contact) as has_contact,
        min(applications.contact_on) as contact_on,
        bool_or(applications.has_interview) as has_interview,
        min(applications.interview_on) as interview_on,
        bool_or(applications.has_offer) as has_offer,
        min(applications.offer_on) as offer_on,
        max(applications.through) as through,
        max_by(applications.status, (exports.as_of, applications.export, applications.file, applications.row))
            as status
    from raw_own_applications as applications
    inner join stg_exports as exports
        on applications.member = exports.member and applications.export = exports.export
    where applications.company is not null
    group by all
),

own_list as (
    select
        *,
        row_number() over (partition by member, company_key, month order by applied_on, role, company) as copy
    from listed
    where company_key is not null
),

sent as (
    select distinct
        applications.member,
        company_key(applications.company) as company_key,
        applications.company,
        applications.title,
        applications.applied_at,
        day_of(applications.applied_at, members.time_zone) as applied_on
    from raw_linkedin_job_applications as applications
    inner join stg_exports as exports
        on applications.member = exports.member and applications.export = exports.export
    inner join stg_members as members on applications.member = members.member
    where applications.company is not null and applications.applied_at is not null
),

linkedin as (
    select
        *,
        date_trunc('month', applied_on)::date as month,
        row_number() over (
            partition by member, company_key, date_trunc('month', applied_on) order by applied_at, title, company
        ) as copy
    from sent
    where company_key is not null
),

merged as (
    select
        coalesce(own_list.member, linkedin.member) as member,
        coalesce(own_list.company_key, linkedin.company_key) as company_key,
        coalesce(own_list.month, linkedin.month) as month,
        coalesce(own_list.copy, linkedin.copy) as copy,
        coalesce(own_list.company, linkedin.company) as company,
        coalesce(nullif(own_list.role, ''), linkedin.title) as title,
        coalesce(own_list.applied_on, linkedin.applied_on) as applied_on,
        coalesce(own_list.has_contact, false) as has_contact,
        own_list.contact_on,
        coalesce(own_list.has_interview, false) or coalesce(own_list.status = 'interview', false) as has_interview,
        own_list.interview_on,
        coalesce(own_list.has_offer, false) or coalesce(own_list.status in ('offer', 'accepted'), false) as has_offer,
        own_list.offer_on,
        own_list.through,
        own_list.status,
        own_list.member is not null as is_listed
    from own_list
    full join linkedin
        on
            own_list.member = linkedin.member
            and own_list.company_key = linkedin.company_key
            and own_list.month = linkedin.month
            and own_list.copy = linkedin.copy
)

select
    member,
    company_key,
    month,
    copy,
    company,
    title,
    applied_on,
    has_contact,
    contact_on,
    has_interview,
    interview_on,
    has_offer,
    offer_on,
    through,
    status,
    case
        when has_offer then 'offer'
        when has_interview then 'interview'
        when applied_on is not null or coalesce(status in ('applied', 'rejected', 'withdrawn'), false)
            then 'application'
        else 'contact'
    end as stage,
    is_listed
from merged
