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

-- Punctuation, symbols, emoji and other kinds of blanks beyond ASCII, as the inside of a class of RE2. \pL and the like would say it for
-- every script, but each expression that names one takes RE2 milliseconds to compile, which was a tenth of what all statements took.
create or replace macro signs() as
    '\x{80}-\x{a9}\x{ab}-\x{b1}\x{b4}\x{b6}-\x{b8}\x{bb}\x{bf}\x{d7}\x{f7}\x{2c2}-\x{2c5}\x{2d2}-\x{2df}\x{2e5}-\x{2eb}\x{2ed}\x{2ef}-\x{2ff}'
    || '\x{375}\x{37e}\x{384}\x{385}\x{387}\x{3f6}\x{482}\x{55a}-\x{55f}\x{589}-\x{58f}\x{5be}\x{5c0}\x{5c3}\x{5c6}\x{5f3}-\x{60f}\x{61b}-\x{61f}'
    || '\x{66a}-\x{66d}\x{6d4}\x{964}\x{965}\x{2000}-\x{206f}\x{207a}-\x{207e}\x{208a}-\x{208e}\x{20a0}-\x{20cf}\x{2100}\x{2101}\x{2103}-\x{2106}'
    || '\x{2108}\x{2109}\x{2114}\x{2116}-\x{2118}\x{211e}-\x{2123}\x{2125}\x{2127}\x{2129}\x{212e}\x{213a}\x{213b}\x{2140}-\x{2144}\x{214a}-\x{214d}'
    || '\x{214f}\x{218a}-\x{245f}\x{249c}-\x{24e9}\x{2500}-\x{2775}\x{2794}-\x{2bff}\x{2e00}-\x{2e2e}\x{2e30}-\x{3004}\x{3008}-\x{3020}\x{3030}'
    || '\x{3036}\x{3037}\x{303d}-\x{303f}\x{309b}\x{309c}\x{30a0}\x{30fb}\x{e000}-\x{f8ff}\x{fe10}-\x{fe19}\x{fe30}-\x{fe6f}\x{feff}-\x{ff0f}\x{ff1a}-\x{ff20}\x{ff3b}-\x{ff40}'
    || '\x{ff5b}-\x{ff65}\x{ffe0}-\x{ffff}\x{1f000}-\x{1f0ff}\x{1f10d}-\x{1faff}\x{e0001}-\x{e007f}\x{f0000}-\x{10ffff}';

-- What stands between words: all that is neither letter, mark nor digit.
create or replace macro between_words() as '[\x00-/:-@\[-`{-\x7f' || signs() || ']+';

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
    ), '[\x00-\x08\x0b\x0e-\x1f!-,./:-@\[-`{-\x7f' || signs() || ']', '', 'g'), '[\s-]+', ' ', 'g')));

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
            between_words(), ' ', 'g'
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
            between_words(), '  ', 'g'
        ) || ' ',
        ' (m|w|d|f|x|in|innen) ', ' ', 'g'
    ), '([a-z]{4})(in|innen) ', '\1 ', 'g'), ' +', ' ', 'g');
