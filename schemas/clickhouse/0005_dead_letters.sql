-- Where, when and why a record was refused; never its bytes, which stay in the topic until that expires.
-- kafka_... name the refused record, dead_letter_... the record on `complaints.deadletters`.
-- A record that is replayed and refused again has another number of attempts, so another row.
CREATE TABLE IF NOT EXISTS complaints.dead_letters ${on_cluster}
(
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64 CODEC(Delta, ZSTD(1)),
    stage LowCardinality(String),
    reason LowCardinality(String),
    field LowCardinality(String),
    first_seen_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    attempts UInt32,
    value_bytes UInt32,
    refused_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    dead_letter_partition Int32,
    dead_letter_offset Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (kafka_topic, kafka_partition, kafka_offset, attempts)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};
