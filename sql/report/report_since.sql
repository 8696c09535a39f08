-- What the exports already show of the days after the reported week.
-- Key: member
-- until: the newest as-of day
-- contacts_new: contacts of the days after the week
-- messages_received: messages by others in these days
-- messages_sent: messages by the member
-- visible_activity: posts, comments, reactions, reposts and votes
-- own: what the member noted of these days, kind and number, recruiters aside
with later_touches as (
    select
        touches.member,
        touches.kind,
        touches.direction
    from touches
    inner join report_members as members on touches.member = members.member
    where touches.day > members.week + 6 and touches.day <= members.week + 13
),

later_contacts as (
    select contacts.member
    from contacts
    inner join report_members as members on contacts.member = members.member
    where
        contacts.platform != 'own'
        and contacts.connected_on > members.week + 6
        and contacts.connected_on <= members.week + 13
),

touch_counts as (
    select
        member,
        count(kind) filter (kind = 'message' and direction = 'received') as messages_received,
        count(kind) filter (kind = 'message' and direction = 'given') as messages_sent,
        count(kind) filter (kind in ('post', 'comment', 'reaction', 'vote', 'repost')) as visible_activity
    from later_touches
    group by all
),

own_counts as (
    select
        member,
        kind,
        count(day) as entries
    from (
        select
            entries.member,
            entries.kind,
            entries.day
        from own_entries as entries
        inner join report_members as members on entries.member = members.member
        where
            entries.kind != 'recruiter_contact'
            and entries.day > members.week + 6
            and entries.day <= least(members.as_of, members.week + 13)
    ) as later
    group by all
),

own_lists as (
    select
        member,
        list({'kind': kind, 'entries': entries} order by kind) as own
    from own_counts
    group by all
),

contact_counts as (
    select
        member,
        count(member) as contacts_new
    from later_contacts
    group by all
)

select
    members.member,
    least(members.as_of, members.week + 13) as until,
    coalesce(contact_counts.contacts_new, 0) as contacts_new,
    coalesce(touch_counts.messages_received, 0) as messages_received,
    coalesce(touch_counts.messages_sent, 0) as messages_sent,
    coalesce(touch_counts.visible_activity, 0) as visible_activity,
    coalesce(own_lists.own, []) as own
from report_members as members
left join touch_counts on members.member = touch_counts.member
left join contact_counts on members.member = contact_counts.member
left join own_lists on members.member = own_lists.member
where members.as_of > members.week + 6
order by members.member
