-- One row per member with a usable export and a dated event: the week that the report is about and the day its data reach to.
-- Key: member
-- week: Monday of the reported week: the one asked for, else the last one whose Sunday lies before the newest as-of date of the
--   platforms' exports; own lists decide only where there are no exports, for a note of today makes no older export cover its week
-- week_name: as in 2026-W46
-- as_of: newest as-of date of the member's exports that tell what happened up to their day
-- name: as members.toml gives it, else as the exports do
-- last_week: Monday of the last week with numbers
with exports as (
    select
        member,
        max(as_of) filter (tells_days) as as_of,
        date_trunc(
            'week',
            coalesce(max(as_of) filter (platform != 'own'), max(as_of) filter (tells_days))
        )::date
        - 7 as last_whole_week,
        max(owner) filter (owner is not null) as owner
    from stg_exports
    group by all
)

select
    members.member,
    coalesce(members.name, exports.owner) as name,
    members.language,
    members.time_zone,
    coalesce(members.asked_week, exports.last_whole_week) as week,
    week_name(coalesce(members.asked_week, exports.last_whole_week)) as week_name,
    exports.as_of,
    max(weeks.week) as last_week
from stg_members as members
inner join exports on members.member = exports.member
inner join weeks on members.member = weeks.member
group by all
order by members.member
