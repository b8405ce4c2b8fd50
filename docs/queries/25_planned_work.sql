-- Do people call about work that was announced, and do they call after it should have ended?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    feeder_id,
    countIf(planned) AS inside,
    maxIf(reported_at, planned) AS last_inside_at,
    countIf(NOT planned AND reported_at > last_inside) AS within_three_hours_after
FROM
(
    SELECT feeder_id, planned, reported_at, maxIf(reported_at, planned) OVER (PARTITION BY feeder_id) AS last_inside
    FROM
    (
        SELECT * FROM complaints.complaints_by_time FINAL
        WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
        ORDER BY event_version DESC LIMIT 1 BY complaint_id
    ) AS c
    WHERE feeder_id != '' AND category LIKE 'no_supply%'
)
WHERE planned OR reported_at <= last_inside + INTERVAL 3 HOUR
GROUP BY feeder_id
HAVING inside > 0
ORDER BY inside DESC
SETTINGS defer_partition_pruning_after_final = 0;
