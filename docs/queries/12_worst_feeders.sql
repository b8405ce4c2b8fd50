-- Which feeders were worst this month? Outages of the feeder and of its transformers; one that had no end counts until as_of.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    n.feeder_id AS feeder_id,
    count() AS outages,
    countIf(still) AS still_out,
    countIf(confirmed) AS confirmed,
    sum(minutes) AS minutes_out,
    sum(minutes * customers_affected) AS customer_minutes
FROM
(
    SELECT
        node_id,
        customers_affected,
        coalesce(restored_at > as_of, true) AS still,
        dateDiff('minute', started_at, if(still, as_of, assumeNotNull(restored_at))) AS minutes,
        outage_id IN (SELECT outage_id FROM complaints.outages WHERE state = 'confirmed' AND decided_at <= as_of) AS confirmed
    FROM complaints.outages_current
    WHERE started_at >= toStartOfMonth(as_of) AND detected_at <= as_of AND NOT planned AND parent_outage_id = ''
) AS o
INNER JOIN complaints.nodes_current AS n ON n.node_id = o.node_id
WHERE n.feeder_id != ''
GROUP BY feeder_id
ORDER BY customer_minutes DESC
LIMIT 20;
