-- Which complaints were handed on, from where to where?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    c.complaint_id AS complaint_id,
    c.reported_at AS reported_at,
    c.category AS category,
    c.routed_by AS routed_by,
    c.substation_id AS routed_to,
    s.desks AS handed_to
FROM
(
    SELECT * FROM complaints.complaints_by_time FINAL
    WHERE reported_at > as_of - INTERVAL 1 DAY AND reported_at <= as_of
    ORDER BY event_version DESC LIMIT 1 BY complaint_id
) AS c
INNER JOIN
(
    SELECT complaint_id, arrayMap(step -> step.2, arraySort(groupUniqArray((at, toString(substation_id))))) AS desks
    FROM complaints.status_by_time
    WHERE substation_id != '' AND at > as_of - INTERVAL 1 DAY AND at <= as_of
    GROUP BY complaint_id
) AS s ON s.complaint_id = c.complaint_id
WHERE arrayExists(desk -> desk != c.substation_id, s.desks)
ORDER BY c.reported_at
SETTINGS defer_partition_pruning_after_final = 0;
