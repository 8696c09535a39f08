-- Every weekly number up to the reported week. Weeks after the newest export are absent; stocks of all platforms together
-- carry their last known value on.
-- Key: member, week, platform
with extra_weeks as (
    select
        member,
        last_week,
        unnest(generate_series(last_week::timestamp, week::timestamp, interval 7 day))::date as week
    from report_members
    where week > last_week
),

final as (
    select
        weekly.member,
        weekly.platform,
        weekly.week,
        weekly.contacts_total,
        weekly.contacts_new,
        weekly.contacts_lost,
        weekly.invitations_sent,
        weekly.invitations_received,
        weekly.invitations_accepted,
        weekly.messages_sent,
        weekly.messages_received,
        weekly.conversations_started,
        weekly.conversations_answered,
        weekly.posts,
        weekly.comments,
        weekly.reactions,
        weekly.reposts,
        weekly.votes,
        weekly.visible_activity,
        weekly.group_activity,
        weekly.groups_active,
        weekly.recruiter_contacts,
        weekly.recruiter_replies,
        weekly.profile_views,
        weekly.recruiter_views,
        weekly.recommendations_given,
        weekly.recommendations_received,
        weekly.endorsements_given,
        weekly.endorsements_received,
        weekly.active_weeks,
        weekly.streak_weeks,
        weekly.care_weeks,
        weekly.persons_total
    from weekly_metrics as weekly
    inner join report_members as members on weekly.member = members.member and weekly.week <= members.week
    union all
    select
        weekly.member,
        weekly.platform,
        extra_weeks.week,
        if(weekly.platform = 'all', weekly.contacts_total, null) as contacts_total,
        null as contacts_new,
        null as contacts_lost,
        null as invitations_sent,
        null as invitations_received,
        null as invitations_accepted,
        null as messages_sent,
        null as messages_received,
        null as conversations_started,
        null as conversations_answered,
        null as posts,
        null as comments,
        null as reactions,
        null as reposts,
        null as votes,
        null as visible_activity,
        null as group_activity,
        null as groups_active,
        null as recruiter_contacts,
        null as recruiter_replies,
        null as profile_views,
        null as recruiter_views,
        null as recommendations_given,
        null as recommendations_received,
        null as endorsements_given,
        null as endorsements_received,
        null as active_weeks,
        null as streak_weeks,
        null as care_weeks,
        if(weekly.platform = 'all', weekly.persons_total, null) as persons_total
    from extra_weeks
    inner join weekly_metrics as weekly
        on extra_weeks.member = weekly.member and extra_weeks.last_week = weekly.week
    where extra_weeks.week > extra_weeks.last_week
)

select
    weekly.member,
    weekly.week,
    week_name(weekly.week) as week_name,
    weekly.platform,
    weekly.contacts_total,
    weekly.contacts_new,
    weekly.contacts_lost,
    weekly.invitations_sent,
    weekly.invitations_received,
    weekly.invitations_accepted,
    weekly.messages_sent,
    weekly.messages_received,
    weekly.conversations_started,
    weekly.conversations_answered,
    weekly.posts,
    weekly.comments,
    weekly.reactions,
    weekly.reposts,
    weekly.votes,
    weekly.visible_activity,
    weekly.group_activity,
    weekly.groups_active,
    weekly.recruiter_contacts,
    weekly.recruiter_replies,
    weekly.profile_views,
    weekly.recruiter_views,
    weekly.recommendations_given,
    weekly.recommendations_received,
    weekly.endorsements_given,
    weekly.endorsements_received,
    weekly.active_weeks,
    weekly.streak_weeks,
    weekly.care_weeks,
    weekly.persons_total
from final as weekly
order by weekly.member, weekly.week, weekly.platform
