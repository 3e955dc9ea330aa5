-- title: Preflights that nobody followed
-- question: Which preflights were not followed by their request, and what was their answer?
-- param limit integer: how many rows (default 50)
-- columns: origin, endpoint, requested_method, outcome, status, allow_origin, preflights, clients
SELECT p.origin AS origin, coalesce(e.endpoint, p.url) AS endpoint, p.requested_method AS requested_method,
  p.outcome AS outcome, p.status AS status, e.access_control_allow_origin AS allow_origin, count(*) AS preflights,
  count(DISTINCT coalesce(p.client, p.source)) AS clients
FROM preflights p JOIN exchanges e ON e.exchange_id = p.preflight_id
WHERE p.outcome IN ('refused', 'abandoned')
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY preflights DESC, endpoint
LIMIT :limit;
