-- How far within or beyond the limit was the end? Four classes, as Gujarat's companies report them; those without an end apart.
-- An end is what service_levels takes for one: restored, closed or rejected, and not reopened after it.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    c.category AS category,
    count() AS complaints,
    countIf(ratio <= 0.5) AS within_half,
    countIf(ratio > 0.5 AND ratio <= 1) AS within_limit,
    countIf(ratio > 1 AND ratio <= 2) AS within_double,
    countIf(ratio > 2) AS later,
    countIf(ratio IS NULL AND c.due_at > as_of) AS running,
    countIf(ratio IS NULL AND c.due_at <= as_of) AS overdue
FROM
(
    SELECT
        c.category AS category,
        c.due_at AS due_at,
        dateDiff('second', c.reported_at, s.ended_at) / dateDiff('second', c.reported_at, c.due_at) AS ratio
    FROM
    (
        SELECT * FROM complaints.complaints_by_time FINAL
        WHERE reported_at > as_of - INTERVAL 7 DAY AND reported_at <= as_of
        ORDER BY event_version DESC LIMIT 1 BY complaint_id
    ) AS c
    LEFT JOIN
    (
        SELECT complaint_id, min(at) AS ended_at
        FROM
        (
            SELECT complaint_id, at, maxIf(at, status = 'reopened') OVER (PARTITION BY complaint_id) AS again_at
            FROM complaints.status_by_time
            WHERE status IN ('restored', 'closed', 'rejected', 'reopened') AND at > as_of - INTERVAL 7 DAY AND at <= as_of
        )
        WHERE at > again_at
        GROUP BY complaint_id
    ) AS s ON s.complaint_id = c.complaint_id
    WHERE c.due_at IS NOT NULL AND (NOT c.planned OR c.hazard)
) AS c
GROUP BY category
ORDER BY complaints DESC
SETTINGS join_use_nulls = 1, defer_partition_pruning_after_final = 0;
