-- Messages of a XING Datenauskunft, one row per message. XING writes names only.
-- Key: member, export, file, row
-- conversation: when it opened and its subject, the same in every export
-- sender: name of whoever wrote it
-- folded_sender: that name on one spelling
-- participants: names joined by a comma; members who left XING are missing
-- sent_at: UTC
-- subject: subject of the conversation
-- asks: the text holds a question
-- offers: the text offers something
-- asks_advice: the text asks for advice
with openings as (
    select
        member,
        export,
        file,
        conversation,
        sent_at as opened_at,
        subject,
        participants,
        -- The same subject in the same second to two people makes two conversations.
        row_number() over (partition by member, export, file, sent_at, subject order by conversation) as copy
    from raw_xing_messages
    where is_conversation
)

select
    messages.member,
    messages.export,
    messages.file,
    messages.row,
    concat_ws(
        ' ',
        strftime(openings.opened_at, '%Y-%m-%d %H:%M:%S'),
        openings.subject,
        if(openings.copy > 1, '#' || openings.copy, null)
    ) as conversation,
    messages.sent_at,
    messages.sender,
    fold_name(messages.sender) as folded_sender,
    openings.participants,
    openings.subject,
    coalesce(messages.asks, false) as asks,
    coalesce(messages.offers, false) as offers,
    coalesce(messages.asks_advice, false) as asks_advice
from raw_xing_messages as messages
left join openings
    on
        messages.member = openings.member
        and messages.export = openings.export
        and messages.file = openings.file
        and messages.conversation = openings.conversation
where not messages.is_conversation and messages.sent_at is not null and messages.sender is not null
