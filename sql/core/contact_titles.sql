-- Every title that an export gives a contact, and what it says of the work of today.
-- Key: member, title
-- work: lower case, one spelling for women and men, without where: the employer after "bei" and former or coming jobs say
--   nothing about the work of today; empty for those who say to be retired
with titles as (
    select member, title
    from contact_snapshots
    where title is not null
    union
    select member, title
    from contacts
    where title is not null
),

-- Members share most titles.
texts as (
    select distinct title
    from titles
),

worked as (
    select
        title,
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        replace(lower(nfc_normalize(title)), 'working student', 'werkstudent'),
                        '([^\x00-@\[-`{-\x7f' || signs() || '])([:*_]|/-|/)(in|innen)\b', '\1\3', 'g'
                    ),
                    '(\b(bei[mr]?|at)\s|@|\bin (einer|einem|der|a|an)\s)[^|,;•·]*', ' ', 'g'
                ),
                '\b(ex|ehem|former|formerly|previously|ehemals|vormals|früher|(ehemalige|frühere)[rn]?|[0-9]+ (jahre|years)|auf der suche|seeking|looking for|searching for|interesse an|interested in)\b[^|,;•·]*',  -- noqa: LT05
                ' ', 'g'
            ),
            '^.*(\b(retired|im ruhestand|pensioniert|in rente)\b|\b[ai]\. ?[dr]\.).*$',
            ' ', 'g'
        ) as work
    from texts
)

select
    titles.member,
    titles.title,
    worked.work
from titles
inner join worked on titles.title = worked.title
