-- Every state of every outage. An outage has no two states of one kind at one time, so those three are the key.
-- kafka_... are of the record on the topic `outages`; all records of an outage are in one partition, in order.
CREATE TABLE IF NOT EXISTS complaints.outages ${on_cluster}
(
    outage_id String CODEC(ZSTD(1)),
    node_id LowCardinality(String),
    node_kind LowCardinality(String),
    state LowCardinality(String),
    at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    started_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    detected_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    customers_reporting UInt32,
    customers_affected UInt32,
    score Float64,
    rule_set LowCardinality(String),
    planned Bool,
    parent_outage_id String CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    kafka_partition Int32,
    kafka_offset Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ${replicated}ReplacingMergeTree(kafka_offset)
ORDER BY (outage_id, at, state)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};
