-- Status events in the order of time, and complaints as they stood at a moment.
--
-- `complaint_status` lies in the order of random ids, so that a question about a day of it reads all of it: 24 million
-- events, a second of CPU. Here the ends of complaints (restored, closed, rejected, reopened) lie by themselves, and they and
-- the others in the order of the hour: a week is read in some milliseconds.
--
-- event: hash of source and source_id, the name of the event. All repeats of an event have one time, so ReplacingMergeTree
-- leaves one row of them. Only an event that was sent again with another time of its own has two rows, in two hours; the
-- views take of each name the row received last, as `complaint_status` does.
CREATE TABLE IF NOT EXISTS complaints.status_by_time ${on_cluster}
(
    at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    complaint_id UUID,
    status LowCardinality(String),
    substation_id LowCardinality(String),
    crew LowCardinality(String),
    cause LowCardinality(String),
    estimated_restoration_at Nullable(DateTime64(3, 'Asia/Kolkata')) CODEC(Delta, ZSTD(1)),
    event UInt64,
    received_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'Asia/Kolkata') CODEC(Delta, ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 1,
    INDEX stored stored_at TYPE minmax GRANULARITY 1
)
ENGINE = ${replicated}ReplacingMergeTree(received_at)
PARTITION BY toYYYYMM(at)
ORDER BY (status NOT IN ('restored', 'closed', 'rejected', 'reopened'), toStartOfHour(at), complaint_id, event)
TTL toDateTime(stored_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS index_granularity = 4096, ${deduplication_window};

-- Filled in the very INSERT of the sink, which may read none of it: the view runs as who made it.
CREATE MATERIALIZED VIEW IF NOT EXISTS complaints.time_of_status ${on_cluster} TO complaints.status_by_time
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    at,
    complaint_id,
    status,
    substation_id,
    crew,
    cause,
    estimated_restoration_at,
    sipHash64(source, source_id) AS event,
    received_at,
    stored_at
FROM complaints.complaint_status;

-- What was there before. Run twice it gives the same rows.
INSERT INTO complaints.status_by_time
SELECT
    at,
    complaint_id,
    status,
    substation_id,
    crew,
    cause,
    estimated_restoration_at,
    sipHash64(source, source_id) AS event,
    received_at,
    stored_at
FROM complaints.complaint_status;

-- The detector asks for what was stored since it last looked. In the order of time that is a few neighbouring granules, which
-- this index finds; in the order of ids it would be some of every granule, and no index helps.
ALTER TABLE complaints.complaints_by_time ${on_cluster}
    ADD INDEX IF NOT EXISTS stored stored_at TYPE minmax GRANULARITY 1;

ALTER TABLE complaints.complaints_by_time ${on_cluster} MATERIALIZE INDEX stored;

-- complaints_as_of(as_of, since): the complaints reported in (since, as_of] with their status, as far as was known at as_of.
-- It reads the status events of that time alone: from a day before `since` on, since a dispatcher's clock may be wrong, but
-- not by more. The join streams the events past the complaints, so that those of other complaints are not grouped.
-- complaints_current has the status of the present, whatever time is asked about, and reads all events.
CREATE VIEW IF NOT EXISTS complaints.complaints_as_of ${on_cluster}
AS WITH
    {as_of:DateTime64(3, 'Asia/Kolkata')} AS asked,
    {since:DateTime64(3, 'Asia/Kolkata')} AS begins
SELECT
    c.complaint_id AS complaint_id,
    c.source AS source,
    c.source_id AS source_id,
    c.channel AS channel,
    c.reported_at AS reported_at,
    c.received_at AS received_at,
    c.enriched_at AS enriched_at,
    c.stored_at AS stored_at,
    c.customer_key AS customer_key,
    c.phone_last3 AS phone_last3,
    c.language AS language,
    c.category AS category,
    c.category_confidence AS category_confidence,
    c.hazard AS hazard,
    c.extent AS extent,
    c.neighbours_out AS neighbours_out,
    c.priority AS priority,
    c.special_need AS special_need,
    c.incomer_id AS incomer_id,
    c.substation_id AS substation_id,
    c.feeder_id AS feeder_id,
    c.transformer_id AS transformer_id,
    c.routed_by AS routed_by,
    c.routing_confidence AS routing_confidence,
    c.locality AS locality,
    c.pincode AS pincode,
    c.planned AS planned,
    c.due_at AS due_at,
    c.queue_seconds AS queue_seconds,
    c.notes AS notes,
    c.event_version AS event_version,
    c.enricher_version AS enricher_version,
    c.reference_version AS reference_version,
    c.kafka_topic AS kafka_topic,
    c.kafka_partition AS kafka_partition,
    c.kafka_offset AS kafka_offset,
    if(s.latest.1 = '', 'registered', s.latest.1) AS status,
    if(s.latest.1 = '', c.reported_at, s.latest.2) AS status_at,
    s.latest.3 AS crew,
    s.latest.4 AS cause,
    s.latest.5 AS estimated_restoration_at
FROM
(
    SELECT
        complaint_id,
        argMax(
            (toString(status), at, toString(crew), toString(cause), estimated_restoration_at), (at, received_at)
        ) AS latest
    FROM complaints.status_by_time
    WHERE at > begins - INTERVAL 1 DAY AND at <= asked AND received_at <= asked
        AND (event, received_at) NOT IN
        (
            SELECT event, arrayJoin(arrayFilter(x -> x < arrayMax(times), groupArray(received_at) AS times))
            FROM complaints.status_by_time
            WHERE at > begins - INTERVAL 1 DAY AND at <= asked AND received_at <= asked
            GROUP BY event
            HAVING count() > 1
        )
    GROUP BY complaint_id
) AS s
RIGHT JOIN complaints.complaints AS c FINAL ON s.complaint_id = c.complaint_id
WHERE c.reported_at > begins AND c.reported_at <= asked AND c.received_at <= asked
SETTINGS defer_partition_pruning_after_final = 0;
