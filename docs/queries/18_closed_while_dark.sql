-- Closed while still dark: complaints that ended in the last seven days, and how many of those customers called about
-- their supply again within twelve hours of that.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    ended.feeder_id AS feeder_id,
    uniqExact(ended.complaint_id) AS ended_complaints,
    uniqExactIf(ended.complaint_id, again.reported_at > ended.ended_at
        AND again.reported_at <= ended.ended_at + INTERVAL 12 HOUR) AS called_again,
    uniqExactIf(ended.complaint_id, ended.reopened) AS reopened,
    round(100 * called_again / ended_complaints, 1) AS called_again_percent
FROM
(
    SELECT c.complaint_id AS complaint_id, c.feeder_id AS feeder_id, c.customer_key AS customer_key, s.ended_at AS ended_at,
        s.reopened AS reopened
    FROM complaints.complaints_current AS c
    INNER JOIN
    (
        SELECT
            complaint_id,
            minOrNullIf(at, status IN ('restored', 'closed')) AS ended_at,
            countIf(status = 'reopened') > 0 AS reopened
        FROM complaints.complaint_status
        WHERE at > as_of - INTERVAL 7 DAY AND at <= as_of AND status IN ('restored', 'closed', 'reopened')
        GROUP BY complaint_id
        HAVING ended_at IS NOT NULL
    ) AS s ON s.complaint_id = c.complaint_id
    WHERE c.reported_at > as_of - INTERVAL 8 DAY AND c.customer_key != ''
) AS ended
LEFT JOIN
(
    SELECT customer_key, reported_at
    FROM complaints.complaints_current
    WHERE reported_at > as_of - INTERVAL 7 DAY AND reported_at <= as_of AND priority <= 3
) AS again ON again.customer_key = ended.customer_key
GROUP BY feeder_id
ORDER BY called_again_percent DESC, ended_complaints DESC
SETTINGS join_use_nulls = 1;
