-- title: Inputs, and what became of them
-- question: What was read, kept, counted and rejected, by input, and what was wrong?
-- columns: path, kind, format, bytes, read, kept, counted, rejected, problem, problem_count, first_entry, sample
SELECT s.path AS path, s.kind AS kind, s.format AS format, s.bytes AS bytes, s.read AS read, s.kept AS kept,
  s.counted AS counted, s.rejected AS rejected, p.key AS problem, p.value AS problem_count,
  (SELECT min(entry) FROM rejects r WHERE r.source_id = s.source_id AND r.code = p.key) AS first_entry,
  (SELECT sample FROM rejects r WHERE r.source_id = s.source_id AND r.code = p.key ORDER BY entry LIMIT 1) AS sample
FROM sources s LEFT JOIN json_each(coalesce(s.problems, '{}')) p
ORDER BY s.path, p.value DESC;
