-- Events as columns of numbers: who, whom, when, in which channel, with what weight.
SELECT
    e.source_actor,
    e.target_actor,
    e.occurred_on,
    e.date_precision = 'day' AS has_day,
    coalesce(e.channel, c.channel, p.channel, '') AS channel,
    c.goldstein,
    coalesce(c.plover_score, m.score, p.score) AS plover,
    coalesce(e.source_url, '') AS source_url,
    e.flags
FROM {events} AS e
LEFT JOIN code AS c ON c.cameo = e.cameo
LEFT JOIN plover AS p ON p.plover_type = e.plover_type
LEFT JOIN plover_mode AS m ON m.plover_type = e.plover_type AND m.plover_mode = e.plover_mode
{where}
