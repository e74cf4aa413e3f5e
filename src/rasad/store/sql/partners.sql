-- With whom an actor had to do, in both directions, from week to week.
SELECT
    CASE WHEN source = $actor THEN target ELSE source END AS actor,
    sum(n)::INTEGER AS n,
    sum(vc + mc)::INTEGER AS cooperation,
    sum(vf + mn + mv)::INTEGER AS conflict
FROM {weeks}
WHERE $actor IN (source, target) AND kept AND week BETWEEN $since AND $until
GROUP BY 1
HAVING sum(n) > 0
ORDER BY 2 DESC, 1
