-- title: Errors that lose their CORS headers
-- question: Which endpoints send Access-Control-Allow-Origin with good answers but not with error answers?
-- columns: endpoint, status, errors_without, good_with, server, example_url
WITH good AS (
  SELECT endpoint, count(*) AS n FROM exchanges
  WHERE status BETWEEN 200 AND 399 AND access_control_allow_origin IS NOT NULL AND method <> 'OPTIONS'
  GROUP BY endpoint
)
SELECT e.endpoint AS endpoint, e.status AS status, count(*) AS errors_without, max(g.n) AS good_with,
  max(e.server) AS server, min(e.url) AS example_url
FROM exchanges e JOIN good g ON g.endpoint = e.endpoint
WHERE e.status >= 400 AND e.access_control_allow_origin IS NULL AND e.origin IS NOT NULL AND e.method <> 'OPTIONS'
  AND (e.response_recorded = 'all' OR instr(char(10) || e.response_recorded || char(10), char(10) || 'access-control-allow-origin' || char(10)) > 0)
GROUP BY e.endpoint, e.status
ORDER BY errors_without DESC, endpoint;
