-- What was read for a member: each source with the day of its newest export and the rows kept from that one.
-- Key: member, source
with ranked as (
    select
        member,
        source,
        platform,
        as_of,
        rows,
        row_number() over (partition by member, source order by as_of desc, stg_sources.rows desc, export) as place
    from stg_sources
)

select
    member,
    source,
    platform,
    as_of,
    rows
from ranked
where place = 1
order by member, platform, source
