-- What each export after the first of its platform changed in the picture of the network. Exports of one day are one.
-- Key: member, platform, as_of
-- seen_before: day of the export before
-- contacts_added: contacts that no earlier export knew
-- contacts_lost: contacts that the export before still had
-- companies_changed: contacts at another company than in the export before
-- titles_changed: contacts at the same company with another title
-- renamed: contacts of the same address under another name
with totals as (
    select
        member,
        platform,
        as_of,
        sum(known)::bigint as known,
        sum(lost)::bigint as lost
    from contact_days
    group by all
),

ordered as (
    select
        *,
        lag(as_of) over (partition by member, platform order by as_of) as seen_before,
        lag(known) over (partition by member, platform order by as_of) as known_before
    from totals
),

jobs as (
    select
        member,
        platform,
        seen_on,
        count(contact) filter (is_company_new) as companies,
        count(contact) filter (not is_company_new) as titles
    from job_changes
    group by all
),

several as (
    select member, platform
    from ordered
    where seen_before is not null
    group by all
),

names as (
    select
        snapshots.member,
        snapshots.platform,
        snapshots.as_of,
        snapshots.contact,
        snapshots.folded_name,
        lag(snapshots.folded_name) over (
            partition by snapshots.member, snapshots.platform, snapshots.contact order by snapshots.as_of
        ) as name_before
    from contact_snapshots as snapshots
    inner join several on snapshots.member = several.member and snapshots.platform = several.platform
    where not snapshots.is_hidden and snapshots.address is not null
),

renamings as (
    select
        member,
        platform,
        as_of,
        count(contact) as renamed
    from names
    where folded_name != name_before
    group by all
)

select
    ordered.member,
    ordered.platform,
    ordered.as_of,
    ordered.seen_before,
    ordered.known - ordered.known_before as contacts_added,
    ordered.lost as contacts_lost,
    coalesce(jobs.companies, 0) as companies_changed,
    coalesce(jobs.titles, 0) as titles_changed,
    coalesce(renamings.renamed, 0) as renamed
from ordered
left join jobs
    on ordered.member = jobs.member and ordered.platform = jobs.platform and ordered.as_of = jobs.seen_on
left join renamings
    on ordered.member = renamings.member and ordered.platform = renamings.platform and ordered.as_of = renamings.as_of
where ordered.seen_before is not null
