-- What was given and received in the 26 weeks up to the reported one, by kind. LinkedIn exports the comments, reactions and
-- posts that a member made and not those that others made for the member: these have no counterpart here.
-- Key: member, kind
-- kind: turns, recommendations, endorsements, log; comments, reactions, posts and reposts have no counterpart
-- place: place in the table
-- given: acts by the member
-- received: acts by others, null where no export holds them
with exchanged as (
    select
        member,
        sum(turns_given)::bigint as turns_given,
        sum(turns_received)::bigint as turns_received,
        sum(recommendations_given)::bigint as recommendations_given,
        sum(recommendations_received)::bigint as recommendations_received,
        sum(endorsements_given)::bigint as endorsements_given,
        sum(endorsements_received)::bigint as endorsements_received,
        sum(log_given)::bigint as log_given,
        sum(log_received)::bigint as log_received
    from report_exchange_weeks
    group by member
),

public_acts as (
    select
        activity.member,
        sum(activity.comments)::bigint as comments,
        sum(activity.reactions)::bigint as reactions,
        sum(activity.posts)::bigint as posts,
        sum(activity.reposts)::bigint as reposts
    from visible_activity as activity
    inner join report_members as members on activity.member = members.member
    where
        activity.platform = 'all'
        and activity.week <= members.week
        and activity.week > members.week - 7 * 26
    group by activity.member
),

kinds as (
    select member, 1 as place, 'turns' as kind, turns_given as given, turns_received as received
    from exchanged
    union all
    select
        member, 2 as place, 'recommendations' as kind, recommendations_given as given,
        recommendations_received as received
    from exchanged
    union all
    select
        member, 3 as place, 'endorsements' as kind, endorsements_given as given, endorsements_received as received
    from exchanged
    union all
    select member, 4 as place, 'log' as kind, log_given as given, log_received as received
    from exchanged
    union all
    select member, 5 as place, 'comments' as kind, comments as given, null as received
    from public_acts
    union all
    select member, 6 as place, 'reactions' as kind, reactions as given, null as received
    from public_acts
    union all
    select member, 7 as place, 'posts' as kind, posts as given, null as received
    from public_acts
    union all
    select member, 8 as place, 'reposts' as kind, reposts as given, null as received
    from public_acts
)

select
    member,
    kind,
    place,
    given,
    received
from kinds
where given is not null
order by member, place
