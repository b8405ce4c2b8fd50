-- One row a complaint version.
--
-- Key: complaint_id alone. It is the event's only lasting identity: the same source and id may come again hours later with
-- another time, over another channel, and a newer enricher may move a complaint to another substation. A key that held any
-- of those would keep both rows. event_version decides which one stays.
--
-- Partition: the month of reported_at, although a repeat may come with another month. FINAL merges over partitions, so a
-- query over the table is right all the same, and the queries of every day touch the last month only.
--
-- Granule: 512 rows. Keys are random (UUIDv5), so a look-up by id reads one granule a part whatever it holds.
--
-- Lifetimes count from stored_at and not from the event: a rehearsal or a replay of old events must not vanish at the next
-- merge. Both are settings of the deployment; `complaints migrate up` moves them when they change.
--
-- No defaults that look at a clock: a block sent again under its token must be the same block.
CREATE TABLE IF NOT EXISTS complaints.complaints ${on_cluster}
(
    complaint_id UUID,
    source LowCardinality(String),
    source_id String CODEC(ZSTD(1)),
    channel LowCardinality(String),
    reported_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    received_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    enriched_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    customer_key String CODEC(ZSTD(1)),
    phone_last3 LowCardinality(String),
    text String CODEC(ZSTD(3)) TTL toDateTime(stored_at) + INTERVAL ${text_retention_days} DAY,
    language LowCardinality(String),
    category LowCardinality(String),
    category_confidence Float32,
    hazard Bool,
    extent LowCardinality(String),
    neighbours_out Nullable(Bool),
    priority UInt8,
    special_need LowCardinality(String),
    incomer_id LowCardinality(String),
    substation_id LowCardinality(String),
    feeder_id LowCardinality(String),
    transformer_id LowCardinality(String),
    routed_by LowCardinality(String),
    routing_confidence Float32,
    locality LowCardinality(String),
    pincode LowCardinality(String),
    planned Bool,
    due_at Nullable(DateTime64(3, 'Asia/Kolkata')) CODEC(Delta, ZSTD(1)),
    queue_seconds Nullable(UInt32),
    notes Array(LowCardinality(String)),
    event_version UInt64 CODEC(Delta, ZSTD(1)),
    enricher_version LowCardinality(String),
    reference_version LowCardinality(String),
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ${replicated}ReplacingMergeTree(event_version)
PARTITION BY toYYYYMM(reported_at)
ORDER BY complaint_id
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS index_granularity = 512, ${deduplication_window};
