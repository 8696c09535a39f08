-- Names that one single person bears among everybody the member knows: what is noted by name alone is about that person. A
-- name that two people bear says nothing about either.
-- Key: member, folded_name
-- person: the same for one person on all platforms
select
    member,
    folded_name,
    min(person) as person
from ties
where folded_name is not null
group by all
having count(person) = 1
