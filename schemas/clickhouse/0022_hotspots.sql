-- hotspots(as_of, window_minutes): where distinct customers complain of supply more than they ordinarily do, for every node
-- of the pack in use. Only complaints with received_at <= as_of are known, and of those the ones that were said in the
-- window; what is planned is left out. A customer below a node is one, however often he calls.
--
-- expected: customers in the window when nothing is down = consumers x rate x hours, times how the node differs.
--   rate, an hour and consumer: the greatest of 0.0004 (the detector's floor), of the same weekday's same hour and its
--   neighbours in the eight weeks before as_of, and of the hour before as_of. Only lone customers count for it: those who
--   were alone to report from their place in their clock hour. So an outage of three weeks ago does not hide one of today,
--   and a storm in which single houses fail everywhere is not a hundred hotspots.
--   how it differs: lone customers at the node in those weeks against its part of the city's, each with 5 added, so that a
--   node without history is as its size says.
--   The rates are worked out when asked, out of 24 hours of complaints_by_time. A table of them would have to be made anew
--   after each correction, late hour and replay, and for each as_of; this reads 40,000 rows of 20 million and is right.
--
-- score: ln(likelihood at the mean that fits best / likelihood at `expected`) of a negative binomial, plus the log odds of a
--   failure of that kind of node in a window (the detector's). dispersion is its size, 2 a transformer, as in the detector:
--   variance = mean + mean2 / size, and the sum over n transformers has size 2n. Above 0 it is likelier that something is
--   down than not; larger is worse. As in a scan statistic for Poisson counts (Kulldorff 1997), here for over-dispersed ones.
-- share, usual_share: of the city's customers with such complaints; share_score is Kulldorff's likelihood ratio of the two.
--   A full switchboard holds down the count of each area and leaves its share.
-- leads: no node above it and none below explains the same complaints better: its score is above the sum of the best
--   below it, and no node above it does so. This is the list to read.
--
-- A complaint that was received before in the last day, and came again with another time of its own, is left out.
--
-- Made anew for speed; the figures are those of before. One thread: what is read is small, and sharing it out between two
-- costs more CPU than it saves time. Compiled code does not pay for 8,000 nodes. All versions of a row lie in one month, so
-- FINAL may merge each month alone.
-- destructive: allowed
CREATE OR REPLACE VIEW complaints.hotspots ${on_cluster}
AS WITH
    {as_of:DateTime64(3, 'Asia/Kolkata')} AS asked,
    {window_minutes:UInt32} AS minutes,
    asked - toIntervalMinute(minutes) AS begins,
    (
        SELECT (lone.customers, newest.at)
        FROM
        (
            SELECT countIf(alone) AS customers
            FROM
            (
                SELECT min(customer) = max(customer) AS alone FROM complaints.supply_reports
                WHERE received_at > asked - INTERVAL 1 HOUR AND received_at <= asked AND said_at > asked - INTERVAL 1 HOUR
                    AND reported_at > asked - INTERVAL 60 DAY AND reported_at < asked + INTERVAL 60 DAY
                GROUP BY substation_id, feeder_id, transformer_id
            )
        ) AS lone
        CROSS JOIN
        (
            SELECT max(received_at) AS at FROM complaints.complaints_by_time
            WHERE received_at <= asked AND received_at > asked - INTERVAL 2 DAY
                AND reported_at > asked - INTERVAL 60 DAY AND reported_at < asked + INTERVAL 60 DAY
        ) AS newest
    ) AS known,
    known.1 AS lone_now,
    nullIf(known.2, toDateTime64(0, 3, 'Asia/Kolkata')) AS newest
SELECT
    found.node_id AS node_id,
    found.node_kind AS node_kind,
    found.name AS name,
    arrayFilter(
        id -> id != '', [toString(found.incomer_id), found.substation_id, found.feeder_id, found.transformer_id]
    ) AS path,
    found.parent_id AS parent_id,
    found.latitude AS latitude,
    found.longitude AS longitude,
    found.consumers AS consumers,
    found.customers AS customers,
    found.complaints AS complaints,
    found.hazards AS hazards,
    found.children_reporting AS children_reporting,
    found.children AS children,
    found.expected AS expected,
    found.dispersion AS dispersion,
    found.score AS score,
    found.share AS share,
    found.usual_share AS usual_share,
    if(
        found.share > found.usual_share,
        found.customers * log(found.share / found.usual_share)
            + if(found.share < 1, (found.all_customers - found.customers)
                * log((1 - found.share) / (1 - found.usual_share)), 0),
        0
    ) AS share_score,
    found.leads AS leads,
    asked AS as_of,
    newest AS newest_received_at
FROM
(
    SELECT
        *,
        explains AND NOT (
            node_kind != 'incomer' AND maxIf(explains, node_kind = 'incomer') OVER (PARTITION BY incomer_id)
            OR node_kind IN ('feeder', 'transformer')
                AND maxIf(explains, node_kind = 'substation') OVER (PARTITION BY substation_id)
            OR node_kind = 'transformer' AND maxIf(explains, node_kind = 'feeder') OVER (PARTITION BY feeder_id)
        ) AS leads
    FROM
    (
        SELECT
            *,
            sumIf(best_substation, node_kind = 'substation') OVER (PARTITION BY incomer_id) AS below_incomer,
            score > multiIf(
                node_kind = 'transformer', 0, node_kind = 'feeder', below_feeder, node_kind = 'substation',
                below_substation, below_incomer
            ) AS explains
        FROM
        (
            SELECT
                *,
                sumIf(best_feeder, node_kind = 'feeder') OVER (PARTITION BY substation_id) AS below_substation,
                greatest(score, below_substation) AS best_substation
            FROM
            (
                SELECT
                    *,
                    sumIf(greatest(score, 0), node_kind = 'transformer') OVER (PARTITION BY feeder_id) AS below_feeder,
                    greatest(score, below_feeder) AS best_feeder,
                    customers / greatest(1, all_customers) AS share,
                    expected / sumIf(expected, node_kind = 'incomer') OVER () AS usual_share
                FROM
                (
                    SELECT
                        *,
                        greatest(0.0004, lone_now / city, city_lone / city / greatest(1, city_hours)) AS rate,
                        size * rate * minutes / 60 * (lone + 5) / (size * city_lone / city + 5) AS expected,
                        2. * greatest(1, transformers) AS dispersion,
                        if(
                            customers > expected,
                            customers * log(customers / expected)
                                - (customers + dispersion) * log((customers + dispersion) / (expected + dispersion)),
                            0
                        ) + multiIf(node_kind = 'feeder', -6, node_kind = 'substation', -7, -7.5) AS score
                    FROM
                    (
                        SELECT
                            n.node_id AS node_id,
                            n.node_kind AS node_kind,
                            n.incomer_id AS incomer_id,
                            n.substation_id AS substation_id,
                            n.feeder_id AS feeder_id,
                            n.transformer_id AS transformer_id,
                            n.name AS name,
                            n.parent_id AS parent_id,
                            n.latitude AS latitude,
                            n.longitude AS longitude,
                            n.consumers AS consumers,
                            n.children AS children,
                            n.transformers AS transformers,
                            r.customers AS customers,
                            r.complaints AS complaints,
                            r.hazards AS hazards,
                            r.children_reporting AS children_reporting,
                            p.lone AS lone,
                            if(n.consumers = 0, 100, n.consumers) AS size,
                            sumIf(size, n.node_kind = 'incomer') OVER () AS city,
                            sumIf(r.customers, n.node_kind = 'incomer') OVER () AS all_customers,
                            sumIf(p.lone, n.node_kind = 'incomer') OVER () AS city_lone,
                            max(p.hours) OVER () AS city_hours
                        FROM complaints.nodes_current AS n
                        LEFT JOIN
                        (
                            SELECT
                                step.1 AS node_id,
                                uniqExact(customer) AS customers,
                                uniqExact(complaint_id) AS complaints,
                                uniqExactIf(complaint_id, hazard) AS hazards,
                                uniqExactIf(step.2, step.2 != '') AS children_reporting
                            FROM
                            (
                                SELECT
                                    complaint_id,
                                    customer,
                                    hazard,
                                    arrayJoin([
                                        (incomer_id, substation_id), (substation_id, feeder_id),
                                        (feeder_id, transformer_id), (transformer_id, toLowCardinality(''))
                                    ]) AS step
                                FROM complaints.supply_reports
                                WHERE received_at > begins AND received_at <= asked AND said_at > begins
                                    AND reported_at > asked - INTERVAL 60 DAY AND reported_at < asked + INTERVAL 60 DAY
                                    AND complaint_id NOT IN
                                    (
                                        SELECT complaint_id FROM complaints.complaints_by_time
                                        WHERE received_at > begins - INTERVAL 1 DAY AND received_at <= begins
                                            AND reported_at > asked - INTERVAL 60 DAY AND reported_at < asked + INTERVAL 60 DAY
                                    )
                            )
                            WHERE step.1 != ''
                            GROUP BY node_id
                        ) AS r ON r.node_id = n.node_id
                        LEFT JOIN
                        (
                            SELECT
                                arrayJoin([incomer_id, substation_id, feeder_id, transformer_id]) AS node_id,
                                countIf(alone) AS lone,
                                bitCount(groupBitOr(hour_bit)) AS hours
                            FROM
                            (
                                SELECT
                                    incomer_id, substation_id, feeder_id, transformer_id,
                                    toStartOfHour(reported_at) AS hour,
                                    dateDiff('hour', hour, asked) + 1 AS back,
                                    bitShiftLeft(toUInt64(1), back % 168 + 3 * intDiv(back, 168)) AS hour_bit,
                                    min(customer) = max(customer) AS alone
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
                                GROUP BY incomer_id, substation_id, feeder_id, transformer_id, hour
                            )
                            GROUP BY node_id
                        ) AS p ON p.node_id = n.node_id
                    )
                )
            )
        )
    )
) AS found
SETTINGS max_threads = 1, do_not_merge_across_partitions_select_final = 1,
    compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0;
