-- Each number of the reported week, once for all platforms together and once for each platform with an export, beside
-- what it is compared with. A week that its source does not cover whole compares with nothing; together, only weeks
-- that the same platforms cover are compared.
-- Key: member, metric, platform
-- status: measured, inferred or absent
-- reason: why absent: never (no export holds it), not_noted (the own list has no line for the week), missing (no source
--   given), later (the source ends before the week), earlier (the source begins after the week), one_export, no_addresses,
--   names_only
-- source: the source that would answer
-- until: day up to which the source answers
-- previous_week: the week before
-- mean_4_weeks: mean of the four weeks before
-- mean_12_weeks: mean of the twelve weeks before
-- same_week_last_year: the ISO week of the same number a year before
-- usual_low: 10th percentile of the last 26 complete weeks, at least 12 of them
-- usual_high: 90th percentile of the same weeks
-- value: the number in the reported week
-- is_whole: whether its sources cover the reported week to its end; what they do not compares with nothing
with untils as (
    select
        member,
        platform,
        source,
        max(until) as until,
        min(since) as since
    from availability
    group by all
),

-- Numbers that rest on several sources are complete where the first of them is.
source_ends as (
    select member, platform, source, until, since
    from untils
    union all
    select
        member,
        platform,
        'activity' as source,
        max(until) as until,
        null as since
    from untils
    where source in ('posts', 'comments', 'reactions', 'votes', 'reposts')
    group by all
    union all
    select
        member,
        platform,
        'acts' as source,
        max(until) as until,
        if(count(source) = count(since), min(since), null) as since
    from untils
    where source in ('messages', 'invitations', 'posts', 'comments', 'reactions', 'votes', 'reposts', 'log')
    group by all
    union all
    select
        member,
        platform,
        'care' as source,
        max(until) as until,
        null as since
    from untils
    where source in ('messages', 'recommendations_given', 'log')
    group by all
    union all
    select
        member,
        platform,
        'recruiting' as source,
        until,
        since
    from untils
    where platform = 'linkedin' and source = 'messages'
    union all
    select distinct
        logged.member,
        logged.platform,
        'recruiting' as source,
        untils.until,
        untils.since
    from own_recruiter_contacts as logged
    inner join untils on logged.member = untils.member and untils.source = 'log'
    where logged.platform != 'linkedin'
),

near as (
    select
        weekly.*,
        members.week as reported,
        (isoyear(members.week) - 1) || right(members.week_name, 4) as year_before
    from report_weeks as weekly
    inner join report_members as members on weekly.member = members.member
    where
        weekly.week >= members.week - 7 * 26
        or weekly.week_name = (isoyear(members.week) - 1) || right(members.week_name, 4)
),

listed as (
    select
        member,
        platform,
        week,
        week_name,
        reported,
        year_before,
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
        members.week_name,
        members.week as reported,
        null as year_before,
        {'metric': names.metric, 'value': null::bigint} as entry
    from report_members as members
    inner join platforms on members.member = platforms.member
    cross join metric_names as names
    anti join report_weeks as weekly on members.member = weekly.member and members.week = weekly.week
),

asked as (
    select member, platform, week, week_name, reported, year_before, entry
    from listed
    union all
    select member, platform, week, week_name, reported, year_before, entry
    from unknown
),

first_weeks as (
    select
        member,
        min(week) as week
    from weeks
    group by all
),

long as (
    select
        asked.member,
        asked.platform,
        asked.week,
        date_diff('day', asked.week, asked.reported) // 7 as weeks_ago,
        asked.week_name = asked.year_before as is_year_before,
        names.metric,
        names.kind,
        asked.entry.value as value,
        ends.until,
        asked.entry.value is not null and asked.week + 6 < ends.until as is_complete,
        -- A stock outlives its source: it is known before its last day and after, not while the last week is unfinished.
        if(
            names.kind = 'stock',
            ends.until is not null and not (asked.week <= ends.until and ends.until <= asked.week + 6),
            asked.entry.value is not null and asked.week + 6 < ends.until
        ) as counts_whole,
        if(names.kind = 'stock', ends.until is not null, asked.entry.value is not null) as counts
    from asked
    inner join metric_names as names on asked.entry.metric = names.metric
    left join source_ends as ends
        on asked.member = ends.member and asked.platform = ends.platform and names.source = ends.source
),

