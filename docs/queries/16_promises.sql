-- Was supply back at the time that people were told? The last promise before the end counts.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    if(c.substation_id = '', 'unrouted', c.substation_id) AS substation,
    count() AS promised,
    countIf(s.restored_at <= s.promised_at) AS kept,
    countIf(s.restored_at > s.promised_at OR (s.restored_at IS NULL AND s.promised_at < as_of)) AS broken,
    countIf(s.restored_at IS NULL AND s.promised_at >= as_of) AS not_due_yet
FROM
(
    SELECT * FROM complaints.complaints_by_time FINAL
    WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
INNER JOIN
(
    SELECT
        complaint_id,
        minOrNullIf(at, status = 'restored') AS restored_at,
        groupArrayIf((at, assumeNotNull(estimated_restoration_at)), estimated_restoration_at IS NOT NULL) AS promises,
        arrayFilter(promise -> promise.1 <= ifNull(restored_at, as_of), promises) AS before,
        arrayMax(before).2 AS promised_at
    FROM complaints.status_by_time
    WHERE at > as_of - INTERVAL 1 DAY AND at <= as_of AND (estimated_restoration_at IS NOT NULL OR status = 'restored')
    GROUP BY complaint_id
    HAVING notEmpty(before)
) AS s ON s.complaint_id = c.complaint_id
GROUP BY substation
ORDER BY broken DESC
SETTINGS defer_partition_pruning_after_final = 0;
