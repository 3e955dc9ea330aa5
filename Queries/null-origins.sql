-- title: Requests from an opaque origin
-- question: Who asks with "Origin: null" (sandboxed frames, files, redirects), and is it let in?
-- columns: endpoint, verdict, reason, root_cause, requests, allow_origin, example_url
SELECT v.endpoint AS endpoint, v.verdict AS verdict, v.reason AS reason, v.root_cause AS root_cause,
  count(*) AS requests,
  max((SELECT access_control_allow_origin FROM exchanges WHERE exchange_id = v.exchange_id)) AS allow_origin,
  min(v.url) AS example_url
FROM verdicts v
WHERE v.origin = 'null'
GROUP BY 1, 2, 3, 4
ORDER BY requests DESC, endpoint;
