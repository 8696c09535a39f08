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

named as (
    select
        member,
        company,
        company_key,
        arg_min(company, (-contacts, company in (lower(company), upper(company)), company))
            over (partition by member, company_key) as usual_company
    from spelled
    where
        not regexp_matches(
            company_key,
            '^(self ?employed|freelanc\pL*|frei(e|er) mitarbeiter(in)?|freiberuf\pL*|freischaffend\pL*|selbst(st)?aendig\pL*|unemployed|arbeit(s|ssuchend|slos)\pL*|open to work|not working|looking for\b.*|auf der suche\b.*|in gruendung|stealth( startup| mode)?|confidential|vertraulich|privat(e|er|es)?|n a|na|none|keine?|diverse|various|retired|rentner(in)?|ruhestand|student(in)?)$'  -- noqa: LT05
        )
)

select
    contacts.member,
    contacts.platform,
    contacts.contact,
    named.company_key,
    named.usual_company as company
from contacts
inner join named on contacts.member = named.member and contacts.company = named.company
