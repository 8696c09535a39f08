-- What was read for a member and what became of it, over all exports that are used.
-- Key: member
-- rows_read: records of all files; kept and refused together
-- files_failed: files that could not be read as a whole
-- exports_failed: exports that could not be opened
-- exports_held_back: exports that are somebody else's
-- exports_of_nobody: exports that are used although nothing in them tells whose they are
-- rows_kept: records that are counted
-- rows_refused: records that could not be read
with files as (
    select
        files.member,
        sum(files.rows_read)::bigint as rows_read,
        sum(files.rows_kept)::bigint as rows_kept,
        sum(files.rows_refused)::bigint as rows_refused,
        count(files.file) filter (files.status = 'failed') as files_failed
    from raw_files as files
    inner join stg_exports as exports on files.member = exports.member and files.export = exports.export
    group by all
),

exports as (
    select
        member,
        count(export) filter (error is not null) as exports_failed,
        count(export) filter (held_back is not null) as exports_held_back,
        count(export) filter (
            coalesce(error, held_back, owner, owner_address) is null and platform in ('linkedin', 'xing')
        ) as exports_of_nobody
    from raw_exports
    group by all
)

select
    members.member,
    coalesce(files.rows_read, 0) as rows_read,
    coalesce(files.rows_kept, 0) as rows_kept,
    coalesce(files.rows_refused, 0) as rows_refused,
    coalesce(files.files_failed, 0) as files_failed,
    coalesce(exports.exports_failed, 0) as exports_failed,
    coalesce(exports.exports_held_back, 0) as exports_held_back,
    coalesce(exports.exports_of_nobody, 0) as exports_of_nobody
from report_members as members
left join files on members.member = files.member
left join exports on members.member = exports.member
order by members.member
