-- Life support, hospitals and water works that complained of their supply and are not known to have it back.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT reported_at, special_need, substation_id, transformer_id, status, estimated_restoration_at,
    dateDiff('minute', reported_at, as_of) AS open_minutes
FROM complaints.complaints_as_of(
    as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'),
    since = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') - INTERVAL 7 DAY
)
WHERE special_need != 'none' AND priority <= 2 AND status NOT IN ('restored', 'closed', 'rejected')
ORDER BY reported_at;
