-- What each used export holds: one row per source that was read or is there without rows.
-- A file that could not be read is no source: its numbers are absent, not zero.
-- Key: member, export, source
-- source: name of the raw table without raw_
-- rows: records kept
select
    files.member,
    files.export,
    exports.platform,
    exports.as_of,
    files.source,
    try_cast(sum(files.rows_kept) as bigint) as rows
from raw_files as files
inner join stg_exports as exports
    on files.member = exports.member and files.export = exports.export
where files.status in ('read', 'empty') and files.source is not null
group by all
