-- The report is about the week that was asked for, else about the last one that the newest export of a platform covers whole (own
-- lists where there is none); it begins on a Monday.
-- member: whose report
-- what: the week of the report
with newest as (
    select
        member,
        max(as_of) as as_of
    from stg_exports
    where platform != 'own'
    group by all
)

select
    report.member,
    report.week_name as what
from report_members as report
inner join raw_members as members on report.member = members.member
left join newest on report.member = newest.member
where
    report.week_name != coalesce(members.week, report.week_name)
    or isodow(report.week) != 1
    or (
        members.week is null
        and coalesce(newest.as_of, report.as_of) not between report.week + 7 and report.week + 13
    )
order by report.member
