-- Profile views. No export of LinkedIn or XING holds them: they stay absent until a source carries them.
-- Key: member, platform, week
-- profile_views: how often the member's profile was seen, only from sources that carry it
-- recruiter_views: views by recruiters, only from sources that carry it
select
    member,
    platform,
    week,
    null::bigint as profile_views,
    null::bigint as recruiter_views
from platform_weeks
union all
select
    member,
    'all' as platform,
    week,
    null::bigint as profile_views,
    null::bigint as recruiter_views
from weeks
