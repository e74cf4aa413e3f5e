-- POLECAT (doi:10.7910/DVN/AJGVIT): PLOVER types and modes; fields of several values are parted by ';'.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN <Event ID> IS NULL THEN 'Event ID is empty'
        WHEN any_day(<Event Date>) IS NULL THEN 'Event Date is not a day'
        WHEN <Event Type> IS NULL THEN 'Event Type is empty'
    END AS problem,
    <Event ID> AS key,
    any_day(<Event Date>) AS occurred_on,
    coalesce(any_day(<Publication Date>)::VARCHAR, '') AS published_on,
    <Actor Country> AS source_code,
    <Actor Name> AS source_name,
    <Primary Actor Sector> AS source_sector,
    <Recipient Country> AS target_code,
    <Recipient Name> AS target_name,
    <Primary Recipient Sector> AS target_sector,
    concat_ws('/', <Event Type>, <Event Mode>) AS act,
    upper(<Event Type>) AS plover_type,
    lower(<Event Mode>) AS plover_mode,
    lower(<Contexts>) AS context,
    CASE upper(<Quad Code>)
        WHEN 'VERBAL COOPERATION' THEN 1 WHEN 'MATERIAL COOPERATION' THEN 2 WHEN 'VERBAL CONFLICT' THEN 3 WHEN 'MATERIAL CONFLICT' THEN 4
        WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4
    END AS quad_class,
    <Country> AS place_code,
    coalesce(<Placename>, concat_ws(', ', <City>, <District>, <Province>, <Country>)) AS place_name,
    CASE WHEN coalesce(<City>, <District>) IS NOT NULL THEN 'place' WHEN <Province> IS NOT NULL THEN 'adm1' WHEN <Country> IS NOT NULL THEN 'country' END AS place_precision,
    try_cast(<Latitude> AS FLOAT) AS latitude,
    try_cast(<Longitude> AS FLOAT) AS longitude,
    <Source> AS publisher,
    CASE WHEN coalesce(<City>, <District>, <Province>) IS NULL AND <Country> IS NOT NULL THEN {centroid} ELSE 0 END
        + CASE WHEN <Latitude> IS NOT NULL AND try_cast(<Latitude> AS FLOAT) IS NULL THEN {bad_place} ELSE 0 END AS flags
FROM cells
