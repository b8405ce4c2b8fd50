-- What telemetry, crews and dispatchers said of a node, each event once.
CREATE TABLE IF NOT EXISTS complaints.network_events ${on_cluster}
(
    node_id LowCardinality(String),
    state LowCardinality(String),
    at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    reported_by LowCardinality(String),
    note String CODEC(ZSTD(3)) TTL toDateTime(stored_at) + INTERVAL ${text_retention_days} DAY,
    source LowCardinality(String),
    source_id String CODEC(ZSTD(1)),
    received_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ${replicated}ReplacingMergeTree(received_at)
ORDER BY (node_id, source, source_id)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};
