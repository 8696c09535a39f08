-- Question: What did the member do where others see it, and how much of it in groups?
-- Definition: own posts, comments, reactions, reposts and votes; what others did on the member's posts is in no export.
-- A reaction to a group post may be listed without its group, so group_activity is too low rather than too high.
-- Unit: acts; groups for groups_active.
-- Source: Shares, Comments, Reactions, Votes, InstantReposts; only the larger LinkedIn archive holds them.
-- Absent: all of them where none of the five files is there; where one is, a missing one means nothing was done.
-- Window: all weeks.
-- Maturity: final when the export covers the week.
-- Key: member, platform, week
-- posts: own posts, once per link
-- comments: own comments
-- reactions: own reactions
-- reposts: plain reposts without words
-- votes: own votes in polls
-- visible_activity: posts, comments, reactions, reposts and votes together
-- group_activity: those of them that the link places in a group
-- groups_active: distinct groups among them
with counts as (
    select
        member,
        platform,
        week,
        count(kind) filter (kind = 'post') as posts,
        count(kind) filter (kind = 'comment') as comments,
        count(kind) filter (kind = 'reaction') as reactions,
        count(kind) filter (kind = 'repost') as reposts,
        count(kind) filter (kind = 'vote') as votes,
        count(group_id) as group_activity,
        count(distinct group_id) as groups_active
    from acts
    group by all
),

per_platform as (
    select
        weeks.member,
        weeks.platform,
        weeks.week,
        weeks.posts or weeks.comments or weeks.reactions or weeks.reposts or weeks.votes as is_covered,
        if(weeks.posts, coalesce(counts.posts, 0), null) as posts,
        if(weeks.comments, coalesce(counts.comments, 0), null) as comments,
        if(weeks.reactions, coalesce(counts.reactions, 0), null) as reactions,
        if(weeks.reposts, coalesce(counts.reposts, 0), null) as reposts,
        if(weeks.votes, coalesce(counts.votes, 0), null) as votes,
        coalesce(counts.group_activity, 0) as group_activity,
        coalesce(counts.groups_active, 0) as groups_active
    from platform_weeks as weeks
    left join counts
        on weeks.member = counts.member and weeks.platform = counts.platform and weeks.week = counts.week
),

summed as (
    select
        member,
        platform,
        week,
        posts,
        comments,
        reactions,
        reposts,
        votes,
        if(
            is_covered,
            coalesce(posts, 0) + coalesce(comments, 0) + coalesce(reactions, 0) + coalesce(reposts, 0)
            + coalesce(votes, 0),
            null
        ) as visible_activity,
        if(is_covered, group_activity, null) as group_activity,
        if(is_covered, groups_active, null) as groups_active
    from per_platform
)

select
    member,
    platform,
    week,
    posts,
    comments,
    reactions,
    reposts,
    votes,
    visible_activity,
    group_activity,
    groups_active
from summed
union all
select
    member,
    'all' as platform,
    week,
    sum(posts)::bigint as posts,
    sum(comments)::bigint as comments,
    sum(reactions)::bigint as reactions,
    sum(reposts)::bigint as reposts,
    sum(votes)::bigint as votes,
    sum(visible_activity)::bigint as visible_activity,
    sum(group_activity)::bigint as group_activity,
    sum(groups_active)::bigint as groups_active
from summed
group by member, week
