-- Where are more customers without supply than at this hour usually, and at which node does it show best?
SELECT node_id, node_kind, name, customers, round(expected, 2) AS expected, round(score, 1) AS score, children_reporting,
    children, dateDiff('minute', newest_received_at, as_of) AS age_minutes
FROM complaints.hotspots(as_of = toDateTime64('2026-06-20 20:30:00', 3, 'Asia/Kolkata'), window_minutes = 60)
WHERE customers > 0 AND leads
ORDER BY score DESC
LIMIT 10;
