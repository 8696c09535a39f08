-- Recommendations and endorsements, given and received, one row per record.
-- Key: member, export, file, row
-- kind: recommendation or endorsement
-- direction: given or received, seen from the member
-- recognised_at: UTC, null where the file gives no date
-- address: canonical profile address of the other person, null in older files
-- detail: the skill of an endorsement
-- name: first and last name of the other person as written
-- folded_name: that name on one spelling
-- Materialized: spellings are then computed in one place instead of four.
with records as materialized (
    select
        member, export, file, row, 'endorsement' as kind, 'received' as direction,
        endorsed_at as recognised_at, url, first_name, last_name, skill as detail, status
    from raw_linkedin_endorsements_received
    union all
    select
        member, export, file, row, 'endorsement' as kind, 'given' as direction,
        endorsed_at as recognised_at, url, first_name, last_name, skill as detail, status
    from raw_linkedin_endorsements_given
    union all
    select
        member, export, file, row, 'recommendation' as kind, 'received' as direction,
        recommended_at as recognised_at, null as url, first_name, last_name, null as detail, status
    from raw_linkedin_recommendations_received
    union all
    select
        member, export, file, row, 'recommendation' as kind, 'given' as direction,
        recommended_at as recognised_at, null as url, first_name, last_name, null as detail, status
    from raw_linkedin_recommendations_given
)

select
    member,
    export,
    file,
    row,
    kind,
    direction,
    recognised_at,
    profile_address(url) as address,
    nullif(trim(concat_ws(' ', first_name, last_name)), '') as name,
    fold_name(concat_ws(' ', first_name, last_name)) as folded_name,
    detail
from records
