-- Whom to get back to, at most five, as of the day of the newest export, with the reason that the source proves.
-- Nobody whose last touch lies within 14 days, unless they wait for an answer; nobody who left the member's last two
-- messages unanswered; nobody who looks like recruiting, whom `report_steps` asks to check instead. People take turns:
-- each has one week in five, so that without any memory nobody but those who wait is listed twice within four weeks.
-- Key: member, person
-- reason: waiting (the last message is theirs, at most 30 days old, and asks or offers something), changed_job,
--   thanks (a dated recommendation or endorsement without a word since), target_company, dormant (exchanged messages,
--   none for three years), greeting (exchanged messages, none for half a year, or newly connected and never written)
-- last_touch: day of the last message either way in a conversation of two, null where there is none
-- since: first day that the reason rests on
-- until: last day that the reason rests on
-- detail: what the reason names: company, or kind of recognition
-- position: place in the list
with limits as (
    select
        member,
        as_of as today,
        week,
        (date_diff('day', date '2001-01-01', week) // 7) % 5 as turn
    from report_members
),

message_ends as (
    select
        member,
        platform,
        max(until) as until
    from availability
    where source = 'messages'
    group by all
),

approaching as (
    select distinct
        exchanges.member,
        exchanges.person
    from recruiter_approaches as approaches
    inner join exchanges
        on
            approaches.member = exchanges.member
            and approaches.platform = exchanges.platform
            and approaches.other = exchanges.other
),

eligible as (
    select
        ties.*,
        limits.today,
        limits.turn = (
            instr('0123456789abcdef', left(md5(ties.person), 1)) * 16
            + instr('0123456789abcdef', right(md5(ties.person), 1))
        ) % 5 as is_turn,
        message_ends.until as messages_until
    from ties
    inner join limits on ties.member = limits.member
    left join message_ends on ties.member = message_ends.member and ties.last_platform = message_ends.platform
    anti join approaching on ties.member = approaching.member and ties.person = approaching.person
    where
        ties.name is not null
        and ties.unanswered < 2
        and not ties.is_recruiting
),

rested as (
    select *
    from eligible
    where is_turn and (last_day is null or last_day < today - 14)
),

changes as (
    select
        people.member,
        people.person,
        changes.seen_before,
        changes.seen_on,
        changes.company,
        changes.is_company_new,
        row_number() over (
            partition by people.member, people.person order by changes.seen_on desc, changes.platform, changes.contact
        ) as place
    from job_changes as changes
    inner join people
        on
            changes.member = people.member
            and changes.platform = people.platform
            and changes.contact = people.contact
),

thanked as (
    select
        recognitions.member,
        people.person,
        max(recognitions.day) as day,
        arg_max(recognitions.kind, (recognitions.day, recognitions.kind)) as kind
    from recognitions
    inner join people
        on
            recognitions.member = people.member
            and recognitions.platform = people.platform
            and recognitions.folded_name = people.folded_name
    where recognitions.direction = 'received'
    group by all
    having count(distinct people.person) = 1
),

reasons as (
    select
        member,
        person,
        'waiting' as reason,
        1 as place,
        date_diff('day', last_day, today) as rank,
        last_day as since,
        last_day as until,
        null as detail
    from eligible
    where
        not last_is_sent
        and last_asks
        and last_day >= today - 30
        and messages_until >= today - 14
    union all
    select
        rested.member,
        rested.person,
        'changed_job' as reason,
        2 as place,
        date_diff('day', changes.seen_on, rested.today) as rank,
        changes.seen_before as since,
        changes.seen_on as until,
        changes.company as detail
    from rested
    inner join changes
        on rested.member = changes.member and rested.person = changes.person and changes.place = 1
    where rested.is_contact and changes.is_company_new and changes.seen_on >= rested.today - 90
    union all
    select
        rested.member,
        rested.person,
        'thanks' as reason,
        3 as place,
        date_diff('day', thanked.day, rested.today) as rank,
        thanked.day as since,
        thanked.day as until,
        thanked.kind as detail
    from rested
    inner join thanked on rested.member = thanked.member and rested.person = thanked.person
    where
        thanked.day >= rested.today - 56
        and (rested.last_day is null or rested.last_day < thanked.day)
    union all
    select
        rested.member,
        rested.person,
        'target_company' as reason,
        4 as place,
        (case targets.evidence when 'dream' then 0 when 'applied' then 1 when 'saved' then 2 else 3 end) * 100000
        + coalesce(date_diff('day', rested.last_day, rested.today), 90000) as rank,
        rested.last_day as since,
        rested.last_day as until,
        targets.company as detail
    from rested
    inner join target_companies as targets
        on rested.member = targets.member and company_key(rested.company) = targets.company_key
    where rested.is_contact
    union all
    select
        member,
        person,
        'dormant' as reason,
        5 as place,
        -(sent + received) as rank,
        last_day as since,
        last_day as until,
        null as detail
    from rested
    where sent > 0 and received > 0 and last_day < today - 1096
    union all
    select
        member,
        person,
        'greeting' as reason,
        6 as place,
        if(last_day is null, 0, 1000) - (sent + received) as rank,
        coalesce(last_day, connected_on) as since,
        coalesce(last_day, connected_on) as until,
        if(last_day is null, 'new', null) as detail
    from rested
    where
        (sent > 0 and received > 0 and last_day between today - 1096 and today - 182)
        or (is_contact and last_day is null and connected_on between today - 42 and today - 7)
),

best as (
    select
        *,
        row_number() over (partition by member, person order by place, rank, since) as choice
    from reasons
),

placed as (
    select
        *,
        row_number() over (partition by member, reason order by rank, person) as place_in_reason
    from best
    where choice = 1
),

listed as (
    select
        *,
        row_number() over (
            partition by member order by if(place_in_reason <= 2, 0, 1), place, place_in_reason
        ) as position
    from placed
)

select
    listed.member,
    row_number() over (partition by listed.member order by listed.place, listed.place_in_reason) as position,
    listed.person,
    ties.name,
    ties.platforms,
    ties.profile,
    listed.reason,
    listed.since,
    listed.until,
    listed.detail,
    ties.last_day as last_touch
from listed
inner join ties on listed.member = ties.member and listed.person = ties.person
where listed.position <= 5
order by listed.member, position
