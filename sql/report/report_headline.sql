-- The finding that opens the report, the first that holds of: an unusual rise or fall, a goal reached for the first time,
-- messages that wait for an answer, in every other week, a round number of contacts, a long run of active weeks, vacations aside, what the member noted in the own log, what else the
-- week brought, a quiet week, or that little is known. No finding opens two weeks in a row: an unusual one that held the week
-- before is passed over, and of the others each has its turn, in every other week since a fixed Monday or of its own run.
-- Unusual is a complete week beyond all of the 26 before (at least 12 of them), at least three beyond the 10th or 90th
-- percentile, and from the median at least three times its square root and 1.2 times the span of the usual range: with
-- constant habits, even uneven ones, fewer than one week in twenty. Numbers under ten are judged as sums of four weeks, where
-- the week itself lies on the same side of the median.
-- Quiet is a week that every export of contacts, messages and acts covers whole, and in which nothing is dated.
-- Key: member
-- kind: rise, fall, rise_four_weeks, fall_four_weeks, goal, waiting, round_number or streak; own (entries of the week) and own_recent
--   (of twelve weeks); in even turns ordinary (contacts and acts) and correspondents (people in messages), in odd ones
--   messages, network (new among all contacts) and acts (by kind); quiet and still_quiet (after a quiet week); known and
--   known_again where none of these holds
-- metric: the number that the finding is about, null where it is about none of them
-- value: its value, null where it is about none
-- usual_low: 10th percentile of the weeks before
-- usual_high: 90th percentile of the weeks before
with untils as (
    select
        member,
        min(until) filter (source = 'contacts') as contacts,
        min(until) filter (source = 'posts') as posts,
        min(until) filter (source = 'messages') as messages
    from (
        select
            member,
            platform,
            source,
            max(until) as until
        from availability
        group by all
    ) as newest
    group by all
),

series as (
    select
        weekly.member,
        weekly.week,
        members.week as reported,
        unnest([
            {
                'position': 1,
                'metric': 'contacts_new',
                'value': if(weekly.week + 6 < untils.contacts, weekly.contacts_new, null)
            },
            {
                'position': 2,
                'metric': 'visible_activity',
                'value': if(weekly.week + 6 < untils.posts, weekly.visible_activity, null)
            },
            {
                'position': 3,
                'metric': 'conversations_started',
                'value': if(weekly.week + 6 < untils.messages, weekly.conversations_started, null)
            }
        ]) as entry
    from weekly_metrics as weekly
    inner join report_members as members on weekly.member = members.member
    inner join untils on weekly.member = untils.member
    -- Told are the reported week and whether the one before was of its kind: 26 weeks before that, and three for sums of four.
    where weekly.platform = 'all' and weekly.week between members.week - 7 * 30 and members.week
),

valued as (
    select
        member,
        week,
        reported,
        entry.position as position,
        entry.metric as metric,
        entry.value as value,
        sum(entry.value) over four as four,
        count(entry.value) over four as four_known
    from series
    window four as (
        partition by member, entry.metric order by week rows between 3 preceding and current row
    )
),

compared as (
    select
        *,
        count(value) over past as known,
        quantile_disc(value, 0.1) over past as low,
        quantile_disc(value, 0.9) over past as high,
        min(value) over past as least,
        max(value) over past as most,
        quantile_disc(value, 0.5) over past as median,
        min(if(four_known = 4, four, null)) over earlier as four_least,
        max(if(four_known = 4, four, null)) over earlier as four_most,
        quantile_disc(if(four_known = 4, four, null), 0.5) over earlier as four_median,
        lag(four, 4) over (partition by member, metric order by week) as four_before
    from valued
    window
        past as (partition by member, metric order by week rows between 26 preceding and 1 preceding),
        earlier as (partition by member, metric order by week rows between 26 preceding and 4 preceding)
),

