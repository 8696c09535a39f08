-- How the member answered suggestions, person by person. A line with a profile link means that person; a line with a name
-- alone means everybody of that name: better a namesake less in a list than somebody in it who was not to be named again.
-- Key: member, person, mark, marked_on
-- person: the same for one person on all platforms
-- mark: done, later, never or no_recruiter
-- marked_on: the day of the mark
with marked as (
    select distinct
        answers.member,
        answers.folded_name,
        answers.address,
        answers.mark,
        answers.marked_on
    from stg_own_marks as answers
    inner join stg_exports as exports on answers.member = exports.member and answers.export = exports.export
),

addressed as (
    select
        exchanges.member,
        exchanges.person,
        exchanges.other as address
    from exchanges
    where exchanges.platform = 'linkedin'
    union
    select
        people.member,
        people.person,
        contacts.address
    from people
    inner join contacts
        on
            people.member = contacts.member
            and people.platform = contacts.platform
            and people.contact = contacts.contact
    where contacts.address is not null
),

-- Somebody may bear another name on each platform.
named as (
    select member, person, folded_name
    from people
    union
    select member, person, folded_name
    from ties
    where folded_name is not null
)

select
    marked.member,
    addressed.person,
    marked.mark,
    marked.marked_on
from marked
inner join addressed on marked.member = addressed.member and marked.address = addressed.address
union
select
    marked.member,
    named.person,
    marked.mark,
    marked.marked_on
from marked
inner join named on marked.member = named.member and marked.folded_name = named.folded_name
where marked.address is null
