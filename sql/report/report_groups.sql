-- Question: In which groups is the member active, and how much of all visible activity is that?
-- Definition: the groups in which the member did something in the 26 weeks up to the reported one, most active first.
-- Unit: acts; a share of all visible acts.
-- Source: Shares, Comments, Reactions, Votes, InstantReposts, whose links name groups; groups.csv for their names.
-- XING's groups closed in January 2023.
-- Absent: no row without an act in a group in these weeks.
-- Window: the 26 weeks up to the reported one.
-- Maturity: final when the export covers the week; a reaction may be listed without its group.
-- Key: member, group_id
-- name: from the member's own groups.csv, null where it does not name the id
-- acts: own acts in the 26 weeks
-- acts_in_week: own acts in the reported week
-- active_weeks: weeks of the 26 with an act in the group
-- share: part of all visible acts of the 26 weeks that lie in this group
-- weekly: acts in each of the last 12 weeks, the reported one last
with recent as (
    select
        acts.member,
        acts.group_id,
        acts.week,
        members.week as reported
    from acts
    inner join report_members as members on acts.member = members.member
    where acts.week <= members.week and acts.week > members.week - 7 * 26
),

totals as (
    select
        member,
        count(week) as acts
    from recent
    group by all
),

grouped as (
    select
        member,
        group_id,
        count(week) as acts,
        count(week) filter (week = reported) as acts_in_week,
        count(distinct week) as active_weeks
    from recent
    where group_id is not null
    group by all
),

twelve as (
    select
        grouped.member,
        grouped.group_id,
        unnest(generate_series(
            (members.week - 77)::timestamp, members.week::timestamp, interval 7 day
        ))::date as week
    from grouped
    inner join report_members as members on grouped.member = members.member
),

weekly_counts as (
    select
        member,
        group_id,
        week,
        count(reported) as acts
    from recent
    where group_id is not null
    group by all
),

weekly as (
    select
        twelve.member,
        twelve.group_id,
        list(coalesce(weekly_counts.acts, 0) order by twelve.week) as weekly
    from twelve
    left join weekly_counts
        on
            twelve.member = weekly_counts.member
            and twelve.group_id = weekly_counts.group_id
            and twelve.week = weekly_counts.week
    group by all
)

select
    grouped.member,
    grouped.group_id,
    names.name,
    grouped.acts,
    grouped.acts_in_week,
    grouped.active_weeks,
    grouped.acts / totals.acts as share,
    weekly.weekly
from grouped
inner join totals on grouped.member = totals.member
inner join weekly on grouped.member = weekly.member and grouped.group_id = weekly.group_id
left join stg_groups as names on grouped.member = names.member and grouped.group_id = names.group_id
order by grouped.member, grouped.acts desc, grouped.group_id
