-- Conversations that LinkedIn, or the member, put into the folder for spam.
-- Key: member, conversation
-- conversation: LinkedIn's id; in files of 2018, which have none, the other person's name
select distinct
    member,
    coalesce(conversation_id, 'with ' || sender) as conversation
from raw_linkedin_messages
where folder = 'SPAM' and coalesce(conversation_id, sender) is not null
