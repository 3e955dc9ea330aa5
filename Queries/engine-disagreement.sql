-- title: Where engines disagree
-- question: On which requests do Chromium, Firefox and WebKit not decide alike?
-- param limit integer: how many rows (default 100)
-- columns: source, entry, origin, method, url, chromium, firefox, webkit, recorded_by, reason
SELECT source, entry, origin, method, url, chromium, firefox, webkit, recorded_by, reason
FROM verdicts
WHERE chromium <> firefox OR firefox <> webkit
ORDER BY source, entry
LIMIT :limit;
