-- Three things to do in the coming week, each with the number it rests on: what others wait for first, then thanks and
-- occasions, then the member's own rhythm. The rules, in this order, each kind at most once:
--   1 answer_waiting    somebody's question or offer has no answer (report_people names them)
--   2 check_recruiting  messages that look like recruiting have none: to be checked, not simply answered
--   3 thank             a dated recommendation, endorsement or logged help, and no word since
--   4 congratulate      a contact changed company between two exports
--   5 comment_in_group  active in groups in the last half year, not in the reported week
--   6 one of these about somebody new or out of touch: write_to_target (a contact at a company that matters to the member),
--     else write_to_dormant (no message for three years), else begin_conversation (none begun in the whole week, though usual)
--   7 add_note          at least ten requests in twelve weeks, fewer than half of them with a note.
-- Key: member, kind
-- position: place in the list
-- kind: the rule
-- metric: the number it rests on
-- value: that number in the reported week, over all platforms; null where it is absent
-- people: how many people of the list, messages, requests or acts the step is about, null where it is about none
-- name: whom it is about, where it is about one person
-- detail: what the sentence names: company, or kind of recognition or help
-- since: first day that the reason of the one person rests on
-- until: last day that it rests on
-- is_fresh: whether the messages with the one person are known up to now, see report_people
-- evidence: why the company is a target, see target_companies
with listed as (
    select
        member,
        reason,
        count(person) as people,
        arg_min(name, position) as name,
        arg_min(since, position) as since,
        arg_min(until, position) as until,
        arg_min(is_fresh, position) as is_fresh,
        arg_min(detail, position) as detail,
        arg_min(evidence, position) as evidence
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

numbers as (
    select
        member,
        metric,
        value,
        is_whole,
        mean_12_weeks
    from report_metrics
    where platform = 'all'
),

candidates as (
    select
        member, 1 as place, 1 as choice, 'answer_waiting' as kind, 'conversations_answered' as metric, people, name,
        null as detail, null as evidence
    from listed
    where reason = 'waiting'
    union all
    select
        member, 2 as place, 1 as choice, 'check_recruiting' as kind, 'recruiter_contacts' as metric, people,
        null as name, null as detail, null as evidence
    from approaches
    union all
    select
        member, 3 as place, 1 as choice, 'thank' as kind,
        case detail
            when 'recommendation' then 'recommendations_received'
            when 'endorsement' then 'endorsements_received'
            else 'care_weeks'
        end as metric,
        people, name, detail, null as evidence
    from listed
    where reason = 'thanks'
    union all
    select
        member, 4 as place, 1 as choice, 'congratulate' as kind, 'care_weeks' as metric, people, name, detail,
        null as evidence
    from listed
    where reason = 'changed_job'
    union all
    select
        member, 5 as place, 1 as choice, 'comment_in_group' as kind, 'group_activity' as metric, acts as people,
        null as name, null as detail, null as evidence
    from grouped
    where acts_in_week = 0
    union all
    select
        member, 6 as place, 1 as choice, 'write_to_target' as kind, 'care_weeks' as metric, people, name, detail,
        evidence
    from listed
    where reason = 'target_company'
    union all
    select
        member, 6 as place, 2 as choice, 'write_to_dormant' as kind, 'care_weeks' as metric, people, name, detail,
        null as evidence
    from listed
    where reason = 'dormant'
    union all
    select
        member, 6 as place, 3 as choice, 'begin_conversation' as kind, metric, null as people, null as name,
        null as detail, null as evidence
    from numbers
    where metric = 'conversations_started' and value = 0 and is_whole and mean_12_weeks >= 1
    union all
    select
        member, 7 as place, 1 as choice, 'add_note' as kind, 'invitations_sent' as metric, sent - noted as people,
        null as name, null as detail, null as evidence
    from notes
    where sent >= 10 and noted * 2 < sent
),

chosen as (
    select
        *,
        row_number() over (partition by member, place order by choice) as best
    from candidates
),

ranked as (
    select
        *,
        row_number() over (partition by member order by place) as position
    from chosen
    where best = 1
)

select
    ranked.member,
    ranked.position,
    ranked.kind,
    ranked.metric,
    numbers.value,
    ranked.people,
    ranked.name,
    ranked.detail,
    ranked.evidence,
    listed.since,
    listed.until,
    listed.is_fresh
from ranked
left join listed
    on
        ranked.member = listed.member
        and listed.reason = case ranked.kind
            when 'thank' then 'thanks'
            when 'congratulate' then 'changed_job'
            when 'write_to_dormant' then 'dormant'
        end
left join numbers on ranked.member = numbers.member and ranked.metric = numbers.metric
where ranked.position <= 3
order by ranked.member, ranked.position
