-- Direct messages between people on both platforms, without drafts, advertising and the notes of invitations.
-- A conversation that advertising opened is left out whole. Of messages in the same second the other side's come first, here and
-- wherever somebody begins, answers or writes last. Of equal records the largest number in any one export counts.
-- conversation: the same for the same conversation in every export
-- sent_at: UTC
-- day: on the member's clock
-- week: Monday of the week on the member's clock
-- is_sent: true when the member wrote it
-- other: profile address, on XING folded name, of the other side; null in group conversations and for hidden accounts
-- other_name: display name of the other side
-- is_group: whether more than one other person takes part in this message
-- asks: the text holds a question
-- offers: the text offers something
-- asks_advice: the text asks for advice
-- first_seen: day of the first export that holds the message
with notes as (
    select distinct member, is_sent, note_key, address, name
    from stg_linkedin_invitations
    where note_key is not null
),

advertised as (
    select distinct member, export, conversation
    from stg_linkedin_messages
    where is_sponsored
),

linkedin as (
    select
        messages.member,
        'linkedin' as platform,
        messages.export,
        messages.file,
        messages.row,
        messages.conversation,
        messages.sent_at,
        messages.is_sent,
        messages.other,
        messages.other_name,
        messages.is_group,
        messages.subject,
        messages.title,
        messages.asks,
        messages.offers,
        messages.asks_advice
    from stg_linkedin_messages as messages
    anti join advertised
        on
            messages.member = advertised.member
            and messages.export = advertised.export
            and messages.conversation = advertised.conversation
    anti join notes
        on
            messages.member = notes.member
            and messages.is_sent = notes.is_sent
            and messages.text_key = notes.note_key
            and (messages.other = notes.address or messages.other_name = notes.name)
),

own_names as (
    select distinct member, folded_name
    from stg_owners
    where platform = 'xing' and folded_name is not null
),

owners as (
    select
        member,
        min(folded_name) as folded_name
    from own_names
    group by all
),

xing_people as (
    select
        messages.member,
        messages.export,
        messages.file,
        messages.row,
        own_names.folded_name is not null as is_sent,
        list_distinct(list_filter(
            list_transform(string_split(messages.participants, ','), lambda item: trim(item)),
            lambda item: fold_name(item) is distinct from owners.folded_name
        )) as others
    from stg_xing_messages as messages
    left join own_names on messages.member = own_names.member and messages.folded_sender = own_names.folded_name
    left join owners on messages.member = owners.member
),

xing_senders as (
    select
        messages.member,
        messages.export,
        messages.conversation,
        count(distinct messages.folded_sender) as senders,
        min(messages.sender) as sender
    from stg_xing_messages as messages
    anti join own_names on messages.member = own_names.member and messages.folded_sender = own_names.folded_name
    group by all
),

xing as (
    select
        messages.member,
        'xing' as platform,
        messages.export,
        messages.file,
        messages.row,
        messages.conversation,
        messages.sent_at,
        people.is_sent,
        coalesce(senders.senders, 0) > 1 or coalesce(len(people.others), 0) > 1 as is_group,
        case
            when not people.is_sent then messages.sender
            when coalesce(senders.senders, 0) = 1 then senders.sender
            when len(people.others) = 1 then people.others[1]
        end as other_name,
        messages.subject,
        messages.asks,
        messages.offers,
        messages.asks_advice
    from stg_xing_messages as messages
    inner join xing_people as people
        on
            messages.member = people.member
            and messages.export = people.export
            and messages.file = people.file
            and messages.row = people.row
    left join xing_senders as senders
        on
            messages.member = senders.member
            and messages.export = senders.export
            and messages.conversation = senders.conversation
),

both_platforms as not materialized (
    select
        member, platform, export, file, row, conversation, sent_at, is_sent, other, other_name, is_group,
        subject, title, asks, offers, asks_advice
    from linkedin
    union all
    select
        member, platform, export, file, row, conversation, sent_at, is_sent,
        if(is_group, null, fold_name(other_name)) as other, other_name, is_group,
        subject, null as title, asks, offers, asks_advice
    from xing
),

several as (
    select member, platform
    from stg_sources
    where source in ('linkedin_messages', 'xing_messages')
    group by all
    having count(export) > 1
),

-- With one export every kept record counts; only where there are several must equal records be found.
alone as (
    select
        both_platforms.*,
        exports.as_of as first_seen
    from both_platforms
    inner join stg_exports as exports
        on both_platforms.member = exports.member and both_platforms.export = exports.export
    anti join several on both_platforms.member = several.member and both_platforms.platform = several.platform
),

places as (
    select
        member,
        export,
        as_of,
        row_number() over (partition by member order by as_of, export) as place
    from stg_exports
),

numbered as (
    select
        both_platforms.*,
        places.place,
        places.as_of,
        row_number() over (
            partition by
                both_platforms.member,
                both_platforms.platform,
                both_platforms.export,
                both_platforms.conversation,
                date_trunc('minute', both_platforms.sent_at),
                both_platforms.is_sent
            order by both_platforms.sent_at, both_platforms.file, both_platforms.row
        ) as copy
    from both_platforms
    inner join several on both_platforms.member = several.member and both_platforms.platform = several.platform
    inner join places on both_platforms.member = places.member and both_platforms.export = places.export
),

-- A spreadsheet that saves an export again drops the seconds: records are equal by the minute. Whose they are tells no
-- record from another: links change and accounts are closed. The newest export that knows the person names them.
once as (
    select
        member,
        platform,
        conversation,
        max(sent_at) as sent_at,
        is_sent,
        date_trunc('minute', numbered.sent_at) as minute,
        copy,
        max_by(other, place) as other,
        max_by(other_name, if(other is null, 0, 1000000) + place) as other_name,
        bool_or(is_group) as is_group,
        max(subject) as subject,
        max(title) as title,
        bool_or(asks) as asks,
        bool_or(offers) as offers,
        bool_or(asks_advice) as asks_advice,
        min(as_of) as first_seen
    from numbered
    group by member, platform, conversation, is_sent, minute, copy
),

merged as (
    select
        member, platform, conversation, sent_at, is_sent, other, other_name, is_group, subject, title,
        asks, offers, asks_advice, first_seen
    from alone
    union all
    select
        member, platform, conversation, sent_at, is_sent, other, other_name, is_group, subject, title,
        asks, offers, asks_advice, first_seen
    from once
),

dated as (
    select
        merged.*,
        day_of(merged.sent_at, members.time_zone) as day
    from merged
    inner join stg_members as members on merged.member = members.member
)

select
    member,
    platform,
    conversation,
    sent_at,
    day,
    date_trunc('week', day)::date as week,
    is_sent,
    if(is_group, null, other) as other,
    other_name,
    is_group,
    subject,
    title,
    asks,
    offers,
    asks_advice,
    first_seen
from dated
