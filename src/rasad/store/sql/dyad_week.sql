-- Weekly sums of a part, directed; rows dated to the day only, those that weekly sums leave out beside those they keep.
SELECT
    e.dyad,
    e.source_actor AS source,
    e.target_actor AS target,
    date_trunc('week', e.occurred_on)::DATE AS week,
    (e.flags & {left_out}) = 0 AS kept,
    {sign} * count(*) AS n,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'ST') AS st,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'VC') AS vc,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'MC') AS mc,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'VF') AS vf,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'MN') AS mn,
    {sign} * count(*) FILTER (coalesce(e.channel, c.channel, p.channel) = 'MV') AS mv,
    {sign} * count(c.goldstein) AS n_goldstein,
    {sign} * sum(round(c.goldstein * 10)::BIGINT) AS goldstein_tenths,
    {sign} * sum(coalesce(e.n_mentions, 0))::BIGINT AS mentions
FROM {events} AS e
LEFT JOIN code AS c ON c.cameo = e.cameo
LEFT JOIN plover AS p ON p.plover_type = e.plover_type
WHERE e.dyad <> '' AND e.date_precision = 'day'
GROUP BY e.dyad, e.source_actor, e.target_actor, week, kept
