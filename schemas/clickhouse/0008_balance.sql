-- The balance: what became of each raw record, and the sums of that an hour and topic.
--
-- `ledger` has a row for each raw record that was stored or refused, filled by views in the very INSERT of the sink.
-- kind: event, dead_letter; start: the first offset that the balance counts, for what was there before these tables.
-- identity: hash of the key under which the record's own table merges repeats; 0 for a dead letter. A repeat has a place
-- of its own here and the identity of the first. insight/balance.py has the same expressions.
CREATE TABLE IF NOT EXISTS complaints.ledger ${on_cluster}
(
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64 CODEC(Delta, ZSTD(1)),
    kind LowCardinality(String),
    identity UInt64,
    received_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1))
)
ENGINE = ${replicated}ReplacingMergeTree(stored_at)
ORDER BY (kafka_topic, kafka_partition, kafka_offset, kind)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};

-- The views run as who made them: the sink may insert into its own tables and read none.
CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.ledger_of_complaints ${on_cluster} TO complaints.ledger
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT kafka_topic, kafka_partition, kafka_offset, 'event' AS kind, sipHash64(complaint_id) AS identity, received_at,
    stored_at
FROM complaints.complaints;

CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.ledger_of_complaint_status ${on_cluster} TO complaints.ledger
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT kafka_topic, kafka_partition, kafka_offset, 'event' AS kind,
    sipHash64(complaint_id, source, source_id) AS identity, received_at, stored_at
FROM complaints.complaint_status;

CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.ledger_of_network_events ${on_cluster} TO complaints.ledger
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT kafka_topic, kafka_partition, kafka_offset, 'event' AS kind, sipHash64(node_id, source, source_id) AS identity,
    received_at, stored_at
FROM complaints.network_events;

CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.ledger_of_dead_letters ${on_cluster} TO complaints.ledger
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT kafka_topic, kafka_partition, kafka_offset, 'dead_letter' AS kind, toUInt64(0) AS identity,
    first_seen_at AS received_at, stored_at
FROM complaints.dead_letters;

INSERT INTO complaints.ledger
SELECT kafka_topic, kafka_partition, max(kafka_offset) + 1, 'start', 0, max(stored_at), max(stored_at)
FROM
(
    SELECT kafka_topic, kafka_partition, kafka_offset, stored_at FROM complaints.complaints
    UNION ALL SELECT kafka_topic, kafka_partition, kafka_offset, stored_at FROM complaints.complaint_status
    UNION ALL SELECT kafka_topic, kafka_partition, kafka_offset, stored_at FROM complaints.network_events
    UNION ALL SELECT kafka_topic, kafka_partition, kafka_offset, stored_at FROM complaints.dead_letters
)
GROUP BY kafka_topic, kafka_partition;

-- One row an hour and topic, as last checked. records_in = stored + repeats + dead_letters + waiting + missing.
CREATE TABLE IF NOT EXISTS complaints.balance ${on_cluster}
(
    hour DateTime('Asia/Kolkata'),
    topic LowCardinality(String),
    records_in UInt64,
    stored UInt64,
    repeats UInt64,
    dead_letters UInt64,
    waiting UInt64,
    missing UInt64,
    checked_at DateTime64(3, 'Asia/Kolkata')
)
ENGINE = ${replicated}ReplacingMergeTree(checked_at)
ORDER BY (hour, topic)
SETTINGS ${deduplication_window};
