-- Current events as they are read: what the code says where the row does not.
SELECT
    e.* EXCLUDE (plover_type, plover_mode, context, domain, rung, quad_class, channel, bears_on, text, cameo,
                 source_grade, ground, source_url, note),
    coalesce(e.bears_on, '') AS bears_on,
    coalesce(e.text, '') AS text,
    coalesce(e.cameo, '') AS cameo,
    coalesce(e.plover_type, c.plover_type, '') AS plover_type,
    coalesce(e.plover_mode, c.plover_mode, '') AS plover_mode,
    coalesce(e.context, c.context, '') AS context,
    coalesce(e.domain, c.domain, '') AS domain,
    coalesce(e.rung, c.rung, '') AS rung,
    coalesce(e.quad_class, c.quad_class, p.quad_class, 0)::INTEGER AS quad_class,
    coalesce(e.channel, c.channel, p.channel, '') AS channel,
    c.goldstein,
    coalesce(e.source_grade, '') AS source_grade,
    coalesce(e.ground, '') AS ground,
    coalesce(e.source_url, '') AS source_url,
    coalesce(e.note, '') AS note
FROM {events} AS e
LEFT JOIN code AS c ON c.cameo = e.cameo
LEFT JOIN plover AS p ON p.plover_type = e.plover_type
{where}
