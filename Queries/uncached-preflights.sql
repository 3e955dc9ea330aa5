-- title: Preflights that are not cached
-- question: Which preflights does the same client repeat because the answer has no, or a short, Access-Control-Max-Age?
-- param seconds integer: a shorter life than this counts as not cached (default 60)
-- param minimum integer: repeated at least this often (default 2)
-- columns: origin, endpoint, requested_method, max_age, preflights, clients, wasted_ms
-- A browser keeps an answer without the header for five seconds.
SELECT origin, endpoint, requested_method, max_age, sum(n) AS preflights, count(*) AS clients,
  round(sum(ms - ms / n), 3) AS wasted_ms
FROM (
  SELECT p.origin AS origin, coalesce(e.endpoint, p.url) AS endpoint, p.requested_method AS requested_method,
    e.access_control_max_age AS max_age, coalesce(p.client, p.source) AS who, count(*) AS n,
    sum(e.duration_ms) AS ms
  FROM preflights p JOIN exchanges e ON e.exchange_id = p.preflight_id
  WHERE p.outcome = 'followed' AND coalesce(CAST(e.access_control_max_age AS INTEGER), 5) < :seconds
  GROUP BY 1, 2, 3, 4, 5
  HAVING count(*) >= :minimum
)
GROUP BY origin, endpoint, requested_method, max_age
ORDER BY preflights DESC, endpoint;
