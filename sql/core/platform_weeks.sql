-- For each week of a member and each platform with an export: which sources have something to say about the week.
-- Key: member, platform, week
-- contacts: whether an export covers contacts in this week, and so on for each source
-- invitations: the same for invitations
-- messages: the same for messages
-- posts: the same for posts
-- comments: the same for comments
-- reactions: the same for reactions
-- votes: the same for votes
-- reposts: the same for reposts
-- recommendations_given: the same for recommendations that the member wrote
-- recommendations_received: the same for recommendations for the member
-- endorsements_given: the same for endorsements that the member gave
-- endorsements_received: the same for endorsements of the member
-- log: the same for the own log
-- people: the same for the own list of people
with untils as (
    select
        member,
        platform,
        max(until) filter (source = 'contacts') as contacts,
        max(until) filter (source = 'messages') as messages,
        max(until) filter (source = 'posts') as posts,
        max(until) filter (source = 'comments') as comments,
        max(until) filter (source = 'reactions') as reactions,
        max(until) filter (source = 'votes') as votes,
        max(until) filter (source = 'reposts') as reposts,
        max(until) filter (source = 'recommendations_given') as recommendations_given,
        max(until) filter (source = 'recommendations_received') as recommendations_received,
        max(until) filter (source = 'endorsements_given') as endorsements_given,
        max(until) filter (source = 'endorsements_received') as endorsements_received,
        max(until) filter (source = 'log') as log,
        max(until) filter (source = 'people') as people
    from availability
    group by all
),

platforms as (
    select distinct member, platform
    from stg_exports
    union
    -- Own lists may lie in the folder of another platform's export.
    select distinct member, platform
    from availability
),

invited as (
    select distinct
        weeks.member,
        availability.platform,
        weeks.week
    from weeks
    inner join availability
        on
            weeks.member = availability.member
            and availability.source = 'invitations'
            and weeks.week >= availability.since
            and weeks.week <= availability.until
)

select
    weeks.member,
    platforms.platform,
    weeks.week,
    coalesce(weeks.week <= untils.contacts, false) as contacts,
    invited.week is not null as invitations,
    coalesce(weeks.week <= untils.messages, false) as messages,
    coalesce(weeks.week <= untils.posts, false) as posts,
    coalesce(weeks.week <= untils.comments, false) as comments,
    coalesce(weeks.week <= untils.reactions, false) as reactions,
    coalesce(weeks.week <= untils.votes, false) as votes,
    coalesce(weeks.week <= untils.reposts, false) as reposts,
    coalesce(weeks.week <= untils.recommendations_given, false) as recommendations_given,
    coalesce(weeks.week <= untils.recommendations_received, false) as recommendations_received,
    coalesce(weeks.week <= untils.endorsements_given, false) as endorsements_given,
    coalesce(weeks.week <= untils.endorsements_received, false) as endorsements_received,
    coalesce(weeks.week <= untils.log, false) as log,
    coalesce(weeks.week <= untils.people, false) as people
from weeks
inner join platforms on weeks.member = platforms.member
left join untils on platforms.member = untils.member and platforms.platform = untils.platform
left join invited
    on weeks.member = invited.member and platforms.platform = invited.platform and weeks.week = invited.week
