-- Every state of the outages of one node in seven days: what was said, when, why, and for how long it stood.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of, 'F-HORSEMAN-BAGH-PARAMPURWA' AS node
SELECT
    started_at,
    at,
    state,
    reason,
    customers_reporting,
    dateDiff('minute', at, leadInFrame(toNullable(at)) OVER outage) AS stood_minutes
FROM complaints.outages FINAL
WHERE node_id = node AND decided_at > as_of - INTERVAL 7 DAY AND decided_at <= as_of
WINDOW outage AS (PARTITION BY outage_id ORDER BY decided_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY started_at, decided_at;
