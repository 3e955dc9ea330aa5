-- title: Request headers and methods that are not allowed
-- question: What do refused preflights ask for, and what does the answer allow?
-- columns: endpoint, origin, reason, requested_method, requested_headers, allowed_methods, allowed_headers, preflights
SELECT f.endpoint AS endpoint, f.origin AS origin, f.reason AS reason,
  e.access_control_request_method AS requested_method, e.access_control_request_headers AS requested_headers,
  e.access_control_allow_methods AS allowed_methods, e.access_control_allow_headers AS allowed_headers,
  count(*) AS preflights
FROM failures f JOIN exchanges e ON e.exchange_id = f.preflight_id
WHERE f.reason IN ('CORSMissingAllowHeaderFromPreflight', 'CORSInvalidAllowHeader', 'CORSMethodNotFound',
  'CORSInvalidAllowMethod')
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY preflights DESC, endpoint;
