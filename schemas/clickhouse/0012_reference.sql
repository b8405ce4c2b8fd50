-- The network and the service limits of the reference packs that were in use, for names, sizes and limits in queries.
--
-- A load writes all rows of its pack first and its line in reference_loads last. Readers take the pack of the newest line,
-- so they see the old pack or the new one and nothing between, and a load that broke off is simply not there. A pack that
-- is loaded again gives the same rows under the same keys. Former packs stay: complaints name the version they were
-- enriched with. A pack has some 8,000 nodes.
CREATE TABLE IF NOT EXISTS complaints.reference_loads ${on_cluster}
(
    reference_version LowCardinality(String),
    loaded_at DateTime64(3, 'Asia/Kolkata')
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (loaded_at, reference_version)
SETTINGS ${deduplication_window};

-- consumers: summed up from the transformers below, else as stated. An id above the node's own level is that of the node
-- it lies below; one below its level is empty.
CREATE TABLE IF NOT EXISTS complaints.reference_nodes ${on_cluster}
(
    reference_version LowCardinality(String),
    node_id String,
    node_kind LowCardinality(String),
    name String,
    parent_id String,
    incomer_id LowCardinality(String),
    substation_id LowCardinality(String),
    feeder_id LowCardinality(String),
    transformer_id String,
    feeder_kind LowCardinality(String),
    consumers UInt32,
    transformers UInt32,
    children UInt32,
    latitude Nullable(Float64),
    longitude Nullable(Float64),
    help_desk Bool,
    circle LowCardinality(String),
    division LowCardinality(String)
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (reference_version, node_id)
SETTINGS ${deduplication_window};

CREATE TABLE IF NOT EXISTS complaints.reference_limits ${on_cluster}
(
    reference_version LowCardinality(String),
    category LowCardinality(String),
    area_class LowCardinality(String),
    limit_hours Float64,
    compensation_rs Nullable(Float64),
    per LowCardinality(String),
    source String,
    verified Bool
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (reference_version, category, area_class)
SETTINGS ${deduplication_window};

CREATE VIEW IF NOT EXISTS complaints.nodes_current ${on_cluster}
(
    node_id String,
    node_kind String,
    name String,
    path Array(String),
    parent_id String,
    incomer_id String,
    substation_id String,
    feeder_id String,
    transformer_id String,
    feeder_kind String,
    consumers UInt32,
    transformers UInt32,
    children UInt32,
    latitude Nullable(Float64),
    longitude Nullable(Float64),
    help_desk Bool,
    circle String,
    division String,
    reference_version String
)
AS SELECT
    node_id,
    node_kind,
    name,
    arrayFilter(
        id -> id != '', [toString(incomer_id), toString(substation_id), toString(feeder_id), transformer_id]
    ) AS path,
    parent_id,
    incomer_id,
    substation_id,
    feeder_id,
    transformer_id,
    feeder_kind,
    consumers,
    transformers,
    children,
    latitude,
    longitude,
    help_desk,
    circle,
    division,
    reference_version
FROM complaints.reference_nodes FINAL
WHERE reference_version = (SELECT argMax(reference_version, loaded_at) FROM complaints.reference_loads);

CREATE VIEW IF NOT EXISTS complaints.service_limits_current ${on_cluster}
(
    category String,
    area_class String,
    limit_hours Float64,
    compensation_rs Nullable(Float64),
    per String,
    source String,
    verified Bool,
    reference_version String
)
AS SELECT category, area_class, limit_hours, compensation_rs, per, source, verified, reference_version
FROM complaints.reference_limits FINAL
WHERE reference_version = (SELECT argMax(reference_version, loaded_at) FROM complaints.reference_loads);

-- For labels at query time: dictGet('complaints.node_labels', 'name', node_id). Read again when another pack is loaded.
-- Its user has no password and may read the nodes alone, from the server itself (deploy/clickhouse/users.xml).
CREATE DICTIONARY IF NOT EXISTS complaints.node_labels ${on_cluster}
(
    node_id String,
    name String,
    node_kind String,
    parent_id String,
    substation_id String,
    consumers UInt32
)
PRIMARY KEY node_id
SOURCE(CLICKHOUSE(
    USER 'complaints_reference'
    QUERY 'SELECT node_id, name, node_kind, parent_id, substation_id, consumers FROM complaints.nodes_current'
    INVALIDATE_QUERY 'SELECT max(loaded_at) FROM complaints.reference_loads'
))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 5 MAX 15);
