-- For each member and each kind of file that a number rests on: whether it is there, up to which day, and how it is to be had.
-- LinkedIn leaves out files without content: one of the five activity files stands for all of them.
-- Key: member, source
-- source: name of the raw table without raw_
-- platform: linkedin, xing or own
-- position: what takes longest to get first
-- metrics: weekly numbers that rest on the file, alone or with others, by name
-- way: how to get it: larger (LinkedIn's larger archive), linkedin (both archives), xing (the Datenauskunft) or template (an own
--   list); null where nobody can say, because LinkedIn leaves such files out where they are empty
-- state: available, stale (more than four weeks older than the newest export of the member), broken (there and could not be
--   read) or never (never given)
-- as_of: day up to which it is known, null where it is not there
with wanted as (
    select *
    from (
        values
        (
            'linkedin_shares', 1, 'larger',
            ['posts', 'visible_activity', 'group_activity', 'groups_active', 'active_weeks', 'streak_weeks']
        ),
        (
            'linkedin_comments', 2, 'larger',
            ['comments', 'visible_activity', 'group_activity', 'groups_active', 'active_weeks', 'streak_weeks']
        ),
        (
            'linkedin_reactions', 3, 'larger',
            ['reactions', 'visible_activity', 'group_activity', 'groups_active', 'active_weeks', 'streak_weeks']
        ),
        (
            'linkedin_votes', 4, 'larger',
            ['votes', 'visible_activity', 'group_activity', 'groups_active', 'active_weeks', 'streak_weeks']
        ),
        (
            'linkedin_reposts', 5, 'larger',
            ['reposts', 'visible_activity', 'group_activity', 'groups_active', 'active_weeks', 'streak_weeks']
        ),
        (
            'linkedin_connections', 6, 'linkedin',
            ['contacts_total', 'contacts_new', 'contacts_lost', 'persons_total', 'invitations_accepted']
        ),
        (
            'linkedin_messages', 7, 'linkedin',
            [
                'messages_sent', 'messages_received', 'conversations_started', 'conversations_answered',
                'recruiter_contacts', 'recruiter_replies', 'active_weeks', 'streak_weeks', 'care_weeks'
            ]
        ),
        (
            'linkedin_invitations', 8, 'linkedin',
            ['invitations_sent', 'invitations_received', 'invitations_accepted', 'active_weeks', 'streak_weeks']
        ),
        ('linkedin_recommendations_given', 9, null, ['recommendations_given', 'care_weeks']),
        ('linkedin_recommendations_received', 10, null, ['recommendations_received']),
        ('linkedin_endorsements_given', 11, null, ['endorsements_given']),
        ('linkedin_endorsements_received', 12, null, ['endorsements_received']),
        ('xing_contacts', 13, 'xing', ['contacts_total', 'contacts_new', 'contacts_lost', 'persons_total']),
        (
            'xing_messages', 14, 'xing',
            [
                'messages_sent', 'messages_received', 'conversations_started', 'conversations_answered',
                'active_weeks', 'streak_weeks', 'care_weeks'
            ]
        ),
        ('own_visitors', 15, 'template', ['profile_views', 'recruiter_views']),
        ('own_activity', 16, 'template', ['recruiter_contacts', 'active_weeks', 'streak_weeks', 'care_weeks']),
        ('own_people', 17, 'template', ['persons_total']),
        ('own_applications', 18, 'template', [])
    ) as sources (source, position, way, metrics)  -- noqa: AL05
),

acting as (
    select *
    from (
        values
        ('linkedin_shares'), ('linkedin_comments'), ('linkedin_reactions'), ('linkedin_votes'), ('linkedin_reposts')
    ) as sources (source)  -- noqa: AL05
),

failed as (
    select distinct
        files.member,
        files.export,
        files.source
    from raw_files as files
    inner join stg_exports as exports on files.member = exports.member and files.export = exports.export
    where files.status = 'failed' and files.source is not null
),

active_exports as (
    select distinct
        sources.member,
        sources.export,
        sources.as_of
    from stg_sources as sources
    inner join acting on sources.source = acting.source
),

there as (
    select member, source, as_of
    from stg_sources
    where platform != 'own' or rows > 0
    union all
    select
        active_exports.member,
        acting.source,
        active_exports.as_of
    from active_exports
    cross join acting
    anti join failed
        on
            active_exports.member = failed.member
            and active_exports.export = failed.export
            and acting.source = failed.source
),

known as (
    select
        member,
        source,
        max(as_of) as as_of
    from there
    group by all
),

broken as (
    select distinct member, source
    from failed
),

newest as (
    select
        member,
        max(as_of) filter (tells_days) as as_of
    from stg_exports
    group by all
)

select
    members.member,
    wanted.source,
    regexp_extract(wanted.source, '^[a-z]+') as platform,
    wanted.position,
    list_sort(wanted.metrics) as metrics,
    wanted.way,
    case
        when known.as_of is null then if(broken.member is null, 'never', 'broken')
        when coalesce(wanted.way, '') != 'template' and known.as_of < newest.as_of - 28 then 'stale'
        else 'available'
    end as state,
    known.as_of
from stg_members as members
cross join wanted
left join known on members.member = known.member and wanted.source = known.source
left join broken on members.member = broken.member and wanted.source = broken.source
left join newest on members.member = newest.member
