-- Stored events under another actor table: who they are, in which dyad, and where.
SELECT e.* REPLACE (
    coalesce(x.actor, '') AS source_actor,
    coalesce(y.actor, '') AS target_actor,
    coalesce(x.country, '') AS source_country,
    coalesce(y.country, '') AS target_country,
    coalesce(nullif(x.sector, ''), e.source_sector) AS source_sector,
    coalesce(nullif(y.sector, ''), e.target_sector) AS target_sector,
    coalesce(p.state, '') AS place_country,
    CASE WHEN x.actor <> '' AND y.actor <> '' AND x.actor <> y.actor
        THEN least(x.actor, y.actor) || '-' || greatest(x.actor, y.actor) ELSE '' END AS dyad
)
FROM (SELECT e.* FROM {events} AS e) AS e
LEFT JOIN (SELECT key, valid_from, valid_to, actor, country, sector FROM actor_of) AS x
    ON x.key = {source} AND e.occurred_on >= x.valid_from AND e.occurred_on < x.valid_to
LEFT JOIN (SELECT key, valid_from, valid_to, actor, country, sector FROM actor_of) AS y
    ON y.key = {target} AND e.occurred_on >= y.valid_from AND e.occurred_on < y.valid_to
LEFT JOIN (SELECT code, state FROM place_of) AS p ON p.code = e.place_code
ORDER BY dyad, occurred_on DESC, snapshot_id, row
