-- ACLED, as a user exports it (code book of 2024): its terms forbid passing rows on, so the format is not redistributable.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN <event_id_cnty> IS NULL THEN 'event_id_cnty is empty'
        WHEN any_day(<event_date>) IS NULL THEN 'event_date is not a day'
        WHEN <event_type> IS NULL THEN 'event_type is empty'
        WHEN <fatalities> IS NOT NULL AND try_cast(<fatalities> AS INTEGER) IS NULL THEN 'fatalities is not a number'
    END AS problem,
    <event_id_cnty> AS key,
    any_day(<event_date>) AS occurred_on,
    CASE coalesce(<time_precision>, '1') WHEN '1' THEN 'day' WHEN '2' THEN 'week' ELSE 'month' END AS date_precision,
    <inter1> AS source_code,
    <actor1> AS source_name,
    <inter2> AS target_code,
    <actor2> AS target_name,
    concat_ws(': ', <event_type>, <sub_event_type>) AS act,
    CASE
        WHEN <sub_event_type> = 'Agreement' THEN 'AGREE'
        WHEN <sub_event_type> = 'Arrests' THEN 'COERCE'
        WHEN <event_type> IN ('Battles', 'Violence against civilians', 'Explosions/Remote violence') THEN 'ASSAULT'
        WHEN <event_type> IN ('Protests', 'Riots') THEN 'PROTEST'
        WHEN <sub_event_type> IN ('Change to group/activity', 'Non-violent transfer of territory', 'Headquarters or base established') THEN 'MOBILIZE'
    END AS plover_type,
    CASE WHEN <event_type> = 'Riots' THEN 'riot' WHEN <event_type> = 'Protests' THEN 'demo' END AS plover_mode,
    <country> AS place_code,
    concat_ws(', ', <location>, <admin1>, <country>) AS place_name,
    CASE WHEN <geo_precision> = '3' THEN 'adm1' ELSE 'place' END AS place_precision,
    try_cast(<latitude> AS FLOAT) AS latitude,
    try_cast(<longitude> AS FLOAT) AS longitude,
    try_cast(<fatalities> AS INTEGER) AS deaths,
    <notes> AS text,
    <tags> AS note,
    <source> AS publisher,
    CASE WHEN <latitude> IS NOT NULL AND try_cast(<latitude> AS FLOAT) IS NULL THEN {bad_place} ELSE 0 END AS flags
FROM cells
