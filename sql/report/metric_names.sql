-- The weekly numbers of the report in their order.
-- Key: metric
-- position: place in the report
-- unit: what is counted
-- source: what must cover a week for the number to be known; `activity`, `acts`, `care` and `recruiting` stand for
--   several
-- kind: measured, inferred, or stock (a state at the end of the week)
-- metric: name of the number, a column of weekly_metrics
select
    position,
    metric,
    unit,
    source,
    kind
from (
    values
    (1, 'contacts_total', 'contacts', 'contacts', 'stock'),
    (2, 'contacts_new', 'contacts', 'contacts', 'measured'),
    (3, 'contacts_lost', 'contacts', 'contacts', 'measured'),
    (4, 'invitations_sent', 'invitations', 'invitations', 'measured'),
    (5, 'invitations_received', 'invitations', 'invitations', 'measured'),
    (6, 'invitations_accepted', 'invitations', 'invitations', 'measured'),
    (7, 'messages_sent', 'messages', 'messages', 'measured'),
    (8, 'messages_received', 'messages', 'messages', 'measured'),
    (9, 'conversations_started', 'conversations', 'messages', 'measured'),
    (10, 'conversations_answered', 'conversations', 'messages', 'measured'),
    (11, 'posts', 'acts', 'posts', 'measured'),
    (12, 'comments', 'acts', 'comments', 'measured'),
    (13, 'reactions', 'acts', 'reactions', 'measured'),
    (14, 'reposts', 'acts', 'reposts', 'measured'),
    (15, 'votes', 'acts', 'votes', 'measured'),
    (16, 'visible_activity', 'acts', 'activity', 'measured'),
    (17, 'group_activity', 'acts', 'activity', 'measured'),
    (18, 'groups_active', 'groups', 'activity', 'measured'),
    (19, 'recruiter_contacts', 'contacts', 'recruiting', 'inferred'),
    (20, 'recruiter_replies', 'conversations', 'messages', 'inferred'),
    (21, 'profile_views', 'views', 'views', 'measured'),
    (22, 'recruiter_views', 'views', 'views', 'measured'),
    (23, 'recommendations_given', 'acts', 'recommendations_given', 'measured'),
    (24, 'recommendations_received', 'acts', 'recommendations_received', 'measured'),
    (25, 'endorsements_given', 'acts', 'endorsements_given', 'measured'),
    (26, 'endorsements_received', 'acts', 'endorsements_received', 'measured'),
    (27, 'active_weeks', 'weeks', 'acts', 'measured'),
    (28, 'streak_weeks', 'weeks', 'acts', 'measured'),
    (29, 'care_weeks', 'weeks', 'care', 'measured'),
    (30, 'persons_total', 'persons', 'contacts', 'stock')
) as names (position, metric, unit, source, kind)  -- noqa: AL05
order by position
