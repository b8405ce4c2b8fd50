-- Is everything that came in accounted for? An hour that was not checked yet has no row: that is not zero.
WITH toDateTime('2026-06-20 22:00:00', 'Asia/Kolkata') AS as_of
SELECT hour, topic, records_in, stored, repeats, dead_letters, waiting, missing, checked_at
FROM complaints.balance FINAL
WHERE hour >= as_of - INTERVAL 3 HOUR AND hour < as_of
ORDER BY hour, topic;
