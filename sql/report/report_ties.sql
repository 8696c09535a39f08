-- Question: How close are the ties, as far as messages show it?
-- Definition: ties by messages, at the end of the reported week: everybody with whom both sides have written in
-- conversations of two falls in exactly one band, by how often there were messages in the 52 weeks before and how long
-- ago the last one was. Who did not write back in these weeks, or was not written to, is in no exchange, however often
-- one side wrote. The bands are Granovetter's (1973: often at least twice a week, rarely at most once a year), dormant
-- is silent for three years (Levin et al. 2011). A platform whose export ends earlier is read as of its own last day.
-- Unit: people; a share of those with messages in both directions.
-- Source: messages.csv and XING's messages in conversations of two, lists of contacts for those never written with.
-- Mutual contacts, meetings and e-mail are in no export.
-- Absent: no row where no file of messages was given; shares below ten ties.
-- Window: all weeks, as far as threads were not deleted.
-- Maturity: final when the exports cover the week.
-- Research: bands by Granovetter (1973: occasionally is more than once a year, rarely at most once); ties dormant for
-- three years proved worth as much as current ones (Levin, Walter and Murnighan 2011, 224 executives); moderately weak
-- ties help most in finding work (Rajkumar et al. 2022).
-- Key: member, band
-- band: often (messages on at least 104 days of 364, some in each direction), occasionally (on 2 to 103), rarely (on at most
--   one, or in one direction only, the last less than three years ago), dormant (the last at least three years ago), or never: contacts without messages in both directions,
--   outside the shares
-- place: place among the bands
-- people: people in the band
-- share: part of all people with messages in both directions; null below ten of these, and for never
with reached as (
    select
        availability.member,
        availability.platform,
        least(max(availability.until), max(members.week) + 6) as until
    from availability
    inner join report_members as members on availability.member = members.member
    where availability.source = 'messages'
    group by availability.member, availability.platform
),

written as (
    select
        days.member,
        days.person,
        sum(days.sent) > 0 and sum(days.received) > 0 as is_mutual,
        max(days.day) as last_day,
        max(reached.until) as judged_on
    from exchange_days as days
    inner join reached on days.member = reached.member and days.platform = reached.platform
    inner join report_members as members on days.member = members.member and days.day <= members.week + 6
    group by days.member, days.person
),

-- The same day on two platforms is one.
last_year as (
    select
        days.member,
        days.person,
        if(sum(days.sent) > 0 and sum(days.received) > 0, count(distinct days.day), 0) as days
    from exchange_days as days
    inner join written on days.member = written.member and days.person = written.person and written.is_mutual
    where days.day > written.judged_on - 364 and days.day <= written.last_day
    group by days.member, days.person
),

persons as (
    select
        written.*,
        coalesce(last_year.days, 0) as days_in_year
    from written
    left join last_year on written.member = last_year.member and written.person = last_year.person
    where written.is_mutual
),

banded as (
    select
        member,
        person,
        case
            when last_day + interval 3 year <= judged_on then 'dormant'
            when days_in_year >= 104 then 'often'
            when days_in_year >= 2 then 'occasionally'
            else 'rarely'
        end as band
    from persons
    union all
    select
        ties.member,
        ties.person,
        'never' as band
    from ties
    inner join report_members as members on ties.member = members.member
    anti join persons on ties.member = persons.member and ties.person = persons.person
    where ties.is_contact and (ties.connected_on is null or ties.connected_on <= members.week + 6)
),

bands as (
    select *
    from (
        values (1, 'often'), (2, 'occasionally'), (3, 'rarely'), (4, 'dormant'), (5, 'never')
    ) as names (place, band)  -- noqa: AL05
),

readable as (
    select distinct member
    from reached
),

counted as (
    select
        readable.member,
        bands.place,
        bands.band,
        count(banded.person) as people
    from readable
    cross join bands
    left join banded on readable.member = banded.member and bands.band = banded.band
    group by all
)

select
    member,
    band,
    place,
    people,
    case
        when band != 'never' and sum(people) filter (band != 'never') over (partition by member) >= 10
            then people / (sum(people) filter (band != 'never') over (partition by member))
    end as share
from counted
order by member, place
