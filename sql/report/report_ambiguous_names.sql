-- Names that both platforms know and at least one knows more than once, in the newest export of each, whatever the week:
-- which of their bearers are one person no export tells, so they stay apart.
-- Key: member, folded_name
-- folded_name: the name on one spelling
-- name: as the newest export of LinkedIn writes it
-- on_linkedin: how many contacts bear it there
-- on_xing: how many contacts bear it there
with newest as (
    select
        people.member,
        people.platform,
        people.folded_name,
        contacts.name
    from people
    inner join contacts
        on
            people.member = contacts.member
            and people.platform = contacts.platform
            and people.contact = contacts.contact
    where contacts.is_current and people.platform in ('linkedin', 'xing')
),

names as (
    select
        member,
        folded_name,
        min(name) filter (platform = 'linkedin') as name,
        count(folded_name) filter (platform = 'linkedin') as on_linkedin,
        count(folded_name) filter (platform = 'xing') as on_xing
    from newest
    group by all
)

select
    names.member,
    names.folded_name,
    names.name,
    names.on_linkedin,
    names.on_xing
from names
inner join report_members as members on names.member = members.member
where names.on_linkedin > 0 and names.on_xing > 0 and (names.on_linkedin > 1 or names.on_xing > 1)
order by names.member, names.folded_name
