-- What was refused, why, and what became of it?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT kafka_topic, stage, reason, field, state, count() AS records, min(first_seen_at) AS first_at
FROM complaints.dead_letters_current
WHERE first_seen_at > as_of - INTERVAL 1 DAY AND first_seen_at <= as_of
GROUP BY ALL
ORDER BY records DESC;
