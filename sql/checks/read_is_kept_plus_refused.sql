-- No record is lost: of every file, what was read is what was kept and what was refused.
-- member: whose export
-- what: the file
select
    member,
    file as what
from raw_files
where rows_read is distinct from rows_kept + rows_refused
order by member, what