judged as (
    select
        member,
        week,
        reported,
        position,
        metric,
        value,
        four,
        low,
        high,
        case
            when known < 12 or value is null then null
            when
                value >= 10 and value > most and value - high >= 3
                and value - median >= greatest(3 * sqrt(greatest(median, 1)), 1.2 * (high - low))
                then 'rise'
            when
                median >= 10 and value < least and low - value >= 3
                and median - value >= greatest(3 * sqrt(greatest(median, 1)), 1.2 * (high - low))
                then 'fall'
            when
                value < 10 and median < 10 and value > median and four_known = 4 and four > four_most
                and four - four_before >= 3
                and four - four_median >= 3 * sqrt(greatest(four_median, 1))
                then 'rise_four_weeks'
            when
                value < 10 and median < 10 and value < median and four_known = 4 and four < four_least
                and four_before - four >= 3
                and four_median - four >= 3 * sqrt(greatest(four_median, 1))
                then 'fall_four_weeks'
        end as kind
    from compared
),

unusual as (
    select
        *,
        lag(kind) over (partition by member, metric order by week) as kind_before
    from judged
),

milestones as (
    select
        weekly.member,
        weekly.week,
        members.week as reported,
        date_diff('day', date '2001-01-08', weekly.week) // 7 % 2 = 0 as is_even_turn,
        weekly.contacts_total,
        lag(weekly.contacts_total) over (partition by weekly.member order by weekly.week) as contacts_before,
        streaks.streak,
        lag(streaks.streak) over (partition by weekly.member order by weekly.week) as streak_before,
        weekly.contacts_new,
        weekly.visible_activity,
        weekly.messages_sent,
        weekly.messages_received,
        weekly.week + 6 < least(untils.contacts, untils.posts, untils.messages)
        and coalesce(weekly.contacts_new, 0)
        + coalesce(weekly.visible_activity, 0)
        + coalesce(weekly.messages_sent, 0)
        + coalesce(weekly.messages_received, 0)
        + coalesce(weekly.invitations_sent, 0)
        + coalesce(weekly.invitations_received, 0)
        + coalesce(weekly.recommendations_given, 0)
        + coalesce(weekly.recommendations_received, 0)
        + coalesce(weekly.endorsements_given, 0)
        + coalesce(weekly.endorsements_received, 0)
        + coalesce(weekly.streak_weeks, 0) = 0 as is_quiet
    from weekly_metrics as weekly
    inner join report_members as members on weekly.member = members.member
    left join untils on weekly.member = untils.member
    left join streaks
        on weekly.member = streaks.member and weekly.week = streaks.week and weekly.platform = streaks.platform
    where weekly.platform = 'all' and weekly.week <= members.week
),

quiet_weeks as (
    select
        member,
        week,
        reported,
        row_number() over (partition by member order by week) as place
    from milestones
    where is_quiet
),

quiet_runs as (
    select
        member,
        week,
        reported,
        row_number() over (partition by member, week - 7 * place::integer order by week) as place_in_run
    from quiet_weeks
),

own_weeks as (
    select
        entries.member,
        entries.week,
        members.week as reported,
        count(entries.day) as entries,
        row_number() over (partition by entries.member order by entries.week) as place
    from own_entries as entries
    inner join report_members as members on entries.member = members.member
    where entries.kind != 'recruiter_contact' and entries.week <= members.week
    group by entries.member, entries.week, members.week
),

own_runs as (
    select
        member,
        week,
        reported,
        entries,
        row_number() over (partition by member, week - 7 * place::integer order by week) as place_in_run
    from own_weeks
),

own_recent as (
    select
        member,
        sum(entries)::bigint as entries
    from own_weeks
    where week > reported - 84
    group by all
),

written_with as (
    select
        touches.member,
        count(distinct touches.other) as people
    from touches
    inner join report_members as members on touches.member = members.member and touches.week = members.week
    where touches.kind = 'message'
    group by all
),

round_numbers as (
    select
        milestones.member,
        max(steps.step) as step
    from milestones
    inner join
        (
            values
            (50), (100), (150), (200), (250), (300), (400), (500), (750), (1000), (1500), (2000), (2500), (3000),
            (4000), (5000), (7500), (10000), (15000), (20000), (30000)
        ) as steps (step)
        on milestones.contacts_before < steps.step and milestones.contacts_total >= steps.step
    where milestones.week = milestones.reported
    group by all
),

waiting as (
    select
        member,
        count(person) as people
    from report_people
    where reason = 'waiting'
    group by all
),

