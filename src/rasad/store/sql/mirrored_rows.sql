INSERT INTO mirrored_rows
SELECT DISTINCT a.rid
FROM staged AS a
JOIN staged AS b
    ON a.occurred_on = b.occurred_on AND a.cameo = b.cameo AND a.story = b.story AND a.sentence = b.sentence
    AND a.source_name = b.target_name AND a.target_name = b.source_name AND b.rid < a.rid
WHERE a.problem IS NULL AND b.problem IS NULL AND a.source_name <> a.target_name
