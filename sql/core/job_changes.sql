-- Contacts whose company or title differs between two snapshots that follow each other: the day lies between the two.
-- Key: member, platform, contact, seen_on
-- seen_before: day of the snapshot that still has the old entry
-- seen_on: day of the first snapshot with the new one
-- is_company_new: whether the company differs, compared without legal form and spelling
-- company_before: as the old entry writes it
-- title_before: as the old entry writes it
with several as (
    select member, platform
    from contact_snapshots
    group by all
    having min(as_of) < max(as_of)
),

ordered as (
    select
        snapshots.member,
        snapshots.platform,
        snapshots.contact,
        snapshots.as_of as seen_on,
        snapshots.company,
        snapshots.title,
        lag(snapshots.as_of) over one_contact as seen_before,
        lag(snapshots.company) over one_contact as company_before,
        lag(snapshots.title) over one_contact as title_before
    from contact_snapshots as snapshots
    inner join several on snapshots.member = several.member and snapshots.platform = several.platform
    where not snapshots.is_hidden
    window one_contact as (
        partition by snapshots.member, snapshots.platform, snapshots.contact order by snapshots.as_of
    )
),

-- Most entries are as they were: what is written alike needs no comparing of spellings.
rewritten as (
    select *
    from ordered
    where
        seen_before is not null
        and company is not null
        and title is not null
        and (company != company_before or title != title_before)
),

-- Materialized: as it is, each spelling is computed once, else once more for the filter.
compared as materialized (
    select
        *,
        coalesce(company_key(company) != company_key(company_before), false) as is_company_new,
        coalesce(fold_name(title) != fold_name(title_before), false) as is_title_new
    from rewritten
)

select
    member,
    platform,
    contact,
    seen_before,
    seen_on,
    company_before,
    company,
    title_before,
    title,
    is_company_new
from compared
where is_company_new or is_title_new
