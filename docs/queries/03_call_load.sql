-- How full was the switchboard, hour by hour? An hour that is missing had no call at all: look whether the source was silent.
SELECT hour, calls, capacity, round(100 * load, 1) AS load_percent, queue_seconds_median, queue_seconds_p90
FROM complaints.call_load
WHERE hour >= toDateTime('2026-06-20 16:00:00', 'Asia/Kolkata') AND hour < toDateTime('2026-06-20 22:00:00', 'Asia/Kolkata')
ORDER BY hour;
