-- title: Wildcards and reflected origins beside credentials
-- question: Which answers name every origin, or echo whatever origin asks, where credentials play a part?
-- param origins integer: an endpoint that echoes at least this many different origins reflects them (default 3)
-- columns: endpoint, risk, answers, origins, example_url
-- A wildcard with credentials fails in the browser; a reflected origin with credentials opens the door to every site.
SELECT endpoint, 'wildcard with Access-Control-Allow-Credentials' AS risk, count(*) AS answers,
  count(DISTINCT origin) AS origins, min(url) AS example_url
FROM exchanges
WHERE access_control_allow_origin = '*' AND access_control_allow_credentials = 'true'
GROUP BY endpoint
UNION ALL
SELECT endpoint, 'wildcard for a request with credentials', count(*), count(DISTINCT origin), min(url)
FROM exchanges
WHERE access_control_allow_origin = '*' AND access_control_allow_credentials IS NULL
  AND origin IS NOT NULL AND (cookie IS NOT NULL OR cookie_sent = 1)
GROUP BY endpoint
UNION ALL
SELECT endpoint, 'reflects every origin with credentials', count(*), count(DISTINCT origin), min(url)
FROM exchanges
WHERE access_control_allow_origin = origin AND access_control_allow_credentials = 'true'
GROUP BY endpoint
HAVING count(DISTINCT origin) >= :origins
ORDER BY answers DESC, endpoint, risk;
