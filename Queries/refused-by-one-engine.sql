-- title: Refused by one engine only
-- question: Which origins does one browser engine refuse where the two others let the request through?
-- columns: engine, origin, endpoint, requests, reason, example_url
SELECT CASE WHEN chromium = 'blocked' THEN 'chromium' WHEN firefox = 'blocked' THEN 'firefox' ELSE 'webkit' END
    AS engine, origin, endpoint, count(*) AS requests, max(reason) AS reason, min(url) AS example_url
FROM verdicts
WHERE (chromium = 'blocked') + (firefox = 'blocked') + (webkit = 'blocked') = 1
  AND (chromium = 'allowed') + (firefox = 'allowed') + (webkit = 'allowed') = 2
GROUP BY 1, origin, endpoint
ORDER BY requests DESC, origin, endpoint;
