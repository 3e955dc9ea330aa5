-- title: Preflights that cost most time
-- question: Where do users wait longest, in all, for preflights?
-- param limit integer: how many rows (default 20)
-- columns: endpoint, preflights, total_ms, mean_ms, longest_ms, requests_covered
SELECT e.endpoint AS endpoint, count(*) AS preflights, round(sum(e.duration_ms), 3) AS total_ms,
  round(avg(e.duration_ms), 3) AS mean_ms, max(e.duration_ms) AS longest_ms, sum(p.covers) AS requests_covered
FROM preflights p JOIN exchanges e ON e.exchange_id = p.preflight_id
WHERE e.duration_ms IS NOT NULL
GROUP BY e.endpoint
ORDER BY total_ms DESC, e.endpoint
LIMIT :limit;
