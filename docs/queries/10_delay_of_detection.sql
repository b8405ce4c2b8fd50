-- How long after the third customer's complaint was known did we call it an outage, and how long after it began?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_id,
    starts_at,
    found_at,
    arraySort(groupArray(known_at))[3] AS third_customer_at,
    round(dateDiff('second', third_customer_at, found_at) / 60, 1) AS minutes_after_third,
    round(dateDiff('second', starts_at, found_at) / 60, 1) AS minutes_after_start
FROM
(
    SELECT o.outage_id AS outage_id, o.node_id AS node_id, o.started_at AS starts_at, o.detected_at AS found_at,
        min(c.received_at) AS known_at
    FROM
    (
        SELECT arrayJoin([incomer_id, substation_id, feeder_id, transformer_id]) AS node_id, customer, received_at, said_at
        FROM complaints.supply_reports
        WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ) AS c
    INNER JOIN
    (
        SELECT outage_id, node_id, started_at, detected_at
        FROM complaints.outages_current
        WHERE started_at > as_of - INTERVAL 1 DAY AND started_at <= as_of AND NOT planned AND parent_outage_id = ''
    ) AS o ON o.node_id = c.node_id
    WHERE c.said_at BETWEEN o.started_at - INTERVAL 5 MINUTE AND o.started_at + INTERVAL 3 HOUR
    GROUP BY outage_id, node_id, starts_at, found_at, c.customer
)
GROUP BY outage_id, node_id, starts_at, found_at
HAVING count() >= 3
ORDER BY starts_at;
