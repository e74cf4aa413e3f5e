-- What is known of each row of a batch beyond its own text: who and where it means, and what is doubtful about it.
-- Of each group of repeats the first row stays unmarked, so that leaving a flag out leaves one row of the group.
WITH narrow AS (
    SELECT
        rid,
        occurred_on,
        added_on - occurred_on AS late,
        coalesce({actor_source}, '') AS source,
        coalesce({actor_target}, '') AS target,
        {source_key} AS source_key,
        {target_key} AS target_key,
        coalesce(cameo, act, '') AS code,
        coalesce(place_name, '') AS place,
        place_code,
        coalesce(story, CASE WHEN contains(source_url, '://') THEN source_url END) AS story,
        flags,
        rid IN (SELECT rid FROM outdated) AS is_old
    FROM staged
    WHERE problem IS NULL AND rid NOT IN (SELECT rid FROM same)
),
first_act AS (SELECT min(rid) AS rid FROM narrow WHERE NOT is_old GROUP BY occurred_on, source, target, code),
first_there AS (SELECT min(rid) AS rid FROM narrow WHERE NOT is_old GROUP BY occurred_on, source, target, code, place),
first_told AS (SELECT min(rid) AS rid, story FROM narrow WHERE story IS NOT NULL AND NOT is_old GROUP BY story),
address AS MATERIALIZED (SELECT rid, story, slug(story) AS slug FROM first_told WHERE contains(story, '://')),
shared AS (SELECT slug, min(rid) AS rid FROM address WHERE slug IS NOT NULL GROUP BY slug HAVING count(*) > 1),
copies AS (
    SELECT d.story
    FROM address AS d
    JOIN shared AS s ON s.slug = d.slug
    WHERE d.rid > s.rid AND d.story NOT IN (SELECT source_url FROM told_before WHERE source_url IS NOT NULL)
)
SELECT
    n.rid,
    coalesce(x.actor, '') AS source_actor,
    coalesce(y.actor, '') AS target_actor,
    coalesce(x.country, '') AS source_country,
    coalesce(y.country, '') AS target_country,
    nullif(x.sector, '') AS source_sector,
    nullif(y.sector, '') AS target_sector,
    coalesce(p.state, '') AS place_country,
    CASE WHEN x.actor <> '' AND y.actor <> '' AND x.actor <> y.actor
        THEN least(x.actor, y.actor) || '-' || greatest(x.actor, y.actor) ELSE '' END AS dyad,
    (n.flags
    + CASE WHEN (a.rid IS NULL AND NOT n.is_old) OR n.rid IN (SELECT rid FROM repeated_before) THEN {repeated} ELSE 0 END
    + CASE WHEN (b.rid IS NULL AND NOT n.is_old) OR n.rid IN (SELECT rid FROM repeated_in_place_before) THEN {repeated_in_place} ELSE 0 END
    + CASE WHEN (t.rid IS NULL AND n.story IS NOT NULL AND NOT n.is_old) OR n.rid IN (SELECT rid FROM story_before) THEN {same_story} ELSE 0 END
    + CASE WHEN c.story IS NOT NULL OR n.rid IN (SELECT rid FROM copied_before) THEN {syndicated} ELSE 0 END
    + CASE WHEN n.late = 7 THEN {date_off_week} WHEN n.late = 30 THEN {date_off_month} WHEN n.late = 365 THEN {date_off_year} ELSE 0 END
    + CASE WHEN n.source = '' THEN {no_source} ELSE 0 END
    + CASE WHEN n.target = '' THEN {no_target} ELSE 0 END
    + CASE WHEN n.rid IN (SELECT rid FROM mirrored_rows) THEN {mirrored} ELSE 0 END
    + CASE WHEN {is_unknown} THEN {unknown_code} ELSE 0 END)::UINTEGER AS flags
FROM narrow AS n
LEFT JOIN first_act AS a ON a.rid = n.rid
LEFT JOIN first_there AS b ON b.rid = n.rid
LEFT JOIN first_told AS t ON t.rid = n.rid
LEFT JOIN copies AS c ON c.story = n.story
LEFT JOIN actor_of AS x ON x.key = n.source_key AND n.occurred_on >= x.valid_from AND n.occurred_on < x.valid_to
LEFT JOIN actor_of AS y ON y.key = n.target_key AND n.occurred_on >= y.valid_from AND n.occurred_on < y.valid_to
LEFT JOIN place_of AS p ON p.code = n.place_code
