-- What each export by itself says of each week, where several exports of a platform hold the source: so that a figure
-- that a later export corrects can be told.
-- Key: member, platform, metric, as_of, week
-- metric: contacts_new, messages (written and received) or visible_activity
-- week: Monday of the week on the member's clock
-- value: records of the week in the exports of that day
with several as (
    select
        member,
        platform,
        source
    from stg_sources
    group by all
    having count(distinct as_of) > 1
),

contact_counts as (
    select
        days.member,
        days.platform,
        'contacts_new' as metric,
        days.as_of,
        date_trunc('week', days.connected_on)::date as week,
        sum(days.rows)::bigint as value
    from contact_days as days
    where days.connected_on is not null
    group by all
),

message_counts as (
    select
        messages.member,
        exports.platform,
        'messages' as metric,
        exports.as_of,
        messages.export,
        week_of(messages.sent_at, members.time_zone) as week,
        count(messages.sent_at) as value
    from stg_linkedin_messages as messages
    inner join stg_exports as exports on messages.member = exports.member and messages.export = exports.export
    inner join several
        on
            exports.member = several.member
            and exports.platform = several.platform
            and several.source = 'linkedin_messages'
    inner join stg_members as members on messages.member = members.member
    where not messages.is_sponsored
    group by all
),

act_counts as (
    select
        acts.member,
        exports.platform,
        'visible_activity' as metric,
        exports.as_of,
        acts.export,
        week_of(acts.acted_at, members.time_zone) as week,
        count(acts.acted_at) filter (acts.kind != 'post')
        + count(distinct acts.link) filter (acts.kind = 'post') as value
    from stg_linkedin_acts as acts
    inner join stg_exports as exports on acts.member = exports.member and acts.export = exports.export
    inner join several
        on
            exports.member = several.member
            and exports.platform = several.platform
            and several.source = 'linkedin_reactions'
    inner join stg_members as members on acts.member = members.member
    group by all
)

select member, platform, metric, as_of, week, value
from contact_counts
union all
select member, platform, metric, as_of, week, max(value) as value
from message_counts
group by all
union all
select member, platform, metric, as_of, week, max(value) as value
from act_counts
group by all
