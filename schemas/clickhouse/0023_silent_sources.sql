-- silent_sources(as_of): each source of the eight weeks before, when it was last heard, and how long its usual gap is: an
-- hour over the mean of complaints in the same weekday's same hour and its neighbours, of those hours that came after the
-- source was first heard. Before, the weeks were rounded up: of a source in its second week one week was divided as if it
-- were two, so that its usual gap came out twice as long and its silence was told after twice the time; in its third week
-- one and a half times, and so on. Silent: longer than 15 minutes and than seven usual gaps, which chance does about once
-- in a thousand (e^-7). No history (usual_gap_seconds and silent are null) is not silence.
--
-- A view cannot be changed, so it is made anew. No data is in it.
-- destructive: allowed
CREATE OR REPLACE VIEW complaints.silent_sources ${on_cluster}
AS WITH
    {as_of:DateTime64(3, 'Asia/Kolkata')} AS asked,
    arrayMap(
        n -> toDateTime(toStartOfHour(asked), 'Asia/Kolkata') - 604800 * (1 + intDiv(n, 3)) + 3600 * (n % 3 - 1), range(24)
    ) AS hours
SELECT
    source,
    last_received_at,
    dateDiff('second', last_received_at, asked) AS silent_seconds,
    if(
        usual = 0, NULL, 3600 * arrayCount(hour -> hour >= toStartOfHour(first_reported_at), hours) / usual
    ) AS usual_gap_seconds,
    if(usual = 0, NULL, silent_seconds > greatest(900, 7 * usual_gap_seconds)) AS silent,
    asked AS as_of,
    max(last_received_at) OVER () AS newest_received_at
FROM
(
    SELECT
        source,
        max(received_at) AS last_received_at,
        min(reported_at) AS first_reported_at,
        uniqExactIf(complaint_id, has(hours, toDateTime(toStartOfHour(reported_at), 'Asia/Kolkata'))) AS usual
    FROM complaints.complaints_by_time
    WHERE reported_at > asked - INTERVAL 57 DAY AND reported_at < asked + INTERVAL 1 DAY AND received_at <= asked
    GROUP BY source
);
