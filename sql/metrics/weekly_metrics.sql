-- Question: What is every weekly number, side by side?
-- Definition: one row per member, platform (with `all`) and week, to the week of the newest export; each number as its
-- own table in sql/metrics defines it.
-- Unit: see metric_names.
-- Source: the other tables of sql/metrics.
-- Absent: a number is null where no source covers the week, never 0.
-- Window: from the first dated event in any source; for each number see its table.
-- Maturity: for each number see its table.
-- Key: member, platform, week
-- Nine joins at once are planned longer than they run; those of half of them are few.
with moves as materialized (
    select
        growth.member,
        growth.platform,
        growth.week,
        growth.contacts_total,
        growth.contacts_new,
        growth.contacts_lost,
        invitation_flow.invitations_sent,
        invitation_flow.invitations_received,
        invitation_flow.invitations_accepted,
        direct_messages.messages_sent,
        direct_messages.messages_received,
        direct_messages.conversations_started,
        direct_messages.conversations_answered,
        activity.posts,
        activity.comments,
        activity.reactions,
        activity.reposts,
        activity.votes,
        activity.visible_activity,
        activity.group_activity,
        activity.groups_active
    from contact_growth as growth
    inner join invitation_flow
        on
            growth.member = invitation_flow.member
            and growth.platform = invitation_flow.platform
            and growth.week = invitation_flow.week
    inner join direct_messages
        on
            growth.member = direct_messages.member
            and growth.platform = direct_messages.platform
            and growth.week = direct_messages.week
    inner join visible_activity as activity
        on growth.member = activity.member and growth.platform = activity.platform and growth.week = activity.week
)

select
    moves.*,
    attention.recruiter_contacts,
    attention.recruiter_replies,
    views.profile_views,
    views.recruiter_views,
    recognition.recommendations_given,
    recognition.recommendations_received,
    recognition.endorsements_given,
    recognition.endorsements_received,
    rhythm.active_weeks,
    rhythm.streak_weeks,
    rhythm.care_weeks,
    persons.persons_total
from moves
inner join recruiter_attention as attention
    on moves.member = attention.member and moves.platform = attention.platform and moves.week = attention.week
inner join views
    on moves.member = views.member and moves.platform = views.platform and moves.week = views.week
inner join recognition
    on moves.member = recognition.member and moves.platform = recognition.platform and moves.week = recognition.week
inner join rhythm
    on moves.member = rhythm.member and moves.platform = rhythm.platform and moves.week = rhythm.week
inner join persons_known as persons
    on moves.member = persons.member and moves.platform = persons.platform and moves.week = persons.week
