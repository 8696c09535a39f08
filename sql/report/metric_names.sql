-- The weekly numbers of the report in their order.
-- Key: metric
-- position: place in the report
-- unit: what is counted
-- source: what must cover a week for the number to be known; `activity`, `acts`, `care` and `recruiting` stand for
--   several
-- kind: measured, inferred, or stock (a state at the end of the week)
-- progress: act (what members do themselves, which goals may name) or echo (what others do) for the numbers whose weeks since
--   the start stand beside those before it, null for all others
-- metric: name of the number, a column of weekly_metrics
select
    position,
    metric,
    unit,
    source,
    kind,
    progress
from (
    values
    (1, 'contacts_total', 'contacts', 'contacts', 'stock', null),
    (2, 'contacts_new', 'contacts', 'contacts', 'measured', 'echo'),
    (3, 'contacts_lost', 'contacts', 'contacts', 'measured', null),
    (4, 'invitations_sent', 'invitations', 'invitations', 'measured', 'act'),
    (5, 'invitations_received', 'invitations', 'invitations', 'measured', 'echo'),
    (6, 'invitations_accepted', 'invitations', 'invitations', 'measured', null),
    (7, 'messages_sent', 'messages', 'messages', 'measured', 'act'),
    (8, 'messages_received', 'messages', 'messages', 'measured', 'echo'),
    (9, 'conversations_started', 'conversations', 'messages', 'measured', 'act'),
    (10, 'conversations_answered', 'conversations', 'messages', 'measured', 'act'),
    (11, 'posts', 'acts', 'posts', 'measured', 'act'),
    (12, 'comments', 'acts', 'comments', 'measured', 'act'),
    (13, 'reactions', 'acts', 'reactions', 'measured', 'act'),
    (14, 'reposts', 'acts', 'reposts', 'measured', 'act'),
    (15, 'votes', 'acts', 'votes', 'measured', 'act'),
    (16, 'visible_activity', 'acts', 'activity', 'measured', 'act'),
    (17, 'group_activity', 'acts', 'activity', 'measured', 'act'),
    (18, 'groups_active', 'groups', 'activity', 'measured', null),
    (19, 'recruiter_contacts', 'contacts', 'recruiting', 'inferred', 'echo'),
    (20, 'recruiter_replies', 'conversations', 'messages', 'inferred', null),
    (21, 'profile_views', 'views', 'views', 'measured', 'echo'),
    (22, 'recruiter_views', 'views', 'views', 'measured', 'echo'),
    (23, 'recommendations_given', 'acts', 'recommendations_given', 'measured', 'act'),
    (24, 'recommendations_received', 'acts', 'recommendations_received', 'measured', 'echo'),
    (25, 'endorsements_given', 'acts', 'endorsements_given', 'measured', 'act'),
    (26, 'endorsements_received', 'acts', 'endorsements_received', 'measured', 'echo'),
    (27, 'active_weeks', 'weeks', 'acts', 'measured', null),
    (28, 'streak_weeks', 'weeks', 'acts', 'measured', null),
    (29, 'care_weeks', 'weeks', 'care', 'measured', null),
    (30, 'persons_total', 'persons', 'contacts', 'stock', null)
) as names (position, metric, unit, source, kind, progress)  -- noqa: AL05
order by position
