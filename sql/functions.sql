-- Functions that several models share; created once per database.
-- The linter lays out statements and takes the body of a macro for the end of one: -- noqa: disable=LT02,LT05

-- A link without its percent escapes; as it is where they are no UTF-8, which url_decode raises on.
create or replace macro decoded(link) as coalesce(try(url_decode(link)), link);

-- A text, or null where it is empty. nullif would do the same but computes its argument twice, and these are dear.
create or replace macro filled(content) as list_filter([content], lambda item: item != '')[1];

-- The part of a profile link that names the person, on one spelling: decoded, lower case, without host, query and slash.
-- LinkedIn writes the bare https://www.linkedin.com/in for links that it hides: that is no address.
create or replace macro profile_address(link) as
    filled(lower(nfc_normalize(decoded(regexp_extract(link, '/in/([^/?#]+)', 1)))));

-- A name on one spelling: the part before the first comma, without academic titles, emoji and punctuation, lower case,
-- ä=ae ö=oe ü=ue ß=ss, other marks dropped, single blanks.
create or replace macro fold_name(name) as
    filled(trim(regexp_replace(regexp_replace(strip_accents(
        replace(replace(replace(replace(
            regexp_replace(
                lower(nfc_normalize(split_part(name, ',', 1))),
                '\b(prof|dr|med|phil|rer|nat|pol|jur|oec|habil|dipl|ing|kfm|mag|univ|h\. ?c)\.|\b(professor(in)?|prof|dr|mba|phd|msc|bsc)\b',
                ' ', 'g'
            ),
            'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')
    ), '[^\pL\pM\pN\s-]', '', 'g'), '[\s-]+', ' ', 'g')));

-- What a time zone's clock shows at a UTC moment. Its microseconds are at once what timezone('UTC', moment) asks a calendar for.
create or replace macro clock_of(moment, zone) as timezone(zone, make_timestamptz(epoch_us(moment)));

-- The Monday of the ISO week in which a UTC moment lies on a time zone's clock.
create or replace macro week_of(moment, zone) as date_trunc('week', clock_of(moment, zone))::date;

-- The day on which a UTC moment lies on a time zone's clock.
create or replace macro day_of(moment, zone) as clock_of(moment, zone)::date;

-- 2026-W46 for the Monday of that week.
create or replace macro week_name(monday) as strftime(monday, '%G-W%V');

-- A company's name on one spelling: lower case, umlauts spelled out, without legal form, country and punctuation; whole words stay.
create or replace macro company_key(company) as
    filled(trim(regexp_replace(
        ' ' || regexp_replace(
            strip_accents(replace(replace(replace(replace(lower(nfc_normalize(company)), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')),
            '[^\pL\pN]+', ' ', 'g'
        ) || ' ',
        '( (gmbh|mbh|ag|se|kg|kgaa|ohg|gbr|ug|ev|e v|eg|e g|e k|inc|ltd|llc|plc|corp|corporation|company|limited|sarl|s a|sa|spa|s p a|bv|b v|nv|n v|co|deutschland|germany|europe|dach|holding|group|gruppe))+ *$',
        ' '
    )));

-- Whether somebody who wrote or invited first likely recruits: by a recruiting title; a title in human resources with an
-- InMail or a job in the subject; or an InMail that offers a job.
create or replace macro looks_like_recruiting(is_recruiter, is_hr, is_inmail, offers_job) as
    is_recruiter or (is_inmail and (offers_job or is_hr)) or (is_hr and offers_job);

-- A title's words on one spelling between blanks: lower case, umlauts spelled out, one form for women and men, without (m/w/d).
create or replace macro title_words(title) as
    regexp_replace(regexp_replace(regexp_replace(
        ' ' || regexp_replace(
            strip_accents(replace(replace(replace(replace(lower(nfc_normalize(title)), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')),
            '[^\pL\pN]+', '  ', 'g'
        ) || ' ',
        ' (m|w|d|f|x|in|innen) ', ' ', 'g'
    ), '([a-z]{4})(in|innen) ', '\1 ', 'g'), ' +', ' ', 'g');
