-- How sure is the routing, and how often did a complaint end up with another substation than the one it was routed to?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    c.routed_by AS routed_by,
    count() AS complaints,
    round(avg(c.routing_confidence), 2) AS mean_confidence,
    countIf(s.last_desk != '') AS with_a_desk_named,
    countIf(s.last_desk NOT IN ('', c.substation_id)) AS reassigned
FROM
(
    SELECT * FROM complaints.complaints_by_time FINAL
    WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
LEFT JOIN
(
    SELECT complaint_id, argMax(toString(substation_id), at) AS last_desk
    FROM complaints.status_by_time
    WHERE substation_id != '' AND at > as_of - INTERVAL 1 DAY AND at <= as_of
    GROUP BY complaint_id
) AS s ON s.complaint_id = c.complaint_id
GROUP BY routed_by
ORDER BY complaints DESC
SETTINGS defer_partition_pruning_after_final = 0;
