-- People whom no suggestion names, and why: recruiting (inferred: to be checked, not answered; but nobody whom the member
-- marked as no recruiter), silent (the member's last two messages have no answer), spam (from that folder), double (XING
-- writes a name that LinkedIn knows too: they may be one person whom the member wrote to yesterday).
-- Key: member, person, why
-- why: recruiting, silent, spam or double
with cleared as (
    select distinct member, person
    from marks
    where mark = 'no_recruiter'
),

spamming as (
    select
        exchanges.member,
        exchanges.person
    from stg_linkedin_spam as spam
    inner join conversations on spam.member = conversations.member and spam.conversation = conversations.conversation
    inner join exchanges
        on
            conversations.member = exchanges.member
            and conversations.platform = exchanges.platform
            and conversations.other = exchanges.other
    where conversations.platform = 'linkedin'
),

linkedin_names as (
    select distinct
        member,
        folded_name
    from ties
    where list_contains(platforms, 'linkedin')
)

select member, person, 'recruiting' as why
from recruiter_approaches
where person is not null and (grade != 'possible' or answered_at is null)
union
select ties.member, ties.person, 'recruiting' as why
from ties
anti join cleared on ties.member = cleared.member and ties.person = cleared.person
where ties.is_recruiting
union
select member, person, 'silent' as why
from ties
where unanswered >= 2
union
select member, person, 'spam' as why
from spamming
union
select ties.member, ties.person, 'double' as why
from ties
inner join linkedin_names on ties.member = linkedin_names.member and ties.folded_name = linkedin_names.folded_name
where not list_contains(ties.platforms, 'linkedin')
