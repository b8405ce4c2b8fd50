-- reliability_indices: SAIFI, SAIDI, CAIDI, MAIFI (IEEE 1366) by substation and month of started_at, in two methods.
--
-- method: `customer`, the consumers below the failed node, of transformers too; `feeder`, as Indian regulators calculate
-- (Bihar's regulation of 2006, s. 13(3)): interruptions of whole 11 kV feeders times the feeder's consumers. An outage of an
-- incomer or a substation interrupts each feeder below it.
-- estimated: nobody but complaints says that there was an outage (it was never `confirmed`). Complaints give a late start,
-- so such durations are short. planned: always false. The detector makes no outage of announced work, so that work is in no
-- row here; IEEE counts planned interruptions and reports them apart, and whether an Indian regulator does could not be read.
-- The rows add up: sum what you want.
-- Sustained is longer than 5 minutes, which IEEE 1366 and Bihar's regulation both say. A limit of three minutes is often
-- named for India; no text of it could be found.
--
-- Steps of restoration: a part that stayed dark when the rest came back is an outage of its own with the first start
-- (parent_outage_id). It counts in no frequency, and in SAIDI from the partial restoration on. It is confirmed where what it
-- is a part of was, up to the incomer's; the last step of a confirmed outage was a row of estimates with no interruption
-- before. What turned out to be part of another outage (`taken_over`) is not counted. running: has no end yet; counted in
-- SAIFI, and not in SAIDI. customers_served: consumers of the substation as the pack in use has them.
--
-- Momentary ones are those that switches, crews and dispatchers told (network_events: open, and closed within five minutes).
-- Before, they were read from outages alone; the detector makes none of a trip of less than four minutes, so that MAIFI was
-- zero however often feeders had tripped. Where no switch reports, no trip is known: MAIFI is a lower end.
--
-- A view cannot be changed, so it is made anew. No data is in it.
-- destructive: allowed
CREATE OR REPLACE VIEW complaints.reliability_indices ${on_cluster}
(
    month Date,
    substation_id String,
    name String,
    method String,
    estimated Bool,
    planned Bool,
    interruptions UInt64,
    momentary_interruptions UInt64,
    running UInt64,
    customer_interruptions UInt64,
    customer_minutes Float64,
    momentary_customer_interruptions UInt64,
    customers_served UInt64,
    saifi Nullable(Float64),
    saidi_minutes Nullable(Float64),
    caidi_minutes Nullable(Float64),
    maifi Nullable(Float64),
    newest_at DateTime64(3, 'Asia/Kolkata')
)
AS WITH steps AS
(
    SELECT
        outage_id,
        argMax(parent_outage_id, greatest(decided_at, at)) AS whole_id,
        if(countIf(state = 'partiallyRestored') = 0, NULL, minIf(at, state = 'partiallyRestored')) AS partly_at,
        countIf(state = 'confirmed') AS confirmed
    FROM complaints.outages
    GROUP BY outage_id
)
SELECT
    month,
    h.substation_id AS substation_id,
    any(b.name) AS name,
    method,
    estimated,
    planned,
    uniqExactIf(outage_id, sustained AND first) AS interruptions,
    uniqExactIf(outage_id, momentary AND first) AS momentary_interruptions,
    uniqExactIf(outage_id, ended_at IS NULL) AS running,
    sumIf(h.consumers, sustained AND first) AS customer_interruptions,
    sumIf(h.consumers * minutes, sustained) AS customer_minutes,
    sumIf(h.consumers, momentary AND first) AS momentary_customer_interruptions,
    any(b.consumers) AS customers_served,
    customer_interruptions / nullIf(customers_served, 0) AS saifi,
    customer_minutes / nullIf(customers_served, 0) AS saidi_minutes,
    customer_minutes / nullIf(customer_interruptions, 0) AS caidi_minutes,
    momentary_customer_interruptions / nullIf(customers_served, 0) AS maifi,
    max(at) AS newest_at
FROM
(
    SELECT
        toStartOfMonth(toDate(o.started_at, 'Asia/Kolkata')) AS month,
        o.outage_id AS outage_id,
        o.node_id AS node_id,
        o.planned AS planned,
        o.at AS at,
        o.confirmed = 0 AND ifNull(p.confirmed, 0) + ifNull(q.confirmed, 0) + ifNull(r.confirmed, 0) = 0 AS estimated,
        o.restored_at AS ended_at,
        p.partly_at IS NULL OR o.parent_outage_id = '' AS first,
        ended_at IS NULL OR dateDiff('second', o.started_at, ended_at) > 300 AS sustained,
        NOT sustained AS momentary,
        ifNull(greatest(0, dateDiff(
            'millisecond',
            if(first, o.started_at, greatest(o.started_at, assumeNotNull(p.partly_at))),
            ifNull(o.partly_at, ended_at)
        )) / 60000, 0) AS minutes
    FROM
    (
        SELECT
            c.outage_id AS outage_id, c.node_id AS node_id, c.started_at AS started_at, c.restored_at AS restored_at,
            c.planned AS planned, c.at AS at, c.parent_outage_id AS parent_outage_id, e.partly_at AS partly_at,
            e.confirmed AS confirmed
        FROM complaints.outages_current AS c
        INNER JOIN steps AS e ON e.outage_id = c.outage_id
        WHERE c.reason != 'taken_over'
        UNION ALL
        SELECT
            concat(t.node_id, ' ', toString(t.opened_at)) AS outage_id, t.node_id AS node_id, t.opened_at AS started_at,
            t.closed_at AS restored_at, false AS planned, t.opened_at AS at, '' AS parent_outage_id,
            CAST(NULL, 'Nullable(DateTime64(3, \'Asia/Kolkata\'))') AS partly_at, toUInt64(1) AS confirmed
        FROM
        (
            SELECT
                toString(node_id) AS node_id,
                at AS opened_at,
                toString(state) AS said,
                lagInFrame(toString(state)) OVER node AS said_before,
                leadInFrame(toString(state)) OVER node AS said_next,
                leadInFrame(toNullable(at)) OVER node AS closed_at
            FROM complaints.network_events FINAL
            WINDOW node AS (PARTITION BY node_id ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ) AS t
        LEFT JOIN
        (
            SELECT node_id, groupArray((started_at, assumeNotNull(restored_at))) AS times
            FROM complaints.outages_current
            WHERE restored_at IS NOT NULL AND dateDiff('second', started_at, restored_at) <= 300
            GROUP BY node_id
        ) AS k ON k.node_id = t.node_id
        WHERE t.said = 'open' AND t.said_before != 'open' AND t.said_next = 'closed'
            AND dateDiff('second', t.opened_at, t.closed_at) <= 300
            AND NOT arrayExists(known -> known.1 <= assumeNotNull(t.closed_at) AND known.2 >= t.opened_at, k.times)
    ) AS o
    LEFT JOIN steps AS p ON p.outage_id = o.parent_outage_id
    LEFT JOIN steps AS q ON q.outage_id = p.whole_id
    LEFT JOIN steps AS r ON r.outage_id = q.whole_id
) AS o
INNER JOIN
(
    SELECT arrayJoin([incomer_id, substation_id, feeder_id]) AS node_id, substation_id, consumers,
        arrayJoin(['customer', 'feeder']) AS method
    FROM complaints.nodes_current WHERE node_kind = 'feeder'
    UNION ALL
    SELECT node_id, substation_id, consumers, 'customer' AS method
    FROM complaints.nodes_current WHERE node_kind = 'transformer'
) AS h ON h.node_id = o.node_id
INNER JOIN
(
    SELECT node_id, name, consumers FROM complaints.nodes_current WHERE node_kind = 'substation'
) AS b ON b.node_id = h.substation_id
GROUP BY month, substation_id, method, estimated, planned;
