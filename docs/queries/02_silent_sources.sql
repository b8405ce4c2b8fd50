-- Which sources have been silent for longer than they usually are at this hour? Without a history nobody can say.
SELECT
    source,
    last_received_at,
    round(silent_seconds / 60) AS silent_minutes,
    round(usual_gap_seconds / 60) AS usual_minutes,
    multiIf(usual_gap_seconds IS NULL, 'not known', silent, 'silent', 'as usual') AS verdict
FROM complaints.silent_sources(as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'))
ORDER BY silent_seconds DESC;
