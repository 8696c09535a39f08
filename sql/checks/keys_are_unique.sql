-- The tables that others are joined with have one row for each key.
-- member: whose rows
-- what: the model
with counted as (
    select 'stg_members' as model, member, count(member) as rows from stg_members group by member
    union all
    select 'stg_exports' as model, member, count(member) as rows from stg_exports group by member, export
    union all
    select 'stg_sources' as model, member, count(member) as rows from stg_sources group by member, export, source
    union all
    select 'stg_groups' as model, member, count(member) as rows from stg_groups group by member, group_id
    union all
    select 'contact_snapshots' as model, member, count(member) as rows
    from contact_snapshots group by member, platform, as_of, contact
    union all
    select 'contacts' as model, member, count(member) as rows from contacts group by member, platform, contact
    union all
    select 'contact_days' as model, member, count(member) as rows
    from contact_days group by member, platform, as_of, connected_on
    union all
    select 'conversations' as model, member, count(member) as rows
    from conversations group by member, platform, conversation
    union all
    select 'weeks' as model, member, count(member) as rows from weeks group by member, week
    union all
    select 'platform_weeks' as model, member, count(member) as rows from platform_weeks group by member, platform, week
    union all
    select 'people' as model, member, count(member) as rows from people group by member, platform, contact
    union all
    select 'contact_roles' as model, member, count(member) as rows from contact_roles group by member, platform, contact
    union all
    select 'recruiter_approaches' as model, member, count(member) as rows
    from recruiter_approaches group by member, platform, other
    union all
    select 'own_people' as model, member, count(member) as rows from own_people group by member, contact
    union all
    select 'platform_views' as model, member, count(member) as rows from platform_views group by member, platform, week
    union all
    select 'source_ends' as model, member, count(member) as rows from source_ends group by member, platform, source
    union all
    select 'vacation_weeks' as model, member, count(member) as rows from vacation_weeks group by member, week
    union all
    select 'muted_people' as model, member, count(member) as rows from muted_people group by member, person
    union all
    select 'weekly_metrics' as model, member, count(member) as rows from weekly_metrics group by member, platform, week
)

select distinct
    member,
    model as what
from counted
where rows > 1
order by member, what
