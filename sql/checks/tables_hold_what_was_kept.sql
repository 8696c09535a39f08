-- The raw tables hold exactly the records that the ledger says were kept, of every export that is used.
-- member: whose export
-- what: the source and both numbers
with counted as (
    select member, 'linkedin_connections' as source, count(export) as rows from raw_linkedin_connections group by all
    union all
    select member, 'linkedin_invitations' as source, count(export) as rows from raw_linkedin_invitations group by all
    union all
    select member, 'linkedin_messages' as source, count(export) as rows from raw_linkedin_messages group by all
    union all
    select member, 'linkedin_shares' as source, count(export) as rows from raw_linkedin_shares group by all
    union all
    select member, 'linkedin_comments' as source, count(export) as rows from raw_linkedin_comments group by all
    union all
    select member, 'linkedin_reactions' as source, count(export) as rows from raw_linkedin_reactions group by all
    union all
    select member, 'linkedin_votes' as source, count(export) as rows from raw_linkedin_votes group by all
    union all
    select member, 'linkedin_reposts' as source, count(export) as rows from raw_linkedin_reposts group by all
    union all
    select member, 'linkedin_endorsements_received' as source, count(export) as rows
    from raw_linkedin_endorsements_received group by all
    union all
    select member, 'linkedin_endorsements_given' as source, count(export) as rows
    from raw_linkedin_endorsements_given group by all
    union all
    select member, 'linkedin_recommendations_received' as source, count(export) as rows
    from raw_linkedin_recommendations_received group by all
    union all
    select member, 'linkedin_recommendations_given' as source, count(export) as rows
    from raw_linkedin_recommendations_given group by all
    union all
    select member, 'linkedin_company_follows' as source, count(export) as rows
    from raw_linkedin_company_follows group by all
    union all
    select member, 'linkedin_member_follows' as source, count(export) as rows
    from raw_linkedin_member_follows group by all
    union all
    select member, 'linkedin_hashtag_follows' as source, count(export) as rows
    from raw_linkedin_hashtag_follows group by all
    union all
    select member, 'linkedin_events' as source, count(export) as rows from raw_linkedin_events group by all
    union all
    select member, 'linkedin_profile' as source, count(export) as rows from raw_linkedin_profile group by all
    union all
    select member, 'linkedin_positions' as source, count(export) as rows from raw_linkedin_positions group by all
    union all
    select member, 'linkedin_skills' as source, count(export) as rows from raw_linkedin_skills group by all
    union all
    select member, 'linkedin_job_applications' as source, count(export) as rows
    from raw_linkedin_job_applications group by all
    union all
    select member, 'linkedin_saved_jobs' as source, count(export) as rows from raw_linkedin_saved_jobs group by all
    union all
    select member, 'linkedin_job_preferences' as source, count(export) as rows
    from raw_linkedin_job_preferences group by all
    union all
    select member, 'linkedin_member_groups' as source, count(export) as rows
    from raw_linkedin_member_groups group by all
    union all
    select member, 'xing_contacts' as source, count(export) as rows from raw_xing_contacts group by all
    union all
    select member, 'xing_notes' as source, count(export) as rows from raw_xing_notes group by all
    union all
    select member, 'xing_messages' as source, count(export) as rows from raw_xing_messages group by all
    union all
    select member, 'own_groups' as source, count(export) as rows from raw_own_groups group by all
    union all
    select member, 'own_activity' as source, count(export) as rows from raw_own_activity group by all
    union all
    select member, 'own_people' as source, count(export) as rows from raw_own_people group by all
    union all
    select member, 'own_visitors' as source, count(export) as rows from raw_own_visitors group by all
    union all
    select member, 'own_applications' as source, count(export) as rows from raw_own_applications group by all
    union all
    select member, 'own_marks' as source, count(export) as rows from raw_own_marks group by all
),

ledger as (
    select
        files.member,
        files.source,
        sum(files.rows_kept)::bigint as rows
    from raw_files as files
    inner join stg_exports as exports on files.member = exports.member and files.export = exports.export
    where files.status = 'read' and files.source is not null
    group by all
)

select
    coalesce(ledger.member, counted.member) as member,
    coalesce(ledger.source, counted.source) || ': ' || coalesce(ledger.rows, 0) || ' kept, '
    || coalesce(counted.rows, 0) || ' stored' as what
from ledger
full join counted on ledger.member = counted.member and ledger.source = counted.source
where coalesce(ledger.rows, 0) != coalesce(counted.rows, 0)
order by member, what
