-- source_share(as_of, window_minutes): for each source and substation, its part of the source's customers in the window
-- against its usual part. A source whose lines are full brings fewer of everybody, so the parts still tell. Usual: lone
-- customers (as in `hotspots`) of the same weekday's same hour and its neighbours in the eight weeks before, with 20 more
-- spread by consumers. share_score: Kulldorff's likelihood ratio.
--
-- Before, a substation without a lone customer in those weeks was taken for one of a source without any history: its usual
-- part was its part of the consumers, however many customers the source had brought from elsewhere, and the parts of a source
-- added up to more than one. It is as rare as it is, and stands out the more.
--
-- A view cannot be changed, so it is made anew. No data is in it.
-- destructive: allowed
CREATE OR REPLACE VIEW complaints.source_share ${on_cluster}
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
        (p.lone[r.substation_id] + 20 * n.part) / (p.source_lone + 20) AS usual_share,
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
        SELECT source, sumMap(map(toString(substation_id), toUInt64(alone))) AS lone, sum(alone) AS source_lone
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
                AND received_at <= asked AND substation_id != ''
            GROUP BY substation_id, feeder_id, transformer_id, hour
        )
        GROUP BY source
    ) AS p ON p.source = r.source
);
