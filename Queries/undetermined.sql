-- title: What could not be told, and why
-- question: Which requests are left open, between which reasons, and in which recordings?
-- columns: recorded_by, candidates, requests, origins, source, example_entry, example_url
SELECT recorded_by, candidates, count(*) AS requests, count(DISTINCT origin) AS origins, min(source) AS source,
  min(entry) AS example_entry, min(url) AS example_url
FROM verdicts
WHERE verdict = 'undetermined'
GROUP BY recorded_by, candidates
ORDER BY requests DESC, candidates;
