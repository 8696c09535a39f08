-- Profile views that the member copied from a platform's screen, one row per line.
-- Key: member, export, file, row
-- week: Monday of the week that the line is about
-- platform: linkedin or xing, null where the line does not say
-- profile_views: how often the profile was seen
-- recruiter_views: how often by recruiters
select
    member,
    export,
    file,
    row,
    day - try_cast(isodow(day) - 1 as integer) as week,
    nullif(platform, 'own') as platform,
    profile_views,
    recruiter_views
from raw_own_visitors
where day is not null
