-- What was out on one date? An outage that runs past midnight belongs to every date that it touches.
WITH toDate('2026-06-20') AS day, toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_id,
    node_kind,
    started_at,
    restored_at,
    dateDiff('minute', started_at, restored_at) AS minutes_out,
    if(restored_at IS NULL, dateDiff('minute', started_at, as_of), NULL) AS minutes_so_far,
    customers_affected,
    multiIf(planned, 'planned', confirmed, 'confirmed', 'estimated') AS basis
FROM
(
    SELECT *, outage_id IN (SELECT outage_id FROM complaints.outages WHERE state = 'confirmed') AS confirmed
    FROM complaints.outages_current
)
WHERE toDate(started_at) <= day AND (restored_at IS NULL OR toDate(restored_at) >= day) AND parent_outage_id = ''
ORDER BY started_at;
