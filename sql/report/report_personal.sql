-- What the member's own log holds of the 26 weeks up to the reported one, by kind; recruiters aside, whom the section on
-- recruiting tells of. No row means no entry, which is a question and no zero.
-- Key: member, kind
-- kind: meeting, call, greeting, introduction, referral, advice_asked or advice_given
-- entries_in_week: entries of the reported week
-- entries_recent: entries of the twelve weeks up to it
-- entries: entries of the 26 weeks
-- people_recent: people named in the entries of the twelve weeks, each once
select
    entries.member,
    entries.kind,
    count(entries.day) filter (entries.week = members.week) as entries_in_week,
    count(entries.day) filter (entries.week > members.week - 84) as entries_recent,
    count(entries.day) as entries,
    count(distinct entries.other) filter (entries.week > members.week - 84) as people_recent
from own_entries as entries
inner join report_members as members on entries.member = members.member
where
    entries.kind != 'recruiter_contact'
    and entries.week <= members.week
    and entries.week > members.week - 7 * 26
group by entries.member, entries.kind
order by entries.member, entries.kind
