CREATE OR REPLACE MACRO is_digits(t) AS coalesce(regexp_full_match(t, '[0-9]+'), false);
CREATE OR REPLACE MACRO in_time(d) AS CASE WHEN d BETWEEN DATE '1800-01-01' AND DATE '2200-12-31' THEN d END;
CREATE OR REPLACE MACRO day8(t) AS CASE WHEN regexp_full_match(t, '(18|19|20|21)[0-9]{6}([0-9]{6})?') THEN try_strptime(left(t, 8), '%Y%m%d')::DATE END;
CREATE OR REPLACE MACRO any_day(t) AS in_time(coalesce(
    try_strptime(left(t, 10), '%Y-%m-%d'), try_strptime(t, '%m/%d/%Y'), try_strptime(t, '%d %B %Y'))::DATE);
CREATE OR REPLACE MACRO bare(url) AS rtrim(split_part(split_part(url, '?', 1), '#', 1), '/');
CREATE OR REPLACE MACRO last_part(url) AS CASE WHEN contains(substr(url, 9), '/') THEN string_split(bare(url), '/')[-1] END;
CREATE OR REPLACE MACRO in_words(t) AS
    CASE WHEN length(t) - length(replace(translate(t, '_', '-'), '-', '')) >= 3 THEN lower(regexp_replace(t, '[.][A-Za-z]{2,5}$', '')) END;
CREATE OR REPLACE MACRO slug(url) AS in_words(last_part(url));
