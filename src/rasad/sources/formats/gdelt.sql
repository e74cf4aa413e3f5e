-- GDELT events, 1.0 and 2.0: columns by the names of the GDELT event code books (v1.03, 2.0).
-- Goldstein and quad class are not taken from the file: they come of the code, in one table for all datasets.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN NOT is_digits(<GLOBALEVENTID>) THEN 'GLOBALEVENTID is not a number'
        WHEN length(<SQLDATE>) > 8 OR day8(<SQLDATE>) IS NULL THEN 'SQLDATE is not a day'
        WHEN <has DATEADDED> AND day8(<DATEADDED>) IS NULL THEN 'DATEADDED is not a date'
        WHEN contains(<EventCode>, '+') OR contains(<EventCode>, '.') THEN 'EventCode is not a code'
        WHEN length(<EventRootCode>) = 1 OR NOT starts_with(<EventCode>, <EventRootCode>) THEN 'EventCode has lost its zeros'
        WHEN <has NumMentions> AND try_cast(<NumMentions> AS DOUBLE) IS NULL THEN 'NumMentions is not a number'
    END AS problem,
    <GLOBALEVENTID> AS key,
    day8(<SQLDATE>) AS occurred_on,
    day8(<DATEADDED>) AS added_on,
    <Actor1Code> AS source_code,
    <Actor1Name> AS source_name,
    <Actor2Code> AS target_code,
    <Actor2Name> AS target_name,
    <EventCode> AS cameo,
    try_cast(<NumMentions> AS INTEGER) AS n_mentions,
    try_cast(<NumSources> AS INTEGER) AS n_sources,
    try_cast(<NumArticles> AS INTEGER) AS n_articles,
    try_cast(<AvgTone> AS FLOAT) AS tone,
    CASE <ActionGeo_Type> WHEN '1' THEN 'country' WHEN '2' THEN 'adm1' WHEN '5' THEN 'adm1' WHEN '3' THEN 'place' WHEN '4' THEN 'place' END AS place_precision,
    <ActionGeo_CountryCode> AS place_code,
    <ActionGeo_FullName> AS place_name,
    CASE WHEN <ActionGeo_Type> <> '0' THEN try_cast(<ActionGeo_Lat> AS FLOAT) END AS latitude,
    CASE WHEN <ActionGeo_Type> <> '0' THEN try_cast(<ActionGeo_Long> AS FLOAT) END AS longitude,
    <SOURCEURL> AS source_url,
    CASE WHEN <ActionGeo_Type> = '1' THEN {centroid} ELSE 0 END
        + CASE WHEN <ActionGeo_Lat> IS NOT NULL AND try_cast(<ActionGeo_Lat> AS FLOAT) IS NULL THEN {bad_place} ELSE 0 END AS flags
FROM cells
