-- What became of the applications of the 52 weeks up to the reported one, by the way they went. Only for members who keep a
-- list of them: LinkedIn's export knows that somebody applied and nothing else; those it knows are counted along.
-- Key: member, path
-- path: through (somebody helped, as the own list says), known (somebody whom the member knows works there today), or none
-- position: place of the path in the table
-- applications: applications sent
-- applications_recent: those of the twelve weeks up to the reported one
-- interviews: those with an interview up to the reported Sunday
-- offers: those with an offer up to the reported Sunday
-- still_open: those of the own list without an offer, a refusal or a withdrawal
with listed as (
    select distinct member
    from applications
    where is_listed
),

employers as (
    select distinct member, company_key
    from contact_companies
),

sent as (
    select
        applications.member,
        case
            when applications.through is not null then 'through'
            when employers.company_key is not null then 'known'
            else 'none'
        end as path,
        applications.applied_on > members.week + 6 - 84 as is_recent,
        applications.has_interview
        and coalesce(applications.interview_on <= members.week + 6, true) as has_interview,
        applications.has_offer and coalesce(applications.offer_on <= members.week + 6, true) as has_offer,
        coalesce(applications.status in ('accepted', 'rejected', 'withdrawn'), false) as is_over,
        applications.is_listed
    from applications
    inner join listed on applications.member = listed.member
    inner join report_members as members on applications.member = members.member
    left join employers
        on applications.member = employers.member and applications.company_key = employers.company_key
    where
        applications.applied_on <= members.week + 6
        and applications.applied_on > members.week + 6 - 7 * 52
)

select
    member,
    path,
    case path when 'through' then 1 when 'known' then 2 else 3 end as position,
    count(path) as applications,
    count(path) filter (is_recent) as applications_recent,
    count(path) filter (has_interview) as interviews,
    count(path) filter (has_offer) as offers,
    count(path) filter (is_listed and not has_offer and not is_over) as still_open
from sent
group by member, path
order by member, position
