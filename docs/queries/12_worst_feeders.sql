-- Which feeders were worst this month? Outages of the feeder and of its transformers; one without an end counts until now.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    n.feeder_id AS feeder_id,
    count() AS outages,
    countIf(restored_at IS NULL) AS still_out,
    countIf(confirmed) AS confirmed,
    sum(dateDiff('minute', started_at, coalesce(restored_at, as_of))) AS minutes_out,
    sum(dateDiff('minute', started_at, coalesce(restored_at, as_of)) * customers_affected) AS customer_minutes
FROM
(
    SELECT *, outage_id IN (SELECT outage_id FROM complaints.outages WHERE state = 'confirmed') AS confirmed
    FROM complaints.outages_current
    WHERE started_at >= toStartOfMonth(as_of) AND started_at <= as_of AND NOT planned AND parent_outage_id = ''
) AS o
INNER JOIN complaints.nodes_current AS n ON n.node_id = o.node_id
WHERE n.feeder_id != ''
GROUP BY feeder_id
ORDER BY customer_minutes DESC
LIMIT 20;
