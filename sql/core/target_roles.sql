-- What the member would like to do, each role once: from members.toml and the job preferences of the newest export.
-- Key: member, role_words
-- role_words: the role's words on one spelling between blanks, without its rank: who holds another rank knows the work too
-- role: the role as the member writes it
with preference_exports as (
    select
        member,
        arg_max(export, (as_of, export)) as export
    from stg_sources
    where source = 'linkedin_job_preferences'
    group by all
),

wished as (
    select
        preferences.member,
        unnest(regexp_split_to_array(trim(preferences.job_titles, '[] '), '\s*\|\s*|\]\s*,\s*\[')) as role
    from raw_linkedin_job_preferences as preferences
    inner join preference_exports
        on preferences.member = preference_exports.member and preferences.export = preference_exports.export
),

named as (
    select member, name as role, 1 as place
    from raw_member_targets
    where kind = 'role'
    union all
    select member, role, 2 as place
    from wished
),

worded as (
    select
        member,
        regexp_replace(title_words(role), ' (senior|junior|sr|jr) ', ' ', 'g') as role_words,
        role,
        place
    from named
    where role is not null
)

select
    member,
    role_words,
    arg_min(role, (place, role)) as role
from worded
where length(role_words) > 3
group by member, role_words
