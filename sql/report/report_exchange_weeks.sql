-- Giving and taking in each of the 26 weeks up to the reported one, only by channels that the exports hold both ways:
-- messages between people who both write, recommendations, endorsements, and the own log. A channel counts on the platforms that cover both
-- its directions in the reported week.
-- Key: member, week
-- turns_given: for each person, the days on which the member wrote
-- turns_received: for each person, the days on which that person wrote
-- recommendations_given: recommendations that the member wrote
-- recommendations_received: recommendations that others wrote for the member
-- endorsements_given: skills of others that the member endorsed
-- endorsements_received: skills of the member that others endorsed
-- log_given: entries of the own log that the member gave
-- log_received: entries of the own log that others gave
-- given: all that is known, given
-- received: all that is known, received
-- advice_messages: messages by the member whose wording asks for advice
with near as (
    select
        turns.member,
        turns.platform,
        turns.week,
        members.week as reported,
        turns.turns_given,
        turns.turns_received,
        turns.log_given,
        turns.log_received,
        turns.advice_messages,
        recognition.recommendations_given,
        recognition.recommendations_received,
        recognition.endorsements_given,
        recognition.endorsements_received
    from give_and_take as turns
    inner join report_members as members on turns.member = members.member
    inner join recognition
        on
            turns.member = recognition.member
            and turns.platform = recognition.platform
            and turns.week = recognition.week
    where
        turns.platform != 'all'
        and turns.week <= members.week
        and turns.week > members.week - 7 * 26
),

chosen as (
    select
        member,
        platform,
        turns_given is not null as has_turns,
        log_given is not null as has_log,
        recommendations_given is not null and recommendations_received is not null as has_recommendations,
        endorsements_given is not null and endorsements_received is not null as has_endorsements
    from near
    where week = reported
),

-- These sources cover all weeks up to their end: a week before the reported one is covered where that is.
summed as (
    select
        near.member,
        near.week,
        sum(near.turns_given) filter (chosen.has_turns)::bigint as turns_given,
        sum(near.turns_received) filter (chosen.has_turns)::bigint as turns_received,
        sum(near.advice_messages) filter (chosen.has_turns)::bigint as advice_messages,
        sum(near.recommendations_given) filter (chosen.has_recommendations)::bigint as recommendations_given,
        sum(near.recommendations_received) filter (chosen.has_recommendations)::bigint as recommendations_received,
        sum(near.endorsements_given) filter (chosen.has_endorsements)::bigint as endorsements_given,
        sum(near.endorsements_received) filter (chosen.has_endorsements)::bigint as endorsements_received,
        sum(near.log_given) filter (chosen.has_log)::bigint as log_given,
        sum(near.log_received) filter (chosen.has_log)::bigint as log_received
    from near
    inner join chosen on near.member = chosen.member and near.platform = chosen.platform
    group by near.member, near.week
)

select
    member,
    week,
    week_name(week) as week_name,
    turns_given,
    turns_received,
    recommendations_given,
    recommendations_received,
    endorsements_given,
    endorsements_received,
    log_given,
    log_received,
    turns_given + coalesce(recommendations_given, 0) + coalesce(endorsements_given, 0) + coalesce(log_given, 0)
        as given,
    turns_received + coalesce(recommendations_received, 0) + coalesce(endorsements_received, 0)
    + coalesce(log_received, 0) as received,
    advice_messages
from summed
where turns_given is not null
order by member, week
