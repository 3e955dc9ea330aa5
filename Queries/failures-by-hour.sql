-- title: Failures by hour
-- question: When do requests fail, by the hour and by reason?
-- param since: ISO 8601 in UTC; from here on (default '')
-- param until: ISO 8601 in UTC; before this (default '9999')
-- columns: hour, reason, failures, clients
SELECT substr(started_at, 1, 13) || ':00Z' AS hour, reason, count(*) AS failures,
  count(DISTINCT coalesce(client, source)) AS clients
FROM failures
WHERE started_at >= :since AND started_at < :until
GROUP BY hour, reason
ORDER BY hour, failures DESC;
