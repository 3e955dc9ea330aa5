-- title: Clients hit most
-- question: Which clients have the most blocked requests, and is it one problem or many?
-- param limit integer: how many rows (default 20)
-- columns: client, failures, problems, origins, first_seen, last_seen
SELECT client, count(*) AS failures,
  count(DISTINCT coalesce(origin, '') || ' ' || endpoint || ' ' || method || ' ' || coalesce(reason, '')) AS problems,
  count(DISTINCT origin) AS origins, min(started_at) AS first_seen, max(started_at) AS last_seen
FROM failures
WHERE client IS NOT NULL
GROUP BY client
ORDER BY failures DESC, client
LIMIT :limit;
