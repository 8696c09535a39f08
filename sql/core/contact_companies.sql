-- Where contacts work, each company on one spelling: "Nordlicht GmbH" and "NORDLICHT" are one. What people write who work
-- for themselves or for nobody is no company.
-- Key: member, platform, contact
-- company_key: the name without legal form and country, lower case, whole words
-- company: the spelling that most of the member's contacts there use, among equals one that is neither all small nor all capitals
with spelled as (
    select
        member,
        company,
        company_key(company) as company_key,
        count(contact) as contacts
    from contacts
    where company is not null
    group by member, company
),

usual as (
    select
        member,
        company_key,
        arg_min(company, (-contacts, company in (lower(company), upper(company)), company)) as company
    from spelled
    group by member, company_key
)

select
    contacts.member,
    contacts.platform,
    contacts.contact,
    usual.company_key,
    usual.company
from contacts
inner join spelled on contacts.member = spelled.member and contacts.company = spelled.company
inner join usual on spelled.member = usual.member and spelled.company_key = usual.company_key
where
    not regexp_matches(
        usual.company_key,
        '^(self ?employed|(freelanc|freiberuf|freischaffend|selbst(st)?aendig|arbeits)[^ 0-9]*|frei(e|er) mitarbeiter(in)?|unemployed|open to work|not working|looking for\b.*|auf der suche\b.*|in gruendung|stealth( startup| mode)?|confidential|vertraulich|privat(e|er|es)?|n a|na|none|keine?|diverse|various|retired|rentner(in)?|ruhestand|student(in)?)$'  -- noqa: LT05
    )
