-- The report is about the week that was asked for, else about the last one that the newest export covers whole; it begins
-- on a Monday.
-- member: whose report
-- what: the week of the report
select
    report.member,
    report.week_name as what
from report_members as report
inner join raw_members as members on report.member = members.member
where
    report.week_name != coalesce(members.week, report.week_name)
    or isodow(report.week) != 1
    or (members.week is null and report.as_of not between report.week + 7 and report.week + 13)
order by report.member
