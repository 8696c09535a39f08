-- Nothing happened after the day that the newest export of its platform describes.
-- member: whose export
-- what: the platform and the kind of act
with ends as (
    select
        member,
        platform,
        max(as_of) as as_of
    from stg_exports
    where platform != 'own'
    group by all
    union all
    -- Own lists may lie in the folder of another platform's export.
    select
        member,
        'own' as platform,
        max(as_of) as as_of
    from stg_sources
    where starts_with(source, 'own_')
    group by all
)

select distinct
    touches.member,
    touches.platform || ' ' || touches.kind as what
from touches
inner join ends on touches.member = ends.member and touches.platform = ends.platform
where touches.day > ends.as_of
union
select distinct
    contacts.member,
    contacts.platform || ' contact' as what
from contacts
inner join ends on contacts.member = ends.member and contacts.platform = ends.platform
where contacts.connected_on > ends.as_of and contacts.platform != 'own'
order by member, what
