-- messages.csv, one row per record that is a message between people: drafts and system rows are left out.
-- Whether the member wrote it follows from the member's own address, in files of 2018 from their direction.
-- Key: member, export, file, row
-- conversation: LinkedIn's id; in files of 2018, which have none, the other person's name
-- is_sent: true when the member wrote it
-- is_group: whether it goes to more than one other person
-- other: profile address of the other side; in group conversations of whoever wrote
-- other_name: display name of the other side, names joined by a comma in group conversations
-- is_sponsored: advertising, by its title, its form or a sender without a profile who opens a titled conversation
-- text_key: keyed hash of a short text, to recognise invitation notes
-- asks: the text holds a question
-- offers: the text offers something
-- asks_advice: the text asks for advice
-- sent_at: UTC
-- subject: null in ordinary chats
-- title: title of the conversation, mostly null
with own_addresses as (
    select distinct member, address
    from stg_owners
    where platform = 'linkedin' and address is not null
),

own_names as (
    select
        owners.member,
        owners.folded_name,
        bool_or(own_addresses.address is not null) as has_address
    from stg_owners as owners
    left join own_addresses on owners.member = own_addresses.member
    where owners.platform = 'linkedin' and owners.folded_name is not null
    group by all
),

-- A name decides only where an address cannot: namesakes are other people.
directed as (
    select
        messages.member,
        messages.export,
        messages.file,
        messages.row,
        messages.conversation_id,
        messages.sent_at,
        case
            when messages.direction is not null then upper(messages.direction) = 'OUTGOING'
            else own_addresses.address is not null or own_names.folded_name is not null
        end as is_sent,
        coalesce(contains(messages.recipient_urls, ','), false) as is_group,
        sender_links.address as sender_address,
        receiver_links.address as receiver_address,
        messages.sender,
        messages.recipients,
        messages.subject,
        messages.conversation_title as title,
        coalesce(messages.is_sponsored, false)
        or coalesce(messages.conversation_title = 'Sponsored Conversation', false) as is_sponsored,
        messages.text_key,
        coalesce(messages.asks, false) as asks,
        coalesce(messages.offers, false) as offers,
        coalesce(messages.asks_advice, false) as asks_advice
    from raw_linkedin_messages as messages
    left join stg_linkedin_links as sender_links
        on messages.member = sender_links.member and messages.sender_url = sender_links.link
    left join stg_linkedin_links as receiver_links
        on messages.member = receiver_links.member and messages.recipient_urls = receiver_links.link
    left join own_addresses
        on messages.member = own_addresses.member and sender_links.address = own_addresses.address
    left join own_names
        on
            messages.member = own_names.member
            and not (own_names.has_address and sender_links.address is not null)
            and if(sender_links.address is null or not own_names.has_address, fold_name(messages.sender), null)
            = own_names.folded_name
    where
        messages.sent_at is not null
        and not coalesce(messages.is_draft, false)
        and (messages.sender is not null or messages.sender_url is not null)
)

select
    member,
    export,
    file,
    row,
    coalesce(conversation_id, 'with ' || if(is_sent, recipients, sender)) as conversation,
    sent_at,
    is_sent,
    is_group,
    if(is_sent, receiver_address, sender_address) as other,
    if(is_sent, recipients, sender) as other_name,
    subject,
    title,
    is_sponsored,
    text_key,
    asks,
    offers,
    asks_advice
from directed
