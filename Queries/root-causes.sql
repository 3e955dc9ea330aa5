-- title: Causes behind the browser's reasons
-- question: What is really wrong, beneath the reason that the browser gives?
-- columns: root_cause, reason, phase, failures, origins, endpoints, fix
SELECT root_cause, reason, phase, count(*) AS failures, count(DISTINCT origin) AS origins,
  count(DISTINCT endpoint) AS endpoints, min(fix) AS fix
FROM failures
WHERE root_cause IS NOT NULL
GROUP BY root_cause, reason, phase
ORDER BY failures DESC, root_cause, reason;
