-- title: Preflight latency
-- question: How long does each endpoint take to answer a preflight: median, 95th percentile, longest?
-- param minimum integer: endpoints with at least this many preflights (default 1)
-- columns: endpoint, preflights, median_ms, p95_ms, longest_ms
WITH timed AS (
  SELECT e.endpoint AS endpoint, e.duration_ms AS ms,
    row_number() OVER (PARTITION BY e.endpoint ORDER BY e.duration_ms) AS place,
    count(*) OVER (PARTITION BY e.endpoint) AS n
  FROM preflights p JOIN exchanges e ON e.exchange_id = p.preflight_id
  WHERE e.duration_ms IS NOT NULL
)
SELECT endpoint, n AS preflights, max(ms) FILTER (WHERE place = (n + 1) / 2) AS median_ms,
  max(ms) FILTER (WHERE place = (n * 95 + 99) / 100) AS p95_ms, max(ms) AS longest_ms
FROM timed
WHERE n >= :minimum
GROUP BY endpoint
ORDER BY p95_ms DESC, endpoint;
