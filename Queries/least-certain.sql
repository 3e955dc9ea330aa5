-- title: Least certain verdicts
-- question: Which verdicts rest on the least, and what else could be true?
-- param limit integer: how many rows (default 50)
-- columns: certainty, verdict, reason, candidates, source, entry, origin, method, url, evidence
SELECT certainty, verdict, reason, candidates, source, entry, origin, method, url, evidence
FROM verdicts
WHERE certainty <> 'certain'
ORDER BY certainty = 'possible' DESC, coalesce(json_array_length(candidates), 0) DESC, source, entry
LIMIT :limit;
