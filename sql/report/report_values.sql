-- The weekly numbers one by one, in the weeks that something is said of: the 26 before the reported one and that one, the
-- same week a year before, and all since twelve weeks before the start of the search and since the first goal.
-- Key: member, metric, platform, week
-- metric: name of the number
-- value: the number in that week, null where no source covers it
-- is_complete: whether a source covers the week up to its Sunday, on one platform
-- is_full: whether a source covers it from Monday to Sunday, on one platform; a file that reaches back some months only
--   holds a part of its first week
with goal_days as (
    select
        member,
        min(first_day) as day
    from stg_goals
    group by all
),

near as (
    select weekly.*
    from report_weeks as weekly
    inner join report_members as members on weekly.member = members.member
    inner join stg_members as told on weekly.member = told.member
    left join goal_days on weekly.member = goal_days.member
    where
        weekly.week >= members.week - 7 * 26
        or weekly.week >= told.started_on - 7 * 13
        or weekly.week >= goal_days.day
        or weekly.week_name = (isoyear(members.week) - 1) || right(members.week_name, 4)
),

listed as (
    select
        member,
        platform,
        week,
        unnest([
            {'metric': 'contacts_total', 'value': contacts_total},
            {'metric': 'contacts_new', 'value': contacts_new},
            {'metric': 'contacts_lost', 'value': contacts_lost},
            {'metric': 'invitations_sent', 'value': invitations_sent},
            {'metric': 'invitations_received', 'value': invitations_received},
            {'metric': 'invitations_accepted', 'value': invitations_accepted},
            {'metric': 'messages_sent', 'value': messages_sent},
            {'metric': 'messages_received', 'value': messages_received},
            {'metric': 'conversations_started', 'value': conversations_started},
            {'metric': 'conversations_answered', 'value': conversations_answered},
            {'metric': 'posts', 'value': posts},
            {'metric': 'comments', 'value': comments},
            {'metric': 'reactions', 'value': reactions},
            {'metric': 'reposts', 'value': reposts},
            {'metric': 'votes', 'value': votes},
            {'metric': 'visible_activity', 'value': visible_activity},
            {'metric': 'group_activity', 'value': group_activity},
            {'metric': 'groups_active', 'value': groups_active},
            {'metric': 'recruiter_contacts', 'value': recruiter_contacts},
            {'metric': 'recruiter_replies', 'value': recruiter_replies},
            {'metric': 'profile_views', 'value': profile_views},
            {'metric': 'recruiter_views', 'value': recruiter_views},
            {'metric': 'recommendations_given', 'value': recommendations_given},
            {'metric': 'recommendations_received', 'value': recommendations_received},
            {'metric': 'endorsements_given', 'value': endorsements_given},
            {'metric': 'endorsements_received', 'value': endorsements_received},
            {'metric': 'active_weeks', 'value': active_weeks},
            {'metric': 'streak_weeks', 'value': streak_weeks},
            {'metric': 'care_weeks', 'value': care_weeks},
            {'metric': 'persons_total', 'value': persons_total}
        ]) as entry
    from near
),

platforms as (
    select distinct member, platform
    from stg_exports
    union all
    select member, 'all' as platform
    from report_members
),

-- A week before the first event has no row: every number is there all the same, and unknown.
unknown as (
    select
        members.member,
        platforms.platform,
        members.week,
        {'metric': names.metric, 'value': null::bigint} as entry
    from report_members as members
    inner join platforms on members.member = platforms.member
    cross join metric_names as names
    anti join report_weeks as weekly on members.member = weekly.member and members.week = weekly.week
),

together as (
    select member, platform, week, entry
    from listed
    union all
    select member, platform, week, entry
    from unknown
),

-- Invitations are the only file that does not reach back to the first week.
invited as (
    select distinct
        together.member,
        together.platform,
        together.week
    from together
    inner join availability
        on
            together.member = availability.member
            and together.platform = availability.platform
            and availability.source = 'invitations'
            and together.week > availability.since
            and together.week + 6 < availability.until
)

select
    together.member,
    together.platform,
    together.week,
    names.metric,
    together.entry.value as value,
    together.entry.value is not null and coalesce(together.week + 6 < ends.until, false) as is_complete,
    together.entry.value is not null
    and coalesce(if(names.source = 'invitations', invited.week is not null, together.week + 6 < ends.until), false)
        as is_full
from together
inner join metric_names as names on together.entry.metric = names.metric
left join source_ends as ends
    on together.member = ends.member and together.platform = ends.platform and names.source = ends.source
left join invited
    on
        together.member = invited.member
        and together.platform = invited.platform
        and together.week = invited.week
order by together.member, names.metric, together.platform, together.week
