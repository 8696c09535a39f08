-- What became of the applications of the member's own list since the start, up to the reported Sunday. What LinkedIn alone
-- knows is left out: its export holds no outcome. An interview or offer counts on its own day, without one on that of the application.
-- Key: member
-- applications: applications sent
-- interviews: interviews
-- offers: offers
-- helpers: who helped with one of these, as the own list writes it, with how many of each, by name
with dated as (
    select
        applications.member,
        fold_name(applications.through) as helper,
        applications.through,
        applications.applied_on between started.started_on and members.week + 6 as is_sent,
        applications.has_interview
        and coalesce(applications.interview_on, applications.applied_on)
        between started.started_on and members.week + 6 as is_invited,
        applications.has_offer
        and coalesce(applications.offer_on, applications.interview_on, applications.applied_on)
        between started.started_on and members.week + 6 as is_offered
    from applications
    inner join report_start as started on applications.member = started.member
    inner join report_members as members on applications.member = members.member
    where applications.is_listed
),

helped as (
    select
        member,
        helper,
        max(through) as name,
        count(member) filter (is_sent) as applications,
        count(member) filter (is_invited) as interviews,
        count(member) filter (is_offered) as offers
    from dated
    where helper is not null and (is_sent or is_invited or is_offered)
    group by member, helper
),

helpers as (
    select
        member,
        list(
            {'name': name, 'applications': applications, 'interviews': interviews, 'offers': offers} order by helper
        ) as helpers
    from helped
    group by member
),

totals as (
    select
        member,
        count(member) filter (is_sent) as applications,
        count(member) filter (is_invited) as interviews,
        count(member) filter (is_offered) as offers
    from dated
    group by member
)

select
    totals.member,
    totals.applications,
    totals.interviews,
    totals.offers,
    coalesce(helpers.helpers, []) as helpers
from totals
left join helpers on totals.member = helpers.member
order by totals.member
