-- Which limits run out within two hours? The nearest first; those that have run out in the last seven days without an end stand
-- at the top. The longest limit that ships is 30 days.
WITH
    toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of,
    as_of - INTERVAL 31 DAY AS since,
    due AS
    (
        SELECT complaint_id FROM complaints.complaints_by_time
        WHERE reported_at > since AND reported_at <= as_of AND due_at > as_of - INTERVAL 7 DAY
            AND due_at <= as_of + INTERVAL 2 HOUR
    )
SELECT
    if(c.substation_id = '', 'unrouted', c.substation_id) AS substation,
    c.category AS category,
    count() AS complaints,
    countIf(c.due_at <= as_of) AS run_out,
    min(c.due_at) AS first_due_at,
    dateDiff('minute', as_of, first_due_at) AS minutes_left
FROM
(
    SELECT complaint_id, substation_id, category, due_at, planned, hazard FROM complaints.complaints_by_time
    WHERE reported_at > since AND reported_at <= as_of AND received_at <= as_of AND complaint_id IN (due)
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
LEFT ANTI JOIN
(
    SELECT complaint_id FROM complaints.status_by_time
    WHERE at > since AND at <= as_of AND received_at <= as_of AND complaint_id IN (due)
    GROUP BY complaint_id
    HAVING argMax(status, (at, received_at)) IN ('restored', 'closed', 'rejected')
) AS ended ON ended.complaint_id = c.complaint_id
WHERE c.due_at > as_of - INTERVAL 7 DAY AND c.due_at <= as_of + INTERVAL 2 HOUR AND (NOT c.planned OR c.hazard)
GROUP BY substation, category
ORDER BY first_due_at;
