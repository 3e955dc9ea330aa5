-- title: Failures by hour
-- question: When do requests fail, by the hour and by reason?
-- param since time: from here on (default 0000-01-01)
-- param until time: before this (default 9999-12-31)
-- columns: hour, reason, failures, clients
SELECT substr(started_at, 1, 13) || ':00Z' AS hour, reason, count(*) AS failures,
  count(DISTINCT coalesce(client, source)) AS clients
FROM failures
WHERE started_at >= :since AND started_at < :until
GROUP BY hour, reason
ORDER BY hour, failures DESC;
