-- What is out at this moment, as far as was known then, and how old is that knowledge?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    node_id,
    node_kind,
    argMax(toString(state), decided_at) AS latest_state,
    if(countIf(state = 'confirmed') > 0, 'confirmed', 'estimated') AS basis,
    min(started_at) AS starts_at,
    dateDiff('minute', starts_at, as_of) AS minutes_out,
    argMax(customers_reporting, decided_at) AS reporting,
    argMax(customers_affected, decided_at) AS affected,
    dateDiff('minute', max(decided_at), as_of) AS said_minutes_ago
FROM complaints.outages FINAL
WHERE decided_at <= as_of AND NOT planned
GROUP BY outage_id, node_id, node_kind
HAVING latest_state IN ('predicted', 'confirmed', 'partiallyRestored')
ORDER BY affected DESC;
