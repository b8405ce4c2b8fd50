-- What do switches say now, how old is that, and do complaints say the same? Only a node's latest word counts.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_id,
    argMax(toString(state), at) AS switch,
    max(at) AS since,
    dateDiff('minute', since, as_of) AS age_minutes,
    argMax(toString(reported_by), at) AS said_by
FROM complaints.network_events FINAL
WHERE at <= as_of
GROUP BY node_id
ORDER BY since DESC;
