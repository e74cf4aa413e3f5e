SELECT
    source,
    target,
    week,
    coalesce(sum(n) FILTER (kept), 0)::INTEGER AS n,
    coalesce(sum(n) FILTER (NOT kept), 0)::INTEGER AS left_out,
    coalesce(sum(st) FILTER (kept), 0)::INTEGER AS st,
    coalesce(sum(vc) FILTER (kept), 0)::INTEGER AS vc,
    coalesce(sum(mc) FILTER (kept), 0)::INTEGER AS mc,
    coalesce(sum(vf) FILTER (kept), 0)::INTEGER AS vf,
    coalesce(sum(mn) FILTER (kept), 0)::INTEGER AS mn,
    coalesce(sum(mv) FILTER (kept), 0)::INTEGER AS mv,
    (coalesce(sum(goldstein_tenths) FILTER (kept), 0) / 10)::DOUBLE AS goldstein,
    coalesce(sum(mentions) FILTER (kept), 0)::BIGINT AS mentions
FROM {weeks}
WHERE dyad = $dyad
GROUP BY source, target, week
HAVING sum(n) <> 0
ORDER BY week, source
