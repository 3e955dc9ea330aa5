-- title: Failure rates by endpoint
-- question: What share of CORS requests is blocked, with its 95% interval, and how many could not be told?
-- param minimum integer: endpoints with at least this many requests (default 1)
-- columns: endpoint, requests, blocked, undetermined, rate, rate_low, rate_high
-- The rate is of the requests that could be told. The interval is Wilson's, from what it is if all others passed to what it is if
-- none did: a log without headers tells refusals alone.
WITH counts AS (
  SELECT endpoint, count(*) AS requests, count(*) FILTER (WHERE verdict = 'blocked') AS blocked,
    count(*) FILTER (WHERE verdict = 'undetermined') AS undetermined
  FROM verdicts GROUP BY endpoint
), shares AS (
  SELECT *, blocked * 1.0 / nullif(requests - undetermined, 0) AS p, blocked * 1.0 / requests AS low,
    (blocked + undetermined) * 1.0 / requests AS high, 3.8416 / requests AS z
  FROM counts
)
SELECT endpoint, requests, blocked, undetermined, round(p, 4) AS rate,
  round(max(0, (low + z / 2 - sqrt(z * (low * (1 - low) + z / 4))) / (1 + z)), 4) AS rate_low,
  round(min(1, (high + z / 2 + sqrt(z * (high * (1 - high) + z / 4))) / (1 + z)), 4) AS rate_high
FROM shares
WHERE requests >= :minimum
ORDER BY rate_low DESC, blocked DESC, endpoint;
