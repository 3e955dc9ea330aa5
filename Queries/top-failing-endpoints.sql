-- title: Endpoints that fail most
-- question: Which endpoints have the most blocked requests, from which origins and why?
-- param limit integer: how many rows (default 20)
-- columns: endpoint, origin, reason, failures, clients, first_seen, last_seen, example_url
SELECT endpoint, origin, reason, count(*) AS failures, count(DISTINCT coalesce(client, source)) AS clients,
  min(started_at) AS first_seen, max(started_at) AS last_seen, min(url) AS example_url
FROM failures
GROUP BY endpoint, origin, reason
ORDER BY failures DESC, endpoint, origin
LIMIT :limit;
