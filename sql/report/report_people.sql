-- Whom to get back to, at most five, as of the day of the newest export, with the reason that the source proves.
-- Nobody whose last touch lies within 14 days, unless they wait for an answer, and nobody who is set aside: the silent, the
-- recruiting, whom `report_steps` asks to check instead, spam and doubles.
-- People take turns: each has one week in five, so that without any memory nobody but those who wait is listed twice within
-- four weeks. Who may have waited within these four weeks rests as well.
-- Key: member, person
-- position: place in the list: those who wait first, then by reason
-- reason: waiting (the last message is theirs, at most 30 days old, and asks or offers something; not the first words of
--   somebody who is no contact or sells), changed_job, thanks (a dated recommendation, endorsement or logged help, and no word since),
--   target_company, dormant (exchanged messages, none for three years), greeting (exchanged messages, none for half a year,
--   or newly connected and not written since, as far as messages are known)
-- last_touch: day of the last message either way in a conversation of two, null where there is none
-- since: first day that the reason rests on
-- until: last day that the reason rests on
-- detail: what the reason names: company, or kind of recognition or help
-- evidence: why the company is a target, see target_companies
-- is_fresh: whether the messages of each platform that knows the person are known to within 14 days of the newest export;
--   otherwise nothing is said about what has not been written
-- known_until: day up to which the messages of the oldest of these are known, null where all are fresh or none are known
-- known_platform: the platform of that day
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
    anti join set_aside on ties.member = set_aside.member and ties.person = set_aside.person
    anti join muted_people as muted
        on ties.member = muted.member and ties.person = muted.person and limits.today < muted.until
    where ties.name is not null
),

-- Somebody who was listed as waiting in one of the four weeks before wrote, or was answered, within these days.
rested as (
    select *
    from eligible
    where
        is_turn
        and (
            last_day is null
            or last_day < today - if(coalesce(not last_is_sent and last_asks, false), 58, 28)
        )
),

recognised as (
    select
        recognised.member,
        recognised.person,
        recognised.day,
        recognised.kind,
        -- A recommendation says more than help, and help more than the endorsement of a skill, whichever came last.
        list_position(
            ['endorsement', 'advice_asked', 'introduction', 'referral', 'recommendation'], recognised.kind
        ) as weight
    from recognised_people as recognised
    inner join limits on recognised.member = limits.member
    where
        recognised.direction = 'received'
        and recognised.day between limits.today - 56 and limits.today
),

thanked as (
    select
        member,
        person,
        arg_max(day, (weight, day)) as day,
        arg_max(kind, (weight, day)) as kind
    from recognised
    group by all
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
        null as detail,
        null as evidence
    from eligible
    where
        not last_is_sent
        and last_asks
        and last_day >= today - 30
        and messages_until >= today - 14
        and (
            sent > 0
            or (
                is_contact
                and not coalesce(
                    regexp_matches(
                        lower(title),
                        '\b(sales|account executive|business development|sdr|bdr|growth|lead generation)\b|vertrieb|kundengewinnung|finanzberat|vermögensberat'  -- noqa: LT05
                    ),
                    false
                )
            )
        )
    union all
    select
        rested.member,
        rested.person,
        'changed_job' as reason,
        2 as place,
        date_diff('day', changes.seen_on, rested.today) as rank,
        changes.seen_before as since,
        changes.seen_on as until,
        changes.company as detail,
        null as evidence
    from rested
    inner join new_jobs as changes on rested.member = changes.member and rested.person = changes.person
    where
        rested.is_contact
        and changes.seen_on >= rested.today - 90
    union all
    select
        rested.member,
        rested.person,
        'thanks' as reason,
        3 as place,
        date_diff('day', thanked.day, rested.today) as rank,
        thanked.day as since,
        thanked.day as until,
        thanked.kind as detail,
        null as evidence
    from rested
    inner join thanked on rested.member = thanked.member and rested.person = thanked.person
    where rested.last_day is null or rested.last_day < thanked.day
    union all
    select
        rested.member,
        rested.person,
        'target_company' as reason,
        4 as place,
        (case paths.evidence when 'own' then 0 when 'dream' then 1 when 'applied' then 2 when 'saved' then 3 else 4 end)
        * 1000000 + paths.strength as rank,
        rested.last_day as since,
        rested.last_day as until,
        paths.target as detail,
        paths.evidence
    from rested
    inner join warm_paths as paths
        on rested.member = paths.member and rested.person = paths.person and paths.target is not null
    union all
    select
        member,
        person,
        'dormant' as reason,
        5 as place,
        -(sent + received) as rank,
        last_day as since,
        last_day as until,
        null as detail,
        null as evidence
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
        if(last_day is null, 'new', null) as detail,
        null as evidence
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
        -- Of the other reasons at most two people each come before the next one; everybody who waits comes first.
        row_number() over (
            partition by member
            order by if(reason = 'waiting' or place_in_reason <= 2, 0, 1), place, place_in_reason
        ) as position
    from placed
),

few as (
    select
        listed.*,
        ties.name,
        ties.platforms,
        ties.profile,
        ties.last_day
    from listed
    inner join ties on listed.member = ties.member and listed.person = ties.person
    where listed.position <= 5
),

places as (
    select
        member,
        person,
        unnest(platforms) as platform
    from few
),

-- Of people whom the own list alone knows, no messages are expected.
reach as (
    select
        known.member,
        known.person,
        bool_and(known.is_fresh) as is_fresh,
        min(known.until) filter (not known.is_fresh) as known_until,
        min_by(known.platform, (known.until, known.platform)) filter (not known.is_fresh and known.until is not null)
            as known_platform
    from (
        select
            places.member,
            places.person,
            places.platform,
            message_ends.until,
            coalesce(message_ends.until >= limits.today - 14, false) as is_fresh
        from places
        inner join limits on places.member = limits.member
        left join message_ends on places.member = message_ends.member and places.platform = message_ends.platform
        where places.platform != 'own'
    ) as known
    group by all
)

select
    listed.member,
    row_number() over (partition by listed.member order by listed.place, listed.place_in_reason) as position,
    listed.person,
    listed.name,
    listed.platforms,
    listed.profile,
    listed.reason,
    listed.since,
    listed.until,
    listed.detail,
    listed.evidence,
    coalesce(reach.is_fresh, false) as is_fresh,
    reach.known_until,
    reach.known_platform,
    listed.last_day as last_touch
from few as listed
left join reach on listed.member = reach.member and listed.person = reach.person
order by listed.member, position
