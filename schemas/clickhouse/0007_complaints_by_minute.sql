-- Minute x node, for each node on a complaint's path, and one row of kind `unrouted` for what has no path.
--
-- A view and not a table of aggregate states. States cannot take a complaint back out: one that a newer enricher moves to
-- another feeder, or that comes again with another time, would stay counted in both places. And they would save nothing: a
-- minute has so few complaints below one transformer that there would be about 3.2 rows of states for each complaint.
-- Counting at query time is exact and, at 20 million complaints, takes 5 ms for an hour and 1.3 s for thirty days.
--
-- customers: distinct customers; a complaint of a customer nobody knows counts as one of its own.
-- supply_...: only the categories that are evidence of an outage.
CREATE VIEW IF NOT EXISTS complaints.complaints_by_minute ${on_cluster}
(
    minute DateTime('Asia/Kolkata'),
    node_kind String,
    node_id String,
    complaints UInt64,
    customers UInt64,
    supply_complaints UInt64,
    supply_customers UInt64,
    hazards UInt64
)
AS SELECT
    toStartOfMinute(toDateTime(reported_at, 'Asia/Kolkata')) AS minute,
    node.1 AS node_kind,
    node.2 AS node_id,
    uniqExact(complaint_id) AS complaints,
    uniqExact(customer) AS customers,
    uniqExactIf(complaint_id, supply) AS supply_complaints,
    uniqExactIf(customer, supply) AS supply_customers,
    uniqExactIf(complaint_id, hazard) AS hazards
FROM
(
    SELECT
        complaint_id,
        reported_at,
        hazard,
        if(customer_key = '', toString(complaint_id), customer_key) AS customer,
        category IN (
            'no_supply', 'no_supply_area', 'phase_missing', 'low_voltage', 'voltage_fluctuation', 'frequent_tripping',
            'transformer_fault', 'fuse_blown', 'underground_cable_fault', 'line_broken', 'sparking_fire',
            'pole_damage_shock'
        ) AS supply,
        arrayFilter(
            n -> n.2 != '',
            [
                ('incomer', toString(incomer_id)),
                ('substation', toString(substation_id)),
                ('feeder', toString(feeder_id)),
                ('transformer', toString(transformer_id))
            ]
        ) AS path,
        arrayJoin(if(empty(path), [('unrouted', '')], path)) AS node
    FROM complaints.complaints FINAL
)
GROUP BY minute, node_kind, node_id
SETTINGS defer_partition_pruning_after_final = 0;
