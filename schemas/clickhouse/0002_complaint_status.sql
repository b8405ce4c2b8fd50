-- Every status event once: source and source_id name it. complaint_id comes first, since that is how it is looked up.
-- Of two events with one name the one received last stays.
CREATE TABLE IF NOT EXISTS complaints.complaint_status ${on_cluster}
(
    complaint_id UUID,
    status LowCardinality(String),
    at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    substation_id LowCardinality(String),
    crew LowCardinality(String),
    cause LowCardinality(String),
    estimated_restoration_at Nullable(DateTime64(3, 'Asia/Kolkata')) CODEC(Delta, ZSTD(1)),
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
ORDER BY (complaint_id, source, source_id)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS index_granularity = 512, ${deduplication_window};
