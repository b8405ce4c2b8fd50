-- What do switches say, and how old is that? Only a node's latest word counts, of those that had been received by then.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_id,
    argMax(toString(state), at) AS switch,
    max(at) AS since,
    dateDiff('minute', since, as_of) AS age_minutes,
    argMax(toString(reported_by), at) AS said_by
FROM complaints.network_events FINAL
WHERE at <= as_of AND received_at <= as_of
GROUP BY node_id
ORDER BY since DESC;
