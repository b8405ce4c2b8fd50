-- Closed while still dark: complaints that ended in the last seven days, and how many of those customers complained of
-- their supply again within twelve hours of that. The share is of known callers: nobody can tell that another called again.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    ended.feeder_id AS feeder_id,
    count() AS ended_complaints,
    countIf(ended.known) AS of_known_callers,
    countIf(again.said_at <= ended.ended_at + INTERVAL 12 HOUR) AS called_again,
    countIf(ended.reopened) AS reopened,
    round(100 * called_again / nullIf(of_known_callers, 0), 1) AS called_again_percent
FROM
(
    SELECT
        c.feeder_id AS feeder_id, c.customer AS customer, c.customer != sipHash64(c.complaint_id) AS known,
        s.ended_at AS ended_at, s.reopened AS reopened
    FROM
    (
        SELECT * FROM complaints.complaints_by_time FINAL
        WHERE reported_at > as_of - INTERVAL 7 DAY AND reported_at <= as_of
        ORDER BY event_version DESC LIMIT 1 BY complaint_id
    ) AS c
    INNER JOIN
    (
        SELECT
            complaint_id,
            minIf(at, status != 'reopened') AS ended_at,
            max(status = 'reopened') AS reopened
        FROM complaints.status_by_time
        WHERE at > as_of - INTERVAL 7 DAY AND at <= as_of AND status IN ('restored', 'closed', 'reopened')
        GROUP BY complaint_id
        HAVING countIf(status != 'reopened') > 0
    ) AS s ON s.complaint_id = c.complaint_id
    WHERE c.due_at IS NOT NULL
) AS ended
ASOF LEFT JOIN
(
    SELECT customer, said_at
    FROM complaints.supply_reports
    WHERE reported_at > as_of - INTERVAL 7 DAY AND reported_at <= as_of
) AS again ON again.customer = ended.customer AND again.said_at > ended.ended_at
GROUP BY feeder_id
ORDER BY called_again_percent DESC, ended_complaints DESC
LIMIT 20
SETTINGS join_use_nulls = 1, defer_partition_pruning_after_final = 0;
