-- Figures of complete earlier weeks that a new export corrects: the exports before it said something else. New are the exports
-- that came after the reported week, at least the newest of each platform where it came since that week began, so that a
-- correction is told with the export that caused it and not again every week.
-- Key: member, metric, platform, week
-- week_number: number of the ISO week
-- before: what the exports before the new ones said
-- now: what all exports say
with new_since as (
    select
        exports.member,
        exports.platform,
        least(max(exports.as_of), members.week + 7) as as_of
    from stg_exports as exports
    inner join report_members as members on exports.member = members.member
    group by exports.member, exports.platform, members.week
    having max(exports.as_of) >= members.week
),

-- Every one of them must have been there for a figure to have been told.
needed as (
    select *
    from (
        values
        ('contacts_new', 'contacts', 1),
        ('messages_sent', 'messages', 1),
        ('messages_received', 'messages', 1),
        ('recruiter_contacts', 'messages', 1),
        ('invitations_sent', 'invitations', 1),
        ('invitations_received', 'invitations', 1),
        ('recommendations_given', 'recommendations_given', 1),
        ('recommendations_received', 'recommendations_received', 1),
        ('endorsements_given', 'endorsements_given', 1),
        ('endorsements_received', 'endorsements_received', 1),
        ('visible_activity', 'posts', 5),
        ('visible_activity', 'comments', 5),
        ('visible_activity', 'reactions', 5),
        ('visible_activity', 'reposts', 5),
        ('visible_activity', 'votes', 5)
    ) as pairs (metric, source, sources)  -- noqa: AL05
),

-- What the earlier exports covered.
reached as (
    select
        availability.member,
        availability.platform,
        availability.source,
        max(availability.until) as until,
        min(availability.since) as since
    from availability
    inner join new_since
        on
            availability.member = new_since.member
            and availability.platform = new_since.platform
            and availability.until < new_since.as_of
    group by all
),

covered as (
    select
        reached.member,
        reached.platform,
        needed.metric,
        min(reached.until) as until,
        max(reached.since) as since
    from reached
    inner join needed on reached.source = needed.source
    group by reached.member, reached.platform, needed.metric, needed.sources
    having count(reached.source) = needed.sources
),

compared as (
    select
        weeks.member,
        weeks.platform,
        weeks.metric,
        weeks.week,
        coalesce(sum(weeks.change) filter (weeks.as_of < new_since.as_of), 0)::bigint as before,
        sum(weeks.change)::bigint as now
    from export_weeks as weeks
    inner join new_since on weeks.member = new_since.member and weeks.platform = new_since.platform
    inner join covered
        on weeks.member = covered.member and weeks.platform = covered.platform and weeks.metric = covered.metric
    where weeks.week + 6 < covered.until and weeks.week >= coalesce(covered.since, weeks.week)
    group by weeks.member, weeks.platform, weeks.metric, weeks.week
)

select
    compared.member,
    compared.metric,
    compared.platform,
    compared.week,
    week_name(compared.week) as week_name,
    weekofyear(compared.week) as week_number,
    compared.before,
    compared.now
from compared
inner join report_members as members on compared.member = members.member
where
    compared.now != compared.before
    and compared.week <= members.week
    and compared.week > members.week - 84
order by compared.member, compared.week desc, compared.metric, compared.platform
