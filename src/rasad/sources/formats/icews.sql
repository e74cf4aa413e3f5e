-- ICEWS coded event data (Harvard Dataverse, doi:10.7910/DVN/28075): ids are used twice, so the date is part of the key.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN NOT is_digits(<Event ID>) THEN 'Event ID is not a number'
        WHEN any_day(<Event Date>) IS NULL THEN 'Event Date is not a day'
        WHEN length(<CAMEO Code>) < 3 AND is_digits(<CAMEO Code>) THEN 'CAMEO Code has lost its zeros'
    END AS problem,
    <Event ID> || '/' || any_day(<Event Date>) AS key,
    any_day(<Event Date>) AS occurred_on,
    <Source Country> AS source_code,
    <Source Name> AS source_name,
    trim(<Source Sectors>, '"') AS source_sector,
    <Target Country> AS target_code,
    <Target Name> AS target_name,
    trim(<Target Sectors>, '"') AS target_sector,
    <CAMEO Code> AS cameo,
    <Event Text> AS text,
    <Publisher> AS publisher,
    <Story ID> AS story,
    <Sentence Number> AS sentence,
    CASE WHEN <City> IS NOT NULL THEN 'place' WHEN <Province> IS NOT NULL THEN 'adm1' WHEN <Country> IS NOT NULL THEN 'country' END AS place_precision,
    <Country> AS place_code,
    concat_ws(', ', <City>, <Province>, <Country>) AS place_name,
    try_cast(<Latitude> AS FLOAT) AS latitude,
    try_cast(<Longitude> AS FLOAT) AS longitude,
    CASE WHEN <City> IS NULL AND <Province> IS NULL AND <Country> IS NOT NULL THEN {centroid} ELSE 0 END
        + CASE WHEN <Latitude> IS NOT NULL AND try_cast(<Latitude> AS FLOAT) IS NULL THEN {bad_place} ELSE 0 END AS flags
FROM cells
