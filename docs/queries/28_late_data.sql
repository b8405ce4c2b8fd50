-- How late do complaints come in? What a source tells late was missing from every figure until then.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    source,
    count() AS complaints,
    round(quantileExact(0.5)(dateDiff('second', reported_at, received_at)) / 60, 1) AS median_minutes_late,
    max(dateDiff('minute', reported_at, received_at)) AS most_minutes_late,
    countIf(received_at > reported_at + INTERVAL 1 HOUR) AS later_than_an_hour
FROM
(
    SELECT * FROM complaints.complaints_by_time FINAL
    WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
GROUP BY source
ORDER BY most_minutes_late DESC
SETTINGS defer_partition_pruning_after_final = 0;
