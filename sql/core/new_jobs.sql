-- The newest change of company of each contact, where it is one to be congratulated on: whoever says to look for work, to work
-- for themselves or to have stopped is left out. The day lies between two exports that are at most 400 days apart: what may
-- be older is no news.
-- Key: member, person
-- seen_before: day of the export that still has the old company
-- seen_on: day of the first one with the new company
-- company: the new company as that export writes it
with changed as (
    select
        people.member,
        people.person,
        changes.seen_before,
        changes.seen_on,
        changes.company,
        changes.is_company_new,
        lower(nfc_normalize(changes.company || ' ' || changes.title)) as words,
        row_number() over (
            partition by people.member, people.person order by changes.seen_on desc, changes.platform, changes.contact
        ) as place
    from job_changes as changes
    inner join people
        on
            changes.member = people.member
            and changes.platform = people.platform
            and changes.contact = people.contact
)

select
    member,
    person,
    seen_before,
    seen_on,
    company
from changed
where
    place = 1
    and is_company_new
    and seen_before >= seen_on - 400
    and not regexp_matches(
        words,
        'self[ -]?employed|selbst(st)?ändig|freelanc|freiberuf|freischaffend|auf der suche|jobsuche|open to work|open for|looking for|seeking|arbeit(s)?such|arbeitslos|unemployed|between jobs|karrierepause|career break|auszeit|sabbatical|elternzeit|parental leave|mutterschutz|ruhestand|rentner|retired|ehemal|former'  -- noqa: LT05
    )
