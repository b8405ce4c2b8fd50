-- The switchboard is full and counts say nothing: which substation has more than its usual share of what comes in?
SELECT source, substation_id, customers, source_customers, round(100 * share, 1) AS share_percent,
    round(100 * usual_share, 1) AS usual_percent, round(share_score, 1) AS score
FROM complaints.source_share(as_of = toDateTime64('2026-06-20 20:30:00', 3, 'Asia/Kolkata'), window_minutes = 60)
ORDER BY share_score DESC
LIMIT 10;
