-- GDELT 2.0 mentions: columns by their order in the GDELT 2.0 event code book.
SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN NOT is_digits(c[1]) THEN 'GLOBALEVENTID is not a number'
        WHEN NOT is_digits(c[2]) OR day8(c[2]) IS NULL THEN 'EventTimeDate is not a time'
        WHEN NOT is_digits(c[3]) OR day8(c[3]) IS NULL THEN 'MentionTimeDate is not a time'
    END AS problem,
    concat_ws(' ', c[1], c[3], c[7], c[8], c[9], c[10], c[11], c[6]) AS key,
    c[1] AS dataset_event_id,
    try_strptime(c[2], '%Y%m%d%H%M%S') AS event_added_at,
    try_strptime(c[3], '%Y%m%d%H%M%S') AS mentioned_at,
    day8(c[3]) AS occurred_on,
    try_cast(c[4] AS UTINYINT) AS mention_type,
    c[5] AS publisher,
    c[6] AS source_url,
    try_cast(c[7] AS INTEGER) AS sentence,
    try_cast(c[12] AS UTINYINT) AS confidence,
    try_cast(c[13] AS INTEGER) AS document_length,
    try_cast(c[14] AS FLOAT) AS tone,
    nullif(c[15], '') AS translation
FROM cells
