-- Invitations.csv, one row per record, seen from the member.
-- Key: member, export, file, row
-- sent_at: UTC; the file itself runs on the clock of Los Angeles
-- is_sent: true when the member invited
-- address: canonical profile address of the other person, null where the file has no usable link
-- name: display name of the other person
-- note_key: keyed hash of the note, null where there was none
-- profile: link of the other person as the file writes it
select
    member,
    export,
    file,
    row,
    sent_at,
    upper(direction) = 'OUTGOING' as is_sent,
    profile_address(if(upper(direction) = 'OUTGOING', invitee_url, inviter_url)) as address,
    if(upper(direction) = 'OUTGOING', invitee_url, inviter_url) as profile,
    if(upper(direction) = 'OUTGOING', recipient, sender) as name,
    note_key
from raw_linkedin_invitations
where sent_at is not null
