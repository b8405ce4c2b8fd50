-- What an outage is in its state by, and what would change the detector's mind. Rows of a writer that did not know these
-- columns hold their types' defaults.
--
-- decided_at orders the states of an outage, and not `at`: supply may have come back before the row that was written last
-- became true. Rows without it are ordered by `at`, as before.
--
-- The view is made anew, since a view cannot be given columns. No data is in it.
-- destructive: allowed
ALTER TABLE complaints.outages ${on_cluster}
    ADD COLUMN IF NOT EXISTS confidence Float64 AFTER parent_outage_id,
    ADD COLUMN IF NOT EXISTS children UInt32 AFTER confidence,
    ADD COLUMN IF NOT EXISTS children_reporting UInt32 AFTER children,
    ADD COLUMN IF NOT EXISTS reason LowCardinality(String) AFTER children_reporting,
    ADD COLUMN IF NOT EXISTS restored_at Nullable(DateTime64(3, 'Asia/Kolkata')) AFTER reason,
    ADD COLUMN IF NOT EXISTS decided_at DateTime64(3, 'Asia/Kolkata') AFTER restored_at;

CREATE OR REPLACE VIEW complaints.outages_current ${on_cluster}
(
    outage_id String,
    node_id String,
    node_kind String,
    state String,
    at DateTime64(3, 'Asia/Kolkata'),
    started_at DateTime64(3, 'Asia/Kolkata'),
    detected_at DateTime64(3, 'Asia/Kolkata'),
    customers_reporting UInt32,
    customers_affected UInt32,
    score Float64,
    rule_set String,
    planned Bool,
    parent_outage_id String,
    confidence Float64,
    children UInt32,
    children_reporting UInt32,
    reason String,
    restored_at Nullable(DateTime64(3, 'Asia/Kolkata')),
    decided_at DateTime64(3, 'Asia/Kolkata')
)
AS SELECT
    outage_id,
    latest.1 AS node_id,
    latest.2 AS node_kind,
    latest.3 AS state,
    latest.4 AS at,
    latest.5 AS started_at,
    latest.6 AS detected_at,
    latest.7 AS customers_reporting,
    latest.8 AS customers_affected,
    latest.9 AS score,
    latest.10 AS rule_set,
    latest.11 AS planned,
    latest.12 AS parent_outage_id,
    latest.13 AS confidence,
    latest.14 AS children,
    latest.15 AS children_reporting,
    if(latest.16 = '', 'unstated', latest.16) AS reason,
    if(latest.17 IS NULL AND state = 'restored', latest.4, latest.17) AS restored_at,
    greatest(latest.18, latest.4) AS decided_at
FROM
(
    SELECT
        outage_id,
        argMax(
            (toString(node_id), toString(node_kind), toString(state), at, started_at, detected_at,
             customers_reporting, customers_affected, score, toString(rule_set), planned, parent_outage_id,
             confidence, children, children_reporting, toString(reason), restored_at, decided_at),
            (greatest(at, decided_at), kafka_offset)
        ) AS latest
    FROM complaints.outages
    GROUP BY outage_id
);
