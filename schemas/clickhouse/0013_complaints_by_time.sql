-- The few columns of a complaint that figures over time need, in the order of time.
--
-- `complaints` lies in the order of random ids, so a question about an hour reads a month of it, and merging its versions
-- costs most of the answer. Here an hour is a few neighbouring granules: at 20 million complaints an hour reads 10,000 rows.
--
-- Key: the hour of reported_at and the id. All versions of a complaint, a newer enricher's included, and all repeats of an
-- event as it was have one reported_at, so FINAL leaves the same row as in `complaints`. Only an event that was sent again
-- with another time of its own has two rows here, in two hours. The views count ids and customers and not rows, and
-- `hotspots` leaves out what was received before; `complaints` is exact in that case too, and complaints_by_minute reads it.
--
-- received: a complaint is known by received_at, which is seconds after reported_at for most and hours for some. The index
-- finds the granules of both.
--
-- customer: 64 bits of hash, one that nobody knows being one of its own. Among a million customers the chance that any two
-- are taken for one is below one in ten million.
CREATE TABLE IF NOT EXISTS complaints.complaints_by_time ${on_cluster}
(
    reported_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    received_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    complaint_id UUID,
    event_version UInt64 CODEC(ZSTD(1)),
    customer UInt64,
    source LowCardinality(String),
    channel LowCardinality(String),
    category LowCardinality(String),
    hazard Bool,
    planned Bool,
    incomer_id LowCardinality(String),
    substation_id LowCardinality(String),
    feeder_id LowCardinality(String),
    transformer_id LowCardinality(String),
    routed_by LowCardinality(String),
    routing_confidence Float32,
    due_at Nullable(DateTime64(3, 'Asia/Kolkata')) CODEC(Delta, ZSTD(1)),
    queue_seconds Nullable(UInt32),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 1
)
ENGINE = ${replicated}ReplacingMergeTree(event_version)
PARTITION BY toYYYYMM(reported_at)
ORDER BY (toStartOfHour(reported_at), complaint_id)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS index_granularity = 1024, ${deduplication_window};

-- Filled in the very INSERT of the sink, which may read none of it: the view runs as who made it.
CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.time_of_complaints ${on_cluster} TO complaints.complaints_by_time
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    reported_at,
    received_at,
    complaint_id,
    event_version,
    if(customer_key = '', sipHash64(complaint_id), sipHash64(customer_key)) AS customer,
    source,
    channel,
    category,
    hazard,
    planned,
    incomer_id,
    substation_id,
    feeder_id,
    transformer_id,
    routed_by,
    routing_confidence,
    due_at,
    queue_seconds,
    stored_at
FROM complaints.complaints;

-- What was there before. Run twice it gives the same rows.
INSERT INTO complaints.complaints_by_time
SELECT
    reported_at,
    received_at,
    complaint_id,
    event_version,
    if(customer_key = '', sipHash64(complaint_id), sipHash64(customer_key)) AS customer,
    source,
    channel,
    category,
    hazard,
    planned,
    incomer_id,
    substation_id,
    feeder_id,
    transformer_id,
    routed_by,
    routing_confidence,
    due_at,
    queue_seconds,
    stored_at
FROM complaints.complaints;

-- The evidence of outages, as the detector takes it (insight/detector/report.py): supply categories, not planned; a
-- reported time after the receipt, or over two hours before, is a clock error and the time of receipt counts; a
-- transformer that was guessed with little confidence is not known.
CREATE VIEW IF NOT EXISTS complaints.supply_reports ${on_cluster}
(
    complaint_id UUID,
    reported_at DateTime64(3, 'Asia/Kolkata'),
    received_at DateTime64(3, 'Asia/Kolkata'),
    said_at DateTime64(3, 'Asia/Kolkata'),
    customer UInt64,
    source LowCardinality(String),
    hazard Bool,
    incomer_id LowCardinality(String),
    substation_id LowCardinality(String),
    feeder_id LowCardinality(String),
    transformer_id LowCardinality(String)
)
AS SELECT
    complaint_id,
    reported_at,
    received_at,
    if(reported_at BETWEEN received_at - INTERVAL 2 HOUR AND received_at, reported_at, received_at) AS said_at,
    customer,
    source,
    hazard,
    incomer_id,
    substation_id,
    feeder_id,
    if(routed_by IN ('locality', 'coordinates', 'pincode') AND routing_confidence < 0.5, '', transformer_id)
        AS transformer_id
FROM complaints.complaints_by_time FINAL
WHERE NOT planned AND category IN (
    'no_supply', 'no_supply_area', 'phase_missing', 'low_voltage', 'voltage_fluctuation', 'frequent_tripping',
    'transformer_fault', 'fuse_blown', 'underground_cable_fault', 'line_broken', 'sparking_fire', 'pole_damage_shock'
)
SETTINGS defer_partition_pruning_after_final = 0;
