-- messages.csv, one row per record that is a message between people: drafts and system rows are left out.
-- Whether the member wrote it follows from the member's own address, in files of 2018 from their direction.
-- conversation: LinkedIn's id; in files of 2018, which have none, the other person's name
-- is_sent: true when the member wrote it
-- other: profile link of the other side as the file writes it, links joined by a comma in group conversations
-- other_name: display name of the other side, names joined by a comma in group conversations
-- is_sponsored: advertising, by its title, its form or a sender without a profile who opens a titled conversation
-- text_key: keyed hash of a short text, to recognise invitation notes
-- asks: the text holds a question
-- offers: the text offers something
-- asks_advice: the text asks for advice
with senders as (
    select distinct
        messages.member,
        messages.sender_url,
        messages.sender,
        messages.direction
    from raw_linkedin_messages as messages
),

own as (
    select
        member,
        count(address) > 0 as has_address
    from stg_owners
    where platform = 'linkedin'
    group by all
),

-- Few distinct senders stand for many messages: the address is worked out once for each. A name decides only where
-- an address cannot: namesakes are other people.
directions as (
    select
        senders.member,
        senders.sender_url,
        senders.sender,
        senders.direction,
        case
            when senders.direction is not null then upper(senders.direction) = 'OUTGOING'
            when own.has_address and profile_address(senders.sender_url) is not null
                then coalesce(bool_or(profile_address(senders.sender_url) = owners.address), false)
            else coalesce(bool_or(fold_name(senders.sender) = owners.folded_name), false)
        end as is_sent
    from senders
    left join own on senders.member = own.member
    left join stg_owners as owners on senders.member = owners.member and owners.platform = 'linkedin'
    group by senders.member, senders.sender_url, senders.sender, senders.direction, own.has_address
)

select
    messages.member,
    messages.export,
    messages.file,
    messages.row,
    coalesce(
        messages.conversation_id,
        'with ' || if(directions.is_sent, messages.recipients, messages.sender)
    ) as conversation,
    messages.sent_at,
    directions.is_sent,
    if(directions.is_sent, messages.recipient_urls, messages.sender_url) as other,
    if(directions.is_sent, messages.recipients, messages.sender) as other_name,
    messages.recipient_urls,
    messages.subject,
    messages.conversation_title as title,
    coalesce(messages.is_sponsored, false)
    or coalesce(messages.conversation_title = 'Sponsored Conversation', false) as is_sponsored,
    messages.text_key,
    coalesce(messages.asks, false) as asks,
    coalesce(messages.offers, false) as offers,
    coalesce(messages.asks_advice, false) as asks_advice
from raw_linkedin_messages as messages
inner join directions
    on
        messages.member = directions.member
        and messages.sender_url is not distinct from directions.sender_url
        and messages.sender is not distinct from directions.sender
        and messages.direction is not distinct from directions.direction
where
    messages.sent_at is not null
    and not coalesce(messages.is_draft, false)
    and (messages.sender is not null or messages.sender_url is not null)
