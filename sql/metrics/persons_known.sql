-- Question: How many people does the member know?
-- Definition: named people in the network, each once however many platforms know them. A platform's last known people
-- are carried on, so that an old export never looks like a loss.
-- Unit: persons.
-- Source: Connections.csv, XING's contacts, people.csv.
-- Absent: where no list of contacts or people was ever given.
-- Window: all weeks, of those dated; undated people count in all of them.
-- Maturity: final when the exports cover the week; a newer export may tell two people apart or join them.
-- Key: member, platform, week
-- persons_total: named people at the end of the week
with days as (
    select distinct
        member,
        platform,
        as_of
    from contact_days
),

gone as (
    select
        contacts.member,
        contacts.platform,
        contacts.contact,
        min(date_trunc('week', days.as_of)::date) as week
    from contacts
    inner join days
        on contacts.member = days.member and contacts.platform = days.platform and contacts.last_seen < days.as_of
    group by all
),

stays as (
    select
        people.member,
        people.platform,
        people.person,
        coalesce(date_trunc('week', contacts.connected_on)::date, date '0001-01-01') as since,
        coalesce(gone.week, date '9999-01-01') as until
    from people
    inner join contacts
        on
            people.member = contacts.member
            and people.platform = contacts.platform
            and people.contact = contacts.contact
    left join gone
        on contacts.member = gone.member and contacts.platform = gone.platform and contacts.contact = gone.contact
),

scoped as (
    select * from stays
    union all
    select
        member,
        'all' as platform,
        person,
        since,
        until
    from stays
),

merged as (
    select
        member,
        platform,
        person,
        min(since) as since,
        max(until) as until
    from scoped
    group by all
),

first_weeks as (
    select
        member,
        min(week) as week
    from weeks
    group by all
),

changes as (
    select
        merged.member,
        merged.platform,
        greatest(merged.since, first_weeks.week) as week,
        count(merged.person) as change
    from merged
    inner join first_weeks on merged.member = first_weeks.member
    group by all
    union all
    select
        merged.member,
        merged.platform,
        greatest(merged.until, first_weeks.week) as week,
        -count(merged.person) as change
    from merged
    inner join first_weeks on merged.member = first_weeks.member
    group by all
),

net_changes as (
    select
        member,
        platform,
        week,
        sum(change)::bigint as change
    from changes
    group by all
),

spine as (
    select member, platform, week, contacts or people as is_covered
    from platform_weeks
    union all
    select
        member,
        'all' as platform,
        week,
        bool_or(contacts or people) as is_covered
    from platform_weeks
    group by member, week
),

known as (
    select distinct member, platform
    from availability
    where source in ('contacts', 'people')
    union
    select distinct
        member,
        'all' as platform
    from availability
    where source in ('contacts', 'people')
),

counted as (
    select
        spine.member,
        spine.platform,
        spine.week,
        spine.is_covered or spine.platform = 'all' as is_covered,
        coalesce(
            sum(net_changes.change) over (partition by spine.member, spine.platform order by spine.week), 0
        )::bigint as persons
    from spine
    left join net_changes
        on
            spine.member = net_changes.member
            and spine.platform = net_changes.platform
            and spine.week = net_changes.week
)

select
    counted.member,
    counted.platform,
    counted.week,
    if(known.member is not null and counted.is_covered, counted.persons, null) as persons_total
from counted
left join known on counted.member = known.member and counted.platform = known.platform
