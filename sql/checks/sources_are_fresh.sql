-- No source lies more than four weeks behind the newest export: its numbers would be missing from the report.
-- Severity: warn
-- member: whose source
-- what: the source and its day
select
    sources.member,
    sources.source || ' ' || sources.as_of as what
from report_sources as sources
inner join report_members as members on sources.member = members.member
where sources.as_of < members.as_of - 28
order by sources.member, what