platform_sets as (
    select
        member,
        metric,
        week,
        coalesce(list(platform order by platform) filter (counts), []) as known,
        coalesce(list(platform order by platform) filter (counts_whole), []) as whole
    from long
    where platform != 'all'
    group by all
),

reported_sets as (
    select
        long.member,
        long.metric,
        sets.known
    from long
    inner join platform_sets as sets
        on long.member = sets.member and long.metric = sets.metric and long.week = sets.week
    where long.platform = 'all' and long.weeks_ago = 0
),

comparable as (
    select
        long.member,
        long.platform,
        long.metric,
        long.kind,
        long.week,
        long.weeks_ago,
        long.is_year_before,
        long.value,
        if(
            long.platform = 'all',
            if(sets.whole = reported_sets.known and len(sets.whole) > 0, long.value, null),
            if(long.is_complete, long.value, null)
        ) as whole_value
    from long
    left join platform_sets as sets
        on long.member = sets.member and long.metric = sets.metric and long.week = sets.week
    left join reported_sets on long.member = reported_sets.member and long.metric = reported_sets.metric
),

compared as (
    select
        member,
        platform,
        metric,
        max(value) filter (weeks_ago = 0) as value,
        coalesce(bool_or(whole_value is not null) filter (weeks_ago = 0), false) as is_whole,
        max(whole_value) filter (weeks_ago = 1) as previous_week,
        case
            when count(whole_value) filter (weeks_ago between 1 and 4) = 4
                then avg(whole_value) filter (weeks_ago between 1 and 4)
        end as mean_4_weeks,
        case
            when count(whole_value) filter (weeks_ago between 1 and 12) = 12
                then avg(whole_value) filter (weeks_ago between 1 and 12)
        end as mean_12_weeks,
        max(whole_value) filter (is_year_before) as same_week_last_year,
        case
            when count(whole_value) filter (weeks_ago between 1 and 26) >= 12
                then quantile_disc(whole_value, 0.1) filter (weeks_ago between 1 and 26)
        end as usual_low,
        case
            when count(whole_value) filter (weeks_ago between 1 and 26) >= 12
                then quantile_disc(whole_value, 0.9) filter (weeks_ago between 1 and 26)
        end as usual_high
    from comparable
    group by all
),

ends_together as (
    select member, platform, source, until, since
    from source_ends
    union all
    select
        member,
        'all' as platform,
        source,
        max(until) as until,
        min(since) as since
    from source_ends
    group by all
)

select
    compared.member,
    names.position,
    compared.metric,
    compared.platform,
    names.unit,
    names.source,
    case
        when compared.value is null then 'absent'
        when names.kind = 'inferred' then 'inferred'
        else 'measured'
    end as status,
    case
        when compared.value is not null then null
        when names.source = 'views' then if(ends.until is null, 'never', 'not_noted')
        when compared.platform = 'own' and names.source not in ('acts', 'care', 'contacts', 'recruiting') then 'never'
        when
            compared.platform = 'xing'
            and names.source not in ('contacts', 'messages', 'acts', 'care', 'recruiting') then 'never'
        when compared.platform = 'xing' and names.kind = 'inferred' then 'names_only'
        when ends.until is null then 'missing'
        when members.week > ends.until then 'later'
        when members.week < coalesce(ends.since, first_weeks.week) then 'earlier'
        when compared.metric = 'contacts_lost' then 'one_export'
        when compared.metric = 'invitations_accepted' then 'no_addresses'
        when names.source = 'invitations' then 'earlier'
        else 'missing'
    end as reason,
    ends.until,
    compared.value,
    compared.is_whole,
    compared.previous_week,
    compared.mean_4_weeks,
    compared.mean_12_weeks,
    compared.same_week_last_year,
    compared.usual_low,
    compared.usual_high
from compared
inner join metric_names as names on compared.metric = names.metric
inner join report_members as members on compared.member = members.member
inner join first_weeks on compared.member = first_weeks.member
left join ends_together as ends
    on compared.member = ends.member and compared.platform = ends.platform and names.source = ends.source
order by compared.member, names.position, compared.platform
