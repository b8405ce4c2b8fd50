-- What is out at this moment, as far as was known then, and how old is that knowledge? What stayed dark of a confirmed
-- outage when the rest came back is confirmed too: a part of it, a part of that part, and so on.
WITH RECURSIVE
    toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of,
    sure AS
    (
        SELECT outage_id FROM complaints.outages WHERE state = 'confirmed' AND decided_at <= as_of
        UNION ALL
        SELECT DISTINCT part.outage_id FROM complaints.outages AS part
        INNER JOIN sure ON sure.outage_id = part.parent_outage_id
        WHERE part.decided_at <= as_of AND part.reason != 'taken_over'
    )
SELECT
    node_id,
    node_kind,
    argMax(toString(state), decided_at) AS latest_state,
    if(outage_id IN (SELECT outage_id FROM sure), 'confirmed', 'estimated') AS basis,
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
