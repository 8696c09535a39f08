-- By how much the exports of each day changed the figure of a week, where a platform has exports of several days: so that a
-- figure that a newer export corrects can be told. Over all days the changes make the figure of weekly_metrics.
-- Key: member, platform, metric, as_of, week
-- metric: contacts_new, messages_sent, messages_received, visible_activity, invitations_sent, invitations_received, the
--   recommendations and endorsements given and received, or recruiter_contacts
-- as_of: day of the exports
-- week: Monday of the week on the member's clock
-- change: records that these exports show and no earlier one does; of recruiting contacts those whose title tells it from
--   this day on, less those whose title does no longer
with several as (
    select
        member,
        platform
    from stg_exports
    group by all
    having count(distinct as_of) > 1
),

records as (
    select member, platform, if(is_sent, 'messages_sent', 'messages_received') as metric, first_seen, week
    from messages
    union all
    select member, platform, 'visible_activity' as metric, first_seen, week
    from acts
    union all
    select member, platform, if(is_sent, 'invitations_sent', 'invitations_received') as metric, first_seen, week
    from invitations
    union all
    select member, platform, kind || 's_' || direction as metric, first_seen, week
    from recognitions
),

contact_changes as (
    select
        member,
        platform,
        as_of,
        date_trunc('week', connected_on)::date as week,
        known - coalesce(lag(known) over (partition by member, platform, connected_on order by as_of), 0) as change
    from contact_days
    where connected_on is not null
),

-- Only whom some title, a subject or an InMail could ever tell.
telling as (
    select
        snapshots.member,
        snapshots.platform,
        contacts.address,
        snapshots.contact,
        snapshots.as_of,
        coalesce(roles.is_recruiter, false) as is_recruiter,
        coalesce(roles.is_hr, false) as is_hr
    from contact_snapshots as snapshots
    inner join several on snapshots.member = several.member and snapshots.platform = several.platform
    inner join contacts
        on
            snapshots.member = contacts.member
            and snapshots.platform = contacts.platform
            and snapshots.contact = contacts.contact
    inner join first_approaches as approaches
        on
            contacts.member = approaches.member
            and contacts.platform = approaches.platform
            and contacts.address = approaches.address
    left join title_roles as roles on snapshots.member = roles.member and snapshots.title = roles.title
),

days as (
    select distinct
        exports.member,
        exports.platform,
        exports.as_of
    from stg_exports as exports
    inner join several on exports.member = several.member and exports.platform = several.platform
),

faces as (
    select distinct member, platform, address, contact
    from telling
),

-- A title holds until a later export gives another one, also when the contact has left.
held as (
    select
        faces.member,
        faces.platform,
        faces.address,
        days.as_of,
        last_value(telling.is_recruiter ignore nulls) over one_contact as is_recruiter,
        last_value(telling.is_hr ignore nulls) over one_contact as is_hr
    from faces
    inner join days on faces.member = days.member and faces.platform = days.platform
    left join telling
        on
            faces.member = telling.member
            and faces.platform = telling.platform
            and faces.contact = telling.contact
            and days.as_of = telling.as_of
    window one_contact as (
        partition by faces.member, faces.platform, faces.address, faces.contact order by days.as_of
    )
),

titled as (
    select
        member,
        platform,
        address,
        as_of,
        coalesce(bool_or(is_recruiter), false) as is_recruiter,
        coalesce(bool_or(is_hr), false) as is_hr
    from held
    group by all
),

logged as (
    select member, platform, other
    from recruiter_approaches
    where grade = 'certain' and approached_at is not null
),

looked as (
    select
        approaches.member,
        approaches.platform,
        approaches.other,
        days.as_of,
        week_of(approaches.approached_at, members.time_zone) as week,
        days.as_of >= approaches.known_since
        and (
            logged.other is not null
            or looks_like_recruiting(
                coalesce(titled.is_recruiter, false),
                coalesce(titled.is_hr, false),
                approaches.is_inmail,
                approaches.offers_job
            )
        ) as is_counted
    from first_approaches as approaches
    inner join stg_members as members on approaches.member = members.member
    inner join days on approaches.member = days.member and approaches.platform = days.platform
    left join titled
        on
            approaches.member = titled.member
            and approaches.platform = titled.platform
            and approaches.address = titled.address
            and days.as_of = titled.as_of
    left join logged
        on
            approaches.member = logged.member
            and approaches.platform = logged.platform
            and approaches.other = logged.other
    where titled.member is not null or approaches.is_inmail or approaches.offers_job or logged.other is not null
),

recruiter_changes as (
    select
        member,
        platform,
        as_of,
        week,
        is_counted::integer
        - coalesce(lag(is_counted) over (partition by member, platform, other order by as_of), false)::integer as change
    from looked
)

select
    records.member,
    records.platform,
    records.metric,
    records.first_seen as as_of,
    records.week,
    count(records.week) as change
from records
inner join several on records.member = several.member and records.platform = several.platform
group by all
union all
select
    changes.member,
    changes.platform,
    'contacts_new' as metric,
    changes.as_of,
    changes.week,
    sum(changes.change)::bigint as change
from contact_changes as changes
inner join several on changes.member = several.member and changes.platform = several.platform
group by all
having sum(changes.change) != 0
union all
select
    member,
    platform,
    'recruiter_contacts' as metric,
    as_of,
    week,
    sum(change)::bigint as change
from recruiter_changes
group by all
having sum(change) != 0
