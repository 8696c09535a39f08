-- Every dated act between the member and the network, in one vocabulary for all platforms.
-- Entries of the own log are touches of the platform `own`, whatever platform they name.
-- kind: message, invitation, post, comment, reaction, vote, repost, recommendation or endorsement; in the own log meeting,
--   call, greeting, introduction, referral, advice_asked, advice_given or recruiter_contact
-- direction: given or received, seen from the member; mutual for what the own log holds without a direction
-- visibility: direct (to a person), group or public
-- day: on the member's clock
-- week: Monday of that week
-- other: address, on XING and in the own log the folded name, of the other person where the source names one
select
    member,
    platform,
    'message' as kind,
    if(is_sent, 'given', 'received') as direction,
    'direct' as visibility,
    day,
    week,
    other
from messages
union all
select
    member,
    platform,
    'invitation' as kind,
    if(is_sent, 'given', 'received') as direction,
    'direct' as visibility,
    day,
    week,
    address as other
from invitations
union all
select
    member,
    platform,
    kind,
    'given' as direction,
    if(group_id is null, 'public', 'group') as visibility,
    day,
    week,
    null as other
from acts
union all
select
    member,
    platform,
    kind,
    direction,
    if(kind = 'recommendation', 'direct', 'public') as visibility,
    day,
    week,
    address as other
from recognitions
union all
select
    member,
    'own' as platform,
    kind,
    direction,
    'direct' as visibility,
    day,
    week,
    other
from own_entries
