-- Applications of the 26 weeks up to the reported one, and whether a contact works at the company today. Only applications
-- on LinkedIn itself are in its export; what became of them is in none.
-- Key: member
-- applications: applications in all
-- with_contact: those to companies where a contact works, as far as the newest export says
-- without_contact: those to companies where none does
-- unnamed: those whose company the export leaves out
with sent as (
    select distinct
        applications.member,
        applications.applied_at,
        company_key(applications.company) as company_key,
        applications.title
    from raw_linkedin_job_applications as applications
    inner join report_members as members on applications.member = members.member
    where
        week_of(applications.applied_at, members.time_zone) <= members.week
        and week_of(applications.applied_at, members.time_zone) > members.week - 7 * 26
),

spelled as (
    select distinct
        member,
        company
    from contacts
    where is_current and company is not null
),

employers as (
    select distinct
        member,
        company_key(company) as company_key
    from spelled
)

select
    sent.member,
    count(sent.member) as applications,
    count(sent.member) filter (employers.company_key is not null) as with_contact,
    count(sent.member) filter (employers.company_key is null and sent.company_key is not null) as without_contact,
    count(sent.member) filter (sent.company_key is null) as unnamed
from sent
left join employers on sent.member = employers.member and sent.company_key = employers.company_key
group by sent.member
order by sent.member
