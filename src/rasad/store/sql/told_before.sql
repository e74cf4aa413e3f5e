-- Rows of a batch from stories that gave rows before, and from copies of them at other addresses.
INSERT INTO story_before
SELECT DISTINCT s.rid
FROM staged AS s
JOIN told_before AS e ON coalesce(e.story, e.source_url) = coalesce(s.story, s.source_url) AND e.dataset_event_id <> s.key AND e.is_first
WHERE s.problem IS NULL AND s.rid NOT IN (SELECT rid FROM same) AND (s.story IS NOT NULL OR contains(s.source_url, '://'));

INSERT INTO copied_before
WITH earlier AS MATERIALIZED (
    SELECT slug(source_url) AS slug, min(source_url) AS source_url
    FROM (SELECT DISTINCT source_url FROM told_before WHERE contains(source_url, '://'))
    GROUP BY slug
),
fresh AS MATERIALIZED (
    SELECT source_url, slug(source_url) AS slug
    FROM (SELECT DISTINCT source_url FROM staged WHERE problem IS NULL AND contains(source_url, '://'))
    WHERE source_url NOT IN (SELECT source_url FROM told_before WHERE source_url IS NOT NULL)
),
copies AS (
    SELECT f.source_url FROM fresh AS f JOIN earlier AS e ON e.slug = f.slug
    UNION
    SELECT source_url FROM told_before GROUP BY source_url HAVING bool_and(is_copy)
)
SELECT s.rid
FROM staged AS s
JOIN copies AS c ON c.source_url = s.source_url
WHERE s.problem IS NULL AND s.rid NOT IN (SELECT rid FROM same)
