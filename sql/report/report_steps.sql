-- Three things to do in the coming week, each with the number it rests on: what others wait for first, then thanks and
-- occasions, then the member's own rhythm. Each kind once; at most one is about writing to somebody out of touch.
-- Key: member, kind
-- kind: answer_waiting, check_recruiting, congratulate, thank, comment_in_group, begin_conversation,
--   write_to_target, write_to_dormant or add_note
-- metric: the number it rests on
-- value: its value, of the reported week or of the people listed
-- name: whom it is about, where it is about one person
with listed as (
    select
        member,
        reason,
        count(person) as people,
        arg_min(name, position) as name,
        arg_min(detail, position) as detail
    from report_people
    group by all
),

approaches as (
    select
        member,
        count(other) as people
    from report_open_approaches
    group by all
),

notes as (
    select
        invitations.member,
        count(invitations.member) as sent,
        count(invitations.note_key) as noted
    from invitations
    inner join report_members as members on invitations.member = members.member
    where
        invitations.is_sent
        and invitations.day <= members.week + 6
        and invitations.day > members.week + 6 - 84
    group by all
),

grouped as (
    select
        member,
        sum(acts)::bigint as acts,
        sum(acts_in_week)::bigint as acts_in_week
    from report_groups
    group by all
),

started as (
    select
        member,
        value,
        mean_12_weeks
    from report_metrics
    where metric = 'conversations_started' and platform = 'all' and value is not null
),

candidates as (
    select
        member, 1 as place, 'answer_waiting' as kind, 'conversations_answered' as metric, people as value, name,
        null as detail
    from listed
    where reason = 'waiting'
    union all
    select
        member, 2 as place, 'check_recruiting' as kind, 'recruiter_contacts' as metric, people as value,
        null as name, null as detail
    from approaches
    union all
    select
        member, 3 as place, 'thank' as kind,
        if(detail = 'recommendation', 'recommendations_received', 'endorsements_received') as metric,
        people as value, name, detail
    from listed
    where reason = 'thanks'
    union all
    select
        member, 4 as place, 'congratulate' as kind, 'contacts_total' as metric, people as value, name, detail
    from listed
    where reason = 'changed_job'
    union all
    select
        member, 5 as place, 'comment_in_group' as kind, 'group_activity' as metric, acts_in_week as value,
        null as name, null as detail
    from grouped
    where acts_in_week = 0
    union all
    select
        member, 6 as place, 'begin_conversation' as kind, 'conversations_started' as metric, value, null as name,
        null as detail
    from started
    where value = 0 and mean_12_weeks > 0
    union all
    select
        listed.member,
        7 as place,
        if(listed.reason = 'target_company', 'write_to_target', 'write_to_dormant') as kind,
        'care_weeks' as metric,
        listed.people as value,
        listed.name,
        listed.detail
    from listed
    where
        listed.reason = 'target_company'
        or (
            listed.reason = 'dormant'
            and listed.member not in (
                select targets.member
                from listed as targets
                where targets.reason = 'target_company'
            )
        )
    union all
    select
        member, 8 as place, 'add_note' as kind, 'invitations_sent' as metric, sent - noted as value, null as name,
        null as detail
    from notes
    where sent >= 10 and noted * 2 < sent
),

ranked as (
    select
        *,
        row_number() over (partition by member order by place) as position
    from candidates
)

select
    member,
    position,
    kind,
    metric,
    value,
    name,
    detail
from ranked
where position <= 3
order by member, position
