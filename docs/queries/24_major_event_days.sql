-- Which days were major event days (IEEE 1366, 2.5 beta)? The threshold is of the days before the day of as_of; with fewer
-- than 36 outages on 30 days there is none, since one night's outages tell nothing of the ordinary day.
WITH
    toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of,
    daily AS
    (
        SELECT
            toDate(started_at) AS day,
            if(outage_id IN (SELECT outage_id FROM complaints.outages WHERE state = 'confirmed'), 'confirmed', 'estimated')
                AS basis,
            count() AS outages,
            sum(customers_affected * dateDiff('second', started_at, restored_at)) / 60
                / (SELECT sum(consumers) FROM complaints.nodes_current WHERE node_kind = 'substation') AS saidi_minutes
        FROM complaints.outages_current
        WHERE NOT planned AND parent_outage_id = '' AND restored_at > started_at + INTERVAL 5 MINUTE
            AND started_at > as_of - INTERVAL 5 YEAR AND restored_at <= as_of
        GROUP BY day, basis
    )
SELECT day, daily.basis AS basis, round(saidi_minutes, 3) AS saidi_minutes, round(threshold, 3) AS threshold_minutes,
    saidi_minutes > threshold AS major_event_day
FROM daily
LEFT JOIN
(
    SELECT basis, exp(avg(log(daily.saidi_minutes)) + 2.5 * stddevSamp(log(daily.saidi_minutes))) AS threshold
    FROM daily
    WHERE daily.saidi_minutes > 0 AND day < toDate(as_of)
    GROUP BY basis
    HAVING sum(outages) >= 36 AND count() >= 30
) AS history ON history.basis = daily.basis
ORDER BY daily.saidi_minutes DESC, basis
LIMIT 10
SETTINGS join_use_nulls = 1;
