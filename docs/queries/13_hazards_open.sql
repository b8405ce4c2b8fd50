-- Which dangers are still open, the longest waiting first?
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    reported_at,
    category,
    substation_id,
    transformer_id,
    status,
    crew,
    dateDiff('minute', reported_at, as_of) AS open_minutes,
    dateDiff('minute', status_at, as_of) AS status_age_minutes
FROM complaints.complaints_as_of(
    as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'),
    since = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') - INTERVAL 7 DAY
)
WHERE hazard AND status NOT IN ('restored', 'closed', 'rejected')
ORDER BY reported_at;
