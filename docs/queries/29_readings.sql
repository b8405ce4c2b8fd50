-- Which program and which reference pack made the rows that I count? More than one: the period was not enriched alike.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT enricher_version, reference_version, count() AS complaints, min(reported_at) AS first_at, max(reported_at) AS last_at
FROM complaints.complaints FINAL
WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
GROUP BY ALL
ORDER BY complaints DESC
SETTINGS defer_partition_pruning_after_final = 0;
