-- What people who know say a complaint was about, where enrichment said something else or was right.
--
-- One row a complaint and the moment it was labelled; the last one counts (FINAL). It holds no word of the caller: the text
-- stays in `complaints` and goes when its time is over.
CREATE TABLE IF NOT EXISTS complaints.complaint_labels ${on_cluster}
(
    complaint_id UUID,
    category LowCardinality(String),
    hazard Bool,
    extent LowCardinality(String),
    place String,
    labelled_at DateTime64(3, 'Asia/Kolkata')
)
ENGINE = ${replicated}ReplacingMergeTree(labelled_at)
ORDER BY complaint_id
TTL toDateTime(labelled_at) + INTERVAL ${row_retention_months} MONTH
SETTINGS ${deduplication_window};
