-- How sure is the routing, and how often did a complaint end up with another substation than the one it was routed to?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    c.routed_by AS routed_by,
    count() AS complaints,
    round(avg(c.routing_confidence), 2) AS mean_confidence,
    countIf(s.named > 0) AS with_a_desk_named,
    countIf(s.named > 0 AND s.last_desk != c.substation_id) AS reassigned
FROM complaints.complaints_current AS c
LEFT JOIN
(
    SELECT complaint_id, argMaxIf(toString(substation_id), at, substation_id != '') AS last_desk, countIf(substation_id != '') AS named
    FROM complaints.complaint_status FINAL
    GROUP BY complaint_id
) AS s ON s.complaint_id = c.complaint_id
WHERE c.reported_at > as_of - INTERVAL 1 DAY AND c.reported_at <= as_of
GROUP BY routed_by
ORDER BY complaints DESC;
