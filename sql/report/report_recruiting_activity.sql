-- Question: Do recruiters come when the member is active?
-- Definition: one declared comparison and no search for a better one: the recruiting contacts of the four weeks after a
-- week of more visible acts than usual, against those after the other weeks. "Usual" is the median of the same 48
-- weeks, so that a year of searching does not stand against a year of rest. What chance does: within each 48 weeks the
-- activity is cut into six blocks of eight weeks, which are put in another order 199 times, always the same ways; the
-- middle 95 % of the differences that come out is the range of chance. Blocks keep busy stretches together, as single
-- weeks would not. The numbers show what goes together, never what causes what, and rest on inferred contacts: no
-- headline and no step reads this table.
-- Unit: recruiting contacts in four weeks, on average.
-- Source: messages.csv and the files of visible activity.
-- Absent: no numbers, and a reason, below 52 weeks or 20 recruiting contacts, or where hardly any week stands out.
-- Window: all weeks that both sources cover, up to the reported one.
-- Maturity: final when the export covers the week.
-- Key: member
-- weeks: weeks that both sources cover
-- contacts: recruiting contacts of these weeks
-- reason: why there is no answer: no_activity, few_weeks, few_contacts or one_rhythm (hardly any week stands out)
-- busy_weeks: weeks with more visible acts than usual
-- after_busy: mean number of recruiting contacts in the four weeks after one of them
-- after_quiet: the same after the other weeks
-- difference: after_busy less after_quiet
-- chance_low: lower end of the range of chance
-- chance_high: upper end of the range of chance
with covered as (
    select
        weekly.member,
        weekly.week,
        weekly.visible_activity as acts,
        weekly.recruiter_contacts as contacts
    from weekly_metrics as weekly
    inner join report_members as members on weekly.member = members.member
    where
        weekly.platform = 'linkedin'
        and weekly.week <= members.week
        and weekly.week + 6 < members.as_of
        and weekly.visible_activity is not null
        and weekly.recruiter_contacts is not null
),

totals as (
    select
        member,
        count(week) as weeks,
        sum(contacts)::bigint as contacts
    from covered
    group by all
),

followed as (
    select
        covered.member,
        covered.week,
        covered.acts,
        sum(covered.contacts) over following_weeks as contacts_after,
        count(covered.contacts) over following_weeks as weeks_after
    from covered
    inner join totals on covered.member = totals.member and totals.weeks >= 52 and totals.contacts >= 20
    window following_weeks as (
        partition by covered.member order by covered.week rows between 1 following and 4 following
    )
),

numbered as (
    select
        member,
        week,
        acts,
        contacts_after,
        row_number() over (partition by member order by week desc) - 1 as weeks_back
    from followed
    where weeks_after = 4
),

stretched as (
    select
        member,
        weeks_back // 48 as stretch,
        weeks_back % 48 // 8 as block,
        weeks_back % 8 as place,
        acts,
        contacts_after,
        count(acts) over (partition by member, weeks_back // 48) as length
    from numbered
),

judged as (
    select
        member,
        stretch,
        block,
        place,
        contacts_after,
        acts > quantile_cont(acts, 0.5) over (partition by member, stretch) as is_busy
    from stretched
    where length = 48
),

compared as (
    select
        member,
        count(block) filter (is_busy) as busy_weeks,
        count(block) filter (not is_busy) as quiet_weeks,
        sum(contacts_after) as contacts_after,
        avg(contacts_after) filter (is_busy) as after_busy,
        avg(contacts_after) filter (not is_busy) as after_quiet
    from judged
    group by all
),

-- What each block of activity would meet in the place of each block of contacts.
met as (
    select
        judged.member,
        judged.stretch,
        judged.block,
        others.block as met_block,
        sum(others.contacts_after) filter (judged.is_busy) as contacts_after
    from judged
    inner join judged as others
        on
            judged.member = others.member
            and judged.stretch = others.stretch
            and judged.place = others.place
    group by all
),

stretches as (
    select distinct stretch
    from judged
),

places as (
    select
        stretch,
        unnest(generate_series(0, 5)) as block
    from stretches
),

rounds as (
    select
        stretch,
        block,
        unnest(generate_series(1, 199)) as shuffle
    from places
),

shuffles as (
    select
        shuffle,
        stretch,
        block,
        row_number() over (
            partition by shuffle, stretch order by md5(concat_ws(' ', shuffle, stretch, block)), block
        ) - 1 as met_block
    from rounds
),

shuffled as (
    select
        met.member,
        shuffles.shuffle,
        coalesce(sum(met.contacts_after), 0) as after_busy
    from met
    inner join shuffles
        on met.stretch = shuffles.stretch and met.block = shuffles.block and met.met_block = shuffles.met_block
    group by all
),

chance as (
    select
        shuffled.member,
        quantile_cont(
            shuffled.after_busy / compared.busy_weeks
            - (compared.contacts_after - shuffled.after_busy) / compared.quiet_weeks,
            [0.025, 0.975]
        ) as ends
    from shuffled
    inner join compared on shuffled.member = compared.member
    where compared.busy_weeks > 0 and compared.quiet_weeks > 0
    group by all
),

reasoned as (
    select
        members.member,
        coalesce(totals.weeks, 0) as weeks,
        coalesce(totals.contacts, 0) as contacts,
        case
            when totals.weeks is null then 'no_activity'
            when totals.weeks < 52 then 'few_weeks'
            when totals.contacts < 20 then 'few_contacts'
            when compared.busy_weeks < 12 then 'one_rhythm'
        end as reason
    from report_members as members
    left join totals on members.member = totals.member
    left join compared on members.member = compared.member
)

select
    reasoned.member,
    reasoned.weeks,
    reasoned.contacts,
    reasoned.reason,
    if(reasoned.reason is null, compared.busy_weeks, null) as busy_weeks,
    if(reasoned.reason is null, compared.after_busy, null) as after_busy,
    if(reasoned.reason is null, compared.after_quiet, null) as after_quiet,
    if(reasoned.reason is null, compared.after_busy - compared.after_quiet, null) as difference,
    if(reasoned.reason is null, chance.ends[1], null) as chance_low,
    if(reasoned.reason is null, chance.ends[2], null) as chance_high
from reasoned
left join compared on reasoned.member = compared.member
left join chance on reasoned.member = chance.member
order by reasoned.member
