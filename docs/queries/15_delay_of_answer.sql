-- How long do people wait for a first answer (any status event)? Who has none yet is not in the median.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    if(c.substation_id = '', 'unrouted', c.substation_id) AS substation,
    count() AS complaints,
    count(s.first_at) AS answered,
    round(quantileExact(0.5)(dateDiff('second', c.reported_at, s.first_at)) / 60, 1) AS median_minutes,
    round(quantileExact(0.9)(dateDiff('second', c.reported_at, s.first_at)) / 60, 1) AS p90_minutes,
    maxOrNullIf(dateDiff('minute', c.reported_at, as_of), s.first_at IS NULL) AS longest_without_answer_minutes
FROM
(
    SELECT * FROM complaints.complaints_by_time FINAL
    WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
LEFT JOIN
(
    SELECT complaint_id, min(at) AS first_at
    FROM complaints.status_by_time
    WHERE at > as_of - INTERVAL 1 DAY AND at <= as_of
    GROUP BY complaint_id
) AS s ON s.complaint_id = c.complaint_id
WHERE c.due_at IS NOT NULL AND NOT c.planned
GROUP BY substation
ORDER BY median_minutes DESC NULLS FIRST
SETTINGS join_use_nulls = 1, defer_partition_pruning_after_final = 0;
