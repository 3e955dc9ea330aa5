-- title: Failures that are new
-- question: What has begun to fail at or after this moment that had not failed before?
-- param since time: from here on
-- columns: first_seen, origin, endpoint, method, reason, root_cause, failures, example_url
SELECT min(started_at) AS first_seen, origin, endpoint, method, reason, root_cause, count(*) AS failures,
  min(url) AS example_url
FROM failures
GROUP BY origin, endpoint, method, reason, root_cause
HAVING min(started_at) >= :since
ORDER BY first_seen, failures DESC;
