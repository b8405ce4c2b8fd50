-- Which days were major event days (IEEE 1366, 2.5 beta)? With fewer than 36 outages there is no threshold.
WITH
    toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of,
    daily AS
    (
        SELECT
            toDate(started_at) AS day,
            count() AS outages,
            sum(customers_affected * dateDiff('minute', started_at, restored_at))
                / (SELECT sum(consumers) FROM complaints.nodes_current WHERE node_kind = 'substation') AS saidi_minutes
        FROM complaints.outages_current
        WHERE NOT planned AND parent_outage_id = '' AND restored_at > started_at + INTERVAL 5 MINUTE
            AND started_at > as_of - INTERVAL 5 YEAR AND started_at <= as_of
        GROUP BY day
    ),
    (
        SELECT if(sum(outages) < 36, NULL, exp(avg(log(saidi_minutes)) + 2.5 * stddevSamp(log(saidi_minutes))))
        FROM daily WHERE saidi_minutes > 0
    ) AS threshold
SELECT day, round(saidi_minutes, 3) AS saidi_minutes, round(threshold, 3) AS threshold_minutes,
    saidi_minutes > threshold AS major_event_day
FROM daily
ORDER BY saidi_minutes DESC
LIMIT 10;
