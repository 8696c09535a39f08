-- Question: Who speaks for whom in public?
-- Definition: recommendations and endorsements with a date, given and received.
-- Unit: acts.
-- Source: Recommendations_Given, Recommendations_Received, Endorsement_Given_Info, Endorsement_Received_Info.
-- Absent: each number where its own file was not given; undated records are in no week.
-- Window: all weeks.
-- Maturity: final when the export covers the week.
-- Key: member, platform, week
-- recommendations_given: recommendations that the member wrote
-- recommendations_received: recommendations that others wrote for the member
-- endorsements_given: skills of others that the member endorsed
-- endorsements_received: skills of the member that others endorsed
with counts as (
    select
        member,
        platform,
        week,
        count(kind) filter (kind = 'recommendation' and direction = 'given') as recommendations_given,
        count(kind) filter (kind = 'recommendation' and direction = 'received') as recommendations_received,
        count(kind) filter (kind = 'endorsement' and direction = 'given') as endorsements_given,
        count(kind) filter (kind = 'endorsement' and direction = 'received') as endorsements_received
    from recognitions
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        if(weeks.recommendations_given, coalesce(counts.recommendations_given, 0), null) as recommendations_given,
        if(
            weeks.recommendations_received, coalesce(counts.recommendations_received, 0), null
        ) as recommendations_received,
        if(weeks.endorsements_given, coalesce(counts.endorsements_given, 0), null) as endorsements_given,
        if(weeks.endorsements_received, coalesce(counts.endorsements_received, 0), null) as endorsements_received
    from platform_weeks as weeks
    left join counts
        on weeks.member = counts.member and weeks.platform = counts.platform and weeks.week = counts.week
)

select
    member,
    platform,
    week,
    recommendations_given,
    recommendations_received,
    endorsements_given,
    endorsements_received
from per_platform
union all
select
    member,
    'all' as platform,
    week,
    sum(recommendations_given)::bigint as recommendations_given,
    sum(recommendations_received)::bigint as recommendations_received,
    sum(endorsements_given)::bigint as endorsements_given,
    sum(endorsements_received)::bigint as endorsements_received
from per_platform
group by member, week
