-- How much of what we say rests on complaints alone, and how many customers called for each that was without supply?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_kind,
    if(outage_id IN (SELECT outage_id FROM complaints.outages WHERE state = 'confirmed'), 'confirmed', 'estimated') AS basis,
    count() AS outages,
    sum(customers_reporting) AS reporting,
    sum(customers_affected) AS affected,
    round(100 * reporting / affected, 1) AS reporting_percent
FROM complaints.outages_current
WHERE started_at > as_of - INTERVAL 7 DAY AND started_at <= as_of AND NOT planned AND parent_outage_id = ''
GROUP BY node_kind, basis
ORDER BY node_kind, basis;
