-- title: Allowed origins that nearly match
-- question: Which answers allow an origin that differs from the asking one only in case, slash, scheme, port or "www."?
-- columns: origin, allowed, difference, endpoint, failures, example_url
WITH pairs AS (
  SELECT f.origin AS origin, f.endpoint AS endpoint, f.url AS url,
    coalesce(
      CASE WHEN f.phase = 'preflight' THEN
        (SELECT access_control_allow_origin FROM exchanges WHERE exchange_id = f.preflight_id) END,
      (SELECT access_control_allow_origin FROM exchanges WHERE exchange_id = f.exchange_id)) AS allowed
  FROM failures f
  WHERE f.reason = 'CORSAllowOriginNotMatchingOrigin'
), told AS (
  SELECT *,
    CASE
      WHEN rtrim(allowed, '/') = origin THEN 'trailing slash'
      WHEN lower(rtrim(allowed, '/')) = lower(origin) THEN 'letter case'
      WHEN replace(allowed, 'http://', 'https://') = replace(origin, 'http://', 'https://') THEN 'scheme'
      WHEN replace(allowed, '://www.', '://') = replace(origin, '://www.', '://') THEN 'www'
      WHEN allowed = substr(origin, instr(origin, '://') + 3) THEN 'no scheme'
      WHEN instr(allowed, ',') > 0 OR instr(allowed, ' ') > 0 THEN 'a list of origins'
      WHEN instr(allowed, '*') > 0 THEN 'wildcard host'
      WHEN rtrim(rtrim(allowed, '0123456789'), ':') = rtrim(rtrim(origin, '0123456789'), ':') THEN 'port'
    END AS difference
  FROM pairs
)
SELECT origin, allowed, difference, endpoint, count(*) AS failures, min(url) AS example_url
FROM told
WHERE difference IS NOT NULL
GROUP BY origin, allowed, difference, endpoint
ORDER BY failures DESC, origin, endpoint;
