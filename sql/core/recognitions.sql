-- Recommendations and endorsements with a date, given and received, across all exports.
-- Key: member, platform, kind, direction, recognised_at, folded_name, detail, copy
-- kind: recommendation or endorsement
-- direction: given or received
-- recognised_at: UTC
-- week: Monday of the week on the member's clock
-- day: on the member's clock
-- folded_name: name of the other person on one spelling
-- copy: 1 for the first of equal records, 2 for the second
-- first_seen: day of the first export that holds the record
with numbered as (
    select
        recognitions.*,
        exports.platform,
        exports.as_of,
        row_number() over (
            partition by
                recognitions.member,
                recognitions.export,
                recognitions.kind,
                recognitions.direction,
                date_trunc('minute', recognitions.recognised_at),
                recognitions.folded_name,
                recognitions.detail
            order by recognitions.recognised_at, recognitions.file, recognitions.row
        ) as copy
    from stg_linkedin_recognitions as recognitions
    inner join stg_exports as exports on recognitions.member = exports.member and recognitions.export = exports.export
    where recognitions.recognised_at is not null
),

-- A spreadsheet that saves an export again drops the seconds: records are equal by the minute.
once as (
    select
        member,
        platform,
        kind,
        direction,
        max(recognised_at) as recognised_at,
        folded_name,
        detail,
        copy,
        max(address) as address,
        max(name) as name,
        min(as_of) as first_seen
    from numbered
    group by member, platform, kind, direction, date_trunc('minute', recognised_at), folded_name, detail, copy
)

select
    once.member,
    once.platform,
    once.kind,
    once.direction,
    once.recognised_at,
    day_of(once.recognised_at, members.time_zone) as day,
    week_of(once.recognised_at, members.time_zone) as week,
    once.address,
    once.name,
    once.folded_name,
    once.detail,
    once.copy,
    once.first_seen
from once
inner join stg_members as members on once.member = members.member
