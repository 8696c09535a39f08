-- What the member did where others can see it: posts, comments, reactions, votes and plain reposts, one row per record.
-- LinkedIn exports what a member did, never what others did on the member's posts.
-- Key: member, export, file, row
-- kind: post, comment, reaction, vote or repost
-- acted_at: UTC
-- link: the post that the act belongs to, decoded
-- detail: kind of reaction, null elsewhere
with records as (
    select member, export, file, row, 'post' as kind, shared_at as acted_at, link, null as detail
    from raw_linkedin_shares
    union all
    select member, export, file, row, 'comment' as kind, commented_at as acted_at, link, null as detail
    from raw_linkedin_comments
    union all
    select member, export, file, row, 'reaction' as kind, reacted_at as acted_at, link, type as detail
    from raw_linkedin_reactions
    union all
    select member, export, file, row, 'vote' as kind, voted_at as acted_at, link, null as detail
    from raw_linkedin_votes
    union all
    select member, export, file, row, 'repost' as kind, reposted_at as acted_at, link, null as detail
    from raw_linkedin_reposts
)

select
    member,
    export,
    file,
    row,
    kind,
    acted_at,
    decoded(link) as link,
    detail
from records
where acted_at is not null
