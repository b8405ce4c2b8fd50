-- reliability_indices: SAIFI, SAIDI, CAIDI, MAIFI (IEEE 1366) by substation and month of started_at, in two methods.
--
-- A customer is without supply once, however many outages hold her: her minutes are the union of the times of the
-- outages of all nodes above her, and outages that overlap, or follow at once, are one interruption. Before, each
-- outage was counted by itself: a feeder that was out with its substation, neither the parent of the other, had the
-- same minutes twice. So
-- - an outage inside that of a node above (incomer, substation, feeder) adds nothing;
-- - one that outlives it adds time and no interruption: supply was never given back;
-- - one that began before it is the interruption of its customers, and the node above interrupts the others.
-- It is counted place by place: the transformers, and the feeders of which no transformer is known.
--
-- method: `customer`, the consumers below the failed node, of transformers too; `feeder`, as Indian regulators
-- calculate (Bihar's regulation of 2006, s. 13(3)): interruptions of whole 11 kV feeders times the feeder's consumers.
-- An outage of an incomer or a substation interrupts each feeder below it.
-- estimated: nobody but complaints says that there was an outage (it was never `confirmed`). Complaints give a late
-- start, so such durations are short. Confirmed rows are what they would be without estimates. An estimate counts the
-- minutes that no confirmed outage holds, and it is an interruption unless it touches a confirmed outage; a sustained
-- one, unless it touches a confirmed one that was sustained. So the rows add up: sum what you want.
-- planned: always false. The detector makes no outage of announced work, so that work is in no row here; IEEE counts
-- planned interruptions and reports them apart, and whether an Indian regulator does could not be read.
-- Sustained is longer than 5 minutes, which IEEE 1366 and Bihar's regulation both say. A limit of three minutes is
-- often named for India; no text of it could be found.
--
-- Steps of restoration: a part that stayed dark when the rest came back is an outage of its own with the first start
-- (parent_outage_id). It counts in no frequency, and in SAIDI from the partial restoration on. It is confirmed where
-- what it is a part of was, up to the incomer's. What turned out to be part of another outage (`taken_over`) is not
-- counted.
-- running: has no end yet; counted in SAIFI, and not in SAIDI. For a day it is taken to hold, so that what happens
-- below it is no new interruption; one that nobody ever ends must not hide all that comes after.
-- customers_served: consumers of the substation as the pack in use has them.
--
-- Momentary ones are those that switches, crews and dispatchers told (network_events: open, and closed within five
-- minutes). The detector makes no outage of a trip of less than four minutes. Where no switch reports, no trip is
-- known: MAIFI is a lower end.
--
-- Each outage is looked at in the months that it touches and counted in its first: in the others it only keeps what it
-- holds from being counted again. So a question for one month works on that month alone (the filter reaches `dark`).
-- What that does not see: a confirmed outage of the next month takes no minutes from an estimate that runs on into it.
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
AS WITH
    steps AS
    (
        SELECT
            outage_id,
            argMax(parent_outage_id, greatest(decided_at, at)) AS whole_id,
            if(countIf(state = 'partiallyRestored') = 0, NULL, minIf(at, state = 'partiallyRestored')) AS partly_at,
            countIf(state = 'confirmed') AS confirmed
        FROM complaints.outages
        GROUP BY outage_id
    ),
    switched AS
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
    ),
    told AS
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
            concat(node_id, ' ', toString(opened_at)) AS outage_id, node_id, opened_at AS started_at,
            closed_at AS restored_at, false AS planned, opened_at AS at, '' AS parent_outage_id,
            CAST(NULL, 'Nullable(DateTime64(3, \'Asia/Kolkata\'))') AS partly_at, toUInt64(1) AS confirmed
        FROM switched
        WHERE said = 'open' AND said_before != 'open' AND said_next = 'closed'
            AND dateDiff('second', opened_at, closed_at) <= 300
    ),
    -- An outage in each month that it touches, among the confirmed and among all. own: this is where it counts.
    dark AS
    (
        SELECT
            sipHash64(o.outage_id) AS outage,
            o.node_id AS node_id,
            o.planned AS planned,
            o.at AS at,
            o.restored_at IS NULL AS endless,
            endless OR dateDiff('second', o.started_at, o.restored_at) > 300 AS long,
            p.partly_at IS NULL OR o.parent_outage_id = '' AS first,
            if(first, o.started_at, greatest(o.started_at, assumeNotNull(p.partly_at))) AS begins_at,
            greatest(begins_at, coalesce(o.partly_at, o.restored_at, begins_at)) AS ends_at,
            if(endless AND o.partly_at IS NULL, begins_at + INTERVAL 1 DAY, ends_at) AS held_until,
            toStartOfMonth(toDate(o.started_at, 'Asia/Kolkata')) AS own_month,
            dateDiff('month', own_month, toDate(held_until, 'Asia/Kolkata')) AS later_months,
            arrayJoin(arrayMap(n -> addMonths(own_month, n), range(later_months + 1))) AS month,
            o.confirmed + ifNull(p.confirmed, 0) + ifNull(q.confirmed, 0) + ifNull(r.confirmed, 0) = 0 AS guessed,
            arrayJoin(if(guessed, [1], [0, 1])) AS estimated,
            guessed = estimated AND month = own_month AS own
        FROM told AS o
        LEFT JOIN steps AS p ON p.outage_id = o.parent_outage_id
        LEFT JOIN steps AS q ON q.outage_id = p.whole_id
        LEFT JOIN steps AS r ON r.outage_id = q.whole_id
    ),
    -- A place with each node that it lies below, itself too. Hashes, since numbers are sorted faster than names.
    places AS
    (
        SELECT
            sipHash64(node_id) AS place,
            toLowCardinality(substation_id) AS substation_id,
            consumers,
            arrayJoin(multiIf(
                node_kind = 'transformer', ['customer'], transformers = 0, ['customer', 'feeder'], ['feeder']
            )) AS method,
            arrayJoin(arrayEnumerate(path)) AS depth,
            path[depth] AS above_id
        FROM complaints.nodes_current
        WHERE node_kind IN ('feeder', 'transformer')
    ),
    -- Until when a place is dark by the outages that began before.
    seen AS
    (
        SELECT h.place AS place, h.method AS method, h.substation_id AS substation_id, h.consumers AS consumers,
            h.depth AS depth, o.*, max(o.held_until) OVER before AS dark_until
        FROM dark AS o
        INNER JOIN places AS h ON h.above_id = o.node_id
        WINDOW before AS (
            PARTITION BY o.month, h.place, h.method, o.planned, o.estimated ORDER BY o.begins_at, h.depth
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    ),
    numbered AS
    (
        SELECT *, sum(begins_at > dark_until) OVER so_far AS episode
        FROM seen
        WINDOW so_far AS (
            PARTITION BY month, place, method, planned, estimated ORDER BY begins_at, depth
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
    ),
    -- The time from where a place went dark to where it had supply again. What is not its own counts elsewhere.
    episodes AS
    (
        SELECT
            month,
            method,
            estimated,
            planned,
            any(substation_id) AS substation_id,
            any(consumers) AS consumers,
            argMinIf(outage, (begins_at, depth), own) AS opened_by,
            groupArrayIf(outage, own AND endless) AS without_end,
            max(long) OR dateDiff('second', min(begins_at), max(ends_at)) > 300 AS sustained,
            max(first) AND NOT if(sustained, countIf(long AND NOT own), countIf(NOT own)) AS counts,
            intervalLengthSum(toUnixTimestamp64Milli(begins_at), toUnixTimestamp64Milli(ends_at))
                - intervalLengthSumIf(toUnixTimestamp64Milli(begins_at), toUnixTimestamp64Milli(ends_at), NOT own)
                AS milliseconds,
            maxIf(at, own) AS newest_at
        FROM numbered
        GROUP BY month, place, method, estimated, planned, episode
        HAVING countIf(own) > 0
    )
SELECT
    e.month AS month,
    e.substation_id AS substation_id,
    any(b.name) AS name,
    e.method AS method,
    e.estimated AS estimated,
    e.planned AS planned,
    uniqExactIf(e.opened_by, e.sustained AND e.counts) AS interruptions,
    uniqExactIf(e.opened_by, NOT e.sustained AND e.counts) AS momentary_interruptions,
    uniqExactArray(e.without_end) AS running,
    sumIf(e.consumers, e.sustained AND e.counts) AS customer_interruptions,
    sumIf(e.consumers * e.milliseconds, e.sustained) / 60000 AS customer_minutes,
    sumIf(e.consumers, NOT e.sustained AND e.counts) AS momentary_customer_interruptions,
    any(b.consumers) AS customers_served,
    customer_interruptions / nullIf(customers_served, 0) AS saifi,
    customer_minutes / nullIf(customers_served, 0) AS saidi_minutes,
    customer_minutes / nullIf(customer_interruptions, 0) AS caidi_minutes,
    momentary_customer_interruptions / nullIf(customers_served, 0) AS maifi,
    max(e.newest_at) AS newest_at
FROM episodes AS e
INNER JOIN
(
    SELECT node_id, name, consumers FROM complaints.nodes_current WHERE node_kind = 'substation'
) AS b ON b.node_id = e.substation_id
GROUP BY month, substation_id, method, estimated, planned;
