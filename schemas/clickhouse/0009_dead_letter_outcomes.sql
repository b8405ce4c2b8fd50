-- What was done with dead letters, and how each stands.
--
-- One row each time that a letter was replayed or dropped. kafka_... and attempts name the letter, replayed_... the record
-- that the broker confirmed. landing_... is the place that its row will name once it is stored: the replayed record's own,
-- or, for a row that the sink refused, that of the raw record it was made of. source and source_id are the event's, as far
-- as they could be read.
CREATE TABLE IF NOT EXISTS complaints.dead_letter_outcomes ${on_cluster}
(
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64,
    attempts UInt32,
    outcome LowCardinality(String),
    why String,
    source LowCardinality(String),
    source_id String,
    replayed_topic LowCardinality(String),
    replayed_partition Int32,
    replayed_offset Int64,
    landing_topic LowCardinality(String),
    landing_partition Int32,
    landing_offset Int64,
    noted_at DateTime64(3, 'Asia/Kolkata')
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (kafka_topic, kafka_partition, kafka_offset, attempts, noted_at)
TTL toDateTime(noted_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};

-- One row a refused record, as it was refused last. state:
--   stored    its row stands: a replayed record of it is in the ledger (an outage in its table), or the record itself,
--             known by place and time, went through at a later replay of raw records
--   dropped   settled by a person, who said why
--   replayed  sent back, and neither stored nor refused again yet
--   open      refused, and nothing was done since
CREATE VIEW IF NOT EXISTS complaints.dead_letters_current ${on_cluster}
(
    kafka_topic LowCardinality(String),
    kafka_partition Int32,
    kafka_offset Int64,
    stage LowCardinality(String),
    reason LowCardinality(String),
    field LowCardinality(String),
    first_seen_at DateTime64(3, 'Asia/Kolkata'),
    attempts UInt32,
    value_bytes UInt32,
    refused_at DateTime64(3, 'Asia/Kolkata'),
    stored_at DateTime64(3, 'Asia/Kolkata'),
    dead_letter_partition Int32,
    dead_letter_offset Int64,
    state LowCardinality(String),
    why String,
    source LowCardinality(String),
    source_id String,
    settled_at Nullable(DateTime64(3, 'Asia/Kolkata'))
)
AS SELECT
    d.kafka_topic AS kafka_topic,
    d.kafka_partition AS kafka_partition,
    d.kafka_offset AS kafka_offset,
    d.latest.1 AS stage,
    d.latest.2 AS reason,
    d.latest.3 AS field,
    d.latest.4 AS first_seen_at,
    d.tried AS attempts,
    d.latest.5 AS value_bytes,
    d.latest.6 AS refused_at,
    d.latest.7 AS stored_at,
    d.latest.8 AS dead_letter_partition,
    d.latest.9 AS dead_letter_offset,
    multiIf(
        (toString(d.kafka_topic), d.kafka_partition, d.kafka_offset) IN
        (
            SELECT toString(kafka_topic), kafka_partition, kafka_offset FROM complaints.ledger
            WHERE kind = 'event' AND (kafka_topic, kafka_partition, kafka_offset, received_at) IN (
                SELECT kafka_topic, kafka_partition, kafka_offset, first_seen_at FROM complaints.dead_letters
            )
            UNION ALL
            SELECT toString(kafka_topic), kafka_partition, kafka_offset FROM complaints.dead_letter_outcomes
            WHERE (landing_topic, landing_partition, landing_offset) IN (
                SELECT kafka_topic, kafka_partition, kafka_offset FROM complaints.ledger
                WHERE kind = 'event' AND (kafka_topic, kafka_partition, kafka_offset) IN (
                    SELECT landing_topic, landing_partition, landing_offset FROM complaints.dead_letter_outcomes
                )
            )
            UNION ALL
            SELECT toString(kafka_topic), kafka_partition, kafka_offset FROM complaints.dead_letter_outcomes
            WHERE landing_topic = 'outages' AND (landing_partition, landing_offset) IN (
                SELECT kafka_partition, kafka_offset FROM complaints.outages
            )
        ), 'stored',
        o.latest.1 = '', 'open',
        o.latest.1
    ) AS state,
    o.latest.2 AS why,
    o.latest.3 AS source,
    o.latest.4 AS source_id,
    if(o.latest.1 = '', NULL, o.latest.5) AS settled_at
FROM
(
    SELECT
        kafka_topic,
        kafka_partition,
        kafka_offset,
        max(attempts) AS tried,
        argMax(
            (toString(stage), toString(reason), toString(field), first_seen_at, value_bytes, refused_at, stored_at,
             dead_letter_partition, dead_letter_offset),
            (attempts, dead_letter_partition, dead_letter_offset)
        ) AS latest
    FROM complaints.dead_letters
    GROUP BY kafka_topic, kafka_partition, kafka_offset
) AS d
LEFT JOIN
(
    SELECT
        kafka_topic,
        kafka_partition,
        kafka_offset,
        attempts,
        argMax((toString(outcome), why, toString(source), source_id, noted_at), noted_at) AS latest
    FROM complaints.dead_letter_outcomes
    GROUP BY kafka_topic, kafka_partition, kafka_offset, attempts
) AS o
ON d.kafka_topic = o.kafka_topic AND d.kafka_partition = o.kafka_partition AND d.kafka_offset = o.kafka_offset
    AND d.tried = o.attempts;