candidates as (
    select
        member,
        1 as place,
        position,
        kind,
        metric,
        if(kind in ('rise', 'fall'), value, four)::bigint as value,
        low::bigint as usual_low,
        high::bigint as usual_high
    from unusual
    where week = reported and kind is not null and kind_before is distinct from kind
    union all
    select
        member,
        2 as place,
        position,
        'goal' as kind,
        metric,
        this_week as value,
        null as usual_low,
        null as usual_high
    from report_goals
    where is_reached and weeks_met = 1
    union all
    select
        milestones.member,
        3 as place,
        0 as position,
        'waiting' as kind,
        null as metric,
        waiting.people as value,
        null as usual_low,
        null as usual_high
    from milestones
    inner join report_members as members on milestones.member = members.member
    inner join waiting on milestones.member = waiting.member
    -- Who waits is known for the day of the newest export, which an older week is not about.
    where milestones.week = milestones.reported and milestones.is_even_turn and members.as_of <= milestones.week + 13
    union all
    select
        member,
        3 as place,
        1 as position,
        'round_number' as kind,
        'contacts_total' as metric,
        step::bigint as value,
        null as usual_low,
        null as usual_high
    from round_numbers
    union all
    select
        member,
        4 as place,
        1 as position,
        'streak' as kind,
        'streak_weeks' as metric,
        streak as value,
        null as usual_low,
        null as usual_high
    from milestones
    -- A week of vacation leaves the streak as it was.
    where
        week = reported
        and streak in (8, 13, 26, 39, 52, 78, 104, 156, 208, 260)
        and streak > coalesce(streak_before, 0)
    union all
    -- One in two weeks of a run of weeks with entries tells of the week, the other, where there is nothing else, of twelve.
    select
        own_runs.member,
        5 as place,
        if(own_runs.place_in_run % 2 = 1, 1, 5) as position,
        if(own_runs.place_in_run % 2 = 1, 'own', 'own_recent') as kind,
        null as metric,
        if(own_runs.place_in_run % 2 = 1, own_runs.entries, own_recent.entries) as value,
        null as usual_low,
        null as usual_high
    from own_runs
    inner join own_recent on own_runs.member = own_recent.member
    where own_runs.week = own_runs.reported
    union all
    select
        member,
        5 as place,
        2 as position,
        if(is_even_turn, 'ordinary', 'messages') as kind,
        if(is_even_turn, 'contacts_new', 'messages_sent') as metric,
        if(is_even_turn, contacts_new, messages_sent) as value,
        null as usual_low,
        null as usual_high
    from milestones
    where
        week = reported
        and if(
            is_even_turn,
            coalesce(contacts_new, 0) + coalesce(visible_activity, 0),
            coalesce(messages_sent, 0) + coalesce(messages_received, 0)
        ) > 0
    union all
    select
        milestones.member,
        5 as place,
        3 as position,
        'correspondents' as kind,
        'messages_sent' as metric,
        written_with.people as value,
        null as usual_low,
        null as usual_high
    from milestones
    inner join written_with on milestones.member = written_with.member
    where milestones.week = milestones.reported and milestones.is_even_turn and written_with.people > 0
    union all
    select
        member,
        5 as place,
        3 as position,
        'network' as kind,
        'contacts_total' as metric,
        contacts_total as value,
        null as usual_low,
        null as usual_high
    from milestones
    where week = reported and not is_even_turn and contacts_new > 0
    union all
    select
        member,
        5 as place,
        4 as position,
        'acts' as kind,
        'visible_activity' as metric,
        visible_activity as value,
        null as usual_low,
        null as usual_high
    from milestones
    where week = reported and not is_even_turn and visible_activity > 0
    union all
    select
        member,
        6 as place,
        1 as position,
        if(place_in_run % 2 = 1, 'quiet', 'still_quiet') as kind,
        null as metric,
        null as value,
        null as usual_low,
        null as usual_high
    from quiet_runs
    where week = reported
    union all
    select
        member,
        7 as place,
        1 as position,
        if(date_diff('day', date '2001-01-08', week) // 7 % 2 = 0, 'known', 'known_again') as kind,
        null as metric,
        null as value,
        null as usual_low,
        null as usual_high
    from report_members
),

ranked as (
    select
        *,
        row_number() over (partition by member order by place, position, metric) as rank
    from candidates
)

select
    member,
    kind,
    metric,
    value,
    usual_low,
    usual_high
from ranked
where rank = 1
order by member
