-- The member's own log, one row per entry: what happened outside of the platforms, or on them and is in no export.
-- Key: member, export, file, row
-- day: as the member noted it
-- kind: meeting, call, greeting, introduction, referral, advice_asked, advice_given or recruiter_contact
-- direction: given or received, seen from the member; mutual for meetings and calls and where the entry does not say
-- name: whom it was with, as written, null where the entry names nobody
-- folded_name: that name on one spelling
-- platform: where a recruiter was met, linkedin or xing, null elsewhere
select
    member,
    export,
    file,
    row,
    done_on as day,
    kind,
    case
        when kind = 'advice_asked' or kind = 'recruiter_contact' then 'received'
        when kind = 'advice_given' then 'given'
        when direction is not null then direction
        when kind = 'greeting' then 'given'
        else 'mutual'
    end as direction,
    name,
    fold_name(name) as folded_name,
    nullif(platform, 'own') as platform
from raw_own_activity
where done_on is not null and kind is not null
