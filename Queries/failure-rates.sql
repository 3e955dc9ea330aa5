-- title: Failure rates by endpoint
-- question: What share of CORS requests is blocked, with its 95% interval, and how many could not be told?
-- param minimum integer: endpoints with at least this many requests (default 1)
-- columns: endpoint, requests, blocked, undetermined, rate, rate_low, rate_high
-- The interval is Wilson's, over the requests that could be told.
WITH counts AS (
  SELECT endpoint, count(*) AS requests, count(*) FILTER (WHERE verdict = 'blocked') AS blocked,
    count(*) FILTER (WHERE verdict = 'undetermined') AS undetermined,
    count(*) FILTER (WHERE verdict <> 'undetermined') * 1.0 AS n
  FROM verdicts GROUP BY endpoint
), wilson AS (
  SELECT *, blocked / nullif(n, 0) AS p, 3.8416 / nullif(n, 0) AS z FROM counts
)
SELECT endpoint, requests, blocked, undetermined, round(p, 4) AS rate,
  round(max(0, (p + z / 2 - sqrt(z * (p * (1 - p) + z / 4))) / (1 + z)), 4) AS rate_low,
  round(min(1, (p + z / 2 + sqrt(z * (p * (1 - p) + z / 4))) / (1 + z)), 4) AS rate_high
FROM wilson
WHERE requests >= :minimum
ORDER BY rate_low DESC, blocked DESC, endpoint;
