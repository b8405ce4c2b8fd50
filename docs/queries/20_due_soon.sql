-- Which limits run out within two hours? The nearest first; those that have run out without an end stand at the top. The
-- longest limit that ships is 30 days.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    if(substation_id = '', 'unrouted', substation_id) AS substation,
    category,
    count() AS complaints,
    countIf(due_at <= as_of) AS run_out,
    min(due_at) AS first_due_at,
    dateDiff('minute', as_of, first_due_at) AS minutes_left
FROM complaints.complaints_as_of(
    as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'),
    since = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') - INTERVAL 31 DAY
)
WHERE due_at <= as_of + INTERVAL 2 HOUR AND status NOT IN ('restored', 'closed', 'rejected') AND (NOT planned OR hazard)
GROUP BY substation, category
ORDER BY first_due_at;
