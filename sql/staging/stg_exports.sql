-- Exports that are used: they could be opened and belong to the member.
-- Key: member, export
-- export: SHA-256 of the file
-- platform: linkedin, xing or own
-- as_of: the day that the export describes
-- owner: the name under which the export runs
-- owner_address: the member's own address in it, null where none shows
-- tells_days: whether it says what happened up to its day; lists of groups, people and marks do not
with own_records as (
    select
        member,
        export,
        bool_or(source in ('own_activity', 'own_visitors', 'own_applications') and rows_kept > 0) as tells_days
    from raw_files
    group by all
)

select
    exports.member,
    exports.export,
    exports.platform,
    exports.as_of,
    exports.owner,
    exports.owner_address,
    exports.platform != 'own' or coalesce(own_records.tells_days, false) as tells_days
from raw_exports as exports
left join own_records on exports.member = own_records.member and exports.export = own_records.export
where exports.error is null and exports.held_back is null and exports.as_of is not null
