-- How fresh is what I see? A channel from which nothing came for an hour shows no figure, only the age of its last event.
WITH toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata') AS as_of
SELECT
    wanted.channel AS channel,
    if(known.newest_at > as_of - INTERVAL 1 HOUR, known.complaints, NULL) AS complaints_of_the_last_hour,
    known.newest_at AS newest_at,
    dateDiff('minute', known.newest_at, as_of) AS age_minutes
FROM (SELECT arrayJoin(['call', 'web', 'helpdesk']) AS channel) AS wanted
LEFT JOIN
(
    SELECT
        toString(channel) AS channel,
        max(received_at) AS newest_at,
        uniqExactIf(complaint_id, received_at > as_of - INTERVAL 1 HOUR) AS complaints
    FROM complaints.complaints_by_time
    WHERE reported_at > as_of - INTERVAL 7 DAY AND reported_at <= as_of AND received_at <= as_of
    GROUP BY channel
) AS known ON known.channel = wanted.channel
ORDER BY channel
SETTINGS join_use_nulls = 1;
