-- Under which names and addresses the member appears in their own exports.
-- Key: member, platform, address, folded_name
-- address: the member's own profile address, null where only a name is known
-- folded_name: the member's name on one spelling
select distinct
    member,
    platform,
    owner_address as address,
    fold_name(owner) as folded_name
from stg_exports
where owner is not null or owner_address is not null
union
select
    exports.member,
    exports.platform,
    null as address,
    fold_name(members.name) as folded_name
from stg_members as members
inner join stg_exports as exports on members.member = exports.member
where members.name is not null
