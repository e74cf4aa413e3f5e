-- UCDP Georeferenced Event Dataset, yearly and candidate releases (code book 25.1). Every event is deadly violence: PLOVER ASSAULT.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN <id> IS NULL OR contains(<id>, '+') THEN 'id is not an id'
        WHEN any_day(<date_start>) IS NULL THEN 'date_start is not a day'
        WHEN any_day(<date_end>) IS NULL OR any_day(<date_end>) < any_day(<date_start>) THEN 'date_end is not a day from date_start on'
        WHEN <type_of_violence> IS NULL OR <type_of_violence> NOT IN ('1', '2', '3') THEN 'type_of_violence is not 1, 2 or 3'
        WHEN try_cast(<best> AS INTEGER) IS NULL THEN 'best is not a number of deaths'
    END AS problem,
    <id> AS key,
    any_day(<date_start>) AS occurred_on,
    any_day(<date_end>) AS ended_on,
    CASE <date_prec> WHEN '1' THEN 'day' WHEN '2' THEN 'week' WHEN '3' THEN 'week' WHEN '4' THEN 'month' ELSE 'year' END AS date_precision,
    left(<source_date>, 10) AS published_on,
    <side_a_new_id> AS source_code,
    <side_a> AS source_name,
    <side_b_new_id> AS target_code,
    <side_b> AS target_name,
    <type_of_violence> AS act,
    'ASSAULT' AS plover_type,
    4 AS quad_class,
    'MV' AS channel,
    <country_id> AS place_code,
    coalesce(<where_coordinates>, <country>) AS place_name,
    CASE WHEN <where_prec> IN ('1', '2', '3') THEN 'place' WHEN <where_prec> IN ('4', '5') THEN 'adm1' ELSE 'country' END AS place_precision,
    try_cast(<latitude> AS FLOAT) AS latitude,
    try_cast(<longitude> AS FLOAT) AS longitude,
    try_cast(<number_of_sources> AS INTEGER) AS n_sources,
    try_cast(<low> AS INTEGER) AS deaths_low,
    try_cast(<best> AS INTEGER) AS deaths,
    try_cast(<high> AS INTEGER) AS deaths_high,
    <dyad_name> AS text,
    <source_article> AS story,
    <source_headline> AS note,
    <source_office> AS publisher,
    CASE WHEN <where_prec> = '6' THEN {centroid} ELSE 0 END
        + CASE WHEN <date_prec> = '5' OR any_day(<date_end>) - any_day(<date_start>) > 31 THEN {summary} ELSE 0 END
        + CASE WHEN <latitude> IS NOT NULL AND try_cast(<latitude> AS FLOAT) IS NULL THEN {bad_place} ELSE 0 END AS flags
FROM cells
