-- Were service limits met? A breach counts from the moment the limit passed, whether or not supply is back. Complaints from
-- inside announced work are neither.
SELECT
    substation_id,
    category,
    sum(complaints) AS all_complaints,
    sum(met) AS in_time,
    sum(breached) AS too_late,
    sum(running) AS still_running,
    if(in_time + too_late = 0, NULL, round(100 * in_time / (in_time + too_late), 1)) AS met_percent
FROM complaints.service_levels(from_day = '2026-06-14', to_day = '2026-06-20')
WHERE complaints > without_limit + planned
GROUP BY substation_id, category
ORDER BY too_late DESC, all_complaints DESC
LIMIT 20;
