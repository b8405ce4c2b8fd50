-- Who had to ask three times or more within a day, and has no end of the latest complaint yet?
SELECT
    substring(customer_key, 1, 8) AS customer,
    any(transformer_id) AS transformer,
    count() AS complaints,
    min(reported_at) AS first_at,
    max(reported_at) AS last_at,
    argMax(status, reported_at) AS latest_status
FROM complaints.complaints_as_of(
    as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'),
    since = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') - INTERVAL 1 DAY
)
WHERE customer_key != ''
GROUP BY customer_key
HAVING complaints >= 3 AND latest_status NOT IN ('restored', 'closed', 'rejected')
ORDER BY complaints DESC, first_at;
