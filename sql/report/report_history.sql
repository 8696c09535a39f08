-- What the exports that came since the reported week began, or shortly before, changed in the picture of the network.
-- Key: member, platform, as_of
select
    changes.member,
    changes.platform,
    changes.as_of,
    changes.seen_before,
    changes.contacts_added,
    changes.contacts_lost,
    changes.companies_changed,
    changes.titles_changed,
    changes.renamed
from import_changes as changes
inner join report_members as members on changes.member = members.member
where changes.as_of > members.week - 7 and changes.as_of <= members.as_of
order by changes.member, changes.as_of, changes.platform
