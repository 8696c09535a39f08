-- Which question an export can answer for which weeks.
-- LinkedIn leaves out files without content: where one of the five activity files is there, a missing one means nothing
-- was done; where none is there (the small archive), or one could not be read, nothing is known.
-- Invitations reach back some months only: they answer from their oldest row on.
-- The own log answers for all weeks as soon as it has an entry: an empty one says nothing. Copied views answer for the weeks
-- that have a line, see platform_views.
-- Key: member, platform, export, source
-- source: contacts, invitations, messages, posts, comments, reactions, votes, reposts, recommendations_given,
--   recommendations_received, endorsements_given or endorsements_received; log and people of the own lists; views
-- since: Monday of the first week it answers for, null for all weeks of the member
-- until: day up to which it answers, the as-of date of the export
with names as (
    select *
    from (
        values
        ('linkedin_connections', 'contacts'),
        ('xing_contacts', 'contacts'),
        ('linkedin_messages', 'messages'),
        ('xing_messages', 'messages'),
        ('linkedin_recommendations_given', 'recommendations_given'),
        ('linkedin_recommendations_received', 'recommendations_received'),
        ('linkedin_endorsements_given', 'endorsements_given'),
        ('linkedin_endorsements_received', 'endorsements_received')
    ) as pairs (file_source, source)  -- noqa: AL05
),

activity as (
    select *
    from (
        values
        ('linkedin_shares', 'posts'),
        ('linkedin_comments', 'comments'),
        ('linkedin_reactions', 'reactions'),
        ('linkedin_votes', 'votes'),
        ('linkedin_reposts', 'reposts')
    ) as pairs (file_source, source)  -- noqa: AL05
),

active_exports as (
    select distinct
        sources.member,
        sources.export,
        sources.platform,
        sources.as_of
    from stg_sources as sources
    inner join activity on sources.source = activity.file_source
),

-- A file in parts answers as soon as one of them could be read: its rows are counted.
unreadable as (
    select distinct files.member, files.export, files.source
    from raw_files as files
    anti join stg_sources as sources
        on
            files.member = sources.member
            and files.export = sources.export
            and files.source = sources.source
    where files.status = 'failed'
),

own_lists as (
    select *
    from (
        values
        ('own_activity', 'log'),
        ('own_people', 'people')
    ) as pairs (file_source, source)  -- noqa: AL05
),

-- Each copy may hold lines about several platforms; those without an export of their own count as own numbers.
viewed as (
    select distinct
        lines.member,
        coalesce(platforms.platform, 'own') as platform,
        lines.export
    from stg_own_views as lines
    left join stg_exports as platforms on lines.member = platforms.member and lines.platform = platforms.platform
),

invitation_spans as (
    select
        invitations.member,
        invitations.export,
        min(week_of(invitations.sent_at, members.time_zone)) as since
    from stg_linkedin_invitations as invitations
    inner join stg_members as members on invitations.member = members.member
    group by all
)

select
    sources.member,
    sources.platform,
    sources.export,
    names.source,
    null::date as since,
    sources.as_of as until
from stg_sources as sources
inner join names on sources.source = names.file_source
union all
select
    active_exports.member,
    active_exports.platform,
    active_exports.export,
    activity.source,
    null::date as since,
    active_exports.as_of as until
from active_exports
cross join activity
anti join unreadable
    on
        active_exports.member = unreadable.member
        and active_exports.export = unreadable.export
        and activity.file_source = unreadable.source
union all
select
    exports.member,
    exports.platform,
    exports.export,
    'invitations' as source,
    invitation_spans.since,
    exports.as_of as until
from invitation_spans
inner join stg_exports as exports
    on invitation_spans.member = exports.member and invitation_spans.export = exports.export
union all
select
    sources.member,
    'own' as platform,
    sources.export,
    own_lists.source,
    null::date as since,
    sources.as_of as until
from stg_sources as sources
inner join own_lists on sources.source = own_lists.file_source
where sources.rows > 0
union all
select
    viewed.member,
    viewed.platform,
    viewed.export,
    'views' as source,
    null::date as since,
    exports.as_of as until
from viewed
inner join stg_exports as exports on viewed.member = exports.member and viewed.export = exports.export
