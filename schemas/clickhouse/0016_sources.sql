-- source_share(as_of, window_minutes): for each source and substation, its part of the source's customers in the window
-- against its usual part. A source whose lines are full brings fewer of everybody, so the parts still tell. Usual: lone
-- customers (as in `hotspots`) of the same weekday's same hour and its neighbours in the eight weeks before, with 20 more
-- spread by consumers. share_score: Kulldorff's likelihood ratio.
CREATE VIEW IF NOT EXISTS complaints.source_share ${on_cluster}
AS WITH
    {as_of:DateTime64(3, 'Asia/Kolkata')} AS asked,
    {window_minutes:UInt32} AS minutes,
    asked - toIntervalMinute(minutes) AS begins
SELECT
    source,
    substation_id,
    name,
    customers,
    source_customers,
    share,
    usual_share,
    if(
        share > usual_share,
        customers * log(share / usual_share)
            + if(share < 1, (source_customers - customers) * log((1 - share) / (1 - usual_share)), 0),
        0
    ) AS share_score,
    asked AS as_of,
    newest_received_at
FROM
(
    SELECT
        r.source AS source,
        r.substation_id AS substation_id,
        n.name AS name,
        r.customers AS customers,
        r.source_customers AS source_customers,
        r.customers / r.source_customers AS share,
        (p.lone + 20 * n.part) / (p.source_lone + 20) AS usual_share,
        r.newest_received_at AS newest_received_at
    FROM
    (
        SELECT
            source,
            substation_id,
            uniqExact(customer) AS customers,
            sum(customers) OVER (PARTITION BY source) AS source_customers,
            max(max(received_at)) OVER (PARTITION BY source) AS newest_received_at
        FROM complaints.supply_reports
        WHERE received_at > begins AND received_at <= asked AND said_at > begins AND substation_id != ''
            AND reported_at > asked - INTERVAL 60 DAY AND reported_at < asked + INTERVAL 60 DAY
        GROUP BY source, substation_id
    ) AS r
    INNER JOIN
    (
        SELECT node_id, name, greatest(consumers, 1) / sum(greatest(consumers, 1)) OVER () AS part
        FROM complaints.nodes_current WHERE node_kind = 'substation'
    ) AS n ON n.node_id = r.substation_id
    LEFT JOIN
    (
        SELECT source, substation_id, sum(alone) AS lone, sum(lone) OVER (PARTITION BY source) AS source_lone
        FROM
        (
            SELECT
                any(source) AS source, substation_id, feeder_id, transformer_id, toStartOfHour(reported_at) AS hour,
                uniqExact(customer) = 1 AS alone
            FROM complaints.supply_reports
            WHERE toStartOfHour(reported_at) IN
                (
                    SELECT arrayJoin(arrayMap(
                        n -> toDateTime(toStartOfHour(asked), 'Asia/Kolkata')
                            - 604800 * (1 + intDiv(n, 3)) + 3600 * (n % 3 - 1),
                        range(24)
                    ))
                )
                AND received_at <= asked
            GROUP BY substation_id, feeder_id, transformer_id, hour
        )
        GROUP BY source, substation_id
    ) AS p ON p.source = r.source AND p.substation_id = r.substation_id
);

-- silent_sources(as_of): each source of the eight weeks before, when it was last heard, and how long its usual gap is: an
-- hour over the mean of complaints in the same weekday's same hour and its neighbours. Silent: longer than 15 minutes and
-- than seven usual gaps, which chance does about once in a thousand (e^-7). No history (usual_gap_seconds and silent are
-- null) is not silence.
CREATE VIEW IF NOT EXISTS complaints.silent_sources ${on_cluster}
AS WITH
    {as_of:DateTime64(3, 'Asia/Kolkata')} AS asked
SELECT
    source,
    last_received_at,
    dateDiff('second', last_received_at, asked) AS silent_seconds,
    if(
        usual = 0,
        NULL,
        3600 * greatest(1, least(24, 3 * ceil(dateDiff('second', first_reported_at, asked) / 604800))) / usual
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
        uniqExactIf(complaint_id, toStartOfHour(reported_at) IN
        (
            SELECT arrayJoin(arrayMap(
                n -> toDateTime(toStartOfHour(asked), 'Asia/Kolkata') - 604800 * (1 + intDiv(n, 3)) + 3600 * (n % 3 - 1),
                range(24)
            ))
        )) AS usual
    FROM complaints.complaints_by_time
    WHERE reported_at > asked - INTERVAL 57 DAY AND reported_at < asked + INTERVAL 1 DAY AND received_at <= asked
    GROUP BY source
);

-- Calls an hour against what the helpline can take (5,500, as KESCO announced it), by when the customer called.
CREATE VIEW IF NOT EXISTS complaints.call_load ${on_cluster}
(
    hour DateTime('Asia/Kolkata'),
    calls UInt64,
    capacity UInt64,
    load Float64,
    with_queue UInt64,
    queue_seconds_median Nullable(Float64),
    queue_seconds_p90 Nullable(Float64),
    queue_seconds_max Nullable(UInt32),
    newest_received_at DateTime64(3, 'Asia/Kolkata')
)
AS SELECT
    toStartOfHour(toDateTime(reported_at, 'Asia/Kolkata')) AS hour,
    uniqExact(complaint_id) AS calls,
    5500 AS capacity,
    calls / capacity AS load,
    count(queue_seconds) AS with_queue,
    quantileExact(0.5)(queue_seconds) AS queue_seconds_median,
    quantileExact(0.9)(queue_seconds) AS queue_seconds_p90,
    max(queue_seconds) AS queue_seconds_max,
    max(received_at) AS newest_received_at
FROM complaints.complaints_by_time FINAL
WHERE channel = 'call'
GROUP BY hour
SETTINGS defer_partition_pruning_after_final = 0;
