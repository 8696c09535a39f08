-- The finding that opens the report, the first that holds of: an unusual rise or fall, a goal reached for the first time, a
-- round number of contacts, a long run of active weeks, vacations aside, else an ordinary or a quiet week. No finding opens two weeks in a row: one that held the
-- week before already is passed over.
-- Unusual is a complete week beyond all of the 26 before (at least 12 of them), at least three beyond the 10th or 90th
-- percentile, and from the median at least three times its square root and 1.2 times the span of the usual range: with
-- constant habits, even uneven ones, fewer than one week in twenty. Numbers under ten are judged as sums of four weeks.
-- Key: member
-- kind: rise, fall, rise_four_weeks, fall_four_weeks, goal, round_number, streak, ordinary, messages or quiet
-- metric: the number that the finding is about
-- value: its value
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
    where weekly.platform = 'all' and weekly.week <= members.week
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
                value < 10 and median < 10 and four_known = 4 and four > four_most and four - four_before >= 3
                and four - four_median >= 3 * sqrt(greatest(four_median, 1))
                then 'rise_four_weeks'
            when
                value < 10 and median < 10 and four_known = 4 and four < four_least and four_before - four >= 3
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
        weekly.contacts_total,
        lag(weekly.contacts_total) over (partition by weekly.member order by weekly.week) as contacts_before,
        streaks.streak,
        lag(streaks.streak) over (partition by weekly.member order by weekly.week) as streak_before,
        weekly.contacts_new,
        weekly.visible_activity,
        weekly.messages_sent,
        weekly.messages_received
    from weekly_metrics as weekly
    inner join report_members as members on weekly.member = members.member
    left join streaks
        on weekly.member = streaks.member and weekly.week = streaks.week and weekly.platform = streaks.platform
    where weekly.platform = 'all' and weekly.week <= members.week
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
    -- Ordinary weeks take turns, so that the same finding never opens two of them.
    select
        member,
        5 as place,
        if((weekofyear(week) % 2 = 0) = (coalesce(contacts_new, 0) + coalesce(visible_activity, 0) > 0), 1, 3)
            as position,
        'ordinary' as kind,
        'contacts_new' as metric,
        contacts_new as value,
        null as usual_low,
        null as usual_high
    from milestones
    where week = reported and coalesce(contacts_new, 0) + coalesce(visible_activity, 0) > 0
    union all
    select
        member,
        5 as place,
        2 as position,
        'messages' as kind,
        'messages_sent' as metric,
        messages_sent as value,
        null as usual_low,
        null as usual_high
    from milestones
    where week = reported and coalesce(messages_sent, 0) + coalesce(messages_received, 0) > 0
    union all
    select
        member,
        6 as place,
        1 as position,
        'quiet' as kind,
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
